"""Laws that hold for the futures of any mission."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from konbit.planner import plan
from konbit.planner.futures import futures
from konbit.planner.futures.case import case_of
from konbit.planner.futures.deciding import CASH, deterministic, first_of
from konbit.planner.futures.recourse import Recourse
from missions import AS_OF, dossier
from small_missions import small_missions
from uncertain_missions import everything_uncertain, prior, stays_or_waits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from konbit.dossier import Dossier, Row
    from konbit.dossier.futures import Futures
    from konbit.planner.futures import Case

T = TypeVar("T")
R = TypeVar("R")

_FEW = settings(max_examples=6, suppress_health_check=[HealthCheck.too_slow], deadline=None)


def looked(whole: Dossier, *, count: int, seed: int, **more: Any) -> Futures:
    """One month decided now, chosen on a few futures."""
    return futures(whole, AS_OF, count=count, seed=seed, decide_months=1, set_apart=5, **more)


def backwards(work: Callable[[Case, T], R], case: Case, items: Sequence[T], /) -> Iterator[R]:
    """The last first; the results in the order of the items."""
    done = [work(case, item) for item in reversed(items)]
    return iter(done[::-1])


@_FEW
@given(small_missions())
def test_without_priors_every_future_is_the_plan(rows: list[Row]) -> None:
    """Nothing is uncertain: what is decided now leads to what the plan promises."""
    found = looked(dossier(rows), count=2, seed=1)
    promised = plan(dossier(rows), AS_OF, explain=False, calls=False)
    rounding = sum(row.weight for row in promised.coverage)

    assert found.events == ()
    assert found.measure("promise_cash").points == promised.covered_points
    for row in found.futures:
        assert abs(row.covered_points - promised.covered_points) <= rounding
        assert row.undone_persons == 0


@_FEW
@given(small_missions())
def test_what_never_happens_changes_nothing(rows: list[Row]) -> None:
    never: list[Row] = [
        prior("cash_freeze", "1", happens="0"),
        prior("units_realised_share", "1"),
        prior("unit_delay_months", "0"),
        prior("unit_withdraws", happens="0"),
        prior("lift_interruption", "3", happens="0"),
    ]
    one = looked(dossier(rows, never), count=2, seed=1)
    other = looked(dossier(rows), count=2, seed=1)

    assert one.futures == other.futures
    assert one.decisions == other.decisions


@_FEW
@given(small_missions(), st.integers(0, 5))
def test_the_same_seed_gives_the_same_bytes_in_any_order_of_work(
    rows: list[Row], seed: int
) -> None:
    whole = dossier(rows, everything_uncertain())
    one = looked(whole, count=3, seed=seed)
    other = looked(whole, count=3, seed=seed, spread=backwards)

    assert one == other
    assert one.digest == other.digest


def test_a_future_is_the_same_among_few_and_among_many() -> None:
    whole = dossier(stays_or_waits(), everything_uncertain())
    few = looked(whole, count=3, seed=1)
    many = looked(whole, count=9, seed=1)

    assert many.futures[:3] == few.futures
    assert [row for row in many.events if row.future < 3] == list(few.events)


def test_another_seed_gives_other_futures() -> None:
    whole = dossier(stays_or_waits(), everything_uncertain())
    one, other = (looked(whole, count=6, seed=s) for s in (1, 2))

    assert one.events != other.events


def test_the_order_of_rows_changes_nothing() -> None:
    rows = [*stays_or_waits(), *everything_uncertain()]
    one = looked(dossier(rows), count=3, seed=1)
    other = looked(dossier(rows[::-1]), count=3, seed=1)

    assert one == other


@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(small_missions(), st.integers(0, 20))
def test_money_without_earmarks_never_covers_less(rows: list[Row], number: int) -> None:
    case = case_of(dossier(rows, everything_uncertain()), AS_OF, "", seed=5, months=1)
    first = first_of(case, CASH, deterministic(case, CASH))
    recourse = Recourse(case.problem(case.happenings(number)))

    with_earmarks = recourse.follow(first)
    without = recourse.without_earmarks(first, with_earmarks)

    assert without.points >= with_earmarks.points - 1
    assert with_earmarks.points <= with_earmarks.bound_points <= recourse.bound_points(first) + 1


@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(small_missions(), st.integers(0, 20))
def test_cash_that_is_likelier_never_covers_less(rows: list[Row], number: int) -> None:
    """The same draws, a higher share received: every future has at least as much money."""
    reached = []
    for share in ("0", "0.5", "1"):
        priors: list[Row] = [
            prior("cash_received_share", share),
            prior("cash_new_share", "0", share, "1", happens=share),
        ]
        case = case_of(dossier(rows, priors), AS_OF, "", seed=5, months=1)
        first = first_of(case, CASH, deterministic(case, CASH))
        reached.append(Recourse(case.problem(case.happenings(number))).follow(first).points)

    assert reached[0] <= reached[1] + 1
    assert reached[1] <= reached[2] + 1


@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(small_missions(), st.integers(0, 20))
def test_knowing_the_future_is_never_worse(rows: list[Row], number: int) -> None:
    case = case_of(dossier(rows, everything_uncertain()), AS_OF, "", seed=5, months=1)
    first = first_of(case, CASH, deterministic(case, CASH))
    recourse = Recourse(case.problem(case.happenings(number)))
    at_hand = case.world()[1].purses.cash

    assert recourse.free_bound_points(at_hand, 1) >= recourse.follow(first).points - 1


@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(small_missions())
def test_the_first_stage_stands_where_nothing_is_taken_away(rows: list[Row]) -> None:
    """Late or lost gifts alone never undo what was decided: the cash at hand pays for it."""
    priors: list[Row] = [
        prior("cash_received_share", "0", "0.5", "1"),
        prior("cash_delay_months", "0", "2", "5"),
    ]
    case = case_of(dossier(rows, priors), AS_OF, "", seed=5, months=2)
    first = first_of(case, CASH, deterministic(case, CASH))

    for number in range(3):
        followed = Recourse(case.problem(case.happenings(number))).follow(first)
        assert followed.undone_persons == 0


def test_one_more_prior_moves_no_draw_of_another() -> None:
    rows = [*stays_or_waits(), prior("units_realised_share", "0.5", by="BBB")]
    case = case_of(dossier(rows), AS_OF, "", seed=5, months=1)
    more = case_of(dossier(rows, prior("unit_withdraws", happens="1", by="AAA")), AS_OF, "", 5, 1)

    for number in range(10):
        withdrawn = [it for it in more.happenings(number) if it.kind == "withdraws"]
        kept = tuple(it for it in more.happenings(number) if it.kind != "withdraws")
        assert kept == case.happenings(number)
        assert len(withdrawn) == 1


def test_a_case_travels_whole() -> None:
    """What a worker elsewhere unpickles gives the same answer."""
    import pickle

    from konbit.planner.futures.trying import tried

    case = case_of(dossier(stays_or_waits(), everything_uncertain()), AS_OF, "", 1, 1)
    first = first_of(case, CASH, deterministic(case, CASH))
    sent = replace(case, firsts=(first,))

    assert tried(pickle.loads(pickle.dumps(sent)), 4) == tried(sent, 4)  # noqa: S301 - our own bytes
