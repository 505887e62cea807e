"""The solver always answers a model that has an answer, and leaves no trace of what was tried."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

import numpy as np
import pytest

from konbit.dossier.tables import fund, requirement
from konbit.planner import plan
from konbit.planner.model import Model
from konbit.planner.solve import Solver, SolverError, Tableau
from missions import (
    AS_OF,
    FACT,
    capability,
    dossier,
    gift,
    mission,
    need,
    offer,
    place,
    price,
    state,
    trust_fund,
    usd,
)

if TYPE_CHECKING:
    from konbit.dossier import Row


def simplified_wrongly() -> list[Row]:
    """A mission of whose second goal the simplified model's answer cannot be carried back."""
    return [
        mission(4, minimum_stay_months=3),
        state("AAA"),
        *place("S1", 0),
        *place("S2", 400),
        requirement.BuildingOption(
            code="B",
            title="Camp",
            site="S1",
            adds_persons=150,
            lead_time_months=1,
            cost=usd(20_000),
            cost_head="building",
            **FACT,
        ),
        capability("medical", "beds", enabler=True),
        capability("police"),
        requirement.Enabler(enabler="medical", enables="police", **FACT),
        need("R-MED", "medical", "S1", 10, 5),
        need("R-S1", "police", "S1", 140, 33),
        need("R-S2", "police", "S2", 210, 22),
        offer("HOSPITAL", "AAA", "medical", 20, quantity=5),
        offer("O0", "AAA", "police", 100, units=2),
        trust_fund("TF", "0.13", "0.15"),
        fund.Earmark(code="FOR-AAA", title="Units of AAA", **FACT),
        fund.EarmarkRule(
            code="ER", earmark="FOR-AAA", dimension="contributor", allows="AAA", **FACT
        ),
        *gift("ANSWER", "AAA", 4_300_000),
        *gift("G0", "AAA", 600_000),
        *gift("G1", "AAA", 600_000, earmark="FOR-AAA"),
        *price("arrival", "person_arrival", 300),
        *price("base", "site_month", 7_000),
        *price("home", "person_departure", 250),
        *price("personnel", "person_month", 1_448),
        fund.CostHead(code="building", title="Building", counted="building", **FACT),
    ]


def test_a_model_that_was_simplified_wrongly_is_solved_as_it_stands() -> None:
    """Beds at S1 come in April, and with them medics for half of their need.

    One unit goes there for three months, where it counts for a half (33), the other stays four
    months at S2 for 100 of 210 (22): 3 × (33 + 5) × 5,000 + 4 × 22 × 4,761.
    """
    found = plan(dossier(simplified_wrongly()), AS_OF, explain=False, calls=False)
    assert found.is_verified
    assert found.covered_points == 570_000 + 418_968


def small() -> Model:
    """At most 5 of a and b together, of a at most 3."""
    model = Model()
    a, b = model.column(0, 3, "a", whole=True), model.column(0, inf, "b")
    model.row([(a, 1.0), (b, 1.0)], "together", upper=5)
    return model


def test_goals_after_one_another_keep_what_was_reached() -> None:
    solver = Solver(small())
    first = np.array([1.0, 1.0])
    assert solver.best(first, gap=0.0, nodes=10).goal == pytest.approx(5)
    solver.floor(first, 5)
    assert solver.best(np.array([1.0, 0.0]), gap=0.0, nodes=10).values == pytest.approx([3, 2])
    assert solver.best(np.array([-1.0, 0.0]), gap=0.0, nodes=10).values == pytest.approx([0, 5])


def test_a_model_without_an_answer_is_an_error() -> None:
    solver = Solver(small())
    solver.floor(np.array([1.0, 0.0]), 4)
    with pytest.raises(SolverError):
        solver.best(np.array([1.0, 1.0]), gap=0.0, nodes=10)


def test_what_is_tried_on_the_continuous_model_leaves_no_trace() -> None:
    tableau = Tableau(small(), np.array([2.0, 1.0]))
    assert tableau.goal == pytest.approx(8)
    assert tableau.with_bounds({0: (0.0, 9.0)}, {}).goal == pytest.approx(10)
    assert tableau.with_bounds({}, {0: (-inf, 7.0)}).goal == pytest.approx(10)
    assert tableau.with_bounds({}, {}).goal == pytest.approx(8)


def test_one_that_takes_over_an_answer_answers_alike() -> None:
    first = Tableau(small(), np.array([2.0, 1.0]))
    second = Tableau(small(), np.array([2.0, 1.0]), first)
    assert second.goal == first.goal
    wider = {0: (0.0, 9.0)}
    answers = [tableau.with_bounds(wider, {}) for tableau in (first, second)]
    assert answers[0].goal == answers[1].goal == pytest.approx(10)
    assert (answers[0].values == answers[1].values).all()


def test_a_model_without_columns_is_solved_by_nothing() -> None:
    assert Solver(Model()).best(np.zeros(0), gap=0.0, nodes=1).goal == 0


def knapsacks(
    things: int = 40, limits: int = 5
) -> tuple[Model, np.ndarray[tuple[int], np.dtype[np.float64]]]:
    """Things to pack under several limits at once: a tree that no first look finishes."""
    model = Model()
    columns = [model.column(0.0, 1.0, "thing", n, whole=True) for n in range(things)]
    for limit in range(limits):
        weights = {c: float(10 + (37 * (n + 1) * (limit + 3)) % 83) for n, c in enumerate(columns)}
        model.row(weights, "limit", limit, upper=sum(weights.values()) / 3)
    goal = np.array([float(20 + (53 * (n + 2)) % 61) for n in range(things)])
    return model, goal


def test_a_solve_ended_early_gives_a_point_and_a_true_bound() -> None:
    model, goal = knapsacks()
    best = Solver(model).best(goal, gap=0.0, nodes=10**6)
    asked = iter(range(10**6))
    ended = Solver(model, lambda: next(asked) >= 3).best(goal, gap=0.0, nodes=10**6)
    assert next(asked) < 10
    assert 0.0 <= ended.goal < best.goal + 1e-6
    assert ended.bound >= best.goal - 1e-6
    assert ended.goal == pytest.approx(float(goal @ ended.values))


def test_a_solve_that_nobody_ends_is_the_same_as_one_that_nobody_could() -> None:
    model, goal = knapsacks(24, 3)
    alone, asked = (
        Solver(model, enough).best(goal, gap=0.0, nodes=10**6) for enough in (None, bool)
    )
    np.testing.assert_array_equal(alone.values, asked.values)
    assert (alone.goal, alone.bound) == (asked.goal, asked.bound)
