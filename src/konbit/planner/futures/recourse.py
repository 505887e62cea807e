"""The second stage: the best that can follow a first stage in one future."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from konbit.dossier.plan import FULL
from konbit.planner.futures import layout
from konbit.planner.goals import COVERAGE_NODES, SMALL
from konbit.planner.purse import FREE, Purse
from konbit.planner.solve import Solver, SolverError, Tableau

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from konbit.planner.futures.first_stage import FirstStage
    from konbit.planner.futures.layout import Bounds
    from konbit.planner.problem import Problem, Vector
    from konbit.planner.solve import Answer

    Cash = Mapping[Purse, Sequence[int]]
    Limits = tuple[Mapping[int, Bounds], Mapping[int, Bounds]]

_GAP = 0.01
_NODES = 20
_SLACK = 0.01  # hundreds of the currency: what rounding to cents may take from a payment
_SLIP = 1e-6
_LEAN = (
    1e-5  # how much more a month of coverage counts at the start than at the end, to settle ties
)


@dataclass(frozen=True, eq=False)
class Followed:
    """What follows a first stage in a future.

    Attributes:
        values: of the model's columns, in whole units.
        cash: by purse and month, what there is to spend, in minor units.
        points: coverage reached, in ten-thousandths; a plan, so a lower bound of the best.
        bound_points: nothing that follows covers more, by the continuous model.
        undone_persons: people-months of the first stage that the future did not let happen.
    """

    values: Vector
    cash: Cash
    points: int
    bound_points: int
    undone_persons: int


class Recourse:
    """One future's problem, for whatever was decided before it.

    Its continuous model is solved once; for every first stage, and for every other cash, it is
    solved again from there, each time as if nothing else had been asked.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self._goal = problem.coverage + problem.earliness * (_LEAN / problem.world.horizon)
        self._is_small = len(layout.whole_columns(problem)) <= SMALL

    def free_bound_points(self, at_hand: Cash, months: int) -> int:
        """The most that could be covered had everything been known from the start.

        Who knows of a freeze spends, or obligates, before it: no cash is counted as frozen that
        was there in an earlier month, or that the cash at hand could have bound in the first
        months. That may be too much, and so is a bound.

        Args:
            at_hand: cash by purse and month as known today, in minor units.
            months: how many months are decided now.
        """
        cash = {
            purse: tuple(
                max((*amounts[: t + 1], *at_hand.get(purse, ())[:months]))
                for t, _ in enumerate(amounts)
            )
            for purse, amounts in self.problem.treasury.purses.cash.items()
        }
        return _up(self._relaxed(({}, layout.cash_bounds(self.problem, cash))).goal)

    def bound_points(self, first: FirstStage) -> int:
        """The most that can follow, by the continuous model: quick, and never too little."""
        cash = self._cash(first)
        try:
            return _up(self._relaxed(self._limits(first, self._kept(first), cash)).goal)
        except SolverError:
            held = self._as_far_as_possible(first, cash)
            return _up(self._relaxed(self._limits(first, held, cash)).goal)

    def follow(self, first: FirstStage) -> Followed:
        """The best continuation in whole units that the search finds."""
        return self._follow(first, self._cash(first))

    def without_earmarks(self, first: FirstStage, followed: Followed) -> Followed:
        """The same where money loses its earmarks after the first months.

        What follows with earmarks could follow without them too, so it is searched only where that
        may be more than `followed` by the gap of a search, and never is less.
        """
        cash = _pooled(followed.cash, first)
        if cash == followed.cash:
            return followed
        if not self._is_small and not followed.undone_persons:
            most = _up(self._relaxed(self._limits(first, self._kept(first), cash)).goal)
            if followed.points >= (1 - _GAP) * most:
                return replace(followed, cash=cash, bound_points=max(followed.points, most))
        found = self._follow(first, cash)
        if found.points < followed.points:
            return replace(followed, cash=cash, bound_points=found.bound_points)
        return found

    def _follow(self, first: FirstStage, cash: Cash) -> Followed:
        held = self._kept(first)
        try:
            answer, bound = self._best(self._limits(first, held, cash), held)
        except SolverError:
            held = self._as_far_as_possible(first, cash)
            answer, bound = self._best(self._limits(first, held, cash), held)
        points = int(float(self.problem.coverage @ answer.values) * FULL + _SLIP)
        return Followed(
            answer.values, cash, points, max(points, _up(bound)), self._undone(first, held)
        )

    def _cash(self, first: FirstStage) -> Cash:
        """Cash of the future; what the first stage pays and sets aside is safe from any freeze."""
        slack = round(_SLACK * self.problem.treasury.scale)
        found = {}
        for purse, amounts in self.problem.treasury.purses.cash.items():
            bound = first.bound_minor.get(purse, 0)
            found[purse] = tuple(a if a >= bound else bound + slack for a in amounts)
        return found

    def _kept(self, first: FirstStage) -> dict[int, Bounds]:
        """The first stage as decided, less what this future has no room for."""
        upper = self.problem.model.upper
        held = {}
        for key, column in layout.early_columns(self.problem, first.months).items():
            count = min(float(first.counts.get(key, 0)), float(upper[column]))
            held[column] = (count, count)
        return held

    def _limits(self, first: FirstStage, held: Mapping[int, Bounds], cash: Cash) -> Limits:
        """Bounds of columns and rows with which the first stage is held and paid as it was."""
        paid = layout.paid_bounds(self.problem, first.paid_minor)
        columns = {**held, **{c: (low, most + _SLACK) for c, (low, most) in paid.items()}}
        return columns, layout.cash_bounds(self.problem, cash)

    def _solver(self, limits: Limits) -> Solver:
        solver = Solver(self.problem.model)
        solver.bound(*limits)
        return solver

    def _relaxed(self, limits: Limits) -> Answer:
        return self._tableau.with_bounds(*limits)

    @cached_property
    def _tableau(self) -> Tableau:
        return Tableau(self.problem.model, self._goal)

    def _best(self, limits: Limits, held: Mapping[int, Bounds]) -> tuple[Answer, float]:
        """The answer and a bound.

        A small problem is searched whole, a large one where and when its continuous model has
        units, no more of them than there rounded up; any of these months may be the one they come.
        """
        goal, solver = self._goal, self._solver(limits)
        if self._is_small:
            answer = solver.best(goal, gap=0.0, nodes=COVERAGE_NODES)
            return answer, answer.bound
        relaxed = self._relaxed(limits)
        columns = [int(c) for c in layout.whole_columns(self.problem) if int(c) not in held]
        most = np.ceil(layout.coming_any_month(self.problem, relaxed.values) - _SLIP)
        solver.bound({c: (0.0, float(most[c])) for c in columns}, {})
        try:
            return solver.best(goal, gap=_GAP, nodes=_NODES), relaxed.goal
        except SolverError:
            upper = self.problem.model.upper
            solver.bound({c: (0.0, float(upper[c])) for c in columns}, {})
            return solver.best(goal, gap=_GAP, nodes=_NODES), relaxed.goal

    def _as_far_as_possible(self, first: FirstStage, cash: Cash) -> dict[int, Bounds]:
        """The first stage with as many of its people-months as this future lets happen."""
        room = {column: (0.0, most) for column, (_, most) in self._kept(first).items()}
        goal = np.zeros(self.problem.model.column_count)
        for (_, code, _, _), column in layout.early_columns(self.problem, first.months).items():
            goal[column] = 1 + first.persons.get(code, 0)
        solver = self._solver(self._limits(first, room, cash))
        answer = solver.best(goal, gap=0.0, nodes=COVERAGE_NODES)
        return {c: (float(n), float(n)) for c in room for n in [round(answer.values[c])]}

    def _undone(self, first: FirstStage, held: Mapping[int, Bounds]) -> int:
        early = layout.early_columns(self.problem, first.months)
        done = {key: round(held[column][0]) for key, column in early.items() if column in held}
        kept = {key: count for key, count in done.items() if key in first.counts}
        return first.persons_in(first.counts) - first.persons_in(kept)


def _pooled(cash: Cash, first: FirstStage) -> Cash:
    """After the first months, what earmarked money has not bound pays for anything of its fund."""
    found = {purse: list(amounts) for purse, amounts in cash.items()}
    for purse, amounts in cash.items():
        if purse.earmark == FREE:
            continue
        kept = first.bound_minor.get(purse, 0)
        for t in range(first.months, len(amounts)):
            moved = max(0, amounts[t] - kept)
            found[purse][t] -= moved
            found[Purse(purse.fund, FREE)][t] += moved
    return found


def _up(goal: float) -> int:
    """A bound in points, rounded up."""
    return int(goal * FULL + 1 - _SLIP)
