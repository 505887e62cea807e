"""Who bears a cost in a plan: few of the purses that may, so that little is left to decide.

Of all columns of a large mission most say which purse pays what, and a plan that is changed here
and there needs few of them: those that pay already, and for each cost the purse with most to spare.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import sparse

from konbit.planner.search.relaxed import Payers, priced_rows

if TYPE_CHECKING:
    from konbit.planner.model import Model
    from konbit.planner.problem import Problem

    Real = np.ndarray[Any, np.dtype[np.float64]]
    Index = np.ndarray[Any, np.dtype[np.int64]]

MONEY = ("pays", "aside")
"""Columns that say how much a purse pays, or sets aside, for a kind of cost in a month."""

MANY = 2_000
"""Money columns from which on few of them are thought of; fewer slow the solver down little."""

_NOTHING = 1e-9


def has_many(model: Model) -> bool:
    """Whether money columns are so many that few of them should be thought of."""
    return len(model.columns_of(*MONEY)) >= MANY


class Bearing:
    """Which purses bear what in a problem.

    Args:
        problem: the problem.
        columns: those of its columns that plans are told in, all money columns among them.
    """

    def __init__(self, problem: Problem, columns: Index) -> None:
        model = problem.model
        whole = sparse.csr_matrix(
            (model.values, model.indices, model.starts),
            shape=(model.row_count, model.column_count),
        )
        due = priced_rows(model)
        kinds = [Payers(model, whole, due, kind) for kind in MONEY]
        place = np.zeros(model.column_count, dtype=np.int64)
        place[columns] = np.arange(len(columns))
        self._row = np.concatenate([kind.rows for kind in kinds])
        self._cell = np.concatenate([kind.cells for kind in kinds])
        self._place = place[np.concatenate([kind.columns for kind in kinds])]
        cash = model.rows_of("cash")
        self._cash = whole[cash][:, columns]
        self._most = model.row_upper[cash]
        self._horizon = problem.world.horizon

    def shut(self, values: Real) -> Index:
        """Where, among the columns, no money need be thought of in changing a plan.

        Args:
            values: the plan, by column.
        """
        if not len(self._row):
            return np.zeros(0, dtype=np.int64)
        spare = (self._most - self._cash @ values).reshape(-1, self._horizon)
        later = np.minimum.accumulate(spare[:, ::-1], axis=1)[:, ::-1].ravel()[self._cell]
        order = np.lexsort((-later, self._row))
        is_first = np.diff(self._row[order], prepend=-1) != 0
        is_shut = values[self._place] <= _NOTHING
        is_shut[order[is_first]] = False
        found: Index = self._place[is_shut]
        return found
