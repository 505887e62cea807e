"""From a solver's values to a plan in whole units and whole minor units, whose cash adds up."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil
from typing import TYPE_CHECKING, TypeVar

from konbit.dossier.plan import FULL, SolveStage
from konbit.planner.covered import Covered, covered
from konbit.planner.payments import NotPayableError, Share, divide
from konbit.planner.whole import Item, Whole, obligations, round_units, tail

if TYPE_CHECKING:
    from collections.abc import Callable

    from konbit.planner.constraints.money import Treasury
    from konbit.planner.problem import Problem, Vector

T = TypeVar("T")

_MARGINS = (0.0, 0.2, 20.0)  # hundreds of the currency kept back when rounding does not fit


@dataclass(frozen=True, eq=False)
class Solved:
    """A problem with its whole-number answer."""

    problem: Problem
    values: Vector
    stages: tuple[SolveStage, ...]
    whole: Whole
    items: tuple[Item, ...]
    tail: tuple[Item, ...]
    shares: tuple[Share, ...]
    covered: Covered


def settle(problem: Problem, values: Vector, stages: tuple[SolveStage, ...]) -> Solved:
    """Whole units, exact costs, cash that adds up.

    Raises:
        NotPayableError: rounding does not fit into the cash.
    """
    whole = round_units(problem, values)
    items = obligations(problem, whole)
    kept = tail(problem, whole)
    shares = divide(items, kept, problem.treasury.purses.cash)
    shown = covered(problem, whole)
    return Solved(problem, values, stages, whole, items, kept, shares, shown)


def payable(treasury: Treasury, planned: Callable[[Treasury], T]) -> T:
    """What is planned with a treasury; where rounding does not fit, with a little kept back.

    Raises:
        NotPayableError: it does not fit with the most kept back.
    """
    *some, most = _MARGINS
    for margin in some:
        try:
            return planned(replace(treasury, margin=margin))
        except NotPayableError:
            continue
    return planned(replace(treasury, margin=most))


def stage(goal: str, value: float, bound: float) -> SolveStage:
    """What a goal reached, what is proven of it, and the gap between, in parts of 10,000."""
    gap = abs(bound - value) / max(1.0, abs(bound), abs(value))
    return SolveStage(goal, round(value), round(bound), ceil(gap * FULL - 1e-6))


def points(problem: Problem, shown: Covered) -> tuple[int, int]:
    """Points covered and points needed, in ten-thousandths of a weighted requirement-month."""
    got = sum(problem.world.needs[n].weight * share for (n, _), share in shown.shares.items())
    wanted = sum(problem.world.needs[n].weight * FULL for n, _ in shown.shares)
    return got, wanted
