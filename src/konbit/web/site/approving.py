"""Everything in a mission that waits for a second person, on one page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.views.decorators.http import require_safe

from konbit.web.history.queries import open_proposals
from konbit.web.imports.history import waiting_rows
from konbit.web.ledger.actions import drafts_of
from konbit.web.ledger.banks.closing import notes_on_close
from konbit.web.ledger.banks.states import BankState, uncertified
from konbit.web.ledger.proposed import shown_proposal
from konbit.web.ledger.queries import funds_for, waiting_in
from konbit.web.people.rooms import Visit, in_mission
from konbit.web.plans.queries import approvable, has_approved_plan

if TYPE_CHECKING:
    from django.http import HttpResponse

    from konbit.web.ledger.models import LedgerProposal

_MOST_PLANS = 10
_MOST_RECORDS = 25  # of one proposal; with more of them it is read and decided at its fund


def count_waiting(request: Visit) -> int:
    """How many changes of rows and of ledgers wait."""
    rows = open_proposals(request.reader, request.mission).count()
    return rows + waiting_in(request.reader, request.mission).count()


@require_safe
@in_mission
def approvals(request: Visit) -> HttpResponse:
    """What waits: rows, records of funds, reconciliations of their accounts, plans."""
    may = request.standing.may
    context = {
        "waiting": waiting_rows(request),
        "ledgers": [
            _of_ledger(request, proposal)
            for proposal in waiting_in(request.reader, request.mission)
        ],
        "banks": _of_banks(request),
        "plans": approvable(request.reader, request.mission)[:_MOST_PLANS],
        "one_holds": has_approved_plan(request.mission),
        "may_approve": may("approve-money"),
        "may_approve_plans": may("approve-plan"),
    }
    return render(request, "site/approvals.html", context)


def _of_ledger(request: Visit, proposal: LedgerProposal) -> dict[str, Any]:
    fund = proposal.fund
    if len(proposal.drafts) > _MOST_RECORDS:
        return {"proposal": proposal, "fund": fund, "is_long": True}
    shown = shown_proposal(fund, proposal, request.reader, request.words)
    return {**shown, "fund": fund, "notes": notes_on_close(request, fund, drafts_of(proposal))}


def _of_banks(request: Visit) -> list[dict[str, Any]]:
    """Accounts that agree with their last statement and that nobody certified, for who may."""
    if not request.standing.may("certify-bank"):
        return []
    return [
        {"fund": fund, "standing": standing}
        for fund in funds_for(request.reader, request.mission)
        for standing in uncertified(fund)
        if standing.state is BankState.AGREES
    ]
