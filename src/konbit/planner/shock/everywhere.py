"""Repairs looked for in the whole of a mission, as its model stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from konbit.planner.goals import COVERAGE_NODES
from konbit.planner.shock.closest import Closest
from konbit.planner.shock.wish import Point
from konbit.planner.tidy import LATER_NODES, relieved_late

if TYPE_CHECKING:
    from konbit.planner.problem import Problem, Vector
    from konbit.planner.shock.wish import Wish

CHANGE_NODES = 150
_MORE_NODES = 1  # where less is covered than was asked for before


class Everywhere:
    """Looks for repairs of a shocked problem that the solver takes whole."""

    is_near = False

    def __init__(self, problem: Problem, wish: Wish) -> None:
        self._problem = problem
        self._tolerance = wish.tolerance
        self._closest = Closest(problem, wish.before, wish.split, wish.keep)

    def keep(self) -> int:
        """How few weighted changes there must be in the months kept; then there are no more."""
        return self._closest.keep_early(CHANGE_NODES)

    def afresh(self) -> tuple[Point, float]:
        """The most that can be covered, and what no plan covers more than."""
        best = self._closest.most(COVERAGE_NODES, LATER_NODES)
        return self._point(best.values), best.bound

    def nearest(self, least: float, start: Point, tolerance: int) -> Point:
        """The fewest changes at a coverage, from a point that covers it.

        First where the start and the plan before differ, all else held; then everywhere, within so
        many nodes.
        """
        found = self._closest.between(least, start.values, CHANGE_NODES)
        if tolerance < self._tolerance:
            return self._point(found)
        nodes = CHANGE_NODES if tolerance == self._tolerance else _MORE_NODES
        return self._point(self._closest.nearest(least, found, nodes))

    def relieved(self, point: Point) -> Point:
        """The same plan without reliefs that it does not take: changes do not count them."""
        return self._point(relieved_late(self._problem, point.values))

    def _point(self, values: Vector) -> Point:
        return Point(values, self._closest.covers(values))
