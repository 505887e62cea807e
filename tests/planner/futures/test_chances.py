from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from konbit.planner.futures import statistics
from konbit.planner.futures.chances import Drawn, Expected

values = st.integers(-(10**9), 10**9)


@given(st.integers(), st.integers(0, 10**6), st.text())
def test_a_draw_depends_on_its_name_alone(seed: int, number: int, about: str) -> None:
    one, other = Drawn(seed, number), Drawn(seed, number)
    other.month(12, "something else")

    assert one.weight(0.5, about) == other.weight(0.5, about)
    assert one.between(0, 1, 5, about) == other.between(0, 1, 5, about)


@given(st.integers(), st.lists(st.floats(0, 100), min_size=3, max_size=3))
def test_a_value_lies_between_its_corners(seed: int, corners: list[float]) -> None:
    low, likely, high = sorted(corners)

    drawn = Drawn(seed, 0).between(low, likely, high, "x")

    assert low - 1e-9 <= drawn <= high + 1e-9


@given(st.integers(0, 10**6), st.floats(0, 50))
def test_a_whole_number_is_next_to_its_value(seed: int, value: float) -> None:
    assert abs(Drawn(seed, 0).whole(value, "x") - value) <= 1


def test_draws_fall_as_their_distribution_says() -> None:
    """Four thousand draws: mean of the triangle 0, 1, 5 is 2; a third of the events happen."""
    drawn = [Drawn(1, number) for number in range(4_000)]
    mean = sum(one.between(0, 1, 5, "x") for one in drawn) / len(drawn)
    below = sum(one.between(0, 1, 5, "x") <= 1 for one in drawn) / len(drawn)
    happened = sum(one.weight(1 / 3, "x") for one in drawn) / len(drawn)
    months = [one.month(4, "x") for one in drawn]

    assert mean == pytest.approx(2, abs=0.06)
    assert below == pytest.approx(1 / 5, abs=0.03)
    assert happened == pytest.approx(1 / 3, abs=0.03)
    assert [months.count(m) / len(months) for m in range(4)] == pytest.approx([0.25] * 4, abs=0.03)


def test_certain_and_impossible() -> None:
    assert {Drawn(1, n).weight(1.0, "x") for n in range(99)} == {1.0}
    assert {Drawn(1, n).weight(0.0, "x") for n in range(99)} == {0.0}
    assert Drawn(1, 1).between(3, 3, 3, "x") == 3


def test_what_is_expected_is_the_mean() -> None:
    expected = Expected()

    assert expected.weight(0.3, "x") == 0.3
    assert expected.between(0, 1, 5, "x") == 2
    assert expected.month(5, "x") == 2
    assert [expected.whole(value, "x") for value in (0.5, 1.5, 2.4)] == [0, 2, 2]


@given(st.lists(values, min_size=2, max_size=40))
def test_half_the_interval_by_exact_arithmetic(points: list[int]) -> None:
    half = statistics.half_width(points)
    mean = Fraction(sum(points), len(points))
    variance = sum((point - mean) ** 2 for point in points) / (len(points) - 1) / len(points)

    assert half is not None
    assert (half + 1) ** 2 > variance * Fraction(196, 100) ** 2
    assert max(0, half - 2) ** 2 <= variance * Fraction(196, 100) ** 2


def test_one_value_has_no_interval() -> None:
    assert statistics.half_width([5]) is None


@given(st.lists(values, min_size=1, max_size=40))
def test_tenths(points: list[int]) -> None:
    low, middle, high = (statistics.tenth(points, number) for number in (1, 5, 9))

    assert low <= middle <= high
    assert sum(point <= middle for point in points) * 10 >= 5 * len(points)
    assert statistics.worst_tenth(points) <= statistics.mean(points)
    assert statistics.best_tenth(points) >= statistics.mean(points)


@given(st.integers(0, 1_000), st.integers(1, 40), st.integers(0, 40))
def test_a_set_drawn_as_a_whole_has_one_draw_in_every_slice(
    seed: int, count: int, tenths: int
) -> None:
    """So what happens with a probability happens that often, as nearly as whole futures allow."""
    share = tenths / 40
    happened = sum(Drawn(seed, n, count).weight(share, "x") for n in range(count))

    assert abs(happened - share * count) < 1 + 1e-9
    assert sorted(Drawn(seed, n, count).month(count, "y") for n in range(count)) == list(
        range(count)
    )
