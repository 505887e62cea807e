"""What follows in a future as a whole plan to the cent, and its check by separate arithmetic.

A future written into its dossier is an ordinary dossier, so the plan for it is an ordinary plan.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from konbit.dossier.tables.fund import Contribution
from konbit.planner import tables
from konbit.planner.payments import NotPayableError
from konbit.planner.planning import plan_of
from konbit.planner.purse import FREE, Purse
from konbit.planner.settle import settle
from konbit.planner.verify import verify

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from konbit.dossier import Plan
    from konbit.planner.futures.case import Case
    from konbit.planner.futures.first_stage import FirstStage
    from konbit.planner.futures.happening import Happening
    from konbit.planner.problem import Vector

_TRIES = 5


def settled(
    case: Case, first: FirstStage, happenings: Iterable[Happening], values: Vector
) -> Plan | None:
    """The plan of a future, checked; None when it cannot be paid to the cent as it stands.

    Args:
        case: the case.
        first: what was decided.
        happenings: the future.
        values: what follows, as the model's columns.
    """
    spared = _spared(case, first, tuple(happenings))
    problem = case.problem(spared)
    try:
        solved = settle(problem, values, ())
    except NotPayableError:
        return None
    dossier = case.dossier(spared)
    made = plan_of(dossier, problem.world.dossier, case.as_of_on, case.scenario, solved, ())
    made = replace(made, coverage=tables.coverage_rows(solved, {}))
    return replace(made, verification=verify(dossier, made))


def _spared(
    case: Case, first: FirstStage, happenings: tuple[Happening, ...]
) -> tuple[Happening, ...]:
    """The same future, its freezes made smaller by what the first stage has bound."""
    purse_of = {
        row.code: Purse(row.fund, row.earmark or FREE) for row in case.edited.rows(Contribution)
    }
    for _ in range(_TRIES):
        cash = case.problem(happenings).treasury.purses.cash
        lacking = {
            purse: bound - min(cash[purse])
            for purse, bound in first.bound_minor.items()
            if bound > min(cash[purse])
        }
        if not lacking:
            break
        happenings = _less_frozen(happenings, lacking, purse_of)
    return happenings


def _less_frozen(
    happenings: tuple[Happening, ...], lacking: dict[Purse, int], purse_of: Mapping[str, Purse]
) -> tuple[Happening, ...]:
    found = []
    for it in happenings:
        less = 0
        if it.kind == "frozen":
            purse = purse_of[it.subject]
            less = min(it.amount_minor, lacking.get(purse, 0))
            lacking[purse] = lacking.get(purse, 0) - less
        found.append(replace(it, amount_minor=it.amount_minor - less) if less else it)
    return tuple(found)
