"""Rank correlation, percentiles and the table of one more pledge."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from measuring.agreement import Compared, rank_correlation, spread, table, timing_line

NUMBERS = st.lists(st.integers(-1000, 1000), min_size=2, max_size=12)


def compared(name: str = "money", **more: int) -> Compared:
    gains = {"quick": 500, "least": 480, "most": 600, "fresh": 490, "unproven": 20, **more}
    return Compared(name, seconds=1.5, **gains)


def test_ranks_and_not_sizes_are_correlated() -> None:
    assert rank_correlation([1, 2, 3, 400], [0.1, 5, 6, 7]) == pytest.approx(1)
    assert rank_correlation([1, 2, 3], [3, 2, 1]) == pytest.approx(-1)


def test_five_pairs_by_hand() -> None:
    """Differences of ranks 0, 1, 1, 1, 1: 1 - 6 * 4 / (5 * 24) = 0.8."""
    assert rank_correlation([10, 20, 30, 40, 50], [1, 3, 2, 5, 4]) == pytest.approx(0.8)


def test_ties_share_their_mean_rank() -> None:
    """Ranks 1.5, 1.5, 3 against 1, 2, 3: covariance 1.5, variances 1.5 and 2."""
    assert rank_correlation([7, 7, 9], [1, 2, 3]) == pytest.approx(1.5 / (1.5 * 2) ** 0.5)


def test_where_all_are_equal_there_is_no_correlation() -> None:
    assert rank_correlation([1, 1], [1, 2]) is None
    assert rank_correlation([1], [2]) is None


@given(NUMBERS)
def test_anything_agrees_with_itself_however_it_is_stretched(numbers: list[int]) -> None:
    found = rank_correlation(numbers, [n**3 for n in numbers])
    assert found is None if len(set(numbers)) < 2 else found == pytest.approx(1)


def test_the_95th_percentile_lies_between_neighbours() -> None:
    assert spread([2.0]) == (2.0, 2.0)
    assert spread([float(n) for n in range(21)]) == pytest.approx((10.0, 19.0))


def test_a_line_says_whether_the_target_is_kept() -> None:
    assert timing_line("quick", [0.5, 1.0], 2.0).endswith("within 2 s")
    assert timing_line("quick", [0.5, 9.0], 2.0).endswith("OVER 2 s")
    assert timing_line("quick", [], 2.0).endswith("none")


@pytest.mark.parametrize(
    ("fresh", "verdict"),
    [
        (480, "inside"),
        (600, "inside"),
        (470, "below, in its gap"),
        (459, "OUTSIDE"),
        (601, "OUTSIDE"),
    ],
)
def test_a_fresh_gain_is_inside_below_within_its_gap_or_outside(fresh: int, verdict: str) -> None:
    assert compared(fresh=fresh).verdict == verdict


def test_the_table_tells_shares_of_the_need_and_counts_verdicts() -> None:
    told = table([compared(), compared("camp", fresh=-900)], needed=10_000).splitlines()
    assert told[1].split()[:6] == ["money", "5.00", "4.80", "6.00", "4.90", "0.20"]
    assert told[2].endswith("OUTSIDE")
    assert told[3].strip().startswith("inside 1 of 2, outside 1")
    assert told[4].endswith("quick none, confirmed none")
