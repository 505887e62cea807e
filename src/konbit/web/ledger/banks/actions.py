"""What is done about a bank account: each is one call of a function of the database.

A fund officer sends statements and matches; a fund approver, who had no part in either, certifies.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import DatabaseError, connection, transaction

from konbit.terms import Severity
from konbit.terms.digest import canonical_json
from konbit.terms.finding import finding
from konbit.web.ledger.banks.models import BankMatch, BankRefusal
from konbit.web.ledger.banks.queries import bank_currencies, entries_again, statements_of
from konbit.web.ledger.refusing import REFUSED_BY_RULE
from konbit.web.people.access import demand

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from konbit.fund.banking import Proposal
    from konbit.terms import Finding
    from konbit.terms.bank import BankStatement
    from konbit.web.ledger.banks.models import BankStatementRow
    from konbit.web.ledger.models import LedgerFund
    from konbit.web.people.models import User

BY_HAND = "by-hand"


class BankRefusedError(Exception):
    """The database does not allow it; `finding` says why."""

    def __init__(self, told: Finding) -> None:
        super().__init__(told.code)
        self.finding = told


@dataclass(frozen=True, slots=True)
class Sent:
    """A statement as it was sent.

    Attributes:
        statement: itself.
        file_sha256: of the file; of several, in the order of pages and one after the other.
        is_csv: whether it was a CSV.
    """

    statement: BankStatement
    file_sha256: str
    is_csv: bool


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of files.

    Attributes:
        new: statements that were added.
        same: statements that were there already.
        others: statements of other accounts, which were left.
        findings: what is worth knowing of entries that are perhaps there twice.
    """

    new: int
    same: int
    others: int
    findings: tuple[Finding, ...] = ()


def take_in(user: User, fund: LedgerFund, bank: str, sent: Sequence[Sent]) -> Taken:
    """Add the statements that were sent: all that are new, or none.

    A statement that is there already changes nothing. Where the account is known by earlier
    statements, those of other accounts are left.

    Raises:
        PermissionDenied: the user may not.
        BankRefusedError: one of them cannot stand beside what is there.
    """
    demand(user, fund.mission, "reconcile-bank")
    try:
        with transaction.atomic():
            mine = _of_account(fund, bank, sent)
            added = [
                _call("konbit_bank_take", fund.pk, bank, json.dumps(told_by(one)))
                for one in sorted(mine, key=lambda one: one.statement.from_on)
                if _fits(fund, bank, one.statement)
            ]
            new = [number for number in added if number is not None]
            again = tuple(entries_again(fund, bank, new))
    except DatabaseError as error:
        raise _refusal(error) from error
    return Taken(len(new), len(mine) - len(new), len(sent) - len(mine), again)


def _fits(fund: LedgerFund, bank: str, told: BankStatement) -> bool:
    """True; refused, with the days, where another statement covers some of them."""
    rows = statements_of(fund, bank).filter(from_on__lt=told.until_on, until_on__gt=told.from_on)
    there = rows.first()
    if there is not None and there.identity != told.identity:
        last_on = there.until_on - timedelta(days=1)
        days = {"day": there.from_on.isoformat(), "last_day": last_on.isoformat()}
        raise BankRefusedError(finding("bank-overlap", Severity.ERROR, row=told.reference, **days))
    return True


def _of_account(fund: LedgerFund, bank: str, sent: Sequence[Sent]) -> list[Sent]:
    """Those of the account, by what earlier statements told or by its currency.

    What names no account, as a CSV does, is taken for the one it was sent to.
    """
    if len(_named(sent)) <= 1:
        return list(sent)
    rows = statements_of(fund, bank).exclude(account_digest="")
    known = rows.values_list("account_digest", flat=True).first()
    if known is not None:
        return [told for told in sent if told.statement.account_digest in {"", known}]
    currency = bank_currencies(fund).get(bank)
    mine = [told for told in sent if told.statement.currency == currency]
    if len(_named(mine)) != 1:
        raise BankRefusedError(finding("bank-several-accounts", Severity.ERROR))
    return mine


def _named(sent: Sequence[Sent]) -> set[str]:
    return {told.statement.account_digest for told in sent} - {""}


def told_by(sent: Sent) -> dict[str, Any]:
    """A statement as the database takes it."""
    statement = sent.statement
    names = ("identity", "reference", "number", "account_digest", "account_last", "currency",
             "opening_minor", "closing_minor")  # fmt: skip
    of_entries = ("amount_minor", "purpose", "is_correction", "references", "other_digest",
                  "other_last")  # fmt: skip
    return {
        **{name: getattr(statement, name) for name in names},
        "file_sha256": sent.file_sha256,
        "is_csv": sent.is_csv,
        "from_on": statement.from_on.isoformat(),
        "until_on": statement.until_on.isoformat(),
        "entries": [
            {
                **{name: getattr(entry, name) for name in of_entries},
                "booked_on": entry.booked_on.isoformat(),
                "value_on": entry.value_on.isoformat(),
            }
            for entry in statement.entries
        ],
    }


def withdraw(user: User, row: BankStatementRow, why: str) -> None:
    """Take a statement back, of which nothing is matched.

    Raises:
        PermissionDenied: the user may not.
        BankRefusedError: something of it is matched, it was taken back before, or no reason given.
    """
    demand(user, row.fund.mission, "reconcile-bank")
    _done("konbit_bank_withdraw", row.pk, why)


def confirm(user: User, fund: LedgerFund, bank: str, proposals: Iterable[Proposal]) -> int:
    """Match what was proposed: all of it, or nothing. How many there were.

    Raises:
        PermissionDenied: the user may not.
        BankRefusedError: something of it was matched before, or is not there any more.
    """
    demand(user, fund.mission, "reconcile-bank")
    told = [
        _match(one.entries, one.records, one.rule, one.certainty, one.others) for one in proposals
    ]
    if told:
        _done("konbit_bank_match", fund.pk, bank, json.dumps(told))
    return len(told)


def match_by_hand(
    user: User,
    fund: LedgerFund,
    bank: str,
    entries: Sequence[int],
    records: Sequence[int],
    why: str,
) -> None:
    """Match what somebody chose, with the reason.

    Raises:
        PermissionDenied: the user may not.
        BankRefusedError: the sides do not add up, something was matched before, no reason given.
    """
    demand(user, fund.mission, "reconcile-bank")
    told = _match(entries, records, BY_HAND, why=why)
    _done("konbit_bank_match", fund.pk, bank, json.dumps([told]))


def _match(
    entries: Sequence[int],
    records: Sequence[int],
    rule: str,
    certainty: str = "",
    others: int = 0,
    why: str = "",
) -> dict[str, Any]:
    """A match as the database takes it."""
    return {
        "entries": list(entries),
        "records": list(records),
        "rule": rule,
        "certainty": certainty,
        "others": others,
        "why": why,
    }


def refuse(user: User, fund: LedgerFund, bank: str, proposals: Iterable[Proposal]) -> int:
    """Refuse proposals: these very combinations are not proposed again. How many there were.

    Raises:
        PermissionDenied: the user may not.
    """
    demand(user, fund.mission, "reconcile-bank")
    rows = [BankRefusal(fund=fund, bank=bank, by=user, key=one.key) for one in proposals]
    BankRefusal.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def undo(user: User, match: BankMatch, why: str) -> None:
    """Undo a match, with the reason.

    Raises:
        PermissionDenied: the user may not.
        BankRefusedError: it was undone before, or no reason given.
    """
    demand(user, match.fund.mission, "reconcile-bank")
    _done("konbit_bank_undo", match.pk, why)


def certify(user: User, fund: LedgerFund, bank: str, on: date, content: Mapping[str, Any]) -> None:
    """Agree, as second person, to the reconciliation of a day.

    Args:
        user: who agrees.
        fund: whose account it is.
        bank: code of the account.
        on: the day.
        content: the figures, as `Reconciliation.told` gives them.

    Raises:
        PermissionDenied: the user may not.
        BankRefusedError: the user sent a statement or matched; or the two balances do not agree.
    """
    demand(user, fund.mission, "certify-bank")
    _done("konbit_bank_certify", fund.pk, bank, on, canonical_json(dict(content)))


def _done(function: str, *values: Any) -> None:
    try:
        with transaction.atomic():
            _call(function, *values)
    except DatabaseError as error:
        raise _refusal(error) from error


_CASTS = {
    "konbit_bank_take": "%s, %s, %s::jsonb",
    "konbit_bank_withdraw": "%s, %s",
    "konbit_bank_match": "%s, %s, %s::jsonb",
    "konbit_bank_undo": "%s, %s",
    "konbit_bank_certify": "%s, %s, %s, %s",
}


def _call(function: str, *values: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}({_CASTS[function]})", list(values))
        row = cursor.fetchone()
    return row[0] if row else None


def _refusal(error: DatabaseError) -> Exception:
    """The database's own refusal as a finding; anything else as it is."""
    cause = error.__cause__
    said = str(getattr(getattr(cause, "diag", None), "message_primary", ""))
    if getattr(cause, "sqlstate", "") == REFUSED_BY_RULE and said.startswith("bank-"):
        return BankRefusedError(finding(said, Severity.ERROR))
    return error
