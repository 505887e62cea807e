"""Repairs looked for in the whole of a mission, as its model stands."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING

from konbit.dossier.plan import FULL
from konbit.planner.draft import Draft
from konbit.planner.goals import COVERAGE_NODES
from konbit.planner.searched import in_columns_of, of_draft
from konbit.planner.shock.closest import Closest
from konbit.planner.shock.wish import Point
from konbit.planner.tidy import LATER_NODES, relieved_late

if TYPE_CHECKING:
    from konbit.planner.problem import Problem, Vector
    from konbit.planner.searched import Watching
    from konbit.planner.shock.wish import Wish

CHANGE_NODES = 150
_MORE_NODES = 1  # where less is covered than was asked for before


class Everywhere:
    """Looks for repairs of a shocked problem that the solver takes whole."""

    is_near = False

    def __init__(self, problem: Problem, wish: Wish, watching: Watching) -> None:
        self._problem = problem
        self._wish = wish
        self._watching = watching
        self._fewest: Point | None = None
        self._most = wish.before_bound_points / FULL
        self._closest = Closest(problem, wish, watching.enough)

    def keep(self) -> int:
        """How few weighted changes there must be in the months kept; then there are no more."""
        fewest = self._closest.keep_early(CHANGE_NODES)
        self._watching.standing(self._problem, self._closest.first_covered, self._most)
        return fewest

    def afresh(self) -> tuple[Point, float]:
        """The most that can be covered, and what no plan covers more than.

        Where looking was ended, at least what the fewest changes lead to.
        """
        best = self._closest.most(COVERAGE_NODES, LATER_NODES)
        point = self._point(best.values)
        if self._watching.enough():
            self._fewest = self._with_fewest_changes()
            point = max(point, self._fewest, key=lambda found: found.covered)
        bound = best.bound if isfinite(best.bound) else self._most
        self._watching.standing(self._problem, point.covered, bound)
        return point, bound

    def nearest(self, least: float, start: Point, tolerance: int) -> Point:
        """The fewest changes at a coverage, from a point that covers it.

        First where the start and the plan before differ, all else held; then everywhere, within so
        many nodes.
        """
        if self._fewest is not None and self._fewest.covered >= least:
            return self._fewest
        found = self._closest.between(least, start.values, CHANGE_NODES)
        if tolerance < self._wish.tolerance:
            return self._point(found)
        nodes = CHANGE_NODES if tolerance == self._wish.tolerance else _MORE_NODES
        return self._point(self._closest.nearest(least, found, nodes))

    def relieved(self, point: Point) -> Point:
        """The same plan without reliefs that it does not take: changes do not count them."""
        return self._point(relieved_late(self._problem, point.values))

    def _with_fewest_changes(self) -> Point:
        """The fewest changes of all, and the most that its units cover."""
        values = self._closest.fewest(_MORE_NODES)
        kept, settled = of_draft(self._problem, Draft.of(self._problem.variables, values))
        there = in_columns_of(self._problem, kept, settled)
        return Point(there, float(kept.coverage @ settled))

    def _point(self, values: Vector) -> Point:
        return Point(values, self._closest.covers(values))
