"""The only benchmark file that knows the planner's inside: read, build, relax, solve, settle."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import highspy
import numpy as np

from konbit.dossier.plan import FULL
from konbit.planner import goals, planning, settle, solve, tables
from konbit.planner.model import NONE
from konbit.planner.problem import assemble, prepare
from konbit.planner.verify import verify
from made_missions.frame import AS_OF

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from konbit.dossier import Dossier
    from konbit.dossier.plan import Plan
    from konbit.planner.constraints.money import Treasury
    from konbit.planner.costs import Flow
    from konbit.planner.problem import Problem
    from konbit.planner.settle import Solved
    from konbit.planner.world import World

    Counts = np.ndarray[Any, np.dtype[np.int64]]

SCENARIO = "base"


@dataclass(frozen=True, eq=False)
class Choice:
    """A plan as a peer makes it: who is where and starts when, and what is built.

    Attributes:
        present: by unit, site and month.
        starts: the same, for arrivals of candidates and moves of opening units.
        orders: month of order by building option.
    """

    present: Sequence[Counts]
    starts: Sequence[Counts]
    orders: Mapping[int, int]


@dataclass(frozen=True, eq=False)
class Score:
    """What a plan is worth by the one arithmetic for all: points, and rules that it breaks."""

    points: int
    needed: int
    broken: tuple[str, ...]
    plan: Plan

    @property
    def share(self) -> float:
        """Share of the weighted need that is covered."""
        return self.points / max(1, self.needed)


def read_sets(dossier: Dossier) -> tuple[World, Treasury]:
    """The sets and the money of a dossier."""
    return prepare(dossier.known_on(AS_OF), AS_OF, dossier.mission.scenario)


def flows_of(treasury: Treasury, u: int) -> list[Flow]:
    """What one unit costs, payer by payer."""
    return treasury.costs.of_unit(u)


def build(world: World, treasury: Treasury) -> Problem:
    """The model that the planner searches."""
    return assemble(world, treasury, wide=False)


def relax(problem: Problem) -> float:
    """The bound of the continuous model, in points, by an interior-point method."""
    highs = solve.quiet()
    highs.setOptionValue("threads", 1)
    highs.setOptionValue("solver", "ipm")
    highs.setOptionValue("run_crossover", "off")
    lp = solve.as_highs(problem.model)
    lp.integrality_ = []
    lp.col_cost_ = problem.coverage
    lp.sense_ = highspy.ObjSense.kMaximize
    highs.passModel(lp)
    highs.run()
    if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        highs.setOptionValue("run_crossover", "on")
        highs.run()
    assert highs.getModelStatus() == highspy.HighsModelStatus.kOptimal
    return float(highs.getInfo().objective_function_value) * FULL


def search(world: World, treasury: Treasury, *, seconds: float | None = None) -> Searched:
    """The planner's own plan, without what explains it.

    Args:
        world: the problem.
        treasury: its money.
        seconds: of processor time on all cores, after which the search is ended; other work
            on the machine changes little.
    """
    begun, used = time.perf_counter(), time.process_time()
    first: list[float] = []

    def watch(reached_share: float, _most_share: float) -> None:
        if reached_share > 0 and not first:
            first.append(time.perf_counter() - begun)

    def enough() -> bool:
        return seconds is not None and time.process_time() - used > seconds

    solved = goals.solve(world, treasury, planning.silent, watch=watch, enough=enough)
    return Searched(solved, first[0] if first else time.perf_counter() - begun)


@dataclass(frozen=True)
class Searched:
    """A plan found, and after how many seconds the first one stood."""

    solved: Solved
    first_seconds: float


def value_and_bound(solved: Solved) -> tuple[int, int]:
    """Points of coverage that the search reached, and more than which are not possible."""
    return solved.stages[0].value, solved.stages[0].bound


def judge(dossier: Dossier, problem: Problem, choice: Choice) -> Score:
    """What a peer's plan is worth: its costs, payments and coverage, then every rule of the check.

    Raises:
        NotPayableError: the plan's costs do not fit the cash there is.
        ValueError: a unit is placed where it may never be.
    """
    values = np.zeros(problem.model.column_count)
    for columns, counts in (
        *zip(problem.variables.present, choice.present, strict=True),
        *zip(problem.variables.start, choice.starts, strict=True),
    ):
        if counts[columns == NONE].any():
            raise ValueError("a unit is placed where it may never be")
        values[columns[columns != NONE]] = counts[columns != NONE]
    for q, t in choice.orders.items():
        values[problem.variables.ordered[q, t]] = 1
    return score(dossier, settle.settle(problem, values, ()))


def score(dossier: Dossier, solved: Solved) -> Score:
    """Points of a plan as its tables give them, and the rules that the check finds broken."""
    known = dossier.known_on(AS_OF)
    made = planning.plan_of(dossier, known, AS_OF, SCENARIO, solved, ())
    made = replace(made, coverage=tables.coverage_rows(solved, {}))
    broken = tuple(check.rule for check in verify(dossier, made) if check.violated)
    points = sum(row.weight * row.share for row in made.coverage)
    needed = sum(row.weight * FULL for row in made.coverage)
    return Score(points, needed, broken, made)
