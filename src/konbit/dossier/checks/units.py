"""Rules on units and people: never more than offered, never more than allowed."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from konbit.dossier.tables.mandate import Ceiling
from konbit.dossier.tables.pledge import UNIT_STAGES, Offer, UnitEvent
from konbit.dossier.unit_stages import (
    OfferState,
    components_under,
    people_of,
    persons_by_component,
    states_on,
)
from konbit.terms import Finding, Period, Severity
from konbit.terms.finding import finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from konbit.dossier.checks.scope import Rule, Scope
    from konbit.dossier.dossier import Dossier

_AFTER_ARRIVAL = UNIT_STAGES[UNIT_STAGES.index("arrived") + 1 : -1]


def _events_by_offer(known: Dossier) -> Iterator[tuple[Offer, list[UnitEvent]]]:
    events: dict[str, list[UnitEvent]] = defaultdict(list)
    for event in sorted(known.rows(UnitEvent), key=lambda e: (e.on, e.code)):
        events[event.offer].append(event)
    for offer in known.rows(Offer):
        yield offer, events[offer.code]


def units_within_offer(scope: Scope) -> Iterator[Finding]:
    """At no time are more units present, withdrawn or lapsed than the offer has.

    Departures of a day go before its arrivals, so that a relief is no error.
    """
    for offer, events in _events_by_offer(scope.known):
        present = given_up = 0
        for event in sorted(events, key=lambda e: (e.on, e.stage != "departed", e.code)):
            present += {"arrived": event.units, "departed": -event.units}.get(event.stage, 0)
            given_up += event.units if event.stage in {"withdrawn", "lapsed"} else 0
            if present + given_up > offer.unit_count and event.stage != "departed":
                yield finding(
                    "more-units-than-offered",
                    Severity.ERROR,
                    event.TABLE,
                    event.label,
                    "units",
                    stage=event.stage,
                    units=present + given_up,
                    offered_units=offer.unit_count,
                )
                break


def departures_after_arrivals(scope: Scope) -> Iterator[Finding]:
    """At no time have more units departed than arrived. Arrivals of a day go first."""
    for _, events in _events_by_offer(scope.known):
        arrived = departed = 0
        for event in sorted(events, key=lambda e: (e.on, e.stage == "departed", e.code)):
            arrived += event.units if event.stage == "arrived" else 0
            departed += event.units if event.stage == "departed" else 0
            if departed > arrived:
                yield finding(
                    "departed-more-than-arrived",
                    Severity.ERROR,
                    event.TABLE,
                    event.label,
                    "units",
                    departed_units=departed,
                    arrived_units=arrived,
                    on=event.on,
                )
                break


def arrivals_recorded(scope: Scope) -> Iterator[Finding]:
    """Units that were verified or are at work have arrived; only arrivals count as deployed."""
    for _, events in _events_by_offer(scope.known):
        if any(event.stage == "arrived" for event in events):
            continue
        for event in events:
            if event.stage in _AFTER_ARRIVAL:
                yield finding(
                    "arrival-missing",
                    Severity.WARNING,
                    event.TABLE,
                    event.label,
                    "stage",
                    stage=event.stage,
                    on=event.on,
                )
                break


def ceilings_held(scope: Scope) -> Iterator[Finding]:
    """On no day up to the as-of day are more people deployed than a ceiling allows.

    Looked at on each day of an arrival or departure and each first day of a ceiling; the day
    with most people under the ceiling is given.
    """
    ceilings = scope.known.rows(Ceiling)
    days = {ceiling.from_on for ceiling in ceilings}
    people = list(_deployed_by_day(scope, days))
    for ceiling in ceilings:
        holds = Period(ceiling.from_on, ceiling.until_on)
        counted = components_under(ceiling.component)
        worst = max(
            (
                (sum(by_component.get(c, 0) for c in counted), day)
                for day, by_component in people
                if day in holds
            ),
            key=lambda found: found[0],
            default=None,
        )
        if worst is not None and worst[0] > ceiling.strength_persons:
            yield finding(
                "ceiling-exceeded",
                Severity.WARNING,
                ceiling.TABLE,
                ceiling.label,
                "strength_persons",
                component=ceiling.component,
                ceiling_persons=ceiling.strength_persons,
                deployed_persons=worst[0],
                on=worst[1],
            )


def _deployed_by_day(
    scope: Scope, more_days: set[date]
) -> Iterator[tuple[date, Mapping[str, int]]]:
    """People in the mission by component, at the end of each day on which something changes."""
    offers = {offer.code: offer for offer in scope.known.rows(Offer)}
    changes: dict[date, dict[str, int]] = {day: {} for day in more_days}
    for event in scope.known.rows(UnitEvent):
        sign = {"arrived": 1, "departed": -1}.get(event.stage, 0)
        offer = offers.get(event.offer)
        if sign and offer is not None:
            of_day = changes.setdefault(event.on, {})
            moved = sign * people_of(event, offer)
            of_day[offer.component] = of_day.get(offer.component, 0) + moved
    total: dict[str, int] = defaultdict(int)
    for day in sorted(changes):
        if day <= scope.as_of_on:
            for component, moved in changes[day].items():
                total[component] += moved
            yield day, dict(total)


def offers_within_ceilings(scope: Scope) -> Iterator[Finding]:
    """Offers may add up to more than a ceiling; then not all of them can come."""
    states = states_on(scope.known, scope.as_of_on).values()
    offered = persons_by_component(states, lambda state: state.offered_persons)
    for ceiling in scope.known.rows(Ceiling):
        if scope.as_of_on not in Period(ceiling.from_on, ceiling.until_on):
            continue
        persons = sum(offered.get(c, 0) for c in components_under(ceiling.component))
        if persons > ceiling.strength_persons:
            yield finding(
                "offers-above-ceiling",
                Severity.NOTE,
                ceiling.TABLE,
                ceiling.label,
                "strength_persons",
                component=ceiling.component,
                ceiling_persons=ceiling.strength_persons,
                offered_persons=persons,
                on=scope.as_of_on,
            )


def ceilings_apart(scope: Scope) -> Iterator[Finding]:
    """Two ceilings of one component do not hold on the same day: which of them is the mandate's?"""
    by_component: dict[str, list[Ceiling]] = defaultdict(list)
    for ceiling in sorted(scope.known.rows(Ceiling), key=lambda c: (c.from_on, c.code)):
        by_component[ceiling.component].append(ceiling)
    for component, ceilings in by_component.items():
        longest: Ceiling | None = None
        for ceiling in ceilings:
            if longest is not None and ceiling.from_on in Period(longest.from_on, longest.until_on):
                yield finding(
                    "ceilings-overlap",
                    Severity.WARNING,
                    ceiling.TABLE,
                    ceiling.label,
                    "from_on",
                    other=longest.label,
                    component=component,
                )
            if longest is None or _ends_later(ceiling, longest):
                longest = ceiling


def _ends_later(one: Ceiling, other: Ceiling) -> bool:
    if other.until_on is None:
        return False
    return one.until_on is None or one.until_on > other.until_on


def readiness_known(scope: Scope) -> Iterator[Finding]:
    """Something beyond the offer itself is known of every offer: how ready it is."""
    for offer, events in _events_by_offer(scope.known):
        if all(event.stage == "offered" for event in events):
            yield finding("offer-without-readiness", Severity.NOTE, offer.TABLE, offer.label)


def units_have_people(scope: Scope) -> Iterator[Finding]:
    """Only a service is without strength."""
    for offer in scope.whole.rows(Offer):
        if offer.kind != "service" and offer.strength_persons == 0:
            yield finding(
                "unit-without-strength",
                Severity.WARNING,
                offer.TABLE,
                offer.label,
                "strength_persons",
            )


def replaced_are_closed(scope: Scope) -> Iterator[Finding]:
    """An offer whose place another takes has nothing left to give, or it is counted twice."""
    states: dict[str, OfferState] = states_on(scope.known, scope.as_of_on)
    for offer in scope.known.rows(Offer):
        state = states.get(offer.replaces)
        if state is not None and state.open_units:
            yield finding(
                "replaced-but-open",
                Severity.WARNING,
                offer.TABLE,
                offer.replaces,
                "",
                other=offer.code,
                units=state.open_units,
            )


RULES: tuple[Rule, ...] = (
    units_within_offer,
    departures_after_arrivals,
    arrivals_recorded,
    ceilings_held,
    offers_within_ceilings,
    ceilings_apart,
    readiness_known,
    units_have_people,
    replaced_are_closed,
)
