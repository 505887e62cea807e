"""The five head-counts, recomputed month by month."""

from __future__ import annotations

from typing import TYPE_CHECKING

from konbit.dossier.plan import FULL
from konbit.dossier.tables.mandate import Ceiling
from konbit.planner.verifying.need_rules import shares_of
from konbit.planner.verifying.tally import Tally

if TYPE_CHECKING:
    from konbit.dossier.plan import Check, HeadCount
    from konbit.planner.verifying.case import Case


def headcounts(case: Case) -> Check:
    """Ceiling, required, offered, ready, deployed and effective people of each planned month."""
    tally = Tally("headcounts")
    rows: dict[str, HeadCount] = {}
    for row in case.plan.headcounts:
        if row.kind == "plan":
            tally.same((row.month, "row"), row.month in rows, False)
            tally.same((row.month, "month"), case.calendar.index(row.month) is None, False)
            rows[row.month] = row
    shares = shares_of(case)
    for t in case.calendar.indices:
        month = case.calendar.name(t)
        tally.same((month, "rows"), int(month in rows), 1)
        if month in rows:
            for name, count in _counts(case, t, shares).items():
                tally.same((month, name), getattr(rows[month], name), count)
    return tally.check


def _counts(case: Case, t: int, shares: dict[tuple[str, int], int]) -> dict[str, int | None]:
    movement, deployed, places = case.movement, 0, 0
    for entity, site in movement.pairs():
        deployed += entity.people * movement.contingents(entity.code, site, t)
        places += entity.people * movement.places(entity.code, site, t)
    coming, ready = _still_to_come(case, t)
    return {
        "ceiling_persons": _ceiling(case, t),
        "required_persons": _required(case, t),
        "offered_persons": places + coming,
        "ready_persons": places + ready,
        "deployed_persons": deployed,
        "effective_persons": _effective(case, t, shares),
    }


def _still_to_come(case: Case, t: int) -> tuple[int, int]:
    """People of candidates that have not started yet, and of these those who could by now."""
    coming = ready = 0
    for entity in case.roster.values():
        if entity.is_candidate:
            started = sum(
                case.movement.starts(entity.code, site, t + 1, t)
                for site in case.movement.sites_of[entity.code]
            )
            people = entity.people * max(0, entity.units - started)
            coming += people
            ready += people if entity.earliest <= t else 0
    return coming, ready


def _ceiling(case: Case, t: int) -> int | None:
    """The total, else the sum of its parts; where several rows hold, the lowest binds."""
    lowest: dict[str, int] = {}
    for row in case.known.rows(Ceiling):
        if case.calendar.holds(row.from_on, row.until_on, t):
            limit = min(row.strength_persons, lowest.get(row.component, row.strength_persons))
            lowest[row.component] = limit
    if "total" in lowest:
        return lowest["total"]
    # Ceilings of military and police stand within one of uniformed people.
    uniformed = ("uniformed",) if "uniformed" in lowest else ("military", "police")
    parts = [lowest[part] for part in (*uniformed, "civilian") if part in lowest]
    return sum(parts) if parts else None


def _required(case: Case, t: int) -> int:
    return sum(
        need.quantity
        for need in case.needs.in_month[t]
        if _measured_in_persons(case, need.capability)
    )


def _measured_in_persons(case: Case, capability: str) -> bool:
    row = case.needs.capabilities.get(capability)
    return row is not None and row.is_in_persons


def _effective(case: Case, t: int, shares: dict[tuple[str, int], int]) -> int:
    """At each site what is met of the needs counted in persons, but no more than are at work."""
    lag = case.known.mission.operational_lag_months
    at_work: dict[str, int] = {}
    for entity, site in case.movement.pairs():
        people = entity.people * case.movement.at_work(entity.code, site, t, lag)
        at_work[site] = at_work.get(site, 0) + people
    met: dict[str, int] = {}
    for need in case.needs.in_month[t]:
        if _measured_in_persons(case, need.capability):
            people = need.quantity * shares.get((need.code, t), 0) // FULL
            met[need.site] = met.get(need.site, 0) + people
    return sum(min(people, met.get(site, 0)) for site, people in at_work.items())
