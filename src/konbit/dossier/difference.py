"""Two plans of a mission, made of two states of its dossier, and the rows that differ."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from konbit.dossier.plan import Plan
    from konbit.dossier.replay import Edited


@dataclass(frozen=True)
class Difference:
    """What changed from one plan to another.

    Attributes:
        earlier: the plan of the one dossier.
        later: the plan of the other.
        rows: rows of the dossier that were added, cells that were changed, and rows that were
            taken out: these have no text after.
    """

    earlier: Plan
    later: Plan
    rows: tuple[Edited, ...]

    @property
    def is_ended(self) -> bool:
        """Whether one of the plans was ended before it was done."""
        return self.earlier.is_ended or self.later.is_ended
