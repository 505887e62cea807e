"""Solves of one shocked problem: closest to the plan before, or covering most, or in between.

Each keeps what those before it promised.
"""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from konbit.planner.goals import never
from konbit.planner.searched import COVERAGE_GAP
from konbit.planner.shock.distance import measure, padded, unit_columns
from konbit.planner.solve import Answer, Solver, SolverError
from konbit.planner.tidy import LATER_GAP, SLIP

if TYPE_CHECKING:
    from konbit.planner.problem import Problem, Vector
    from konbit.planner.searched import Enough
    from konbit.planner.shock.wish import Wish

CHANGE_GAP = 0.01
_HALF = 0.49  # worth of covering everything, beside one change less


class Closest:
    """One shocked problem, whole or a part of it, and the plan before.

    Args:
        problem: its model gets what is needed to measure the distance.
        wish: the plan before, and the months in which it is kept where it can be.
        enough: asked during each solve that begins from a plan; yes makes the best so far the
            answer. A solve that begins from none is waited for.
        least_early: what `keep_early` found of another part of the same problem, at least.
    """

    def __init__(
        self,
        problem: Problem,
        wish: Wish,
        enough: Enough = never,
        least_early: float = 0.0,
    ) -> None:
        self.far = measure(problem, wish.before, wish.split, wish.keep)
        self.least_early = least_early
        self._problem = problem
        self._keeps = wish.keep > 0
        self._enough = enough
        self._coverage = padded(problem.coverage, problem)
        self._earliness = padded(problem.earliness, problem)
        self._start: Vector | None = None

    def covers(self, values: Vector) -> float:
        """Coverage of a point, in weighted requirement-months."""
        return float(self._coverage @ values)

    @property
    def first_covered(self) -> float | None:
        """What the first plan found covers; None while there is none."""
        return None if self._start is None else self.covers(self._start)

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
        first = self._from(self._start, self._solver(self._start), lean, COVERAGE_GAP, nodes)
        tidy = self._solver(first.values)
        for goal in (self._coverage, self._earliness):
            tidy.floor(goal, nearly(float(goal @ first.values)))
        units = unit_columns(self._problem)
        tidy.at_most(units, first.values[units])
        cost = padded(self._problem.cost, self._problem)
        third = self._from(first.values, tidy, -cost, LATER_GAP, tidy_nodes)
        return Answer(third.values, third.goal, first.bound)

    def fewest(self, nodes: int) -> Vector:
        """The fewest changes of all, whatever is covered; waited for, since all begins from it."""
        solver = self._solver(None)
        return solver.best(-self.far.total, gap=CHANGE_GAP, nodes=nodes, start=self._start).values

    def between(self, least: float, start: Vector, nodes: int) -> Vector:
        """The fewest changes at a coverage, only where a point and the plan before differ.

        All else is held; among equals the most coverage.
        """
        solver = self._solver(start, least)
        solver.bound(self.far.agreeing(start), {})
        return self._from(start, solver, self._few(), 0.0, nodes).values

    def nearest(self, least: float, start: Vector, nodes: int) -> Vector:
        """The fewest changes at a coverage; among equals the most coverage."""
        solver = self._solver(start, least)
        return self._from(start, solver, self._few(), CHANGE_GAP, nodes).values

    def _few(self) -> Vector:
        few: Vector = self._coverage * (_HALF / max(1.0, float(self._coverage.sum())))
        return few - self.far.total

    def _from(
        self, start: Vector | None, solver: Solver, goal: Vector, gap: float, nodes: int
    ) -> Answer:
        """The best answer; where a solve was ended before it had any, what it began from."""
        try:
            return solver.best(goal, gap=gap, nodes=nodes, start=start)
        except SolverError:
            if start is None or not self._enough():
                raise
            return Answer(start, float(goal @ start), inf)

    def _solver(self, start: Vector | None, least: float | None = None) -> Solver:
        solver = Solver(self._problem.model, None if start is None else self._enough)
        if self._keeps:
            solver.floor(-self.far.early, nearly(self.least_early))
        if least is not None:
            solver.floor(self._coverage, nearly(least))
        return solver


def nearly(value: float) -> float:
    """A value less what rounding may lose of it."""
    return value - SLIP * max(1.0, abs(value))
