"""Solving one problem for its three goals in order: coverage, earliness, cost."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from math import ceil
from typing import TYPE_CHECKING

import numpy as np

from konbit.dossier.plan import FULL, SolveStage
from konbit.planner.covered import Covered, covered
from konbit.planner.draft import Draft
from konbit.planner.model import NONE
from konbit.planner.payments import NotPayableError, Share, divide
from konbit.planner.problem import Problem, assemble
from konbit.planner.search.effort import WHOLE_AT_ONCE
from konbit.planner.search.neighbourhoods import kept_only
from konbit.planner.search.searching import Found, Search, Standing
from konbit.planner.solve import Answer, Solver, SolverError
from konbit.planner.whole import (
    Item,
    Whole,
    obligations,
    round_units,
    tail,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from konbit.planner.constraints.money import Treasury
    from konbit.planner.problem import Vector
    from konbit.planner.solve import Chosen
    from konbit.planner.world import World

    Progress = Callable[[str, float], None]
    Watch = Callable[[float, float], None]
    Enough = Callable[[], bool]


def never() -> bool:
    """Nobody ends the search early."""
    return False


COVERAGE_GAP = 0.009
LATER_GAP = 0.02
COVERAGE_NODES = 5_000
LATER_NODES = 50
ONE_LOOK = 5_000  # whole columns up to which the solver's first look is waited for
MIDDLING = 1_500  # whole columns up to which the solver's own tree is searched
SMALL = 600  # whole columns up to which all three goals are searched among all plans
_LEAN = 1e-3  # how much more a month of coverage counts at the start than at the end
_MARGINS = (0.0, 0.2, 20.0)  # hundreds of the currency kept back when rounding does not fit
_WIDE_GAP = 0.012  # gap of the solver's first look above which a search goes on
_SLIP = 1e-7  # share of a goal that later goals may lose to rounding


@dataclass(frozen=True, eq=False)
class Solved:
    """A problem with its whole-number answer."""

    problem: Problem
    values: Vector
    stages: tuple[SolveStage, ...]
    whole: Whole
    items: tuple[Item, ...]
    tail: tuple[Item, ...]
    shares: tuple[Share, ...]
    covered: Covered


def solve(
    world: World,
    treasury: Treasury,
    progress: Progress,
    *,
    watch: Watch | None = None,
    enough: Enough = never,
) -> Solved:
    """Plan: the three goals in order, then whole numbers whose cash adds up exactly.

    Args:
        world: sets and numbers.
        treasury: money.
        progress: told the step and the share done.
        watch: told coverage reached and the most that any plan could cover, while searching.
        enough: asked between steps of a long search; yes ends it with the best plan so far.
    """
    watching = Watching(progress, watch, enough)
    for margin in _MARGINS:
        kept_back = replace(treasury, margin=margin)
        problem, values, stages = _three_goals(world, kept_back, watching)
        try:
            return _settle(problem, values, stages)
        except NotPayableError:
            if margin == _MARGINS[-1]:
                raise
    raise NotPayableError


@dataclass(frozen=True, slots=True)
class Watching:
    """Who is told how far a search has come, and who may end it."""

    progress: Progress
    watch: Watch | None
    enough: Enough


Answered = tuple[Problem, "Vector", tuple[SolveStage, ...]]


def _three_goals(world: World, treasury: Treasury, watching: Watching) -> Answered:
    """Coverage, then earliness, then cost.

    In a small problem each is searched among all plans that are as good in those before it. In a
    larger one coverage leans to the early months from the start, and cost is then saved within the
    plan found: nobody comes who was not to come, and nothing covered is given up. The bounds of the
    later goals are then those of the continuous model, and their gaps accordingly wide. Where the
    solver's first look at the whole model leaves a wide gap, or the model is too large for one, a
    search goes on near the best plan.
    """
    lean = assemble(world, treasury, wide=False)
    if lean.model.whole.sum() > WHOLE_AT_ONCE:
        return _searched(lean, lean, watching)
    problem = assemble(world, treasury)
    if problem.model.whole.sum() <= SMALL:
        values, stages = _exactly(problem, watching.progress)
        return problem, _relieved_late(problem, values), stages
    watching.progress("coverage", 0.0)
    if lean.model.whole.sum() > ONE_LOOK:
        return _searched(problem, lean, watching, beside=True)
    nodes = COVERAGE_NODES if problem.model.whole.sum() <= MIDDLING else 1
    first = Solver(problem.model).best(_towards(problem), gap=COVERAGE_GAP, nodes=nodes)
    if first.gap > _WIDE_GAP and not watching.enough():
        return _searched(problem, lean, watching, first=first)
    values, stages = _leaning(problem, watching.progress, first)
    return problem, _relieved_late(problem, values), stages


def _towards(problem: Problem) -> Vector:
    """Coverage, leaning to the early months."""
    return problem.coverage + problem.earliness * (_LEAN / problem.world.horizon)


def _searched(
    problem: Problem,
    lean: Problem,
    watching: Watching,
    first: Answer | None = None,
    *,
    beside: bool = False,
) -> Answered:
    """The answer of a search: its units, no more than they cost; the later goals' bounds are bare.

    Args:
        problem: in whose columns the answer is given.
        lean: the same without what only levers open, in which the search goes on.
        watching: who is told, and who may end it.
        first: a plan of `problem` to begin from, with what it proves.
        beside: whether the solver looks at the whole model while the search goes on.
    """
    needed = _needed(lean)

    def told(standing: Standing) -> None:
        watching.progress("search", 0.1 + 0.8 * standing.share)
        if watching.watch is not None:
            most = min(1.0, standing.bound / needed)
            watching.watch(standing.reached / needed, most)

    search = Search(lean, told, watching.enough)
    if first is not None:
        found = search.run(Draft.of(problem.variables, first.values), first.bound)
    elif beside:
        found = _beside(lean, search)
    else:
        found = search.run()
    watching.progress("cost", 0.9)
    kept = assemble(lean.world, lean.treasury, wide=False, region=kept_only(found.draft))
    values = _tidied(kept, found.draft)
    scale = lean.treasury.scale
    covered_most = min(found.bound, needed)
    stages = (
        _stage("coverage", float(kept.coverage @ values) * FULL, covered_most * FULL),
        _stage("earliness", float(kept.earliness @ values) * FULL, _needed_early(lean) * FULL),
        _stage("cost", float(kept.cost @ values) * scale, 0.0),
    )
    return problem, _in_columns_of(problem, kept, values), stages


def _beside(lean: Problem, search: Search) -> Found:
    """A search, and on another core the solver's first look with its cuts, for a closer bound."""
    solver = Solver(lean.model)
    with ThreadPoolExecutor(1) as pool:
        looking = pool.submit(solver.best, _towards(lean), gap=COVERAGE_GAP, nodes=1)
        found = search.run()
        seen = looking.result()
    reached = float(lean.coverage @ seen.values)
    draft = found.draft if found.reached >= reached else Draft.of(lean.variables, seen.values)
    return Found(draft, max(found.reached, reached), min(found.bound, seen.bound))


def _needed(problem: Problem) -> float:
    """All that is needed, in weighted requirement-months."""
    return float(problem.coverage[problem.coverage > 0].sum())


def _needed_early(problem: Problem) -> float:
    """The same, each month counted by how many are left."""
    return float(problem.earliness[problem.earliness > 0].sum())


def _tidied(kept: Problem, draft: Draft) -> Vector:
    """The draft's units without those that cover nothing; where they are many, as they are."""
    solver = Solver(kept.model)
    whole = kept.model.columns_of("present", "start", "held", "ordered").astype(np.int32)
    start = draft.values(kept)
    solver.hold(whole, start[whole])
    first = solver.best(kept.coverage, gap=0.0, nodes=LATER_NODES)
    if kept.model.whole.sum() > WHOLE_AT_ONCE:
        return _relieved_late(kept, first.values)
    early = float(kept.earliness @ first.values)
    saving = Solver(kept.model)
    saving.floor(kept.coverage, first.goal * (1 - _SLIP))
    saving.floor(kept.earliness, early * (1 - _SLIP))
    units = _units_of(kept)
    saving.at_most(units, first.values[units])
    third = saving.best(-kept.cost, gap=LATER_GAP, nodes=LATER_NODES, start=first.values)
    return _relieved_late(kept, third.values)


def _in_columns_of(problem: Problem, kept: Problem, values: Vector) -> Vector:
    """Whole numbers of one problem in the columns of another that has them all."""
    found = Draft.of(kept.variables, values).values(problem)
    for here, there in zip(kept.variables.relief, problem.variables.relief, strict=True):
        both = (here != NONE) & (there != NONE)
        found[there[both]] = values[here[both]]
    return found


def _leaning(
    problem: Problem, progress: Progress, first: Answer
) -> tuple[Vector, tuple[SolveStage, ...]]:
    reached = float(problem.coverage @ first.values)
    early = float(problem.earliness @ first.values)
    progress("cost", 0.6)
    tidy = Solver(problem.model)
    tidy.floor(problem.coverage, reached * (1 - _SLIP))
    tidy.floor(problem.earliness, early * (1 - _SLIP))
    tidy.at_most(_units_of(problem), first.values[_units_of(problem)])
    third = tidy.best(-problem.cost, gap=LATER_GAP, nodes=LATER_NODES, start=first.values)
    progress("bounds", 0.8)
    relaxed = Solver(problem.model)
    relaxed.floor(problem.coverage, reached * (1 - _SLIP))
    earliest = relaxed.best(problem.earliness, gap=0.0, nodes=1, relaxed=True)
    relaxed.floor(problem.earliness, early * (1 - _SLIP))
    cheapest = relaxed.best(-problem.cost, gap=0.0, nodes=1, relaxed=True)
    scale = problem.treasury.scale
    stages = (
        _stage("coverage", reached * FULL, first.bound * FULL),
        _stage("earliness", early * FULL, earliest.goal * FULL),
        _stage("cost", -third.goal * scale, -cheapest.goal * scale),
    )
    return third.values, stages


def _relieved_late(problem: Problem, values: Vector) -> Vector:
    """The same plan with no relief more or sooner than it takes.

    To the three goals it is one when in a tour relief comes; to those who travel it is not.
    """
    model, horizon = problem.model, problem.world.horizon
    reliefs = model.columns_of("relief")
    if not np.rint(values[reliefs]).any():
        return values
    worth = np.zeros(model.column_count)
    for columns in problem.variables.relief:
        place = np.nonzero(columns != NONE)
        worth[columns[place]] = place[1] - 2.0 * horizon
    solver = Solver(model)
    for goal in (problem.coverage, problem.earliness, -problem.cost):
        reached = float(goal @ values)
        solver.floor(goal, reached - _SLIP * max(1.0, abs(reached)))
    kept = model.columns_of("present", "start", "ordered", "held").astype(np.int32)
    solver.hold(kept, values[kept])
    try:
        return solver.best(worth, gap=0.0, nodes=LATER_NODES).values
    except SolverError:
        return values  # held that closely, rounding may leave the solver no room


def _units_of(problem: Problem) -> Chosen:
    """The columns of presence, starts and reliefs."""
    return problem.model.columns_of("present", "start", "relief").astype(np.int32)


def _exactly(problem: Problem, progress: Progress) -> tuple[Vector, tuple[SolveStage, ...]]:
    solver = Solver(problem.model)
    progress("coverage", 0.0)
    first = solver.best(problem.coverage, gap=0.0, nodes=COVERAGE_NODES)
    solver.floor(problem.coverage, first.goal * (1 - _SLIP))
    progress("earliness", 0.4)
    second = solver.best(problem.earliness, gap=LATER_GAP, nodes=LATER_NODES, start=first.values)
    solver.floor(problem.earliness, second.goal * (1 - _SLIP))
    progress("cost", 0.7)
    third = solver.best(-problem.cost, gap=LATER_GAP, nodes=LATER_NODES, start=second.values)
    scale = problem.treasury.scale
    stages = (
        _stage("coverage", first.goal * FULL, first.bound * FULL),
        _stage("earliness", second.goal * FULL, second.bound * FULL),
        _stage("cost", -third.goal * scale, -third.bound * scale),
    )
    return third.values, stages


def _stage(goal: str, value: float, bound: float) -> SolveStage:
    gap = abs(bound - value) / max(1.0, abs(bound), abs(value))
    return SolveStage(goal, round(value), round(bound), ceil(gap * FULL - 1e-6))


def _settle(problem: Problem, values: Vector, stages: tuple[SolveStage, ...]) -> Solved:
    whole = round_units(problem, values)
    items = obligations(problem, whole)
    kept = tail(problem, whole)
    shares = divide(items, kept, problem.treasury.purses.cash)
    shown = covered(problem, whole)
    return Solved(problem, values, stages, whole, items, kept, shares, shown)


def points(problem: Problem, shown: Covered) -> tuple[int, int]:
    """Points covered and points needed, in ten-thousandths of a weighted requirement-month."""
    got = sum(problem.world.needs[n].weight * share for (n, _), share in shown.shares.items())
    wanted = sum(problem.world.needs[n].weight * FULL for n, _ in shown.shares)
    return got, wanted
