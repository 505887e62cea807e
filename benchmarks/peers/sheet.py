"""An officer's planning sheet: what is decided, and what lift, beds, posts and cash are left."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from konbit_runs import Choice
from peers.purse_book import PurseBook

if TYPE_CHECKING:
    from peers.arrays import Due, Mission

    Array = np.ndarray[Any, np.dtype[Any]]

MOST = 1e15


@dataclass(frozen=True, slots=True)
class Posting:
    """So many like units at a site from a month to a month; `comes` unless they were there."""

    unit: int
    site: int
    start: int
    end: int
    units: int
    comes: bool


class Sheet:
    """Decisions and what is left after them. Copy it to try something."""

    def __init__(self, mission: Mission) -> None:
        world = mission.world
        self.mission = mission
        self.book = PurseBook(mission)
        self.postings: list[Posting] = []
        self.orders: dict[int, int] = {}
        self.left = mission.count.copy()
        shape = (len(world.sites), world.horizon)
        self.people_at = np.zeros(shape)
        self.there = np.zeros(shape, dtype=bool)
        self.beds = np.array(world.capacity, dtype=float)
        no_limit = np.full(world.horizon, MOST)
        self.lift = no_limit if world.passengers is None else np.array(world.passengers, float)
        self.cargo = no_limit if world.cargo is None else np.array(world.cargo, float)
        self.posts = np.array(
            [[MOST if n is None else n for n in cap.strength_persons] for cap in world.caps], float
        ).reshape(len(world.caps), world.horizon)
        self.pools = {kind: np.array(pool, float) for kind, pool in world.pools.items()}
        self.due = np.zeros((len(self.book.classes), world.horizon))
        self.aside = np.zeros((len(self.book.classes), world.horizon))
        self.assessed: dict[str, Array] = defaultdict(lambda: np.zeros(world.horizon))
        self.advanced: dict[str, Array] = defaultdict(lambda: np.zeros(world.horizon))
        self.capabilities = sorted(
            {c for unit in world.units for c in unit.gives} | {n.capability for n in world.needs}
        )
        self.supply = np.zeros((len(self.capabilities), *shape))

    def copy(self) -> Sheet:
        """The same, to be changed without changing this one."""
        other = object.__new__(Sheet)
        other.__dict__.update(self.__dict__)
        for name in ("left", "people_at", "there", "beds", "lift", "cargo", "posts", "due", "aside",
                     "supply"):  # fmt: skip
            setattr(other, name, getattr(self, name).copy())
        other.postings = list(self.postings)
        other.orders = dict(self.orders)
        other.pools = {kind: pool.copy() for kind, pool in self.pools.items()}
        for name in ("assessed", "advanced"):
            mine = getattr(self, name)
            theirs: dict[str, Array] = defaultdict(lambda: np.zeros(self.mission.horizon))
            theirs.update({key: value.copy() for key, value in mine.items()})
            setattr(other, name, theirs)
        return other

    def end_of(self, u: int, s: int, t: int) -> int:
        """First month after `t` in which the unit may not be there any more."""
        closed = np.flatnonzero(~self.mission.open[u, s, t:])
        return t + int(closed[0]) if len(closed) else self.mission.horizon

    def post(self, u: int, s: int, t: int, units: int = 1, end: int | None = None) -> bool:
        """Send units, if lift, beds, posts and pools allow; money is asked later, for all together.

        Returns whether they can go; if not, the sheet is spoilt.
        """
        mission, world = self.mission, self.mission.world
        comes = not mission.opening[u]
        end = self.end_of(u, s, t) if end is None else end
        long_enough = end >= min(world.horizon, t + world.minimum_stay) or not comes
        if self.left[u] < units or not long_enough or end <= t:
            return False
        people = float(mission.people[u] * units)
        if comes:
            self.lift[t] -= people
            self.cargo[t] -= world.units[u].offer.cargo_tonnes * units
            if min(self.lift[t], self.cargo[t]) < 0:
                return False
        months = slice(t, end)
        self.people_at[s, months] += people
        self.there[s, months] = True
        if not (self._within(u, units, months) and self._housed(s)):
            return False
        self.left[u] -= units
        self.postings.append(Posting(u, s, t, end, units, comes))
        first = t + world.operational_lag if comes else t
        for capability, quantity in world.units[u].gives.items():
            self.supply[self.capabilities.index(capability), s, first:end] += quantity * units
        self._charge(u, s, t, end, units)
        return True

    def _within(self, u: int, units: int, months: slice) -> bool:
        """Posts under every ceiling, and equipment in every pool."""
        mission, world = self.mission, self.mission.world
        unit = world.units[u]
        for c, cap in enumerate(world.caps):
            if unit.offer.component in cap.components:
                self.posts[c, months] -= float(mission.people[u] * units)
                if (self.posts[c, months] < 0).any():
                    return False
        for kind, (needs, brings) in unit.needs_equipment.items():
            if needs > brings and kind in self.pools:
                self.pools[kind][months] -= (needs - brings) * units
                if (self.pools[kind][months] < 0).any():
                    return False
        return True

    def _housed(self, s: int) -> bool:
        """A bed for everybody at a site, what is missing being ordered in time to be ready."""
        world = self.mission.world
        limit = world.limit[s]
        if limit is not None and self.people_at[s].max() > limit:
            return False
        options = [
            q for q, o in enumerate(world.options)
            if o.site == world.sites[s] and q not in self.orders
        ]  # fmt: skip
        while True:
            short = np.flatnonzero((self.people_at[s] > self.beds[s]) & (self.people_at[s] > 0))
            if not len(short):
                return True
            ready_by = int(short[0])
            missing = float((self.people_at[s] - self.beds[s])[short].max())
            fit = [
                q for q in options
                if world.option_months[q]
                and world.option_months[q][0] + world.options[q].lead_time_months <= ready_by
            ]  # fmt: skip
            if not fit:
                return False
            # The smallest that is enough, or else the largest there is.
            enough = [q for q in fit if world.options[q].adds_persons >= missing]
            size = world.options
            q = (
                min(enough, key=lambda q: (size[q].adds_persons, q))
                if enough
                else max(fit, key=lambda q: (size[q].adds_persons, q))
            )
            options.remove(q)
            self._order(q, s, ready_by - size[q].lead_time_months)

    def _order(self, q: int, s: int, t: int) -> None:
        option = self.mission.world.options[q]
        self.orders[q] = t
        self.beds[s, t + option.lead_time_months :] += option.adds_persons
        for j, cost_class in enumerate(self.book.classes):
            each = self.mission.option_due.get(cost_class)
            if each is not None:
                self.due[j, t] += each[q, t]
        for fund, each in self.mission.option_assessed.items():
            self.assessed[fund][t] += each[q, t]

    def _charge(self, u: int, s: int, t: int, end: int, units: int) -> None:
        mission = self.mission
        for j, due in self.book.due_of[u]:
            _add_due(self.due[j], due, s, t, end, units)
        for j, (home, rests) in self.book.aside_of[u]:
            self.aside[j, t:end] += home[s, t:end] * units
            for ago, rest in enumerate(rests):
                if t + ago < mission.horizon:
                    self.aside[j, t + ago] += rest[s, t + ago] * units
        for fund, by_unit in mission.assessed.items():
            if u in by_unit:
                _add_due(self.assessed[fund], by_unit[u], s, t, end, units)
        for organisation, by_unit in mission.advanced.items():
            if u in by_unit:
                _add_due(self.advanced[organisation], by_unit[u], s, t, end, units)

    def held_costs(self) -> tuple[Array, dict[str, Array]]:
        """What the sites held cost in each month: by cost class, and by assessed fund."""
        due = np.zeros_like(self.due)
        for j, cost_class in enumerate(self.book.classes):
            each = self.mission.site_due.get(cost_class)
            if each is not None:
                due[j] = (each * self.there).sum(axis=0)
        funds = self.mission.site_assessed
        return due, {f: np.asarray((each * self.there).sum(axis=0)) for f, each in funds.items()}

    def is_held(self) -> bool:
        """Whether every site with anybody has its critical mass."""
        mass = np.array(self.mission.world.critical_mass, dtype=float)[:, None]
        return not (self.there & (self.people_at < mass)).any()

    def is_paid(self) -> bool:
        """Whether there is money for everything decided: budgets, advances, cash by earmark."""
        sites, sites_assessed = self.held_costs()
        assessed = dict(self.assessed)
        for fund, amounts in sites_assessed.items():
            assessed[fund] = assessed.get(fund, 0) + amounts
        return (
            self.book.within_budgets(assessed)
            and self.book.within_advances(self.advanced)
            and self.book.is_payable(self.due + sites, self.aside)
        )

    def cost(self) -> float:
        """Dollars that funds pay in all."""
        sites, sites_assessed = self.held_costs()
        others = [*self.assessed.values(), *sites_assessed.values()]
        return float(self.due.sum() + sites.sum() + sum(a.sum() for a in others))

    def choice(self) -> Choice:
        """The decisions as counts by unit, site and month."""
        shape = self.mission.open.shape
        present, starts = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
        for p in self.postings:
            present[p.unit, p.site, p.start : p.end] += p.units
            if p.comes:
                starts[p.unit, p.site, p.start] += p.units
        return Choice(list(present), list(starts), self.orders)


def _add_due(into: Array, due: Due, s: int, t: int, end: int, units: int) -> None:
    into[t:end] += due.present[s, t:end] * units
    into[t] += due.starting[s, t] * units
    into[t + 1 : end + 1] += due.before[s, t + 1 : end + 1] * units
