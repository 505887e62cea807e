"""Contingents of units already there, by when they must leave, and how capabilities wear out."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import accumulate
from typing import TYPE_CHECKING

import numpy as np

from konbit.dossier.tables.pledge import UnitEvent
from konbit.dossier.tables.requirement import Serviceability
from konbit.planner.readiness import lead_months
from konbit.planner.world import Tour, Wear
from konbit.terms import Month

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from konbit.dossier import Dossier
    from konbit.planner.world import Unit

_RELIEF_FROM = "agreed"  # relief was agreed with the unit; what is left is loading and travel


def wear_of(known: Dossier) -> dict[str, tuple[Wear, ...]]:
    """By capability, the steps by which what units give of it falls."""
    steps: dict[str, list[Wear]] = {}
    rows = known.rows(Serviceability)
    for row in sorted(rows, key=lambda r: (r.capability, r.since_arrival_months)):
        found = steps.setdefault(row.capability, [])
        before = found[-1].share if found else Fraction(1)
        share = Fraction(row.share)
        found.append(Wear(row.since_arrival_months, share, before - share))
    return {capability: tuple(found) for capability, found in steps.items()}


def with_contingents(
    known: Dossier,
    as_of_on: date,
    units: Sequence[Unit],
    months: Sequence[Month],
    passengers: Sequence[int] | None,
    wear: Mapping[str, tuple[Wear, ...]],
) -> tuple[Unit, ...]:
    """The units with their tours, and those already there with the contingents that man them.

    Opening units that give what wears out stay where they stand, so that their age is known there.
    """
    arrivals = _arrivals(known, as_of_on)
    found = []
    for unit in units:
        rotating = replace(unit, tour=_tour(known, unit))
        if unit.home is not None:
            site = unit.code.partition("@")[2]
            came = [month - months[0] for month in arrivals[unit.offer.code, site]]
            rotating = replace(rotating, arrived=tuple(came[len(came) - unit.count :]))
            if not wear.keys().isdisjoint(unit.gives):
                rotating = _staying(rotating, unit.home)
        found.append(rotating)
    return _with_due(known, found, passengers, len(months))


def _arrivals(known: Dossier, as_of_on: date) -> dict[tuple[str, str], list[Month]]:
    """Months of arrival by offer and site, one for each unit, the oldest first."""
    found: dict[tuple[str, str], list[Month]] = {}
    for event in sorted(known.rows(UnitEvent), key=lambda e: (e.on, e.code)):
        if event.stage == "arrived" and event.on <= as_of_on:
            of_site = found.setdefault((event.offer, event.site), [])
            of_site.extend([Month.of(event.on)] * event.units)
    return found


def _staying(unit: Unit, home: int) -> Unit:
    here = np.zeros_like(unit.allowed)
    here[home] = True
    return replace(
        unit,
        allowed=unit.allowed & here,
        possible=unit.possible & here,
        cleared=unit.cleared & here,
    )


def _tour(known: Dossier, unit: Unit) -> Tour | None:
    offer = unit.offer
    if offer.tour_months is None:
        return None
    gap = offer.gap_months or 0
    first = max(_relief_from(known, unit), gap) if unit.is_opening else 1
    return Tour(offer.tour_months, offer.overlap_months or 0, gap, first)


def _relief_from(known: Dossier, unit: Unit) -> int:
    return max(0, lead_months(known, _RELIEF_FROM, unit.offer.rapid) - 1)


def _with_due(
    known: Dossier, units: Sequence[Unit], passengers: Sequence[int] | None, horizon: int
) -> tuple[Unit, ...]:
    """The units with the months by which contingents already there must be gone.

    That is the end of their tour, or, where it comes before lift could have relieved all who came
    no later, one after the other, the month in which it could.
    """
    queue = sorted(
        (came, unit.code, place)
        for unit in units
        if unit.tour is not None
        for place, came in enumerate(unit.arrived)
    )
    by_code = {unit.code: unit for unit in units}
    carried = accumulate(by_code[code].strength_persons for _, code, _ in queue)
    due: dict[str, list[int]] = {}
    for (came, code, _), people in zip(queue, carried, strict=True):
        unit = by_code[code]
        if unit.tour is not None:
            first = _relief_from(known, unit)
            relieved = _first_carried(passengers, first, people, horizon)
            last = max(came + unit.tour.months, relieved + unit.tour.overlap)
            due.setdefault(code, []).append(min(last, first + unit.tour.months))
    return tuple(replace(unit, due=tuple(due.get(unit.code, ()))) for unit in units)


def _first_carried(passengers: Sequence[int] | None, first: int, people: int, horizon: int) -> int:
    """The month by which the lift of the months from the first on carries so many people."""
    if passengers is None:
        return first
    seats = 0
    for t in range(first, horizon):
        seats += passengers[t]
        if seats >= people:
            return t
    return horizon
