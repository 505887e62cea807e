"""Who arrived when and is gone by when, where the oldest leave first."""

from __future__ import annotations

from collections import Counter, deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from konbit.planner.verifying.case import Case
    from konbit.planner.verifying.roster import Entity


class Shift(NamedTuple):
    """A row of the table `contingents` without its numbers; months as written in a plan."""

    unit: str
    site: str
    kind: str
    arrived: str
    due: str
    until: str


@dataclass(order=True, slots=True)
class _Arrived:
    """Like contingents, in the order in which they leave."""

    arrived: int
    is_relief: bool
    site: str
    due: int
    kind: str
    count: int


def shifts(case: Case) -> dict[Shift, int]:
    """Number of contingents by row of the table `contingents`.

    A candidate unit with a tour of 6 months and an overlap of one starts in month 0, its relief
    arrives in month 5, and the unit leaves before month 9. Then M[4] = 1, M[5] = 2, M[6] = 1 and
    M[9] = 0: in month 6 one contingent leaves, the first (due in 6), in month 9 the relief (due
    in 11).
    """
    found: Counter[Shift] = Counter()
    for entity in case.roster.values():
        if not entity.tour_months:
            continue
        sites = case.movement.sites_of[entity.code]
        # Opening units may move, so that their contingents are counted over all sites together.
        for together in [[site] for site in sites] if entity.is_candidate else [sites]:
            found.update(_shifts(case, entity, together))
    return dict(found)


def _shifts(case: Case, entity: Entity, sites: list[str]) -> Counter[Shift]:
    name, found = case.calendar.name, Counter[Shift]()
    arrivals = deque(sorted(_arrivals(case, entity, sites)))
    for until, leaving in _leaving(case, entity, sites):
        left = leaving
        while left > 0 and arrivals:
            oldest = arrivals[0]
            count = min(left, oldest.count)
            found[_row(case, entity, oldest, name(until))] += count
            left -= count
            oldest.count -= count
            if not oldest.count:
                arrivals.popleft()
    for stays in arrivals:
        found[_row(case, entity, stays, "")] += stays.count
    return found


def _row(case: Case, entity: Entity, who: _Arrived, until: str) -> Shift:
    arrived, due = case.calendar.name(who.arrived), case.calendar.name(who.due)
    return Shift(entity.code, who.site, who.kind, arrived, due, until)


def _arrivals(case: Case, entity: Entity, sites: list[str]) -> Iterator[_Arrived]:
    """Contingents there at the start, first ones, and reliefs; each for one site and month."""
    there = zip(entity.arrived, case.due_home.get(entity.code, ()), strict=True)
    for (arrived, due), count in Counter(there).items():
        yield _Arrived(arrived, False, entity.home, due, "there", count)
    for site in sites:
        for t in case.calendar.indices:
            due = t + entity.tour_months
            first = case.movement.starting(entity.code, site, t) if entity.is_candidate else 0
            if first:
                yield _Arrived(t, False, site, due, "first", first)
            relief = case.movement.reliefs(entity.code, site, t, t)
            if relief:
                yield _Arrived(t, True, site, due, "relief", relief)


def _leaving(case: Case, entity: Entity, sites: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Month index and M[t-1] + c[t] - M[t], the contingents gone before it begins."""
    movement = case.movement
    before = 0 if entity.is_candidate else entity.units
    for t in case.calendar.indices:
        there = sum(movement.contingents(entity.code, site, t) for site in sites)
        arrived = sum(movement.reliefs(entity.code, site, t, t) for site in sites)
        if entity.is_candidate:
            arrived += sum(movement.starting(entity.code, site, t) for site in sites)
        yield t, before + arrived - there
        before = there
