"""Rules about what is covered: supply, substitutes, shares, enablers."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from typing import TYPE_CHECKING

from konbit.dossier.plan import FULL
from konbit.planner.verifying.tally import Tally
from konbit.planner.verifying.wear import supplied

if TYPE_CHECKING:
    from konbit.dossier.plan import Check
    from konbit.dossier.tables.requirement import Requirement
    from konbit.planner.verifying.case import Case
    from konbit.planner.verifying.needs import Spot


def coverage(case: Case) -> Check:
    """Quantities times shares ≤ supply at work, less substitutes given, plus those taken."""
    tally = Tally("coverage")
    _units_at_work(case, tally)
    lag = case.known.mission.operational_lag_months
    supply = supplied(case.movement, case.wear, case.calendar, lag)
    present = _after_substitutes(case, tally, supply)
    _rows(case, tally, present)
    _allocated(case, tally, present)
    covered = sum(row.share * row.weight for row in case.plan.coverage)
    needed = sum(FULL * row.priority for row in case.needs.active.values())
    tally.same(("covered_points",), case.plan.covered_points, covered)
    tally.same(("needed_points",), case.plan.needed_points, needed)
    return tally.check


def _units_at_work(case: Case, tally: Tally) -> None:
    lag = case.known.mission.operational_lag_months
    for row in case.plan.presence:
        t = case.calendar.index(row.month)
        if t is None or row.unit not in case.roster:
            continue
        at_work = case.movement.at_work(row.unit, row.site, t, lag)
        where = (row.unit, row.site, row.month, "operational_units")
        tally.same(where, row.operational_units, at_work)


def _after_substitutes(case: Case, tally: Tally, supply: dict[Spot, int]) -> dict[Spot, Fraction]:
    """What is supplied after substitutes; nobody gives more than is at work."""
    net: dict[Spot, Fraction] = defaultdict(Fraction)
    for spot, quantity in supply.items():
        net[spot] += quantity
    given: dict[Spot, int] = defaultdict(int)
    for row in case.plan.substituted:
        where = (row.month, row.site, row.offered, row.needed)
        t = case.calendar.index(row.month)
        share = case.needs.shares.get((row.offered, row.needed))
        tally.at_least(where, row.quantity, 0)
        if t is None or share is None:
            tally.same(where, row.quantity, 0)
            continue
        given[row.offered, row.site, t] += row.quantity
        net[row.offered, row.site, t] -= row.quantity
        net[row.needed, row.site, t] += share * row.quantity
    for (capability, site, t), quantity in given.items():
        limit = supply.get((capability, site, t), 0)
        tally.at_most((case.calendar.name(t), site, capability), quantity, limit)
    return net


def _rows(case: Case, tally: Tally, present: dict[Spot, Fraction]) -> None:
    """One row for each requirement active in a month, with the right numbers, and no other."""
    seen: set[tuple[str, int]] = set()
    for row in case.plan.coverage:
        t = case.calendar.index(row.month)
        need = None if t is None else case.needs.active.get((row.requirement, t))
        tally.same((*row.key, "row"), need is None or (row.requirement, t) in seen, False)
        if need is None or t is None:
            continue
        seen.add((row.requirement, t))
        here = present.get((need.capability, need.site, t), Fraction(0))
        stated = (row.capability, row.site, row.needed, row.present, row.weight)
        expected = (need.capability, need.site, need.quantity, here // FULL, need.priority)
        tally.same(row.key, stated, expected)
        tally.at_most((*row.key, "share"), row.share, FULL)
        tally.at_least((*row.key, "share"), row.share, 0)
    for code, t in case.needs.active:
        tally.same((code, case.calendar.name(t), "rows"), int((code, t) in seen), 1)


def _allocated(case: Case, tally: Tally, present: dict[Spot, Fraction]) -> None:
    shares = shares_of(case)
    for spot, needs in case.needs.at.items():
        capability, site, t = spot
        used = sum(need.quantity * shares.get((need.code, t), 0) for need in needs)
        where = (case.calendar.name(t), site, capability)
        tally.at_most(where, used, present.get(spot, Fraction(0)))


def shares_of(case: Case) -> dict[tuple[str, int], int]:
    """The plan's share of each requirement by month, in ten-thousandths."""
    found: dict[tuple[str, int], int] = {}
    for row in case.plan.coverage:
        t = case.calendar.index(row.month)
        if t is not None:
            found[row.requirement, t] = row.share
    return found


def enablers(case: Case) -> Check:
    """The share of a requirement ≤ the share of its enabler's requirement."""
    tally, shares = Tally("enablers"), shares_of(case)
    by_capability: dict[tuple[str, int], list[Requirement]] = defaultdict(list)
    for (_, t), need in case.needs.active.items():
        by_capability[need.capability, t].append(need)
    for rule in case.needs.enablers:
        for t in case.calendar.indices:
            for need in by_capability.get((rule.enables, t), ()):
                site = rule.site or need.site
                for enabler in case.needs.at.get((rule.enabler, site, t), ()):
                    where = (need.code, enabler.code, case.calendar.name(t))
                    limit = shares.get((enabler.code, t), 0)
                    tally.at_most(where, shares.get((need.code, t), 0), limit)
    return tally.check
