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


def test_a_model_without_columns_is_solved_by_nothing() -> None:
    assert Solver(Model()).best(np.zeros(0), gap=0.0, nodes=1).goal == 0
