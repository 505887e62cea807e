"""Solving one problem for its three goals in order: coverage, earliness, cost."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil
from typing import TYPE_CHECKING

import numpy as np

from konbit.dossier.plan import FULL, SolveStage
from konbit.planner.covered import Covered, covered
from konbit.planner.model import NONE
from konbit.planner.payments import NotPayableError, Share, divide
from konbit.planner.problem import Problem, assemble
from konbit.planner.solve import Solver, SolverError
from konbit.planner.whole import (
    Item,
    Whole,
    obligations,
    round_units,
    tail,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from konbit.planner.constraints.money import Treasury
    from konbit.planner.problem import Vector
    from konbit.planner.solve import Chosen
    from konbit.planner.world import World

    Progress = Callable[[str, float], None]

COVERAGE_GAP = 0.009
LATER_GAP = 0.02
COVERAGE_NODES = 5_000
LATER_NODES = 50
SMALL = 600  # whole columns up to which all three goals are searched among all plans
_LEAN = 1e-3  # how much more a month of coverage counts at the start than at the end
_MARGINS = (0.0, 0.2, 20.0)  # hundreds of the currency kept back when rounding does not fit
_SLIP = 1e-7  # share of a goal that later goals may lose to rounding


@dataclass(frozen=True, eq=False)
class Solved:
    """A problem with its whole-number answer."""

    problem: Problem
    values: Vector
    stages: tuple[SolveStage, ...]
    whole: Whole
    items: tuple[Item, ...]
    tail: tuple[Item, ...]
    shares: tuple[Share, ...]
    covered: Covered


def solve(world: World, treasury: Treasury, progress: Progress) -> Solved:
    """Plan: the three goals in order, then whole numbers whose cash adds up exactly."""
    for margin in _MARGINS:
        problem = assemble(world, replace(treasury, margin=margin))
        values, stages = _three_goals(problem, progress)
        try:
            return _settle(problem, _relieved_late(problem, values), stages)
        except NotPayableError:
            if margin == _MARGINS[-1]:
                raise
    raise NotPayableError


def _three_goals(problem: Problem, progress: Progress) -> tuple[Vector, tuple[SolveStage, ...]]:
    """Coverage, then earliness, then cost.

    In a small problem each is searched among all plans that are as good in those before it. In a
    larger one coverage leans to the early months from the start, and cost is then saved within the
    plan found: nobody comes who was not to come, and nothing covered is given up. The bounds of the
    later goals are then those of the continuous model, and their gaps accordingly wide.
    """
    if problem.model.whole.sum() <= SMALL:
        return _exactly(problem, progress)
    return _leaning(problem, progress)


def _leaning(problem: Problem, progress: Progress) -> tuple[Vector, tuple[SolveStage, ...]]:
    progress("coverage", 0.0)
    lean = problem.coverage + problem.earliness * (_LEAN / problem.world.horizon)
    first = Solver(problem.model).best(lean, gap=COVERAGE_GAP, nodes=COVERAGE_NODES)
    reached = float(problem.coverage @ first.values)
    early = float(problem.earliness @ first.values)
    progress("cost", 0.6)
    tidy = Solver(problem.model)
    tidy.floor(problem.coverage, reached * (1 - _SLIP))
    tidy.floor(problem.earliness, early * (1 - _SLIP))
    tidy.at_most(_units_of(problem), first.values[_units_of(problem)])
    third = tidy.best(-problem.cost, gap=LATER_GAP, nodes=LATER_NODES, start=first.values)
    progress("bounds", 0.8)
    relaxed = Solver(problem.model)
    relaxed.floor(problem.coverage, reached * (1 - _SLIP))
    earliest = relaxed.best(problem.earliness, gap=0.0, nodes=1, relaxed=True)
    relaxed.floor(problem.earliness, early * (1 - _SLIP))
    cheapest = relaxed.best(-problem.cost, gap=0.0, nodes=1, relaxed=True)
    scale = problem.treasury.scale
    stages = (
        _stage("coverage", reached * FULL, first.bound * FULL),
        _stage("earliness", early * FULL, earliest.goal * FULL),
        _stage("cost", -third.goal * scale, -cheapest.goal * scale),
    )
    return third.values, stages


def _relieved_late(problem: Problem, values: Vector) -> Vector:
    """The same plan with no relief more or sooner than it takes.

    To the three goals it is one when in a tour relief comes; to those who travel it is not.
    """
    model, horizon = problem.model, problem.world.horizon
    reliefs = model.columns_of("relief")
    if not np.rint(values[reliefs]).any():
        return values
    worth = np.zeros(model.column_count)
    for columns in problem.variables.relief:
        place = np.nonzero(columns != NONE)
        worth[columns[place]] = place[1] - 2.0 * horizon
    solver = Solver(model)
    for goal in (problem.coverage, problem.earliness, -problem.cost):
        reached = float(goal @ values)
        solver.floor(goal, reached - _SLIP * max(1.0, abs(reached)))
    kept = model.columns_of("present", "start", "ordered", "held").astype(np.int32)
    solver.hold(kept, values[kept])
    try:
        return solver.best(worth, gap=0.0, nodes=LATER_NODES).values
    except SolverError:
        return values  # held that closely, rounding may leave the solver no room


def _units_of(problem: Problem) -> Chosen:
    """The columns of presence, starts and reliefs."""
    return problem.model.columns_of("present", "start", "relief").astype(np.int32)


def _exactly(problem: Problem, progress: Progress) -> tuple[Vector, tuple[SolveStage, ...]]:
    solver = Solver(problem.model)
    progress("coverage", 0.0)
    first = solver.best(problem.coverage, gap=0.0, nodes=COVERAGE_NODES)
    solver.floor(problem.coverage, first.goal * (1 - _SLIP))
    progress("earliness", 0.4)
    second = solver.best(problem.earliness, gap=LATER_GAP, nodes=LATER_NODES, start=first.values)
    solver.floor(problem.earliness, second.goal * (1 - _SLIP))
    progress("cost", 0.7)
    third = solver.best(-problem.cost, gap=LATER_GAP, nodes=LATER_NODES, start=second.values)
    scale = problem.treasury.scale
    stages = (
        _stage("coverage", first.goal * FULL, first.bound * FULL),
        _stage("earliness", second.goal * FULL, second.bound * FULL),
        _stage("cost", -third.goal * scale, -third.bound * scale),
    )
    return third.values, stages


def _stage(goal: str, value: float, bound: float) -> SolveStage:
    gap = abs(bound - value) / max(1.0, abs(bound), abs(value))
    return SolveStage(goal, round(value), round(bound), ceil(gap * FULL - 1e-6))


def _settle(problem: Problem, values: Vector, stages: tuple[SolveStage, ...]) -> Solved:
    whole = round_units(problem, values)
    items = obligations(problem, whole)
    kept = tail(problem, whole)
    shares = divide(items, kept, problem.treasury.purses.cash)
    shown = covered(problem, whole)
    return Solved(problem, values, stages, whole, items, kept, shares, shown)


def points(problem: Problem, shown: Covered) -> tuple[int, int]:
    """Points covered and points needed, in ten-thousandths of a weighted requirement-month."""
    got = sum(problem.world.needs[n].weight * share for (n, _), share in shown.shares.items())
    wanted = sum(problem.world.needs[n].weight * FULL for n, _ in shown.shares)
    return got, wanted
