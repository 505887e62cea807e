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


def standings_now(request: Visit, fund: LedgerFund) -> list[dict[str, Any]]:
    """How each account stands at the end of its last statement."""
    if not request.standing.may("see-bank"):
        return []
    return [
        shown_standing(standing_of(account, account.last_on), request.words)
        for account in accounts_of(fund)
        if account.last_on is not None
    ]
