"""Months of a plan and the first-day rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from konbit.terms import Month, months_between

if TYPE_CHECKING:
    from datetime import date


def planned_months(as_of_on: date, horizon_months: int) -> tuple[Month, ...]:
    """The months planned: from the month after the as-of day's, as many as the horizon."""
    first = Month.of(as_of_on) + 1
    return months_between(first, first + horizon_months)


def holds(from_on: date | None, until_on: date | None, month: Month) -> bool:
    """The first-day rule: whether the month's first day lies in the half-open interval."""
    first = month.first_on
    return (from_on is None or from_on <= first) and (until_on is None or first < until_on)
