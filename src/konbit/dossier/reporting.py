"""The days on which reports fall due. Pure arithmetic on the calendar."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from konbit.dossier.tables.follow_up import ReportingCycle

_MOST_OCCURRENCES = 400  # of one cycle: a century of reports a quarter


def occurrences(cycle: ReportingCycle, until_on: date) -> Iterator[date]:
    """The days on which a cycle's reports fall due, before a day and before its own end.

    Months are counted from the first day, so that a month that is too short shifts no later one.
    """
    first = cycle.first_due_on
    if first is None:
        return
    end = min(filter(None, (cycle.until_on, until_on)))
    for number in range(_MOST_OCCURRENCES):
        if cycle.every_months is not None:
            on = months_later(first, number * cycle.every_months)
        else:
            on = first + timedelta(days=number * (cycle.every_days or 0))
        if on >= end:
            return
        yield on
        if cycle.every_months is None and cycle.every_days is None:
            return


def months_later(day: date, months: int) -> date:
    """The same day some months later, or the last one of a month that is shorter."""
    whole = day.year * 12 + day.month - 1 + months
    year, month = divmod(whole, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))
