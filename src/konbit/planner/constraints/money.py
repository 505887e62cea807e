"""Laws of money: obligations, cash by earmark, the tail, assessed budgets, contributors' advances.

Amounts in the model are in units of one hundred of the planning currency; whole minor units come
back when the plan is settled.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from fractions import Fraction
from math import inf
from typing import TYPE_CHECKING

from konbit.planner.lines import ARRIVAL, DEPARTURE, MONTHLY
from konbit.planner.variables import NONE
from konbit.terms.money import decimals_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from konbit.dossier.tables.pledge import ContributorTerm
    from konbit.planner.cash import Appropriation, Purse, Purses
    from konbit.planner.lines import Line, Lines
    from konbit.planner.model import Model
    from konbit.planner.prices import Prices
    from konbit.planner.variables import Variables
    from konbit.planner.world import World

Class = tuple[str, frozenset["Purse"]]
Terms = defaultdict[int, float]


@dataclass(frozen=True, eq=False)
class Treasury:
    """What the money laws read: lines, purses, prices, budgets, contributors' terms.

    `margin` (hundreds) is kept back from every limit, so that rounding to minor units still fits.
    """

    lines: Lines
    purses: Purses
    prices: Prices
    budgets: tuple[Appropriation, ...]
    terms: tuple[ContributorTerm, ...]
    scale: float
    margin: float = 0.0


@dataclass(frozen=True, eq=False)
class Dues:
    """What falls due, as terms of the model, in hundreds.

    Attributes:
        funds: by cost class (fund and accepting purses) and month, for trust funds.
        assessed: by fund and month.
        aside: by cost class and month, the tail to be set aside.
        advanced: by contributor and month, reimbursable amounts before support cost.
        total: every cost, whoever pays: the third goal.
    """

    funds: Mapping[tuple[Class, int], Terms]
    assessed: Mapping[tuple[str, int], Terms]
    aside: Mapping[tuple[Class, int], Terms]
    advanced: Mapping[tuple[str, int], Terms]
    total: Terms


@dataclass(eq=False)
class _Gathering:
    world: World
    treasury: Treasury
    funds: defaultdict[tuple[Class, int], Terms] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(float))
    )
    assessed: defaultdict[tuple[str, int], Terms] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(float))
    )
    aside: defaultdict[tuple[Class, int], Terms] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(float))
    )
    advanced: defaultdict[tuple[str, int], Terms] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(float))
    )
    total: Terms = field(default_factory=lambda: defaultdict(float))

    def due(self, t: int, lines: Iterable[Line], columns: Iterable[tuple[int, float]]) -> None:
        """Lines of a month, times columns."""
        prices, purses = self.treasury.prices, self.treasury.purses
        for line in lines:
            loaded = _loaded(line, prices) / self.treasury.scale
            for column, sign in columns:
                self.total[column] += sign * loaded
                if prices.is_trust_fund(line.payer):
                    accepting = purses.accepting(line.payer, line.subject, self.world.months[t])
                    self.funds[(line.payer, accepting), t][column] += sign * loaded
                elif line.payer in prices.funds:
                    self.assessed[line.payer, t][column] += sign * loaded
                if line.reimbursable and line.payer in prices.funds and line.subject.contributor:
                    plain = line.each_minor / self.treasury.scale
                    self.advanced[line.subject.contributor, t][column] += sign * plain

    def keep(self, t: int, lines: Iterable[Line], column: int) -> None:
        """Lines that must be set aside at the end of a month, once for a column."""
        prices, purses = self.treasury.prices, self.treasury.purses
        following = self.world.months[t] + 1
        for line in lines:
            if prices.is_trust_fund(line.payer):
                accepting = purses.accepting(line.payer, line.subject, following)
                loaded = _loaded(line, prices) / self.treasury.scale
                self.aside[(line.payer, accepting), t][column] += loaded


def _loaded(line: Line, prices: Prices) -> float:
    """A line with programme support cost, in minor units."""
    share = Fraction(prices.support_share(line.payer))
    return float(line.each_minor * (1 + share))


def scale_of(currency: str) -> float:
    """Minor units in one unit of the model: a hundred of the currency."""
    return float(f"1e{2 + decimals_of(currency)}")


def obligations(world: World, v: Variables, treasury: Treasury) -> Dues:
    """What falls due each month: present × monthly + starts × arrival + leavers × way home + sites.

    Leavers are x[t−1] + z[t] − x[t]; the way home of opening units was due when they came.
    """
    g = _Gathering(world, treasury)
    for u, unit in enumerate(world.units):
        for s in range(len(world.sites)):
            for t in range(world.horizon):
                _of_unit(g, v, u, s, t)
                if not unit.is_opening:
                    _of_mover(g, v, u, s, t)
                    _tail(g, v, u, s, t)
    for s, held in enumerate(v.held):
        for t, o in enumerate(held):
            g.due(t, treasury.lines.of_site(s, world.months[t]), [(o, 1.0)])
    for q, ordered in enumerate(v.ordered):
        for t, b in ordered.items():
            g.due(t, treasury.lines.of_option(q, world.months[t]), [(b, 1.0)])
    return Dues(g.funds, g.assessed, g.aside, g.advanced, g.total)


def _of_unit(g: _Gathering, v: Variables, u: int, s: int, t: int) -> None:
    """What units cost while they are there."""
    if v.present[u][s, t] != NONE:
        lines = g.treasury.lines.of_unit(u, s, g.world.months[t], MONTHLY)
        g.due(t, lines, [(int(v.present[u][s, t]), 1.0)])


def _of_mover(g: _Gathering, v: Variables, u: int, s: int, t: int) -> None:
    """What candidates cost when they arrive and when they leave."""
    month = g.world.months[t]
    if v.start[u][s, t] != NONE:
        lines = g.treasury.lines.of_unit(u, s, month, ARRIVAL)
        g.due(t, lines, [(int(v.start[u][s, t]), 1.0)])
    leaving = _leaving(v, u, s, t)
    if leaving:
        g.due(t, g.treasury.lines.of_unit(u, s, month, DEPARTURE), leaving)


def _leaving(v: Variables, u: int, s: int, t: int) -> list[tuple[int, float]]:
    terms = []
    if t and v.present[u][s, t - 1] != NONE:
        terms.append((int(v.present[u][s, t - 1]), 1.0))
    if v.start[u][s, t] != NONE:
        terms.append((int(v.start[u][s, t]), 1.0))
    if terms and v.present[u][s, t] != NONE:
        terms.append((int(v.present[u][s, t]), -1.0))
    return terms


def _tail(g: _Gathering, v: Variables, u: int, s: int, t: int) -> None:
    """The way home of those present, and the rest of the minimum stay of those who started."""
    world, lines = g.world, g.treasury.lines
    month = world.months[t]
    if v.present[u][s, t] != NONE:
        g.keep(t, lines.of_unit(u, s, month + 1, DEPARTURE), int(v.present[u][s, t]))
    for r in range(max(0, t - world.minimum_stay + 1), t + 1):
        z = int(v.start[u][s, r])
        if z == NONE:
            continue
        for ahead in range(t + 1, r + world.minimum_stay):
            g.keep(t, lines.of_unit(u, s, world.months[0] + ahead, MONTHLY), z)


@dataclass(frozen=True, eq=False)
class CashColumns:
    """Columns of money: paid and set aside, by purse, cost class and month."""

    pays: Mapping[tuple[Purse, Class, int], int]
    asides: Mapping[tuple[Purse, Class, int], int]


def cash(model: Model, world: World, treasury: Treasury, dues: Dues) -> CashColumns:
    """Only cash received pays: Σ_c F = due; Σ_{τ ≤ t} F + Σ R ≤ A(c, t). Hundreds.

    The tail is set aside in the same rows: Σ_c R = tail.
    Source: obligations with support cost and reserve stay within receipts less what is frozen.
    """
    pays = _cover(model, treasury, "pays", "cash", dues.funds)
    asides = _cover(model, treasury, "aside", "tail", dues.aside)
    used: dict[Purse, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    kept: dict[Purse, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for (purse, _, t), column in pays.items():
        used[purse][t].append(column)
    for (purse, _, t), column in asides.items():
        kept[purse][t].append(column)
    for purse, available in treasury.purses.cash.items():
        before: int | None = None
        for t in range(world.horizon):
            total = model.column(0, inf, "used", purse.fund, purse.earmark, t)
            terms = [(total, 1.0), *((column, -1.0) for column in used[purse][t])]
            if before is not None:
                terms.append((before, -1.0))
            model.row(terms, "cash_used", purse.fund, purse.earmark, t, lower=0, upper=0)
            here = [(total, 1.0), *((column, 1.0) for column in kept[purse][t])]
            spendable = max(0.0, available[t] / treasury.scale - treasury.margin)
            model.row(here, "cash", purse.fund, purse.earmark, t, upper=spendable)
            before = total
    return CashColumns(pays, asides)


def _cover(
    model: Model,
    treasury: Treasury,
    column: str,
    law: str,
    dues: Mapping[tuple[Class, int], Terms],
) -> dict[tuple[Purse, Class, int], int]:
    """Each cost class of a month is covered by the purses that accept it, exactly.

    The fund's other purses have columns closed at 0, which a wider earmark would open.
    """
    found = {}
    for (cost_class, t), terms in dues.items():
        fund, accepting = cost_class
        label = "+".join(sorted(purse.earmark for purse in accepting))
        row = [(c, -value) for c, value in terms.items()]
        for purse in treasury.purses.purses:
            if purse.fund != fund:
                continue
            most = inf if purse in accepting else 0.0
            paid = model.column(0, most, column, fund, purse.earmark, label, t)
            found[purse, cost_class, t] = paid
            row.append((paid, 1.0))
        model.row(row, f"{law}_due", fund, label, t, lower=0, upper=0)
    return found


def assessed(model: Model, treasury: Treasury, dues: Dues) -> None:
    """Assessed money is spent within its period: Σ due ≤ budget; none outside one. Hundreds."""
    budgeted = set()
    for budget in treasury.budgets:
        terms: Terms = defaultdict(float)
        for t in budget.months:
            budgeted.add((budget.fund, t))
            for column, value in dues.assessed.get((budget.fund, t), {}).items():
                terms[column] += value
        allowed = max(0.0, budget.allowed_minor / treasury.scale - treasury.margin)
        model.row(terms, "assessed", budget.code, upper=allowed)
    for (fund, t), terms in dues.assessed.items():
        if (fund, t) not in budgeted:
            model.row(terms, "assessed_none", fund, t, upper=0)


def advance(model: Model, world: World, treasury: Treasury, dues: Dues) -> None:
    """A contributor advances only so much: Σ over the months it waits ≤ its limit. Hundreds."""
    for row in treasury.terms:
        if row.prefinancing_limit is None:
            continue
        amount = treasury.prices.convert(row.prefinancing_limit, world.as_of_on).amount_minor
        limit = max(0.0, amount / treasury.scale - treasury.margin)
        for t in range(world.horizon):
            terms: Terms = defaultdict(float)
            for r in range(max(0, t - row.reimbursement_lag_months + 1), t + 1):
                for column, value in dues.advanced.get((row.organisation, r), {}).items():
                    terms[column] += value
            if terms:
                model.row(terms, "advance", row.organisation, t, upper=limit)
