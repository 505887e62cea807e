"""The answer of a search, as that of a solve: a plan in the problem's columns, and its proof."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from math import inf
from threading import Event
from typing import TYPE_CHECKING

import numpy as np

from konbit.dossier.plan import FULL, SolveStage
from konbit.planner.draft import Draft
from konbit.planner.problem import Problem, assemble
from konbit.planner.proving import Proving
from konbit.planner.search.effort import WHOLE_AT_ONCE
from konbit.planner.search.neighbourhoods import kept_only
from konbit.planner.search.searching import Found, Search, Standing
from konbit.planner.settle import stage
from konbit.planner.solve import Solver
from konbit.planner.tidy import LATER_NODES, relieved_late, saved
from konbit.planner.tightening import tightened

if TYPE_CHECKING:
    from collections.abc import Callable

    from konbit.planner.problem import Vector
    from konbit.planner.solve import Answer

    Progress = Callable[[str, float], None]
    Watch = Callable[[float, float], None]
    Enough = Callable[[], bool]
    Limit = Callable[[], Enough]

Answered = tuple[Problem, "Vector", tuple[SolveStage, ...]]

COVERAGE_GAP = 0.009


@dataclass(frozen=True, slots=True)
class Watching:
    """Who is told how far a search has come, and who may end it."""

    progress: Progress
    watch: Watch | None
    enough: Enough

    def standing(self, problem: Problem, reached: float | None, bound: float = inf) -> None:
        """Tell what the best plan so far covers, where there is one, and what none surpasses."""
        needed = _needed(problem)
        if self.watch is not None and reached is not None and needed:
            self.watch(reached / needed, min(1.0, bound / needed))


def searched(
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

    def told(standing: Standing) -> None:
        watching.progress("search", 0.1 + 0.8 * standing.share)
        watching.standing(lean, standing.reached, standing.bound)

    search = Search(lean, told, watching.enough)
    if first is not None:
        found = search.run(Draft.of(problem.variables, first.values), first.bound)
    elif beside:
        found = _beside(lean, search, watching.enough)
    else:
        found = search.run()
    watching.progress("cost", 0.9)
    kept, values = of_draft(lean, found.draft, saving=True)
    scale = lean.treasury.scale
    covered_most = min(found.bound, _needed(lean))
    stages = (
        stage("coverage", float(kept.coverage @ values) * FULL, covered_most * FULL),
        stage("earliness", float(kept.earliness @ values) * FULL, _needed_early(lean) * FULL),
        stage("cost", float(kept.cost @ values) * scale, 0.0),
    )
    return problem, in_columns_of(problem, kept, values), stages


def _beside(lean: Problem, search: Search, enough: Enough) -> Found:
    """A search, and on another core the solver's cuts on the tightened model, for a closer bound.

    Whoever has had enough does not wait: what is proven by then counts.
    """
    is_over = Event()
    proving = Proving(*tightened(lean), lambda: is_over.is_set() or enough())
    pool = ThreadPoolExecutor(1)
    looking = pool.submit(proving.run, gap=COVERAGE_GAP, nodes=1)
    try:
        found = search.run()
        proven = proving.most if enough() else looking.result()
    finally:
        is_over.set()
        pool.shutdown(wait=False)
    return Found(found.draft, found.reached, min(found.bound, proven))


def _needed(problem: Problem) -> float:
    """All that is needed, in weighted requirement-months."""
    return float(problem.coverage[problem.coverage > 0].sum())


def _needed_early(problem: Problem) -> float:
    """The same, each month counted by how many are left."""
    return float(problem.earliness[problem.earliness > 0].sum())


def of_draft(problem: Problem, draft: Draft, *, saving: bool = False) -> tuple[Problem, Vector]:
    """The most that a draft's units cover, and the part of the problem it is in.

    Args:
        problem: the problem.
        draft: its whole numbers.
        saving: whether units that cover nothing may be left out, where units are not too many.
    """
    kept = assemble(problem.world, problem.treasury, wide=False, region=kept_only(draft))
    solver = Solver(kept.model)
    whole = kept.model.columns_of("present", "start", "held", "ordered").astype(np.int32)
    solver.hold(whole, draft.values(kept)[whole])
    values = solver.best(kept.coverage, gap=0.0, nodes=LATER_NODES).values
    if saving and kept.model.whole.sum() <= WHOLE_AT_ONCE:
        values = saved(kept, values).values
    return kept, relieved_late(kept, values)


def in_columns_of(problem: Problem, kept: Problem, values: Vector) -> Vector:
    """Whole numbers of one problem in the columns of another that has them all; others 0."""
    return Draft.of(kept.variables, values).values(problem)
