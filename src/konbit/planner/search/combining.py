"""Whole stays put together: which of the stays that prices thought of make the best plan.

A unit's way through the mission is one whole column instead of one for each month and site. What
the solver has to decide is then ten to a hundred times less, so that it may look at many units, at
all sites and in all months, at once. Only stays that somebody thought of are there to choose from.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import sparse

from konbit.planner.draft import Draft
from konbit.planner.model import NONE, Model, Terms
from konbit.planner.search.bearing import Bearing, has_many
from konbit.planner.search.paths import stays_of
from konbit.planner.search.stays import columns_of
from konbit.planner.solve import Solver, SolverError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from random import Random

    from konbit.planner.problem import Problem
    from konbit.planner.search.stays import Stay

    Real = np.ndarray[Any, np.dtype[np.float64]]
    Index = np.ndarray[Any, np.dtype[np.int64]]
    Flags = np.ndarray[Any, np.dtype[np.bool_]]
    Enough = Callable[[], bool]

OF_STAYS = ("presence", "minimum_stay", "offered", "offered_starts", "offered_leaving")
"""Laws that every stay keeps by itself, but for the numbers offered."""

_WHOLE = ("held", "ordered", "relief")
_REST = ("met", "stand", "young", "pays", "aside", "used")
_GAP, _NODES = 0.003, 10
_HALF = 0.5  # of a unit: less of a difference is none


@dataclass(frozen=True, eq=False)
class Choice:
    """A plan as values of the columns of whole stays, and what it covers."""

    values: Real
    covered: float


class Combining:
    """A problem in columns of whole stays.

    Args:
        problem: the problem.
        stays: those to choose from.
        draft: a plan; its own stays are among them.
        kept_months: in how many months, the first, everything is as in the draft.
    """

    def __init__(
        self, problem: Problem, stays: Iterable[Stay], draft: Draft, kept_months: int = 0
    ) -> None:
        own = stays_of(problem.world, draft)
        self._problem, self._draft, self._kept_months = problem, draft, kept_months
        self.stays = sorted({*stays, *own})
        self._count = len(self.stays)
        self._own = np.array([own[stay] for stay in self.stays], dtype=float)
        model = problem.model
        self._whole = model.columns_of(*_WHOLE)
        self._other = np.concatenate([self._whole, model.columns_of(*_REST)])
        self._bearing = Bearing(problem, self._other) if has_many(model) else None
        self._of_stays = self._adding_up()
        self._goal = np.concatenate([np.zeros(self._count), problem.coverage[self._other]])
        self._site, self._unit, self._month = self._places()
        self._model = self._written()
        world = problem.world
        self._sites = [frozenset(stay.sites) for stay in self.stays]
        self._by_site = _listed(self._sites, len(world.sites))
        self._by_unit = _listed([{stay.unit} for stay in self.stays], len(world.units))

    def begin(self) -> Choice | None:
        """The draft in columns of stays; nothing where the solver does not find it there."""
        whole = np.arange(self._count + len(self._whole), dtype=np.int32)
        kept = self._draft.values(self._problem)[self._whole]
        solver = Solver(self._model)
        solver.hold(whole, np.concatenate([self._own, kept]))
        return self._best(solver, None)

    def better(self, choice: Choice, free: Sequence[int], ends: Enough | None) -> Choice | None:
        """The best plan in which only some stays are chosen anew.

        Where none of them is, sites are held and built, and units relieved, as before; and for
        every cost few purses are thought of, where there are many.
        """
        solver = Solver(self._model, ends)
        is_free = np.zeros(self._count + len(self._whole), dtype=bool)
        is_free[list(free)] = True
        sites = sorted({s for stay in free for s in self._sites[stay]})
        units = sorted({self.stays[stay].unit for stay in free})
        is_near = np.isin(self._site, sites) | np.isin(self._unit, units)
        is_free[self._count :] = is_near & (self._month >= self._kept_months)
        held = np.flatnonzero(~is_free).astype(np.int32)
        solver.hold(held, choice.values[held])
        if self._bearing is not None:
            shut = self._count + self._bearing.shut(choice.values[self._count :])
            solver.close(shut.astype(np.int32))
        return self._best(solver, choice.values)

    def both(
        self, before: Choice, first: Choice, second: Choice, ends: Enough | None
    ) -> Choice | None:
        """The first of two plans with the best of what the second changed beside it."""
        stays = slice(0, self._count)
        changed = np.abs(second.values[stays] - before.values[stays]) > _HALF
        if not changed.any():
            return None
        return self.better(first, np.flatnonzero(changed).tolist(), ends)

    def draft(self, choice: Choice) -> Draft:
        """A plan as a draft."""
        found = self._of_stays @ np.rint(choice.values[: self._count])
        found[self._other] = choice.values[self._count :]
        return Draft.of(self._problem.variables, found)

    def some(self, random: Random, turn: int, most: int) -> list[int]:
        """Some stays to choose anew: of some sites, of some units, or any, in turn."""
        if turn % 3 == 2:
            return random.sample(range(self._count), min(most, self._count))
        groups = self._by_unit if turn % 3 else self._by_site
        found: set[int] = set()
        for group in random.sample(groups, len(groups)):
            if found and len(found | set(group)) > most:
                break
            found.update(group)
        return sorted(found)

    def _best(self, solver: Solver, start: Real | None) -> Choice | None:
        try:
            answer = solver.best(self._goal, gap=_GAP, nodes=_NODES, start=start)
        except SolverError:
            return None
        return Choice(answer.values, float((self._goal * answer.values).sum()))

    def _adding_up(self) -> sparse.csr_matrix:
        """The problem's columns × stays: where and when their units are, and where they come."""
        world, v = self._problem.world, self._problem.variables
        parts = [columns_of(v, world.units[stay.unit], stay) for stay in self.stays]
        each = np.repeat(np.arange(self._count), [len(part) for part in parts])
        columns = np.concatenate([np.zeros(0, dtype=np.int64), *parts])
        shape = (self._problem.model.column_count, self._count)
        exists = columns != NONE
        return sparse.csr_matrix((np.ones(exists.sum()), (columns[exists], each[exists])), shape)

    def _written(self) -> Model:
        whole, world = self._problem.model, self._problem.world
        model = Model()
        most = [float(world.units[stay.unit].count) for stay in self.stays]
        model.columns(self._count, 0.0, np.array(most), "stay", whole=True)
        for columns, is_whole in (
            (self._whole, True),
            (self._other[len(self._whole) :], False),
        ):
            lower, upper = whole.lower[columns], whole.upper[columns]
            model.columns(len(columns), lower, upper, "other", whole=is_whole)
        kept = np.setdiff1d(np.arange(whole.row_count), whole.rows_of(*OF_STAYS))
        terms = self._terms(kept)
        lower, upper = whole.row_lower[kept], whole.row_upper[kept]
        model.rows(len(kept), terms, "law", lower=lower, upper=upper)
        unit = np.array([stay.unit for stay in self.stays], dtype=np.int64)
        offered = Terms(unit, np.arange(self._count), np.ones(self._count))
        counts = np.array([float(unit.count) for unit in world.units])
        model.rows(len(counts), offered, "offered", upper=counts)
        if self._kept_months:
            self._keep_early(model)
        return model

    def _keep_early(self, model: Model) -> None:
        """Whoever is there, or comes, in the months that are kept is as in the draft."""
        v = self._problem.variables
        early = np.concatenate(
            [columns[:, : self._kept_months].ravel() for columns in (*v.present, *v.start)]
        )
        early = early[early != NONE]
        early = early[np.diff(self._of_stays.indptr)[early] > 0]
        rows = self._of_stays[early]
        each = np.repeat(np.arange(len(early)), np.diff(rows.indptr))
        terms = Terms(each, rows.indices.astype(np.int64), rows.data)
        there = rows @ self._own
        model.rows(len(early), terms, "kept", lower=there, upper=there)

    def _terms(self, kept: Index) -> Terms:
        """The problem's rows in columns of stays."""
        model = self._problem.model
        used = np.zeros(model.column_count, dtype=bool)
        used[self._other] = True
        used |= np.diff(self._of_stays.indptr) > 0
        place = np.flatnonzero(used[model.indices])
        row = np.searchsorted(model.starts, place, side="right") - 1
        shape = (model.row_count, model.column_count)
        rows = sparse.csr_matrix((model.values[place], (row, model.indices[place])), shape)[kept]
        found = sparse.hstack([rows @ self._of_stays, rows[:, self._other]]).tocsr()
        found.eliminate_zeros()
        each = np.repeat(np.arange(len(kept)), np.diff(found.indptr))
        return Terms(each, found.indices.astype(np.int64), found.data)

    def _places(self) -> tuple[Index, Index, Index]:
        """Of each whole column that is no stay its site, or if a relief its unit; and its month."""
        world, v = self._problem.world, self._problem.variables
        site, unit, month = (np.full(self._problem.model.column_count, NONE) for _ in range(3))
        for s, columns in enumerate(v.held):
            site[columns[columns != NONE]] = s
        for option, columns in zip(world.options, v.ordered, strict=True):
            site[columns[columns != NONE]] = world.sites.index(option.site)
        for u, relief in enumerate(v.relief):
            unit[relief[relief != NONE]] = u
        for columns in (v.held, v.ordered, *v.relief):
            exists = columns != NONE
            month[columns[exists]] = np.broadcast_to(np.arange(world.horizon), columns.shape)[
                exists
            ]
        return site[self._whole], unit[self._whole], month[self._whole]


def _listed(keys: Iterable[Iterable[int]], count: int) -> list[list[int]]:
    """For each key the places that have it; keys without any are left out."""
    found: list[list[int]] = [[] for _ in range(count)]
    for place, of_place in enumerate(keys):
        for key in of_place:
            found[key].append(place)
    return [places for places in found if places]
