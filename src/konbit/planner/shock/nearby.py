"""Repairs of a large mission, looked for near the plan before.

As few changes as can be come first: the units of the plan before, at their places and in their
months, or not there. From there it is bettered in narrow neighbourhoods, after the months kept.
What no plan surpasses is proven of the whole mission by prices of its shared limits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from konbit.dossier.plan import FULL
from konbit.planner.draft import Draft
from konbit.planner.problem import assemble
from konbit.planner.search.effort import effort_for
from konbit.planner.search.pricing import Pricing
from konbit.planner.search.relaxed import Relaxed
from konbit.planner.search.searching import Search, Standing
from konbit.planner.searched import in_columns_of, of_draft
from konbit.planner.shock.closest import Closest
from konbit.planner.shock.surroundings import of_both, of_plan
from konbit.planner.shock.wish import Point

if TYPE_CHECKING:
    from konbit.planner.draft import Region
    from konbit.planner.problem import Problem, Vector
    from konbit.planner.search.pricing import Priced
    from konbit.planner.searched import Watching
    from konbit.planner.shock.wish import Wish

_KEPT_NODES, _FEWEST_NODES, _BETWEEN_NODES = 20, 1, 20
_ROUNDS = 12  # of narrow neighbourhoods
_PRICE_PARTS = 16  # after each of which it is asked whether to go on


class Nearby:
    """Looks for repairs of a shocked problem that the solver does not take whole."""

    is_near = True

    def __init__(self, problem: Problem, wish: Wish, watching: Watching) -> None:
        self._whole = problem
        self._wish = wish
        self._watching = watching
        self._own = self._part(of_plan(problem.world, wish))
        self._closest = Closest(self._own, wish, watching.enough)
        self._first: Point | None = None

    def keep(self) -> int:
        """How few weighted changes there must be in the months kept; then there are no more."""
        return self._closest.keep_early(_KEPT_NODES)

    def afresh(self) -> tuple[Point, float]:
        """The most that was found, beginning from the fewest changes, and what none surpasses."""
        fewest = Draft.of(self._own.variables, self._closest.fewest(_FEWEST_NODES))
        self._first = self._point(fewest)
        before = self._wish.before_bound_points / FULL
        self._watching.standing(self._whole, self._first.covered, before)
        priced = self._priced()
        if priced is None:
            return self._first, before
        search = Search(self._whole, self._told, self._watching.enough)
        found = search.near(fewest, self._first.covered, priced, _ROUNDS, self._wish.keep)
        return self._point(found.draft), min(priced.bound, before)

    def nearest(self, least: float, start: Point, _tolerance: int) -> Point:
        """The fewest changes at a coverage, from a point that covers it."""
        if self._first is not None and self._first.covered >= least:
            return self._first
        draft = Draft.of(self._whole.variables, start.values)
        part = self._part(of_both(self._whole.world, self._wish, draft))
        closest = Closest(part, self._wish, self._watching.enough, self._closest.least_early)
        found = closest.between(least, draft.values(part), _BETWEEN_NODES)
        return self._point(Draft.of(part.variables, found))

    def relieved(self, point: Point) -> Point:
        """The same: each point found here has no relief that it does not take."""
        return point

    def _priced(self) -> Priced | None:
        """Prices of shared limits; nothing when told to stop before any."""
        if self._watching.enough():
            return None
        steps = effort_for(int(self._whole.model.whole.sum())).price_steps
        pricing = Pricing(Relaxed(self._whole), steps)
        part = -(-steps // _PRICE_PARTS)
        priced = pricing.advance(part)
        while not pricing.is_done and not self._watching.enough():
            priced = pricing.advance(part)
        return priced

    def _told(self, standing: Standing) -> None:
        self._watching.standing(self._whole, standing.reached, standing.bound)

    def _part(self, region: Region) -> Problem:
        return assemble(self._whole.world, self._whole.treasury, wide=False, region=region)

    def _point(self, draft: Draft) -> Point:
        kept, values = of_draft(self._whole, draft)
        there: Vector = in_columns_of(self._whole, kept, values)
        return Point(there, float(kept.coverage @ values))
