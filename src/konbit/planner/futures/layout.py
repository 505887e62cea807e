"""Where things stand in the model: the one file of futures that knows its columns and rows."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, Any

import numpy as np

from konbit.planner.model import NONE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from konbit.planner.problem import Problem, Vector
    from konbit.planner.purse import Purse

    Chosen = np.ndarray[Any, np.dtype[np.int64]]

Key = tuple[str, str, str, int]
Bounds = tuple[float, float]

PRESENT, START, ORDER = "present", "start", "order"


def early_columns(problem: Problem, months: int) -> dict[Key, int]:
    """Columns of presence, starts and orders in the first months, by names that worlds share.

    A key is kind, unit or option, site (none for an order) and month.
    """
    return dict(_early(problem, months))


def _early(problem: Problem, months: int) -> Iterator[tuple[Key, int]]:
    world, v = problem.world, problem.variables
    for u, unit in enumerate(world.units):
        for kind, columns in ((PRESENT, v.present[u]), (START, v.start[u])):
            for s, t in zip(*np.nonzero(columns[:, :months] != NONE), strict=True):
                yield (kind, unit.code, world.sites[s], int(t)), int(columns[s, t])
    for q, t in zip(*np.nonzero(v.ordered[:, :months] != NONE), strict=True):
        yield (ORDER, world.options[q].code, "", int(t)), int(v.ordered[q, t])


def whole_columns(problem: Problem) -> Chosen:
    """Columns that are whole numbers."""
    return np.flatnonzero(problem.model.whole)


def coming_any_month(problem: Problem, values: Vector) -> Vector:
    """Values in which as many units may come to a place in a month as are there then."""
    found = values.copy()
    v = problem.variables
    for present, start in zip(v.present, v.start, strict=True):
        both = (present != NONE) & (start != NONE)
        found[start[both]] = np.maximum(found[start[both]], found[present[both]])
    return found


def cash_bounds(problem: Problem, cash: Mapping[Purse, Sequence[int]]) -> dict[int, Bounds]:
    """Bounds of the rows that hold money to the cash of each month.

    Purses that accept the same costs share a row. `cash` is by purse and month, in minor units.
    """
    most: dict[int, float] = {}
    for purse, first in problem.cash_rows.items():
        for t, amount in enumerate(cash[purse]):
            most[first + t] = most.get(first + t, 0.0) + amount / problem.treasury.scale
    return {row: (-inf, amount) for row, amount in most.items()}


def paid_bounds(problem: Problem, paid: Mapping[Purse, Sequence[int]]) -> dict[int, Bounds]:
    """Bounds of the columns of what is paid so far, in the months for which `paid` has an entry."""
    used = dict(zip(problem.law("cash"), problem.model.columns_of("used"), strict=True))
    most: dict[int, float] = {}
    for purse, first in problem.cash_rows.items():
        for t, amount in enumerate(paid.get(purse, ())):
            column = int(used[first + t])
            most[column] = most.get(column, 0.0) + amount / problem.treasury.scale
    return {column: (0.0, amount) for column, amount in most.items()}


def people_by_month(problem: Problem, values: Vector) -> tuple[int, ...]:
    """People present in each month."""
    total = np.zeros(problem.world.horizon)
    for u, unit in enumerate(problem.world.units):
        total += unit.strength_persons * _units(problem, u, values)
    return tuple(int(n) for n in total)


def units_by_month(problem: Problem, values: Vector) -> dict[str, tuple[int, ...]]:
    """Units present in each month by offer, all sites together."""
    found: dict[str, Any] = {}
    for u, unit in enumerate(problem.world.units):
        found[unit.offer.code] = found.get(unit.offer.code, 0) + _units(problem, u, values)
    return {code: tuple(int(n) for n in there) for code, there in found.items()}


def _units(problem: Problem, u: int, values: Vector) -> Any:
    columns = problem.variables.present[u]
    there = np.where(columns == NONE, 0.0, values[np.maximum(columns, 0)])
    return np.rint(there).sum(axis=0)


def cash_left(
    problem: Problem, values: Vector, cash: Mapping[Purse, Sequence[int]]
) -> tuple[int, ...]:
    """Cash that is there and not paid out at the end of each month, in minor units."""
    used = problem.model.columns_of("used").reshape(-1, problem.world.horizon)
    paid = values[used].sum(axis=0) * problem.treasury.scale
    there = np.array([cash[purse] for purse in problem.cash_rows], dtype=float).sum(axis=0)
    return tuple(int(n) for n in np.rint(there - paid))


def coverage_by_month(problem: Problem, values: Vector, full: int) -> tuple[int, ...]:
    """Coverage of each month in points, of `full` to a requirement of weight 1 fully met."""
    met = problem.variables.met
    worth = problem.coverage * values * full
    return tuple(int(worth[met[:, t][met[:, t] != NONE]].sum() + 1e-6) for t in range(met.shape[1]))
