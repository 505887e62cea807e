"""Large missions: a first plan at once, a bound from prices, then better plans near the last."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from random import Random
from typing import TYPE_CHECKING

import numpy as np

from konbit.planner.draft import Draft, Region
from konbit.planner.problem import assemble
from konbit.planner.search.again import Again
from konbit.planner.search.bearing import Bearing, has_many
from konbit.planner.search.combining import Choice, Combining
from konbit.planner.search.effort import effort_for
from konbit.planner.search.later import going_on
from konbit.planner.search.memory import give_back
from konbit.planner.search.neighbourhoods import (
    EVER,
    ROLL_MONTHS,
    ROLL_STEP_MONTHS,
    Place,
    Regions,
    narrow_places,
    places,
    windows,
)
from konbit.planner.search.paths import stays_of
from konbit.planner.search.patience import Patience
from konbit.planner.search.pricing import Priced, Pricing
from konbit.planner.search.relaxed import Relaxed
from konbit.planner.search.worth import Worth
from konbit.planner.solve import Solver, SolverError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from konbit.planner.problem import Problem, Vector
    from konbit.planner.search.stays import Stay

    Told = Callable[["Standing"], None]

_SEED = 20241113
_ROLL_GAP, _GAP = 0.01, 0.003
_ROLL_NODES, _NODES = 1, 10
_PRICE_PARTS = 8
_NARROW_COLUMNS = 700  # about how many whole columns a narrow neighbourhood leaves free
_BETTER = 1e-6
_IMPROVING = 0.1  # of all steps, as told


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a search has come: coverage reached, and the most that any plan could cover.

    Both in weighted requirement-months; `bound` is infinite before anything is proven, `share` is
    the part of the steps done.
    """

    reached: float
    bound: float
    share: float


@dataclass(frozen=True, eq=False)
class Found:
    """The best draft of a search and the bound proven."""

    draft: Draft
    reached: float
    bound: float


class Search:
    """One search of one problem.

    Args:
        problem: without columns that only levers open.
        told: called whenever something better is found or proven.
        enough: asked between and within steps; once it says yes, the best so far is the answer.
    """

    def __init__(self, problem: Problem, told: Told, enough: Callable[[], bool]) -> None:
        self._problem = problem
        self._world, self._treasury = problem.world, problem.treasury
        self._told, self._enough = told, enough
        self._effort = effort_for(int(self._problem.model.whole.sum()))
        self._draft = Draft.nobody(problem.world)
        self._reached = 0.0
        self._bound = float("inf")
        self._share = 0.0
        self._best_told = 0.0
        self._stays: set[Stay] = set()
        self._kept_months = 0
        self._ends: Callable[[], bool] | None = None  # the first plan is waited for

    def run(self, start: Draft | None = None, bound: float = float("inf")) -> Found:
        """Search from a draft, or from nobody, with what is already proven."""
        self._bound = bound
        if start is not None:
            self._draft = start
        regions = Regions(self._problem, np.zeros(0), self._effort.free_columns)
        self._take(self._solve(regions.residents(self._draft), self._coverage))
        self._ends = self._enough
        found = self._by_prices(is_new=start is None)
        if found is not None:
            priced, regions = found
            self._stays.update(priced.stays)
            self._better(regions, priced, is_new=start is None)
        return Found(self._draft, self._reached, self._bound)

    def _by_prices(self, *, is_new: bool) -> tuple[Priced, Regions] | None:
        """Prices, plans by them, and where units are likely; nothing when told to stop before any.

        The model whose limits are priced, a large part of memory, ends with it.
        """
        relaxed = Relaxed(self._problem)
        pricing = Pricing(relaxed, self._effort.price_steps, is_far=self._effort.prices_far)
        priced = self._price(pricing)
        if priced is None:
            return None
        regions = Regions(self._problem, priced.average, self._effort.free_columns)
        if is_new:
            closed = regions.unlikely(EVER)
            self._dive(Again(self._problem, relaxed, pricing.descent, closed, _SEED))
        return priced, regions

    def _better(self, regions: Regions, priced: Priced, *, is_new: bool) -> None:
        """Better the draft by the solver: whole stays, and neighbourhoods."""
        effort = self._effort
        narrow = Regions(self._problem, priced.average, _NARROW_COLUMNS)
        few, stays = narrow_places(self._problem, _SEED), Random(_SEED)  # noqa: S311 - where to look next, no secret
        self._combine(effort.combined, stays)
        if is_new and effort.rolls:
            self._improve(narrow, few, effort.narrow, at_once=1)  # the other core proves
            self._roll(regions, priced)
        self._improve(regions, places(self._problem, _SEED), effort.rounds, effort.at_once)
        for _ in range(effort.turns):
            self._improve(narrow, few, effort.narrow_rounds, effort.at_once)
            self._combine(effort.combined, stays)

    def near(
        self, start: Draft, reached: float, priced: Priced, rounds: int, from_month: int
    ) -> Found:
        """Better a draft, from a month on: in narrow neighbourhoods, then by whole stays."""
        self._draft, self._reached, self._bound = start, reached, priced.bound
        self._kept_months = from_month
        narrow = Regions(self._problem, priced.average, _NARROW_COLUMNS, from_month)
        few, random = narrow_places(self._problem, _SEED), Random(_SEED)  # noqa: S311 - where to look next, no secret
        self._improve(narrow, few, rounds, self._effort.at_once)
        own = stays_of(self._world, self._draft)
        self._stays.update(going_on(self._problem, priced.stays, own, from_month))
        self._combine(self._effort.combined, random)
        return Found(self._draft, self._reached, self._bound)

    def _tell(self, share: float) -> None:
        self._share = max(self._share, share)
        self._best_told = max(self._best_told, self._reached)
        self._told(Standing(self._best_told, self._bound, self._share))

    def _price(self, pricing: Pricing) -> Priced | None:
        """Prices of shared limits, step by step; nothing when told to stop before any."""
        priced: Priced | None = None
        part = -(-self._effort.price_steps // _PRICE_PARTS)
        while not pricing.is_done and not self._enough():
            priced = pricing.advance(part)
            self._bound = min(self._bound, priced.bound)
            self._tell(self._share + 0.25 / _PRICE_PARTS)
        return priced

    def _dive(self, again: Again) -> None:
        """Plans by prices."""
        effort = self._effort

        def better(draft: Draft, covered: float) -> None:
            self._take((draft, covered))

        again.dives(effort.dives, effort.dive_steps, effort.dive_share, better, self._stop)
        self._stays.update(again.stays)
        self._tell(0.35)
        again.tries(effort.dive_steps // 2, effort.tries, better, self._stop)
        self._tell(0.5)

    def _combine(self, rounds: int, random: Random) -> None:
        """Whole stays chosen anew, many at a time, at all sites and in all months."""
        effort, begun = self._effort, self._share
        if not rounds or self._stop():
            return
        self._stays.update(stays_of(self._world, self._draft))
        combining = Combining(self._problem, self._stays, self._draft, self._kept_months)
        choice = combining.begin()
        at_once = effort.combined_at_once
        with ThreadPoolExecutor(at_once) as pool:
            for number in range(rounds):
                if choice is None or self._stop():
                    return
                turns = range(number * at_once, (number + 1) * at_once)
                some = [combining.some(random, turn, effort.combined_stays) for turn in turns]
                better = partial(combining.better, choice, ends=self._ends)
                found = [answer for answer in pool.map(better, some) if answer is not None]
                choice = self._together(combining, choice, found)
                if choice.covered > self._reached + _BETTER:
                    self._take((combining.draft(choice), choice.covered))
                give_back()
                self._tell(begun + _IMPROVING * (number + 1) / rounds)

    def _together(self, combining: Combining, before: Choice, found: Sequence[Choice]) -> Choice:
        """The best of some plans, and beside it what of the others fits in."""
        best, *others = sorted((before, *found), key=lambda plan: -plan.covered)
        for other in others:
            both = combining.both(before, best, other, self._ends)
            if both is not None and both.covered > best.covered:
                best = both
        return best

    def _stop(self) -> bool:
        return self._enough() or self._is_good()

    def _roll(self, regions: Regions, priced: Priced) -> None:
        """A plan for some months after the other, cash spent now weighed by its price."""
        stretches = windows(self._problem, ROLL_MONTHS, ROLL_STEP_MONTHS)
        draft, reached = self._draft, self._reached
        self._draft, self._reached = Draft.nobody(self._world), 0.0
        steps = [step for stretch in stretches for step in _with_rest(regions.parts(stretch))]
        worth = Worth(self._problem, priced)
        for number, (place, left) in enumerate(steps, start=1):
            if self._enough():
                break
            region = regions.of(place, self._draft)
            answer = self._solve(region, partial(worth.goal, left), roll=True)
            if answer is not None:
                self._draft, self._reached = answer
                if self._reached > reached:
                    draft, reached = answer
            self._tell(0.5 + 0.1 * number / len(steps))
        self._draft, self._reached = draft, reached

    def _improve(
        self, regions: Regions, where: Iterator[Place | Sequence[int]], rounds: int, at_once: int
    ) -> None:
        """Some neighbourhoods at a time; the best answer is the next draft."""
        begun = self._share
        with ThreadPoolExecutor(at_once) as pool:
            for number in range(1, rounds + 1):
                if self._stop():
                    return
                pair = [regions.around(next(where), self._draft) for _ in range(at_once)]
                goals = [self._coverage] * at_once
                for answer in pool.map(self._solve, pair, goals):
                    self._take(answer)
                give_back()
                self._tell(begun + _IMPROVING * number / rounds)

    def _is_good(self) -> bool:
        return self._bound - self._reached <= self._effort.gap * self._bound

    def _take(self, answer: tuple[Draft, float] | None) -> None:
        if answer is not None and answer[1] > self._reached + _BETTER:
            self._draft, self._reached = answer
            self._tell(self._share)

    @staticmethod
    def _coverage(problem: Problem) -> Vector:
        return problem.coverage

    def _solve(
        self, region: Region, goal: Callable[[Problem], Vector], *, roll: bool = False
    ) -> tuple[Draft, float] | None:
        """The best plan that differs from the draft in a region only, and what it covers."""
        problem = assemble(self._world, self._treasury, wide=False, region=region)
        few = not roll and has_many(problem.model)
        solver = Solver(problem.model, Patience(self._ends) if few else self._ends)
        start = None if roll else region.draft.values(problem)
        gap, nodes = (_ROLL_GAP, _ROLL_NODES) if roll else (_GAP, _NODES)
        try:
            if few and start is not None:
                start = _borne(problem, start)
                shut = Bearing(problem, np.arange(problem.model.column_count)).shut(start)
                solver.close(shut.astype(np.int32))
            answer = solver.best(goal(problem), gap=gap, nodes=nodes, start=start)
        except SolverError:
            return None
        covered = float((problem.coverage * answer.values).sum())
        return Draft.of(problem.variables, answer.values), covered


def _borne(problem: Problem, whole_numbers: Vector) -> Vector:
    """A plan of whole numbers with what follows from them: what is met, and who pays."""
    solver = Solver(problem.model)
    whole = np.flatnonzero(problem.model.whole).astype(np.int32)
    solver.hold(whole, whole_numbers[whole])
    return solver.best(problem.coverage, gap=0.0, nodes=1).values


def _with_rest(parts: Sequence[Place]) -> Iterator[tuple[Place, frozenset[int]]]:
    """Each part of a place with the sites whose turn is still to come."""
    for number, part in enumerate(parts):
        left = {s for later in parts[number + 1 :] for s in later.sites}
        yield part, frozenset(left)
