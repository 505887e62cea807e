"""How many rows a list has, counted once for each state of the mission.

To count a hundred thousand rows takes longer than to show fifty of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator

from konbit.web.history.queries import last_change
from konbit.web.tables.keeping import Kept

if TYPE_CHECKING:
    from konbit.web.missions.models import Mission
    from konbit.web.tables.asking import Asked
    from konbit.web.tables.queries import States

_KEPT: Kept[int] = Kept(2_000)


class Pages(Paginator):  # type: ignore[type-arg] # generic only in stubs
    """Pages of a list whose rows are counted once.

    Args:
        asked: what was asked.
        mission: of which mission.
        states: the states asked for, in order.
        size: rows on a page.

    Attributes:
        state: what the rows depend on: the mission, its newest change, and what was asked.
    """

    def __init__(self, asked: Asked, mission: Mission, states: States, size: int) -> None:
        super().__init__(states, size)
        self.state = (mission.pk, last_change(mission), *asked.narrowing)
        self._count = _KEPT.of(self.state, states.count)

    @property
    def count(self) -> int:
        """How many rows there are."""
        return self._count
