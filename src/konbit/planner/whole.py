"""From the solver's numbers to whole units, exact costs and whole ten-thousandths."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from konbit.planner.contingents import Relief, relief_of
from konbit.planner.lines import MONTHLY, PER_PERSON, PER_UNIT, support_cost
from konbit.planner.model import NONE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from konbit.planner.constraints.money import Class, Treasury
    from konbit.planner.lines import Line
    from konbit.planner.problem import Problem, Vector
    from konbit.planner.variables import Columns, Variables
    from konbit.planner.world import World
    from konbit.terms import Month

    Counts = np.ndarray[Any, np.dtype[np.int64]]

_YES = 0.5
ItemKey = tuple[int, str, str, str]


@dataclass(frozen=True, eq=False)
class Whole:
    """Whole units by unit, site and month; orders by option; sites held.

    Attributes:
        present: units present.
        starts: units that start (candidates arrive, opening units move in).
        leaving: units that left since the month before.
        working: units at work.
        rotation: by unit, who relieves whom.
        ordered: month of order by option, for those ordered.
        held: by site and month.
    """

    present: tuple[Counts, ...]
    starts: tuple[Counts, ...]
    leaving: tuple[Counts, ...]
    working: tuple[Counts, ...]
    ordered: Mapping[int, int]
    held: Counts
    rotation: tuple[Relief, ...]

    def there(self, u: int) -> Counts:
        """Contingents there, by site and month."""
        found: Counts = self.housed(u) - self.rotation[u].kept
        return found

    def housed(self, u: int) -> Counts:
        """Places taken in camps and under ceilings, by site and month."""
        found: Counts = self.present[u] + self.rotation[u].outgoing
        return found


def round_units(problem: Problem, values: Vector) -> Whole:
    """Round the whole-number columns, and drop starts and sites that nobody needs."""
    world, v = problem.world, problem.variables
    present, starts, leaving, working = [], [], [], []
    rotation: list[Relief] = []
    for u, unit in enumerate(world.units):
        x = _counts(v.present[u], values)
        before = np.zeros_like(x)
        before[:, 1:] = x[:, :-1]
        if unit.home is not None:
            before[unit.home, 0] = unit.count
        z = np.maximum(_counts(v.start[u], values), np.maximum(x - before, 0))
        if unit.home is not None:
            z = np.maximum(x - before, 0)
        z = np.minimum(z, x)
        present.append(x)
        starts.append(z)
        leaving.append(before + z - x)
        rotation.append(relief_of(unit, _counts(v.relief[u], values), x, z))
        manned = x - rotation[u].kept
        working.append(manned if unit.is_opening else _working(manned, z, world.operational_lag))
    housed = [x + r.outgoing for x, r in zip(present, rotation, strict=True)]
    ordered = {
        int(q): int(t)
        for q, t in zip(*np.nonzero(v.ordered != NONE), strict=True)
        if values[v.ordered[q, t]] > _YES
    }
    return Whole(
        tuple(present),
        tuple(starts),
        tuple(leaving),
        tuple(working),
        _needed_orders(world, housed, ordered),
        _held(world, v, present),
        tuple(rotation),
    )


def _needed_orders(
    world: World, housed: list[Counts], ordered: Mapping[int, int]
) -> dict[int, int]:
    """Orders without which somebody would have no bed; the largest goes first where it can."""
    kept = dict(ordered)
    for q in sorted(ordered, key=lambda q: (-world.options[q].adds_persons, q)):
        without = {other: t for other, t in kept.items() if other != q}
        s = world.sites.index(world.options[q].site)
        people = sum(
            (x[s] * unit.strength_persons for x, unit in zip(housed, world.units, strict=True)),
            np.zeros(world.horizon, dtype=np.int64),
        )
        if all(people[t] <= _beds(world, without, s, t) for t in range(world.horizon)):
            kept = without
    return kept


def _beds(world: World, ordered: Mapping[int, int], s: int, t: int) -> int:
    return world.capacity[s][t] + sum(
        world.options[q].adds_persons
        for q, month in ordered.items()
        if world.options[q].site == world.sites[s]
        and month + world.options[q].lead_time_months <= t
    )


def _counts(columns: Columns, values: Vector) -> Counts:
    found = np.zeros(columns.shape, dtype=np.int64)
    exists = columns != NONE
    found[exists] = np.rint(values[columns[exists]]).astype(np.int64)
    return found


def _working(x: Counts, z: Counts, lag: int) -> Counts:
    found: Counts = x.copy()
    for back in range(lag):
        found[:, back:] -= z[:, : z.shape[1] - back]
    return np.maximum(found, 0)  # one still on its way whose place is kept is taken off twice


def _held(world: World, v: Variables, present: list[Counts]) -> Counts:
    """A site with a price or a critical mass is held in the months in which anybody is there."""
    anybody = sum(present, np.zeros((len(world.sites), world.horizon), dtype=np.int64)) > 0
    held: Counts = (anybody & (v.held != NONE)).astype(np.int64)
    return held


@dataclass(frozen=True, slots=True)
class Item:
    """A cost line of the plan: month, head, subject, site; amount and support cost; cost class."""

    month: int
    cost_head: str
    subject: str
    site: str
    payer: str
    amount_minor: int
    support_minor: int
    assumed: bool
    cost_class: Class | None
    contributor: str
    reimbursable: bool

    @property
    def key(self) -> ItemKey:
        """Month, head, subject, site."""
        return (self.month, self.cost_head, self.subject, self.site)

    @property
    def total_minor(self) -> int:
        """Amount with support cost."""
        return self.amount_minor + self.support_minor


class _Ledger:
    """Adds up lines by month, head, subject, site and payer."""

    def __init__(self, world: World, treasury: Treasury, ahead: int) -> None:
        self._world = world
        self._treasury = treasury
        self._ahead = ahead
        self._amounts: defaultdict[tuple[ItemKey, str], int] = defaultdict(int)
        self._lines: dict[tuple[ItemKey, str], Line] = {}
        self._assumed: defaultdict[tuple[ItemKey, str], bool] = defaultdict(bool)

    def add(self, t: int, subject: str, site: str, lines: Iterable[Line], count: int) -> None:
        """Add lines times a count."""
        if not count:
            return
        for line in lines:
            key = ((t, line.cost_head, subject, site), line.payer)
            self._amounts[key] += line.each_minor * count
            self._lines[key] = line
            self._assumed[key] |= line.assumed

    def items(self) -> tuple[Item, ...]:
        """The lines added up, in order, each with support cost on its whole amount."""
        prices, purses = self._treasury.prices, self._treasury.purses
        found = []
        for key in sorted(self._amounts):
            (t, head, subject, site), payer = key
            line, amount = self._lines[key], self._amounts[key]
            cost_class: Class | None = None
            if prices.is_trust_fund(payer):
                month = self._world.months[t] + self._ahead
                cost_class = (payer, purses.accepting(payer, line.subject, month))
            support = support_cost(amount, prices.support_share(payer))
            found.append(
                Item(
                    t,
                    head,
                    subject,
                    site,
                    payer,
                    amount,
                    support,
                    self._assumed[key],
                    cost_class,
                    line.subject.contributor,
                    line.reimbursable,
                )
            )
        return tuple(found)


def obligations(problem: Problem, whole: Whole) -> tuple[Item, ...]:
    """Every cost of the whole-number plan, exactly."""
    world, lines = problem.world, problem.treasury.lines
    ledger = _Ledger(world, problem.treasury, 0)
    for u in range(len(world.units)):
        for s in range(len(world.sites)):
            if whole.present[u][s].any() or whole.leaving[u][s].any():
                _of_unit(ledger, problem, whole, u, s)
    for s, site in enumerate(world.sites):
        for t, month in enumerate(world.months):
            if whole.held[s, t]:
                ledger.add(t, site, site, lines.of_site(s, month), 1)
    for q, t in whole.ordered.items():
        option = world.options[q]
        ledger.add(t, option.code, option.site, lines.of_option(q, world.months[t]), 1)
    return ledger.items()


def _of_unit(ledger: _Ledger, problem: Problem, whole: Whole, u: int, s: int) -> None:
    """Costs of a unit at a site; opening units neither arrive nor are sent home at new cost.

    What is counted per person follows the contingents, everything else the units.
    """
    world, lines = problem.world, problem.treasury.lines
    unit, site = world.units[u], world.sites[s]
    nobody = np.zeros(world.horizon, dtype=np.int64)
    starts = nobody if unit.is_opening else whole.starts[u][s]
    leaving = nobody if unit.is_opening else whole.leaving[u][s]
    came, gone = whole.rotation[u].relief[s], whole.rotation[u].relieved[s]
    of_persons = (whole.there(u)[s], starts + came, leaving + gone)
    of_units = (whole.present[u][s], starts, leaving)
    counted = [*zip(PER_PERSON, of_persons, strict=True), *zip(PER_UNIT, of_units, strict=True)]
    for t, month in enumerate(world.months):
        for how, counts in counted:
            if counts[t]:
                ledger.add(t, unit.code, site, lines.of_unit(u, s, month, how), int(counts[t]))


def tail(problem: Problem, whole: Whole) -> tuple[Item, ...]:
    """What must be set aside at the end of each month, exactly; trust funds only."""
    world = problem.world
    ledger = _Ledger(world, problem.treasury, 1)
    for u, unit in enumerate(world.units):
        for s in range(len(world.sites)):
            kept_for = whole.rotation[u].outgoing if unit.is_opening else whole.present[u]
            if kept_for[s].any():
                _keep(ledger, problem, whole, u, s)
    return ledger.items()


def _keep(ledger: _Ledger, problem: Problem, whole: Whole, u: int, s: int) -> None:
    """The way home of those present, and the rest of the minimum stay of those who started.

    Of opening units, whose own way home was due when they came, that of contingents too many.
    """
    world, treasury = problem.world, problem.treasury
    code, site = world.units[u].code, world.sites[s]

    def keep(t: int, month: Month, counted: tuple[str, ...], count: int) -> None:
        lines = treasury.lines.of_unit(u, s, month, counted)
        kept = (line for line in lines if treasury.prices.is_trust_fund(line.payer))
        ledger.add(t, code, site, kept, count)

    per_person, per_unit = PER_PERSON[2], PER_UNIT[2]
    if world.units[u].is_opening:
        for t, month in enumerate(world.months):
            keep(t, month + 1, per_person, int(whole.rotation[u].outgoing[s, t]))
        return
    there = whole.there(u)[s]
    for t, month in enumerate(world.months):
        keep(t, month + 1, per_person, int(there[t]))
        keep(t, month + 1, per_unit, int(whole.present[u][s, t]))
        for r in range(max(0, t - world.minimum_stay + 1), t + 1):
            for ahead in range(t + 1, r + world.minimum_stay):
                keep(t, world.months[0] + ahead, MONTHLY, int(whole.starts[u][s, r]))
