"""Where things stand in the model: the one file of futures that knows its columns and rows."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from konbit.planner.levers import earmark, purse_rows
from konbit.planner.variables import NONE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from konbit.planner.cash import Purse
    from konbit.planner.problem import Problem, Vector

    Chosen = np.ndarray[tuple[int], np.dtype[np.int64]]

Key = tuple[str, str, str, int]
Bounds = tuple[float, float]

PRESENT, START, ORDER = "present", "start", "order"


def early_columns(problem: Problem, months: int) -> dict[Key, int]:
    """Columns of presence, starts and orders in the first months, by names that worlds share.

    A key is kind, unit or option, site and month.
    """
    return dict(_early(problem, min(months, problem.world.horizon)))


def _early(problem: Problem, months: int) -> Iterator[tuple[Key, int]]:
    world, v = problem.world, problem.variables
    for u, unit in enumerate(world.units):
        for kind, columns in ((PRESENT, v.present[u]), (START, v.start[u])):
            for s, t in zip(*np.nonzero(columns[:, :months] != NONE), strict=True):
                yield (kind, unit.code, world.sites[s], int(t)), int(columns[s, t])
    for q, option in enumerate(world.options):
        for t, column in v.ordered[q].items():
            if t < months:
                yield (ORDER, option.code, option.site, t), int(column)


def upper_of(problem: Problem, column: int) -> float:
    """The most that a column may be."""
    return float(problem.model.upper[column])


def whole_columns(problem: Problem) -> Chosen:
    """Columns that are whole numbers."""
    return np.flatnonzero(np.asarray(problem.model.whole, dtype=bool))


def paying_columns(problem: Problem) -> dict[Purse, dict[int, list[int]]]:
    """Columns of what each purse pays, by month."""
    found: dict[Purse, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for (purse, _, t), column in problem.cash.pays.items():
        found[purse][t].append(int(column))
    return found


def cash_rows(problem: Problem, purse: Purse) -> list[int]:
    """Rows that hold a purse to its cash, month by month."""
    return purse_rows(problem, purse)


def row_upper(problem: Problem, row: int) -> float:
    """The most that a row may be."""
    return float(problem.model.row_upper[row])


def without_earmarks(problem: Problem, months: int) -> dict[int, Bounds]:
    """Bounds under which money pays for anything its fund pays for, after the first months."""
    opened = earmark(problem).columns
    later = {
        int(column)
        for part in (problem.cash.pays, problem.cash.asides)
        for (_, _, t), column in part.items()
        if t >= months - (part is problem.cash.asides)
    }
    return {int(c): bounds for c, bounds in opened.items() if int(c) in later}


def people_by_month(problem: Problem, values: Vector) -> list[int]:
    """People present in each month."""
    world = problem.world
    total = np.zeros(world.horizon)
    for u, unit in enumerate(world.units):
        if unit.strength_persons:
            total += unit.strength_persons * _units(problem, u, values).sum(axis=0)
    return [int(n) for n in np.rint(total)]


def units_by_month(problem: Problem, values: Vector) -> dict[str, list[int]]:
    """Units present in each month by offer, all sites together."""
    world = problem.world
    found: dict[str, np.ndarray[tuple[int], np.dtype[np.float64]]] = {}
    for u, unit in enumerate(world.units):
        if not unit.asked:
            there = np.rint(_units(problem, u, values)).sum(axis=0)
            found[unit.offer.code] = found.get(unit.offer.code, 0) + there
    return {code: [int(n) for n in there] for code, there in found.items()}


def _units(
    problem: Problem, u: int, values: Vector
) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    columns = problem.variables.present[u]
    return np.where(columns == NONE, 0.0, values[np.maximum(columns, 0)])
