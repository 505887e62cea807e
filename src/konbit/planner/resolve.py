"""Solving changed problems: how much a lifted limit or an answered call would gain."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from konbit.dossier.plan import FULL
from konbit.planner.goals import COVERAGE_GAP, points
from konbit.planner.lines import Lines
from konbit.planner.problem import assemble
from konbit.planner.solve import Solver

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from konbit.planner.constraints.money import Treasury
    from konbit.planner.goals import Solved
    from konbit.planner.model import Name
    from konbit.planner.problem import Problem
    from konbit.planner.world import World

T = TypeVar("T")
R = TypeVar("R")

_NODES = 60
_WORKERS = 2


@dataclass(frozen=True, slots=True)
class Gain:
    """Points that a change gains over the plan: at least, and at most by the proven bound."""

    least_points: int
    most_points: int


class Base:
    """The finished plan that changes are compared with."""

    def __init__(self, solved: Solved) -> None:
        self.solved = solved
        self.points, self.needed = points(solved.problem, solved.covered)
        model = solved.problem.model
        self._values: dict[Name, float] = {
            name: round(float(solved.values[column]))
            for column, name in enumerate(model.column_names)
            if model.whole[column]
        }
        self.relaxed_points = self._relaxed(solved.problem)

    def _relaxed(self, problem: Problem) -> int:
        answer = Solver(problem.model).best(problem.coverage, gap=0.0, nodes=1, relaxed=True)
        return round(answer.goal * FULL)

    def quick(self, world: World, treasury: Treasury) -> int:
        """What a change gains in the continuous model: fast, for ranking only."""
        problem = assemble(world, refreshed(world, treasury))
        return self._relaxed(problem) - self.relaxed_points

    def full(self, world: World, treasury: Treasury) -> Gain:
        """What a change gains in whole units, with its proven bound, starting from the plan."""
        problem = assemble(world, refreshed(world, treasury))
        model = problem.model
        start = {
            column: self._values.get(name, 0.0)
            for column, name in enumerate(model.column_names)
            if model.whole[column]
        }
        solver = Solver(model)
        answer = solver.best(problem.coverage, gap=COVERAGE_GAP, nodes=_NODES, partial=start)
        least = round(answer.goal * FULL) - self.points
        most = round(answer.bound * FULL) - self.points
        return Gain(max(0, least), max(0, least, most))


def refreshed(world: World, treasury: Treasury) -> Treasury:
    """The treasury with cost lines of a changed world."""
    return replace(treasury, lines=Lines(world, treasury.prices))


def in_parallel(do: Callable[[T], R], items: Iterable[T]) -> Sequence[R]:
    """Apply to each item, on two cores; answers in the order of the items."""
    with ThreadPoolExecutor(_WORKERS) as pool:
        return list(pool.map(do, items))
