"""The whole problem of one dossier, day and scenario: world, money, model, goals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from konbit.planner.advances import advances
from konbit.planner.cash import Purses, appropriations
from konbit.planner.constraints import coverage as covering
from konbit.planner.constraints import money, places, rotation, units
from konbit.planner.costs import Costs
from konbit.planner.lines import Lines
from konbit.planner.model import NONE, Model
from konbit.planner.prices import Prices
from konbit.planner.sets import build_world
from konbit.planner.typical import with_typical_units
from konbit.planner.variables import Variables, add_variables

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from konbit.dossier import Dossier
    from konbit.planner.constraints.money import Treasury
    from konbit.planner.draft import Region
    from konbit.planner.purse import Purse
    from konbit.planner.variables import Columns
    from konbit.planner.world import World

    Vector = np.ndarray[tuple[int], np.dtype[np.float64]]


_LEAN = 1e-3


@dataclass(frozen=True, eq=False)
class Problem:
    """A model ready to be solved, with the meaning of its columns and the three goals.

    `coverage` and `earliness` are maximised, in points of 1/10,000; `cost` is minimised, in
    hundreds of the planning currency. `cash_rows` gives, by purse, its cash row of the first month.
    `is_wide` tells whether there are columns that levers may open.
    """

    world: World
    treasury: Treasury
    model: Model
    variables: Variables
    coverage: Vector
    earliness: Vector
    cost: Vector
    cash_rows: Mapping[Purse, int]
    is_wide: bool

    @property
    def leaning(self) -> Vector:
        """Coverage, a month at the start counting a thousandth more than one at the end."""
        return self.coverage + self.earliness * (_LEAN / max(1, self.world.horizon))

    def law(self, *names: str) -> Columns:
        """Indices of the rows that some laws wrote."""
        return self.model.rows_of(*names)


def prepare(known: Dossier, as_of_on: date, scenario: str) -> tuple[World, Treasury]:
    """The sets and the money of the problem."""
    world = with_typical_units(build_world(known, as_of_on, scenario))
    prices = Prices(known, as_of_on, scenario)
    purses = Purses(known, world.months, prices)
    lines = Lines(world, prices, purses.named_sites)
    treasury = money.Treasury(
        lines=lines,
        costs=Costs(world, lines, purses, prices),
        purses=purses,
        prices=prices,
        budgets=appropriations(known, world.months, prices, scenario),
        advances=advances(known, world.months, as_of_on, prices),
        scale=money.scale_of(known.mission.currency),
    )
    return world, treasury


def assemble(
    world: World, treasury: Treasury, *, wide: bool = True, region: Region | None = None
) -> Problem:
    """Write every law into one model.

    Args:
        world: sets and numbers.
        treasury: money.
        wide: whether there are columns for what a lever may open, closed at 0.
        region: where a plan may be changed; without one, everywhere.
    """
    model = Model()
    running = np.array([bool(treasury.costs.of_site(s)) for s in range(len(world.sites))])
    held = frozenset(s for s, mass in enumerate(world.critical_mass) if mass or running[s])
    v = add_variables(model, world, held, wide=wide, region=region)
    for law in (units.presence, units.minimum_stay, units.offered, units.carry_over,
                rotation.relief, rotation.tour, rotation.wear,
                covering.coverage, covering.enablers, places.camp, places.building,
                places.critical_mass, places.lift, places.ceiling, places.equipment):  # fmt: skip
        law(model, world, v)
    dues = money.obligations(model, world, v, treasury)
    cash_rows = money.cash(model, world, treasury, dues)
    money.assessed(model, world, treasury, dues)
    money.advance(model, world, treasury, dues)
    cost = np.zeros(model.column_count)
    cost[: len(dues.total)] = dues.total
    coverage, earliness = _goals(model, world, v)
    return Problem(world, treasury, model, v, coverage, earliness, cost, cash_rows, wide)


def _goals(model: Model, world: World, v: Variables) -> tuple[Vector, Vector]:
    weights = np.array([need.weight for need in world.needs], dtype=float)
    n, t = np.nonzero(v.met != NONE)
    coverage, earliness = (np.zeros(model.column_count) for _ in range(2))
    coverage[v.met[n, t]] = weights[n]
    earliness[v.met[n, t]] = weights[n] * (world.horizon - t)
    return coverage, earliness
