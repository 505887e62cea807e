"""Laws of money: obligations, cash by earmark, the tail, assessed budgets, contributors' advances.

Amounts in the model are in units of one hundred of the planning currency; whole minor units come
back when the plan is settled.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from math import inf
from typing import TYPE_CHECKING, Any

import numpy as np

from konbit.planner.constraints.rotation import of_relief
from konbit.planner.costs import set_aside
from konbit.planner.model import NONE, Terms
from konbit.planner.variables import earlier
from konbit.terms.money import decimals_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from konbit.planner.advances import Advance
    from konbit.planner.cash import Appropriation, Purses
    from konbit.planner.costs import Costs, Flow
    from konbit.planner.lines import Lines
    from konbit.planner.model import Model
    from konbit.planner.prices import Prices
    from konbit.planner.purse import Purse
    from konbit.planner.variables import Columns, Variables
    from konbit.planner.world import World

    Amounts = np.ndarray[Any, np.dtype[np.float64]]
    Part = tuple[Columns, Columns, Amounts]
    """Months, columns and coefficients, of the same length."""

Class = tuple[str, frozenset["Purse"]]


@dataclass(frozen=True, eq=False)
class Treasury:
    """What the money laws read: lines, costs, purses, prices, budgets, what contributors advance.

    `margin` (hundreds) is kept back from every limit, so that rounding to minor units still fits.
    """

    lines: Lines
    costs: Costs
    purses: Purses
    prices: Prices
    budgets: tuple[Appropriation, ...]
    advances: tuple[Advance, ...]
    scale: float
    margin: float = 0.0


@dataclass(frozen=True, eq=False)
class Dues:
    """What falls due, as parts of rows numbered by month, in hundreds.

    Attributes:
        funds: by cost class (fund and accepting purses), for trust funds.
        assessed: by fund.
        aside: by cost class, the tail to be set aside.
        advanced: by contributor, reimbursable amounts before support cost.
        total: every cost by column, whoever pays: the third goal.
    """

    funds: Mapping[Class, Sequence[Part]]
    assessed: Mapping[str, Sequence[Part]]
    aside: Mapping[Class, Sequence[Part]]
    advanced: Mapping[str, Sequence[Part]]
    total: Amounts


@dataclass(eq=False)
class Gathering:
    """Dues as they are gathered, unit by unit."""

    world: World
    treasury: Treasury
    total: Amounts
    funds: dict[Class, list[Part]] = field(default_factory=lambda: defaultdict(list))
    assessed: dict[str, list[Part]] = field(default_factory=lambda: defaultdict(list))
    aside: dict[Class, list[Part]] = field(default_factory=lambda: defaultdict(list))
    advanced: dict[str, list[Part]] = field(default_factory=lambda: defaultdict(list))

    def due(self, flow: Flow, columns: Columns, amounts: Amounts) -> None:
        """Amounts of a flow in minor units, by place and month, times columns."""
        t, column, plain = _part(columns, amounts)
        if not len(column):
            return
        loaded = self.treasury.costs.loaded(flow.payer, plain) / self.treasury.scale
        plain = plain / self.treasury.scale
        np.add.at(self.total, column, loaded)
        if flow.accepting:
            self._by_class(self.funds, flow, 0, (t, column, loaded))
        elif flow.payer in self.treasury.prices.funds:
            self.assessed[flow.payer].append((t, column, loaded))
        if flow.reimbursable and flow.contributor and flow.payer in self.treasury.prices.funds:
            self.advanced[flow.contributor].append((t, column, plain))

    def keep(self, flow: Flow, columns: Columns, amounts: Amounts) -> None:
        """What trust funds set aside at the end of a month, by the next month's earmarks."""
        if flow.accepting:
            t, column, plain = _part(columns, amounts)
            loaded = self.treasury.costs.loaded(flow.payer, plain) / self.treasury.scale
            self._by_class(self.aside, flow, 1, (t, column, loaded))

    def _by_class(self, into: dict[Class, list[Part]], flow: Flow, ahead: int, part: Part) -> None:
        if len(set(flow.accepting)) == 1:
            into[flow.payer, flow.accepting[0]].append(part)
            return
        t, column, value = part
        epochs = self.treasury.costs.epoch[t + ahead]
        for epoch in np.unique(epochs):
            chosen = epochs == epoch
            accepting = flow.accepting[epoch]
            into[flow.payer, accepting].append((t[chosen], column[chosen], value[chosen]))


def _part(columns: Columns, amounts: Amounts) -> Part:
    place = np.nonzero((columns != NONE) & (amounts != 0))
    return place[-1], columns[place], amounts[place]


def scale_of(currency: str) -> float:
    """Minor units in one unit of the model: a hundred of the currency."""
    return float(f"1e{2 + decimals_of(currency)}")


def obligations(model: Model, world: World, v: Variables, treasury: Treasury) -> Dues:
    """What falls due each month: present × monthly + starts × arrival + leavers × way home + sites.

    Leavers are x[t−1] + z[t] − x[t]; the way home of opening units was due when they came. Relief
    adds what is counted per person: contingents more or fewer than units, ways in, ways home.
    """
    g = Gathering(world, treasury, np.zeros(model.column_count))
    horizon = world.horizon
    for u, unit in enumerate(world.units):
        x, z = v.present[u], v.start[u]
        if not (x != NONE).any():
            continue
        before = earlier(x, 1)
        for flow in treasury.costs.of_unit(u):
            home = flow.leaving[:, :horizon]
            g.due(flow, x, flow.monthly[:, :horizon] - home)
            if not unit.is_opening:
                g.due(flow, z, flow.coming[:, :horizon] + home)
                g.due(flow, before, home)
                _tail(g, flow, x, z)
        if u in v.rotating:
            of_relief(g, v, u)
    for s in np.flatnonzero((v.held != NONE).any(axis=1)):
        for flow in treasury.costs.of_site(int(s)):
            g.due(flow, v.held[s], flow.monthly[s, :horizon])
    for q, option in enumerate(world.options):
        for flow in treasury.costs.of_option(q):
            at = world.sites.index(option.site)
            g.due(flow, v.ordered[q], flow.monthly[at, :horizon])
    return Dues(g.funds, g.assessed, g.aside, g.advanced, g.total)


def _tail(g: Gathering, flow: Flow, x: Columns, z: Columns) -> None:
    """The way home of those present, and the rest of the minimum stay of those who started."""
    g.keep(flow, x, flow.leaving[:, 1 : g.world.horizon + 1])
    for ago, amounts in set_aside(flow, g.world.horizon, g.world.minimum_stay):
        g.keep(flow, earlier(z, ago), amounts)


@dataclass(frozen=True, eq=False)
class Pool:
    """Purses of a fund that accept the same costs: for the model they are one."""

    fund: str
    purses: tuple[Purse, ...]

    @property
    def label(self) -> str:
        """The earmarks."""
        return "+".join(purse.earmark for purse in self.purses)


def cash(model: Model, world: World, treasury: Treasury, dues: Dues) -> dict[Purse, int]:
    """Only cash received pays: Σ_c F = due; Σ_{τ ≤ t} F + Σ R ≤ A(c, t). Hundreds.

    The tail is set aside in the same rows: Σ_c R = tail. Returns, by purse, the row of its first
    month; the others follow.
    Source: obligations with support cost and reserve stay within receipts less what is frozen.
    """
    pools = _pools(treasury, [*dues.funds, *dues.aside])
    used: dict[Pool, list[Part]] = {pool: [] for pool in pools}
    kept: dict[Pool, list[Part]] = {pool: [] for pool in pools}
    for kind, law, amounts, into in (
        ("pays", "cash_due", dues.funds, used),
        ("aside", "tail_due", dues.aside, kept),
    ):
        for cost_class, parts in amounts.items():
            for pool, part in _cover(model, pools, kind, law, cost_class, parts):
                into[pool].append(part)
    months = np.arange(world.horizon)
    ones = np.ones(world.horizon)
    first_row: dict[Purse, int] = {}
    for pool in pools:
        key = (pool.fund, pool.label, months)
        total = model.columns(world.horizon, 0.0, inf, "used", *key)
        parts = [(months, total, ones), (months[1:], total[:-1], -ones[1:]), *_minus(used[pool])]
        terms = Terms.gather(parts)
        model.rows(world.horizon, terms, "cash_used", *key, lower=0.0, upper=0.0)
        available = sum(np.array(treasury.purses.cash[purse], float) for purse in pool.purses)
        spendable = np.maximum(0.0, available / treasury.scale - treasury.margin)
        terms = Terms.gather([(months, total, ones), *kept[pool]])
        rows = model.rows(world.horizon, terms, "cash", *key, upper=spendable)
        first_row.update(dict.fromkeys(pool.purses, int(rows[0])))
    return first_row


def _minus(parts: Sequence[Part]) -> Iterator[Part]:
    for row, column, value in parts:
        yield row, column, -value


def _pools(treasury: Treasury, classes: Sequence[Class]) -> list[Pool]:
    """Purses put together that accept the same cost classes."""
    alike: dict[tuple[str, frozenset[Class]], list[Purse]] = {}
    for purse in treasury.purses.purses:
        accepts = frozenset(c for c in classes if purse in c[1])
        alike.setdefault((purse.fund, accepts), []).append(purse)
    return [Pool(fund, tuple(purses)) for (fund, _), purses in alike.items()]


def _cover(
    model: Model,
    pools: Sequence[Pool],
    kind: str,
    law: str,
    cost_class: Class,
    due: Sequence[Part],
) -> Iterator[tuple[Pool, Part]]:
    """Each cost class of a month is covered by the purses that accept it, exactly."""
    fund, accepting = cost_class
    terms = Terms.added(_minus(due))
    months, row = np.unique(terms.row, return_inverse=True)
    label = "+".join(sorted(purse.earmark for purse in accepting))
    paying = []
    for pool in pools:
        if pool.purses[0] in accepting:
            columns = model.columns(len(months), 0.0, inf, kind, fund, pool.label, label, months)
            paying.append((np.arange(len(months)), columns, np.ones(len(months))))
            yield pool, (months, columns, np.ones(len(months)))
    terms = Terms.gather([(row, terms.column, terms.value), *paying])
    model.rows(len(months), terms, law, fund, label, months, lower=0.0, upper=0.0)


def assessed(model: Model, world: World, treasury: Treasury, dues: Dues) -> None:
    """Assessed money is spent within its period: Σ due ≤ budget; none outside one. Hundreds."""
    outside = {fund: np.ones(world.horizon, dtype=bool) for fund in dues.assessed}
    for budget in treasury.budgets:
        held = np.isin(np.arange(world.horizon), budget.months)
        terms = _together(dues.assessed.get(budget.fund, ()), held)
        if budget.fund in outside:
            outside[budget.fund] &= ~held
        allowed = max(0.0, budget.allowed_minor / treasury.scale - treasury.margin)
        model.rows(1, terms, "assessed", budget.code, upper=allowed)
    for fund, parts in dues.assessed.items():
        for t in np.flatnonzero(outside[fund]):
            terms = _together(parts, np.arange(world.horizon) == t)
            if len(terms.row):
                model.rows(1, terms, "assessed_none", fund, int(t), upper=0.0)


def _together(parts: Sequence[Part], held: np.ndarray[Any, np.dtype[np.bool_]]) -> Terms:
    """One row of the terms of some months; terms of one column are added up."""
    chosen = ((held[t], t, column, value) for t, column, value in parts)
    terms = Terms.gather((t[at], column[at], value[at]) for at, t, column, value in chosen)
    columns, place = np.unique(terms.column, return_inverse=True)
    values = np.bincount(place, terms.value, len(columns))
    kept = values != 0
    columns = columns[kept]
    return Terms(np.zeros(len(columns), dtype=np.int64), columns, values[kept])


def advance(model: Model, world: World, treasury: Treasury, dues: Dues) -> None:
    """A contributor advances only so much: Σ over the months it waits ≤ its limit − B. Hundreds."""
    months = np.arange(world.horizon)
    for row in treasury.advances:
        parts = dues.advanced.get(row.contributor, ())
        for t in months:
            waiting = (months > t - row.lag_months) & (months <= t)
            terms = _together(parts, waiting)
            if len(terms.row):
                most = advance_limit(treasury, row, row.owed_minor[t])
                model.rows(1, terms, "advance", row.contributor, int(t), upper=most)


def advance_limit(treasury: Treasury, row: Advance, owed_minor: int) -> float:
    """What a contributor may advance beside what it is owed already, in hundreds."""
    return max(0.0, (row.limit_minor - owed_minor) / treasury.scale - treasury.margin)
