"""From the rows of a dossier to the sets of the planning problem."""

from __future__ import annotations

from typing import TYPE_CHECKING

from konbit.dossier.tables.mandate import Ceiling
from konbit.dossier.tables.pledge import Offer, OfferCapability, OfferEquipment
from konbit.dossier.tables.requirement import (
    BuildingOption,
    Enabler,
    Lift,
    LiftInterruption,
    Phase,
    Requirement,
    Site,
    SiteCapacity,
    Substitution,
)
from konbit.planner.funding import models_of_months, transfer_months
from konbit.planner.months import holds, planned_months
from konbit.planner.pools import pool_stocks
from konbit.planner.readiness import Events, lead_months
from konbit.planner.serving import Serving
from konbit.planner.tours import wear_of, with_contingents
from konbit.planner.world import Cap, EnablerRule, Need, Unit, World

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from decimal import Decimal

    from konbit.dossier import Dossier
    from konbit.terms import Month

_COMPONENTS = {
    "total": frozenset({"military", "police", "civilian"}),
    "uniformed": frozenset({"military", "police"}),
    "military": frozenset({"military"}),
    "police": frozenset({"police"}),
    "civilian": frozenset({"civilian"}),
}


def build_world(known: Dossier, as_of_on: date, scenario: str) -> World:
    """The sets of the problem.

    Args:
        known: the dossier under the scenario, as known on the day.
        as_of_on: the day.
        scenario: code of the scenario, empty for none.
    """
    mission = known.mission
    months = planned_months(as_of_on, mission.horizon_months)
    sites = known.rows(Site)
    site_codes = tuple(site.code for site in sites)
    needs = _needs(known, months, site_codes)
    substitutes = {(r.needed, r.offered): r.share for r in known.rows(Substitution)}
    models, steps = models_of_months(known, scenario, months)
    serving = Serving(
        known,
        months,
        sites,
        models,
        steps,
        _useful(needs, substitutes),
    )
    passengers = _lift(known, months, "passengers_per_month")
    wear = wear_of(known)
    units = _units(known, as_of_on, months, site_codes, serving)
    return World(
        dossier=known,
        as_of_on=as_of_on,
        months=months,
        sites=site_codes,
        units=with_contingents(known, as_of_on, units, months, passengers, wear),
        needs=needs,
        substitutes=substitutes,
        enabler_rules=_enabler_rules(known, site_codes),
        capacity=tuple(_capacity(known, site, months) for site in sites),
        limit=tuple(site.limit_persons for site in sites),
        critical_mass=tuple(site.critical_mass_persons for site in sites),
        options=known.rows(BuildingOption),
        option_months=tuple(_order_months(o, months) for o in known.rows(BuildingOption)),
        passengers=passengers,
        cargo=_lift(known, months, "cargo_tonnes_per_month"),
        caps=_caps(known, months),
        pools=pool_stocks(known, months),
        models=models,
        transfers=transfer_months(steps),
        operational_lag=mission.operational_lag_months,
        minimum_stay=mission.minimum_stay_months,
        wear=wear,
    )


def _needs(known: Dossier, months: Sequence[Month], sites: Sequence[str]) -> tuple[Need, ...]:
    phases = known.by_code(Phase)
    needs = []
    for row in known.rows(Requirement):
        phase = phases.get(row.phase)
        if row.site not in sites or (row.phase and phase is None):
            continue
        held = tuple(
            t
            for t, month in enumerate(months)
            if phase is None or holds(phase.from_on, phase.until_on, month)
        )
        if held:
            site = sites.index(row.site)
            needs.append(Need(row.code, row.capability, site, row.quantity, row.priority, held))
    return tuple(needs)


def _useful(
    needs: Sequence[Need], substitutes: Mapping[tuple[str, str], Decimal]
) -> Mapping[int, frozenset[str]]:
    """By site, the capabilities that some requirement there can use, substitutes included."""
    found: dict[int, set[str]] = {}
    for need in needs:
        wanted = found.setdefault(need.site, set())
        wanted.add(need.capability)
        wanted.update(offered for needed, offered in substitutes if needed == need.capability)
    return {site: frozenset(wanted) for site, wanted in found.items()}


def _units(
    known: Dossier,
    as_of_on: date,
    months: Sequence[Month],
    sites: Sequence[str],
    serving: Serving,
) -> tuple[Unit, ...]:
    events = Events(known, as_of_on)
    further: dict[str, dict[str, int]] = {}
    for row in known.rows(OfferCapability):
        further.setdefault(row.offer, {})[row.capability] = row.quantity
    equipment: dict[str, dict[str, tuple[int, int]]] = {}
    for item in known.rows(OfferEquipment):
        equipment.setdefault(item.offer, {})[item.equipment_type] = (item.quantity, item.brings)
    units = []
    for offer in known.rows(Offer):
        standing = events.standing(offer)
        if standing.clearance == "suspended":
            continue
        gives = {offer.capability: offer.quantity, **further.get(offer.code, {})}
        needed = equipment.get(offer.code, {})
        is_service = offer.kind == "service"
        for site, (count, people) in standing.opening.items():
            if site not in sites:
                continue
            home = sites.index(site)
            allowed = serving.opening(offer, home, needed, standing.clearance)
            units.append(
                Unit(
                    code=f"{offer.code}@{site}",
                    offer=offer,
                    home=home,
                    count=count,
                    strength_persons=0 if is_service else people // count,
                    gives=gives,
                    needs_equipment=needed,
                    earliest=0,
                    **allowed._asdict(),
                )
            )
        if standing.candidates:
            lead = lead_months(known, standing.stage, offer.rapid)
            allowed = serving.candidate(offer, gives, needed, standing.clearance)
            units.append(
                Unit(
                    code=offer.code,
                    offer=offer,
                    home=None,
                    count=standing.candidates,
                    strength_persons=0 if is_service else offer.strength_persons,
                    gives=gives,
                    needs_equipment=needed,
                    earliest=_earliest(offer.available_from_on, months, lead),
                    **allowed._asdict(),
                )
            )
    return tuple(units)


def _earliest(available_from_on: date | None, months: Sequence[Month], lead: int) -> int:
    by_lead = max(0, lead - 1)
    by_offer = sum(1 for month in months if not holds(available_from_on, None, month))
    return max(by_lead, by_offer)


def _enabler_rules(known: Dossier, sites: Sequence[str]) -> tuple[EnablerRule, ...]:
    return tuple(
        EnablerRule(row.enabler, row.enables, sites.index(row.site) if row.site else None)
        for row in known.rows(Enabler)
        if not row.site or row.site in sites
    )


def _capacity(known: Dossier, site: Site, months: Sequence[Month]) -> tuple[int, ...]:
    rows = sorted(
        (row for row in known.rows(SiteCapacity) if row.site == site.code),
        key=lambda row: row.from_on,
    )
    found = []
    for month in months:
        newest = [row.capacity_persons for row in rows if row.from_on <= month.first_on]
        usable = holds(site.available_from_on, site.available_until_on, month)
        found.append((newest[-1] if newest else site.capacity_persons) if usable else 0)
    return tuple(found)


def _order_months(option: BuildingOption, months: Sequence[Month]) -> tuple[int, ...]:
    return tuple(
        t for t, month in enumerate(months) if holds(option.available_from_on, None, month)
    )


def _lift(known: Dossier, months: Sequence[Month], quantity: str) -> tuple[int, ...] | None:
    lifts = known.rows(Lift)
    if not any(getattr(lift, quantity) > 0 for lift in lifts):
        return None
    lost = known.rows(LiftInterruption)
    found = []
    for month in months:
        total = 0
        for lift in lifts:
            if not holds(lift.from_on, lift.until_on, month):
                continue
            share = sum(
                row.share_lost
                for row in lost
                if row.lift == lift.code and holds(row.from_on, row.until_on, month)
            )
            total += int(getattr(lift, quantity) * (1 - min(share, 1)))
        found.append(total)
    return tuple(found)


def _caps(known: Dossier, months: Sequence[Month]) -> tuple[Cap, ...]:
    return tuple(
        Cap(
            row.code,
            _COMPONENTS[row.component],
            tuple(
                row.strength_persons if holds(row.from_on, row.until_on, month) else None
                for month in months
            ),
        )
        for row in known.rows(Ceiling)
    )
