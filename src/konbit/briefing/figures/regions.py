"""Need and strength by first-level region: as coarse as people may be shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from konbit.briefing.figures.met import Met, met_by
from konbit.briefing.figures.outlines import Point, middle_of, rings_of
from konbit.dossier.tables.mandate import Location
from konbit.dossier.tables.requirement import Capability, Site

if TYPE_CHECKING:
    from konbit.dossier.dossier import Dossier
    from konbit.dossier.plan import Plan

COARSE = 50
"""Strength is rounded to so many people: enough to plan with, too coarse to target."""


@dataclass(frozen=True, slots=True)
class Region:
    """A first-level region in a month.

    Attributes:
        code: of the location; empty for all that lies in no region.
        title: its name.
        rings: its outline, if there is one.
        middle: longitude and latitude of its centre, if known.
        required_persons: sum of requirements measured in persons.
        strength_persons: people present, rounded to `COARSE`.
        is_few: whether there are people, but fewer than half of `COARSE`.
        met: weighted share of all its requirements.
    """

    code: str
    title: str
    rings: tuple[tuple[Point, ...], ...]
    middle: Point | None
    required_persons: int
    strength_persons: int
    is_few: bool
    met: Met


def regions_in(plan: Plan, dossier: Dossier, month: str) -> tuple[Region, ...]:
    """Every region of the dossier in a month of the plan; last, what lies in none, if anything."""
    region_of = _regions_by_site(dossier)
    in_persons = {row.code for row in dossier.rows(Capability) if row.is_in_persons}
    required: dict[str, int] = {}
    present: dict[str, int] = {}
    coverage = [row for row in plan.coverage if row.month == month]
    for row in coverage:
        if row.capability in in_persons:
            at = region_of.get(row.site, "")
            required[at] = required.get(at, 0) + row.needed
    for stay in plan.presence:
        if stay.month == month:
            at = region_of.get(stay.site, "")
            present[at] = present.get(at, 0) + stay.strength_persons
    met = met_by(coverage, lambda row: region_of.get(row.site, ""))
    places = [row for row in dossier.rows(Location) if row.kind == "region"]
    titles = {row.code: row.title for row in places}
    rings = {row.code: rings_of(row.outline) for row in places}
    centres = {row.code: _centre(row) or middle_of(rings[row.code]) for row in places}
    codes = [*titles, *([""] if "" in required or "" in present else [])]
    return tuple(
        Region(
            code=code,
            title=titles.get(code, ""),
            rings=rings.get(code, ()),
            middle=centres.get(code),
            required_persons=required.get(code, 0),
            strength_persons=_coarse(present.get(code, 0)),
            is_few=0 < present.get(code, 0) < COARSE // 2,
            met=met.get(code, Met()),
        )
        for code in codes
    )


def _regions_by_site(dossier: Dossier) -> dict[str, str]:
    """The region in which each site lies, found by going up from place to place."""
    places = dossier.by_code(Location)
    found: dict[str, str] = {}
    for site in dossier.rows(Site):
        at, seen = site.location, set[str]()
        while at in places and at not in seen and places[at].kind != "region":
            seen.add(at)
            at = places[at].parent
        found[site.code] = at if at in places and places[at].kind == "region" else ""
    return found


def _centre(place: Location) -> Point | None:
    if place.longitude is None or place.latitude is None:
        return None
    return float(place.longitude), float(place.latitude)


def _coarse(persons: int) -> int:
    return (persons + COARSE // 2) // COARSE * COARSE
