"""Rules about money: obligations, cash, tail, assessed budgets, advances, and pledges unspent."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from math import floor
from typing import TYPE_CHECKING

from konbit.dossier.tables.fund import Budget
from konbit.dossier.tables.pledge import ContributorTerm
from konbit.planner.verifying.prices import NOT_FUNDS
from konbit.planner.verifying.tally import Tally

if TYPE_CHECKING:
    from konbit.dossier.plan import Check
    from konbit.planner.verifying.case import Case
    from konbit.planner.verifying.dues import Due, Line
    from konbit.planner.verifying.purse import Pocket


def obligations(case: Case) -> Check:
    """Every line due is there once, with its amount, support cost and payer; no other is."""
    tally = Tally("obligations")
    seen: set[Line] = set()
    for row in case.plan.obligations:
        t = case.calendar.index(row.month)
        line = (-1 if t is None else t, row.cost_head, row.subject, row.site)
        key, due = row.key, case.dues.lines.get(line)
        stated = (case.minor(row.amount), case.minor(row.support_cost), row.payer)
        expected = (due.amount, due.support_cost, due.payer) if due else (0, 0, "")
        tally.same(key, stated, expected)
        tally.same((*key, "row"), line in seen, False)
        seen.add(line)
    for line, due in case.dues.lines.items():
        if line not in seen:
            tally.same((case.calendar.name(line[0]), *line[1:]), 0, due.amount)
    return tally.check


def cash(case: Case) -> Check:
    """Cash of earmarks that accept it pays each line of a trust fund, and lasts, month by month."""
    tally = Tally("cash")
    due = {
        (line, due.payer): due
        for line, due in case.dues.lines.items()
        if case.payers.is_trust_fund(due.payer)
    }
    _covered(case, tally, "pay", due)
    sums = _by_pocket(case)
    _lasting(case, tally, sums)
    _stated(case, tally, sums)
    return tally.check


def tail(case: Case) -> Check:
    """Cash is set aside for minimum stays and ways home, by earmarks that then accept them."""
    tally = Tally("tail")
    _covered(case, tally, "aside", case.dues.tail)
    return tally.check


def _covered(case: Case, tally: Tally, kind: str, due: dict[tuple[Line, str], Due]) -> None:
    """Payments of a kind sum to what is due, line by line, each from an earmark that accepts it."""
    paid: dict[tuple[Line, str], int] = defaultdict(int)
    seen: set[tuple[str, ...]] = set()
    for row in case.plan.payments:
        if row.kind != kind:
            continue
        t, amount, where = case.calendar.index(row.month), case.minor(row.amount), row.key
        tally.same((*where, "row"), where in seen, False)
        seen.add(where)
        tally.at_least((*where, "amount"), amount or 0, 1)
        line = (-1 if t is None else t, row.cost_head, row.subject, row.site)
        paid[line, row.fund] += amount or 0
        known = due.get((line, row.fund))
        if known is not None:
            day = line[0] + (kind == "aside")
            accepts = case.acceptance.accepts(
                row.earmark, day, row.cost_head, known.entity, row.site
            )
            tally.same((*where, "accepted"), accepts, True)
    for key in sorted(due.keys() | paid.keys()):
        line, fund = key
        expected = due[key].total if key in due else 0
        named = (kind, case.calendar.name(line[0]), fund, *line[1:])
        tally.same(named, paid.get(key, 0), expected)


_Sums = dict[tuple[str, "Pocket", int], int]
"""Payments by kind, fund and earmark, and month."""


def _by_pocket(case: Case) -> _Sums:
    sums: _Sums = defaultdict(int)
    for row in case.plan.payments:
        t = case.calendar.index(row.month)
        if t is not None:
            sums[row.kind, (row.fund, row.earmark), t] += case.minor(row.amount) or 0
    return sums


def _pockets(case: Case) -> list[Pocket]:
    """Every fund and earmark that has cash or from which the plan takes any."""
    named = {(row.fund, row.earmark) for row in case.plan.payments}
    return sorted(named | case.purse.spendable.keys())


def _lasting(case: Case, tally: Tally, sums: _Sums) -> None:
    """Used so far and set aside ≤ spendable cash, for each earmark and month."""
    for pocket in _pockets(case):
        so_far = 0
        for t in case.calendar.indices:
            so_far += sums["pay", pocket, t]
            spendable = case.purse.spendable[pocket][t] if pocket in case.purse.spendable else 0
            where = (*pocket, case.calendar.name(t))
            tally.at_most(where, so_far + sums["aside", pocket, t], spendable)


def _stated(case: Case, tally: Tally, sums: _Sums) -> None:
    """The table `cash` says the same, for each earmark that has cash in some month."""
    expected: dict[tuple[str, ...], tuple[int, int, int, int]] = {}
    for pocket, spendable in case.purse.spendable.items():
        so_far = 0
        for t in case.calendar.indices if any(spendable) else ():
            opening = spendable[t] - so_far
            now = sums["pay", pocket, t]
            row = (opening, now, opening - now, sums["aside", pocket, t])
            expected[(*pocket, case.calendar.name(t))] = row
            so_far += now
    stated = {
        row.key: tuple(map(case.minor, (row.opening, row.used, row.closing, row.set_aside)))
        for row in case.plan.cash
    }
    tally.same(("cash", "rows"), len(case.plan.cash), len(expected))
    for key in sorted(stated.keys() | expected.keys()):
        tally.same(("cash", *key), stated.get(key), expected.get(key))


def assessed(case: Case) -> Check:
    """What an assessed fund pays in the months of a budget ≤ what it brings in as cash."""
    tally = Tally("assessed")
    budgets = [b for b in case.known.rows(Budget) if b.scenario in {"", case.plan.scenario}]
    paid: dict[tuple[str, int], int] = defaultdict(int)
    for line, due in case.dues.lines.items():
        if due.payer not in NOT_FUNDS and not case.payers.is_trust_fund(due.payer):
            paid[due.payer, line[0]] += due.total
    for budget in budgets:
        used = sum(
            paid.get((budget.fund, t), 0)
            for t in case.calendar.indices
            if case.calendar.holds(budget.from_on, budget.until_on, t)
        )
        tally.at_most((budget.code,), used, _allows(case, budget))
    for (fund, t), used in paid.items():
        if not any(
            b.fund == fund and case.calendar.holds(b.from_on, b.until_on, t) for b in budgets
        ):
            tally.at_most((fund, case.calendar.name(t)), used, 0)
    return tally.check


def _allows(case: Case, budget: Budget) -> int:
    if budget.amount is None:
        return 0
    amount = case.exchange.minor(budget.amount, case.calendar.as_of_on)
    return floor(amount * Fraction(budget.cash_share))


def advance(case: Case) -> Check:
    """What funds owe a contributor ≤ what it advances.

    Owed are the months of the plan for which it waits, and what was owed when the plan began. Who
    is owed more than it advances by that alone has nothing else outstanding.
    """
    tally = Tally("advance")
    owed: dict[tuple[str, int], int] = defaultdict(int)
    for line, due in case.dues.lines.items():
        if due.entity and due.payer not in NOT_FUNDS and case.dues.heads[line[1]].reimbursable:
            owed[due.entity.offer.contributor, line[0]] += due.amount
    for terms in case.known.rows(ContributorTerm):
        if terms.prefinancing_limit is None:
            continue
        limit = case.exchange.minor(terms.prefinancing_limit, case.calendar.as_of_on)
        for t in case.calendar.indices:
            waits = range(max(0, t - terms.reimbursement_lag_months + 1), t + 1)
            outstanding = sum(owed.get((terms.organisation, month), 0) for month in waits)
            most = max(0, limit - case.arrears.outstanding(terms, t))
            tally.at_most((terms.organisation, case.calendar.name(t)), outstanding, most)
    return tally.check


def pledges(case: Case) -> Check:
    """Payments so far ≤ what was received by then: no pledge is ever spent."""
    tally = Tally("pledges")
    sums = _by_pocket(case)
    for pocket in _pockets(case):
        so_far = 0
        for t in case.calendar.indices:
            so_far += sums["pay", pocket, t]
            received = case.purse.received[pocket][t] if pocket in case.purse.received else 0
            tally.at_most((*pocket, case.calendar.name(t)), so_far, received)
    return tally.check
