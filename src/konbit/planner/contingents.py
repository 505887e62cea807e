"""Contingents of a whole-number plan: reliefs, overlaps, gaps, and who came and leaves when."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from konbit.dossier.plan import Contingent

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from konbit.planner.whole import Whole
    from konbit.planner.world import Tour, Unit, World

    Counts = np.ndarray[Any, np.dtype[np.int64]]

_ORDER = {"there": 0, "first": 0, "relief": 1}


@dataclass(frozen=True, slots=True)
class Relief:
    """By site and month: reliefs arriving, outgoing beside them, places kept, those relieved."""

    relief: Counts
    outgoing: Counts
    kept: Counts
    relieved: Counts


def relief_of(unit: Unit, arriving: Counts, present: Counts, starts: Counts) -> Relief:
    """What reliefs of a unit mean; more of them than units that stay on are dropped."""
    if unit.tour is None:
        nobody = np.zeros_like(present)
        return Relief(nobody, nobody, nobody, nobody)
    staying = present if unit.is_opening else present - starts
    relief: Counts = np.minimum(arriving, staying)
    gap, overlap = unit.tour.gap, unit.tour.overlap
    kept = sum((_ahead(relief, months) for months in range(1, gap + 1)), np.zeros_like(relief))
    relieved = within(relief, overlap, overlap + 1) if overlap else _ahead(relief, gap)
    return Relief(relief, within(relief, 0, overlap), kept, relieved)


def within(counts: Counts, since: int, until: int) -> Counts:
    """By month, the sum of the counts of the months t − until + 1 to t − since."""
    found = np.zeros_like(counts)
    for back in range(since, min(until, counts.shape[1])):
        found[:, back:] += counts[:, : counts.shape[1] - back]
    return found


def _ahead(counts: Counts, months: int) -> Counts:
    if not months:
        return counts
    found = np.zeros_like(counts)
    found[:, :-months] = counts[:, months:]
    return found


@dataclass(frozen=True, slots=True)
class _Arrival:
    """One contingent: month index of its arrival and the one in which its tour is over."""

    arrived: int
    kind: str
    site: str
    due: int


def contingent_rows(world: World, whole: Whole) -> tuple[Contingent, ...]:
    """Contingents of all units with a tour, from arrival to the month in which they are gone."""
    rows: list[Contingent] = []
    for u, unit in enumerate(world.units):
        if unit.tour is None:
            continue
        together = [range(len(world.sites))] if unit.is_opening else [
            range(s, s + 1) for s in range(len(world.sites))
        ]  # fmt: skip
        stays: Counter[tuple[_Arrival, int | None]] = Counter()
        for sites in together:
            arrivals = sorted(
                _arrivals(world, whole, u, sites, unit.tour),
                key=lambda a: (a.arrived, _ORDER[a.kind], a.site, a.due),
            )
            stays.update(_with_ends(arrivals, whole.there(u)[list(sites)].sum(axis=0)))
        rows += [_row(world, unit, arrival, gone, n) for (arrival, gone), n in stays.items()]
    return tuple(sorted(rows, key=lambda row: row.key))


def _arrivals(
    world: World, whole: Whole, u: int, sites: Sequence[int], tour: Tour
) -> Iterator[_Arrival]:
    unit = world.units[u]
    if unit.home is not None:
        for came, due in zip(unit.arrived, unit.due, strict=True):
            yield _Arrival(came, "there", world.sites[unit.home], due)
    for s in sites:
        for t in range(world.horizon):
            first = 0 if unit.is_opening else int(whole.starts[u][s, t])
            for kind, count in (("first", first), ("relief", int(whole.rotation[u].relief[s, t]))):
                for _ in range(count):
                    yield _Arrival(t, kind, world.sites[s], t + tour.months)


def _with_ends(
    arrivals: Sequence[_Arrival], there: Counts
) -> Iterator[tuple[_Arrival, int | None]]:
    """Each contingent with the first month in which it is not there: the oldest leave first."""
    come = gone = 0
    for t, staying in enumerate(there):
        while come < len(arrivals) and arrivals[come].arrived <= t:
            come += 1
        while come - gone > staying:
            yield arrivals[gone], t
            gone += 1
    for arrival in arrivals[gone:]:
        yield arrival, None


def _row(world: World, unit: Unit, arrival: _Arrival, gone: int | None, count: int) -> Contingent:
    first = world.months[0]
    return Contingent(
        unit=unit.code,
        offer=unit.offer.code,
        site=arrival.site,
        kind=arrival.kind,
        arrived=str(first + arrival.arrived),
        due=str(first + arrival.due),
        until="" if gone is None else str(first + gone),
        contingents=count,
        strength_persons=count * unit.strength_persons,
    )
