from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from konbit.terms import Month, Period, months_between

days = st.dates(date(1945, 1, 1), date(2199, 12, 31))
months = days.map(Month.of)
steps = st.integers(-500, 500)


@given(months, steps, steps)
def test_months_add_up(month: Month, one: int, two: int) -> None:
    assert month + one + two == month + (one + two)
    assert (month + one) - month == one
    assert month + 0 == month
    assert Month.from_ordinal(month.ordinal) == month


@given(months, months)
def test_months_are_in_the_order_of_their_days(one: Month, two: Month) -> None:
    assert (one < two) == (one.first_on < two.first_on)
    assert (one < two) == (one - two < 0)


@given(days)
def test_a_day_lies_in_its_month(day: date) -> None:
    month = Month.of(day)
    assert month.first_on <= day <= month.last_on
    assert month.last_on + timedelta(days=1) == (month + 1).first_on


@given(months)
def test_a_month_is_read_as_it_is_written(month: Month) -> None:
    assert Month.parse(str(month)) == month
    assert len(str(month)) == 7


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2025",
        "2025-4",
        "2025-13",
        "2025-00",
        "\uff12\uff10\uff12\uff15-\uff10\uff14",
        "2025-04-01",
    ],
)
def test_other_texts_are_no_months(text: str) -> None:
    with pytest.raises(ValueError, match="month"):
        Month.parse(text)


@given(months, st.integers(-5, 40))
def test_months_between_are_half_open(first: Month, count: int) -> None:
    between = months_between(first, first + count)
    assert len(between) == max(0, count)
    assert all(month < first + count for month in between)
    assert list(between) == [first + step for step in range(len(between))]


@given(st.none() | days, st.none() | days, days)
def test_a_period_holds_its_first_day_and_not_its_last(
    from_on: date | None, until_on: date | None, day: date
) -> None:
    expected = (from_on is None or day >= from_on) and (until_on is None or day < until_on)
    assert (day in Period(from_on, until_on)) is expected


@given(days, days)
def test_periods_that_follow_each_other_share_no_day(turn: date, day: date) -> None:
    assert (day in Period(None, turn)) != (day in Period(turn, None))
