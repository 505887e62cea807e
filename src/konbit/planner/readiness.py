"""Who is already there, who may come, and from when: counts and lead times of offers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from konbit.dossier.tables.pledge import DueDiligence, LeadTime, UnitEvent

if TYPE_CHECKING:
    from datetime import date

    from konbit.dossier import Dossier
    from konbit.dossier.tables.pledge import Offer

_CHAIN = ("offered", "notified", "assessed", "agreed", "loaded", "arrived")


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an offer stands on a day.

    Attributes:
        opening: units and people present, by site.
        candidates: units that may still come.
        stage: most advanced stage before arrival.
        clearance: newest due-diligence status, empty when there is none.
    """

    opening: dict[str, tuple[int, int]]
    candidates: int
    stage: str
    clearance: str


class Events:
    """Events and due diligence of a dossier up to a day, by offer."""

    def __init__(self, dossier: Dossier, on: date) -> None:
        self._events: dict[str, list[UnitEvent]] = {}
        for event in sorted(dossier.rows(UnitEvent), key=lambda e: (e.on, e.code)):
            if event.on <= on:
                self._events.setdefault(event.offer, []).append(event)
        self._clearance: dict[str, str] = {}
        for row in sorted(dossier.rows(DueDiligence), key=lambda r: (r.on, r.code)):
            if row.on <= on:
                self._clearance[row.offer] = row.status

    def standing(self, offer: Offer) -> Standing:
        """Where an offer stands after all its events."""
        events = self._events.get(offer.code, [])
        lost = sum(e.units for e in events if e.stage in {"withdrawn", "lapsed"})
        arrived = sum(e.units for e in events if e.stage == "arrived")
        stages = [e.stage for e in events if e.stage in _CHAIN[:5]]
        return Standing(
            opening=_opening(offer, events),
            candidates=max(0, offer.unit_count - arrived - lost),
            stage=max(stages, key=_CHAIN.index, default="offered"),
            clearance=self._clearance.get(offer.code, ""),
        )


def _people(event: UnitEvent, offer: Offer) -> int:
    if event.strength_persons is not None:
        return event.strength_persons
    return event.units * offer.strength_persons


def _opening(offer: Offer, events: list[UnitEvent]) -> dict[str, tuple[int, int]]:
    there: dict[str, tuple[int, int]] = {}
    for event in events:
        if event.stage == "arrived":
            units, people = there.get(event.site, (0, 0))
            there[event.site] = (units + event.units, people + _people(event, offer))
    departures = [event for event in events if event.stage == "departed"]
    for event in sorted(departures, key=lambda e: not e.site):
        _depart(there, event, offer)
    return {site: found for site, found in sorted(there.items()) if found[0] > 0}


def _depart(there: dict[str, tuple[int, int]], event: UnitEvent, offer: Offer) -> None:
    """Take departing units from the site named, else from the offer's sites in order of code."""
    left_units, left_people = event.units, _people(event, offer)
    for site in [event.site] if event.site else sorted(there):
        units, people = there.get(site, (0, 0))
        gone = min(units, left_units)
        share = left_people if gone == left_units else left_people * gone // max(1, left_units)
        gone_people = min(people, share)
        there[site] = (units - gone, people - gone_people)
        left_units -= gone
        left_people -= gone_people


def lead_months(dossier: Dossier, stage: str, rapid: bool) -> int:
    """Likely months from a stage to arrival: the remaining steps added up."""
    rows = {(row.stage_from, row.rapid): row for row in dossier.rows(LeadTime)}
    total, here = 0, stage
    while here != "arrived":
        row = (rows.get((here, True)) if rapid else None) or rows.get((here, False))
        following = _CHAIN[_CHAIN.index(here) + 1]
        if row is not None:
            total += row.likely_months
            following = max(following, row.stage_to, key=_CHAIN.index)
        here = following
    return total
