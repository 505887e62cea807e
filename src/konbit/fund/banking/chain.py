"""Statements of one account, one after the other: where one is missing."""

from __future__ import annotations

from dataclasses import dataclass, field
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
        number: which of the bank's statements it is; None where the bank does not tell.
    """

    from_on: date
    until_on: date
    opening_minor: int
    closing_minor: int
    number: int | None = field(default=None, compare=False)


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


@dataclass(frozen=True, slots=True)
class Skipped:
    """Numbers that the bank must have given to statements that are not here.

    Attributes:
        until_on: first day of the statement after them.
        first: the first number.
        last: the last.
    """

    until_on: date
    first: int
    last: int


def skipped_in(links: Iterable[Link]) -> tuple[Skipped, ...]:
    """Numbers missing between statements, in order. A lower number is a count that began anew."""
    return tuple(
        Skipped(later.from_on, earlier.number + 1, later.number - 1)
        for earlier, later in pairwise(sorted(links))
        if earlier.number is not None
        and later.number is not None
        and later.number > earlier.number + 1
    )
