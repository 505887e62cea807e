"""Trying levers on a finished plan: how much a lifted limit or an answered call would gain."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from konbit.dossier.plan import FULL
from konbit.planner.goals import COVERAGE_NODES, SMALL, never
from konbit.planner.settle import points
from konbit.planner.solve import Solver, SolverError, Tableau

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from konbit.planner.levers import Lever
    from konbit.planner.searched import Enough
    from konbit.planner.settle import Solved
    from konbit.planner.solve import Answer, Vector

T = TypeVar("T")

_NODES = 20
_NODES_OF_PART = 1
_GAP = 0.002
_WORKERS = 2
_NOTHING = 1e-6  # below which the continuous model has nobody


@dataclass(frozen=True, slots=True)
class Gain:
    """Points that a lever gains over the plan: at least, and at most by the continuous bound."""

    least_points: int
    most_points: int


class Base:
    """The finished plan that levers are tried on.

    `quick` answers from the continuous model, warm from the plan's own. `full` answers in whole
    units: in a small problem by planning afresh with the lever pulled, in a larger one by a search
    among the units, places and months of the plan and of the continuous answer, where what is
    found is a plan as well and so a gain that is there at least.

    Args:
        solved: the plan, in a model that has what levers open.
        is_part: whether that model is only a part of the mission's, near the plan. What the search
            would find there without any lever is then not counted as a gain, and what is told to
            be gained at most is an estimate: further off a lever may do more.
        enough: asked before each lever and within; once it says yes, the rest is not tried.

    Raises:
        SolverError: there was enough before any lever could be tried.
    """

    def __init__(
        self, solved: Solved, *, is_part: bool = False, enough: Enough | None = None
    ) -> None:
        self.solved = solved
        self._enough = enough
        self.points, self.needed = points(solved.problem, solved.covered)
        model = solved.problem.model
        self._units = model.columns_of("present", "start", "relief").astype(np.int32)
        kinds = ("present", "start", "relief", "held", "ordered")
        self._whole = model.columns_of(*kinds).astype(np.int32)
        self._used = np.rint(solved.values[self._units]) > 0
        self.is_small = not is_part and model.whole.sum() <= SMALL
        self._goal = solved.problem.coverage
        self._reached = solved.stages[0].value  # before later goals and rounding down took a little
        one = Tableau(model, self._goal, enough=enough)
        more = [Tableau(model, self._goal, one, enough) for _ in range(_WORKERS - 1)]
        self._tableaus = [one, *more]
        self._continuous: dict[Lever, Vector] = {}
        self.relaxed_points = round(self._tableaus[0].goal * FULL)
        self._most = solved.stages[0].bound if is_part else self.relaxed_points
        self._nodes = _NODES_OF_PART if is_part else _NODES
        self._unlevered: Vector | None = None
        if is_part:
            found = self._without_lever(self._tableaus[0])
            self._reached = max(self._reached, round(found.goal * FULL))
            self._unlevered = np.where(model.whole, np.rint(found.values), found.values)

    def quick(self, levers: Sequence[Lever]) -> list[int] | None:
        """Points of the continuous model with each lever pulled, over those without.

        Nothing where there was enough before all were tried.
        """

        def points(tableau: Tableau, i: int) -> int:
            answer = tableau.with_bounds(levers[i].columns, levers[i].rows)
            self._continuous[levers[i]] = answer.values
            return round(answer.goal * FULL)

        tried = self._shared_out(points, len(levers))
        found = [there - self.relaxed_points for there in tried if there is not None]
        return found if len(found) == len(tried) else None

    def full(self, levers: Sequence[Lever], quick: Sequence[int]) -> list[Gain | None]:
        """What each lever gains in whole units added to the plan, and at most.

        Nothing for those not tried because there was enough before.
        """
        return self._shared_out(
            lambda tableau, i: self._added(tableau, levers[i], quick[i]), len(levers)
        )

    def _shared_out(self, work: Callable[[Tableau, int], T], count: int) -> list[T | None]:
        """What is found for each lever, every worker with a tableau of its own."""
        is_enough = self._enough or never

        def one(tableau: Tableau, i: int) -> T | None:
            try:
                return None if is_enough() else work(tableau, i)
            except SolverError:
                if not is_enough():
                    raise
                return None

        def part(worker: int) -> list[T | None]:
            return [one(self._tableaus[worker], i) for i in range(worker, count, _WORKERS)]

        with ThreadPoolExecutor(_WORKERS) as pool:
            parts = list(pool.map(part, range(_WORKERS)))
        return [parts[i % _WORKERS][i // _WORKERS] for i in range(count)]

    def _added(self, tableau: Tableau, lever: Lever, quick: int) -> Gain:
        if self.is_small:
            return self._afresh(lever)
        most = self.most_points(quick)
        if quick * FULL <= self.needed:  # a ten-thousandth of all that is needed
            return Gain(0, most)
        least = max(0, self._goal_with(tableau, lever) - self._reached)
        return Gain(least, max(least, most))

    def most_points(self, quick: int) -> int:
        """More than this over the plan no plan gains with a lever that gains `quick`."""
        return max(0, self._most + quick - self.points)

    def _afresh(self, lever: Lever) -> Gain:
        """What planning the whole mission again with a lever gains."""
        solver = self._solver()
        solver.bound(lever.columns, lever.rows)
        answer = solver.best(self._goal, gap=0.0, nodes=COVERAGE_NODES)
        least = max(0, round(answer.goal * FULL) - self._reached)
        return Gain(least, max(least, round(answer.bound * FULL) - self._reached))

    def _goal_with(self, tableau: Tableau, lever: Lever) -> int:
        """Points with a lever, searched where the plan or the continuous answer has units.

        What the continuous model would do with the lever is nearly always what whole units do,
        rounded; and where it is not, the plan's own units remain. In a part of a large model what
        was found there without any lever is gone on from, and whole numbers that it and the
        continuous answer have alike are held: a third of the time for nearly the same gain. What is
        found without any lever is found in the same way, from the plan.
        """
        continuous = self._continuous.get(lever)
        if continuous is None:
            continuous = tableau.with_bounds(lever.columns, lever.rows).values
        solver = self._solver()
        solver.bound(lever.columns, lever.rows)
        start = self._unlevered
        if start is None:
            idle = continuous[self._units] < _NOTHING
            solver.close(self._units[~self._used & idle])
        else:
            self._hold_alike(solver, start, continuous)
        return round(self._searched(solver, start).goal * FULL)

    def _solver(self) -> Solver:
        return Solver(self.solved.problem.model, self._enough)

    def _searched(self, solver: Solver, start: Vector | None) -> Answer:
        return solver.best(self._goal, gap=_GAP, nodes=self._nodes, start=start)

    def _without_lever(self, tableau: Tableau) -> Answer:
        """What is found in a part of a large model without any lever."""
        solver = self._solver()
        self._hold_alike(solver, self.solved.values, tableau.with_bounds({}, {}).values)
        return self._searched(solver, self.solved.values)

    def _hold_alike(self, solver: Solver, start: Vector, continuous: Vector) -> None:
        """Hold whole numbers that a plan and a continuous answer have alike."""
        there = start[self._whole]
        alike = np.abs(continuous[self._whole] - there) <= _NOTHING
        solver.hold(self._whole[alike], there[alike])
