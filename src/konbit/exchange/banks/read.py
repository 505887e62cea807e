"""What comes of reading a bank's file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from konbit.terms import Finding, Severity

if TYPE_CHECKING:
    from konbit.terms.bank import BankStatement

MOST_ENTRIES = 20_000
LARGEST_MINOR = 2**53 - 1


@dataclass(frozen=True, slots=True)
class Source:
    """What a statement was read from.

    Attributes:
        files: places of the files among those that were sent, in order of the statement's pages.
        is_csv: whether it was a CSV, in which people choose columns.
    """

    files: tuple[int, ...]
    is_csv: bool


@dataclass(frozen=True, slots=True)
class BankReading:
    """Statements, and what is wrong or worth knowing.

    Attributes:
        statements: in the order of the files; none where a finding is an error.
        findings: `table` is the name of the file where several were sent, `row` the line, the
            number of the entry, or the bank's name of the statement.
        headings: of the columns of a CSV, for whoever must say which is which.
        sources: of each statement.
    """

    statements: tuple[BankStatement, ...] = ()
    findings: tuple[Finding, ...] = ()
    headings: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()


def refused(code: str, headings: tuple[str, ...] = (), **values: int | str) -> BankReading:
    """A file that cannot be read at all, and why."""
    pairs = tuple(sorted((name, str(value)) for name, value in values.items()))
    told = Finding(code, Severity.ERROR, values=pairs)
    return BankReading((), (told,), headings)
