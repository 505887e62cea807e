"""What follows in a future is an ordinary plan of an ordinary dossier, and keeps every rule."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings

from konbit.planner.futures.case import case_of
from konbit.planner.futures.deciding import CASH, deterministic, first_of
from konbit.planner.futures.recourse import Recourse
from konbit.planner.futures.settling import settled
from konbit.planner.verify import RULES
from missions import AS_OF, dossier
from small_missions import small_missions
from uncertain_missions import everything_uncertain, one_unit_there, prior, stays_or_waits

if TYPE_CHECKING:
    from konbit.dossier import Row


def follow_and_check(rows: list[Row], numbers: range, months: int) -> int:
    """How many continuations were settled; every one of them must keep every rule."""
    case = case_of(dossier(rows), AS_OF, "", seed=3, months=months)
    first = first_of(case, CASH, deterministic(case, CASH))
    count = 0
    for number in numbers:
        happenings = case.happenings(number)
        followed = Recourse(case.problem(happenings)).follow(first)
        plan = settled(case, first, happenings, followed.values)
        if plan is not None:
            assert [check for check in plan.verification if check.violated] == []
            assert {check.rule for check in plan.verification} == set(RULES)
            assert followed.points - plan.covered_points <= _rounding(plan.coverage)
            count += 1
    return count


def _rounding(coverage: tuple[Row, ...]) -> int:
    """Shares are rounded down to whole ten-thousandths, requirement by requirement."""
    return sum(getattr(row, "weight", 0) for row in coverage)


@pytest.mark.parametrize("rows", [stays_or_waits(), one_unit_there(300_000)])
def test_continuations_keep_every_rule(rows: list[Row]) -> None:
    assert follow_and_check([*rows, *everything_uncertain()], range(6), 1) == 6


def test_a_freeze_of_money_already_bound_is_written_smaller() -> None:
    """The dossier of the future freezes only what the first months have not bound."""
    rows = [*one_unit_there(400_000), prior("cash_freeze", "1", happens="1", within=1)]
    case = case_of(dossier(rows), AS_OF, "", seed=3, months=1)
    first = first_of(case, CASH, deterministic(case, CASH))
    happenings = case.happenings(0)
    followed = Recourse(case.problem(happenings)).follow(first)

    plan = settled(case, first, happenings, followed.values)

    assert plan is not None
    assert plan.is_verified
    assert [row.closing.amount_minor for row in plan.cash if row.closing] == [0, 0, 0, 0]


@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(small_missions())
def test_continuations_of_random_missions_keep_every_rule(rows: list[Row]) -> None:
    follow_and_check([*rows, *everything_uncertain()], range(2), 1)


def test_a_plan_that_cannot_be_paid_is_not_called_checked() -> None:
    case = case_of(dossier(one_unit_there(100_000)), AS_OF, "", seed=3, months=1)
    rich = case_of(dossier(one_unit_there(400_000)), AS_OF, "", seed=3, months=1)
    first = first_of(rich, CASH, deterministic(rich, CASH))
    followed = Recourse(rich.problem()).follow(first)

    assert settled(case, replace(first, bound_minor={}), (), followed.values) is None
