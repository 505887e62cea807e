"""Unit entities: units that are there at the start, and candidates that may come."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from itertools import count
from typing import TYPE_CHECKING

from konbit.dossier.tables.pledge import (
    UNIT_STAGES,
    DueDiligence,
    LeadTime,
    Offer,
    OfferCapability,
    OfferEquipment,
    UnitEvent,
)
from konbit.terms import Month

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from konbit.dossier.dossier import Dossier
    from konbit.planner.verifying.calendar import Calendar

_ARRIVED = UNIT_STAGES.index("arrived")
_READINESS = UNIT_STAGES[:_ARRIVED]


@dataclass(frozen=True, slots=True)
class Entity:
    """Like units of one offer.

    Attributes:
        code: `offer` for candidates, `offer@site` for units that stand at a site at the start.
        offer: the offer's row.
        home: site of opening units, empty for candidates.
        units: number of like units.
        people: people per unit.
        gives: capability to quantity per unit.
        equipment: what it needs and brings.
        earliest: first month index in which a candidate can arrive; 0 for opening units.
        arrived: month index of the arrival of each contingent that is there at the start, the
            oldest first; all are negative, and empty for candidates.
        relief_ready: first month index that the lead time of a relief of opening units allows.
    """

    code: str
    offer: Offer
    home: str
    units: int
    people: int
    gives: Mapping[str, int]
    equipment: tuple[OfferEquipment, ...]
    earliest: int
    arrived: tuple[int, ...] = ()
    relief_ready: int = 0

    @property
    def is_candidate(self) -> bool:
        """Whether the units are still to come."""
        return not self.home

    @property
    def tour_months(self) -> int:
        """Months that a contingent stays at most; 0 where the offer is not rotated."""
        return self.offer.tour_months or 0

    @property
    def overlap_months(self) -> int:
        """Months that the outgoing contingent stays beside its relief."""
        return (self.offer.overlap_months or 0) if self.tour_months else 0

    @property
    def gap_months(self) -> int:
        """Months between the outgoing contingent and its relief."""
        return (self.offer.gap_months or 0) if self.tour_months else 0

    @property
    def first_relief(self) -> int:
        """First month index in which a relief may arrive."""
        return 1 if self.is_candidate else max(self.relief_ready, self.gap_months)


def newest_status(known: Dossier, as_of_on: date) -> dict[str, str]:
    """Newest due-diligence status of each offer that has one by the day."""
    rows = sorted(known.rows(DueDiligence), key=lambda row: (row.on, row.code))
    return {row.offer: row.status for row in rows if row.on <= as_of_on}


def roster(known: Dossier, calendar: Calendar) -> dict[str, Entity]:
    """All unit entities by code. Suspended offers are left out, those present included."""
    status = newest_status(known, calendar.as_of_on)
    events: dict[str, list[UnitEvent]] = defaultdict(list)
    for event in known.rows(UnitEvent):
        if event.on <= calendar.as_of_on:
            events[event.offer].append(event)
    leads = {(row.stage_from, row.rapid): row for row in known.rows(LeadTime)}
    found = [
        entity
        for offer in known.rows(Offer)
        if status.get(offer.code) != "suspended"
        for entity in _entities(known, calendar, offer, events[offer.code], leads)
    ]
    return {entity.code: entity for entity in found}


def _entities(
    known: Dossier,
    calendar: Calendar,
    offer: Offer,
    events: list[UnitEvent],
    leads: Mapping[tuple[str, bool], LeadTime],
) -> Iterable[Entity]:
    gives: dict[str, int] = defaultdict(int)
    gives[offer.capability] += offer.quantity
    for row in known.rows(OfferCapability):
        if row.offer == offer.code:
            gives[row.capability] += row.quantity
    equipment = tuple(row for row in known.rows(OfferEquipment) if row.offer == offer.code)
    is_service = offer.kind == "service"
    relief_ready = max(0, _months_left("agreed", offer, leads) - 1)
    for site, units, people in _standing(offer, events):
        yield Entity(
            f"{offer.code}@{site}",
            offer,
            site,
            units,
            0 if is_service else max(0, people // units),
            gives,
            equipment,
            0,
            _last_arrived(events, site, units, calendar),
            relief_ready,
        )
    gone = sum(e.units for e in events if e.stage in {"arrived", "withdrawn", "lapsed"})
    if offer.unit_count > gone:
        yield Entity(
            offer.code,
            offer,
            "",
            offer.unit_count - gone,
            0 if is_service else offer.strength_persons,
            gives,
            equipment,
            _earliest(calendar, offer, events, leads),
        )


def _standing(offer: Offer, events: list[UnitEvent]) -> Iterable[tuple[str, int, Fraction]]:
    """Site, units and people of those that arrived and have not departed."""
    units: dict[str, int] = defaultdict(int)
    people: dict[str, Fraction] = defaultdict(Fraction)
    for event in events:
        sign = {"arrived": 1, "departed": -1}.get(event.stage, 0)
        if sign and event.site:
            units[event.site] += sign * event.units
            people[event.site] += sign * _people(offer, event)
    for event in events:
        if event.stage == "departed" and not event.site:
            _take(event, units, people, _people(offer, event))
    return [(site, units[site], people[site]) for site in sorted(units) if units[site] > 0]


def _last_arrived(
    events: list[UnitEvent], site: str, units: int, calendar: Calendar
) -> tuple[int, ...]:
    """Months of the contingents that arrived last at a site, one for each unit that stands there.

    Two units arrive in January 2026, one in June, and one departs: that of June and one of January
    are left. Where April 2027 is the first month planned, they arrived at -15 and -10.
    """
    arrivals = sorted(
        (event.on, event.code, event.units)
        for event in events
        if event.stage == "arrived" and event.site == site
    )
    months = [
        Month.of(on) - calendar.first for on, _, contingents in arrivals for _ in range(contingents)
    ]
    return tuple(months[-units:])


def _people(offer: Offer, event: UnitEvent) -> int:
    if event.strength_persons is None:
        return event.units * offer.strength_persons
    return event.strength_persons


def _take(
    event: UnitEvent, units: dict[str, int], people: dict[str, Fraction], leaving: int
) -> None:
    """Take a departure without a site from the sites in order of code, people in proportion."""
    left = event.units
    for site in sorted(units):
        taken = min(left, max(0, units[site]))
        if taken:
            units[site] -= taken
            people[site] -= Fraction(leaving * taken, event.units)
            left -= taken


def _earliest(
    calendar: Calendar,
    offer: Offer,
    events: list[UnitEvent],
    leads: Mapping[tuple[str, bool], LeadTime],
) -> int:
    reached = [_READINESS.index(e.stage) for e in events if e.stage in _READINESS]
    by_lead = max(0, _months_left(_READINESS[max(reached, default=0)], offer, leads) - 1)
    if offer.available_from_on is None:
        return by_lead
    return next(t for t in count(by_lead) if offer.available_from_on <= calendar.day(t))


def _months_left(reached: str, offer: Offer, leads: Mapping[tuple[str, bool], LeadTime]) -> int:
    """Likely months from a stage to the arrival."""
    months, stage = 0, UNIT_STAGES.index(reached)
    while stage < _ARRIVED:
        ordinary = leads.get((UNIT_STAGES[stage], False))
        step = (leads.get((UNIT_STAGES[stage], True)) if offer.rapid else None) or ordinary
        months += step.likely_months if step else 0
        # A step may span several stages; one that leads nowhere is passed over.
        stage = max(stage + 1, UNIT_STAGES.index(step.stage_to) if step else 0)
    return months
