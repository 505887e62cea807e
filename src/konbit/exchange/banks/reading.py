"""Files of a bank become statements, and findings on all that is wrong with them."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from konbit.exchange.banks.camt import pages_of, statement_of
from konbit.exchange.banks.camt_pages import together
from konbit.exchange.banks.csv_file import read_csv
from konbit.exchange.banks.read import BankReading, Source, refused
from konbit.terms import Severity
from konbit.terms.finding import finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from konbit.exchange.banks.camt_pages import Seen
    from konbit.exchange.banks.wishes import Wishes
    from konbit.terms import Finding
    from konbit.terms.bank import BankStatement

MOST_BYTES = 20_000_000
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")

__all__ = ["MOST_BYTES", "BankReading", "read_bank_file", "read_bank_files"]


def read_bank_file(data: bytes, wishes: Wishes) -> BankReading:
    """The statements in one file: see `read_bank_files`."""
    return read_bank_files([("", data)], wishes)


def read_bank_files(files: Sequence[tuple[str, bytes]], wishes: Wishes) -> BankReading:
    """The statements in files that were sent together, checked each by itself.

    Nothing in a file is run, fetched or resolved. With an error among the findings no statement
    is given. Each statement's entries lie in its days and add up from opening to closing balance.
    Pages of one statement may lie in several files, in any order; the same file again is left out.

    Args:
        files: name and bytes of each.
        wishes: what files may not tell by themselves.
    """
    if sum(len(data) for _, data in files) > MOST_BYTES:
        return refused("bank-too-large", megabytes=MOST_BYTES // 1_000_000)
    findings: list[Finding] = []
    pages: list[Seen] = []
    read: list[tuple[Source, BankStatement]] = []
    headings: tuple[str, ...] = ()
    seen: set[bytes] = set()
    for place, (name, data) in enumerate(files):
        if data in seen:
            continue
        seen.add(data)
        told: list[Finding] = []
        found = _read(data, place, told, wishes)
        if isinstance(found, BankReading):
            read += [(Source((place,), is_csv=True), one) for one in found.statements]
            told += found.findings
            headings = found.headings or headings
        else:
            pages += found
        findings += [replace(one, table=name) for one in told] if len(files) > 1 else told
    for whole in together(pages, findings):
        made = statement_of(whole, findings, wishes)
        if made is not None:
            read.append((Source(tuple(whole.files), is_csv=False), made))
    read.sort(key=lambda one: one[0].files)
    findings += [wrong for _, one in read for wrong in _wrong_in(one)]
    if any(one.severity is Severity.ERROR for one in findings):
        return BankReading((), tuple(findings), headings)
    statements, sources = tuple(one for _, one in read), tuple(source for source, _ in read)
    return BankReading(statements, tuple(findings), headings, sources)


def _read(
    data: bytes, place: int, findings: list[Finding], wishes: Wishes
) -> list[Seen] | BankReading:
    if not data.strip():
        return refused("bank-unreadable")
    return pages_of(data, place, findings, wishes) if _is_xml(data) else read_csv(data, wishes)


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
    yield from _twice_in(statement)


def _twice_in(statement: BankStatement) -> Iterator[Finding]:
    """Entries that are there again with every reference: perhaps the bank's, perhaps a slip."""
    for entry, count in Counter(statement.entries).items():
        if count > 1 and entry.references:
            yield finding(
                "bank-entry-twice",
                Severity.NOTE,
                row=entry.references[0],
                day=entry.booked_on.isoformat(),
                currency=statement.currency,
                minor=entry.amount_minor,
                count=count,
            )
