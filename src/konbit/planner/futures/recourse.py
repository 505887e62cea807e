"""The second stage: the best that can follow a first stage in one future."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from konbit.dossier.plan import FULL
from konbit.planner.futures import layout
from konbit.planner.goals import COVERAGE_NODES, SMALL
from konbit.planner.solve import Solver, SolverError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from konbit.planner.futures.first_stage import FirstStage
    from konbit.planner.futures.layout import Bounds
    from konbit.planner.problem import Problem, Vector
    from konbit.planner.solve import Answer

_GAP = 0.003
_NODES = 20
_SLACK = 0.05  # hundreds of the currency: cents lost where whole amounts are rounded
_SLIP = 1e-6


@dataclass(frozen=True, eq=False)
class Followed:
    """What follows a first stage in a future.

    Attributes:
        values: of the model's columns, in whole units; none where only the bound was asked for.
        points: coverage reached, in ten-thousandths; a plan, so a lower bound of the best.
        bound_points: no continuation covers more, by the continuous model.
        undone: people-months of the first stage that the future did not let happen.
    """

    values: Vector | None
    points: int
    bound_points: int
    undone: int


class Recourse:
    """One future's problem, for whatever was decided before it."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self._is_small = len(layout.whole_columns(problem)) <= SMALL
        self._people = {u.code: u.strength_persons for u in problem.world.units}
        self._paying = layout.paying_columns(problem)

    def unbound_points(self) -> int:
        """The most that could be covered had everything been known from the start."""
        answer = Solver(self.problem.model).best(
            self.problem.coverage, gap=0.0, nodes=1, relaxed=True
        )
        return _up(answer.goal)

    def bound_points(self, first: FirstStage) -> int:
        """The most that can follow, by the continuous model: quick, and never too little."""
        try:
            return _up(self._relaxed(self._solver(first, self._kept(first))).goal)
        except SolverError:
            held, _ = self._as_far_as_possible(first)
            return _up(self._relaxed(self._solver(first, held)).goal)

    def follow(self, first: FirstStage, *, earmarks: bool = True) -> Followed:
        """The best continuation in whole units that the search finds.

        Args:
            first: what was decided.
            earmarks: whether money keeps its earmarks after the first months.
        """
        held = self._kept(first)
        try:
            values, bound = self._best(first, held, earmarks)
        except SolverError:
            held, _ = self._as_far_as_possible(first)
            values, bound = self._best(first, held, earmarks)
        points = int(float(self.problem.coverage @ values) * FULL + _SLIP)
        return Followed(values, points, max(points, bound), self._undone(first, held))

    def _kept(self, first: FirstStage) -> dict[int, Bounds]:
        """The first stage as decided, less what this future has no room for."""
        held = {}
        for key, column in layout.early_columns(self.problem, first.months).items():
            count = min(float(first.counts.get(key, 0)), layout.upper_of(self.problem, column))
            held[column] = (count, count)
        return held

    def _solver(self, first: FirstStage, held: Mapping[int, Bounds]) -> Solver:
        """The model with the first stage held, paid as it was, and safe from any freeze."""
        problem = self.problem
        scale = problem.treasury.scale
        rows = {}
        for purse, amount in first.bound_minor.items():
            for row in layout.cash_rows(problem, purse):
                most = max(layout.row_upper(problem, row), amount / scale + _SLACK)
                rows[row] = (-np.inf, most)
        solver = Solver(problem.model)
        solver.bound(held, rows)
        for purse, paid in first.paid_minor.items():
            goal = np.zeros(len(problem.coverage))
            for t, amount in enumerate(paid):
                goal[self._paying.get(purse, {}).get(t, [])] = -1.0
                if goal.any():
                    solver.floor(goal, -amount / scale - _SLACK)
        return solver

    def _relaxed(self, solver: Solver) -> Answer:
        return solver.best(self.problem.coverage, gap=0.0, nodes=1, relaxed=True)

    def _best(
        self, first: FirstStage, held: Mapping[int, Bounds], earmarks: bool
    ) -> tuple[Vector, int]:
        """A small problem is searched whole, a large one among what its continuous model uses."""
        goal = self.problem.coverage
        solver = self._solver(first, held)
        if not earmarks:
            solver.bound(layout.without_earmarks(self.problem, first.months), {})
        if self._is_small:
            answer = solver.best(goal, gap=0.0, nodes=COVERAGE_NODES)
            return answer.values, _up(answer.bound)
        relaxed = self._relaxed(solver)
        whole = layout.whole_columns(self.problem)
        unused = whole[relaxed.values[whole] < _SLIP]
        closed = {int(c): (0.0, 0.0) for c in unused if int(c) not in held}
        solver.bound(closed, {})
        try:
            answer = solver.best(goal, gap=_GAP, nodes=_NODES)
        except SolverError:
            open_again = {c: (0.0, layout.upper_of(self.problem, c)) for c in closed}
            solver.bound(open_again, {})
            answer = solver.best(goal, gap=_GAP, nodes=_NODES)
        return answer.values, _up(relaxed.goal)

    def _as_far_as_possible(self, first: FirstStage) -> tuple[dict[int, Bounds], int]:
        """The most people-months of the first stage that this future lets happen."""
        early = layout.early_columns(self.problem, first.months)
        room = {column: (0.0, most) for column, (_, most) in self._kept(first).items()}
        goal = np.zeros(len(self.problem.coverage))
        for (_, code, _, _), column in early.items():
            goal[column] = 1 + self._people.get(code, 0)
        answer = self._solver(first, room).best(goal, gap=0.0, nodes=COVERAGE_NODES)
        held = {c: (float(round(answer.values[c])),) * 2 for c in room}
        return held, 0

    def _undone(self, first: FirstStage, held: Mapping[int, Bounds]) -> int:
        early = layout.early_columns(self.problem, first.months)
        return sum(
            count * self._people.get(key[1], self._strength(key[1]))
            - (round(held[early[key]][0]) * self._people.get(key[1], 0) if key in early else 0)
            for key, count in first.counts.items()
            if key[0] == layout.PRESENT
        )

    def _strength(self, unit: str) -> int:
        """People of a unit that this future does not have at all."""
        code = unit.partition("@")[0]
        offers = {o.code: o for o in self.problem.world.dossier.rows(_offers())}
        offer = offers.get(code)
        return 0 if offer is None or offer.kind == "service" else offer.strength_persons


def _up(goal: float) -> int:
    return int(goal * FULL + 1 - _SLIP)
