"""The stay that pays a unit best when its every month at every site has a price."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from konbit.planner.model import NONE
from konbit.planner.variables import MOVES_EVERY

if TYPE_CHECKING:
    from konbit.planner.problem import Problem

    Real = np.ndarray[Any, np.dtype[np.float64]]
    Index = np.ndarray[Any, np.dtype[np.int64]]
    Flags = np.ndarray[Any, np.dtype[np.bool_]]

_NEVER = 1e12


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
        self._unit = np.array(chosen, dtype=np.int64)
        self._x = np.stack([v.present[u] for u in chosen]) if chosen else np.zeros(shape, int)
        self._z = np.stack([v.start[u] for u in chosen]) if chosen else np.zeros(shape, int)

    def choose(self, gain: Real, left: Real, closed: Flags, values: Real) -> tuple[float, list[Stay]]:
        """The best stays, added to `values`.

        Args:
            gain: what each column gains.
            left: by unit, how many are still to be decided.
            closed: unit × site, where no more of them may go.
            values: by column.

        Returns:
            What all of them gain, and the stays.
        """
        units, sites, horizon = self._x.shape
        if not units:
            return 0.0, []
        staying = np.where(self._x != NONE, gain[self._x], -_NEVER)
        coming = np.where(self._z != NONE, gain[self._z], -_NEVER)
        summed = np.zeros((units, sites, horizon + 1))
        np.cumsum(staying, axis=2, out=summed[:, :, 1:])
        later = np.maximum.accumulate(summed[:, :, ::-1], axis=2)[:, :, ::-1]
        first_end = np.minimum(np.arange(horizon) + self._stay, horizon)
        worth = later[:, :, first_end] - summed[:, :, :horizon] + coming
        worth[closed[self._unit]] = -_NEVER
        worth = worth.reshape(units, -1)
        best = worth.argmax(axis=1)
        worth_best = worth[np.arange(units), best]
        count = left[self._unit]
        come = np.flatnonzero((worth_best > 0) & (count > 0))
        stays = []
        for u in come:
            s, t = divmod(int(best[u]), horizon)
            end = int(first_end[t]) + int(summed[u, s, first_end[t] :].argmax())
            values[self._x[u, s, t:end]] += count[u]
            values[self._z[u, s, t]] += count[u]
            stays.append(Stay(int(self._unit[u]), (Leg(s, t, end),)))
        return float((worth_best[come] * count[come]).sum()), stays


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

    def choose(self, gain: Real, left: Real, values: Real) -> tuple[float, list[Stay]]:
        """The best ways, added to `values`: what they gain, and the stays.

        Backwards in time: at each site to stay on, to leave, or in some months to move to the site
        that is then worth most.
        """
        count = left[self._unit]
        if not count.any():
            return 0.0, []
        staying = np.where(self._x != NONE, gain[self._x], -_NEVER)
        moving = np.where(self._z != NONE, gain[self._z], -_NEVER)
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
        stays = []
        for r in np.flatnonzero(count > 0):
            legs = self._follow(values, int(r), then[r], float(count[r]))
            if legs:
                stays.append(Stay(int(self._unit[r]), tuple(legs)))
        return float((count * worth[every, self._home, 0]).sum()), stays

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
