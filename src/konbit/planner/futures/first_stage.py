"""What is decided now: who is there, comes and leaves in the first months, and what is ordered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from konbit.planner.futures.layout import PRESENT, early_columns
from konbit.planner.payments import divide
from konbit.planner.whole import obligations, round_units, tail

if TYPE_CHECKING:
    from collections.abc import Mapping

    from konbit.dossier import Plan
    from konbit.planner.cash import Purse
    from konbit.planner.futures.layout import Key
    from konbit.planner.payments import Share
    from konbit.planner.problem import Problem, Vector


@dataclass(frozen=True, eq=False)
class FirstStage:
    """Decisions of the first months, payable from the cash at hand, and what they bind.

    Attributes:
        name: where it comes from: `cash`, `expected`, `two-stage`, `low`, `middle`, `high`.
        months: how many months are decided.
        counts: units or orders by kind, unit or option, site and month; zeros left out.
        paid_minor: by purse, cumulative payments to the end of each of these months.
        bound_minor: by purse, the most that is spent or set aside at the end of one of them.
            It is obligated from the start: no freeze takes it.
    """

    name: str
    months: int
    counts: Mapping[Key, int]
    paid_minor: Mapping[Purse, tuple[int, ...]]
    bound_minor: Mapping[Purse, int]

    def same_as(self, other: FirstStage) -> bool:
        """Whether the decisions are the same."""
        return dict(self.counts) == dict(other.counts)


def first_stage(name: str, problem: Problem, values: Vector, months: int) -> FirstStage:
    """The first months of a plan that the cash at hand pays.

    Args:
        name: where the plan comes from.
        problem: the problem with the cash at hand.
        values: a whole-number answer to it.
        months: how many months are decided now.

    Raises:
        NotPayableError: in whole units and cents the cash does not suffice.
    """
    whole = round_units(problem, values)
    settled = values.copy()
    v = problem.variables
    for u in range(len(problem.world.units)):
        for columns, counts in ((v.present[u], whole.present[u]), (v.start[u], whole.starts[u])):
            there = columns >= 0
            settled[columns[there]] = counts[there]
    for q, by_month in enumerate(v.ordered):
        for t, column in by_month.items():
            settled[column] = whole.ordered.get(q) == t
    early = early_columns(problem, months)
    counts = {key: round(float(settled[c])) for key, c in early.items() if settled[c] > 1 / 2}
    due = [item for item in obligations(problem, whole) if item.month < months]
    kept = [item for item in tail(problem, whole) if item.month < months]
    purses = problem.treasury.purses.cash
    shares = divide(due, kept, {purse: cash[:months] for purse, cash in purses.items()})
    paid = {purse: _cumulative(shares, purse, months) for purse in purses}
    return FirstStage(name, months, counts, paid, _bound(shares, paid, months))


def _cumulative(shares: tuple[Share, ...], purse: Purse, months: int) -> tuple[int, ...]:
    return tuple(
        sum(
            s.amount_minor
            for s in shares
            if s.kind == "pay" and s.purse == purse and s.item.month <= t
        )
        for t in range(months)
    )


def _bound(
    shares: tuple[Share, ...], paid: Mapping[Purse, tuple[int, ...]], months: int
) -> dict[Purse, int]:
    aside = {(purse, t): 0 for purse in paid for t in range(months)}
    for s in shares:
        if s.kind == "aside":
            aside[s.purse, s.item.month] += s.amount_minor
    return {
        purse: max((so_far[t] + aside[purse, t] for t in range(months)), default=0)
        for purse, so_far in paid.items()
    }


def present_in(first: FirstStage, month: int) -> dict[tuple[str, str], int]:
    """Units present in a month by unit and site."""
    return {
        (unit, site): count
        for (kind, unit, site, t), count in first.counts.items()
        if kind == PRESENT and t == month
    }


def is_of_plan(first: FirstStage, plan: Plan) -> bool:
    """Whether a plan has these decisions in its first months."""
    months = {str(plan.first_month + t): t for t in range(first.months)}
    of_plan = {
        (row.unit, row.site, months[row.month]): row.units
        for row in plan.presence
        if row.month in months
    }
    return of_plan == {
        (unit, site, t): count
        for (kind, unit, site, t), count in first.counts.items()
        if kind == PRESENT
    }
