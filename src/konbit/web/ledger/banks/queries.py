"""What may be asked of a fund's bank accounts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, Max, Min, OuterRef, Sum

from konbit.fund import Record
from konbit.fund.banking import (
    Item,
    Link,
    Pair,
    cash_of,
    jumps_in,
    references_alike,
    skipped_in,
)
from konbit.terms import Severity
from konbit.terms.finding import finding
from konbit.web.ledger.banks.models import (
    BankCertificate,
    BankEntryRow,
    BankMatch,
    BankMatched,
    BankRefusal,
    BankStatementRow,
    BankUndoing,
    BankWithdrawal,
)
from konbit.web.ledger.models import LedgerPosting, LedgerRecord

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from django.db.models import QuerySet

    from konbit.fund.banking import Jump, Skipped
    from konbit.terms import Finding
    from konbit.web.ledger.models import LedgerFund


@dataclass(frozen=True, slots=True)
class Account:
    """A bank account: what the bank told of it, what records move on it, and what was matched.

    Attributes:
        fund: whose it is.
        bank: code.
        currency: its own.
        statements: that stand, in order of days.
        rows: entries that count, by number; the opening balance of the first statement among them.
        entries: the same as items.
        cash: records that move money on it, as items.
        pairs: matches that stand.
    """

    fund: LedgerFund
    bank: str
    currency: str
    statements: tuple[BankStatementRow, ...]
    rows: Mapping[int, BankEntryRow]
    entries: tuple[Item, ...]
    cash: tuple[Item, ...]
    pairs: tuple[Pair, ...]

    @property
    def links(self) -> tuple[Link, ...]:
        """The statements as a chain."""
        return tuple(
            Link(
                from_on=row.from_on,
                until_on=row.until_on,
                opening_minor=row.opening_minor,
                closing_minor=row.closing_minor,
                number=row.number,
            )
            for row in self.statements
        )

    @property
    def last_on(self) -> date | None:
        """The last day that a statement covers; None where there is none."""
        return self.statements[-1].until_on - timedelta(days=1) if self.statements else None

    @property
    def jumps(self) -> tuple[Jump, ...]:
        """Where statements are missing."""
        return jumps_in(self.links)

    @property
    def skipped(self) -> tuple[Skipped, ...]:
        """Numbers of statements that the bank must have sent and that are not here."""
        return skipped_in(self.links)

    @property
    def open_entries(self) -> list[Item]:
        """Entries in no match."""
        taken = {key for pair in self.pairs for key in pair.entries}
        return [item for item in self.entries if item.key not in taken]

    @property
    def open_cash(self) -> list[Item]:
        """Records in no match."""
        taken = {key for pair in self.pairs for key in pair.records}
        return [item for item in self.cash if item.key not in taken]


def bank_currencies(fund: LedgerFund) -> dict[str, str]:
    """Currency of each bank account that was opened, in order of code."""
    rows = LedgerRecord.objects.filter(fund=fund, kind="bank_opened")
    bodies = (Record.from_bytes(bytes(line)).body for line in rows.values_list("bytes", flat=True))
    return dict(sorted((str(body["bank"]), str(body["currency"])) for body in bodies))


def statements_of(fund: LedgerFund, bank: str) -> QuerySet[BankStatementRow]:
    """Statements of an account that were not taken back, in order of days."""
    withdrawn = BankWithdrawal.objects.filter(statement=OuterRef("pk"))
    return (
        BankStatementRow.objects.filter(~Exists(withdrawn), fund=fund, bank=bank)
        .select_related("by")
        .order_by("from_on")
    )


def entries_again(fund: LedgerFund, bank: str, added: Iterable[int]) -> Iterable[Finding]:
    """Entries of added statements that another statement seems to have told before.

    The same amount, value date and references: a bank that books an entry on both sides of the end
    of a month, or a file that was cut wrongly. Without references, entries are too alike to ask.
    """
    numbers = set(added)
    rows = BankEntryRow.objects.filter(statement__in=statements_of(fund, bank), number__gt=0)
    seen: dict[tuple[Any, ...], date] = {}
    told = rows.exclude(references=[]).select_related("statement").order_by("booked_on", "pk")
    fresh = told.filter(statement__in=numbers)
    days = fresh.aggregate(least=Min("value_on"), most=Max("value_on"))
    if days["least"] is None:
        return
    for row in told.filter(value_on__range=(days["least"], days["most"])):
        key = (row.value_on, row.amount_minor, tuple(row.references))
        before = seen.setdefault(key, row.statement.from_on)
        if before != row.statement.from_on:
            yield finding(
                "bank-entry-again",
                Severity.NOTE,
                row=row.references[0],
                day=row.booked_on.isoformat(),
                last_day=before.isoformat(),
                currency=row.statement.currency,
                minor=row.amount_minor,
            )


def matches_of(fund: LedgerFund, bank: str) -> QuerySet[BankMatch]:
    """Matches of an account that stand."""
    undone = BankUndoing.objects.filter(match=OuterRef("pk"))
    return BankMatch.objects.filter(~Exists(undone), fund=fund, bank=bank)


def account_of(fund: LedgerFund, bank: str, currency: str) -> Account:
    """Everything about one account."""
    statements = tuple(statements_of(fund, bank))
    first = statements[0].pk if statements else 0
    rows = {
        row.pk: row
        for row in BankEntryRow.objects.filter(statement__in=[s.pk for s in statements])
        if row.number or row.statement_id == first
    }
    pairs = _pairs(fund, bank)
    matched = {key for pair in pairs for key in pair.records}
    return Account(
        fund=fund,
        bank=bank,
        currency=currency,
        statements=statements,
        rows=rows,
        entries=tuple(item_of(row) for row in rows.values()),
        cash=tuple(_cash(fund, bank, matched)),
        pairs=pairs,
    )


def accounts_of(fund: LedgerFund) -> list[Account]:
    """Every account of a fund."""
    return [account_of(fund, bank, currency) for bank, currency in bank_currencies(fund).items()]


def item_of(row: BankEntryRow) -> Item:
    """An entry as an item."""
    return Item(
        key=row.pk,
        on=row.booked_on,
        amount_minor=row.amount_minor,
        references=references_alike(row.references),
        is_correction=row.is_correction,
        is_opening=row.number == 0,
    )


def _pairs(fund: LedgerFund, bank: str) -> tuple[Pair, ...]:
    found: dict[int, tuple[list[int], list[int]]] = {}
    rows = BankMatched.objects.filter(match__in=matches_of(fund, bank).order_by())
    for match, entry, sequence in rows.order_by("pk").values_list("match", "entry", "sequence"):
        entries, records = found.setdefault(match, ([], []))
        if entry is not None:
            entries.append(entry)
        if sequence is not None:
            records.append(sequence)
    return tuple(Pair(tuple(entries), tuple(records)) for entries, records in found.values())


def _cash(fund: LedgerFund, bank: str, matched: set[int]) -> Iterable[Item]:
    """Cash records; of those in no match also by what they may be known."""
    posted = LedgerPosting.objects.filter(fund=fund, account__startswith=f"bank:{bank}:")
    sums = posted.values_list("sequence", "on").annotate(moved=Sum("amount_minor"))
    moved = [(sequence, on, int(minor)) for sequence, on, minor in sums if minor]
    wanted = [sequence for sequence, _, _ in moved if sequence not in matched]
    paid = LedgerRecord.objects.filter(fund=fund, kind="obligated", claim__isnull=False)
    claims = {str(code): str(claim) for code, claim in paid.values_list("subject", "claim")}
    told = records_of(fund, wanted)
    for sequence, on, minor in sorted(moved):
        known = cash_of(told[sequence], bank, claims) if sequence in told else None
        yield known or Item(key=sequence, on=on, amount_minor=minor)


def records_of(fund: LedgerFund, numbers: Iterable[int]) -> dict[int, Record]:
    """Records by their numbers."""
    rows = LedgerRecord.objects.filter(fund=fund, sequence__in=list(numbers))
    return {
        sequence: Record.from_bytes(bytes(line))
        for sequence, line in rows.values_list("sequence", "bytes")
    }


def refused_of(fund: LedgerFund, bank: str) -> frozenset[str]:
    """Keys of combinations that somebody refused."""
    rows = BankRefusal.objects.filter(fund=fund, bank=bank)
    return frozenset(rows.values_list("key", flat=True))


def certificate_on(fund: LedgerFund, bank: str, on: date) -> BankCertificate | None:
    """The newest agreement of a second person to the reconciliation of a day."""
    rows = BankCertificate.objects.filter(fund=fund, bank=bank, on=on)
    return rows.select_related("by").first()
