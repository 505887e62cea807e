"""How many rows a list has and in which order, found once for each state of the mission.

To count or to sort a hundred thousand rows takes longer than to show fifty of them.
"""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

from django.core.paginator import Page, Paginator
from django.db import connection

from konbit.web.history.queries import last_change
from konbit.web.tables.keeping import Kept
from konbit.web.tables.mirrored import MODELS

if TYPE_CHECKING:
    from konbit.web.missions.models import Mission
    from konbit.web.tables.asking import Asked
    from konbit.web.tables.queries import States

_KEPT: Kept[int] = Kept(2_000)
_ORDERS: Kept[array[int]] = Kept(40)  # of 0.8 MB each, for a hundred thousand rows


class Pages(Paginator):  # type: ignore[type-arg] # generic only in stubs
    """Pages of a list whose rows are counted once, and sorted once.

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
        self._states = states
        self._sort = asked.sort
        self._count = _KEPT.of(self.state, states.count)

    @property
    def count(self) -> int:
        """How many rows there are."""
        return self._count

    def page(self, number: int | str) -> Page:  # type: ignore[type-arg] # generic only in stubs
        """A page; of a list in another order than its keys', by the numbers of its states."""
        number = self.validate_number(number)
        if not self._sort:
            return super().page(number)
        numbers = _ORDERS.of((*self.state, self._sort), self._numbers)
        first = (number - 1) * self.per_page
        shown = numbers[first : first + self.per_page]
        return Page(self._states.filter(pk__in=shown), number, self)

    def _numbers(self) -> array[int]:
        return array("q", self._states.values_list("pk", flat=True).iterator(20_000))


def current_rows(mission: Mission) -> dict[str, int]:
    """How many rows every table of a mission has now, in one question."""
    parts = " UNION ALL ".join(
        f"SELECT '{name}', count(*) FROM {model._meta.db_table} "  # noqa: S608 - our own names
        "WHERE row_mission_id = %s AND row_closed_id IS NULL"
        for name, model in MODELS.items()
    )
    with connection.cursor() as cursor:
        cursor.execute(parts, [mission.pk] * len(MODELS))
        return dict(cursor.fetchall())
