"""The repaired plan: as good as a tolerance asks, and as near the plan before as can be.

The solves, in order, each begun from the one before:

1. the months kept: how few changes there must be in them, whatever is covered;
2. afresh: the most that can be covered with no more changes than that in the months kept;
3. repaired: among plans that cover all but a tolerance of it, the one with the fewest changes, and
   among equals the one that covers most.

What is asked of the repaired plan is never more than what the plan before covered.

In a large mission all three are looked for in the surroundings of the plan before, with fewer
steps; what no plan surpasses is then proven of the whole mission by prices of its shared limits.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from konbit.dossier.plan import FULL
from konbit.planner.fitting import is_large
from konbit.planner.goals import COVERAGE_NODES
from konbit.planner.problem import assemble
from konbit.planner.search.effort import effort_for
from konbit.planner.search.pricing import Pricing
from konbit.planner.search.relaxed import Relaxed
from konbit.planner.searched import COVERAGE_GAP, in_columns_of
from konbit.planner.settle import payable, settle, stage
from konbit.planner.shock.distance import changes, layout_of, measure, padded, unit_columns
from konbit.planner.shock.surroundings import around
from konbit.planner.solve import Answer, Solver
from konbit.planner.tidy import LATER_GAP, LATER_NODES, SLIP
from konbit.planner.whole import round_units

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from konbit.planner.constraints.money import Treasury
    from konbit.planner.problem import Problem, Vector
    from konbit.planner.settle import Solved
    from konbit.planner.shock.distance import Layout
    from konbit.planner.world import World

    Progress = Callable[[str, float], None]

CHANGE_NODES = 150
CURVE_NODES = (0, 1)  # where more is covered than asked for, and where less is
CHANGE_GAP = 0.01
_HALF = 0.49  # worth of covering everything, beside one change less


@dataclass(frozen=True, slots=True)
class _Effort:
    """Nodes for the months kept, for coverage, to tidy, and for changes where plans differ."""

    kept: int
    coverage: int
    tidy: int
    changes: int


_WHOLE = _Effort(CHANGE_NODES, COVERAGE_NODES, LATER_NODES, CHANGE_NODES)
_NEAR = _Effort(20, 5, 5, 20)


@dataclass(frozen=True, slots=True)
class Wish:
    """What a repair is asked for.

    Attributes:
        before: the layout of the plan before.
        before_points: what that plan covers, in ten-thousandths.
        before_bound_points: what no plan could cover without the shocks.
        split: offers that a shock parted in two, the new code to the old.
        keep: months, from the first, in which the plan before is kept where it can be.
        tolerance: share of the coverage that may be given up, in parts of ten thousand.
        curve: further tolerances at which to see how many changes are needed.
    """

    before: Layout
    before_points: int
    before_bound_points: int
    split: Mapping[str, str]
    keep: int
    tolerance: int
    curve: Sequence[int]


@dataclass(frozen=True, eq=False)
class Repaired:
    """The two plans of a shocked problem.

    Attributes:
        afresh: the best found that keeps the months kept.
        repaired: the one with the fewest changes.
        kept_changes: weighted changes in the months kept, the fewest possible.
        curve: points covered and weighted changes of further plans.
        is_near: whether both were looked for around the plan before only.
    """

    afresh: Solved
    repaired: Solved
    kept_changes: int
    curve: tuple[tuple[int, int], ...]
    is_near: bool


def repair(world: World, treasury: Treasury, wish: Wish, progress: Progress) -> Repaired:
    """Repair a plan.

    Args:
        world: the shocked problem.
        treasury: its money.
        wish: what is asked for.
        progress: told the step and the share done.
    """
    return payable(treasury, lambda kept_back: _repair(world, kept_back, wish, progress))


def _repair(world: World, treasury: Treasury, wish: Wish, progress: Progress) -> Repaired:
    whole = assemble(world, treasury, wide=False)
    is_near = is_large(whole)
    problem = whole
    if is_near:
        region = around(world, wish.before, wish.split)
        problem = assemble(world, treasury, wide=False, region=region)
    search = _Search(problem, wish, _NEAR if is_near else _WHOLE)
    progress("kept", 0.0)
    search.keep()
    progress("afresh", 0.1)
    best = search.afresh()
    reached = search.covers(best.values)
    asked = min(reached, wish.before_points / FULL)
    wanted = sorted({wish.tolerance, *wish.curve}, reverse=True)
    found: dict[int, Vector] = {}
    last: Vector | None = None
    for done, tolerance in enumerate(wanted):
        progress("repair", 0.4 + 0.6 * done / len(wanted))
        least = asked * (1 - tolerance / FULL)
        if last is None or search.covers(last) < _nearly(least):
            nodes = CURVE_NODES[tolerance >= wish.tolerance]
            if tolerance == wish.tolerance:
                nodes = search.effort.changes
            last = search.nearest(least, best.values, nodes)
        # Where less is asked of a plan and it covers this much as well, no other is nearer.
        found[tolerance] = last
    points = {(round(search.covers(v) * FULL), _changes(problem, wish, v)) for v in found.values()}
    bound = _proven(whole, wish) if is_near else best.bound

    def settled(values: Vector) -> Solved:
        there = in_columns_of(whole, problem, values) if is_near else values
        reached_points = search.covers(values) * FULL
        return settle(whole, there, (stage("coverage", reached_points, bound * FULL),))

    return Repaired(
        afresh=settled(best.values),
        repaired=settled(found[wish.tolerance]),
        kept_changes=search.kept_changes,
        curve=_undominated(points),
        is_near=is_near,
    )


def _proven(whole: Problem, wish: Wish) -> float:
    """What no plan of a large shocked mission covers more than.

    By prices of its shared limits; nor more than without the shocks, which only take away.
    """
    steps = effort_for(int(whole.model.whole.sum())).price_steps
    priced = Pricing(Relaxed(whole), steps).advance(steps)
    return min(priced.bound, wish.before_bound_points / FULL)


def _changes(problem: Problem, wish: Wish, values: Vector) -> int:
    """Weighted changes of the plan that a point is, once rounded and without idle orders."""
    made = layout_of(problem, round_units(problem, values), wish.split)
    return changes(wish.before, made).weighted


class _Search:
    """The solves of one shocked problem, each with what those before it promised."""

    def __init__(self, problem: Problem, wish: Wish, effort: _Effort) -> None:
        self.effort = effort
        self.far = measure(problem, wish.before, wish.split, wish.keep)
        self.kept_changes = 0
        self._problem = problem
        self._keeps = wish.keep > 0
        self._coverage = padded(problem.coverage, problem)
        self._earliness = padded(problem.earliness, problem)
        self._start: Vector | None = None
        self._least_early = 0.0

    def covers(self, values: Vector) -> float:
        """Coverage of a point, in weighted requirement-months."""
        return float(self._coverage @ values)

    def keep(self) -> None:
        """Find how few changes there must be in the months kept; from then on there are no more."""
        if self._keeps:
            solver = Solver(self._problem.model)
            nearest = solver.best(-self.far.early, gap=0.0, nodes=self.effort.kept)
            self.kept_changes = round(self.far.early_shift - nearest.goal)
            self._start = nearest.values
            self._least_early = nearest.goal

    def afresh(self) -> Answer:
        """The most that can be covered, early rather than late, and tidied of what adds nothing."""
        lean = padded(self._problem.leaning, self._problem)
        nodes = self.effort.coverage
        first = self._solver().best(lean, gap=COVERAGE_GAP, nodes=nodes, start=self._start)
        tidy = self._solver()
        for goal in (self._coverage, self._earliness):
            tidy.floor(goal, _nearly(float(goal @ first.values)))
        units = unit_columns(self._problem)
        tidy.at_most(units, first.values[units])
        cost = padded(self._problem.cost, self._problem)
        third = tidy.best(-cost, gap=LATER_GAP, nodes=self.effort.tidy, start=first.values)
        return Answer(third.values, third.goal, first.bound)

    def nearest(self, least: float, start: Vector, nodes: int) -> Vector:
        """The fewest changes at a coverage; among equals the most coverage.

        First where the start and the plan before differ, all else held; then everywhere, within so
        many nodes.
        """
        goal = self._coverage * (_HALF / max(1.0, float(self._coverage.sum()))) - self.far.total
        between = self._solver(least)
        between.bound(self.far.agreeing(start), {})
        found = between.best(goal, gap=0.0, nodes=self.effort.changes, start=start).values
        if not nodes:
            return found
        return self._solver(least).best(goal, gap=CHANGE_GAP, nodes=nodes, start=found).values

    def _solver(self, least: float | None = None) -> Solver:
        solver = Solver(self._problem.model)
        if self._keeps:
            solver.floor(-self.far.early, _nearly(self._least_early))
        if least is not None:
            solver.floor(self._coverage, _nearly(least))
        return solver


def _nearly(value: float) -> float:
    """A value less what rounding may lose of it."""
    return value - SLIP * max(1.0, abs(value))


def _undominated(points: set[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Points than which none covers more with no more changes, from least coverage to most."""
    return tuple(
        sorted(
            (covers, changes)
            for covers, changes in points
            if not any(
                (c, -n) != (covers, -changes) and c >= covers and n <= changes for c, n in points
            )
        )
    )
