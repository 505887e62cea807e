"""The model with its shared limits priced: what remains falls apart into single units.

Every limit that units share (needs, camps, lift, ceilings, cash ...) gets a price instead of being
kept; each unit then takes the one stay that pays best, found by going through its months once. What
all of them gain, plus what the limits are worth, is never less than the best plan (Lagrangian
relaxation; Geoffrion 1974): a proven bound, whatever the prices. The money columns are not priced:
a cost is paid by the cheapest purse that accepts it, and what cash is worth follows from there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import sparse

from konbit.planner.model import NONE
from konbit.planner.search.stays import Candidates, Residents

if TYPE_CHECKING:
    from konbit.planner.model import Model
    from konbit.planner.problem import Problem

    Real = np.ndarray[Any, np.dtype[np.float64]]
    Index = np.ndarray[Any, np.dtype[np.int64]]

OF_UNITS = ("presence", "minimum_stay", "offered", "offered_starts", "offered_leaving", "building")
"""Laws kept inside the units' own problems; the others are priced."""
_OF_MONEY = ("pays", "aside", "used")


@dataclass(frozen=True, eq=False)
class Prices:
    """Prices of limits by row, and of cash by pool and month; all at least 0."""

    rows: Real
    cash: Real


@dataclass(frozen=True, eq=False)
class Valued:
    """What prices lead to.

    Attributes:
        bound: never less than the coverage of any plan.
        values: what every column takes, units' own laws kept and shared limits not.
        spare_rows: what is left of each priced limit; negative where it is overrun.
        spare_cash: the same by pool and month.
    """

    bound: float
    values: Real
    spare_rows: Real
    spare_cash: Real


class Relaxed:
    """A problem whose shared limits can be priced."""

    def __init__(self, problem: Problem) -> None:
        model = problem.model
        self.horizon = problem.world.horizon
        rows = priced_rows(model)
        money = model.columns_of(*_OF_MONEY)
        self._size = model.column_count
        self._money = money
        whole = sparse.csr_matrix(
            (model.values, model.indices, model.starts), shape=(model.row_count, self._size)
        )
        without = np.ones(self._size)
        without[money] = 0.0
        least = np.isinf(model.row_upper[rows])  # rows that ask for at least so much are turned
        sign = np.where(least, -1.0, 1.0)
        self._limits = sparse.diags(sign) @ whole[rows] @ sparse.diags(without)
        self._limits.eliminate_zeros()
        self._limits = self._limits.tocsr()
        self._turned = self._limits.T.tocsr()
        self._most = np.where(least, -model.row_lower[rows], model.row_upper[rows])
        self._due = np.isin(rows, model.rows_of("cash_due", "tail_due"))
        self._goal = problem.coverage
        self._upper = model.upper
        self._pays = _Purses(model, whole, rows, "pays")
        self._asides = _Purses(model, whole, rows, "aside")
        self.cash = model.row_upper[model.rows_of("cash")].reshape(-1, self.horizon)
        of_units = model.columns_of("present", "start", "ordered")
        self._boxes = np.setdiff1d(np.arange(self._size), np.concatenate([of_units, money]))
        self._orders = problem.variables.ordered
        self._candidates = Candidates(problem)
        self._residents = Residents(problem)
        norms = np.sqrt(np.asarray(self._limits.multiply(self._limits).sum(axis=1)).ravel())
        self.scale_rows = np.divide(1.0, norms, out=np.zeros_like(norms), where=norms > 0)
        self.scale_rows[self._due] = 0.0
        self.scale_cash = 1.0 / max(1.0, float(self.cash.max(initial=1.0)))
        self.worth = float(np.median(self._goal[self._goal > 0])) if self._goal.any() else 1.0

    def value(self, prices: Prices) -> Valued:
        """The bound at some prices, and what is left of each limit there."""
        worth_later = np.cumsum(prices.cash[:, ::-1], axis=1)[:, ::-1]
        paying, payer = self._pays.cheapest(worth_later)
        keeping, keeper = self._asides.cheapest(prices.cash)
        price = np.where(self._due, 0.0, prices.rows)
        price[self._pays.rows[paying]] = -worth_later.ravel()[payer]
        price[self._asides.rows[keeping]] = -prices.cash.ravel()[keeper]
        gain = self._goal - self._turned @ price
        values = np.zeros(self._size)
        good = self._boxes[gain[self._boxes] > 0]
        values[good] = self._upper[good]
        bound = _together(gain[good], values[good])
        bound += self._order(gain, values)
        bound += self._candidates.choose(gain, values) + self._residents.choose(gain, values)
        limits = ~self._due
        bound += _together(price[limits], self._most[limits]) + _together(prices.cash, self.cash)
        used = self._limits @ values
        spare = np.where(self._due, 0.0, self._most - used)
        paid = self._pays.spent(used, paying, payer, self.cash.shape)
        kept = self._asides.spent(used, keeping, keeper, self.cash.shape)
        return Valued(bound, values, spare, self.cash - np.cumsum(paid, axis=1) - kept)

    def _order(self, gain: Real, values: Real) -> float:
        """Each building option is ordered in its best month, if that pays."""
        total = 0.0
        for months in self._orders:
            columns = months[months != NONE]
            if len(columns):
                best = columns[int(gain[columns].argmax())]
                if gain[best] > 0:
                    values[best] = 1.0
                    total += float(gain[best])
        return total


def _together(price: Real, amount: Real) -> float:
    """Σ price × amount, added up on this core alone: threads of their own only get in the way."""
    return float((price * amount).sum())


def priced_rows(model: Model) -> Index:
    """The rows of a model that have prices of their own, in order."""
    apart = model.rows_of(*OF_UNITS, "cash", "cash_used")
    return np.setdiff1d(np.arange(model.row_count), apart)


class _Purses:
    """Which pools may bear each due row: pairs of a row and a cell of pool × month."""

    def __init__(self, model: Model, whole: sparse.csr_matrix, kept: Index, kind: str) -> None:
        columns = model.columns_of(kind)
        part = whole[:, columns].tocoo()
        cash = np.concatenate([model.rows_of("cash"), model.rows_of("cash_used")])
        cell = np.full(model.row_count, NONE)
        count = len(cash) // 2
        cell[cash[:count]] = cell[cash[count:]] = np.arange(count)
        in_cash = cell[part.row] != NONE
        self.rows = np.zeros(len(columns), dtype=np.int64)
        self._cells = np.zeros(len(columns), dtype=np.int64)
        place = np.full(model.row_count, NONE)
        place[kept] = np.arange(len(kept))
        self.rows[part.col[~in_cash]] = place[part.row[~in_cash]]
        self._cells[part.col[in_cash]] = cell[part.row[in_cash]]
        order = np.argsort(self.rows, kind="stable")
        self.rows, self._cells = self.rows[order], self._cells[order]
        self._first = np.flatnonzero(np.diff(self.rows, prepend=-1))
        self._group = np.cumsum(np.diff(self.rows, prepend=-1) != 0) - 1

    def cheapest(self, worth: Real) -> tuple[Index, Index]:
        """For each due row the place of its cheapest pair, and the pair's cell."""
        if not len(self.rows):
            return self.rows, self._cells
        each = worth.ravel()[self._cells]
        least = np.minimum.reduceat(each, self._first)
        place = np.flatnonzero(each == least[self._group])
        _, first = np.unique(self._group[place], return_index=True)
        chosen = place[first]
        return chosen, self._cells[chosen]

    def spent(self, used: Real, chosen: Index, cells: Index, shape: tuple[int, int]) -> Real:
        """What falls on each pool in each month; due rows hold costs with a minus."""
        amounts = -used[self.rows[chosen]]
        found: Real = np.bincount(cells, amounts, shape[0] * shape[1]).astype(float)
        return found.reshape(shape)
