"""Rows of bank accounts as pages and workbooks show them: both show these and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from konbit.fund import KINDS
from konbit.fund.banking import references_alike
from konbit.terms import Money
from konbit.terms.bank import CHARGE, INTEREST
from konbit.web.ledger.banks.queries import records_of
from konbit.web.ledger.fields import amount_filled

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from konbit.fund import Record
    from konbit.fund.banking import Item, Leftover, Reconciliation, Skipped
    from konbit.terms import Finding
    from konbit.web.ledger.banks.models import BankEntryRow
    from konbit.web.ledger.banks.queries import Account
    from konbit.web.ledger.banks.states import Standing
    from konbit.web.words import PageWords

_OPENING = "opening"
# Kinds of records that an entry without one may be, the likeliest first.
_KINDS_IN = ("received", "recovered", "interest")
_KINDS_OUT = ("disbursed", "refunded", "support_paid")
# On an account in another currency than the fund's.
_FOREIGN_IN, _FOREIGN_OUT = ("received", "interest"), ("exchanged",)
_NAMES = ("contribution", "obligation", "purse", "claim")


@dataclass(frozen=True, slots=True)
class Shown:
    """A movement, on either side.

    Attributes:
        key: number of the entry or of the record.
        on: day of booking, or of the record.
        what: what it is, as a sentence.
        names: references, or what the record names.
        amount: to the minor unit, without the currency.
        minor: the same as a number.
        state: why it is left, or nothing.
        enter: kinds and addresses by which an entry becomes a record.
    """

    key: int
    on: date
    what: str
    names: str
    amount: str
    minor: int
    state: str = ""
    enter: tuple[tuple[str, str], ...] = ()


class Presenter:
    """Makes rows of one account in one language.

    Args:
        account: the account.
        words: of the reader.
        records: bodies of records that are shown.
    """

    def __init__(self, account: Account, words: PageWords, shown: Iterable[Item]) -> None:
        self.account, self.words = account, words
        self._records = records_of(account.fund, [item.key for item in shown])

    def amount(self, minor: int) -> str:
        """An amount in the account's currency, which stands beside."""
        return self.words.money_full(Money(minor, self.account.currency))

    def entry(self, item: Item, state: str = "") -> Shown:
        """A row of the bank's side."""
        return self.told(self.account.rows[item.key], state)

    def told(self, row: BankEntryRow, state: str = "") -> Shown:
        """The same of any entry, also of one that does not count any more."""
        names = [*row.references]
        if row.other_last:
            names.append(f"•••• {row.other_last}")
        return Shown(
            key=row.pk,
            on=row.booked_on,
            what=self.words.say(f"bank-entry-{_what(row.purpose, row.amount_minor)}"),
            names=", ".join(names),
            amount=self.amount(row.amount_minor),
            minor=row.amount_minor,
            state=state,
        )

    def record(self, item: Item, state: str = "") -> Shown:
        """A row of the books' side."""
        record = self._records.get(item.key)
        return Shown(
            key=item.key,
            on=item.on,
            what=f"{item.key} · {self.words.say(_kind_word(record))}" if record else str(item.key),
            names=", ".join(_names_in(record.body)) if record else "",
            amount=self.amount(item.amount_minor),
            minor=item.amount_minor,
            state=state,
        )

    def left_entry(self, left: Leftover) -> Shown:
        """An entry without a record on the day."""
        if left.settled_on is None:
            return self.entry(left.item, self.words.say("bank-left-entry"))
        return self.entry(left.item, self.words.say("bank-left-until", day=left.settled_on))

    def left_record(self, left: Leftover) -> Shown:
        """A record without an entry on the day."""
        if left.settled_on is not None:
            told = self.words.say("bank-left-until", day=left.settled_on)
        else:
            side = "in" if left.item.amount_minor > 0 else "out"
            told = self.words.say(f"bank-left-{side}")
        return self.record(left.item, told)


def of_account(account: Account, words: PageWords, made: Reconciliation) -> dict[str, Any]:
    """A reconciliation: its five figures, and the rows that are left on either side."""
    present = Presenter(account, words, [left.item for left in made.records])
    difference = made.difference_minor
    return {
        "bank": present.amount(made.bank_minor),
        "entries_sum": present.amount(-made.entries_minor),
        "records_sum": present.amount(made.records_minor),
        "computed": present.amount(made.bank_minor - made.entries_minor + made.records_minor),
        "books": present.amount(made.books_minor),
        "difference": present.amount(difference),
        "agrees": made.agrees,
        "minors": (
            made.bank_minor,
            -made.entries_minor,
            made.records_minor,
            made.books_minor,
            difference,
        ),
        "entries": [present.left_entry(left) for left in made.entries],
        "records": [present.left_record(left) for left in made.records],
        "jumps": [jump_of(jump, present) for jump in made.jumps],
    }


def jump_of(jump: Any, present: Presenter) -> str:
    """A place where statements are missing, as a sentence."""
    if jump.amount_minor:
        amount = present.amount(jump.amount_minor)
        currency = present.account.currency
        return present.words.say("bank-gap", day=jump.until_on, amount=amount, currency=currency)
    return present.words.say("bank-gap-days", since=jump.since_on, until=jump.until_on)


def entering(account: Account, row: Shown, names: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Kinds of records that an entry may become, each with the query that fills its form.

    Args:
        account: the account.
        row: the entry.
        names: codes of contributions and of obligations, to find those that it names.
    """
    told = account.rows[row.key]
    if told.number == 0:
        return {}
    is_own = account.currency == account.fund.currency
    kinds: tuple[str, ...]
    if row.minor > 0:
        kinds = _KINDS_IN if is_own else _FOREIGN_IN
    else:
        kinds = _KINDS_OUT if is_own else _FOREIGN_OUT
    if told.purpose == CHARGE:  # a bank is paid like anybody, and no donor is paid back by it
        kinds = tuple(kind for kind in kinds if kind != "refunded")
    if told.purpose == INTEREST:
        kinds = ("interest", *(kind for kind in kinds if kind != "interest"))
    amount = amount_filled(Money(abs(row.minor), account.currency))
    alike = references_alike(told.references)
    filled = {"on": row.on.isoformat()}
    filled |= dict.fromkeys(("bank", "from_bank"), account.bank)
    filled |= dict.fromkeys(("amount_minor", "direct_minor", "sold_minor"), amount)
    for member, codes in names.items():
        for code in codes:
            if references_alike([code]) & alike:
                filled[member] = code
    return {
        kind: urlencode(
            {name: filled[name] for name in filled if name in KINDS[kind].members}
            | {"entry": row.key}  # where one comes back to
        )
        for kind in kinds
    }


def shown_standing(standing: Standing, words: PageWords) -> dict[str, Any]:
    """How an account stands on a day, in one row."""
    account, made = standing.account, standing.made
    present = Presenter(account, words, ())
    return {
        "bank": account.bank,
        "currency": account.currency,
        "on": standing.on if made else None,
        "by_bank": present.amount(made.bank_minor) if made else None,
        "by_books": present.amount(made.books_minor) if made else None,
        "difference": present.amount(made.difference_minor) if made else None,
        "agrees": made.agrees if made else None,
        "left": len(made.entries) + len(made.records) if made else None,
        "state": f"bank-state-{standing.state}",
        "certificate": standing.certificate,
    }


def worded(told: Finding, words: PageWords) -> str:
    """A finding on a bank's file as a sentence, with where it is."""
    values = dict(told.values)
    if "minor" in values:
        amount = Money(int(values["minor"]), values["currency"])
        values = {**values, "amount": words.money_full(amount)}
    for name in {"day", "last_day"} & values.keys():
        values[name] = words.day(date.fromisoformat(values[name]))
    if "count" in values:
        values["count"] = int(values["count"])  # type: ignore[assignment] # a form is chosen by it
    said = words.say(told.code, **values)
    place = ", ".join(part for part in (told.table, told.row) if part)
    return words.say("bank-at", place=place, what=said) if place else said


def skipped_as(skipped: Skipped, words: PageWords) -> str:
    """Numbers of statements that are missing, as a sentence."""
    count = skipped.last - skipped.first + 1
    numbers = {"first": skipped.first, "last": skipped.last, "day": words.day(skipped.until_on)}
    return words.say("bank-skipped", count=count, **numbers)


def _what(purpose: str, minor: int) -> str:
    if purpose in {INTEREST, CHARGE, _OPENING}:
        return purpose
    return "in" if minor > 0 else "out"


def _kind_word(record: Record) -> str:
    return f"kind-{record.kind.replace('_', '-')}"


def _names_in(body: Mapping[str, Any]) -> list[str]:
    return [str(body[name]) for name in _NAMES if body.get(name)]
