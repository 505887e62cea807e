"""A search of a mission: its bound, its answer, and that it ends when told to."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from konbit.planner.problem import assemble, prepare
from konbit.planner.search.again import Again
from konbit.planner.search.book import Book
from konbit.planner.search.diving import Depth, Dive
from konbit.planner.search.pricing import Pricing
from konbit.planner.search.relaxed import Kept, Relaxed
from konbit.planner.search.searching import Search, Standing
from konbit.planner.search.shares import Shares
from konbit.planner.solve import Solver
from missions import AS_OF, dossier, one_camp
from rotating_missions import came, rotating, wear
from small_missions import small_missions

if TYPE_CHECKING:
    from konbit.dossier import Row
    from konbit.planner.draft import Draft
    from konbit.planner.problem import Problem
    from konbit.planner.search.searching import Found

laws = settings(
    max_examples=15,
    deadline=None,  # a search takes as long as its steps take
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)

few = settings(laws, max_examples=8)  # of searches to their end


def lean(rows: list[Row]) -> Problem:
    """The problem without what only levers open."""
    world, treasury = prepare(dossier(rows).known_on(AS_OF), AS_OF, "")
    return assemble(world, treasury, wide=False)


def best(problem: Problem) -> float:
    """The best coverage, by the solver alone."""
    return Solver(problem.model).best(problem.coverage, gap=0.0, nodes=5_000).goal


def searched(problem: Problem, told: list[Standing]) -> Found:
    return Search(problem, told.append, lambda: False).run()


@laws
@given(small_missions())
def test_no_prices_prove_less_than_the_best_plan(rows: list[Row]) -> None:
    problem = lean(rows)
    pricing = Pricing(Relaxed(problem), 60)
    reached = best(problem)
    while not pricing.is_done:
        assert pricing.advance(10).bound >= reached - 1e-6 * max(1.0, reached)


@few
@given(small_missions())
def test_a_search_stays_between_nothing_and_its_bound(rows: list[Row]) -> None:
    problem = lean(rows)
    told: list[Standing] = []
    found = searched(problem, told)
    reached = best(problem)
    assert 0.0 <= found.reached <= reached + 1e-6 * max(1.0, reached)
    assert found.bound >= reached - 1e-6 * max(1.0, reached)
    assert [s.reached for s in told] == sorted(s.reached for s in told)
    assert [s.bound for s in told] == sorted((s.bound for s in told), reverse=True)


def test_the_same_search_gives_the_same_plan() -> None:
    first, second = (searched(lean(one_camp()), []) for _ in range(2))
    assert (first.reached, first.bound) == (second.reached, second.bound)
    for one, other in zip(first.draft.present, second.draft.present, strict=True):
        np.testing.assert_array_equal(one, other)


def test_prices_settle_on_what_one_camp_can_cover() -> None:
    problem = lean(one_camp())
    found = searched(problem, [])
    assert found.reached == pytest.approx(best(problem))


def test_a_search_told_to_stop_at_once_still_has_an_answer() -> None:
    problem = lean(one_camp())
    found = Search(problem, lambda _standing: None, lambda: True).run()
    assert found.reached >= 0.0
    assert all((there >= 0).all() for there in found.draft.present)


@laws
@given(small_missions())
def test_what_is_decided_by_prices_keeps_every_law_and_covers_what_it_says(rows: list[Row]) -> None:
    keeps_every_law(rows)


@pytest.mark.parametrize(
    "rows",
    [
        [*rotating(months=8), *wear()],
        [*rotating(months=8), came("O", date(2023, 12, 20)), *wear()],
        rotating(months=8, tour_months=3, overlap_months=1),
        [*rotating(months=8, tour_months=3, overlap_months=1), *wear()],
        [*rotating(months=12, tour_months=3, gap_months=1), came("O", date(2023, 12, 20))],
    ],
)
def test_what_is_decided_by_prices_wears_out_and_ends_with_its_tour(rows: list[Row]) -> None:
    assert keeps_every_law(rows) > 0


@pytest.mark.parametrize(
    ("how", "there", "covered_months"),
    [
        ({"overlap_months": 1}, [], 18),
        ({}, [], 18),
        ({"gap_months": 1}, [], 14),  # of each four months one without
        ({"overlap_months": 1}, [came("O", date(2024, 2, 20))], 18),
        ({"gap_months": 1}, [came("O", date(2024, 2, 20))], 14),
    ],
)
def test_whoever_stays_beyond_a_tour_is_relieved(
    how: dict[str, Any], there: list[Row], covered_months: int
) -> None:
    """By prices alone: a unit for 18 months in tours of three, and who is there between them."""
    rows = [*rotating(months=18, tour_months=3, **how), *there]
    assert keeps_every_law(rows) == pytest.approx(10 * covered_months)


@laws
@given(small_missions())
def test_prices_beside_stays_that_are_kept_reckon_with_all_of_them(rows: list[Row]) -> None:
    problem = lean(rows)
    relaxed = Relaxed(problem)
    pricing = Pricing(relaxed, 60)
    pricing.advance(60)
    closed = Kept.nothing(problem).closed
    dive = Dive(problem.world, pricing.descent.onward(), Depth(20, 0.1), closed)
    whole = dive.run(Book(problem, relaxed), lambda: False)
    some = Book(problem, relaxed).of(whole.postings[::2])
    reached = Shares(problem).covered(whole.postings)
    limits = ~relaxed.is_due
    for book in (some, whole):
        left = relaxed.open(book.kept(closed))
        for prices in (pricing.descent.prices(pricing.descent.at), pricing.advance(0).prices):
            valued = relaxed.value(prices, left)
            assert valued.bound >= reached - 1e-6 * max(1.0, reached)
            assert (valued.values >= left.kept.values - 1e-9).all()
            spare = relaxed.most - relaxed.limits @ valued.values
            np.testing.assert_allclose(
                valued.spare_rows[limits], spare[limits], rtol=1e-9, atol=1e-6
            )


def keeps_every_law(rows: list[Row]) -> float:
    """Plans by prices are allowed and cover what they say; what the best of them covers."""
    problem = lean(rows)
    relaxed = Relaxed(problem)
    pricing = Pricing(relaxed, 60)
    pricing.advance(60)
    closed = Kept.nothing(problem).closed
    plans: list[tuple[Draft, float]] = []
    again = Again(problem, relaxed, pricing.descent, closed, 1)
    again.dives(2, 20, 0.1, lambda draft, covered: plans.append((draft, covered)), lambda: False)
    again.tries(10, 3, lambda draft, covered: plans.append((draft, covered)), lambda: False)
    assert [covered for _, covered in plans] == sorted(covered for _, covered in plans)
    for draft, covered in plans:
        solver = Solver(problem.model)
        kinds = ("present", "start", "relief", "held", "ordered")
        whole = problem.model.columns_of(*kinds).astype(np.int32)
        solver.hold(whole, draft.values(problem)[whole])
        best_of_it = solver.best(problem.coverage, gap=0.0, nodes=100).goal
        assert covered <= best_of_it + 1e-6 * max(1.0, best_of_it)
    return plans[-1][1] if plans else 0.0
