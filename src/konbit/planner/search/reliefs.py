"""Who relieves units that stay beyond their tour: always as late as the tour allows.

The solver may bring a relief sooner, where that suits lift or renews what wears out; a plan by
prices only asks whether a longer stay is possible at all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from konbit.planner.search.stays import Stay
    from konbit.planner.world import Tour, Unit


class Relief(NamedTuple):
    """So many contingents that come to a site in a month to relieve others."""

    site: int
    month: int
    contingents: int


def reliefs_of(unit: Unit, stay: Stay, units: int, decided: int) -> tuple[Relief, ...]:
    """The reliefs without which some units could not stay so long.

    Args:
        unit: the unit.
        stay: how long it stays, and where.
        units: how many stay alike.
        decided: how many of them are decided already. Of units there at the start, those who are
            decided first are taken to be those whose tour ends last, for the oldest leave first.
    """
    if unit.tour is None or not stay.legs:
        return ()
    if unit.is_opening:
        due = sorted(unit.due, reverse=True)[decided : decided + units]
        single = [(end, 1) for end in due]
    else:
        single = [(stay.legs[0].first + unit.tour.months, units)]
    return tuple(
        Relief(site, month, contingents)
        for end, contingents in single
        for site, month in _one_after_another(unit.tour, stay, end)
    )


def _one_after_another(tour: Tour, stay: Stay, end: int) -> Iterator[tuple[int, int]]:
    """Where and when each next contingent comes, from the end of the first one's tour."""
    until = stay.legs[-1].until
    while end < until:
        month = end - tour.overlap + tour.gap
        site = next((leg.site for leg in stay.legs if leg.first <= month < leg.until), None)
        if site is None:
            return
        yield site, month
        end = month + tour.months


def gaps(tour: Tour | None, reliefs: Iterable[Relief]) -> Iterator[tuple[int, int, int, int]]:
    """Between contingents: the site, the first month without, the next one with, how many."""
    if tour is not None and tour.gap:
        for site, month, contingents in reliefs:
            yield site, month - tour.gap, month, contingents
