"""Laws of places: camps, critical mass, lift, ceilings, equipment pools."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from konbit.planner.model import NONE, Terms

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from konbit.planner.model import Model
    from konbit.planner.variables import Columns, Variables
    from konbit.planner.world import Unit, World

    Part = tuple[Columns, Columns, np.ndarray[Any, np.dtype[np.float64]]]


def by_place(columns: Columns, value: float) -> Part:
    """Site × month columns as terms of rows numbered by place: site × horizon + month."""
    place = np.flatnonzero(columns != NONE)
    return place, columns.ravel()[place], np.full(len(place), value)


def by_month(columns: Columns, value: float) -> Part:
    """Site × month columns as terms of rows numbered by month."""
    place = np.nonzero(columns != NONE)
    return place[1], columns[place], np.full(len(place[0]), value)


def people_at(world: World, v: Variables) -> list[Part]:
    """People of units present, by place."""
    return [
        by_place(v.present[u], float(unit.strength_persons))
        for u, unit in enumerate(world.units)
        if unit.strength_persons
    ]


def outgoing_at(world: World, v: Variables) -> list[Part]:
    """People who are still there beside their relief, by place."""
    return [
        by_place(columns, float(unit.strength_persons))
        for u, unit in enumerate(world.units)
        for columns in v.outgoing(world, u)
        if unit.strength_persons
    ]


def only(parts: Iterable[Part], kept: Columns) -> tuple[Terms, Columns]:
    """Terms of some of the rows, and which; rows without any term are left out."""
    terms = Terms.gather(parts)
    used = np.intersect1d(np.unique(terms.row), kept)
    stays = np.isin(terms.row, used)
    row = np.searchsorted(used, terms.row[stays])
    return Terms(row, terms.column[stays], terms.value[stays]), used


def camp(model: Model, world: World, v: Variables) -> None:
    """Nobody without a bed: Σ h (x + O) ≤ capacity + Σ built, and ≤ the site's limit. People.

    O are outgoing contingents beside their relief.
    """
    people = [*people_at(world, v), *outgoing_at(world, v)]
    _, inhabited = only(people, np.arange(len(world.sites) * world.horizon))
    terms, place = only([*people, *_built(world, v)], inhabited)
    beds = np.array(world.capacity, dtype=float).reshape(-1)
    site, t = np.divmod(place, world.horizon)
    model.rows(len(place), terms, "camp", site, t, upper=beds[place])
    limit = np.array([np.inf if most is None else float(most) for most in world.limit])
    bounded = inhabited[np.isfinite(limit[inhabited // world.horizon])]
    terms, place = only(people, bounded)
    site, t = np.divmod(place, world.horizon)
    model.rows(len(place), terms, "camp_limit", site, t, upper=limit[site])


def _built(world: World, v: Variables) -> Iterable[Part]:
    """Beds of options ordered, from the month in which they can be used."""
    for q, option in enumerate(world.options):
        s = world.sites.index(option.site)
        for r in np.flatnonzero(v.ordered[q] != NONE):
            place = s * world.horizon + np.arange(r + option.lead_time_months, world.horizon)
            column = np.full(len(place), v.ordered[q, r])
            yield place, column, np.full(len(place), -float(option.adds_persons))


def building(model: Model, _world: World, v: Variables) -> None:
    """An option is ordered at most once: Σ_t b ≤ 1. Orders."""
    options = np.flatnonzero((v.ordered != NONE).any(axis=1))
    terms = Terms.beside(v.ordered[options], 1.0)
    model.rows(len(options), terms, "building", options, upper=1)


def critical_mass(model: Model, world: World, v: Variables) -> None:
    """A site is held by enough people or not at all: Σ h x ≥ mass × o; Σ h x ≤ most × o; x ≤ n o.

    The last for services, which house nobody. A unit counts for at most the mass, which is the same
    for whole units and brings the continuous bound closer; places kept for a relief do not count.
    People, units.
    """
    place = np.flatnonzero(v.held != NONE)
    holding = v.held.ravel()[place]
    most = _most_people(world)
    parts = [*people_at(world, v), (place, holding, np.full(len(place), -most))]
    terms, place = only(parts, place)
    model.rows(len(place), terms, "held", *np.divmod(place, world.horizon), upper=0)
    for u, unit in enumerate(world.units):
        if not unit.strength_persons:
            where = np.nonzero((v.present[u] != NONE) & (v.held != NONE))
            columns = np.stack([v.present[u][where], v.held[where]], axis=1)
            service = Terms.beside(columns, (1.0, -float(unit.count)))
            model.rows(len(columns), service, "held_service", u, *where, upper=0)
    _enough(model, world, v)


def _enough(model: Model, world: World, v: Variables) -> None:
    mass = np.array(world.critical_mass, dtype=float)
    wanted = np.flatnonzero((v.held != NONE) & (mass > 0)[:, None])
    parts = [(wanted, v.held.ravel()[wanted], -mass[wanted // world.horizon])]
    for u, unit in enumerate(world.units):
        if unit.strength_persons:
            place = np.intersect1d(np.flatnonzero(v.present[u] != NONE), wanted)
            people = np.minimum(float(unit.strength_persons), mass[place // world.horizon])
            parts.append((place, v.present[u].ravel()[place], people))
            for columns in v.kept(world, u):
                there = columns.ravel()[place] != NONE
                parts.append((place[there], columns.ravel()[place[there]], -people[there]))
    terms, place = only(parts, wanted)
    model.rows(len(place), terms, "critical_mass", *np.divmod(place, world.horizon), lower=0)


def _most_people(world: World) -> float:
    """More people than this are never at a site: everybody offered or asked for."""
    return float(max(1, sum(u.count * u.strength_persons for u in world.units)))


def _monthly(
    model: Model,
    parts: Iterable[Part],
    upper: Iterable[int | None],
    law: str,
    *keys: str | int,
) -> None:
    """A row for every month with a bound and a term: Σ ≤ upper."""
    bounds = np.array([np.nan if most is None else float(most) for most in upper])
    terms, t = only(parts, np.flatnonzero(~np.isnan(bounds)))
    model.rows(len(t), terms, law, *keys, t, upper=bounds[t])


def lift(model: Model, world: World, v: Variables) -> None:
    """What arrives must be carried: Σ h (z + w) ≤ passengers; Σ tonnes z ≤ cargo. People, tonnes.

    The equipment of units whose people are relieved (w) stays.
    """

    def coming(each: Callable[[Unit], int]) -> list[Part]:
        return [
            by_month(v.start[u], float(each(unit)))
            for u, unit in enumerate(world.units)
            if not unit.is_opening and each(unit)
        ]

    if world.passengers is not None:
        people = coming(lambda unit: unit.strength_persons)
        people += [
            by_month(v.relief[u], float(unit.strength_persons))
            for u, unit in enumerate(world.units)
            if unit.strength_persons and u in v.rotating
        ]
        _monthly(model, people, world.passengers, "lift")
    if world.cargo is not None:
        tonnes = coming(lambda unit: unit.offer.cargo_tonnes)
        _monthly(model, tonnes, world.cargo, "lift_cargo")


def ceiling(model: Model, world: World, v: Variables) -> None:
    """No more people than a decision allows, by component: Σ h (x + O) ≤ ceiling. People."""
    for c, cap in enumerate(world.caps):
        people = [
            by_month(columns, float(unit.strength_persons))
            for u, unit in enumerate(world.units)
            if unit.offer.component in cap.components and unit.strength_persons
            for columns in (v.present[u], *v.outgoing(world, u))
        ]
        _monthly(model, people, cap.strength_persons, "ceiling", c)


def equipment(model: Model, world: World, v: Variables) -> None:
    """What units do not bring must be in the pool: Σ (needs − brings) x ≤ pool. Pieces."""
    for kind, pool in world.pools.items():
        lacking = []
        for u, unit in enumerate(world.units):
            needs, brings = unit.needs_equipment.get(kind, (0, 0))
            if needs > brings:
                lacking.append(by_month(v.present[u], float(needs - brings)))
        _monthly(model, lacking, pool, "equipment", kind)
