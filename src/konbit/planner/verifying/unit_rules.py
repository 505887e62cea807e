"""Rules about units: what they are made from, presence, stay, offers, readiness, where and when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from konbit.planner.verifying.tally import Tally

if TYPE_CHECKING:
    from konbit.dossier.plan import Check, Presence
    from konbit.planner.verifying.case import Case

_MONTHS_BETWEEN_MOVES = 3
"""Units that are there at the start move in the first month or every third one after it."""


def digest(case: Case) -> Check:
    """The plan is of this dossier, in its currency, for the months after its as-of day."""
    tally, plan = Tally("digest"), case.plan
    tally.same(("dossier_digest",), plan.dossier_digest, case.dossier.digest)
    tally.same(("mission",), plan.mission, case.known.mission.code)
    tally.same(("currency",), plan.currency, case.exchange.currency)
    tally.same(("first_month",), plan.first_month, case.calendar.first)
    tally.same(("until_month",), plan.until_month, case.calendar.until)
    return tally.check


def presence(case: Case) -> Check:
    """Starts ≤ present ≤ present before + starts; rows say what follows from these and reliefs."""
    tally, movement = Tally("presence"), case.movement
    rows: dict[tuple[str, str, str], Presence] = {}
    for row in case.plan.presence:
        key = (row.unit, row.site, row.month)
        if row.unit not in case.roster:
            continue
        tally.same((*key, "row"), key in rows, False)
        tally.same((*key, "month"), case.calendar.index(row.month) is None, False)
        rows[key] = row
        entity = case.roster[row.unit]
        tally.same((*key, "offer"), row.offer, entity.offer.code)
        t = case.calendar.index(row.month)
        there = row.units if t is None else movement.contingents(row.unit, row.site, t)
        tally.same((*key, "strength_persons"), row.strength_persons, there * entity.people)
        tally.at_least((*key, "units"), row.units, 0)
        tally.at_least((*key, "arriving_units"), row.arriving_units, 0)
        may_start = entity.is_candidate or t is None or t % _MONTHS_BETWEEN_MOVES == 0
        limit = row.units if may_start else 0
        tally.at_most((*key, "arriving_units"), row.arriving_units, limit)
        moving = row.units + row.arriving_units + row.departing_units
        tally.at_least((*key, "row"), moving, 1)
    for entity, site in movement.pairs():
        for t in case.calendar.indices:
            key = (entity.code, site, case.calendar.name(t))
            departing = movement.departing(entity.code, site, t)
            stated = rows[key].departing_units if key in rows else 0
            tally.at_least((*key, "balance"), departing, 0)
            tally.same((*key, "departing_units"), stated, max(0, departing))
    return tally.check


def minimum_stay(case: Case) -> Check:
    """Σ z over the last `minimum_stay_months` months ≤ x."""
    tally, movement = Tally("minimum_stay"), case.movement
    months = case.known.mission.minimum_stay_months
    for entity, site in movement.pairs():
        for t in case.calendar.indices:
            started = movement.starts(entity.code, site, months, t)
            if started:
                where = (entity.code, site, case.calendar.name(t))
                tally.at_most(where, started, movement.present(entity.code, site, t))
    return tally.check


def offered(case: Case) -> Check:
    """Never more units than offered; candidates start once; opening units never come back."""
    tally, movement = Tally("offered"), case.movement
    for entity in case.roster.values():
        sites = movement.sites_of[entity.code]
        before = entity.units
        for t in case.calendar.indices:
            here = sum(movement.present(entity.code, site, t) for site in sites)
            tally.at_most((entity.code, case.calendar.name(t)), here, before)
            before = entity.units if entity.is_candidate else here
        if entity.is_candidate:
            horizon = len(case.calendar.indices)
            started = sum(
                movement.starts(entity.code, site, horizon, horizon - 1) for site in sites
            )
            tally.at_most((entity.code, "starts"), started, entity.units)
    return tally.check


def readiness(case: Case) -> Check:
    """No candidate starts before its lead time and its own first day allow."""
    tally = Tally("readiness")
    for entity, site in case.movement.pairs():
        for t in case.calendar.indices:
            if entity.is_candidate and case.movement.starting(entity.code, site, t):
                tally.at_least((entity.code, site, case.calendar.name(t)), t, entity.earliest)
    return tally.check


def allowed(case: Case) -> Check:
    """Units are present only where and when caveats, sites and the funding model let them."""
    tally = Tally("allowed")
    for row in case.plan.presence:
        t = case.calendar.index(row.month)
        if t is None or not (row.units or row.arriving_units):
            continue
        entity = case.roster.get(row.unit)
        may = entity is not None and case.permits.allowed(entity, row.site, t)
        units = max(row.units, row.arriving_units)
        tally.at_most((row.unit, row.site, row.month), units, units if may else 0)
    return tally.check
