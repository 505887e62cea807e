"""A plan whose first months are kept: whole stays go on otherwise from then on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from konbit.dossier.tables import requirement
from konbit.planner.draft import Draft
from konbit.planner.model import NONE
from konbit.planner.problem import assemble, prepare
from konbit.planner.search.combining import Combining
from konbit.planner.search.later import going_on
from konbit.planner.search.paths import stays_of
from konbit.planner.search.pricing import Pricing
from konbit.planner.search.relaxed import Relaxed
from konbit.planner.search.stays import Leg, Stay, columns_of
from konbit.planner.solve import Solver
from missions import AS_OF, FACT, dossier, one_camp
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


def lean(rows: list[Row]) -> Problem:
    """The problem without what only levers open."""
    world, treasury = prepare(dossier(rows).known_on(AS_OF), AS_OF, "")
    return assemble(world, treasury, wide=False)


def half_plan(problem: Problem) -> Draft:
    """A plan that is not the best: as good as half of what can be covered asks for."""
    solver = Solver(problem.model)
    most = solver.best(problem.coverage, gap=0.0, nodes=5_000).goal
    solver.floor(problem.coverage, most / 2)
    return Draft.of(problem.variables, solver.best(-problem.cost, gap=0.0, nodes=5_000).values)


def early(problem: Problem, stay: Stay, month: int) -> set[int]:
    """Columns of a stay in the months before one."""
    world, v = problem.world, problem.variables
    columns = columns_of(v, world.units[stay.unit], stay)
    before = {
        int(c)
        for cells in (v.present[stay.unit], v.start[stay.unit])
        for c in cells[:, :month].ravel()
        if c != NONE
    }
    return before & set(columns.tolist())


@laws
@given(small_missions(), st.integers(1, 4))
def test_what_goes_on_is_until_then_as_a_stay_of_the_plan(rows: list[Row], month: int) -> None:
    problem = lean(rows)
    own = stays_of(problem.world, half_plan(problem))
    thought_of = Pricing(Relaxed(problem), 60).advance(60).stays
    for stay in going_on(problem, thought_of, own, month):
        columns = columns_of(problem.variables, problem.world.units[stay.unit], stay)
        assert (columns != NONE).all()
        kept = early(problem, stay, month)
        mine = [early(problem, other, month) for other in own if other.unit == stay.unit]
        assert not kept or kept in mine


@laws
@given(small_missions(), st.integers(1, 4))
def test_months_that_are_kept_stay_as_they_are(rows: list[Row], month: int) -> None:
    problem = lean(rows)
    draft = half_plan(problem)
    own = stays_of(problem.world, draft)
    thought_of = Pricing(Relaxed(problem), 60).advance(60).stays
    stays = going_on(problem, thought_of, own, month)
    combining = Combining(problem, {*stays, *thought_of}, draft, month)
    before = combining.begin()
    assert before is not None
    found = combining.better(before, range(len(combining.stays)), None)
    assert found is not None
    assert found.covered >= before.covered - 1e-6
    after = combining.draft(found)
    for kept, now in (
        *zip(draft.present, after.present, strict=True),
        *zip(draft.starts, after.starts, strict=True),
        *zip(draft.reliefs, after.reliefs, strict=True),
        (draft.held, after.held),
        (draft.ordered, after.ordered),
    ):
        np.testing.assert_array_equal(now[:, :month], kept[:, :month])
    solver = Solver(problem.model)
    whole = problem.model.columns_of("present", "start", "relief", "held", "ordered")
    solver.hold(whole.astype(np.int32), after.values(problem)[whole])
    covered = solver.best(problem.coverage, gap=0.0, nodes=100).goal
    assert covered == pytest.approx(found.covered, rel=1e-6, abs=1e-6)


@pytest.mark.parametrize(
    ("thought_of", "own", "goes_on"),
    [
        ((3, 6), [(0, 2)], [(3, 6)]),
        ((0, 6), [(1, 3)], [(1, 6), (2, 6)]),
        ((0, 2), [(1, 3)], []),
        ((1, 4), [], [(2, 4)]),
        ((0, 5), [(0, 1)], [(2, 5)]),
    ],
)
def test_a_stay_begins_later_or_a_unit_that_is_there_goes_on(
    thought_of: tuple[int, int], own: list[tuple[int, int]], goes_on: list[tuple[int, int]]
) -> None:
    problem = lean(one_camp())
    u = next(u for u, unit in enumerate(problem.world.units) if not unit.is_opening)

    def stay(first: int, until: int) -> Stay:
        return Stay(u, (Leg(0, first, until),))

    found = going_on(problem, [stay(*thought_of)], [stay(*months) for months in own], 2)
    assert found == {stay(*months) for months in goes_on}


def test_nothing_is_ordered_in_months_that_are_kept() -> None:
    """Beds for 300 take two months; who comes in the fourth month sleeps in what is too late."""
    beds = requirement.BuildingOption(
        **FACT,
        code="Q",
        title="Camp",
        site="S",
        adds_persons=300,
        lead_time_months=2,
    )
    problem = lean([*one_camp(beds=0, dollars=10_000_000), beds])
    u = next(u for u, unit in enumerate(problem.world.units) if not unit.is_opening)
    stays = [Stay(u, (Leg(0, first, 6),)) for first in (3, 4)]
    draft = Draft.nobody(problem.world)
    first_there: list[int] = []
    for kept_months in (0, 2, 3):
        combining = Combining(problem, stays, draft, kept_months)
        before = combining.begin()
        assert before is not None
        found = combining.better(before, range(len(combining.stays)), None)
        assert found is not None
        there = combining.draft(found).present[u].sum(axis=0)
        first_there.append(int((there > 0).argmax()) if there.any() else 6)
    assert first_there == [3, 4, 6]
