"""Levers: what would be different if a limit were lifted or an ask answered.

A lever is a set of new bounds on columns and rows of the one model of a plan, so that trying it is
a change of numbers and not a new model.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import inf
from typing import TYPE_CHECKING

from konbit.planner.family import Family
from konbit.planner.variables import NONE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from konbit.planner.cash import Purse
    from konbit.planner.problem import Problem

Bounds = tuple[float, float]


@dataclass(frozen=True, eq=False)
class Lever:
    """New lower and upper bounds by column and by row.

    `brings_cash` says that what it gains comes on top of the plan, rather than in place of others.
    """

    columns: Mapping[int, Bounds] = field(default_factory=dict)
    rows: Mapping[int, Bounds] = field(default_factory=dict)
    brings_cash: bool = False


def _unbound(problem: Problem, *laws: str) -> Lever:
    """Lift the upper bound of every row of some laws."""
    rows = {r: (-inf, inf) for law in laws for r in problem.laws.get(law, ())}
    return Lever(rows=rows)


def raise_rows(
    problem: Problem, rows: Iterable[int], by: float, *, brings_cash: bool = False
) -> Lever:
    """Raise the upper bound of rows."""
    model = problem.model
    raised = {r: (model.row_lower[r], model.row_upper[r] + by) for r in rows}
    return Lever(rows=raised, brings_cash=brings_cash)


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
    laws = ("offered_starts", "offered")
    rows = {
        r: (-inf, float(count))
        for law in laws
        for r in problem.laws.get(law, ())
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


def eligibility(problem: Problem) -> Lever:
    """Every unit is eligible under every funding model, and all may stay at a transfer."""
    columns = {}
    for u, unit in enumerate(problem.world.units):
        if not unit.asked:
            columns.update(_open(problem, u, unit.earliest, unit.count, eligible=True))
    return Lever(columns, _unbound(problem, "carry_over").rows)


def _open(
    problem: Problem, u: int, first: int, count: int, *, eligible: bool = False
) -> dict[int, Bounds]:
    unit, v = problem.world.units[u], problem.variables
    allowed = unit.possible if eligible else unit.allowed
    return {
        int(columns[s, t]): (0.0, float(count))
        for columns in (v.present[u], v.start[u])
        for s in range(len(problem.world.sites))
        for t in range(first, problem.world.horizon)
        if columns[s, t] != NONE and allowed[s, t]
    }


def money(problem: Problem) -> Lever:
    """Every cost is borne: nothing that is due need be covered by cash or budget."""
    rows = dict(_unbound(problem, "cash", "assessed", "assessed_none").rows)
    for law in ("cash_due", "tail_due"):
        rows.update(dict.fromkeys(problem.laws.get(law, ()), (-inf, inf)))
    return Lever(rows=rows, brings_cash=True)


def earmark(problem: Problem, widened: frozenset[Purse] | None = None) -> Lever:
    """Money of some purses, or of all, pays for anything its fund pays for."""
    columns = {
        column: (0.0, inf)
        for part in (problem.cash.pays, problem.cash.asides)
        for (purse, _, _), column in part.items()
        if widened is None or purse in widened
    }
    return Lever(columns=columns, brings_cash=True)


def timing(problem: Problem) -> Lever:
    """All that is received, signed or pledged by anybody is there from the first month."""
    rows = {}
    names, treasury = problem.model.row_names, problem.treasury
    for r in problem.laws.get("cash", ()):
        _, fund, code, _ = names[r]
        for purse, amount in treasury.purses.promised.items():
            if (purse.fund, purse.earmark) == (fund, code):
                most = max(problem.model.row_upper[r], amount / treasury.scale)
                rows[r] = (-inf, most)
    return Lever(rows=rows, brings_cash=True)


def purse_rows(problem: Problem, purse: Purse) -> list[int]:
    """The cash rows of a purse, month by month."""
    names = problem.model.row_names
    wanted = ("cash", purse.fund, purse.earmark)
    return [r for r in problem.laws.get("cash", ()) if names[r][:3] == wanted]


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
}
