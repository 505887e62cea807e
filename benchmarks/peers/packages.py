"""Packages: a leading unit and what must come with it so that it counts, posted on trial."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from peers.arrays import Mission
    from peers.sheet import Sheet
    from peers.worth import Worth

    Array = np.ndarray[Any, np.dtype[Any]]

_TRIES = 4  # months of arrival looked at for a leader, a quarter apart
_APART = 3
_MOST_HELPERS = 14
_CLOSE = 0.02  # an enabler so close to the share it must reach is good enough
_LEAST_GAIN = 1e-3


@dataclass(frozen=True, eq=False)
class Package:
    """A leader and its helpers at a site; `sheet` is the sheet with them posted and paid."""

    leader: int
    site: int
    gain: float
    dollars: float
    people: float
    sheet: Sheet


class Packages:
    """Puts packages together for a mission; without `helped` a unit comes by itself."""

    def __init__(self, mission: Mission, worth: Worth, *, helped: bool = True) -> None:
        self._mission = mission
        self._is_helped = helped
        self._worth = worth
        units = mission.world.units
        self._givers: dict[str, list[int]] = {}
        for u in np.flatnonzero((mission.count > 0) & ~mission.opening):
            for capability in units[u].gives:
                self._givers.setdefault(capability, []).append(int(u))

    def leaders(self, sheet: Sheet) -> list[tuple[int, int]]:
        """Every unit with every site where it may start and something it gives is needed."""
        found = []
        for u in np.flatnonzero(sheet.left > 0):
            home = self._mission.world.units[u].home
            if home is not None:
                found.append((int(u), home))
                continue
            gives = [sheet.capabilities.index(c) for c in self._mission.world.units[u].gives]
            found += [
                (int(u), int(s))
                for s in np.flatnonzero(self._mission.may_start[u].any(axis=1))
                if self._worth.needed[gives, s].any()
            ]
        return found

    def best(self, sheet: Sheet, u: int, s: int) -> Package | None:
        """The best package led by one unit at a site among some months of arrival; None if none."""
        if sheet.left[u] <= 0:
            return None
        value = self._worth.value(sheet.supply)
        cost = sheet.cost()
        people = float(sheet.people_at.sum())
        best: Package | None = None
        for t in self._months(sheet, u, s):
            trial = self._together(sheet, u, s, t)
            if trial is None:
                continue
            gain = self._worth.value(trial.supply) - value
            if gain < _LEAST_GAIN or (best is not None and gain <= best.gain * 1.02):
                continue
            if trial.is_paid():
                dollars = trial.cost() - cost
                moved = float(trial.people_at.sum()) - people
                best = Package(u, s, gain, dollars, moved / self._mission.horizon, trial)
        return best

    def _months(self, sheet: Sheet, u: int, s: int) -> list[int]:
        """Months in which the leader itself could arrive: the first, and some quarters after it."""
        if self._mission.opening[u]:
            return [0]
        found: list[int] = []
        for t in np.flatnonzero(self._mission.may_start[u, s]):
            if found and t < found[-1] + _APART:
                continue
            if sheet.copy().post(u, s, int(t)):
                found.append(int(t))
                if len(found) == _TRIES:
                    break
        return found

    def _together(self, sheet: Sheet, u: int, s: int, t: int) -> Sheet | None:
        """The leader with its helpers, as many of the leader as the critical mass asks for."""
        trial = sheet.copy()
        units = int(trial.left[u]) if self._mission.opening[u] else 1
        if not trial.post(u, s, t, units):
            return None
        while not trial.is_held():
            more = trial.copy()
            if not more.post(u, s, t):
                return None
            trial = more
        return self._with_helpers(trial, u, s, t) if self._is_helped else trial

    def _with_helpers(self, trial: Sheet, u: int, s: int, t: int) -> Sheet:
        """Add enablers until the leader's capability is held back by nothing that can be sent."""
        stuck: set[tuple[int, int]] = set()
        for _ in range(_MOST_HELPERS):
            lacking = self._scarcest(trial, u, s, t, stuck)
            if lacking is None:
                break
            enabler, place = lacking
            helped = self._helped(trial, enabler, place, t)
            if helped is None:
                stuck.add(lacking)
            else:
                trial = helped
        return trial

    def _scarcest(
        self, trial: Sheet, u: int, s: int, t: int, stuck: set[tuple[int, int]]
    ) -> tuple[int, int] | None:
        """The enabler whose share is furthest below what the leader's capability could reach."""
        worth = self._worth
        gives = {trial.capabilities.index(c) for c in self._mission.world.units[u].gives}
        first = min(t + self._mission.world.operational_lag, self._mission.horizon - 1)
        worst: tuple[float, tuple[int, int]] | None = None
        for enabler, enabled, at in worth.rules:
            place = s if at is None else at
            if enabled not in gives or (enabler, place) in stuck:
                continue
            when = worth.needed[enabled, s, first:] & worth.needed[enabler, place, first:]
            if not when.any():
                continue
            own = _met(trial, worth, enabled, s, first)[when].mean()
            has = _met(trial, worth, enabler, place, first)[when].mean()
            if has < own - _CLOSE and (worst is None or has - own < worst[0]):
                worst = (float(has - own), (enabler, place))
        return None if worst is None else worst[1]

    def _helped(self, trial: Sheet, enabler: int, place: int, t: int) -> Sheet | None:
        """With one more unit of an enabler: the one that gives most for the people it takes."""
        capability = trial.capabilities[enabler]
        units, mission = self._mission.world.units, self._mission
        fit = [
            v
            for v in self._givers.get(capability, ())
            if trial.left[v] > 0 and mission.may_start[v, place, t]
        ]
        missing = float((self._worth.quantity[enabler, place] - trial.supply[enabler, place]).max())

        def preference(v: int) -> tuple[float, int]:
            useful = min(missing, units[v].gives[capability])
            return (-useful / (20.0 + mission.people[v]), v)

        for v in sorted(fit, key=preference):
            more = trial.copy()
            if more.post(v, place, t) and more.is_held():
                return more
        return None


def _met(trial: Sheet, worth: Worth, capability: int, s: int, first: int) -> Array:
    quantity = np.maximum(1e-9, worth.quantity[capability, s, first:])
    return np.asarray(np.minimum(1.0, trial.supply[capability, s, first:] / quantity))
