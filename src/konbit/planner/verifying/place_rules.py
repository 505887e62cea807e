"""Rules about room to live and move: camps, buildings, lift, ceilings, equipment, carry-over."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from math import floor
from typing import TYPE_CHECKING

from konbit.dossier.tables.mandate import Ceiling
from konbit.dossier.tables.requirement import (
    BuildingOption,
    EquipmentPool,
    Site,
    SiteCapacity,
)
from konbit.planner.verifying.tally import Tally

if TYPE_CHECKING:
    from konbit.dossier.plan import Check
    from konbit.planner.verifying.case import Case

COMPONENTS = {
    "total": frozenset({"military", "police", "civilian"}),
    "uniformed": frozenset({"military", "police"}),
    "military": frozenset({"military"}),
    "police": frozenset({"police"}),
    "civilian": frozenset({"civilian"}),
}


def camp(case: Case) -> Check:
    """People at a site ≤ its capacity with what is built by then, and ≤ its limit."""
    tally = Tally("camp")
    people, built = _people_by_site(case), _built(case)
    changes: dict[str, list[SiteCapacity]] = defaultdict(list)
    for change in sorted(case.known.rows(SiteCapacity), key=lambda row: row.from_on):
        changes[change.site].append(change)
    for site in case.known.rows(Site):
        for t in case.calendar.indices:
            day = case.calendar.day(t)
            newest = [row.capacity_persons for row in changes[site.code] if row.from_on <= day]
            limit = (newest or [site.capacity_persons])[-1]
            limit += sum(adds for usable, adds in built[site.code] if usable <= t)
            if site.limit_persons is not None:
                limit = min(limit, site.limit_persons)
            if not case.permits.usable(site.code, t):
                limit = 0
            tally.at_most((site.code, case.calendar.name(t)), people.get((site.code, t), 0), limit)
    return tally.check


def _people_by_site(case: Case) -> dict[tuple[str, int], int]:
    """People in their places: two contingents in an overlap, a kept place in a gap."""
    people: dict[tuple[str, int], int] = defaultdict(int)
    for entity, site in case.movement.pairs():
        for t in case.calendar.indices:
            people[site, t] += entity.people * case.movement.places(entity.code, site, t)
    return people


def _built(case: Case) -> dict[str, list[tuple[int, int]]]:
    """First month in which each ordered option is usable and people that it houses, by site."""
    options = case.known.by_code(BuildingOption)
    built: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for order in case.plan.building_orders:
        option, ordered = options.get(order.option), case.calendar.index(order.month)
        if option is not None and ordered is not None:
            usable = ordered + option.lead_time_months
            built[option.site].append((usable, option.adds_persons))
    return built


def building(case: Case) -> Check:
    """An option is ordered at most once, in the horizon, not before it can be."""
    tally = Tally("building")
    options = case.known.by_code(BuildingOption)
    seen: set[str] = set()
    for order in case.plan.building_orders:
        option, t = options.get(order.option), case.calendar.index(order.month)
        tally.same((order.option, "orders"), 1 + (order.option in seen), 1)
        seen.add(order.option)
        if option is None or t is None:
            tally.same((order.option, order.month), "ordered", "unknown")
            continue
        if option.available_from_on is not None:
            day = case.calendar.day(t)
            tally.same((order.option, "month"), day, max(day, option.available_from_on))
        usable_from = case.calendar.name(t + option.lead_time_months)
        tally.same((order.option, "usable_from"), order.usable_from, usable_from)
    return tally.check


def critical_mass(case: Case) -> Check:
    """Where any unit is, there are at least as many people as the site's critical mass.

    An outgoing contingent beside its relief does not count, a place that is kept neither.
    """
    tally = Tally("critical_mass")
    sites = {row.code: row.critical_mass_persons for row in case.known.rows(Site)}
    people: dict[tuple[str, int], int] = defaultdict(int)
    for entity, site in case.movement.pairs():
        for t in case.calendar.indices if sites.get(site) else ():
            present = case.movement.present(entity.code, site, t)
            if present:
                manned = present - case.movement.kept(entity.code, site, t)
                people[site, t] += entity.people * manned
    for site, t in sorted(people):
        tally.at_least((site, case.calendar.name(t)), people[site, t], sites[site])
    return tally.check


def lift(case: Case) -> Check:
    """People and cargo of candidates that start, and people of reliefs ≤ what lifts carry.

    The equipment of a unit stays when it is relieved, so reliefs bring no cargo.
    """
    tally, lifts = Tally("lift"), case.lifts
    for t in case.calendar.indices:
        people = tonnes = 0
        for entity, site in case.movement.pairs():
            people += entity.people * case.movement.reliefs(entity.code, site, t, t)
            if entity.is_candidate:
                units = case.movement.starting(entity.code, site, t)
                people += units * entity.people
                tonnes += units * entity.offer.cargo_tonnes
        month = case.calendar.name(t)
        if lifts.limits_passengers:
            tally.at_most((month, "passengers"), people, lifts.passengers[t])
        if lifts.limits_cargo:
            tally.at_most((month, "cargo_tonnes"), tonnes, lifts.cargo_tonnes[t])
    return tally.check


def ceiling(case: Case) -> Check:
    """People of the components of each ceiling that holds in a month ≤ its strength.

    A hand-over is no exception: outgoing contingents and places that are kept count.
    """
    tally = Tally("ceiling")
    people: dict[tuple[str, int], int] = defaultdict(int)
    for entity, site in case.movement.pairs():
        for t in case.calendar.indices:
            places = case.movement.places(entity.code, site, t)
            people[entity.offer.component, t] += entity.people * places
    for row in case.known.rows(Ceiling):
        for t in case.calendar.indices:
            if case.calendar.holds(row.from_on, row.until_on, t):
                here = sum(people[component, t] for component in COMPONENTS[row.component])
                tally.at_most((row.code, case.calendar.name(t)), here, row.strength_persons)
    return tally.check


def equipment(case: Case) -> Check:
    """Needs that units do not bring ≤ what the pools of the type hold in working order.

    A pool of 10 from 15 March, nine tenths in order, loses a tenth each month and never falls below
    a half: 9 in April, its first month, 8 in May, 5 from August on.
    """
    tally = Tally("equipment")
    drawn: dict[tuple[str, int], int] = defaultdict(int)
    for entity, site in case.movement.pairs():
        for row in entity.equipment:
            missing = max(0, row.quantity - row.brings)
            for t in case.calendar.indices if missing else ():
                units = case.movement.present(entity.code, site, t)
                drawn[row.equipment_type, t] += missing * units
    pooled: dict[str, list[EquipmentPool]] = defaultdict(list)
    for pool in case.known.rows(EquipmentPool):
        pooled[pool.equipment_type].append(pool)
    for (kind, t), quantity in drawn.items():
        if kind in pooled:
            serviceable = sum(
                pool.quantity * _in_order(case, pool, t)
                for pool in pooled[kind]
                if case.calendar.holds(pool.from_on, pool.until_on, t)
            )
            tally.at_most((kind, case.calendar.name(t)), quantity, floor(serviceable))
    return tally.check


def _in_order(case: Case, pool: EquipmentPool, t: int) -> Fraction:
    """Share of a pool in working order in a month in which it holds."""
    first = 0 if pool.from_on is None else case.calendar.first_from(pool.from_on)
    start = Fraction(pool.serviceable_share)
    worn = start - (t - first) * Fraction(pool.monthly_loss_share or 0)
    return min(start, max(Fraction(pool.lowest_share or 0), worn))


def carry_over(case: Case) -> Check:
    """In a transfer month, people who stay on ≤ the model's share of those there before."""
    tally = Tally("carry_over")
    for t in case.calendar.indices:
        model = case.models.model(t)
        if t == 0 or model is None or not case.models.is_transfer(t):
            continue
        staying = before = 0
        for entity, site in case.movement.pairs():
            units = case.movement.present(entity.code, site, t)
            if entity.is_candidate:
                units -= case.movement.starting(entity.code, site, t)
            staying += entity.people * units
            before += entity.people * case.movement.present(entity.code, site, t - 1)
        limit = Fraction(model.carry_over_share) * before
        tally.at_most((case.calendar.name(t), model.code), staying, limit)
    return tally.check
