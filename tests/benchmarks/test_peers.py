"""The peers plan the same problem: the best value is the planner's, and every plan is verified."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from short_missions import short_mission, with_arrears

import konbit_runs
from konbit.dossier.plan import FULL
from konbit.planner.solve import Solver

pytest.importorskip("linopy", reason="peers are in the dependency group bench")
pytest.importorskip("ortools", reason="peers are in the dependency group bench")
pytest.importorskip("pyscipopt", reason="peers are in the dependency group bench")

from peers.analyst import Analyst
from peers.arrays import read_mission
from peers.solvers import choice_of, solve

if TYPE_CHECKING:
    from konbit.dossier import Dossier
    from konbit.planner.problem import Problem

# C001, of whom a unit is there, waits three months and would advance a million: owed less than that
# until November, and more than that until September.
OWED = {"in part": (800_000, date(2025, 11, 1)), "whole": (1_200_000, date(2025, 9, 1))}


@pytest.mark.parametrize(
    ("severity", "seed"), [("tight_money", 1), ("late_lift", 2), ("scarce_enablers", 3)]
)
def test_the_analysts_best_value_is_the_planners(severity: str, seed: int) -> None:
    best_value(short_mission(severity, seed))


@pytest.mark.parametrize("owed", OWED)
def test_the_best_values_agree_while_a_contributor_is_owed_from_before(owed: str) -> None:
    """Month by month: neither is the limit that of the worst month, nor does it fall below 0."""
    free = short_mission("tight_money", 1, months=6)
    held = with_arrears(free, "C001", *OWED[owed])
    assert best_value(held) < ours(konbit_runs.build(*konbit_runs.read_sets(free)))


def ours(problem: Problem) -> float:
    """The planner's best value, searched to the end."""
    return Solver(problem.model).best(problem.coverage, gap=0.0, nodes=100_000).goal


def best_value(dossier: Dossier) -> float:
    """The planner's best value, once the analyst's was seen to be the same and its plan correct."""
    world, treasury = konbit_runs.read_sets(dossier)
    problem = konbit_runs.build(world, treasury)
    best = ours(problem)
    analyst = Analyst(read_mission(world, treasury))
    theirs = solve(analyst, "highs", 120, gap=0.0)
    assert theirs.value == pytest.approx(best, rel=1e-5)
    score = konbit_runs.judge(dossier, problem, choice_of(analyst, theirs))
    assert score.broken == ()
    # Shares are rounded down to ten-thousandths, requirement by requirement.
    assert score.points == pytest.approx(best * FULL, rel=2e-3)
    return best


@pytest.mark.parametrize("is_owed", [False, True])
@pytest.mark.parametrize("solver", ["scip", "cpsat"])
def test_other_solvers_find_verified_plans_below_the_bound(solver: str, is_owed: bool) -> None:
    dossier = short_mission("late_lift", 1)
    if is_owed:
        dossier = with_arrears(short_mission("tight_money", 1), "C001", *OWED["whole"])
    world, treasury = konbit_runs.read_sets(dossier)
    problem = konbit_runs.build(world, treasury)
    analyst = Analyst(read_mission(world, treasury))
    answer = solve(analyst, solver, 10)
    assert answer.value is not None
    score = konbit_runs.judge(dossier, problem, choice_of(analyst, answer))
    assert score.broken == ()
    assert 0 < score.points <= konbit_runs.relax(problem) + 1
