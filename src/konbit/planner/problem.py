"""The whole problem of one dossier, day and scenario: world, money, model, goals."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from konbit.dossier.tables.pledge import ContributorTerm
from konbit.planner.cash import Purses, appropriations
from konbit.planner.constraints import coverage as covering
from konbit.planner.constraints import money, places, units
from konbit.planner.lines import Lines
from konbit.planner.model import Model
from konbit.planner.prices import Prices
from konbit.planner.sets import build_world
from konbit.planner.typical import with_typical_units
from konbit.planner.variables import Variables, add_variables

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from konbit.dossier import Dossier
    from konbit.planner.constraints.money import CashColumns, Dues, Treasury
    from konbit.planner.world import World

    Vector = np.ndarray[tuple[int], np.dtype[np.float64]]


@dataclass(frozen=True, eq=False)
class Problem:
    """A model ready to be solved, with the meaning of its columns and the three goals.

    `coverage` and `earliness` are maximised, in points of 1/10,000; `cost` is minimised, in
    hundreds of the planning currency. `laws` gives the rows that each law wrote.
    """

    world: World
    treasury: Treasury
    model: Model
    variables: Variables
    dues: Dues
    cash: CashColumns
    coverage: Vector
    earliness: Vector
    cost: Vector
    laws: Mapping[str, Sequence[int]]


def prepare(known: Dossier, as_of_on: date, scenario: str) -> tuple[World, Treasury]:
    """The sets and the money of the problem."""
    world = with_typical_units(build_world(known, as_of_on, scenario))
    prices = Prices(known, as_of_on, scenario)
    treasury = money.Treasury(
        lines=Lines(world, prices),
        purses=Purses(known, world.months, prices),
        prices=prices,
        budgets=appropriations(known, world.months, prices, scenario),
        terms=known.rows(ContributorTerm),
        scale=money.scale_of(known.mission.currency),
    )
    return world, treasury


def assemble(world: World, treasury: Treasury) -> Problem:
    """Write every law into one model."""
    model = Model()
    held = frozenset(
        s
        for s in range(len(world.sites))
        if world.critical_mass[s] or any(treasury.lines.of_site(s, m) for m in world.months)
    )
    v = add_variables(model, world, held)
    for law in (units.presence, units.minimum_stay, units.offered, units.carry_over,
                covering.coverage, covering.enablers, places.camp, places.building,
                places.critical_mass, places.lift, places.ceiling, places.equipment):  # fmt: skip
        law(model, world, v)
    dues = money.obligations(world, v, treasury)
    cash = money.cash(model, world, treasury, dues)
    money.assessed(model, treasury, dues)
    money.advance(model, world, treasury, dues)
    laws: defaultdict[str, list[int]] = defaultdict(list)
    for row, name in enumerate(model.row_names):
        laws[str(name[0])].append(row)
    coverage, earliness, cost = _goals(model, world, v, dues)
    return Problem(world, treasury, model, v, dues, cash, coverage, earliness, cost, laws)


def _goals(model: Model, world: World, v: Variables, dues: Dues) -> tuple[Vector, Vector, Vector]:
    coverage, earliness, cost = (np.zeros(len(model.lower)) for _ in range(3))
    for (n, t), column in v.met.items():
        weight = world.needs[n].weight
        coverage[column] = weight
        earliness[column] = weight * (world.horizon - t)
    for column, value in dues.total.items():
        cost[column] = value
    return coverage, earliness, cost
