"""Levers: what would be different if a limit were lifted or an ask answered.

A lever is a set of new bounds on columns and rows of the one model of a plan, so that trying it is
a change of numbers and not a new model.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from math import inf
from typing import TYPE_CHECKING

from konbit.planner.constraints.money import advance_limit
from konbit.planner.family import Family
from konbit.planner.model import NONE
from konbit.planner.purse import FREE, Purse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from konbit.planner.advances import Advance
    from konbit.planner.problem import Problem
    from konbit.planner.world import Allowed

Bounds = tuple[float, float]


@dataclass(frozen=True, eq=False)
class Lever:
    """New lower and upper bounds by column and by row."""

    columns: Mapping[int, Bounds] = field(default_factory=dict)
    rows: Mapping[int, Bounds] = field(default_factory=dict)


def _unbound(problem: Problem, *laws: str) -> Lever:
    """Lift the upper bound of every row of some laws."""
    return Lever(rows={int(r): (-inf, inf) for r in problem.law(*laws)})


def raise_rows(problem: Problem, rows: Iterable[int], by: float) -> Lever:
    """Raise the upper bound of rows."""
    model = problem.model
    raised = {int(r): (float(model.row_lower[r]), float(model.row_upper[r]) + by) for r in rows}
    return Lever(rows=raised)


def offer(problem: Problem) -> Lever:
    """Nothing needed is short of offers: typical units of every capability may come."""
    columns = {}
    for u, unit in enumerate(problem.world.units):
        if unit.asked:
            columns.update(_open(problem, u, unit.earliest, unit.count))
    return Lever(columns=columns)


def typical(problem: Problem, u: int, count: int) -> Lever:
    """Some typical units of one capability may come."""
    names = problem.model.row_names
    rows = {
        int(r): (-inf, float(count))
        for r in problem.law("offered_starts", "offered")
        if names[r][1] == u
    }
    return Lever(_open(problem, u, problem.world.units[u].earliest, count), rows)


def ready(problem: Problem, u: int) -> Lever:
    """Units of one offer may come from the first month."""
    return Lever(columns=_open(problem, u, 0, problem.world.units[u].count))


def readiness(problem: Problem) -> Lever:
    """Every offered unit may come from the first month."""
    columns = {}
    for u, unit in enumerate(problem.world.units):
        if not unit.is_opening and not unit.asked:
            columns.update(_open(problem, u, 0, unit.count))
    return Lever(columns=columns)


def admitted(problem: Problem, u: int, allowed: Allowed) -> Lever:
    """Units of one offer may be where they would be, were they admitted; none is lifted beside."""
    unit = problem.world.units[u]
    return Lever(columns=_open(problem, u, unit.earliest, unit.count, allowed))


def eligibility(problem: Problem) -> Lever:
    """Every unit is eligible under every funding model, and all may stay at a transfer."""
    columns = {}
    for u, unit in enumerate(problem.world.units):
        if not unit.asked:
            columns.update(_open(problem, u, unit.earliest, unit.count, unit.possible))
    return Lever(columns, _unbound(problem, "carry_over").rows)


def _open(
    problem: Problem, u: int, first: int, count: int, where: Allowed | None = None
) -> dict[int, Bounds]:
    unit, v = problem.world.units[u], problem.variables
    allowed = unit.allowed if where is None else where
    return {
        int(columns[s, t]): (0.0, float(count))
        for columns in (v.present[u], v.start[u], v.relief[u])
        for s in range(len(problem.world.sites))
        for t in range(first, problem.world.horizon)
        if columns[s, t] != NONE and allowed[s, t]
    }


def money(problem: Problem) -> Lever:
    """Every cost is borne: nothing that is due need be covered by cash or budget."""
    return _unbound(problem, "cash", "assessed", "assessed_none", "cash_due", "tail_due")


def earmark(problem: Problem, widened: frozenset[Purse] | None = None) -> Lever:
    """Money of some purses, or of all, pays for anything its fund pays for.

    It moves to the purse without earmark of its fund, which pays for anything.
    """
    treasury, model = problem.treasury, problem.model
    change: defaultdict[tuple[int, int], float] = defaultdict(float)
    for purse, available in treasury.purses.cash.items():
        if purse.earmark != FREE and (widened is None or purse in widened):
            for t, amount in enumerate(available):
                moved = amount / treasury.scale
                change[_pool_of(problem, purse), t] -= moved
                change[_pool_of(problem, Purse(purse.fund, FREE)), t] += moved
    rows = {}
    for (first, t), moved in change.items():
        if moved:
            most = float(model.row_upper[first + t])
            rows[first + t] = (-inf, max(0.0, most + moved))
    return Lever(rows=rows)


def timing(problem: Problem) -> Lever:
    """All that is received, signed or pledged by anybody is there from the first month."""
    treasury, model = problem.treasury, problem.model
    promised: defaultdict[int, float] = defaultdict(float)
    for purse, amount in treasury.purses.promised.items():
        promised[_pool_of(problem, purse)] += amount / treasury.scale
    rows = {
        first + t: (-inf, max(float(model.row_upper[first + t]), amount))
        for first, amount in promised.items()
        for t in range(problem.world.horizon)
    }
    return Lever(rows=rows)


def advance(problem: Problem, row: Advance, more_minor: int) -> Lever:
    """A contributor advances more, in minor units."""
    rows = _advance_rows(problem, row, row.limit_minor + more_minor, row.owed_minor)
    return Lever(rows=dict(rows))


def paid(problem: Problem, rows: Iterable[Advance]) -> Lever:
    """What contributors are owed from before is paid before the plan begins."""
    nothing = (0,) * problem.world.horizon
    found: dict[int, Bounds] = {}
    for row in rows:
        found.update(_advance_rows(problem, row, row.limit_minor, nothing))
    return Lever(rows=found)


def _advance_rows(
    problem: Problem, row: Advance, limit_minor: int, owed_minor: Sequence[int]
) -> Iterator[tuple[int, Bounds]]:
    names = problem.model.row_names
    changed = replace(row, limit_minor=limit_minor)
    for r in problem.law("advance"):
        _, contributor, t = names[r]
        if contributor == row.contributor:
            yield int(r), (-inf, advance_limit(problem.treasury, changed, owed_minor[t]))


def purse_rows(problem: Problem, purse: Purse) -> list[int]:
    """The cash rows of a purse, month by month."""
    first = _pool_of(problem, purse)
    return list(range(first, first + problem.world.horizon))


def _pool_of(problem: Problem, purse: Purse) -> int:
    """The first of the cash rows in which a purse's money is."""
    return problem.cash_rows[purse]


FAMILIES: Mapping[Family, Callable[[Problem], Lever]] = {
    Family.OFFER: offer,
    Family.READINESS: readiness,
    Family.CAMP: lambda p: _unbound(p, "camp", "camp_limit"),
    Family.LIFT: lambda p: _unbound(p, "lift", "lift_cargo"),
    Family.ENABLER: lambda p: _unbound(p, "enablers"),
    Family.CEILING: lambda p: _unbound(p, "ceiling"),
    Family.MONEY: money,
    Family.EARMARK: earmark,
    Family.TIMING: timing,
    Family.EQUIPMENT: lambda p: _unbound(p, "equipment"),
    Family.ELIGIBILITY: eligibility,
    Family.ADVANCE: lambda p: _unbound(p, "advance"),
    Family.ARREARS: lambda p: paid(p, p.treasury.advances),
}


def families(problem: Problem) -> tuple[Family, ...]:
    """The families of limits of a problem; arrears where somebody is owed from before."""
    owed = any(any(row.owed_minor) for row in problem.treasury.advances)
    return tuple(family for family in FAMILIES if owed or family is not Family.ARREARS)
