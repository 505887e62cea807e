"""The model with its shared limits priced: what remains falls apart into single units.

Every limit that units share (needs, camps, lift, ceilings, cash ...) gets a price instead of being
kept; each unit then takes the one stay that pays best, found by going through its months once. What
all of them gain, plus what the limits are worth, is never less than the best plan (Lagrangian
relaxation; Geoffrion 1974): a proven bound, whatever the prices. The money columns are not priced:
a cost is paid by the cheapest purse that accepts it, and what cash is worth follows from there.
"""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import sparse

from konbit.planner.model import NONE
from konbit.planner.search.stays import Candidates, Residents, Stay

if TYPE_CHECKING:
    from konbit.planner.model import Model
    from konbit.planner.problem import Problem

    Real = np.ndarray[Any, np.dtype[np.float64]]
    Index = np.ndarray[Any, np.dtype[np.int64]]
    Flags = np.ndarray[Any, np.dtype[np.bool_]]

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
        stays: what units chose that are still to be decided.
    """

    bound: float
    values: Real
    spare_rows: Real
    spare_cash: Real
    stays: tuple[Stay, ...]


@dataclass(frozen=True, eq=False)
class Kept:
    """What is decided already, and what is left to decide.

    Attributes:
        values: by column, of stays and orders that are kept.
        left: by unit, how many are still to be decided.
        ordered: by building option, whether it is decided.
        closed: unit × site, where no more may go.
    """

    values: Real
    left: Real
    ordered: Flags
    closed: Flags

    @staticmethod
    def nothing(problem: Problem) -> Kept:
        """Everything is open."""
        world = problem.world
        return Kept(
            np.zeros(problem.model.column_count),
            np.array([unit.count for unit in world.units], dtype=float),
            np.zeros(len(world.options), dtype=bool),
            np.zeros((len(world.units), len(world.sites)), dtype=bool),
        )


@dataclass(frozen=True, eq=False)
class Open:
    """What prices still have a say in, beside what is kept: the less that is, the faster.

    Attributes:
        kept: what is kept.
        columns: all others that may be taken.
        turned: these columns × priced rows.
        used: by row, what is used by what is kept.
    """

    kept: Kept
    columns: Index
    turned: sparse.csr_matrix
    used: Real


class Relaxed:
    """A problem whose shared limits can be priced.

    Attributes:
        horizon: months.
        limits: priced rows × columns, none of money; rows that ask for at least so much are turned.
        most: what each row allows.
        is_due: rows that say what falls due or is to be set aside; they have no price of their own.
        pays: which pools may pay each due row.
        asides: which pools may set each aside.
        cash: what pools have by month.
    """

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
        self.limits = sparse.diags(sign) @ whole[rows] @ sparse.diags(without)
        self.limits.eliminate_zeros()
        self.limits = self.limits.tocsr()
        self._turned = self.limits.T.tocsr()
        self.most = np.where(least, -model.row_lower[rows], model.row_upper[rows])
        self.is_due = np.isin(rows, model.rows_of("cash_due", "tail_due"))
        self._goal = problem.coverage
        self._upper = model.upper
        self.pays = Payers(model, whole, rows, "pays")
        self.asides = Payers(model, whole, rows, "aside")
        self.cash = model.row_upper[model.rows_of("cash")].reshape(-1, self.horizon)
        of_units = model.columns_of("present", "start", "ordered")
        self._boxes = np.setdiff1d(np.arange(self._size), np.concatenate([of_units, money]))
        self._orders = problem.variables.ordered
        self._candidates = Candidates(problem)
        self._residents = Residents(problem)
        self._nothing = Kept.nothing(problem)
        self._in_use = np.ones(self._size, dtype=bool)
        squares = np.asarray(self.limits.multiply(self.limits).sum(axis=1)).ravel()
        norms = np.sqrt(squares)
        self.scale_rows = np.divide(1.0, norms, out=np.zeros_like(norms), where=norms > 0)
        self.scale_rows[self.is_due] = 0.0
        self.scale_held = 1.0 / max(1.0, float(self.cash.max(initial=1.0)))
        self.scale_borne = 1.0 / self.pays.typical(squares)
        self.worth = float(np.median(self._goal[self._goal > 0])) if self._goal.any() else 1.0

    def without(self, columns: Index) -> Relaxed:
        """The same, to be used with some columns at 0: they are left out, to be faster."""
        other = copy(self)
        other._in_use = self._in_use.copy()
        other._in_use[columns] = False
        return other

    def open(self, kept: Kept | None = None) -> Open:
        """What is left to decide beside something; nothing is kept if not said."""
        kept = kept or self._nothing
        is_open = np.zeros(self._size, dtype=bool)
        is_open[self._boxes] = True
        is_open[self._orders[~kept.ordered][self._orders[~kept.ordered] != NONE]] = True
        for columns in (
            *self._candidates.columns(kept.left, kept.closed),
            *self._residents.columns(kept.left),
        ):
            is_open[columns[columns != NONE]] = True
        columns = np.flatnonzero(is_open & self._in_use)
        return Open(kept, columns, self._turned[columns], self.limits @ kept.values)

    def value(self, prices: Prices, left: Open) -> Valued:
        """The bound at some prices, and what is left of each limit there.

        With something kept the bound is that of plans that keep it.
        """
        kept = left.kept
        worth_later = np.cumsum(prices.cash[:, ::-1], axis=1)[:, ::-1]
        paying, payer = self.pays.cheapest(worth_later)
        keeping, keeper = self.asides.cheapest(prices.cash)
        price = np.where(self.is_due, 0.0, prices.rows)
        price[self.pays.rows[paying]] = -worth_later.ravel()[payer]
        price[self.asides.rows[keeping]] = -prices.cash.ravel()[keeper]
        gain = np.zeros(self._size)
        gain[left.columns] = self._goal[left.columns] - left.turned @ price
        bound = -_together(price, left.used)  # stays and orders that are kept cover nothing alone
        values = kept.values.copy()
        good = self._boxes[gain[self._boxes] > 0]
        values[good] = self._upper[good]
        bound += _together(gain[good], values[good])
        bound += self._order(gain, values, kept.ordered)
        coming, come = self._candidates.choose(gain, kept.left, kept.closed, values)
        staying, stay = self._residents.choose(gain, kept.left, values)
        bound += coming + staying
        limits = ~self.is_due
        bound += _together(price[limits], self.most[limits]) + _together(prices.cash, self.cash)
        more = values[left.columns] - kept.values[left.columns]
        used = left.used + left.turned.T @ more
        spare = np.where(self.is_due, 0.0, self.most - used)
        paid = self.pays.spent(used, paying, payer, self.cash.shape)
        aside = self.asides.spent(used, keeping, keeper, self.cash.shape)
        spare_cash = self.cash - np.cumsum(paid, axis=1) - aside
        return Valued(bound, values, spare, spare_cash, (*come, *stay))

    def _order(self, gain: Real, values: Real, ordered: Flags) -> float:
        """Each building option not ordered yet is so in its best month, if that pays."""
        total = 0.0
        for months, done in zip(self._orders, ordered, strict=True):
            columns = months[months != NONE]
            if len(columns) and not done:
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


class Payers:
    """Which pools may bear each due row: pairs of a row and a cell of pool × month.

    Attributes:
        rows: of each pair the place of the due row among the priced rows; pairs of a row together.
        cells: of each pair pool × horizon + month.
        columns: of each pair the column that says how much.
    """

    def __init__(self, model: Model, whole: sparse.csr_matrix, kept: Index, kind: str) -> None:
        columns = model.columns_of(kind)
        part = whole[:, columns].tocoo()
        cash = np.concatenate([model.rows_of("cash"), model.rows_of("cash_used")])
        cell = np.full(model.row_count, NONE)
        count = len(cash) // 2
        cell[cash[:count]] = cell[cash[count:]] = np.arange(count)
        in_cash = cell[part.row] != NONE
        self.rows = np.zeros(len(columns), dtype=np.int64)
        self.cells = np.zeros(len(columns), dtype=np.int64)
        place = np.full(model.row_count, NONE)
        place[kept] = np.arange(len(kept))
        self.rows[part.col[~in_cash]] = place[part.row[~in_cash]]
        self.cells[part.col[in_cash]] = cell[part.row[in_cash]]
        order = np.argsort(self.rows, kind="stable")
        self.rows, self.cells = self.rows[order], self.cells[order]
        self.columns = columns[order]
        self._first = np.flatnonzero(np.diff(self.rows, prepend=-1))
        self._group = np.cumsum(np.diff(self.rows, prepend=-1) != 0) - 1

    def cheapest(self, worth: Real) -> tuple[Index, Index]:
        """For each due row the place of its cheapest pair, and the pair's cell."""
        if not len(self.rows):
            return self.rows, self.cells
        each = worth.ravel()[self.cells]
        least = np.minimum.reduceat(each, self._first)
        place = np.flatnonzero(each == least[self._group])
        _, first = np.unique(self._group[place], return_index=True)
        chosen = place[first]
        return chosen, self.cells[chosen]

    def typical(self, squares: Real) -> float:
        """The norm of what a cell may have to bear: the median, at least 1.

        Args:
            squares: of each priced row the sum of its squared terms.
        """
        borne = np.bincount(self.cells, squares[self.rows])
        return max(1.0, float(np.sqrt(np.median(borne[borne > 0])))) if len(self.cells) else 1.0

    def spent(self, used: Real, chosen: Index, cells: Index, shape: tuple[int, int]) -> Real:
        """What falls on each pool in each month; due rows hold costs with a minus."""
        amounts = -used[self.rows[chosen]]
        found: Real = np.bincount(cells, amounts, shape[0] * shape[1]).astype(float)
        return found.reshape(shape)
