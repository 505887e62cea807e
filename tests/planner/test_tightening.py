"""Rows for proofs: no plan in whole units breaks them, and they bring the continuous model closer.

What is best in whole units is found by the solver alone, of the model without these rows.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from instances import draw
from konbit.planner.model import NONE
from konbit.planner.problem import assemble, prepare
from konbit.planner.proving import Proving
from konbit.planner.rounding import Limit, rounded, turned
from konbit.planner.solve import Solver
from konbit.planner.tightening import tightened
from made_missions.frame import AS_OF as DRAWN_ON
from missions import AS_OF, dossier, one_camp
from rotating_missions import rotating, wear
from small_missions import small_missions

if TYPE_CHECKING:
    from konbit.dossier import Row
    from konbit.planner.model import Model
    from konbit.planner.problem import Problem

SLIP = 1e-6

laws = settings(
    max_examples=25,
    deadline=None,  # a solver is asked twice
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def lean(rows: list[Row]) -> Problem:
    """The problem without what only levers open."""
    world, treasury = prepare(dossier(rows).known_on(AS_OF), AS_OF, "")
    return assemble(world, treasury, wide=False)


def drawn(severity: str, seed: int, *, tours: bool = False) -> Problem:
    """A drawn mission of the smallest size."""
    whole = draw("XS", severity, seed, tours=tours)
    known = whole.known_on(DRAWN_ON)
    world, treasury = prepare(known, DRAWN_ON, whole.mission.scenario)
    return assemble(world, treasury, wide=False)


def continuous(model: Model, goal: np.ndarray) -> float:
    """The best value where units may be divided."""
    return Solver(model).best(goal, gap=0.0, nodes=1, relaxed=True).goal


def keeps_every_plan(problem: Problem) -> None:
    """Held where a good plan has them, whole units cover as much with the rows as without."""
    best = Solver(problem.model).best(problem.coverage, gap=0.1, nodes=1)
    model, goal = tightened(problem)
    assert model.column_count >= problem.model.column_count
    solver = Solver(model)
    whole = np.flatnonzero(problem.model.whole).astype(np.int32)
    solver.hold(whole, best.values[whole])
    again = solver.best(goal, gap=0.0, nodes=1).goal
    assert again == pytest.approx(best.goal, rel=SLIP, abs=SLIP)


@given(
    st.lists(st.integers(-9, 9), min_size=1, max_size=3),
    st.integers(-9, 20),
    st.integers(1, 9),
    st.integers(0, 3),
)
def test_whole_numbers_that_keep_a_limit_keep_it_rounded(
    values: list[int], most: int, step: int, whole_count: int
) -> None:
    """All whole numbers up to 4, and for the other columns quarters, are tried one by one."""
    whole = np.arange(len(values)) < whole_count
    columns = np.arange(len(values))
    limit = Limit(columns, np.array(values, dtype=float), float(most))
    found = rounded(limit, whole, float(step))
    if found is None:
        return
    grids = [range(5) if is_whole else [q / 4 for q in range(9)] for is_whole in whole]
    for point in product(*grids):
        here = np.array(point, dtype=float)
        if limit.values @ here <= most:
            assert found.values @ here[found.columns] <= found.most + SLIP


def test_a_limit_that_two_companies_overrun_lets_one_in() -> None:
    limit = Limit(np.arange(2), np.array([150.0, 180.0]), 210.0)
    found = rounded(limit, np.array([True, True]), 106.0)
    assert found is not None
    assert found.most == 1
    assert found.values.tolist() == [1, 1]


def test_columns_counted_down_twice_are_counted_up() -> None:
    limit = Limit(np.arange(3), np.array([2.0, -1.0, 4.0]), 5.0)
    upper = np.array([3.0, np.inf, 1.0])
    once = turned(limit, upper)
    assert once.values.tolist() == [-2, -1, -4]
    assert once.most == 5 - 6 - 4
    twice = turned(once, upper)
    assert twice.values.tolist() == limit.values.tolist()
    assert twice.most == limit.most


@laws
@given(small_missions())
def test_no_plan_of_a_small_mission_is_cut_off(rows: list[Row]) -> None:
    problem = lean(rows)
    best = Solver(problem.model).best(problem.coverage, gap=0.0, nodes=5_000).goal
    model, goal = tightened(problem)
    assert Solver(model).best(goal, gap=0.0, nodes=5_000).goal == pytest.approx(best, rel=SLIP)
    assert Proving(model, goal, lambda: False).run(gap=0.0, nodes=1) >= best * (1 - SLIP)


@pytest.mark.parametrize("overlap_months", [0, 1])
def test_contingents_that_relieve_each_other_are_not_cut_off(overlap_months: int) -> None:
    rows = rotating(10, tour_months=4, overlap_months=overlap_months)
    keeps_every_plan(lean(rows))
    keeps_every_plan(lean([*rows, *wear([("3", "0.5")])]))


@pytest.mark.parametrize(
    ("severity", "seed", "tours"),
    [("tight_money", 1, False), ("late_lift", 2, True), ("scarce_enablers", 3, False)],
)
def test_drawn_missions_come_closer_and_lose_no_plan(severity: str, seed: int, tours: bool) -> None:
    problem = drawn(severity, seed, tours=tours)
    keeps_every_plan(problem)
    assert continuous(*tightened(problem)) < continuous(problem.model, problem.coverage) * 0.999


def test_beds_count_where_a_site_is_held() -> None:
    """A camp of 250 holds two units of 100, and none where the site is not held."""
    problem = lean(one_camp(250, 10**7, 4))
    before = problem.model.row_count
    model, goal = tightened(problem)
    assert problem.model.row_count == before
    assert model.column_names[: problem.model.column_count] == problem.model.column_names
    assert goal[: problem.model.column_count].tolist() == problem.coverage.tolist()
    assert (problem.variables.held == NONE).all()
    assert continuous(model, goal) <= continuous(problem.model, problem.coverage) + SLIP
