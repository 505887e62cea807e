"""A mission as plain arrays: what any modeller would read out of the dossier first."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

import konbit_runs
from konbit.dossier import Dossier
from konbit.dossier.tables.fund import Contribution, ContributionEvent
from konbit.planner.cash import Purses
from konbit.planner.purse import FREE, Purse

if TYPE_CHECKING:
    from collections.abc import Mapping

    from konbit.planner.constraints.money import Treasury
    from konbit.planner.world import World

    Array = np.ndarray[Any, np.dtype[Any]]

MOVES_EVERY = 3
MARGIN = 20.0  # dollars kept back of every limit of money, so that whole cents still fit
Class = tuple[str, frozenset[Purse]]


@dataclass(frozen=True, eq=False)
class Due:
    """Dollars for one count, by site and month: present, starting, present the month before."""

    present: Array
    starting: Array
    before: Array


@dataclass(frozen=True, eq=False)
class Mission:
    """Sets and numbers of a mission; dollars, people, months counted from 0.

    Attributes:
        world: the planner's sets.
        open: unit × site × month: may be present.
        may_start: unit × site × month: may arrive or move there.
        people: per unit.
        count: like units.
        opening: whether it stands in the mission already.
        due: by cost class, what each unit costs a trust fund.
        aside: by cost class and unit, what must be set aside at the end of a month: for each one
            present, and for each that started so many months ago.
        assessed: by fund, what each unit costs it.
        advanced: by contributor, what each unit makes it advance.
        site_due: by cost class, site × month; `site_assessed` by fund.
        option_due: by cost class, option × month; `option_assessed` by fund.
        gifts: dollars there by month, by contribution.
        purse_of: the fund and earmark of each contribution.
        budgets: fund, months and dollars.
        limits: contributor, months waited, dollars by month: what it advances, less what it is owed
            from before and not paid yet.
    """

    world: World
    open: Array
    may_start: Array
    people: Array
    count: Array
    opening: Array
    due: Mapping[Class, Mapping[int, Due]]
    aside: Mapping[Class, Mapping[int, tuple[Array, list[Array]]]]
    assessed: Mapping[str, Mapping[int, Due]]
    advanced: Mapping[str, Mapping[int, Due]]
    site_due: Mapping[Class, Array]
    site_assessed: Mapping[str, Array]
    option_due: Mapping[Class, Array]
    option_assessed: Mapping[str, Array]
    gifts: Mapping[str, Array]
    purse_of: Mapping[str, Purse]
    budgets: tuple[tuple[str, tuple[int, ...], float], ...]
    limits: tuple[tuple[str, int, Array], ...]

    @property
    def horizon(self) -> int:
        """Months planned."""
        return self.world.horizon


def read_mission(world: World, treasury: Treasury) -> Mission:
    """All arrays of a mission."""
    units = world.units
    months = np.arange(world.horizon)
    opening = np.array([unit.is_opening for unit in units])
    is_open = np.array(
        [u.allowed & (months >= u.earliest)[None, :] & (not u.asked) for u in units], dtype=bool
    )
    may_start = is_open.copy()
    for u, unit in enumerate(units):
        if unit.home is not None:
            may_start[u, unit.home] = False
            may_start[u][:, months % MOVES_EVERY != 0] = False
    ledger = _Ledger(world, treasury)
    for u, unit in enumerate(units):
        if is_open[u].any():
            ledger.unit(u, opening=unit.is_opening)
    ledger.places()
    gifts, purse_of = _gifts(world, treasury)
    return Mission(
        world=world,
        open=is_open,
        may_start=may_start,
        people=np.array([u.strength_persons for u in units]),
        count=np.array([0 if u.asked else u.count for u in units]),
        opening=opening,
        due=ledger.due,
        aside=ledger.aside,
        assessed=ledger.assessed,
        advanced=ledger.advanced,
        site_due=ledger.site_due,
        site_assessed=ledger.site_assessed,
        option_due=ledger.option_due,
        option_assessed=ledger.option_assessed,
        gifts=gifts,
        purse_of=purse_of,
        budgets=tuple((b.fund, b.months, _nearly(b.allowed_minor)) for b in treasury.budgets),
        limits=tuple(
            (
                row.contributor,
                row.lag_months,
                np.array([_nearly(row.left_minor(t)) for t in range(world.horizon)]),
            )
            for row in treasury.advances
        ),
    )


def _nearly(minor: int) -> float:
    """Dollars of a limit less what is kept back, never below nothing."""
    return max(0.0, minor / 100 - MARGIN)


def _nothing(world: World) -> Due:
    shape = (len(world.sites), world.horizon)
    return Due(np.zeros(shape), np.zeros(shape), np.zeros(shape))


class _Ledger:
    """Adds up what units, sites and options cost, by who pays."""

    def __init__(self, world: World, treasury: Treasury) -> None:
        self._world = world
        self._treasury = treasury
        self.due: dict[Class, dict[int, Due]] = defaultdict(dict)
        self.aside: dict[Class, dict[int, tuple[Array, list[Array]]]] = defaultdict(dict)
        self.assessed: dict[str, dict[int, Due]] = defaultdict(dict)
        self.advanced: dict[str, dict[int, Due]] = defaultdict(dict)
        sites, options = (len(world.sites), world.horizon), (len(world.options), world.horizon)
        self.site_due: dict[Class, Array] = defaultdict(lambda: np.zeros(sites))
        self.site_assessed: dict[str, Array] = defaultdict(lambda: np.zeros(sites))
        self.option_due: dict[Class, Array] = defaultdict(lambda: np.zeros(options))
        self.option_assessed: dict[str, Array] = defaultdict(lambda: np.zeros(options))

    def unit(self, u: int, *, opening: bool) -> None:
        """Everything that one unit costs."""
        horizon = self._world.horizon
        for flow in konbit_runs.flows_of(self._treasury, u):
            loaded = [
                self._loaded(flow.payer, a) for a in (flow.monthly, flow.coming, flow.leaving)
            ]
            plain = [a / 100 for a in (flow.monthly, flow.coming, flow.leaving)]
            if flow.accepting:
                for epoch, accepting in enumerate(flow.accepting):
                    now = self._treasury.costs.epoch[:horizon] == epoch
                    after = self._treasury.costs.epoch[1 : horizon + 1] == epoch
                    self._add(self.due[flow.payer, accepting], u, loaded, now, opening=opening)
                    if not opening:
                        self._set_aside(self.aside[flow.payer, accepting], u, loaded, after)
            elif flow.payer in self._treasury.prices.funds:
                always = np.ones(horizon, dtype=bool)
                self._add(self.assessed[flow.payer], u, loaded, always, opening=opening)
            if flow.reimbursable and flow.payer in self._treasury.prices.funds:
                always = np.ones(horizon, dtype=bool)
                self._add(self.advanced[flow.contributor], u, plain, always, opening=opening)

    def _loaded(self, payer: str, minor: Array) -> Array:
        return np.asarray(self._treasury.costs.loaded(payer, minor)) / 100

    def _add(
        self, into: dict[int, Due], u: int, amounts: list[Array], when: Array, *, opening: bool
    ) -> None:
        monthly, coming, leaving = (a[:, : self._world.horizon] * when for a in amounts)
        had = into.setdefault(u, _nothing(self._world))
        way_home = 0 if opening else leaving
        into[u] = Due(
            had.present + monthly - way_home,
            had.starting + (0 if opening else coming + leaving),
            had.before + way_home,
        )

    def _set_aside(
        self, into: dict[int, tuple[Array, list[Array]]], u: int, amounts: list[Array], when: Array
    ) -> None:
        """The way home of those present; by months since a start, the stay still to come."""
        world = self._world
        horizon, stay = world.horizon, world.minimum_stay
        monthly, _, leaving = amounts
        shape = (len(world.sites), horizon)
        home, rests = into.setdefault(
            u, (np.zeros(shape), [np.zeros(shape) for _ in range(stay - 1)])
        )
        home = home + leaving[:, 1 : horizon + 1] * when
        for ago in range(stay - 1):
            for t in range(horizon):
                rest = monthly[:, t + 1 : max(t + 1, t - ago + stay)].sum(axis=1)
                rests[ago][:, t] += rest * when[t]
        into[u] = (home, rests)

    def places(self) -> None:
        """What sites held and options ordered cost."""
        world, costs = self._world, self._treasury.costs
        for s in range(len(world.sites)):
            for flow in costs.of_site(s):
                self._place(flow, self.site_due, self.site_assessed, s, s)
        for q, option in enumerate(world.options):
            for flow in costs.of_option(q):
                at = world.sites.index(option.site)
                self._place(flow, self.option_due, self.option_assessed, q, at)

    def _place(
        self, flow: Any, due: dict[Class, Array], assessed: dict[str, Array], row: int, s: int
    ) -> None:
        horizon = self._world.horizon
        amounts = self._loaded(flow.payer, flow.monthly[s, :horizon])
        for epoch, accepting in enumerate(flow.accepting):
            now = self._treasury.costs.epoch[:horizon] == epoch
            due[flow.payer, accepting][row] += amounts * now
        if not flow.accepting and flow.payer in self._treasury.prices.funds:
            assessed[flow.payer][row] += amounts


def _gifts(world: World, treasury: Treasury) -> tuple[dict[str, Array], dict[str, Purse]]:
    """Cash of every contribution by month; together what their earmark has, reserve left out."""
    known = world.dossier
    events: dict[str, list[Any]] = defaultdict(list)
    for event in known.rows(ContributionEvent):
        events[event.contribution].append(event)
    purse_of = {
        row.code: Purse(row.fund, row.earmark or FREE)
        for row in known.rows(Contribution)
        if row.instrument == "trust_fund" and treasury.prices.is_trust_fund(row.fund)
    }
    alone = {}
    for code, purse in purse_of.items():
        only = Dossier({**known.tables, ContributionEvent: tuple(events[code])})
        found = Purses(only, world.months, treasury.prices).cash
        alone[code] = np.array(found.get(purse, (0,) * world.horizon), dtype=float) / 100
    together: dict[Purse, Array] = defaultdict(lambda: np.zeros(world.horizon))
    for code, purse in purse_of.items():
        together[purse] += alone[code]
    gifts = {}
    for code, purse in purse_of.items():
        cash = np.array(treasury.purses.cash[purse], dtype=float) / 100
        share = np.divide(
            cash, together[purse], out=np.zeros(world.horizon), where=together[purse] > 0
        )
        gifts[code] = np.maximum(0, alone[code] * share - MARGIN)
    return {code: cash for code, cash in gifts.items() if cash.any()}, purse_of
