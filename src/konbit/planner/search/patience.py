"""How long one neighbourhood is looked at: counted in the solver's own steps, never in seconds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

ASKED = 60
"""How often the solver asks whether to go on before it is told to stop.

Most neighbourhoods are done after 5 to 40 times; one in ten would take as long as all others. The
solver asks at the same places of the same model, so that the same mission gives the same plan.
"""


@dataclass
class Patience:
    """Says that it is enough when somebody else does, if anybody may, or when asked too often."""

    enough: Callable[[], bool] | None
    left: int = ASKED

    def __call__(self) -> bool:
        """Whether to stop."""
        self.left -= 1
        return self.left < 0 or (self.enough is not None and self.enough())
