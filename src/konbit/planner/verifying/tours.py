"""By when the contingents that are there at the start must be gone."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from konbit.planner.verifying.lifts import Lifts
    from konbit.planner.verifying.roster import Entity


def due_home(roster: Mapping[str, Entity], lifts: Lifts) -> dict[str, tuple[int, ...]]:
    """First month after the tour of each contingent that is there at the start.

    Contingents of all offers with a tour stand in one queue, by arrival, then by the unit's code.
    Relief could come in the first month, not before its lead time is over, by which lift has
    carried the whole queue up to and with the contingent.

    A unit of 50 people with a tour of 6 months and no overlap arrived ten months before the first
    month planned: at -10, so its tour was over at -4. Relief is two months away (month 1 is the
    first), lift carries 40 a month: 40 by month 1, 80 by month 2. So it is due in month
    min(max(-10 + 6, 2), 1 + 6) = 2. A second such unit waits for 100 people, 120 by month 3, and is
    due in month 3; the eighth waits for 400, ten months, and is due in month 7 all the same.

    Returns:
        Month indices by unit, for contingents in the order of `Entity.arrived`.
    """
    queue = sorted(
        (arrived, unit.code)
        for unit in roster.values()
        if unit.tour_months
        for arrived in unit.arrived
    )
    due: dict[str, list[int]] = {code: [] for _, code in queue}
    waiting = 0
    for arrived, code in queue:
        unit = roster[code]
        waiting += unit.people
        could_leave = _carried_by(lifts, unit.relief_ready, waiting) + unit.overlap_months
        tour = unit.tour_months
        due[code].append(min(max(arrived + tour, could_leave), unit.relief_ready + tour))
    return {code: tuple(months) for code, months in due.items()}


def _carried_by(lifts: Lifts, first: int, people: int) -> int:
    """First month by which lift has carried so many people, counted from a month on."""
    if not lifts.limits_passengers:
        return first
    carried, months = 0, len(lifts.passengers)
    for t in range(first, months):
        carried += lifts.passengers[t]
        if carried >= people:
            return t
    return months
