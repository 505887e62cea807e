"""What a finished plan leaves: of cash in each purse, and of what contributors advance."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from konbit.planner.purse import Purse
    from konbit.planner.settle import Solved
    from konbit.planner.whole import Counts


@dataclass(frozen=True, eq=False)
class Terms:
    """What a contributor advances: its limit, what is left of it by month, and what it waits for.

    Minor units; `owed` is by month, of the plan.
    """

    lag_months: int
    limit: int
    left: Counts
    owed: Counts


def advances(solved: Solved) -> dict[str, Terms]:
    """By contributor with a limit, its terms and what it advances in the plan."""
    world, treasury = solved.problem.world, solved.problem.treasury
    advanced: defaultdict[str, Counts] = defaultdict(lambda: np.zeros(world.horizon, np.int64))
    for item in solved.items:
        if item.reimbursable and item.payer in treasury.prices.funds:
            advanced[item.contributor][item.month] += item.amount_minor
    return {
        row.contributor: Terms(
            row.lag_months,
            row.limit_minor,
            np.array([row.left_minor(t) for t in range(world.horizon)], dtype=np.int64),
            waiting(advanced[row.contributor], row.lag_months),
        )
        for row in reversed(treasury.advances)
    }


def waiting(amounts: Counts, lag_months: int) -> Counts:
    """By month, what is waited for: the sum of the last months, so many as the wait has."""
    before: Counts = np.concatenate([np.zeros(lag_months, np.int64), np.cumsum(amounts)])
    found: Counts = before[lag_months:] - before[: len(amounts)]
    return found


def free_cash(solved: Solved) -> dict[Purse, list[int]]:
    """By purse and month, the least that stays free from that month to the end."""
    moved: defaultdict[tuple[str, Purse, int], int] = defaultdict(int)
    for share in solved.shares:
        moved[share.kind, share.purse, share.item.month] += share.amount_minor
    found = {}
    for purse, available in solved.problem.treasury.purses.cash.items():
        used = 0
        free = []
        for t, spendable in enumerate(available):
            used += moved["pay", purse, t]
            free.append(spendable - used - moved["aside", purse, t])
        for t in range(len(free) - 2, -1, -1):
            free[t] = min(free[t], free[t + 1])
        found[purse] = free
    return found
