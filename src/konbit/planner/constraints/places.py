"""Laws of places: camps, critical mass, lift, ceilings, equipment pools."""

from __future__ import annotations

from typing import TYPE_CHECKING

from konbit.planner.variables import NONE

if TYPE_CHECKING:
    from konbit.planner.model import Model
    from konbit.planner.variables import Variables
    from konbit.planner.world import World


def people_at(world: World, v: Variables, s: int, t: int) -> list[tuple[int, float]]:
    """People present at a site in a month, as terms."""
    return [
        (int(v.present[u][s, t]), unit.strength_persons)
        for u, unit in enumerate(world.units)
        if unit.strength_persons and v.present[u][s, t] != NONE
    ]


def camp(model: Model, world: World, v: Variables) -> None:
    """Nobody without a bed: Σ h x ≤ capacity + Σ built, and ≤ the site's limit. People."""
    for s in range(len(world.sites)):
        options = [q for q, o in enumerate(world.options) if o.site == world.sites[s]]
        for t in range(world.horizon):
            people = people_at(world, v, s, t)
            if not people:
                continue
            built = [
                (column, -float(world.options[q].adds_persons))
                for q in options
                for r, column in v.ordered[q].items()
                if r + world.options[q].lead_time_months <= t
            ]
            model.row(people + built, "camp", s, t, upper=world.capacity[s][t])
            if world.limit[s] is not None:
                model.row(people, "camp_limit", s, t, upper=float(world.limit[s] or 0))


def building(model: Model, world: World, v: Variables) -> None:
    """An option is ordered at most once: Σ_t b ≤ 1. Orders."""
    for q in range(len(world.options)):
        if v.ordered[q]:
            model.row([(b, 1.0) for b in v.ordered[q].values()], "building", q, upper=1)


def critical_mass(model: Model, world: World, v: Variables) -> None:
    """A site is held by enough people or not at all: Σ h x ≥ mass × o; Σ h x ≤ most × o; x ≤ n o.

    The last for services, which house nobody. A unit counts for at most the mass, which is the same
    for whole units and brings the continuous bound closer. People, units.
    """
    most = _most_people(world)
    for s, held in enumerate(v.held):
        for t, o in enumerate(held):
            model.row([*people_at(world, v, s, t), (o, -most)], "held", s, t, upper=0)
            for u, unit in enumerate(world.units):
                if v.present[u][s, t] != NONE and not unit.strength_persons:
                    terms = [(int(v.present[u][s, t]), 1.0), (o, -float(unit.count))]
                    model.row(terms, "held_service", u, s, t, upper=0)
            if world.critical_mass[s]:
                mass = float(world.critical_mass[s])
                enough = [(x, min(people, mass)) for x, people in people_at(world, v, s, t)]
                model.row([*enough, (o, -mass)], "critical_mass", s, t, lower=0)


def _most_people(world: World) -> float:
    """More people than this are never at a site: everybody offered or asked for."""
    return float(max(1, sum(u.count * u.strength_persons for u in world.units)))


def lift(model: Model, world: World, v: Variables) -> None:
    """What arrives must be carried: Σ h z ≤ passengers; Σ tonnes z ≤ cargo. People, tonnes."""
    for t in range(world.horizon):
        people: list[tuple[int, float]] = []
        tonnes: list[tuple[int, float]] = []
        for u, unit in enumerate(world.units):
            if unit.is_opening:
                continue
            for z in v.start[u][:, t]:
                if z != NONE:
                    people.append((int(z), unit.strength_persons))
                    tonnes.append((int(z), unit.offer.cargo_tonnes))
        if world.passengers is not None and people:
            model.row(people, "lift", t, upper=world.passengers[t])
        if world.cargo is not None and tonnes:
            model.row(tonnes, "lift_cargo", t, upper=world.cargo[t])


def ceiling(model: Model, world: World, v: Variables) -> None:
    """No more people than a decision allows, by component: Σ h x ≤ ceiling. People."""
    for c, cap in enumerate(world.caps):
        for t, strength in enumerate(cap.strength_persons):
            if strength is None:
                continue
            terms = [
                (int(x), unit.strength_persons)
                for u, unit in enumerate(world.units)
                if unit.offer.component in cap.components and unit.strength_persons
                for x in v.present[u][:, t]
                if x != NONE
            ]
            if terms:
                model.row(terms, "ceiling", c, t, upper=strength)


def equipment(model: Model, world: World, v: Variables) -> None:
    """What units do not bring must be in the pool: Σ (needs − brings) x ≤ pool. Pieces."""
    for kind, pool in world.pools.items():
        lacking = [
            (u, needs - brings)
            for u, unit in enumerate(world.units)
            for needs, brings in [unit.needs_equipment.get(kind, (0, 0))]
            if needs > brings
        ]
        for t in range(world.horizon):
            terms = [
                (int(x), float(lack))
                for u, lack in lacking
                for x in v.present[u][:, t]
                if x != NONE
            ]
            if terms:
                model.row(terms, "equipment", kind, t, upper=pool[t])
