"""How a fund's bank accounts were reconciled, for programs of those who see what banks say."""

from __future__ import annotations

from datetime import date  # noqa: TC003 - Ninja reads annotations when it runs
from typing import Any

from django.http import Http404, HttpRequest
from ninja import Router
from pydantic import Field

from konbit.fund.banking import Leftover
from konbit.terms import Money
from konbit.terms.digest import digest_of
from konbit.web.api.errors import Problems
from konbit.web.api.gate import caller
from konbit.web.api.shapes import Shape
from konbit.web.bridge.addresses import from_address
from konbit.web.ledger.banks.queries import account_of, accounts_of, bank_currencies
from konbit.web.ledger.banks.states import Standing, standing_of
from konbit.web.ledger.models import LedgerFund
from konbit.web.ledger.queries import funds_for
from konbit.web.ledger.views import today

router = Router(tags=["Bank accounts"])
_STATES = "unused, missing, differs, agrees, certified or changed."
_EXACT = "Exact text, in the account's currency."


class BankAccountShape(Shape):
    """An account at the end of the last day that its bank told."""

    bank: str = Field(description="Code of the account.")
    currency: str = Field(description="Of the account, ISO 4217.")
    on: date = Field(description="The day at whose end it is looked at.")
    state: str = Field(description=_STATES)
    by_bank: str | None = Field(description=_EXACT)
    by_books: str | None = Field(description=_EXACT)
    difference: str | None = Field(description="What is not explained: zero where all agrees.")
    left: int | None = Field(description="How many are left on both sides.")


class LeftShape(Shape):
    """An entry that the books do not have, or a record that the bank does not have."""

    number: int = Field(description="Of the entry, or of the record in the fund's log.")
    on: date = Field(description="Its day.")
    amount: str = Field(description=_EXACT)
    settled_on: date | None = Field(description="Later day on which the other side has it.")


class ReconciliationShape(BankAccountShape):
    """The same on any day, with what is left."""

    entries: list[LeftShape] = Field(description="Of the bank, which the books do not have.")
    records: list[LeftShape] = Field(description="Of the books, which the bank does not have.")
    sha256: str | None = Field(description="Of the figures, as a certificate is of them.")


@router.get(
    "/missions/{mission}/funds/{code}/banks",
    response={200: list[BankAccountShape], **Problems},
    operation_id="list_bank_accounts",
    summary="Bank accounts of a fund",
)
def bank_accounts(request: HttpRequest, mission: str, code: str) -> Any:
    """The bank accounts of a fund and how far each was reconciled. `~` in a code stands for `/`."""
    fund = _fund(request, mission, code)
    return [
        _told(standing_of(account, account.last_on or today())) for account in accounts_of(fund)
    ]


@router.get(
    "/missions/{mission}/funds/{code}/banks/{bank}/reconciliation",
    response={200: ReconciliationShape, **Problems},
    operation_id="read_reconciliation",
    summary="An account against the books",
)
def bank_reconciliation(
    request: HttpRequest, mission: str, code: str, bank: str, on: date | None = None
) -> Any:
    """An account on a day, or at the end of its last statement."""
    fund = _fund(request, mission, code)
    currency = bank_currencies(fund).get(from_address(bank))
    if currency is None:
        raise Http404
    account = account_of(fund, from_address(bank), currency)
    standing = standing_of(account, on or account.last_on or today())
    made = standing.made
    return {
        **_told(standing),
        "entries": [_left(left, currency) for left in made.entries] if made else [],
        "records": [_left(left, currency) for left in made.records] if made else [],
        "sha256": digest_of(standing.content) if made else None,
    }


def _fund(request: HttpRequest, mission: str, code: str) -> LedgerFund:
    found = caller(request, mission, "see-bank")
    fund = funds_for(found.user, found.mission).filter(code=from_address(code)).first()
    if fund is None:
        raise Http404
    return fund


def _told(standing: Standing) -> dict[str, Any]:
    account, made = standing.account, standing.made
    return {
        "bank": account.bank,
        "currency": account.currency,
        "on": standing.on,
        "state": str(standing.state),
        "by_bank": _exact(made.bank_minor, account.currency) if made else None,
        "by_books": _exact(made.books_minor, account.currency) if made else None,
        "difference": _exact(made.difference_minor, account.currency) if made else None,
        "left": len(made.entries) + len(made.records) if made else None,
    }


def _left(left: Leftover, currency: str) -> dict[str, Any]:
    return {
        "number": left.item.key,
        "on": left.item.on,
        "amount": _exact(left.item.amount_minor, currency),
        "settled_on": left.settled_on,
    }


def _exact(minor: int, currency: str) -> str:
    return str(Money(minor, currency).major)
