"""How many rows a list has, counted once for each state of the mission.

After a change is made nothing alters the state that it left, so a count of it never goes stale. To
count a hundred thousand rows takes longer than to show fifty of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator

from konbit.web.history.queries import last_change

if TYPE_CHECKING:
    from konbit.web.missions.models import Mission
    from konbit.web.tables.asking import Asked
    from konbit.web.tables.queries import States

_MOST_KEPT = 2_000
_KEPT: dict[tuple[object, ...], int] = {}


def count_of(asked: Asked, mission: Mission, states: States) -> int:
    """How many states were asked for."""
    key = (mission.pk, last_change(mission), *asked.narrowing)
    if key not in _KEPT:
        if len(_KEPT) >= _MOST_KEPT:
            _KEPT.clear()
        _KEPT[key] = states.count()
    return _KEPT[key]


class Pages(Paginator):  # type: ignore[type-arg] # generic only in stubs
    """Pages of a list whose rows were counted before.

    Args:
        asked: what was asked.
        mission: of which mission.
        states: the states asked for, in order.
        size: rows on a page.
    """

    def __init__(self, asked: Asked, mission: Mission, states: States, size: int) -> None:
        super().__init__(states, size)
        self._count = count_of(asked, mission, states)

    @property
    def count(self) -> int:
        """How many rows there are."""
        return self._count
