"""What whole units at work cover: shares in ten-thousandths, rounded down, substitutes used."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from math import floor, inf
from typing import TYPE_CHECKING

import numpy as np

from konbit.dossier.plan import FULL
from konbit.planner.constraints.coverage import enabler_pairs
from konbit.planner.contingents import within
from konbit.planner.model import NONE, Model
from konbit.planner.solve import Solver

if TYPE_CHECKING:
    from collections.abc import Mapping

    from konbit.planner.problem import Problem
    from konbit.planner.variables import Variables
    from konbit.planner.whole import Counts, Whole
    from konbit.planner.world import World

Place = tuple[str, int, int]
Stand = tuple[str, str, int, int]
_TIE = 1e-4  # worth of a month earlier, far below that of a ten-thousandth of coverage
_SNAP = 1e-3  # how far below a whole ten-thousandth the solver may land


@dataclass(frozen=True, eq=False)
class Covered:
    """Shares met in ten-thousandths by need and month, substitutes used, quantities at work."""

    shares: Mapping[tuple[int, int], int]
    stands: Mapping[Stand, int]
    at_work: Mapping[tuple[int, int], int]


def covered(problem: Problem, whole: Whole) -> Covered:
    """The best shares for the units at work, such that every law of coverage holds exactly."""
    world = problem.world
    supply = _supply(world, whole)
    met, stands = _best(world, _possible(problem.variables), supply)
    net: defaultdict[Place, int] = defaultdict(int)
    for place, quantity in supply.items():
        net[place] += quantity
    for (offered, needed, s, t), used in stands.items():
        net[offered, s, t] -= used
        net[needed, s, t] += floor(used * world.substitutes[needed, offered])
    shares = {key: min(FULL, floor(share * FULL + _SNAP)) for key, share in met.items()}
    _fit(world, shares, net)
    _enable(world, shares)
    at_work = {
        (n, t): net[world.needs[n].capability, world.needs[n].site, t] // FULL for n, t in shares
    }
    return Covered(shares, stands, at_work)


def _possible(v: Variables) -> tuple[Stand, ...]:
    """Where and when what can stand in for what."""
    return tuple(
        (offered, needed, int(s), int(t))
        for (offered, needed), columns in v.stand.items()
        for s, t in zip(*np.nonzero(columns != NONE), strict=True)
    )


def _supply(world: World, whole: Whole) -> dict[Place, int]:
    """What is at work in ten-thousandths, where it wears out rounded down once for each place."""
    found: defaultdict[Place, Fraction] = defaultdict(Fraction)
    for u, unit in enumerate(world.units):
        working = whole.working[u]
        for capability, quantity in unit.gives.items():
            steps = world.wear.get(capability, ())
            fresh = [_young(world, whole, u, step.since_arrival) for step in steps]
            least = steps[-1].share if steps else Fraction(1)
            for s, t in zip(*np.nonzero(working), strict=True):
                counts = least * int(working[s, t])
                counts += sum(
                    step.lost * int(young[s, t]) for step, young in zip(steps, fresh, strict=True)
                )
                found[capability, int(s), int(t)] += quantity * counts
    return {place: floor(quantity * FULL) for place, quantity in found.items()}


def _young(world: World, whole: Whole, u: int, months: int) -> Counts:
    unit, lag = world.units[u], world.operational_lag
    arrived = within(whole.rotation[u].relief, 0, months)
    if unit.is_opening:
        there = [sum(came > t - months for came in unit.arrived) for t in range(world.horizon)]
        arrived = arrived + np.array(there, dtype=np.int64)[None, :]
    else:
        arrived = arrived + within(whole.starts[u], lag, months)
    found: Counts = np.minimum(whole.working[u], arrived)
    return found


def _best(
    world: World, possible: tuple[Stand, ...], supply: Mapping[Place, int]
) -> tuple[dict[tuple[int, int], float], dict[Stand, int]]:
    """Shares and substitutes that cover most: a small model without units."""
    model = Model()
    met = {(n, t): model.column(0, 1) for n, need in enumerate(world.needs) for t in need.months}
    usable = [stand for stand in possible if supply.get((stand[0], stand[2], stand[3]))]
    stands = {stand: model.column(0, inf) for stand in usable}
    rows: defaultdict[Place, list[tuple[int, float]]] = defaultdict(list)
    lent: defaultdict[Place, list[tuple[int, float]]] = defaultdict(list)
    for (n, t), column in met.items():
        need = world.needs[n]
        rows[need.capability, need.site, t].append((column, float(need.quantity)))
    for (offered, needed, s, t), column in stands.items():
        lent[offered, s, t].append((column, 1.0))
        rows[needed, s, t].append((column, -float(world.substitutes[needed, offered])))
    for place, columns in lent.items():
        rows[place].extend(columns)
        model.row(columns, upper=supply.get(place, 0) / FULL)
    for place, terms in rows.items():
        model.row(terms, upper=supply.get(place, 0) / FULL)
    for n, e in enabler_pairs(world):
        for t in world.needs[n].months:
            if (e, t) in met:
                model.row([(met[n, t], 1.0), (met[e, t], -1.0)], upper=0)
    if not met:
        return {}, {}
    goal = np.zeros(model.column_count)
    for (n, t), column in met.items():
        goal[column] = world.needs[n].weight * (1 + _TIE * (world.horizon - t) / world.horizon)
    values = Solver(model).best(goal, gap=0.0, nodes=1).values
    shares = {key: float(values[column]) for key, column in met.items()}
    used = {stand: floor(float(values[column]) * FULL + _SNAP) for stand, column in stands.items()}
    return shares, {stand: quantity for stand, quantity in used.items() if quantity > 0}


def _fit(world: World, shares: dict[tuple[int, int], int], net: Mapping[Place, int]) -> None:
    """Lower shares that rounding pushed beyond what is at work."""
    together: defaultdict[Place, list[tuple[int, int]]] = defaultdict(list)
    for n, t in shares:
        need = world.needs[n]
        together[need.capability, need.site, t].append((n, t))
    for place, keys in together.items():
        while sum(world.needs[n].quantity * shares[n, t] for n, t in keys) > net[place]:
            key = max(keys, key=lambda k: shares[k])
            shares[key] -= 1


def _enable(world: World, shares: dict[tuple[int, int], int]) -> None:
    """Lower shares that pass their enabler's, until none does."""
    pairs = enabler_pairs(world)
    changed = True
    while changed:
        changed = False
        for n, e in pairs:
            for t in world.needs[n].months:
                if (e, t) in shares and shares[n, t] > shares[e, t]:
                    shares[n, t] = shares[e, t]
                    changed = True
