"""Statements of banks as CSV: whatever mark parts cells, however days and amounts are written."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from konbit.exchange.banks.columns import columns_in
from konbit.exchange.banks.keeping import kept_references, masked, purpose_of
from konbit.exchange.banks.read import LARGEST_MINOR, MOST_ENTRIES, BankReading, refused
from konbit.exchange.banks.written import (
    AMBIGUOUS,
    day_of,
    day_order_of,
    decimal_of,
    minor_of,
    side_of,
)
from konbit.exchange.texts import decoded
from konbit.terms import Finding, Severity
from konbit.terms.bank import BankEntry, BankStatement
from konbit.terms.finding import finding
from konbit.terms.money import CURRENCIES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from konbit.exchange.banks.wishes import Wishes

_MARKS = ";,\t|"
_HEADINGS_WITHIN = 40  # lines before which banks put the name of the account and such
_MOST_WRONG = 50
_DAY = timedelta(days=1)
_MOVES = ("amount", "debit", "credit")


@dataclass(frozen=True, slots=True)
class _Row:
    """A line: its number in the file, and its cells by what they hold."""

    line: int
    cells: Mapping[str, str]

    def of(self, role: str) -> str:
        return self.cells.get(role, "").strip()


@dataclass(frozen=True, slots=True)
class _Marks:
    """How a file writes: its currency, its mark of decimals, what stands first in a day."""

    currency: str
    decimal: str
    order: str


def read_csv(data: bytes, wishes: Wishes) -> BankReading:
    """The statement of a CSV file. A file holds one account."""
    text = decoded(data)
    if "\0" in text:
        return refused("bank-unreadable")
    rows, headings = _table(text, wishes)
    if rows is None:
        code = "bank-columns" if headings else "bank-unreadable"
        return refused(code, headings=headings)
    if not rows and wishes.from_on is None:
        return refused("bank-no-statement", headings=headings)
    if len(rows) > MOST_ENTRIES:
        return refused("bank-too-many", most=MOST_ENTRIES)
    marks = _marks(rows, wishes)
    if isinstance(marks, str):
        return refused(marks, headings=headings)
    findings: list[Finding] = []
    read = [made for row in rows if (made := _entry(row, marks, wishes, findings)) is not None]
    if findings:
        return BankReading((), tuple(findings[:_MOST_WRONG]), headings)
    statement = _statement(rows, read, marks, wishes)
    if isinstance(statement, Finding):
        return BankReading((), (statement,), headings)
    return BankReading((statement,), (), headings)


def _table(text: str, wishes: Wishes) -> tuple[list[_Row] | None, tuple[str, ...]]:
    """The rows below the headings, and the headings; no rows where no headings are found."""
    likely: tuple[str, ...] = ()
    for mark in _MARKS:
        lines = csv.reader(io.StringIO(text), delimiter=mark)
        try:
            for _ in range(_HEADINGS_WITHIN):
                cells = next(lines)
                places = columns_in(cells, wishes.columns)
                if places is not None:
                    return list(_rows(lines, places)), tuple(cell.strip() for cell in cells)
                if len(cells) > max(2, len(likely)):
                    likely = tuple(cell.strip()[:80] for cell in cells)[:60]
        except StopIteration:
            continue
        except csv.Error:
            continue
    return None, likely


def _rows(lines: Any, places: Mapping[str, int]) -> list[_Row]:
    """The rows that `csv` reads on, with the number of the line on which each ends."""
    found: list[_Row] = []
    for cells in lines:
        if len(found) > MOST_ENTRIES:
            break
        told = {role: cells[at] for role, at in places.items() if at < len(cells)}
        # Lines of totals and of balances only are no movements; that nothing else is passed over,
        # the balances prove.
        moves = any(told.get(role, "").strip() for role in _MOVES)
        if moves and told.get("booked_on", "").strip():
            found.append(_Row(lines.line_num, told))
    return found


def _marks(rows: Sequence[_Row], wishes: Wishes) -> _Marks | str:
    """How the file writes, or the code of why that cannot be known."""
    currencies = {told.upper() for row in rows if (told := row.of("currency"))}
    if len(currencies) > 1:
        return "bank-currencies"
    currency = next(iter(currencies), wishes.currency)
    if currency not in CURRENCIES:
        return "bank-currency-unknown"
    order = wishes.day_order or day_order_of(row.of(r) for row in rows for r in _DAYS)
    if order == AMBIGUOUS:
        return "bank-day-order"
    decimal = wishes.decimal or decimal_of((row.of(r) for row in rows for r in _AMOUNTS), currency)
    if decimal == AMBIGUOUS:
        return "bank-decimal"
    return _Marks(currency, decimal, order)


_DAYS = ("booked_on", "value_on")
_AMOUNTS = ("amount", "debit", "credit", "balance")


def _entry(row: _Row, marks: _Marks, wishes: Wishes, findings: list[Finding]) -> BankEntry | None:
    booked = day_of(row.of("booked_on"), marks.order)
    valued = day_of(row.of("value_on"), marks.order) if row.of("value_on") else booked
    amount = _amount(row, marks)
    if booked is None or valued is None:
        findings.append(finding("bank-day", Severity.ERROR, row=str(row.line)))
        return None
    if amount is None or abs(amount) > LARGEST_MINOR:
        findings.append(finding("bank-amount", Severity.ERROR, row=str(row.line)))
        return None
    account = row.of("account")
    digest, last = masked(account, wishes.secret)
    text = row.of("text")
    return BankEntry(
        booked_on=booked,
        amount_minor=amount,
        references=kept_references(row.of("reference").split(), [text], wishes, [account]),
        value_on=valued,
        purpose=purpose_of(text, amount),
        other_digest=digest,
        other_last=last,
    )


def _amount(row: _Row, marks: _Marks) -> int | None:
    """Into the account, or below zero out of it."""
    if row.of("amount"):
        minor = minor_of(row.of("amount"), marks.currency, marks.decimal)
        side = side_of(row.of("sign"))
        return minor if minor is None or not side else side * abs(minor)
    sides = [
        (sign, minor_of(row.of(role), marks.currency, marks.decimal))
        for role, sign in (("credit", 1), ("debit", -1))
        if row.of(role)
    ]
    if not sides or any(minor is None for _, minor in sides):
        return None
    return sum(sign * abs(minor or 0) for sign, minor in sides)


def _statement(
    rows: Sequence[_Row], entries: Sequence[BankEntry], marks: _Marks, wishes: Wishes
) -> BankStatement | Finding:
    told = [minor_of(t, marks.currency, marks.decimal) if t else None
            for t in (row.of("balance") for row in rows)]  # fmt: skip
    ends = _ends([entry.amount_minor for entry in entries], told)
    opening = _written(wishes.opening, marks)
    closing = _written(wishes.closing, marks)
    if ends is not None:
        opening = ends[0] if opening is None else opening
        closing = ends[1] if closing is None else closing
    if opening is None or closing is None:
        if ends is None and any(told):
            return _running(rows, [entry.amount_minor for entry in entries], told, marks)
        return finding("bank-balances-asked", Severity.ERROR)
    days: list[date] = [entry.booked_on for entry in entries]
    first = wishes.from_on or min(days)
    return BankStatement(
        currency=marks.currency,
        from_on=first,
        until_on=wishes.until_on or max([*days, first]) + _DAY,
        opening_minor=opening,
        closing_minor=closing,
        entries=tuple(sorted(entry for entry in entries if entry.amount_minor)),
    )


def _ends(amounts: Sequence[int], balances: Sequence[int | None]) -> tuple[int, int] | None:
    """Opening and closing balance from balances after each line, oldest or newest line first."""
    if not amounts or None in balances:
        return None
    for step in (1, -1):
        moved, after = amounts[::step], [b or 0 for b in balances[::step]]
        if _first_jump(moved, after) is None:
            return after[0] - moved[0], after[-1]
    return None


def _first_jump(moved: Sequence[int], after: Sequence[int]) -> int | None:
    """Place of the first line whose balance does not follow from the one before it."""
    pairs = zip(pairwise(after), moved[1:], strict=True)
    return next((n for n, ((b, a), move) in enumerate(pairs, 1) if b + move != a), None)


def _running(
    rows: Sequence[_Row], amounts: Sequence[int], told: Sequence[int | None], marks: _Marks
) -> Finding:
    """Where balances stop following from amounts, read the way in which they follow longest."""
    unread = next((row for row, one in zip(rows, told, strict=True) if one is None), None)
    if unread is not None:
        return finding("bank-running-unread", Severity.ERROR, row=str(unread.line))
    jumps = []
    for step in (1, -1):
        moved, after = amounts[::step], [b or 0 for b in told[::step]]
        place = _first_jump(moved, after) or 0
        minor = after[place] - after[place - 1] - moved[place]
        jumps.append((place, -step, rows[::step][place].line, minor))
    _, _, line, minor = max(jumps)
    return finding(
        "bank-running", Severity.ERROR, row=str(line), currency=marks.currency, minor=abs(minor)
    )


def _written(text: str, marks: _Marks) -> int | None:
    """A balance that a person wrote: either mark of decimals, where the number itself tells."""
    decimal = decimal_of([text], marks.currency)
    mark = marks.decimal if decimal == AMBIGUOUS else decimal
    return minor_of(text, marks.currency, mark) if text.strip() else None
