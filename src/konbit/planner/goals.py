"""Solving one problem for its three goals in order: coverage, earliness, cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from konbit.dossier.plan import FULL
from konbit.planner.problem import assemble
from konbit.planner.search.effort import WHOLE_AT_ONCE
from konbit.planner.searched import COVERAGE_GAP, Watching, searched
from konbit.planner.settle import payable, settle, stage
from konbit.planner.solve import Solver
from konbit.planner.tidy import LATER_GAP, LATER_NODES, SLIP, relieved_late, saved

if TYPE_CHECKING:
    from konbit.dossier.plan import SolveStage
    from konbit.planner.constraints.money import Treasury
    from konbit.planner.problem import Problem, Vector
    from konbit.planner.searched import Answered, Enough, Progress, Watch
    from konbit.planner.settle import Solved
    from konbit.planner.solve import Answer
    from konbit.planner.world import World

COVERAGE_NODES = 5_000
ONE_LOOK = 5_000  # whole columns up to which the solver's first look is waited for
MIDDLING = 1_500  # whole columns up to which the solver's own tree is searched
SMALL = 600  # whole columns up to which all three goals are searched among all plans
_WIDE_GAP = 0.012  # gap of the solver's first look above which a search goes on


def never() -> bool:
    """Nobody ends the search early."""
    return False


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
    return payable(treasury, lambda kept_back: settle(*_three_goals(world, kept_back, watching)))


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
        return searched(lean, lean, watching)
    problem = assemble(world, treasury)
    if problem.model.whole.sum() <= SMALL:
        values, stages = _exactly(problem, watching.progress)
        return problem, relieved_late(problem, values), stages
    watching.progress("coverage", 0.0)
    if lean.model.whole.sum() > ONE_LOOK:
        return searched(problem, lean, watching, beside=True)
    nodes = COVERAGE_NODES if problem.model.whole.sum() <= MIDDLING else 1
    first = Solver(problem.model).best(problem.leaning, gap=COVERAGE_GAP, nodes=nodes)
    if first.gap > _WIDE_GAP and not watching.enough():
        return searched(problem, lean, watching, first=first)
    values, stages = _leaning(problem, watching.progress, first)
    return problem, relieved_late(problem, values), stages


def _leaning(
    problem: Problem, progress: Progress, first: Answer
) -> tuple[Vector, tuple[SolveStage, ...]]:
    """Cost saved inside the plan found; the later goals' bounds by the continuous model."""
    reached = float(problem.coverage @ first.values)
    early = float(problem.earliness @ first.values)
    progress("cost", 0.6)
    third = saved(problem, first.values)
    progress("bounds", 0.8)
    relaxed = Solver(problem.model)
    relaxed.floor(problem.coverage, reached * (1 - SLIP))
    earliest = relaxed.best(problem.earliness, gap=0.0, nodes=1, relaxed=True)
    relaxed.floor(problem.earliness, early * (1 - SLIP))
    cheapest = relaxed.best(-problem.cost, gap=0.0, nodes=1, relaxed=True)
    scale = problem.treasury.scale
    stages = (
        stage("coverage", reached * FULL, first.bound * FULL),
        stage("earliness", early * FULL, earliest.goal * FULL),
        stage("cost", -third.goal * scale, -cheapest.goal * scale),
    )
    return third.values, stages


def _exactly(problem: Problem, progress: Progress) -> tuple[Vector, tuple[SolveStage, ...]]:
    solver = Solver(problem.model)
    progress("coverage", 0.0)
    first = solver.best(problem.coverage, gap=0.0, nodes=COVERAGE_NODES)
    solver.floor(problem.coverage, first.goal * (1 - SLIP))
    progress("earliness", 0.4)
    second = solver.best(problem.earliness, gap=LATER_GAP, nodes=LATER_NODES, start=first.values)
    solver.floor(problem.earliness, second.goal * (1 - SLIP))
    progress("cost", 0.7)
    third = solver.best(-problem.cost, gap=LATER_GAP, nodes=LATER_NODES, start=second.values)
    scale = problem.treasury.scale
    stages = (
        stage("coverage", first.goal * FULL, first.bound * FULL),
        stage("earliness", second.goal * FULL, second.bound * FULL),
        stage("cost", -third.goal * scale, -third.bound * scale),
    )
    return third.values, stages
