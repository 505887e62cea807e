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
class BankReading:
    """Statements, and what is wrong or worth knowing.

    Attributes:
        statements: in the order of the file; none where a finding is an error.
        findings: `row` is the line, the number of the entry, or the bank's name of the statement.
        headings: of the columns of a CSV, for whoever must say which is which.
    """

    statements: tuple[BankStatement, ...] = ()
    findings: tuple[Finding, ...] = ()
    headings: tuple[str, ...] = ()


def refused(code: str, headings: tuple[str, ...] = (), **values: int | str) -> BankReading:
    """A file that cannot be read at all, and why."""
    pairs = tuple(sorted((name, str(value)) for name, value in values.items()))
    told = Finding(code, Severity.ERROR, values=pairs)
    return BankReading((), (told,), headings)
