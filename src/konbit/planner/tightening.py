"""Rows that no plan in whole units breaks, for proofs: they bring the continuous model closer.

They follow from the laws and from units being whole, and are never part of the model that plans are
made of: a lever that raises a limit would have to raise them too.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import numpy as np

from konbit.planner.model import NONE, Terms
from konbit.planner.rounding import Limit, parts, rounded, sizes, turned

if TYPE_CHECKING:
    from collections.abc import Iterable

    from konbit.planner.model import Model
    from konbit.planner.problem import Problem, Vector

    Real = np.ndarray[Any, np.dtype[np.float64]]
    Whole = np.ndarray[Any, np.dtype[np.int64]]

_PACKED = ("lift", "lift_cargo", "equipment", "ceiling")
_FEW = 15  # of the largest unit; where more go into a limit, rounding it changes little


def tightened(problem: Problem) -> tuple[Model, Vector]:
    """The problem's model with more rows and columns at the end, and coverage in its columns.

    Every plan in whole units has values of the new columns with which it keeps the new rows.
    """
    found = _Tightening(problem)
    found.packed()
    found.covered()
    found.enabled()
    found.housed()
    return found.written()


class _Tightening:
    """Rows as they are gathered, each of them once."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._model = problem.model
        self._wider = problem.model.copied()
        self._whole = problem.model.whole
        self._found: dict[tuple[bytes, bytes, float], Limit] = {}
        self._row_of = self._coverage_rows()
        self._pairs = self._enabler_pairs()
        self._most = self._most_met()

    def written(self) -> tuple[Model, Vector]:
        """The model with what was gathered."""
        limits = list(self._found.values())
        wider = self._wider
        if limits:
            lengths = [len(limit.columns) for limit in limits]
            terms = Terms(
                np.repeat(np.arange(len(limits)), lengths),
                np.concatenate([limit.columns for limit in limits]),
                np.concatenate([limit.values for limit in limits]),
            )
            upper = np.array([limit.most for limit in limits])
            wider.rows(len(limits), terms, "whole_units", np.arange(len(limits)), upper=upper)
        goal = np.zeros(wider.column_count)
        goal[: len(self._problem.coverage)] = self._problem.coverage
        return wider, goal

    def packed(self) -> None:
        """Where few units go into a limit, as many as go: no third of a company in a ship."""
        for row in self._model.rows_of(*_PACKED):
            limit = self._limit(row)
            if 0 < limit.most <= _FEW * limit.values.max():
                self._rounded(limit, [*sizes(limit.values), *parts(limit.most)])

    def covered(self) -> None:
        """What is met takes whole units: half a company covers nothing, nor half of a need."""
        for row in self._model.rows_of("coverage"):
            self._covering(self._limit(row), self._most)

    def enabled(self) -> None:
        """All that is enabled alike has one level, for which whole units of each enabler are due.

        The level is a column of its own: nothing enabled is above it, and no enabler below.
        """
        enabled: defaultdict[int, list[int]] = defaultdict(list)
        for column, enabler in self._pairs.tolist():
            enabled[enabler].append(column)
        alike: defaultdict[tuple[int, ...], list[int]] = defaultdict(list)
        for enabler, columns in enabled.items():
            alike[tuple(sorted(columns))].append(enabler)
        for together, enablers in alike.items():
            most = float(self._most[list(together)].max())
            level = together[0]
            if len(together) > 1:
                level = self._wider.column(0.0, most, "level", level)
                for column in together:
                    self._below(column, level)
                for enabler in enablers:
                    self._below(level, enabler)
            for enabler in enablers:
                self._level(level, most, enabler)

    def housed(self) -> None:
        """Beds are there where a site is held, and of each unit no more than its beds hold.

        Σ h P ≤ capacity × o + Σ built; Σ h P ≤ limit × o; x ≤ ⌊beds at most / h⌋ × o.
        """
        held = self._problem.variables.held
        names = self._model.row_names
        for row in self._model.rows_of("camp", "camp_limit"):
            _, s, t = names[row]
            holding = held[int(s), int(t)]
            if holding != NONE:
                limit = self._limit(row)
                columns = np.append(limit.columns, holding)
                self._add(Limit(columns, np.append(limit.values, -limit.most), 0.0))
        self._each_held()

    def _each_held(self) -> None:
        world, v = self._problem.world, self._problem.variables
        beds = _beds(self._problem)
        for unit, present in zip(world.units, v.present, strict=True):
            people = unit.strength_persons
            if people:
                for s, t in np.argwhere((present != NONE) & (v.held != NONE)):
                    most = min(unit.count, int(beds[s, t]) // people)
                    columns = np.array([present[s, t], v.held[s, t]])
                    self._add(Limit(columns, np.array([1.0, -float(most)]), 0.0))

    def _level(self, level: int, most: float, enabler: int) -> None:
        """Units of the enabler for the level that it enables, in place of what is met of it."""
        limit = self._limit(self._row_of[enabler])
        place = limit.columns == enabler
        columns = np.append(limit.columns[~place], level)
        values = np.append(limit.values[~place], limit.values[place])
        bound = np.full(self._wider.column_count, np.inf)
        bound[level] = most
        self._covering(Limit(columns, values, limit.most), bound)

    def _covering(self, limit: Limit, bounds: Real) -> None:
        """Rows of what is met, whose columns are counted down from the most there can be."""
        upper = bounds[limit.columns]
        missing = turned(limit, upper)
        units = limit.values[self._is_whole(limit.columns)]
        steps = [*sizes(units[units < 0]), -missing.most]
        self._rounded(missing, [step for step in steps if step > 0], bounds)

    def _rounded(self, limit: Limit, steps: Iterable[float], bounds: Real | None = None) -> None:
        whole = self._is_whole(limit.columns)
        for step in steps:
            found = rounded(limit, whole, step)
            if found is None:
                continue
            if bounds is not None:
                self._add(turned(found, bounds[found.columns]))
            elif not _implied(found, limit):
                self._add(found)

    def _is_whole(self, columns: Whole) -> np.ndarray[Any, np.dtype[np.bool_]]:
        added = columns >= len(self._whole)
        return np.where(added, False, self._whole[np.where(added, 0, columns)])

    def _below(self, lesser: int, greater: int) -> None:
        self._add(Limit(np.array([lesser, greater]), np.array([1.0, -1.0]), 0.0))

    def _add(self, limit: Limit) -> None:
        order = np.argsort(limit.columns, kind="stable")
        columns, values = limit.columns[order], limit.values[order]
        key = (columns.tobytes(), np.round(values, 6).tobytes(), round(limit.most, 6))
        self._found.setdefault(key, Limit(columns, values, limit.most))

    def _limit(self, row: int) -> Limit:
        model = self._model
        terms = slice(model.starts[row], model.starts[row + 1])
        return Limit(model.indices[terms], model.values[terms], float(model.row_upper[row]))

    def _coverage_rows(self) -> dict[int, int]:
        """The row in which each share met stands."""
        met = set(self._model.columns_of("met").tolist())
        return {
            int(column): int(row)
            for row in self._model.rows_of("coverage")
            for column in self._limit(row).columns
            if int(column) in met
        }

    def _enabler_pairs(self) -> Whole:
        """What is met, and what is met of its enabler: pairs of columns."""
        rows = self._model.rows_of("enablers")
        pairs: Whole = self._model.indices[self._model.starts[rows][:, None] + np.arange(2)]
        return pairs

    def _most_met(self) -> Real:
        """Of each share the most that all who are offered could meet; infinite for other columns.

        No share is above that of its enabler.
        """
        most = np.full(self._model.column_count, np.inf)
        for column, row in self._row_of.items():
            limit = self._limit(row)
            gives = limit.values < 0
            given = -(limit.values[gives] * self._model.upper[limit.columns[gives]]).sum()
            quantity = float(limit.values[limit.columns == column][0])
            most[column] = min(float(self._model.upper[column]), given / quantity)
        enabled, enabler = self._pairs.T
        before = np.zeros(0)
        while not np.array_equal(before, most):
            before = most.copy()
            np.minimum.at(most, enabled, most[enabler])
        return most


def _implied(found: Limit, limit: Limit) -> bool:
    """Whether a rounded limit says no more than a multiple of the limit itself."""
    if len(found.columns) < len(limit.columns):
        limit = Limit(*_only(limit, found.columns), limit.most)
    return bool((found.values * limit.most <= found.most * limit.values + 1e-9).all())


def _only(limit: Limit, columns: Whole) -> tuple[Whole, Real]:
    kept = np.isin(limit.columns, columns)
    return limit.columns[kept], limit.values[kept]


def _beds(problem: Problem) -> Real:
    """Site × month, the most people who could ever be housed there."""
    world = problem.world
    built = np.zeros(len(world.sites))
    for option in world.options:
        built[world.sites.index(option.site)] += option.adds_persons
    beds = np.array(world.capacity, dtype=float) + built[:, None]
    limit = np.array([np.inf if most is None else float(most) for most in world.limit])
    found: Real = np.minimum(beds, limit[:, None])
    return found
