"""Months and half-open periods of days. A period holds its first day and not its last."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month. Printed and parsed as ISO 8601 `2025-04`.

    Raises:
        ValueError: the month number is not between 1 and 12.
    """

    year: int
    number: int

    def __post_init__(self) -> None:
        if not 1 <= self.number <= 12:
            raise ValueError(f"{self.number} is not a month number")

    @classmethod
    def of(cls, day: date) -> Month:
        """The month in which a day falls."""
        return cls(day.year, day.month)

    @classmethod
    def parse(cls, text: str) -> Month:
        """Read `2025-04`.

        Raises:
            ValueError: the text is not a year and a month.
        """
        found = _MONTH.fullmatch(text)
        if found is None:
            raise ValueError(f"{text!r} is not a month such as 2025-04")
        return cls(int(found[1]), int(found[2]))

    @property
    def first_on(self) -> date:
        """First day of the month."""
        return date(self.year, self.number, 1)

    @property
    def last_on(self) -> date:
        """Last day of the month."""
        return (self + 1).first_on - timedelta(days=1)

    @property
    def ordinal(self) -> int:
        """Number of months since January of year 0; consecutive months differ by one."""
        return self.year * 12 + self.number - 1

    @classmethod
    def from_ordinal(cls, ordinal: int) -> Month:
        """Inverse of `ordinal`."""
        return cls(ordinal // 12, ordinal % 12 + 1)

    def __add__(self, months: int) -> Month:
        return Month.from_ordinal(self.ordinal + months)

    def __sub__(self, other: Month) -> int:
        return self.ordinal - other.ordinal

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `from_on` up to, not including, `until_on`. A missing end is open."""

    from_on: date | None
    until_on: date | None

    def __contains__(self, day: date) -> bool:
        started = self.from_on is None or self.from_on <= day
        return started and (self.until_on is None or day < self.until_on)


def months_between(first: Month, until: Month) -> tuple[Month, ...]:
    """The months from `first` up to, not including, `until`."""
    return tuple(first + step for step in range(max(0, until - first)))
