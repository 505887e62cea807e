"""Whether an account was reconciled on a day, and how a close of a period stands by that."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from konbit.fund.banking import reconcile
from konbit.terms import Severity
from konbit.terms.digest import digest_of
from konbit.terms.finding import finding
from konbit.web.ledger.banks.queries import (
    account_of,
    accounts_of,
    bank_currencies,
    certificate_on,
    statements_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from konbit.fund.banking import Reconciliation
    from konbit.terms import Finding
    from konbit.web.ledger.banks.models import BankCertificate, BankStatementRow
    from konbit.web.ledger.banks.queries import Account
    from konbit.web.ledger.models import LedgerFund


class BankState(StrEnum):
    """How the reconciliation of an account on a day stands.

    Unused: neither statement nor record by that day. Missing: no statement tells the balance of
    that day. Differs: the two balances do not agree. Agrees: they do, and nobody certified it.
    Certified: a second person did, and nothing changed since. Changed: something did.
    """

    UNUSED = "unused"
    MISSING = "missing"
    DIFFERS = "differs"
    AGREES = "agrees"
    CERTIFIED = "certified"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Standing:
    """An account on a day.

    Attributes:
        account: the account.
        on: the day.
        state: how it stands.
        made: the reconciliation; None where no statement tells the balance of the day.
        content: its figures, as they are certified; empty where there is none.
        certificate: the newest of that day; None for none.
    """

    account: Account
    on: date
    state: BankState
    made: Reconciliation | None
    content: dict[str, Any]
    certificate: BankCertificate | None

    @property
    def statements(self) -> list[BankStatementRow]:
        """What the bank sent that tells of the day, or of days before."""
        return [row for row in self.account.statements if row.from_on <= self.on]


def standing_of(account: Account, on: date) -> Standing:
    """How an account stands on a day."""
    made = reconcile(on, account.links, account.entries, account.cash, account.pairs)
    certificate = certificate_on(account.fund, account.bank, on)
    if made is None:
        is_used = bool(account.statements) or any(item.on <= on for item in account.cash)
        state = BankState.MISSING if is_used else BankState.UNUSED
        return Standing(account, on, state, None, {}, certificate)
    content = made.told(
        fund=account.fund.code,
        bank=account.bank,
        currency=account.currency,
        statements=[row.identity for row in account.statements if row.from_on <= on],
    )
    return Standing(account, on, _state(made, content, certificate), made, content, certificate)


def _state(
    made: Reconciliation, content: dict[str, Any], certificate: BankCertificate | None
) -> BankState:
    if certificate is not None:
        is_same = certificate.digest == digest_of(content)
        return BankState.CERTIFIED if is_same else BankState.CHANGED
    return BankState.AGREES if made.agrees else BankState.DIFFERS


def standings_on(fund: LedgerFund, on: date) -> list[Standing]:
    """How every account of a fund stands on a day."""
    return [standing_of(account, on) for account in accounts_of(fund)]


def uncertified(fund: LedgerFund) -> list[Standing]:
    """Accounts at the end of their last statement, where nobody certified that day."""
    found = []
    for bank, currency in bank_currencies(fund).items():
        last = statements_of(fund, bank).last()
        on = last.until_on - timedelta(days=1) if last else None
        if on is not None and certificate_on(fund, bank, on) is None:
            found.append(standing_of(account_of(fund, bank, currency), on))
    return found


def findings_of_close(standings: Iterable[Standing]) -> list[Finding]:
    """What a close of the period that ends with that day should not pass over."""
    weights = {
        BankState.MISSING: Severity.WARNING,
        BankState.DIFFERS: Severity.WARNING,
        BankState.CHANGED: Severity.WARNING,
        BankState.AGREES: Severity.NOTE,
    }
    return [
        finding(
            f"bank-close-{one.state}",
            weights[one.state],
            row=one.account.bank,
            day=one.on.isoformat(),
        )
        for one in standings
        if one.state in weights
    ]
