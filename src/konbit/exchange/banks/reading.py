"""A bank's file becomes statements, and findings on all that is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from konbit.exchange.banks.camt import read_camt
from konbit.exchange.banks.csv_file import read_csv
from konbit.exchange.banks.read import BankReading, refused
from konbit.terms import Severity
from konbit.terms.finding import finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from konbit.exchange.banks.wishes import Wishes
    from konbit.terms import Finding
    from konbit.terms.bank import BankStatement

MOST_BYTES = 20_000_000
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")

__all__ = ["MOST_BYTES", "BankReading", "read_bank_file"]


def read_bank_file(data: bytes, wishes: Wishes) -> BankReading:
    """The statements in a file, checked each by itself.

    Nothing in the file is run, fetched or resolved. With an error among the findings no statement
    is given. Each statement's entries lie in its days and add up from opening to closing balance.

    Args:
        data: the file's bytes.
        wishes: what the file may not tell by itself.
    """
    if len(data) > MOST_BYTES:
        return refused("bank-too-large", megabytes=MOST_BYTES // 1_000_000)
    if not data.strip():
        return refused("bank-unreadable")
    found = read_camt(data, wishes) if _is_xml(data) else read_csv(data, wishes)
    findings = (*found.findings, *(f for one in found.statements for f in _wrong_in(one)))
    has_errors = any(f.severity is Severity.ERROR for f in findings)
    return BankReading(() if has_errors else found.statements, findings, found.headings)


def _is_xml(data: bytes) -> bool:
    start = data[:400]
    for mark in _MARKS:
        start = start.removeprefix(mark)
    return start.replace(b"\0", b"").lstrip().startswith(b"<")


def _wrong_in(statement: BankStatement) -> Iterator[Finding]:
    """Days outside its own, and entries that do not lead from one balance to the other."""
    if statement.until_on <= statement.from_on:
        yield finding("bank-days-wrong", Severity.ERROR, row=statement.reference)
        return
    for entry in statement.entries:
        if not statement.from_on <= entry.booked_on < statement.until_on:
            yield finding(
                "bank-day-outside",
                Severity.ERROR,
                row=statement.reference,
                day=entry.booked_on.isoformat(),
            )
    total = statement.opening_minor + sum(entry.amount_minor for entry in statement.entries)
    if total != statement.closing_minor:
        yield finding(
            "bank-sum",
            Severity.ERROR,
            row=statement.reference,
            currency=statement.currency,
            minor=statement.closing_minor - total,
        )
