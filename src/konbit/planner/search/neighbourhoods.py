"""Where to change a draft next: some months at all sites, or some sites at all months."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Any

import numpy as np

from konbit.planner.draft import Draft, Region
from konbit.planner.model import NONE
from konbit.planner.variables import may_be

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from konbit.planner.problem import Problem
    from konbit.planner.world import World

    Flags = np.ndarray[Any, np.dtype[np.bool_]]
    Real = np.ndarray[Any, np.dtype[np.float64]]

WINDOW_MONTHS, STEP_MONTHS = 14, 6
ROLL_MONTHS, ROLL_STEP_MONTHS = 18, 12
_SITES = 3
_NARROW_SITES, _NARROW_MONTHS = 4, (12, 18, 24)
EVER = 0.0005
"""Share of its units that the average must have at a place, once, for it to be thought of."""

_LIKELY = (0.0, 0.005, 0.02, 0.1)  # shares of a unit that the average must have at a place
_AROUND_MONTHS = 2


@dataclass(frozen=True, slots=True)
class Place:
    """A part of the plan: some sites, from a month to a month."""

    sites: tuple[int, ...]
    first: int
    until: int


def windows(problem: Problem, months: int = WINDOW_MONTHS, step: int = STEP_MONTHS) -> list[Place]:
    """Stretches of months that overlap, one after the other, at all sites."""
    every = tuple(range(len(problem.world.sites)))
    horizon = problem.world.horizon
    last = max(1, horizon - (months - step))
    return [Place(every, first, min(horizon, first + months)) for first in range(0, last, step)]


def places(problem: Problem, seed: int) -> Iterator[Place]:
    """Without end: months and sites in turn; sites that could cover more come more often."""
    world = problem.world
    random = Random(seed)  # noqa: S311 - where to look next, no secret
    weight = site_weights(world)
    stretches = windows(problem)
    turn = 0
    while True:
        yield stretches[turn % len(stretches)]
        yield Place(_some(random, weight), 0, world.horizon)
        turn += 1


def narrow_places(problem: Problem, seed: int) -> Iterator[Place | Sequence[int]]:
    """Without end: some months of some sites, and all units in an order of chance, in turn."""
    world = problem.world
    random = Random(seed)  # noqa: S311 - where to look next, no secret
    weight = site_weights(world)
    units = range(len(world.units))
    while True:
        months = random.choice(_NARROW_MONTHS)
        first = random.randrange(-months // 2, max(1, world.horizon - months // 2))
        until = min(world.horizon, first + months)
        yield Place(_some(random, weight, _NARROW_SITES), max(0, first), until)
        yield random.sample(units, len(units))


def site_weights(world: World) -> list[float]:
    """What all needs of each site weigh; a little where there is none."""
    weight = [1e-9] * len(world.sites)
    for need in world.needs:
        weight[need.site] += need.weight * len(need.months)
    return weight


def _some(random: Random, weight: Sequence[float], count: int = _SITES) -> tuple[int, ...]:
    chosen: set[int] = set()
    while len(chosen) < min(count, len(weight)):
        chosen.update(random.choices(range(len(weight)), weight))
    return tuple(sorted(chosen))


class Regions:
    """Turns places into regions of a draft, with about so many free columns.

    Where a place has too many, only those stay free at which the prices' average puts units, the
    more so the fewer may stay, and where the draft has units.
    """

    def __init__(
        self, problem: Problem, average: Real, free_columns: int, from_month: int = 0
    ) -> None:
        self._world = problem.world
        self._from_month = from_month
        self._most = free_columns
        self._may = [may_be(problem.world, u)[0] for u in range(len(problem.world.units))]
        self._likely = [
            np.where(x != NONE, average[x], 0.0) if len(average) else np.ones(x.shape)
            for x in problem.variables.present
        ]
        self._option_site = np.array(
            [problem.world.sites.index(o.site) for o in problem.world.options], dtype=np.int64
        )

    def around(self, where: Place | Sequence[int], draft: Draft) -> Region:
        """The region of a place, or of the first units of an order, from the first month on."""
        found = self.of(where, draft) if isinstance(where, Place) else self.of_units(where, draft)
        return found.after(self._from_month)

    def of(self, place: Place, draft: Draft) -> Region:
        """The region of a place."""
        cells = self._cells(place)
        free: tuple[Flags, ...] = ()
        for least in _LIKELY:
            free = tuple(
                (cells & self._open(u, least)) | (cells & (there > 0))
                for u, there in enumerate(draft.present)
            )
            if 2 * sum(int(f.sum()) for f in free) <= self._most:
                break
        return Region(draft, free, cells, cells[self._option_site])

    def of_units(self, order: Sequence[int], draft: Draft) -> Region:
        """The first units of an order, at all sites and months where they are or may well be."""
        free = [np.zeros(there.shape, dtype=bool) for there in draft.present]
        left = self._most
        for u in order:
            wanted = self._open(u, EVER) | (draft.present[u] > 0)
            left -= 2 * int(wanted.sum())
            if left < 0 and u != order[0]:
                break
            free[u] = wanted
        return Region.of_units(draft, tuple(free))

    def parts(self, place: Place) -> list[Place]:
        """A place in parts with about so many likely free columns each, weighty sites first."""
        cells = self._cells(place)
        each = np.zeros(len(self._world.sites), dtype=np.int64)
        for u in range(len(self._may)):
            each += 2 * (cells & self._open(u, _LIKELY[-2])).sum(axis=1)
        weight = site_weights(self._world)
        groups: list[list[int]] = [[]]
        for s in sorted(place.sites, key=lambda s: (-weight[s], s)):
            if groups[-1] and each[[*groups[-1], s]].sum() > self._most:
                groups.append([])
            groups[-1].append(s)
        return [Place(tuple(sorted(group)), place.first, place.until) for group in groups]

    def _cells(self, place: Place) -> Flags:
        cells = np.zeros((len(self._world.sites), self._world.horizon), dtype=bool)
        cells[list(place.sites), place.first : place.until] = True
        return cells

    def _open(self, u: int, least: float) -> Flags:
        """Where a unit may be, and the average has more than a little of it nearby."""
        may = self._may[u]
        return may & _around(self._likely[u] > least) if least else may

    def unlikely(self, ever: float) -> Flags:
        """Unit × site, where the average never has more than a share of the candidates."""
        return np.stack(
            [
                (self._likely[u] <= ever * unit.count).all(axis=1) & (not unit.is_opening)
                for u, unit in enumerate(self._world.units)
            ]
        )

    def residents(self, draft: Draft) -> Region:
        """Only units that are already there, where they stand."""
        nowhere = np.zeros((len(self._world.sites), self._world.horizon), dtype=bool)
        homes = nowhere.copy()
        free = []
        for unit, may in zip(self._world.units, self._may, strict=True):
            at_home = nowhere.copy()
            if unit.home is not None:
                at_home[unit.home] = may[unit.home]
                homes[unit.home] = True
            free.append(at_home)
        return Region(draft, tuple(free), homes, nowhere[self._option_site])


def kept_only(draft: Draft) -> Region:
    """A draft's own units, which may be fewer but no others."""
    everywhere = draft.held > 0
    return Region(draft, tuple(x > 0 for x in draft.present), everywhere, draft.ordered > 0)


def _around(likely: Flags) -> Flags:
    """Likely months, and some before and after."""
    found = likely.copy()
    for months in range(1, _AROUND_MONTHS + 1):
        found[:, months:] |= likely[:, :-months]
        found[:, :-months] |= likely[:, months:]
    return found
