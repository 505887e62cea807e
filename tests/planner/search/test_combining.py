"""Whole stays put together: the same plans in other columns, and never worse ones."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from konbit.planner.draft import Draft
from konbit.planner.model import NONE
from konbit.planner.problem import assemble, prepare
from konbit.planner.search.combining import Combining
from konbit.planner.search.paths import stays_of
from konbit.planner.search.pricing import Pricing
from konbit.planner.search.relaxed import Relaxed
from konbit.planner.search.stays import Leg, Stay, columns_of
from konbit.planner.solve import Answer, Solver
from missions import AS_OF, dossier, one_camp
from rotating_missions import came, rotating
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
WHOLE = ("present", "start", "relief", "held", "ordered")


def lean(rows: list[Row]) -> Problem:
    """The problem without what only levers open."""
    world, treasury = prepare(dossier(rows).known_on(AS_OF), AS_OF, "")
    return assemble(world, treasury, wide=False)


def best(problem: Problem) -> Answer:
    """The best plan, by the solver alone."""
    return Solver(problem.model).best(problem.coverage, gap=0.0, nodes=5_000)


def covers(problem: Problem, draft: Draft) -> float:
    """What a draft covers; the solver refuses one that breaks a law."""
    solver = Solver(problem.model)
    whole = problem.model.columns_of(*WHOLE).astype(np.int32)
    solver.hold(whole, draft.values(problem)[whole])
    return solver.best(problem.coverage, gap=0.0, nodes=100).goal


def priced(problem: Problem) -> tuple[Stay, ...]:
    return Pricing(Relaxed(problem), 60).advance(60).stays


def adds_up(problem: Problem, draft: Draft) -> None:
    """The stays of a draft are its units, month by month and place by place."""
    world, v = problem.world, problem.variables
    found = np.zeros(problem.model.column_count)
    for stay, units in stays_of(world, draft).items():
        columns = columns_of(v, world.units[stay.unit], stay)
        assert (columns != NONE).all()
        np.add.at(found, columns, units)
        months = min(world.minimum_stay, world.horizon - stay.legs[-1].first)
        is_there = world.units[stay.unit].is_opening and len(stay.legs) == 1
        assert is_there or stay.legs[-1].until - stay.legs[-1].first >= months
    for u in range(len(world.units)):
        for columns, counts in ((v.present[u], draft.present[u]), (v.start[u], draft.starts[u])):
            exists = columns != NONE
            np.testing.assert_array_equal(np.rint(found[columns[exists]]), counts[exists])


@laws
@given(small_missions())
def test_the_stays_of_a_draft_add_up_to_it(rows: list[Row]) -> None:
    problem = lean(rows)
    adds_up(problem, Draft.of(problem.variables, best(problem).values))


@pytest.mark.parametrize(
    ("present", "starts", "stays"),
    [
        ([1, 1, 1, 0, 0, 0], [1, 0, 0, 0, 0, 0], {(0, 3): 1}),
        ([2, 2, 1, 1, 1, 0], [2, 0, 0, 0, 0, 0], {(0, 2): 1, (0, 5): 1}),
        ([1, 2, 2, 2, 1, 1], [1, 1, 0, 1, 0, 0], {(0, 3): 1, (1, 4): 1, (3, 6): 1}),
    ],
)
def test_who_came_first_leaves_first(
    present: list[int], starts: list[int], stays: dict[tuple[int, int], int]
) -> None:
    problem = lean(one_camp())
    world = problem.world
    assert world.horizon == 6
    nobody = Draft.nobody(world)
    first = next(u for u, unit in enumerate(world.units) if not unit.is_opening)
    here, comes = (np.zeros_like(nobody.present[first]) for _ in range(2))
    here[0], comes[0] = present, starts
    draft = Draft(
        tuple(here if u == first else x for u, x in enumerate(nobody.present)),
        tuple(comes if u == first else z for u, z in enumerate(nobody.starts)),
        nobody.reliefs,
        nobody.held,
        nobody.ordered,
    )
    wanted = {Stay(first, (Leg(0, *months),)): units for months, units in stays.items()}
    assert stays_of(world, draft) == wanted


@laws
@given(small_missions())
def test_a_plan_covers_the_same_in_columns_of_stays(rows: list[Row]) -> None:
    problem = lean(rows)
    answer = best(problem)
    draft = Draft.of(problem.variables, answer.values)
    combining = Combining(problem, priced(problem), draft)
    choice = combining.begin()
    assert choice is not None
    assert choice.covered == pytest.approx(answer.goal, rel=1e-6, abs=1e-6)
    assert covers(problem, combining.draft(choice)) == pytest.approx(choice.covered)


@laws
@given(small_missions())
def test_what_is_put_together_is_a_plan_and_never_a_worse_one(rows: list[Row]) -> None:
    improves(rows)


@pytest.mark.parametrize(
    "rows",
    [
        rotating(months=8, tour_months=3, overlap_months=1),
        [*rotating(months=12, tour_months=3, gap_months=1), came("O", date(2023, 12, 20))],
    ],
)
def test_units_that_relieve_each_other_are_put_together_too(rows: list[Row]) -> None:
    assert improves(rows) > 0


@laws
@given(small_missions())
def test_among_the_stays_of_the_best_plan_the_best_plan_is_found(rows: list[Row]) -> None:
    problem = lean(rows)
    answer = best(problem)
    stays = stays_of(problem.world, Draft.of(problem.variables, answer.values))
    combining = Combining(problem, stays, Draft.nobody(problem.world))
    choice = combining.begin()
    assert choice is not None
    found = combining.better(choice, range(len(combining.stays)), None)
    assert found is not None
    assert found.covered == pytest.approx(answer.goal, rel=0.003, abs=1e-6)


def test_what_is_not_free_stays_as_it_was() -> None:
    problem = lean(one_camp())
    combining = Combining(problem, every_stay(problem), Draft.nobody(problem.world))
    choice = combining.begin()
    assert choice is not None
    assert choice.covered == 0
    for stay in range(len(combining.stays)):
        found = combining.better(choice, [stay], None)
        assert found is not None
        others = np.delete(np.rint(found.values[: len(combining.stays)]), stay)
        assert not others.any()
    everything = combining.better(choice, range(len(combining.stays)), None)
    assert everything is not None
    assert everything.covered > 0


@laws
@given(small_missions())
def test_of_two_plans_the_first_is_kept_and_no_law_broken(rows: list[Row]) -> None:
    problem = lean(rows)
    combining = Combining(problem, every_stay(problem), Draft.nobody(problem.world))
    before = combining.begin()
    assert before is not None
    half = len(combining.stays) // 2
    first = combining.better(before, range(half), None)
    second = combining.better(before, range(half, len(combining.stays)), None)
    assert first is not None
    assert second is not None
    both = combining.both(before, first, second, None)
    if both is None:
        assert second.covered == pytest.approx(before.covered, abs=1e-6)
        return
    assert both.covered >= first.covered - 1e-6
    assert covers(problem, combining.draft(both)) == pytest.approx(both.covered, abs=1e-6)
    kept = np.rint(first.values[:half])
    np.testing.assert_array_equal(np.rint(both.values[:half]), kept)


def every_stay(problem: Problem) -> list[Stay]:
    """Every stay of units to come, at one site each, that is long enough."""
    world = problem.world
    return [
        Stay(u, (Leg(s, first, until),))
        for u, unit in enumerate(world.units)
        for s in range(len(world.sites))
        for first in range(world.horizon)
        for until in range(min(first + world.minimum_stay, world.horizon), world.horizon + 1)
        if not unit.is_opening and first < until
        and (columns_of(problem.variables, unit, Stay(u, (Leg(s, first, until),))) != NONE).all()
    ]  # fmt: skip


@laws
@given(small_missions())
def test_among_all_stays_no_more_is_found_than_the_best_plan(rows: list[Row]) -> None:
    """Many stays of the same few units: together they are no more than were offered."""
    problem = lean(rows)
    answer = best(problem)
    draft = Draft.of(problem.variables, answer.values)
    combining = Combining(problem, every_stay(problem), draft)
    choice = combining.begin()
    assert choice is not None
    found = combining.better(choice, range(len(combining.stays)), None)
    assert found is not None
    assert found.covered == pytest.approx(answer.goal, rel=1e-6, abs=1e-6)
    assert covers(problem, combining.draft(found)) == pytest.approx(answer.goal, abs=1e-6)


def improves(rows: list[Row]) -> float:
    """Beginning from nobody, some stays after others are chosen; what is covered at the end."""
    problem = lean(rows)
    nobody = Draft.nobody(problem.world)
    combining = Combining(problem, priced(problem), nobody)
    choice = combining.begin()
    assert choice is not None
    most, random = best(problem).goal, Random(1)  # noqa: S311 - where to look, no secret
    for turn in range(4):
        free = combining.some(random, turn, 2)
        better = combining.better(choice, free, None)
        assert better is not None
        assert better.covered >= choice.covered - 1e-6
        chosen = np.rint(better.values[: len(combining.stays)])
        before = np.rint(choice.values[: len(combining.stays)])
        kept = np.setdiff1d(np.arange(len(combining.stays)), free)
        np.testing.assert_array_equal(chosen[kept], before[kept])
        choice = better
        draft = combining.draft(choice)
        adds_up(problem, draft)
        assert covers(problem, draft) >= choice.covered - 1e-6 * max(1.0, most)
        assert choice.covered <= most + 1e-6 * max(1.0, most)
    return choice.covered
