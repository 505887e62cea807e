"""What follows in a future as a whole plan to the cent, and its check by separate arithmetic.

A future written into its dossier is an ordinary dossier, so the plan for it is an ordinary plan.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from konbit.dossier.plan import Plan
from konbit.dossier.tables.fund import Contribution
from konbit.planner import tables
from konbit.planner.contingents import contingent_rows
from konbit.planner.covered import covered
from konbit.planner.goals import Solved, points
from konbit.planner.payments import NotPayableError, divide
from konbit.planner.purse import FREE, Purse
from konbit.planner.verify import verify
from konbit.planner.whole import obligations, round_units, tail

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from konbit.dossier import Dossier
    from konbit.planner.futures.case import Case
    from konbit.planner.futures.first_stage import FirstStage
    from konbit.planner.futures.happening import Happening
    from konbit.planner.problem import Problem, Vector

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
    whole = round_units(problem, values)
    items, kept = obligations(problem, whole), tail(problem, whole)
    try:
        shares = divide(items, kept, problem.treasury.purses.cash)
    except NotPayableError:
        return None
    shown = covered(problem, whole)
    solved = Solved(problem, values, (), whole, items, kept, shares, shown)
    dossier = case.dossier(spared)
    made = _plan(case, dossier, problem, solved)
    return replace(made, verification=verify(dossier, made))


def _plan(case: Case, dossier: Dossier, problem: Problem, solved: Solved) -> Plan:
    mission, months = dossier.mission, problem.world.months
    got, wanted = points(problem, solved.covered)
    return Plan(
        mission=mission.code,
        title=mission.title,
        currency=mission.currency,
        dossier_digest=dossier.digest,
        as_of_on=case.as_of_on,
        scenario=case.scenario,
        scenario_title="",
        first_month=months[0],
        until_month=months[-1] + 1,
        covered_points=got,
        needed_points=wanted,
        stages=(),
        findings=(),
        presence=tables.presence_rows(solved),
        contingents=contingent_rows(problem.world, solved.whole),
        building_orders=tables.building_rows(solved),
        coverage=tables.coverage_rows(solved, {}),
        substituted=tables.stand_rows(solved),
        obligations=tables.obligation_rows(solved),
        payments=tables.payment_rows(solved),
        cash=tables.cash_rows(solved),
        headcounts=tables.headcount_rows(solved),
        money_stages=(),
    )


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
