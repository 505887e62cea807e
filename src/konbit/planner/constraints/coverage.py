"""Laws of coverage: what units at work give, substitutes, enablers first."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from konbit.planner.model import Model
    from konbit.planner.variables import Variables
    from konbit.planner.world import World


def supply(
    world: World, v: Variables, capability: str, s: int, t: int, most: int | None = None
) -> list[tuple[int, float]]:
    """Quantity of a capability given by the units at work at a site in a month, as terms.

    `most` bounds what one unit counts for: no unit helps beyond the quantity needed.
    """
    return [
        (column, sign * min(unit.gives[capability], most or unit.gives[capability]))
        for u, unit in enumerate(world.units)
        if unit.gives.get(capability)
        for column, sign in v.operational(world, u, s, t)
    ]


def coverage(model: Model, world: World, v: Variables) -> None:
    """Met is what is at work: Σ Q y ≤ supply − lent + Σ share × borrowed. Capability's measure.

    Where one requirement draws on units that lend nothing, a unit counts for at most Q, which cuts
    off nothing whole and brings the continuous bound closer. Where a site is held, y ≤ o as well.
    """
    wanted: dict[tuple[str, int, int], list[int]] = {}
    for n, need in enumerate(world.needs):
        for t in need.months:
            wanted.setdefault((need.capability, need.site, t), []).append(n)
    lent: dict[tuple[str, int, int], list[int]] = {}
    borrowed: dict[tuple[str, int, int], list[tuple[int, float]]] = {}
    for (offered, needed, s, t), column in v.stand.items():
        lent.setdefault((offered, s, t), []).append(column)
        share = float(world.substitutes[needed, offered])
        borrowed.setdefault((needed, s, t), []).append((column, -share))
    for (capability, s, t), needs in wanted.items():
        terms = [(v.met[n, t], float(world.needs[n].quantity)) for n in needs]
        alone = len(needs) == 1 and (capability, s, t) not in lent
        most = world.needs[needs[0]].quantity if alone else None
        terms += [(column, -value) for column, value in supply(world, v, capability, s, t, most)]
        terms += [(column, 1.0) for column in lent.get((capability, s, t), ())]
        terms += borrowed.get((capability, s, t), [])
        model.row(terms, "coverage", capability, s, t, upper=0)
        if v.held[s]:
            for n in needs:
                held = [(v.met[n, t], 1.0), (v.held[s][t], -1.0)]
                model.row(held, "coverage_held", n, t, upper=0)
    for (capability, s, t), columns in lent.items():
        terms = [(column, 1.0) for column in columns]
        terms += [(column, -value) for column, value in supply(world, v, capability, s, t)]
        model.row(terms, "coverage_lent", capability, s, t, upper=0)


def enabler_pairs(world: World) -> list[tuple[int, int]]:
    """Pairs of a need and the need of an enabler that bounds it, at its site or the rule's."""
    return [
        (n, e)
        for rule in world.enabler_rules
        for n, need in enumerate(world.needs)
        if need.capability == rule.enables
        for e, enabler in enumerate(world.needs)
        if enabler.capability == rule.enabler
        and enabler.site == (need.site if rule.site is None else rule.site)
    ]


def enablers(model: Model, world: World, v: Variables) -> None:
    """Enablers first: y[r] ≤ y[enabler's requirement] at the same site or the rule's. Shares."""
    for n, e in enabler_pairs(world):
        for t in world.needs[n].months:
            if (e, t) in v.met:
                terms = [(v.met[n, t], 1.0), (v.met[e, t], -1.0)]
                model.row(terms, "enablers", n, e, t, upper=0)
