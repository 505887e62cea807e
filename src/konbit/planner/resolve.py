"""Trying levers on a finished plan: how much a lifted limit or an answered call would gain."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from konbit.dossier.plan import FULL
from konbit.planner.goals import COVERAGE_NODES, SMALL, points
from konbit.planner.solve import Solver, Tableau

if TYPE_CHECKING:
    from collections.abc import Sequence

    from konbit.planner.goals import Solved
    from konbit.planner.levers import Lever
    from konbit.planner.solve import Chosen

_NODES = 1
_GAP = 0.015
_WORKERS = 2


@dataclass(frozen=True, slots=True)
class Gain:
    """Points that a lever gains over the plan: at least, and at most by the continuous bound."""

    least_points: int
    most_points: int


class Base:
    """The finished plan that levers are tried on.

    `quick` answers from the continuous model, warm from the plan's own. `full` answers in whole
    units: in a small problem by planning afresh with the lever pulled, in a larger one by a search
    near the plan, whose answer is a plan as well and so a gain that is there at least.
    """

    def __init__(self, solved: Solved) -> None:
        self.solved = solved
        self.points, self.needed = points(solved.problem, solved.covered)
        model = solved.problem.model
        self._present = model.columns_of("present").astype(np.int32)
        self._there = np.rint(solved.values[self._present])
        self.is_small = model.whole.sum() <= SMALL
        self._unused = self._never_used()
        self._goal = solved.problem.coverage
        self._reached = solved.stages[0].value  # before later goals and rounding down took a little
        self._tableaus = [Tableau(model, self._goal) for _ in range(_WORKERS)]
        self.relaxed_points = round(self._tableaus[0].goal * FULL)

    def _never_used(self) -> Chosen:
        """Columns of units at sites at which the plan never has them."""
        solved = self.solved
        names = solved.problem.model.column_names
        used = {names[c][1:3] for c, x in zip(self._present, self._there, strict=True) if x}
        unused = (
            c
            for c, name in enumerate(names)
            if name[0] in {"present", "start", "relief"} and name[1:3] not in used
        )
        return np.fromiter(unused, dtype=np.int32)

    def quick(self, levers: Sequence[Lever]) -> list[int]:
        """Points of the continuous model with each lever pulled, over those without."""

        def part(worker: int) -> list[int]:
            tableau = self._tableaus[worker]
            return [
                round(tableau.with_bounds(lever.columns, lever.rows) * FULL) - self.relaxed_points
                for lever in levers[worker::_WORKERS]
            ]

        with ThreadPoolExecutor(_WORKERS) as pool:
            parts = list(pool.map(part, range(_WORKERS)))
        return [parts[i % _WORKERS][i // _WORKERS] for i in range(len(levers))]

    def full(self, levers: Sequence[Lever], quick: Sequence[int]) -> list[Gain]:
        """What each lever gains in whole units added to the plan, and at most."""
        with ThreadPoolExecutor(_WORKERS) as pool:
            return list(pool.map(self._added, levers, quick))

    def _added(self, lever: Lever, quick: int) -> Gain:
        if self.is_small:
            return self._afresh(lever)
        most = max(0, self.relaxed_points + quick - self.points)
        if quick * FULL <= self.needed:  # a ten-thousandth of all that is needed
            return Gain(0, max(0, quick))
        least = self._goal_with(lever) - self._reached
        return Gain(max(0, least), max(0, least, most))

    def _afresh(self, lever: Lever) -> Gain:
        """What planning the whole mission again with a lever gains."""
        solver = Solver(self.solved.problem.model)
        solver.bound(lever.columns, lever.rows)
        answer = solver.best(self._goal, gap=0.0, nodes=COVERAGE_NODES)
        least = max(0, round(answer.goal * FULL) - self._reached)
        return Gain(least, max(least, round(answer.bound * FULL) - self._reached))

    def _goal_with(self, lever: Lever) -> int:
        """Points with a lever, searched near the plan.

        With more cash: the plan and whatever may be added to it. Otherwise the plan's own units,
        free to come and leave at other times, and those that the lever lets in.
        """
        solver = Solver(self.solved.problem.model)
        solver.bound(lever.columns, lever.rows)
        if lever.brings_cash:
            solver.at_least(self._present, self._there)
        else:
            opened = np.fromiter(lever.columns, dtype=np.int32, count=len(lever.columns))
            solver.close(np.setdiff1d(self._unused, opened).astype(np.int32))
        answer = solver.best(self._goal, gap=_GAP, nodes=_NODES)
        return round(answer.goal * FULL)
