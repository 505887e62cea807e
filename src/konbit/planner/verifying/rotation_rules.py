"""Rules about tours and relief, and the table that says who came when and is gone by when."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from konbit.planner.verifying.shifts import Shift, shifts
from konbit.planner.verifying.tally import Tally

if TYPE_CHECKING:
    from konbit.dossier.plan import Check, Contingent
    from konbit.planner.verifying.case import Case
    from konbit.planner.verifying.roster import Entity


def rotation(case: Case) -> Check:
    """Relief comes when it can and for units that stay; nobody there is beyond the tour.

    A unit with a tour of 6 months is present in the months 0 to 17. Reliefs in 6 and 12: in month 6
    one contingent is there and one arrived in the months 1 to 6. Without the relief of month 12 the
    rule fails in month 12, when none arrived since 7. Reliefs in 5, 10 and 15 are right where the
    overlap is one month: both are there in month 5, and two arrived in the months 0 to 5.

    An opening unit that came ten months ago and has no relief before month 2 is due in month 2: it
    counts as within its tour in the months 0 and 1 and not in month 2.
    """
    tally = Tally("rotation")
    for entity, site in case.movement.pairs():
        if entity.tour_months:
            _relief(case, tally, entity, site)
            if entity.is_candidate:
                _tour(case, tally, entity, site)
    for code in case.due_home:
        _tour_of_opening(case, tally, case.roster[code])
    return tally.check


def _relief(case: Case, tally: Tally, entity: Entity, site: str) -> None:
    """No relief comes before the first that can; who is relieved was there and stays on."""
    movement = case.movement
    before, after = max(entity.overlap_months, 1) - 1, entity.gap_months
    for t in case.calendar.indices:
        where = (entity.code, site, case.calendar.name(t))
        if movement.reliefs(entity.code, site, t, t):
            tally.at_least((*where, "relief"), t, entity.first_relief)
        relieved = movement.reliefs(entity.code, site, t - before, t + after)
        if relieved:
            started = movement.starting(entity.code, site, t) if entity.is_candidate else 0
            present = movement.present(entity.code, site, t)
            tally.at_most((*where, "relieved"), relieved + started, present)


def _tour(case: Case, tally: Tally, entity: Entity, site: str) -> None:
    """At each site no more contingents of candidates than arrived there within the tour."""
    movement, tour = case.movement, entity.tour_months
    for t in case.calendar.indices:
        there = movement.contingents(entity.code, site, t)
        if there:
            arrived = movement.starts(entity.code, site, tour, t)
            arrived += movement.reliefs(entity.code, site, t - tour + 1, t)
            tally.at_most((entity.code, site, case.calendar.name(t), "tour"), there, arrived)


def _tour_of_opening(case: Case, tally: Tally, entity: Entity) -> None:
    """Over all sites no more than are not due yet and arrived within the tour; they may move."""
    movement, tour = case.movement, entity.tour_months
    sites = movement.sites_of[entity.code]
    for t in case.calendar.indices:
        there = sum(movement.contingents(entity.code, site, t) for site in sites)
        if there:
            within = sum(due > t for due in case.due_home[entity.code])
            within += sum(movement.reliefs(entity.code, site, t - tour + 1, t) for site in sites)
            tally.at_most((entity.code, case.calendar.name(t), "tour"), there, within)


def contingents(case: Case) -> Check:
    """The table has every contingent of units with a tour, gone when the oldest leave first."""
    tally = Tally("contingents")
    stated: dict[Shift, list[Contingent]] = defaultdict(list)
    for row in case.plan.contingents:
        shift = Shift(row.unit, row.site, row.kind, row.arrived, row.due, row.until)
        stated[shift].append(row)
    expected = shifts(case)
    for shift in sorted(stated.keys() | expected.keys()):
        rows = stated.get(shift, [])
        tally.same((*shift, "rows"), len(rows), int(shift in expected))
        for row in rows if shift in expected else ():
            entity = case.roster[row.unit]
            tally.same((*shift, "offer"), row.offer, entity.offer.code)
            tally.same((*shift, "contingents"), row.contingents, expected[shift])
            people = row.contingents * entity.people
            tally.same((*shift, "strength_persons"), row.strength_persons, people)
    return tally.check
