"""Which purse pays what: an exact division of cash over the obligations of a whole-number plan."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from math import floor, inf
from typing import TYPE_CHECKING

import numpy as np

from konbit.planner.model import Model
from konbit.planner.purse import FREE
from konbit.planner.solve import Solver, SolverError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from konbit.planner.constraints.money import Class
    from konbit.planner.purse import Purse
    from konbit.planner.whole import Item

_UNIT = 100  # minor units in one unit of this small model
_SPARE = 100_000 / _UNIT  # slack worth keeping where there is some, so that rounding finds room


class NotPayableError(RuntimeError):
    """Rounded to whole units and cents, the plan does not fit its cash; plan with a margin."""


@dataclass(frozen=True, slots=True)
class Share:
    """A part of an item that a purse pays or sets aside, in minor units."""

    kind: str
    purse: Purse
    item: Item
    amount_minor: int


def divide(
    obligations: Sequence[Item],
    tail: Sequence[Item],
    cash: Mapping[Purse, tuple[int, ...]],
) -> tuple[Share, ...]:
    """Divide what is due and what is kept over the purses that accept it.

    Earmarked money is used first, so that the money that can pay for anything lasts longest.

    Raises:
        NotPayableError: there is no such division.
    """
    due = {"pay": _by_class(obligations), "aside": _by_class(tail)}
    amounts = _solve(due, cash)
    shares = [
        share
        for kind, items in (("pay", obligations), ("aside", tail))
        for share in _to_items(kind, items, amounts)
    ]
    _check(shares, cash)
    return tuple(shares)


def _by_class(items: Iterable[Item]) -> dict[tuple[Class, int], int]:
    found: defaultdict[tuple[Class, int], int] = defaultdict(int)
    for item in items:
        if item.cost_class is not None:
            found[item.cost_class, item.month] += item.total_minor
    return dict(found)


Cell = tuple[str, "Class", int, "Purse"]


def _solve(
    due: Mapping[str, Mapping[tuple[Class, int], int]], cash: Mapping[Purse, tuple[int, ...]]
) -> dict[tuple[str, Class, int], dict[Purse, int]]:
    model = Model()
    cells: dict[Cell, int] = {}
    for kind, classes in due.items():
        for (cost_class, t), amount in classes.items():
            if not cost_class[1]:
                raise NotPayableError
            row = []
            for purse in sorted(cost_class[1]):
                cells[kind, cost_class, t, purse] = model.column(0, inf)
                row.append((cells[kind, cost_class, t, purse], 1.0))
            model.row(row, lower=amount / _UNIT, upper=amount / _UNIT)
    spare = _cash_rows(model, cells, cash)
    goal = np.zeros(model.column_count)
    goal[spare] = 1.0
    for (kind, _, _, purse), column in cells.items():
        if purse.earmark == FREE and kind == "pay":
            goal[column] = -0.01
    if not cells:
        return {}
    try:
        answer = Solver(model).best(goal, gap=0.0, nodes=1)
    except SolverError:
        raise NotPayableError from None
    return _whole(due, cells, answer.values)


def _cash_rows(
    model: Model, cells: Mapping[Cell, int], cash: Mapping[Purse, tuple[int, ...]]
) -> list[int]:
    by_purse: defaultdict[tuple[str, Purse, int], list[int]] = defaultdict(list)
    for (kind, _, t, purse), column in cells.items():
        by_purse[kind, purse, t].append(column)
    spare = []
    for purse, available in cash.items():
        before: int | None = None
        for t, spendable in enumerate(available):
            total = model.column(0, inf)
            row = [(total, 1.0), *((c, -1.0) for c in by_purse["pay", purse, t])]
            model.row(row if before is None else [*row, (before, -1.0)], lower=0, upper=0)
            slack = model.column(0, _SPARE)
            kept = ((c, 1.0) for c in by_purse["aside", purse, t])
            model.row([(total, 1.0), (slack, 1.0), *kept], upper=spendable / _UNIT)
            spare.append(slack)
            before = total
    return spare


def _whole(
    due: Mapping[str, Mapping[tuple[Class, int], int]],
    cells: Mapping[Cell, int],
    values: np.ndarray[tuple[int], np.dtype[np.float64]],
) -> dict[tuple[str, Class, int], dict[Purse, int]]:
    """Whole minor units that add up to what is due: round down, give the rest to the largest."""
    found: dict[tuple[str, Class, int], dict[Purse, int]] = {}
    for (kind, cost_class, t, purse), column in cells.items():
        exact = max(0.0, float(values[column]) * _UNIT)
        found.setdefault((kind, cost_class, t), {})[purse] = floor(exact + 1e-4)
    for (kind, cost_class, t), parts in found.items():
        rest = due[kind][cost_class, t] - sum(parts.values())
        largest = max(sorted(parts), key=lambda purse: parts[purse])
        parts[largest] += rest
    return found


def _to_items(
    kind: str,
    items: Iterable[Item],
    amounts: dict[tuple[str, Class, int], dict[Purse, int]],
) -> Iterable[Share]:
    """Hand each purse's part of a cost class to its items, one after the other."""
    for item in items:
        if item.cost_class is None:
            continue
        parts = amounts[kind, item.cost_class, item.month]
        owed = item.total_minor
        for purse in sorted(parts):
            paid = min(owed, parts[purse])
            if paid > 0:
                parts[purse] -= paid
                owed -= paid
                yield Share(kind, purse, item, paid)


def _check(shares: Sequence[Share], cash: Mapping[Purse, tuple[int, ...]]) -> None:
    used: defaultdict[tuple[str, Purse, int], int] = defaultdict(int)
    for share in shares:
        used[share.kind, share.purse, share.item.month] += share.amount_minor
    for purse, available in cash.items():
        paid = 0
        for t, spendable in enumerate(available):
            paid += used["pay", purse, t]
            if paid + used["aside", purse, t] > spendable:
                raise NotPayableError
