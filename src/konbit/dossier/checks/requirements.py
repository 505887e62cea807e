"""Rules on needs and places: can anything meet them, and is anything too small or too fine?"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from konbit.dossier.tables.mandate import Location
from konbit.dossier.tables.pledge import Offer, OfferCapability
from konbit.dossier.tables.requirement import (
    BuildingOption,
    Capability,
    Enabler,
    Lift,
    Requirement,
    Site,
    SiteCapacity,
    Substitution,
)
from konbit.dossier.unit_stages import states_on
from konbit.terms import Finding, Severity
from konbit.terms.finding import finding

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from konbit.dossier.checks.scope import Rule, Scope

FINEST_DECIMALS = 2


def requirements_met_by_offers(scope: Scope) -> Iterator[Finding]:
    """Some offer that is not gone gives each capability required, or one that stands in for it.

    One finding for each capability, at the first requirement of it.
    """
    given = _capabilities_given(scope)
    given |= {
        row.needed
        for row in scope.known.rows(Substitution)
        if row.offered in given and row.share > 0
    }
    told: set[str] = set()
    for row in scope.known.rows(Requirement):
        if row.capability not in given and row.capability not in told:
            told.add(row.capability)
            yield finding(
                "requirement-without-offer",
                Severity.WARNING,
                row.TABLE,
                row.label,
                "capability",
                capability=row.capability,
            )


def _capabilities_given(scope: Scope) -> set[str]:
    states = states_on(scope.known, scope.as_of_on)
    there = {code for code, state in states.items() if state.deployed_units or state.open_units}
    main = {o.capability for o in scope.known.rows(Offer) if o.code in there and o.quantity}
    further = scope.known.rows(OfferCapability)
    return main | {row.capability for row in further if row.offer in there and row.quantity}


def enablers_required(scope: Scope) -> Iterator[Finding]:
    """An enabler is itself required where it serves, or its rule says nothing."""
    sites: dict[str, set[str]] = defaultdict(set)
    for row in scope.known.rows(Requirement):
        sites[row.capability].add(row.site)
    for rule in scope.known.rows(Enabler):
        serves = {rule.site} if rule.site else sites[rule.enables]
        if sites[rule.enables] and not serves & sites[rule.enabler]:
            yield finding(
                "enabler-without-requirement",
                Severity.WARNING,
                rule.TABLE,
                rule.label,
                "enabler",
                enabler=rule.enabler,
                enables=rule.enables,
            )


def enabler_flags_agree(scope: Scope) -> Iterator[Finding]:
    """A capability is flagged as enabler when, and only when, some rule makes it one."""
    enabling = {rule.enabler for rule in scope.known.rows(Enabler)}
    for row in scope.known.rows(Capability):
        if row.enabler != (row.code in enabling):
            code = "enabler-flag-unused" if row.enabler else "enabler-not-flagged"
            yield finding(code, Severity.WARNING, row.TABLE, row.label, "enabler")


def people_are_measured_in_persons(scope: Scope) -> Iterator[Finding]:
    """A capability of which every unit gives as many as its people is measured in persons."""
    offers: dict[str, list[Offer]] = defaultdict(list)
    for offer in scope.known.rows(Offer):
        if offer.strength_persons > 1:
            offers[offer.capability].append(offer)
    for row in scope.known.rows(Capability):
        gives = offers[row.code]
        if gives and not row.is_in_persons and all(o.quantity == o.strength_persons for o in gives):
            yield finding(
                "measure-not-persons",
                Severity.WARNING,
                row.TABLE,
                row.label,
                "measure",
                measure=row.measure,
            )


def lift_carries_a_unit(scope: Scope) -> Iterator[Finding]:
    """All lift of a month together carries at least the smallest unit offered."""
    lifts, offers = scope.known.rows(Lift), scope.known.rows(Offer)
    moved = [offer for offer in offers if offer.kind != "service" and offer.strength_persons]
    if not lifts or not moved:
        return
    limits = (
        (
            "passengers_per_month",
            sum(lift.passengers_per_month for lift in lifts),
            min(offer.strength_persons for offer in moved),
        ),
        (
            "cargo_tonnes_per_month",
            sum(lift.cargo_tonnes_per_month for lift in lifts),
            min(offer.cargo_tonnes for offer in moved),
        ),
    )
    for column, available, smallest in limits:
        if 0 < available < smallest:
            yield finding(
                "smaller-than-one-unit",
                Severity.WARNING,
                Lift.TABLE,
                lifts[0].label,
                column,
                available=available,
                smallest_unit=smallest,
            )


def camps_house_a_unit(scope: Scope) -> Iterator[Finding]:
    """A camp that houses anybody can, when all is built, house the smallest unit offered."""
    strengths = [
        offer.strength_persons
        for offer in scope.known.rows(Offer)
        if offer.kind != "service" and offer.strength_persons
    ]
    if not strengths:
        return
    most = {site.code: site.capacity_persons for site in scope.known.rows(Site)}
    for change in scope.known.rows(SiteCapacity):
        most[change.site] = max(most.get(change.site, 0), change.capacity_persons)
    for option in scope.known.rows(BuildingOption):
        most[option.site] = most.get(option.site, 0) + option.adds_persons
    for site in scope.known.rows(Site):
        houses = most[site.code]
        if site.limit_persons is not None:
            houses = min(houses, site.limit_persons)
        if 0 < houses < min(strengths):
            yield finding(
                "smaller-than-one-unit",
                Severity.WARNING,
                site.TABLE,
                site.label,
                "capacity_persons",
                available=houses,
                smallest_unit=min(strengths),
            )


def places_coarse(scope: Scope) -> Iterator[Finding]:
    """Places are given to two decimals of a degree at the most, about a kilometre: no finer."""
    for row in scope.whole.rows(Location):
        for column in ("latitude", "longitude"):
            degrees: Decimal | None = getattr(row, column)
            if degrees is not None and round(degrees, FINEST_DECIMALS) != degrees:
                yield finding(
                    "place-too-fine", Severity.ERROR, row.TABLE, row.label, column, value=degrees
                )


RULES: tuple[Rule, ...] = (
    requirements_met_by_offers,
    enablers_required,
    people_are_measured_in_persons,
    enabler_flags_agree,
    lift_carries_a_unit,
    camps_house_a_unit,
    places_coarse,
)
