"""Few purses thought of: those that pay, and for each cost the one with most to spare."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from konbit.planner.problem import assemble, prepare
from konbit.planner.search.bearing import MANY, Bearing, has_many
from konbit.planner.search.patience import Patience
from konbit.planner.solve import Answer, Solver
from missions import AS_OF, dossier, one_camp
from small_missions import small_missions

if TYPE_CHECKING:
    from konbit.dossier import Row
    from konbit.planner.problem import Problem

laws = settings(
    max_examples=25,
    deadline=None,  # a solve takes as long as it takes
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def solved(rows: list[Row]) -> tuple[Problem, Answer]:
    """A problem without what only levers open, and its best plan."""
    world, treasury = prepare(dossier(rows).known_on(AS_OF), AS_OF, "")
    problem = assemble(world, treasury, wide=False)
    return problem, Solver(problem.model).best(problem.coverage, gap=0.0, nodes=5_000)


@laws
@given(small_missions())
def test_the_plan_itself_is_still_there_and_every_cost_can_be_borne(rows: list[Row]) -> None:
    problem, answer = solved(rows)
    model = problem.model
    columns = np.arange(model.column_count)
    shut = Bearing(problem, columns).shut(answer.values)
    money = model.columns_of("pays", "aside")
    assert set(shut.tolist()) <= set(money.tolist())
    assert not answer.values[shut].any()
    open_money = np.setdiff1d(money, shut)
    rows_of = np.repeat(np.arange(model.row_count), np.diff(model.starts))
    due = model.rows_of("cash_due", "tail_due")
    assert set(rows_of[np.isin(model.indices, open_money)].tolist()) >= set(due.tolist())
    solver = Solver(model)
    solver.close(shut.astype(np.int32))
    again = solver.best(problem.coverage, gap=0.0, nodes=5_000, start=answer.values)
    assert again.goal == pytest.approx(answer.goal, rel=1e-6, abs=1e-6)


def test_where_money_columns_are_few_none_is_left_out() -> None:
    problem, _ = solved(one_camp())
    assert 0 < len(problem.model.columns_of("pays", "aside")) < MANY
    assert not has_many(problem.model)


def test_patience_ends_after_so_many_questions_or_when_somebody_had_enough() -> None:
    patience = Patience(None, left=3)
    assert [patience() for _ in range(5)] == [False, False, False, True, True]
    assert Patience(lambda: True)()
    assert not Patience(lambda: False)()


@laws
@given(small_missions())
def test_of_the_purses_that_pay_nothing_the_one_with_most_to_spare_stays(rows: list[Row]) -> None:
    problem, answer = solved(rows)
    model, horizon = problem.model, problem.world.horizon
    rows_of = np.repeat(np.arange(model.row_count), np.diff(model.starts))
    spends, cash = model.rows_of("cash_used").tolist(), model.rows_of("cash").tolist()
    used = np.bincount(rows_of, model.values * answer.values[model.indices], model.row_count)
    spare = [float(model.row_upper[row] - used[row]) for row in cash]

    def to_spare(column: int) -> float:
        """The least that the column's purse has left from its month on."""
        touched = rows_of[model.indices == column].tolist()
        at = next((spends if row in spends else cash).index(row) for row in touched
                  if row in spends or row in cash)  # fmt: skip
        return min(spare[at : at - at % horizon + horizon])

    shut = set(Bearing(problem, np.arange(model.column_count)).shut(answer.values).tolist())
    money = set(model.columns_of("pays", "aside").tolist())
    for due in model.rows_of("cash_due", "tail_due").tolist():
        bears = money & set(model.indices[model.starts[due] : model.starts[due + 1]].tolist())
        kept = [column for column in bears - shut if answer.values[column] <= 1e-9]
        most = max(map(to_spare, bears))
        assert all(to_spare(column) == pytest.approx(most) for column in kept)
        assert len(kept) <= 1
