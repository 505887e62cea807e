"""The stay that pays a unit best when its every month at every site has a price."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from konbit.planner.model import NONE
from konbit.planner.variables import MOVES_EVERY

if TYPE_CHECKING:
    from konbit.planner.problem import Problem

    Real = np.ndarray[Any, np.dtype[np.float64]]
    Index = np.ndarray[Any, np.dtype[np.int64]]


def _priced(gain: Real, present: Index, start: Index) -> tuple[Real, Real]:
    """Gains of presence and of starts; where there is none, a loss beyond all that can be gained.

    No more of a loss than that takes, for running sums over it must keep the small gains apart.
    """
    is_there, is_start = present != NONE, start != NONE
    staying = np.where(is_there, gain[present], 0.0)
    coming = np.where(is_start, gain[start], 0.0)
    never = 1.0 + float(np.abs(staying).sum() + np.abs(coming).sum())
    return np.where(is_there, staying, -never), np.where(is_start, coming, -never)


class Candidates:
    """Units to come: one stay each, at one site, at least as long as the minimum."""

    def __init__(self, problem: Problem) -> None:
        world, v = problem.world, problem.variables
        self._stay = world.minimum_stay
        chosen = [
            u
            for u, unit in enumerate(world.units)
            if not unit.is_opening and (v.start[u] != NONE).any()
        ]
        shape = (len(chosen), len(world.sites), world.horizon)
        self._x = np.stack([v.present[u] for u in chosen]) if chosen else np.zeros(shape, int)
        self._z = np.stack([v.start[u] for u in chosen]) if chosen else np.zeros(shape, int)
        self._count = np.array([world.units[u].count for u in chosen], dtype=float)

    def choose(self, gain: Real, values: Real) -> float:
        """Write the best stays into `values`; returns what they gain."""
        units, sites, horizon = self._x.shape
        if not units:
            return 0.0
        staying, coming = _priced(gain, self._x, self._z)
        summed = np.zeros((units, sites, horizon + 1))
        np.cumsum(staying, axis=2, out=summed[:, :, 1:])
        later = np.maximum.accumulate(summed[:, :, ::-1], axis=2)[:, :, ::-1]
        first_end = np.minimum(np.arange(horizon) + self._stay, horizon)
        worth = (later[:, :, first_end] - summed[:, :, :horizon] + coming).reshape(units, -1)
        best = worth.argmax(axis=1)
        worth_best = worth[np.arange(units), best]
        come = np.flatnonzero(worth_best > 0)
        for u in come:
            s, t = divmod(int(best[u]), horizon)
            end = first_end[t] + int(summed[u, s, first_end[t] :].argmax())
            values[self._x[u, s, t:end]] = self._count[u]
            values[self._z[u, s, t]] = self._count[u]
        return float((worth_best[come] * self._count[come]).sum())


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
        self._count = np.array([unit.count for _, unit in there], dtype=float)

    def choose(self, gain: Real, values: Real) -> float:
        """Write the best ways into `values`; returns what they gain.

        Backwards in time: at each site to stay on, to leave, or in some months to move to the site
        that is then worth most.
        """
        if not len(self._home):
            return 0.0
        staying, moving = _priced(gain, self._x, self._z)
        summed = np.zeros((*staying.shape[:2], self._horizon + 1))
        np.cumsum(staying, axis=2, out=summed[:, :, 1:])
        worth = np.zeros_like(summed)
        then = np.full(staying.shape, NONE)
        every = np.arange(len(self._home))
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
        for r in every:
            self._follow(values, int(r), then[r])
        return float((self._count * worth[every, self._home, 0]).sum())

    def _follow(self, values: Real, r: int, then: Index) -> None:
        s, t = int(self._home[r]), 0
        while t < self._horizon and then[s, t] != NONE:
            to = int(then[s, t])
            end = t + 1
            if to < self._sites:
                s, end = to, min(t + self._stay, self._horizon)
                values[self._z[r, s, t]] += self._count[r]
            values[self._x[r, s, t:end]] += self._count[r]
            t = end
