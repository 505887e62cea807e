"""How far a plan is from the one before: as numbers of two plans, and as columns of a model.

This is the only file of shock replay that knows how the model is laid out.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from konbit.dossier.replay import START_WEIGHT, Changes
from konbit.planner.model import NONE
from konbit.terms import Month

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from konbit.dossier.plan import Plan
    from konbit.planner.problem import Problem, Vector
    from konbit.planner.solve import Chosen
    from konbit.planner.whole import Whole

    Place = tuple[str, str, int]  # unit, site, month index
    Pair = tuple[float, float]

_SAME = 1e-6


@dataclass(frozen=True, slots=True)
class Layout:
    """Who is present and who starts where and when in a plan, and what is ordered when."""

    present: Mapping[Place, int]
    starts: Mapping[Place, int]
    orders: Mapping[str, int]


def layout(plan: Plan, split: Mapping[str, str]) -> Layout:
    """The layout of a plan; units of an offer that a shock parted in two count as one offer's."""
    present: defaultdict[Place, int] = defaultdict(int)
    starts: defaultdict[Place, int] = defaultdict(int)
    for row in plan.presence:
        place = (whole_unit(row.unit, split), row.site, _index(plan, row.month))
        present[place] += row.units
        starts[place] += row.arriving_units
    orders = {row.option: _index(plan, row.month) for row in plan.building_orders}
    return Layout(dict(present), dict(starts), orders)


def layout_of(problem: Problem, whole: Whole, split: Mapping[str, str]) -> Layout:
    """The layout of a solved problem, as its plan will say it: no idle orders."""
    world = problem.world
    present: defaultdict[Place, int] = defaultdict(int)
    starts: defaultdict[Place, int] = defaultdict(int)
    for u, unit in enumerate(world.units):
        code = whole_unit(unit.code, split)
        for found, counts in ((present, whole.present[u]), (starts, whole.starts[u])):
            for s, t in zip(*np.nonzero(counts), strict=True):
                found[code, world.sites[int(s)], int(t)] += int(counts[s, t])
    orders = {world.options[q].code: t for q, t in whole.ordered.items()}
    return Layout(dict(present), dict(starts), orders)


def whole_unit(unit: str, split: Mapping[str, str]) -> str:
    """The unit's code before its offer was parted: `KEN.W@PAP` is of `KEN@PAP`."""
    offer, at, site = unit.partition("@")
    return f"{split.get(offer, offer)}{at}{site}"


def _index(plan: Plan, month: str) -> int:
    return Month.parse(month) - plan.first_month


def changes(before: Layout, after: Layout, until: int | None = None) -> Changes:
    """How far one layout is from another; with `until`, in the months before that index only."""

    def counted(t: int) -> bool:
        return until is None or t < until

    places = {*before.present, *after.present}
    starting = after.starts.items()
    ordered = {*before.orders.items()} ^ {*after.orders.items()}
    return Changes(
        unit_months=sum(
            abs(before.present.get(place, 0) - after.present.get(place, 0))
            for place in places
            if counted(place[2])
        ),
        starts=sum(
            max(0, count - before.starts.get(place, 0))
            for place, count in starting
            if counted(place[2])
        ),
        orders=len({option for option, t in ordered if counted(t)}),
    )


@dataclass(frozen=True, eq=False)
class Measure:
    """The distance from a layout as a linear goal over the columns of a model.

    `total` and `early` (the months kept) are coefficients; `shift` and `early_shift` are what is to
    be added to their product with the values. `there` is what each column of presence, start or
    order is in the plan before; not a number where that is not one column's.
    """

    total: Vector
    shift: int
    early: Vector
    early_shift: int
    there: Vector

    def agreeing(self, values: Vector) -> dict[int, Pair]:
        """Columns that are in a point as in the plan before, each held there."""
        same = np.flatnonzero(np.abs(values - self.there) < _SAME)
        return {int(c): (float(self.there[c]), float(self.there[c])) for c in same}


class _Terms:
    """Adds up coefficients; where a distance bends between its ends, it gets a column."""

    def __init__(self, problem: Problem, keep: int) -> None:
        self._model = problem.model
        self._upper: Vector = problem.model.upper
        self._keep = keep
        self._sums: dict[bool, defaultdict[int, float]] = {
            early: defaultdict(float) for early in (False, True)
        }
        self._shift = {False: 0, True: 0}
        self._there: dict[int, int] = {}

    def apart(self, columns: list[int], there: int, t: int) -> None:
        """Σ columns away from `there`, either way."""
        self._stands(columns, there)
        most = self._most(columns)
        if there <= 0:
            self._add(columns, 1.0, 0, t)
        elif there >= most:
            self._add(columns, -1.0, there, t)
        else:
            extra = self._model.column(0, max(most, there), "apart", t)
            terms = [(column, 1.0) for column in columns]
            self._model.row([*terms, (extra, -1.0)], "apart_more", t, upper=there)
            self._model.row([*terms, (extra, 1.0)], "apart_less", t, lower=there)
            self._add([extra], 1.0, 0, t)

    def above(self, columns: list[int], there: int, t: int) -> None:
        """What Σ columns has above `there`, weighted as a start."""
        self._stands(columns, there)
        most = self._most(columns)
        if there <= 0:
            self._add(columns, START_WEIGHT, 0, t)
        elif there < most:
            extra = self._model.column(0, most, "above", t)
            terms = [(column, 1.0) for column in columns]
            self._model.row([*terms, (extra, -1.0)], "above_more", t, upper=there)
            self._add([extra], START_WEIGHT, 0, t)

    def ordered(self, columns: Mapping[int, int], there: int | None) -> None:
        """An order in another month than `there`, a new one, or one no longer made."""
        for t, column in columns.items():
            self._stands([column], int(t == there))
        if there is None:
            for t, column in columns.items():
                self._add([column], START_WEIGHT, 0, t)
            return
        if there >= self._keep:
            # Ordered sooner than it was: that changes the months kept, though `there` is later.
            for t, column in columns.items():
                self._early([column], START_WEIGHT, 0, t)
        same = [columns[there]] if there in columns else []
        self._add(same, -START_WEIGHT, START_WEIGHT, there)

    def _stands(self, columns: list[int], there: int) -> None:
        if len(columns) == 1 or not there:
            most = [round(self._upper[column]) for column in columns]
            self._there |= {c: min(there, m) for c, m in zip(columns, most, strict=True)}

    def _add(self, columns: Iterable[int], factor: float, shift: int, t: int) -> None:
        listed = list(columns)
        for column in listed:
            self._sums[False][column] += factor
        self._shift[False] += shift
        self._early(listed, factor, shift, t)

    def _early(self, columns: Iterable[int], factor: float, shift: int, t: int) -> None:
        if t >= self._keep:
            return
        for column in columns:
            self._sums[True][column] += factor
        self._shift[True] += shift

    def _most(self, columns: list[int]) -> int:
        return round(sum(float(self._upper[column]) for column in columns))

    def measure(self) -> Measure:
        size = self._model.column_count
        vectors = {}
        for early, sums in self._sums.items():
            vectors[early] = np.zeros(size)
            for column, factor in sums.items():
                vectors[early][column] = factor
        there = np.full(size, np.nan)
        for column, units in self._there.items():
            there[column] = units
        return Measure(vectors[False], self._shift[False], vectors[True], self._shift[True], there)


def measure(problem: Problem, before: Layout, split: Mapping[str, str], keep: int) -> Measure:
    """Add to a problem's model what is needed to measure the distance from a layout.

    Args:
        problem: its model gets columns and rows; its goals keep their length.
        before: the layout of the plan before.
        split: offers that a shock parted in two, the new code to the old.
        keep: months, from the first, whose distance is also measured on its own.
    """
    world, v = problem.world, problem.variables
    terms = _Terms(problem, keep)
    members: defaultdict[str, list[int]] = defaultdict(list)
    for u, unit in enumerate(world.units):
        if not unit.asked:
            members[whole_unit(unit.code, split)].append(u)
    for code, units in sorted(members.items()):
        for s, site in enumerate(world.sites):
            for t in range(world.horizon):
                x = [int(c) for u in units if (c := v.present[u][s, t]) != NONE]
                z = [int(c) for u in units if (c := v.start[u][s, t]) != NONE]
                terms.apart(x, before.present.get((code, site, t), 0), t)
                terms.above(z, before.starts.get((code, site, t), 0), t)
    gone = {place for place in before.present if place[0] not in members}
    for place in sorted(gone):
        terms.apart([], before.present[place], place[2])
    for q, option in enumerate(world.options):
        columns = {t: int(c) for t, c in enumerate(v.ordered[q]) if c != NONE}
        terms.ordered(columns, before.orders.get(option.code))
    return terms.measure()


def padded(goal: Vector, problem: Problem) -> Vector:
    """A goal of the problem over all columns that its model has by now."""
    longer: Vector = np.zeros(problem.model.column_count)
    longer[: len(goal)] = goal
    return longer


def unit_columns(problem: Problem) -> Chosen:
    """The columns of presence and starts."""
    return problem.model.columns_of("present", "start").astype(np.int32)
