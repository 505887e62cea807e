"""Plans by prices, again and again: some stays are taken back, and what prices say then is tried.

The best of some whole dives comes first. Then, a few at a time, the stays of some sites, some
months, or some units here and there are taken back and decided anew. A plan a little worse may be
gone on from, ever less so towards the end.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Any

import numpy as np

from konbit.planner.model import NONE
from konbit.planner.search.book import Book
from konbit.planner.search.diving import Depth, Dive
from konbit.planner.search.mending import mended
from konbit.planner.search.neighbourhoods import site_weights
from konbit.planner.search.shares import Shares

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from konbit.planner.draft import Draft
    from konbit.planner.problem import Problem
    from konbit.planner.search.book import Posting
    from konbit.planner.search.pricing import Descent
    from konbit.planner.search.relaxed import Relaxed
    from konbit.planner.search.stays import Stay

    Better = Callable[[Draft, float], None]
    Enough = Callable[[], bool]
    Flags = np.ndarray[Any, np.dtype[np.bool_]]

DIVES = ((3.0, 10.0, 0.5), (1.0, 1.0, 0.5), (3.0, 10.0, 0.2), (2.0, 4.0, 0.5))
"""How much sooner enablers are decided in each whole dive: at their site, everywhere; and the size
of a round's first step."""

_SLACK = 0.003  # of all coverage, how much worse a plan may be that is gone on from, at first
_BETTER = 1e-6


@dataclass(frozen=True, slots=True)
class Plan:
    """Stays, and what they cover."""

    book: Book
    covered: float


class Again:
    """Dives into a problem, and into it again.

    Args:
        problem: the problem.
        relaxed: the same with prices.
        descent: prices to begin from.
        closed: unit × site, where candidates are too unlikely to be thought of.
        seed: of where to look.

    Attributes:
        stays: those of all whole dives, so that the best of each may be put together.
    """

    def __init__(
        self, problem: Problem, relaxed: Relaxed, descent: Descent, closed: Flags, seed: int
    ) -> None:
        self._world = problem.world
        unused = np.stack(problem.variables.present)[closed]
        self._descent = descent.onward(relaxed.without(unused[unused != NONE]))
        self._closed = closed
        self._empty = Book(problem, relaxed)
        self._shares = Shares(problem)
        self._random = Random(seed)  # noqa: S311 - where to look next, no secret
        self._weights = site_weights(problem.world)
        self._at = self._best = Plan(self._empty, 0.0)
        self.stays: set[Stay] = set()

    def dives(self, count: int, steps: int, share: float, better: Better, enough: Enough) -> None:
        """Some whole dives; the best is where to go on from."""
        for local, everywhere, step in DIVES[:count]:
            depth = Depth(steps, share, local, everywhere, first_step=step, last_step=step / 10)
            plan = self._dive(self._empty.copy(), depth, enough)
            self.stays.update(posting.stay for posting in plan.book.postings)
            self._keep(plan, better)
        self._at = self._best

    def tries(self, steps: int, count: int, better: Better, enough: Enough) -> None:
        """Take back and decide anew, so many times."""
        depth = Depth(steps, share=0.15, idle=3)
        for number in range(count):
            if enough():
                return
            plan = self._dive(self._empty.of(self._some()), depth, enough)
            allowed = _SLACK * self._best.covered * (1 - number / count)
            if plan.covered > self._at.covered - allowed * self._random.random():
                self._at = plan
            self._keep(plan, better)

    def _dive(self, book: Book, depth: Depth, enough: Enough) -> Plan:
        dive = Dive(self._world, self._descent.onward(), depth, self._closed)
        book = mended(self._world, self._empty, dive.run(book, enough))
        return Plan(book, self._shares.covered(book.postings))

    def _keep(self, plan: Plan, better: Better) -> None:
        if plan.covered > self._best.covered + _BETTER:
            self._best = plan
            better(plan.book.draft(), plan.covered)

    def _some(self) -> list[Posting]:
        """The stays but for some that are taken back."""
        postings = self._at.book.postings
        for _ in range(10):
            kept = list(self._without(postings))
            if len(kept) < len(postings):
                return kept
        return []

    def _without(self, postings: tuple[Posting, ...]) -> Iterator[Posting]:
        random = self._random
        way = random.random()
        if way < 0.5:
            count = random.choice((1, 1, 2, 3))
            chosen = random.choices(range(len(self._weights)), self._weights, k=count)
            return (p for p in postings if not set(chosen) & set(p.stay.sites))
        if way < 0.75:
            share = random.choice((0.1, 0.2, 0.3))
            return (p for p in postings if random.random() > share)
        first = random.randrange(self._world.horizon)
        months = range(first, first + random.choice((3, 6, 9)))
        return (
            p
            for p in postings
            if not (any(leg.first in months for leg in p.stay.legs) and random.random() < 0.7)
        )
