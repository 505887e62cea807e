"""The stays that single units choose under prices: none that their own laws allow pays better."""

from __future__ import annotations

from math import inf
from random import Random
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from konbit.planner.problem import assemble, prepare
from konbit.planner.search.relaxed import OF_UNITS, Kept
from konbit.planner.search.stays import Candidates, Residents
from konbit.planner.solve import Solver
from missions import AS_OF, dossier
from small_missions import small_missions

if TYPE_CHECKING:
    from konbit.dossier import Row
    from konbit.planner.problem import Problem, Vector


def priced(problem: Problem, seed: int) -> Vector:
    """Gains of presence and starts, some of them losses; nothing for all other columns."""
    random = Random(seed)  # noqa: S311 - numbers to try, no secret
    gain = np.zeros(problem.model.column_count)
    for column in problem.model.columns_of("present"):
        gain[column] = random.choice((-3.0, -1.0, 0.5, 2.0)) + random.random() / 8
    for column in problem.model.columns_of("start"):
        gain[column] = -2.0 * random.random()
    return gain


def by_solver(problem: Problem, gain: Vector) -> float:
    """The most that units gain when only their own laws hold."""
    kept = set(problem.law(*OF_UNITS).tolist())
    solver = Solver(problem.model)
    others = (row for row in range(problem.model.row_count) if row not in kept)
    solver.bound({}, dict.fromkeys(others, (-inf, inf)))
    return solver.best(gain, gap=0.0, nodes=5_000).goal


@settings(
    max_examples=40,
    deadline=None,  # a solve takes as long as it takes
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(small_missions(), st.integers(0, 10**6))
def test_units_choose_the_stay_that_pays_best(rows: list[Row], seed: int) -> None:
    world, treasury = prepare(dossier(rows).known_on(AS_OF), AS_OF, "")
    problem = assemble(world, treasury, wide=False)
    gain = priced(problem, seed)
    values = np.zeros(problem.model.column_count)
    open_ = Kept.nothing(problem)
    coming, come = Candidates(problem).choose(gain, open_.left, open_.closed, values)
    staying, stay = Residents(problem).choose(gain, open_.left, values)
    told = coming + staying
    assert len({chosen.unit for chosen in (*come, *stay)}) == len(come) + len(stay)
    assert told == pytest.approx(by_solver(problem, gain), abs=1e-4)
    assert told == pytest.approx(float(gain @ values), abs=1e-6)
    assert (values <= problem.model.upper + 1e-9).all()
