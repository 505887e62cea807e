"""The reconciliation of an account on a day: balance by bank, what is left, balance by books.

    balance by bank − entries not in the books + records not at the bank = balance by books

holds by itself when every match adds up and no statement is missing. What else is between the two
is the sum of the jumps from statement to statement, and is said.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from konbit.fund.banking.chain import jumps_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from konbit.fund.banking.chain import Jump, Link
    from konbit.fund.banking.items import Item


@dataclass(frozen=True, slots=True)
class Pair:
    """Entries and records that somebody matched, by their keys."""

    entries: tuple[int, ...]
    records: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Leftover:
    """What one side holds on the day and the other does not.

    Attributes:
        item: itself.
        settled_on: the later day on which the other side has it, where it was matched; else None.
    """

    item: Item
    settled_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciliation:
    """An account on a day. Amounts in minor units of the account's currency.

    Attributes:
        on: the day, at its end.
        bank_minor: balance by the bank.
        entries: what the bank has and the books do not, by day.
        records: what the books have and the bank does not, by day.
        books_minor: balance by the books.
        jumps: where statements up to the day are missing.
        difference_minor: what is left unexplained: by bank − entries + records − by books.
    """

    on: date
    bank_minor: int
    entries: tuple[Leftover, ...]
    records: tuple[Leftover, ...]
    books_minor: int
    jumps: tuple[Jump, ...]
    difference_minor: int

    @property
    def entries_minor(self) -> int:
        """Sum of what only the bank has."""
        return sum(left.item.amount_minor for left in self.entries)

    @property
    def records_minor(self) -> int:
        """Sum of what only the books have."""
        return sum(left.item.amount_minor for left in self.records)

    @property
    def agrees(self) -> bool:
        """Whether the two balances differ by what is left on both sides, to the minor unit."""
        return self.difference_minor == 0

    def told(self, **about: Any) -> dict[str, Any]:
        """As canonical JSON takes it, for a digest: with what it is about."""
        return {
            **about,
            "on": self.on.isoformat(),
            "bank_minor": self.bank_minor,
            "books_minor": self.books_minor,
            "difference_minor": self.difference_minor,
            "entries": [[x.item.key, x.item.on.isoformat(), x.item.amount_minor]
                        for x in self.entries],
            "records": [[x.item.key, x.item.on.isoformat(), x.item.amount_minor]
                        for x in self.records],
        }  # fmt: skip


def reconcile(
    on: date,
    links: Sequence[Link],
    entries: Iterable[Item],
    records: Iterable[Item],
    pairs: Iterable[Pair],
) -> Reconciliation | None:
    """The account on a day; None where no statement tells the bank's balance on it.

    Args:
        on: the day, at its end.
        links: the account's statements.
        entries: all of their entries, with the opening balance of the first as one of them, on the
            day before that statement's first.
        records: all cash records of the account.
        pairs: what was matched.
    """
    mine, theirs = list(entries), list(records)
    bank = _balance_on(on, sorted(links), mine)
    if bank is None:
        return None
    left_entries, left_records = _left(on, mine, theirs, pairs)
    books = sum(item.amount_minor for item in theirs if item.on <= on)
    made = Reconciliation(
        on=on,
        bank_minor=bank,
        entries=left_entries,
        records=left_records,
        books_minor=books,
        jumps=tuple(jump for jump in jumps_in(links) if jump.until_on <= on),
        difference_minor=0,
    )
    difference = bank - made.entries_minor + made.records_minor - books
    return replace(made, difference_minor=difference)


def _balance_on(on: date, links: Sequence[Link], entries: Sequence[Item]) -> int | None:
    """What the bank says it held at the end of a day."""
    if not links or not links[0].from_on - timedelta(days=1) <= on < links[-1].until_on:
        return None
    begun = [link for link in links if link.from_on <= on]
    if not begun:
        return links[0].opening_minor
    last = begun[-1]
    if on < last.until_on:
        moved = (e for e in entries if last.from_on <= e.on <= on and not e.is_opening)
        return last.opening_minor + sum(e.amount_minor for e in moved)
    # A day between two statements: told only if nothing moved there.
    after = links[len(begun)]
    return last.closing_minor if after.opening_minor == last.closing_minor else None


def _left(
    on: date, entries: Sequence[Item], records: Sequence[Item], pairs: Iterable[Pair]
) -> tuple[tuple[Leftover, ...], tuple[Leftover, ...]]:
    """What each side has by the day that the other has not, with the day that settles it."""
    entry_days = {item.key: item.on for item in entries}
    record_days = {item.key: item.on for item in records}
    settled_entry: dict[int, date] = {}
    settled_record: dict[int, date] = {}
    for pair in pairs:
        days = [*(entry_days[k] for k in pair.entries), *(record_days[k] for k in pair.records)]
        settled_entry.update(dict.fromkeys(pair.entries, max(days)))
        settled_record.update(dict.fromkeys(pair.records, max(days)))
    return _open(on, entries, settled_entry), _open(on, records, settled_record)


def _open(on: date, items: Sequence[Item], settled: Mapping[int, date]) -> tuple[Leftover, ...]:
    found = (
        Leftover(item, settled.get(item.key))
        for item in items
        if item.on <= on and not (item.key in settled and settled[item.key] <= on)
    )
    return tuple(sorted(found, key=lambda left: (left.item.on, left.item.key)))
