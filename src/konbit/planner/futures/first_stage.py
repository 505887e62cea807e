"""What is decided now: who is there, comes and leaves in the first months, and what is ordered."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

import numpy as np

from konbit.planner.futures.layout import ORDER, PRESENT, START
from konbit.planner.payments import divide
from konbit.planner.purse import Purse
from konbit.planner.whole import obligations, round_units, tail

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from konbit.dossier import Plan
    from konbit.planner.futures.layout import Key
    from konbit.planner.payments import Share
    from konbit.planner.problem import Problem, Vector
    from konbit.planner.whole import Whole


@dataclass(frozen=True, eq=False)
class FirstStage:
    """Decisions of the first months, payable from the cash at hand, and what they bind.

    Attributes:
        name: where it comes from: `cash`, `expected`, `two-stage`, `low`, `middle`, `high`.
        months: how many months are decided.
        counts: units or orders by kind, unit or option, site and month; zeros left out.
        persons: people per unit, by unit.
        paid_minor: by purse, what is paid from the start to the end of each of these months.
        bound_minor: by purse, the most that is paid or set aside at the end of one of them.
            It is obligated from the start: no freeze takes it.
    """

    name: str
    months: int
    counts: Mapping[Key, int]
    persons: Mapping[str, int]
    paid_minor: Mapping[Purse, tuple[int, ...]]
    bound_minor: Mapping[Purse, int]

    def same_as(self, other: FirstStage) -> bool:
        """Whether the decisions are the same."""
        return dict(self.counts) == dict(other.counts)

    def persons_in(self, counts: Mapping[Key, int]) -> int:
        """People-months of presence in some counts."""
        return sum(
            count * self.persons[unit]
            for (kind, unit, _, _), count in counts.items()
            if kind == PRESENT
        )


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
    due = [item for item in obligations(problem, whole) if item.month < months]
    kept = [item for item in tail(problem, whole) if item.month < months]
    purses = problem.treasury.purses.cash
    shares = divide(due, kept, {purse: cash[:months] for purse, cash in purses.items()})
    return _made(
        name,
        months,
        dict(_counts(problem, whole, months)),
        {unit.code: unit.strength_persons for unit in problem.world.units},
        {purse: _moved("pay", shares, purse, months) for purse in purses},
        {purse: _moved("aside", shares, purse, months) for purse in purses},
    )


def _counts(problem: Problem, whole: Whole, months: int) -> Iterator[tuple[Key, int]]:
    world = problem.world
    for u, unit in enumerate(world.units):
        for kind, counts in ((PRESENT, whole.present[u]), (START, whole.starts[u])):
            for s, t in zip(*np.nonzero(counts[:, :months]), strict=True):
                yield (kind, unit.code, world.sites[s], int(t)), int(counts[s, t])
    for q, t in whole.ordered.items():
        if t < months:
            yield (ORDER, world.options[q].code, "", t), 1


def _moved(kind: str, shares: Sequence[Share], purse: Purse, months: int) -> tuple[int, ...]:
    amounts = [0] * months
    for share in shares:
        if share.kind == kind and share.purse == purse:
            amounts[share.item.month] += share.amount_minor
    return tuple(amounts)


def first_stage_of(
    name: str, plan: Plan, persons: Mapping[str, int], purses: Sequence[Purse], months: int
) -> FirstStage:
    """The first months of a finished plan that the cash at hand pays.

    Args:
        name: what the plan is called.
        plan: the plan.
        persons: people per unit, by unit.
        purses: all purses; those without cash are not in the plan.
        months: how many months are decided now.
    """
    at = {str(plan.first_month + t): t for t in range(months)}
    counts: dict[Key, int] = {}
    for row in plan.presence:
        if row.month in at:
            for kind, count in ((PRESENT, row.units), (START, row.arriving_units)):
                if count:
                    counts[kind, row.unit, row.site, at[row.month]] = count
    for order in plan.building_orders:
        if order.month in at:
            counts[ORDER, order.option, "", at[order.month]] = 1
    paid = {purse: [0] * months for purse in purses}
    aside = {purse: [0] * months for purse in purses}
    for cash in plan.cash:
        if cash.month in at and cash.used is not None and cash.set_aside is not None:
            purse = Purse(cash.fund, cash.earmark)
            paid[purse][at[cash.month]] = cash.used.amount_minor
            aside[purse][at[cash.month]] = cash.set_aside.amount_minor
    return _made(name, months, counts, persons, paid, aside)


def _made(
    name: str,
    months: int,
    counts: Mapping[Key, int],
    persons: Mapping[str, int],
    paid: Mapping[Purse, Sequence[int]],
    aside: Mapping[Purse, Sequence[int]],
) -> FirstStage:
    so_far = {purse: tuple(accumulate(amounts)) for purse, amounts in paid.items()}
    bound = {
        purse: max((p + a for p, a in zip(total, aside[purse], strict=True)), default=0)
        for purse, total in so_far.items()
    }
    return FirstStage(name, months, counts, persons, so_far, bound)
