"""What a part of a plan is worth to the whole: coverage, less what its cash is worth elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from konbit.planner.model import NONE
from konbit.planner.search.relaxed import priced_rows

if TYPE_CHECKING:
    from konbit.planner.problem import Problem
    from konbit.planner.search.pricing import Priced

    Real = np.ndarray[Any, np.dtype[np.float64]]


class Worth:
    """Goals of parts of one problem under prices of its shared limits.

    Args:
        problem: the whole.
        priced: prices of its limits.
    """

    def __init__(self, problem: Problem, priced: Priced) -> None:
        horizon = problem.world.horizon
        first = {int(row): i for i, row in enumerate(problem.model.rows_of("cash")[::horizon])}
        self._cash = {
            purse: priced.prices.cash[first[row]] for purse, row in problem.cash_rows.items()
        }
        model, met = problem.model, problem.variables.met
        place = np.full(model.column_count, NONE)
        place[met[met != NONE]] = np.flatnonzero(met.ravel() != NONE)
        rows = model.rows_of("enablers")
        pairs = model.indices[model.starts[rows][:, None] + np.arange(2)]
        self._enabled, self._enabler = place[pairs[:, 0]], place[pairs[:, 1]]
        at = np.searchsorted(priced_rows(model), rows)
        self._price = priced.prices.rows[at]
        self._site = np.array([need.site for need in problem.world.needs], dtype=np.int64)

    def goal(self, left: frozenset[int], part: Problem) -> Real:
        """Coverage, less the worth of cash used and set aside, and more for enablers.

        What enables needs at sites whose turn is still to come counts for what it will be worth.
        """
        model, goal = part.model, part.coverage.copy()
        horizon = part.world.horizon
        by_row = {row: self._cash[purse] for purse, row in part.cash_rows.items()}
        for row, prices in by_row.items():
            for t in range(horizon):
                columns = model.indices[model.starts[row + t] : model.starts[row + t + 1]]
                goal[columns] -= prices[t]
        waiting = np.isin(self._site[self._enabled // horizon], list(left))
        columns = part.variables.met.ravel()[self._enabler[waiting]]
        np.add.at(goal, columns, self._price[waiting])
        return goal
