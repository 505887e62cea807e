"""Laws of coverage: what units at work give, substitutes, enablers first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from konbit.planner.model import NONE, Terms
from konbit.planner.variables import lendable, needed_where, quantity_needed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from konbit.planner.model import Model
    from konbit.planner.variables import Columns, Variables
    from konbit.planner.world import World

    Real = np.ndarray[Any, np.dtype[np.float64]]
    Part = tuple[Columns, Columns, Real]


def supply(
    world: World, v: Variables, capability: str, row: Columns, sign: float, most: Real
) -> Iterator[Part]:
    """Quantity of a capability given by the units at work, as parts of rows.

    Args:
        world: the problem.
        v: its columns.
        capability: of which.
        row: site × month array of rows to write into, `NONE` where there is none.
        sign: 1 or −1.
        most: site × month, the most that one unit counts for: none helps beyond what is needed.
            What wears out is counted in full, for a unit may be worth less than its offer says.
    """
    for u, unit in enumerate(world.units):
        given = unit.gives.get(capability)
        if given:
            worn = capability in world.wear
            useful = np.full(row.shape, given, float) if worn else np.minimum(float(given), most)
            for columns, way in v.giving(world, u, capability):
                place = np.nonzero((row != NONE) & (columns != NONE))
                value = sign * way * useful[place]
                yield row[place], columns[place], value


def coverage(model: Model, world: World, v: Variables) -> None:
    """Met is what is at work: Σ Q y ≤ supply − lent + Σ share × borrowed. Capability's measure.

    A unit counts for at most what is needed there, Q and what may be lent, which cuts off nothing
    whole and brings the continuous bound closer. Where a site is held, y ≤ o as well.
    """
    for capability in sorted({need.capability for need in world.needs}):
        _of_capability(model, world, v, capability)
    _held(model, world, v)
    _lent(model, world, v)


def _of_capability(model: Model, world: World, v: Variables, capability: str) -> None:
    place = np.nonzero(needed_where(world, capability))
    row = _numbered(place, (len(world.sites), world.horizon))
    parts: list[Part] = []
    for n, need in enumerate(world.needs):
        if need.capability == capability:
            months = np.array(need.months)
            quantity = np.full(len(months), float(need.quantity))
            parts.append((row[need.site, months], v.met[n, months], quantity))
    useful = quantity_needed(world, capability)
    for (offered, needed), columns in v.stand.items():
        if offered == capability:
            useful = useful + lendable(world, offered, needed)
            parts.append(_where(row, columns, 1.0))
        if needed == capability:
            parts.append(_where(row, columns, -float(world.substitutes[needed, offered])))
    parts.extend(supply(world, v, capability, row, -1.0, useful))
    model.rows(len(place[0]), Terms.gather(parts), "coverage", capability, *place, upper=0)


def _numbered(place: tuple[Columns, ...], shape: tuple[int, int]) -> Columns:
    row = np.full(shape, NONE, dtype=np.int64)
    row[place] = np.arange(len(place[0]))
    return row


def _where(row: Columns, columns: Columns, value: float) -> Part:
    place = np.nonzero((row != NONE) & (columns != NONE))
    return row[place], columns[place], np.full(len(place[0]), value)


def _held(model: Model, world: World, v: Variables) -> None:
    """Nothing is met at a site that is not held: y ≤ o."""
    sites = np.array([need.site for need in world.needs], dtype=np.int64)
    held = v.held[sites] if len(sites) else v.met
    place = np.nonzero((v.met != NONE) & (held != NONE))
    columns = np.stack([v.met[place], held[place]], axis=1)
    terms = Terms.beside(columns, (1.0, -1.0))
    model.rows(len(columns), terms, "coverage_held", *place, upper=0)


def _lent(model: Model, world: World, v: Variables) -> None:
    """Nobody lends what is not at work: Σ lent ≤ supply."""
    for capability in sorted({offered for offered, _ in v.stand}):
        lent = [columns for (offered, _), columns in v.stand.items() if offered == capability]
        place = np.nonzero(np.any([columns != NONE for columns in lent], axis=0))
        row = _numbered(place, (len(world.sites), world.horizon))
        parts = [_where(row, columns, 1.0) for columns in lent]
        useful = sum(lendable(world, o, needed) for o, needed in v.stand if o == capability)
        parts.extend(supply(world, v, capability, row, -1.0, np.asarray(useful)))
        terms = Terms.gather(parts)
        model.rows(len(place[0]), terms, "coverage_lent", capability, *place, upper=0)


def enabler_pairs(world: World) -> list[tuple[int, int]]:
    """Pairs of a need and the need of an enabler that bounds it, at its site or the rule's."""
    asked: dict[tuple[str, int], list[int]] = {}
    of: dict[str, list[int]] = {}
    for n, need in enumerate(world.needs):
        asked.setdefault((need.capability, need.site), []).append(n)
        of.setdefault(need.capability, []).append(n)
    return [
        (n, e)
        for rule in world.enabler_rules
        for n in of.get(rule.enables, ())
        for e in asked.get(
            (rule.enabler, world.needs[n].site if rule.site is None else rule.site), ()
        )
    ]


def enablers(model: Model, world: World, v: Variables) -> None:
    """Enablers first: y[r] ≤ y[enabler's requirement] at the same site or the rule's. Shares."""
    pairs = np.array(enabler_pairs(world), dtype=np.int64).reshape(-1, 2)
    met, enabling = v.met[pairs[:, 0]], v.met[pairs[:, 1]]
    pair, t = np.nonzero((met != NONE) & (enabling != NONE))
    columns = np.stack([met[pair, t], enabling[pair, t]], axis=1)
    terms = Terms.beside(columns, (1.0, -1.0))
    model.rows(len(columns), terms, "enablers", pairs[pair, 0], pairs[pair, 1], t, upper=0)
