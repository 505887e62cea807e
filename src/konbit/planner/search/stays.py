"""The stay that pays a unit best when its every month at every site has a price."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from konbit.planner.model import NONE
from konbit.planner.variables import MOVES_EVERY

if TYPE_CHECKING:
    from konbit.planner.problem import Problem
    from konbit.planner.variables import Variables
    from konbit.planner.world import Unit, World

    Real = np.ndarray[Any, np.dtype[np.float64]]
    Index = np.ndarray[Any, np.dtype[np.int64]]
    Flags = np.ndarray[Any, np.dtype[np.bool_]]


def _priced(gain: Real, present: Index, start: Index) -> tuple[Real, Real]:
    """Gains of presence and of starts; where there is none, a loss beyond all that can be gained.

    No more of a loss than that takes, for running sums over it must keep the small gains apart.
    """
    is_there, is_start = present != NONE, start != NONE
    staying = np.where(is_there, gain[present], 0.0)
    coming = np.where(is_start, gain[start], 0.0)
    never = 1.0 + float(np.abs(staying).sum() + np.abs(coming).sum())
    return np.where(is_there, staying, -never), np.where(is_start, coming, -never)


class Leg(NamedTuple):
    """At a site from a month until another, in which nobody is there any more."""

    site: int
    first: int
    until: int


class Stay(NamedTuple):
    """One way of a unit through the mission: a leg, or for units that move several."""

    unit: int
    legs: tuple[Leg, ...]

    @property
    def sites(self) -> tuple[int, ...]:
        """Where it is, one site after the other."""
        return tuple(leg.site for leg in self.legs)


def comes(unit: Unit, stay: Stay, number: int) -> bool:
    """Whether units come or move where a leg is; else they were there from the start."""
    site, first, _ = stay.legs[number]
    return bool(number or first) or site != unit.home


def least_until(world: World, stay: Stay, number: int) -> int:
    """The month in which a leg may end at the earliest: a minimum stay after units came or moved.

    Args:
        world: the problem.
        stay: the stay.
        number: of the leg, from 0. Only units that stay where they were at first have no minimum.
    """
    first = stay.legs[number].first
    if not comes(world.units[stay.unit], stay, number):
        return first + 1
    return min(first + world.minimum_stay, world.horizon)


def columns_of(v: Variables, unit: Unit, stay: Stay) -> Index:
    """The columns of presence and of starts in which units of a stay are counted."""
    x, z = v.present[stay.unit], v.start[stay.unit]
    found = []
    for number, (s, first, until) in enumerate(stay.legs):
        found.append(x[s, first:until])
        if comes(unit, stay, number):
            found.append(z[s, first : first + 1])
    return np.concatenate(found)


class Candidates:
    """Units to come: one stay each, at one site, at least as long as the minimum.

    Held by pair of a unit and a site where it may be; pairs of a unit stand together.
    """

    def __init__(self, problem: Problem) -> None:
        world, v = problem.world, problem.variables
        self._stay, self._horizon = world.minimum_stay, world.horizon
        pairs = [
            (u, s)
            for u, unit in enumerate(world.units)
            if not unit.is_opening
            for s in np.flatnonzero((v.start[u] != NONE).any(axis=1)).tolist()
        ]
        shape = (len(pairs), world.horizon)
        self._unit, self._site = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
        self._x = np.array([v.present[u][s] for u, s in pairs], dtype=np.int64).reshape(shape)
        self._z = np.array([v.start[u][s] for u, s in pairs], dtype=np.int64).reshape(shape)

    def columns(self, left: Real, closed: Flags) -> tuple[Index, Index]:
        """Of presence and of starts, with `NONE`, of those left where it is not closed."""
        pairs = self._open(left, closed)
        return self._x[pairs], self._z[pairs]

    def _open(self, left: Real, closed: Flags) -> Index:
        found: Index = np.flatnonzero((left[self._unit] > 0) & ~closed[self._unit, self._site])
        return found

    def choose(
        self, gain: Real, left: Real, closed: Flags, values: Real
    ) -> tuple[float, list[Stay]]:
        """The best stays, added to `values`.

        Args:
            gain: what each column gains.
            left: by unit, how many are still to be decided.
            closed: unit × site, where no more of them may go.
            values: by column.

        Returns:
            What all of them gain, and the stays.
        """
        open_pairs = self._open(left, closed)
        if not len(open_pairs):
            return 0.0, []
        units, x, z = self._unit[open_pairs], self._x[open_pairs], self._z[open_pairs]
        staying, coming = _priced(gain, x, z)
        summed = np.zeros((len(open_pairs), self._horizon + 1))
        np.cumsum(staying, axis=1, out=summed[:, 1:])
        later = np.maximum.accumulate(summed[:, ::-1], axis=1)[:, ::-1]
        first_end = np.minimum(np.arange(self._horizon) + self._stay, self._horizon)
        worth = later[:, first_end] - summed[:, :-1] + coming
        start = worth.argmax(axis=1)
        best = worth[np.arange(len(start)), start]
        total, stays = 0.0, []
        for pair in _leading(units, best).tolist():
            u, t = int(units[pair]), int(start[pair])
            end = int(first_end[t]) + int(summed[pair, first_end[t] :].argmax())
            values[x[pair, t:end]] += left[u]
            values[z[pair, t]] += left[u]
            total += float(best[pair] * left[u])
            stays.append(Stay(u, (Leg(int(self._site[open_pairs[pair]]), t, end),)))
        return total, stays


def _leading(units: Index, worth: Real) -> Index:
    """Of the pairs of each unit the first that is worth most, where that is more than nothing."""
    first = np.flatnonzero(np.diff(units, prepend=NONE))
    most = np.maximum.reduceat(worth, first)
    is_most = worth == np.repeat(most, np.diff(first, append=len(units)))
    place = np.flatnonzero(is_most & (worth > 0))
    _, chosen = np.unique(units[place], return_index=True)
    found: Index = place[chosen]
    return found


class Residents:
    """Units already there: they stay, move in some months, and leave for good."""

    def __init__(self, problem: Problem) -> None:
        world, v = problem.world, problem.variables
        self._stay, self._horizon = world.minimum_stay, world.horizon
        self._sites = len(world.sites)
        there = [(u, unit) for u, unit in enumerate(world.units) if unit.home is not None]
        shape = (len(there), self._sites, self._horizon)
        self._x = np.stack([v.present[u] for u, _ in there]) if there else np.zeros(shape, int)
        self._z = np.stack([v.start[u] for u, _ in there]) if there else np.zeros(shape, int)
        self._home = np.array([unit.home for _, unit in there], dtype=np.int64)
        self._unit = np.array([u for u, _ in there], dtype=np.int64)

    def columns(self, left: Real) -> tuple[Index, Index]:
        """Of presence and of starts, with `NONE`, of those left to decide."""
        some = left[self._unit] > 0
        return self._x[some], self._z[some]

    def choose(self, gain: Real, left: Real, values: Real) -> tuple[float, list[Stay]]:
        """The best ways, added to `values`: what they gain, and the stays.

        Backwards in time: at each site to stay on, to leave, or in some months to move to the site
        that is then worth most.
        """
        some = np.flatnonzero(left[self._unit] > 0)
        if not len(some):
            return 0.0, []
        count, home = left[self._unit[some]], self._home[some]
        staying, moving = _priced(gain, self._x[some], self._z[some])
        summed = np.zeros((*staying.shape[:2], self._horizon + 1))
        np.cumsum(staying, axis=2, out=summed[:, :, 1:])
        worth = np.zeros_like(summed)
        then = np.full(staying.shape, NONE)
        every = np.arange(len(some))
        for t in range(self._horizon - 1, -1, -1):
            stay = staying[:, :, t] + worth[:, :, t + 1]
            worth[:, :, t] = np.maximum(0.0, stay)
            then[:, :, t][stay > 0] = self._sites
            if t % MOVES_EVERY == 0:
                end = min(t + self._stay, self._horizon)
                there = moving[:, :, t] + summed[:, :, end] - summed[:, :, t] + worth[:, :, end]
                to = there.argmax(axis=1)
                most = there[every, to][:, None]
                better = worth[:, :, t] < most
                worth[:, :, t] = np.where(better, most, worth[:, :, t])
                then[:, :, t] = np.where(better, to[:, None], then[:, :, t])
        stays = []
        for place, r in enumerate(some.tolist()):
            legs = self._follow(values, r, then[place], float(count[place]))
            if legs:
                stays.append(Stay(int(self._unit[r]), tuple(legs)))
        return float((count * worth[every, home, 0]).sum()), stays

    def _follow(self, values: Real, r: int, then: Index, count: float) -> list[Leg]:
        s, t = int(self._home[r]), 0
        legs = [Leg(s, 0, 0)]
        while t < self._horizon and then[s, t] != NONE:
            to = int(then[s, t])
            end = t + 1
            if to < self._sites:
                s, end = to, min(t + self._stay, self._horizon)
                values[self._z[r, s, t]] += count
                legs.append(Leg(s, t, t))
            values[self._x[r, s, t:end]] += count
            legs[-1] = legs[-1]._replace(until=end)
            t = end
        return [leg for leg in legs if leg.until > leg.first]
