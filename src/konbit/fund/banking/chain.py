"""Statements of one account, one after the other: where one is missing."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Link:
    """One statement as a link of the chain.

    Attributes:
        from_on: first day.
        until_on: first day after.
        opening_minor: balance before the first day.
        closing_minor: balance at the end of the last.
    """

    from_on: date
    until_on: date
    opening_minor: int
    closing_minor: int


@dataclass(frozen=True, slots=True)
class Jump:
    """Between two statements: what must be missing there.

    Attributes:
        until_on: first day of the later one.
        since_on: first day that no statement covers; the same day where none is uncovered.
        amount_minor: by how much the later one begins higher than the earlier one ended.
    """

    until_on: date
    since_on: date
    amount_minor: int


def jumps_in(links: Iterable[Link]) -> tuple[Jump, ...]:
    """Every place where days or money are missing between statements, in order."""
    found = (
        Jump(later.from_on, earlier.until_on, later.opening_minor - earlier.closing_minor)
        for earlier, later in pairwise(sorted(links))
    )
    return tuple(j for j in found if j.amount_minor or j.since_on != j.until_on)
