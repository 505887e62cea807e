"""What a close of a period says of bank accounts, to those who see what banks say."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from konbit.web.ledger.banks.presenting import shown_standing, worded
from konbit.web.ledger.banks.queries import accounts_of
from konbit.web.ledger.banks.states import findings_of_close, standing_of, standings_on

if TYPE_CHECKING:
    from collections.abc import Iterable

    from konbit.fund import Draft
    from konbit.web.ledger.models import LedgerFund
    from konbit.web.people.rooms import Visit

_DAY = timedelta(days=1)


def notes_on_close(request: Visit, fund: LedgerFund, drafts: Iterable[Draft]) -> list[str]:
    """Of each account that was not reconciled on the last day of a period to close: a sentence."""
    if not request.standing.may("see-bank"):
        return []
    days = [
        date.fromisoformat(draft.body["until_on"]) - _DAY
        for draft in drafts
        if draft.kind == "period_closed"
    ]
    return [
        worded(found, request.words)
        for day in days
        for found in findings_of_close(standings_on(fund, day))
    ]


def standings_for(request: Visit, fund: LedgerFund, on: date | None) -> list[dict[str, Any]]:
    """How each account stands on the last day of what is to be closed.

    Args:
        request: of who reads.
        fund: whose accounts.
        on: that day; none where nothing is, then the end of each account's last statement.
    """
    if not request.standing.may("see-bank"):
        return []
    days = ((account, on or account.last_on) for account in accounts_of(fund))
    found = [standing_of(account, day) for account, day in days if day is not None]
    return [shown_standing(standing, request.words) for standing in found]
