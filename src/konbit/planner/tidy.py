"""A plan without what adds nothing: nobody comes in vain, and reliefs come no sooner than due."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from konbit.planner.model import NONE
from konbit.planner.solve import Solver, SolverError

if TYPE_CHECKING:
    from konbit.planner.problem import Problem, Vector
    from konbit.planner.solve import Answer

LATER_GAP = 0.02
LATER_NODES = 50
SLIP = 1e-7  # share of a goal that later goals may lose to rounding


def saved(problem: Problem, values: Vector) -> Answer:
    """The plan's own units, and of them no more than its coverage and earliness take."""
    solver = Solver(problem.model)
    for goal in (problem.coverage, problem.earliness):
        solver.floor(goal, float(goal @ values) * (1 - SLIP))
    units = problem.model.columns_of("present", "start", "relief").astype(np.int32)
    solver.at_most(units, values[units])
    return solver.best(-problem.cost, gap=LATER_GAP, nodes=LATER_NODES, start=values)


def relieved_late(problem: Problem, values: Vector) -> Vector:
    """The same plan with no relief more or sooner than it takes.

    To the three goals it is one when in a tour relief comes; to those who travel it is not. The
    model may have further columns behind those of the goals.
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
        wide = np.zeros(model.column_count)
        wide[: goal.size] = goal
        reached = float(wide @ values)
        solver.floor(wide, reached - SLIP * max(1.0, abs(reached)))
    kept = model.columns_of("present", "start", "ordered", "held").astype(np.int32)
    solver.hold(kept, values[kept])
    try:
        return solver.best(worth, gap=0.0, nodes=LATER_NODES).values
    except SolverError:
        return values  # held that closely, rounding may leave the solver no room
