"""A search from a mission to a checked plan, as large missions are planned, on missions that fit.

What a search finds can be compared here with what the solver proves of the whole model.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from instances import draw
from konbit.dossier.plan import FULL
from konbit.planner import goals, plan, tables
from konbit.planner.draft import Draft
from konbit.planner.explain import reasons
from konbit.planner.planning import plan_of
from konbit.planner.problem import assemble, prepare
from konbit.planner.search import bearing, searching
from konbit.planner.search.effort import Effort, effort_for
from konbit.planner.search.searching import Search, Standing
from konbit.planner.searched import Watching, searched
from konbit.planner.settle import payable, settle
from konbit.planner.solve import Answer, Solver
from konbit.planner.verify import verify
from made_missions.frame import AS_OF as DRAWN_ON
from missions import AS_OF, dossier, one_camp
from rotating_missions import rotating
from small_missions import small_missions

if TYPE_CHECKING:
    from collections.abc import Callable

    from konbit.dossier import Dossier, Plan, Row
    from konbit.planner.constraints.money import Treasury
    from konbit.planner.problem import Problem
    from konbit.planner.settle import Solved

FROM_NOTHING, FROM_A_PLAN, BESIDE = "from nothing", "from a plan", "beside the solver"
SLIP = 1e-6

laws = settings(
    max_examples=8,
    deadline=None,  # a search takes as long as its steps take
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def never() -> bool:
    return False


def at_once() -> bool:
    return True


def solved_by_search(
    whole: Dossier, how: str, enough: Callable[[], bool] = never
) -> tuple[Solved, Plan]:
    """A mission searched and settled, and its plan with the separate check's verdict."""
    known = whole.known_on(AS_OF)
    world, treasury = prepare(known, AS_OF, "")
    watching = Watching(lambda _step, _share: None, None, enough)

    def planned(kept_back: Treasury) -> Solved:
        problem, lean = (assemble(world, kept_back, wide=wide) for wide in (True, False))
        first = None
        if how == FROM_A_PLAN:
            most = Solver(problem.model).best(problem.coverage, gap=0.0, nodes=1, relaxed=True)
            first = Answer(np.zeros(problem.model.column_count), 0.0, most.goal)
        return settle(*searched(problem, lean, watching, first, beside=how == BESIDE))

    solved = payable(treasury, planned)
    made = plan_of(whole, known, AS_OF, "", solved, ())
    made = replace(made, coverage=tables.coverage_rows(solved, reasons(solved)))
    return solved, replace(made, verification=verify(whole, made))


def best_of(problem: Problem) -> float:
    """The best coverage, by the solver alone."""
    return Solver(problem.model).best(problem.coverage, gap=0.0, nodes=5_000).goal


def is_told_right(solved: Solved, made: Plan) -> None:
    """The plan keeps every rule, covers what is told of it, and no more than is proven."""
    assert [rule for rule in made.verification if rule.violated] == []
    coverage = solved.stages[0]
    rounding = sum(need.weight for need in solved.problem.world.needs) * len(made.presence) + FULL
    assert coverage.value == pytest.approx(made.covered_points, abs=rounding)
    best = best_of(solved.problem) * FULL
    assert made.covered_points <= best * (1 + SLIP) + 1
    assert coverage.bound >= best * (1 - SLIP) - 1


@laws
@given(small_missions(), st.sampled_from([FROM_NOTHING, FROM_A_PLAN, BESIDE]))
def test_what_a_search_finds_is_a_checked_plan_and_a_true_bound(rows: list[Row], how: str) -> None:
    is_told_right(*solved_by_search(dossier(rows), how))


@pytest.mark.parametrize("how", [FROM_NOTHING, FROM_A_PLAN, BESIDE])
def test_a_search_covers_what_can_be_covered(how: str) -> None:
    """The answer of the whole model, in the columns of the whole model."""
    solved, made = solved_by_search(dossier(one_camp()), how)
    assert made.covered_points == pytest.approx(best_of(solved.problem) * FULL, rel=0.01)
    assert made.covered_points > 0


def test_a_search_keeps_tours() -> None:
    """Those who came are relieved when their tour is over, and nobody is in vain."""
    rows = rotating(10, tour_months=4, overlap_months=1)
    solved, made = solved_by_search(dossier(rows), FROM_NOTHING)
    is_told_right(solved, made)
    assert sum(int(relief.relief.sum()) for relief in solved.whole.rotation) >= 2


@laws
@given(small_missions(), st.sampled_from([FROM_NOTHING, FROM_A_PLAN, BESIDE]), st.integers(0, 6))
def test_ended_early_a_search_still_gives_a_plan_and_a_bound(
    rows: list[Row], how: str, asked_before: int
) -> None:
    left = iter(range(asked_before))
    is_told_right(*solved_by_search(dossier(rows), how, lambda: next(left, None) is None))


def test_a_search_ends_soon_after_it_is_told_to() -> None:
    """No prices are sought and nothing is improved after the reader has had enough."""
    told: list[Standing] = []
    found = Search(lean(one_camp()), told.append, at_once).run()
    assert len(told) <= 2
    assert found.reached == 0.0


def lean(rows: list[Row]) -> Problem:
    world, treasury = prepare(dossier(rows).known_on(AS_OF), AS_OF, "")
    return assemble(world, treasury, wide=False)


def test_planning_month_after_month_betters_the_first_plan(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Without any improving afterwards."""

    def no_rounds(columns: int) -> Effort:
        return replace(effort_for(columns), rounds=0)

    monkeypatch.setattr(searching, "effort_for", no_rounds)
    problem = lean(one_camp())
    found = Search(problem, lambda _standing: None, never).run()
    assert found.reached == pytest.approx(best_of(problem), rel=0.01)
    assert found.reached > 0


@pytest.mark.parametrize(("wide", "narrow"), [(6, 0), (0, 6)])
def test_solving_again_near_a_plan_betters_it(
    monkeypatch: pytest.MonkeyPatch, wide: int, narrow: int
) -> None:
    """From a plan, nothing is planned month after month: neighbourhoods alone better it."""

    def rounds(columns: int) -> Effort:
        effort = replace(effort_for(columns), combined=0, turns=1)
        return replace(effort, rounds=wide, narrow_rounds=narrow)

    monkeypatch.setattr(searching, "effort_for", rounds)
    problem = lean(one_camp())
    found = Search(problem, lambda _standing: None, never).run(Draft.nobody(problem.world))
    assert found.reached == pytest.approx(best_of(problem), rel=0.01)
    assert found.reached > 0


def test_narrow_neighbourhoods_keep_the_rest_of_the_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    """What one of them covers alone is less than the plan; only beside the rest is it more."""

    def dives_then(narrow: int) -> None:
        def effort(columns: int) -> Effort:
            return replace(
                effort_for(columns), price_steps=300, tries=0, narrow=0, rolls=False, rounds=0,
                turns=1, narrow_rounds=narrow, at_once=1, combined=0,
            )  # fmt: skip

        monkeypatch.setattr(searching, "effort_for", effort)

    whole = draw("XS", "scarce_enablers", 1)
    world, treasury = prepare(whole.known_on(DRAWN_ON), DRAWN_ON, whole.mission.scenario)
    problem = assemble(world, treasury, wide=False)
    monkeypatch.setattr(searching, "_NARROW_COLUMNS", 120)
    dives_then(0)
    before = Search(problem, lambda _standing: None, never).run()
    dives_then(3)
    found = Search(problem, lambda _standing: None, never).run(before.draft, before.bound)
    assert 0 < before.reached < found.reached <= found.bound


def test_with_few_purses_neighbourhoods_still_better_a_plan(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As in missions with many money columns, on a small one; what is found keeps every law."""

    def rounds(columns: int) -> Effort:
        effort = replace(effort_for(columns), combined=0, rolls=False, rounds=0)
        return replace(effort, narrow=0, turns=1, narrow_rounds=4, at_once=2)

    monkeypatch.setattr(searching, "effort_for", rounds)
    monkeypatch.setattr(bearing, "MANY", 1)
    monkeypatch.setattr(searching, "_NARROW_COLUMNS", 120)
    whole = draw("XS", "tight_money", 1)
    world, treasury = prepare(whole.known_on(DRAWN_ON), DRAWN_ON, whole.mission.scenario)
    problem = assemble(world, treasury, wide=False)
    assert len(problem.model.columns_of("pays", "aside"))
    nobody = Draft.nobody(world)
    found = Search(problem, lambda _standing: None, never).run(nobody)
    again = Search(problem, lambda _standing: None, never).run(nobody)
    assert 0 < found.reached <= found.bound
    assert found.reached == again.reached
    solver = Solver(problem.model)
    columns = problem.model.columns_of("present", "start", "relief", "held", "ordered")
    solver.hold(columns.astype(np.int32), found.draft.values(problem)[columns])
    covered = solver.best(problem.coverage, gap=0.0, nodes=100).goal
    assert covered == pytest.approx(found.reached, rel=1e-6)


def test_a_search_from_the_best_plan_gives_it_back() -> None:
    problem = lean(one_camp())
    best = Solver(problem.model).best(problem.coverage, gap=0.0, nodes=5_000)
    start = Draft.of(problem.variables, best.values)
    found = Search(problem, lambda _standing: None, never).run(start, best.bound)
    assert found.reached == pytest.approx(best.goal)
    assert found.bound <= best.bound


@pytest.fixture
def as_if_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every mission is planned as those beyond a look at the whole model are."""
    monkeypatch.setattr(goals, "WHOLE_AT_ONCE", 0)


@pytest.mark.usefixtures("as_if_large")
def test_a_plan_ended_early_says_that_its_gap_is_open() -> None:
    made = plan(dossier(one_camp()), AS_OF, enough=at_once)
    assert {"gap-open", "ended-early"} <= {found.code for found in made.findings}
    assert (made.asks, made.relaxations) == ((), ())
    assert made.is_verified


@pytest.mark.usefixtures("as_if_large")
def test_where_its_time_is_over_a_search_ends_and_asks_have_a_time_of_their_own() -> None:
    steps: list[str] = []
    made = plan(
        dossier(one_camp(beds=100)),
        AS_OF,
        progress=lambda step, _share: steps.append(step),
        late=lambda: "reasons" not in steps,
    )
    codes = {found.code for found in made.findings}
    assert "ended-in-time" in codes
    assert not {"ended-early", "tries-ended"} & codes
    assert made.relaxations
    assert made.is_verified


@pytest.mark.usefixtures("as_if_large")
def test_a_search_that_ends_by_itself_is_not_said_to_have_ended_in_time() -> None:
    made = plan(dossier(one_camp()), AS_OF, late=never)
    assert "ended-in-time" not in {found.code for found in made.findings}


@pytest.mark.usefixtures("as_if_large")
def test_a_plan_proven_does_not_say_so() -> None:
    made = plan(dossier(one_camp()), AS_OF)
    assert not {"gap-open", "ended-early"} & {found.code for found in made.findings}
    assert made.covered_points > 0
