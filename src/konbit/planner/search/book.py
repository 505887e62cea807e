"""What is decided, and what is left of every limit: asked before each stay, exactly."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from konbit.planner.draft import Draft
from konbit.planner.model import NONE
from konbit.planner.search.purses import PurseBook
from konbit.planner.search.relaxed import Kept, priced_rows
from konbit.planner.search.reliefs import gaps, reliefs_of
from konbit.planner.search.stays import columns_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from scipy import sparse

    from konbit.planner.problem import Problem
    from konbit.planner.search.relaxed import Relaxed
    from konbit.planner.search.reliefs import Relief
    from konbit.planner.search.stays import Leg, Stay

    Real = np.ndarray[Any, np.dtype[np.float64]]
    Index = np.ndarray[Any, np.dtype[np.int64]]
    Flags = np.ndarray[Any, np.dtype[np.bool_]]

_NOT_ASKED = (
    "coverage", "coverage_held", "coverage_lent", "enablers", "held", "held_service",
    "critical_mass", "relief", "wear", "wear_work", "cash_due", "tail_due",
)  # fmt: skip
_SLIP = 1e-6


@dataclass(frozen=True, slots=True)
class Posting:
    """So many like units that stay alike, and who relieves them once it is decided."""

    stay: Stay
    units: int
    reliefs: tuple[Relief, ...] = ()


class Limits:
    """The limits that a stay must keep, as sparse columns; the same for every book of a problem."""

    def __init__(self, problem: Problem, relaxed: Relaxed) -> None:
        model = problem.model
        rows = priced_rows(model)
        asked = ~np.isin(rows, model.rows_of(*_NOT_ASKED))
        self.use = relaxed.limits[asked].tocsc()
        self.most = relaxed.most[asked]
        self.is_camp = np.isin(rows[asked], model.rows_of("camp"))
        self.mass = np.array(problem.world.critical_mass)[:, None]
        self.options: dict[int, list[int]] = {}
        for q, option in enumerate(problem.world.options):
            self.options.setdefault(problem.world.sites.index(option.site), []).append(q)


class Book:
    """Stays decided so far, with their reliefs; nothing in it breaks a limit.

    Only the critical mass of sites is not kept: a site fills up one unit after the other.
    """

    def __init__(self, problem: Problem, relaxed: Relaxed) -> None:
        self._problem, self._world, self._v = problem, problem.world, problem.variables
        self._limits = Limits(problem, relaxed)
        self._purses = PurseBook(relaxed)
        shape = (len(self._world.sites), self._world.horizon)
        self._used = np.zeros(len(self._limits.most))
        self._values = np.zeros(problem.model.column_count)
        self._people, self._units = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
        self._ordered = np.zeros(len(self._world.options), dtype=bool)
        self.left = np.array([unit.count for unit in self._world.units])
        self.postings: tuple[Posting, ...] = ()

    def copy(self) -> Book:
        """The same, to be gone on with."""
        other = copy(self)
        other._purses = self._purses.copy()
        for name in ("_used", "_values", "_people", "_units", "_ordered", "left"):
            setattr(other, name, getattr(self, name).copy())
        return other

    def of(self, postings: Iterable[Posting]) -> Book:
        """A book in which these are tried one after the other, begun from this one."""
        book = self.copy()
        for posting in postings:
            book.add(posting)
        return book

    def kept(self, closed: Flags) -> Kept:
        """What is decided, for prices of what is left."""
        return Kept(self._values.copy(), self.left.astype(float), self._ordered.copy(), closed)

    def draft(self) -> Draft:
        """The plan so far."""
        found = Draft.of(self._v, self._values)
        held = (self._units > 0) & (self._v.held != NONE)
        return replace(found, held=held.astype(np.int64))

    def thin(self) -> Flags:
        """Site × month: somebody is there, but fewer than the critical mass."""
        found: Flags = (self._units > 0) & (self._people < self._limits.mass)
        return found

    def add(self, posting: Posting) -> bool:
        """Decide for some units, if every limit allows it; beds are built where that helps."""
        stay, units = posting.stay, posting.units
        unit = self._world.units[stay.unit]
        reliefs = reliefs_of(unit, stay, units, unit.count - int(self.left[stay.unit]))
        columns = self._columns(stay, reliefs)
        if columns is None or self.left[stay.unit] < units:
            return False
        held = self._newly_held(stay)
        come = np.array([relief.contingents for relief in reliefs], dtype=float)
        own = np.concatenate((np.full(len(columns) - len(come), float(units)), come))
        values = np.concatenate((own, np.ones(len(held))))
        everything = np.concatenate((columns, held))
        use = _gathered(self._limits.use, everything, values)
        orders = self._beds(stay, use)
        if orders is None:
            return False
        if orders:
            built = np.array([column for _, column in orders])
            everything = np.concatenate((everything, built))
            values = np.concatenate((values, np.ones(len(built))))
            use = _gathered(self._limits.use, everything, values)
        if not self._purses.pay(everything, values):
            return False
        self._used = self._used + use
        np.add.at(self._values, columns, own)
        for q, column in orders:
            self._ordered[q] = True
            self._values[column] = 1.0
        for s, first, until in stay.legs:
            self._people[s, first:until] += units * unit.strength_persons
            self._units[s, first:until] += units
        for s, first, until, contingents in gaps(unit.tour, reliefs):
            self._people[s, first:until] -= contingents * unit.strength_persons
        self.left[stay.unit] -= units
        self.postings = (*self.postings, Posting(stay, units, reliefs))
        return True

    def _columns(self, stay: Stay, reliefs: Sequence[Relief]) -> Index | None:
        """Of presence and starts, then one for each relief; None where one of them is not there."""
        unit = self._world.units[stay.unit]
        w = self._v.relief[stay.unit]
        relieving = np.array([w[r.site, r.month] for r in reliefs], dtype=np.int64)
        columns = np.concatenate((columns_of(self._v, unit, stay), relieving))
        return None if (columns == NONE).any() else columns

    def _newly_held(self, stay: Stay) -> Index:
        found = []
        for s, first, until in stay.legs:
            held = self._v.held[s, first:until]
            found.append(held[(held != NONE) & (self._units[s, first:until] == 0)])
        return np.concatenate(found)

    def _overrun(self, use: Real) -> Flags:
        found: Flags = (self._used + use > self._limits.most + _SLIP) & (use > 0)
        return found

    def _beds(self, stay: Stay, use: Real) -> list[tuple[int, int]] | None:
        """Options to order, and when, so that all fit in; none that do is None."""
        over = self._overrun(use)
        orders: list[tuple[int, int]] = []
        if not over.any():
            return orders
        if over[~self._limits.is_camp].any():
            return None
        for q, column in self._buildable(stay.legs):
            orders.append((q, column))
            use = use + _gathered(self._limits.use, np.array([column]), np.ones(1))
            if not self._overrun(use).any():
                return orders
        return None

    def _buildable(self, legs: Iterable[Leg]) -> Iterator[tuple[int, int]]:
        """Options not ordered yet that are ready when a leg begins, the cheapest beds first."""
        for s, first, _ in legs:
            found = []
            for q in self._limits.options.get(s, ()):
                option, columns = self._world.options[q], self._v.ordered[q]
                until = max(0, first - option.lead_time_months + 1)
                months = np.flatnonzero(columns[:until] != NONE)
                if len(months) and not self._ordered[q]:
                    column = int(columns[months[-1]])
                    each = float(self._problem.cost[column]) / max(1, option.adds_persons)
                    found.append((each, q, column))
            yield from ((q, column) for _, q, column in sorted(found))


def _gathered(matrix: sparse.csc_matrix, columns: Index, values: Real) -> Real:
    """Σ column × value, without the rest of the matrix."""
    first, until = matrix.indptr[columns], matrix.indptr[columns + 1]
    lengths = until - first
    shift = first - np.concatenate(([0], np.cumsum(lengths)[:-1]))
    place = np.repeat(shift, lengths) + np.arange(lengths.sum())
    amounts = matrix.data[place] * np.repeat(values, lengths)
    found: Real = np.bincount(matrix.indices[place], amounts, matrix.shape[0]).astype(float)
    return found
