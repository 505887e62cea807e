"""The whole problem of one dossier, day and scenario: world, money, model, goals."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from konbit.dossier.tables.pledge import ContributorTerm
from konbit.planner.cash import Purses, appropriations
from konbit.planner.constraints import coverage as covering
from konbit.planner.constraints import money, places, units
from konbit.planner.lines import Lines
from konbit.planner.model import Model
from konbit.planner.prices import Prices
from konbit.planner.relax import NOTHING, Family
from konbit.planner.sets import build_world
from konbit.planner.variables import Variables, add_variables

if TYPE_CHECKING:
    from datetime import date

    from konbit.dossier import Dossier
    from konbit.planner.constraints.money import CashColumns, Dues, Treasury
    from konbit.planner.world import World

    Vector = np.ndarray[tuple[int], np.dtype[np.float64]]

_PLENTY = 10**7


@dataclass(frozen=True, eq=False)
class Problem:
    """A model ready to be solved, with the meaning of its columns and the three goals.

    `coverage` and `earliness` are maximised, in points of 1/10,000; `cost` is minimised, in
    hundreds of the planning currency.
    """

    world: World
    treasury: Treasury
    model: Model
    variables: Variables
    dues: Dues
    cash: CashColumns | None
    coverage: Vector
    earliness: Vector
    cost: Vector


def prepare(
    known: Dossier, as_of_on: date, scenario: str, lifted: frozenset[Family] = NOTHING
) -> tuple[World, Treasury]:
    """The sets and the money of the problem, some families of limits lifted."""
    world = build_world(known, as_of_on, scenario, free=Family.ELIGIBILITY in lifted)
    prices = Prices(known, as_of_on, scenario)
    purses = Purses(
        known,
        world.months,
        prices,
        free=Family.EARMARK in lifted,
        early=Family.TIMING in lifted,
    )
    treasury = money.Treasury(
        lines=Lines(world, prices),
        purses=purses,
        prices=prices,
        budgets=appropriations(known, world.months, prices, scenario),
        terms=() if Family.ADVANCE in lifted else known.rows(ContributorTerm),
        scale=money.scale_of(known.mission.currency),
        unlimited=Family.MONEY in lifted,
    )
    return _lift(world, lifted), treasury


def _lift(world: World, lifted: frozenset[Family]) -> World:
    if Family.READINESS in lifted:
        world = replace(world, units=tuple(replace(u, earliest=0) for u in world.units))
    if Family.CAMP in lifted:
        plenty = tuple(tuple(_PLENTY for _ in months) for months in world.capacity)
        world = replace(world, capacity=plenty, limit=tuple(None for _ in world.sites))
    if Family.LIFT in lifted:
        world = replace(world, passengers=None, cargo=None)
    if Family.ENABLER in lifted:
        world = replace(world, enabler_rules=())
    if Family.CEILING in lifted:
        world = replace(world, caps=())
    if Family.EQUIPMENT in lifted:
        world = replace(world, pools={})
    if Family.ELIGIBILITY in lifted:
        world = replace(world, transfers=())
    return world


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
    cash = None
    if not treasury.unlimited:
        cash = money.cash(model, world, treasury, dues)
        money.assessed(model, world, treasury, dues)
    money.advance(model, world, treasury, dues)
    return Problem(world, treasury, model, v, dues, cash, *_goals(model, world, v, dues))


def _goals(model: Model, world: World, v: Variables, dues: Dues) -> tuple[Vector, Vector, Vector]:
    coverage, earliness, cost = (np.zeros(len(model.lower)) for _ in range(3))
    for (n, t), column in v.met.items():
        weight = world.needs[n].weight
        coverage[column] = weight
        earliness[column] = weight * (world.horizon - t)
    for column, value in dues.total.items():
        cost[column] = value
    return coverage, earliness, cost
