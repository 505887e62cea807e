"""A plan in the making: whole units by place and month, and where it may be changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from konbit.planner.model import NONE

if TYPE_CHECKING:
    from konbit.planner.problem import Problem
    from konbit.planner.variables import Columns, Variables
    from konbit.planner.world import World

    Counts = np.ndarray[Any, np.dtype[np.int64]]
    Flags = np.ndarray[Any, np.dtype[np.bool_]]
    Real = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True, eq=False)
class Draft:
    """Whole units, sites held and orders, as arrays.

    Attributes:
        present: by unit, site × month.
        starts: by unit, site × month.
        reliefs: by unit, site × month, of contingents that arrive.
        held: site × month.
        ordered: option × month.
    """

    present: tuple[Counts, ...]
    starts: tuple[Counts, ...]
    reliefs: tuple[Counts, ...]
    held: Counts
    ordered: Counts

    @staticmethod
    def nobody(world: World) -> Draft:
        """Nobody comes and nobody stays, which is always allowed."""
        shape = (len(world.sites), world.horizon)
        nothing = tuple(np.zeros(shape, dtype=np.int64) for _ in world.units)
        ordered = np.zeros((len(world.options), world.horizon), dtype=np.int64)
        return Draft(nothing, nothing, nothing, np.zeros(shape, dtype=np.int64), ordered)

    @staticmethod
    def of(v: Variables, values: Real) -> Draft:
        """The whole numbers of a solver's values."""

        def read(columns: Columns) -> Counts:
            found = np.zeros(columns.shape, dtype=np.int64)
            exists = columns != NONE
            found[exists] = np.rint(values[columns[exists]]).astype(np.int64)
            return found

        return Draft(
            tuple(read(x) for x in v.present),
            tuple(read(z) for z in v.start),
            tuple(read(w) for w in v.relief),
            read(v.held),
            read(v.ordered),
        )

    def values(self, problem: Problem) -> Real:
        """The whole numbers as values of a problem's columns; 0 for those that are not whole."""
        v = problem.variables
        found = np.zeros(problem.model.column_count)
        pairs = (
            *zip(v.present, self.present, strict=True),
            *zip(v.start, self.starts, strict=True),
            *zip(v.relief, self.reliefs, strict=True),
            (v.held, self.held),
            (v.ordered, self.ordered),
        )
        for columns, counts in pairs:
            exists = columns != NONE
            found[columns[exists]] = counts[exists]
        return found


@dataclass(frozen=True, eq=False)
class Region:
    """Where a draft may be changed.

    Attributes:
        draft: the plan.
        free: by unit, site × month, whether its units there may be others.
        free_sites: site × month, whether the site may be held or left.
        free_options: option × month, whether it may be ordered then, or not.
    """

    draft: Draft
    free: tuple[Flags, ...]
    free_sites: Flags
    free_options: Flags

    @staticmethod
    def of_units(draft: Draft, free: tuple[Flags, ...]) -> Region:
        """Some units may be others; every site may be held, and every option ordered."""
        sites, options = (np.ones(kept.shape, dtype=bool) for kept in (draft.held, draft.ordered))
        return Region(draft, free, sites, options)

    def after(self, month: int) -> Region:
        """The same without the months before one: these stay as they are."""
        later = np.arange(self.free_sites.shape[1]) >= month
        free = tuple(cells & later for cells in self.free)
        return Region(self.draft, free, self.free_sites & later, self.free_options & later)

    def within(
        self, possible: Flags, most: float | Real, kept: Counts, free: Flags
    ) -> tuple[Flags, tuple[Real, Real]]:
        """Which columns there are and their bounds: free ones, and those held at what is kept."""
        exists = (possible & free) | (kept > 0)
        values = kept.astype(float)
        return exists, (np.where(free, 0.0, values), np.where(free, most, values))
