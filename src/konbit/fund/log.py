"""The log: a draft becomes a record, records become books."""

from __future__ import annotations

from typing import TYPE_CHECKING

from konbit.fund.books import Books
from konbit.fund.deriving import NoExchangeRateError, postings_of
from konbit.fund.kinds import KINDS
from konbit.fund.record import Record
from konbit.fund.rules import broken
from konbit.fund.statement import statement_of, statement_sha256
from konbit.terms import Severity
from konbit.terms.finding import finding

if TYPE_CHECKING:
    from collections.abc import Iterable

    from konbit.fund.record import Draft
    from konbit.terms import Finding


def compose(
    draft: Draft, books: Books, *, actor: str, approver: str | None, recorded_at: str, fund: str
) -> Record:
    """The record that a draft becomes on these books, with its postings.

    What the books do not allow to derive is left out, for the rules to name.
    """
    body = dict(draft.body)
    try:
        postings = postings_of(draft.kind, body, books)
    except (KeyError, NoExchangeRateError, TypeError):
        postings = None
    if postings is not None:
        body["postings"] = postings
    kind = KINDS.get(draft.kind)
    return Record(
        kind=draft.kind,
        fund=fund,
        sequence=books.size,
        recorded_at=recorded_at,
        actor=actor,
        approver=approver if kind is not None and kind.two else None,
        authority=draft.authority,
        rule=kind.rule if kind is not None else "",
        document_sha256=draft.document_sha256,
        idempotency_key=draft.key,
        body=body,
    )


def admit(record: Record, books: Books) -> Finding | None:
    """Take a record into the books, or say which rule it breaks and leave them as they are."""
    found = broken(record, books)
    if found is None:
        books.apply(record)
    return found


def read_log(lines: Iterable[bytes]) -> list[Record]:
    """The records of lines of a log.

    Raises:
        ValueError: a line is no record.
    """
    return [Record.from_bytes(line) for line in lines]


def replay(records: Iterable[Record]) -> tuple[Books, Finding | None]:
    """The books after all records, or until the first that breaks a rule, and which rule it is.

    Closes are compared with the statement that their log gives; so the records are kept.
    """
    books = Books()
    past: list[Record] = []
    for record in records:
        found = broken(record, books) or _wrong_close(record, past)
        if found is not None:
            return books, found
        books.apply(record)
        past.append(record)
    return books, None


def _wrong_close(record: Record, past: list[Record]) -> Finding | None:
    if record.kind != "period_closed":
        return None
    told = record.body["statement_sha256"]
    expected = statement_sha256(
        statement_of(past, until=record.body["until_on"], known_before=record.sequence)
    )
    if told == expected:
        return None
    row = str(record.sequence)
    return finding("ledger-close", Severity.ERROR, row=row, kind=record.kind, expected=expected)
