"""The peers plan the same problem: the best value is the planner's, and every plan is verified."""

from __future__ import annotations

import pytest
from short_missions import short_mission

import konbit_runs
from konbit.dossier.plan import FULL
from konbit.planner.solve import Solver

pytest.importorskip("linopy", reason="peers are in the dependency group bench")
pytest.importorskip("ortools", reason="peers are in the dependency group bench")
pytest.importorskip("pyscipopt", reason="peers are in the dependency group bench")

from peers.analyst import Analyst
from peers.arrays import read_mission
from peers.solvers import choice_of, solve


@pytest.mark.parametrize(
    ("severity", "seed"), [("tight_money", 1), ("late_lift", 2), ("scarce_enablers", 3)]
)
def test_the_analysts_best_value_is_the_planners(severity: str, seed: int) -> None:
    dossier = short_mission(severity, seed)
    world, treasury = konbit_runs.read_sets(dossier)
    problem = konbit_runs.build(world, treasury)
    ours = Solver(problem.model).best(problem.coverage, gap=0.0, nodes=100_000)
    analyst = Analyst(read_mission(world, treasury))
    theirs = solve(analyst, "highs", 120, gap=0.0)
    assert theirs.value == pytest.approx(ours.goal, rel=1e-5)
    score = konbit_runs.judge(dossier, problem, choice_of(analyst, theirs))
    assert score.broken == ()
    # Shares are rounded down to ten-thousandths, requirement by requirement.
    assert score.points == pytest.approx(ours.goal * FULL, rel=2e-3)


@pytest.mark.parametrize("solver", ["scip", "cpsat"])
def test_other_solvers_find_verified_plans_below_the_bound(solver: str) -> None:
    dossier = short_mission("late_lift", 1)
    world, treasury = konbit_runs.read_sets(dossier)
    problem = konbit_runs.build(world, treasury)
    analyst = Analyst(read_mission(world, treasury))
    answer = solve(analyst, solver, 10)
    assert answer.value is not None
    score = konbit_runs.judge(dossier, problem, choice_of(analyst, answer))
    assert score.broken == ()
    assert 0 < score.points <= konbit_runs.relax(problem) + 1
