"""Solves of one shocked problem: closest to the plan before, or covering most, or in between.

Each keeps what those before it promised.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from konbit.planner.searched import COVERAGE_GAP
from konbit.planner.shock.distance import measure, padded, unit_columns
from konbit.planner.solve import Answer, Solver
from konbit.planner.tidy import LATER_GAP, SLIP

if TYPE_CHECKING:
    from collections.abc import Mapping

    from konbit.planner.problem import Problem, Vector
    from konbit.planner.shock.distance import Layout

CHANGE_GAP = 0.01
_HALF = 0.49  # worth of covering everything, beside one change less


class Closest:
    """One shocked problem, whole or a part of it, and the plan before.

    Args:
        problem: its model gets what is needed to measure the distance.
        before: the layout of the plan before.
        split: offers that a shock parted in two, the new code to the old.
        keep: months, from the first, in which the plan before is kept where it can be.
        least_early: what `keep_early` found of another part of the same problem, at least.
    """

    def __init__(
        self,
        problem: Problem,
        before: Layout,
        split: Mapping[str, str],
        keep: int,
        least_early: float = 0.0,
    ) -> None:
        self.far = measure(problem, before, split, keep)
        self.least_early = least_early
        self._problem = problem
        self._keeps = keep > 0
        self._coverage = padded(problem.coverage, problem)
        self._earliness = padded(problem.earliness, problem)
        self._start: Vector | None = None

    def covers(self, values: Vector) -> float:
        """Coverage of a point, in weighted requirement-months."""
        return float(self._coverage @ values)

    def keep_early(self, nodes: int) -> int:
        """How few weighted changes there must be in the months kept; then there are no more."""
        if not self._keeps:
            return 0
        nearest = Solver(self._problem.model).best(-self.far.early, gap=0.0, nodes=nodes)
        self._start = nearest.values
        self.least_early = nearest.goal
        return round(self.far.early_shift - nearest.goal)

    def most(self, nodes: int, tidy_nodes: int) -> Answer:
        """The most that can be covered, early rather than late, and tidied of what adds nothing."""
        lean = padded(self._problem.leaning, self._problem)
        first = self._solver().best(lean, gap=COVERAGE_GAP, nodes=nodes, start=self._start)
        tidy = self._solver()
        for goal in (self._coverage, self._earliness):
            tidy.floor(goal, nearly(float(goal @ first.values)))
        units = unit_columns(self._problem)
        tidy.at_most(units, first.values[units])
        cost = padded(self._problem.cost, self._problem)
        third = tidy.best(-cost, gap=LATER_GAP, nodes=tidy_nodes, start=first.values)
        return Answer(third.values, third.goal, first.bound)

    def fewest(self, nodes: int) -> Vector:
        """The fewest changes of all, whatever is covered."""
        goal = -self.far.total
        return self._solver().best(goal, gap=CHANGE_GAP, nodes=nodes, start=self._start).values

    def between(self, least: float, start: Vector, nodes: int) -> Vector:
        """The fewest changes at a coverage, only where a point and the plan before differ.

        All else is held; among equals the most coverage.
        """
        solver = self._solver(least)
        solver.bound(self.far.agreeing(start), {})
        return solver.best(self._few(), gap=0.0, nodes=nodes, start=start).values

    def nearest(self, least: float, start: Vector, nodes: int) -> Vector:
        """The fewest changes at a coverage; among equals the most coverage."""
        solver = self._solver(least)
        return solver.best(self._few(), gap=CHANGE_GAP, nodes=nodes, start=start).values

    def _few(self) -> Vector:
        few: Vector = self._coverage * (_HALF / max(1.0, float(self._coverage.sum())))
        return few - self.far.total

    def _solver(self, least: float | None = None) -> Solver:
        solver = Solver(self._problem.model)
        if self._keeps:
            solver.floor(-self.far.early, nearly(self.least_early))
        if least is not None:
            solver.floor(self._coverage, nearly(least))
        return solver


def nearly(value: float) -> float:
    """A value less what rounding may lose of it."""
    return value - SLIP * max(1.0, abs(value))
