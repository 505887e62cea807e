"""The page of what somebody was reminded of, in tables and in funds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from konbit.web.ledger.reminders import BETWEEN
from konbit.web.people.rooms import Visit, in_mission
from konbit.web.pledges.models import Reminded
from konbit.web.site.reminding import Waiting, key_of, line_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from konbit.web.missions.models import Mission

_MOST = 200
# Where one does something about what waits in a fund.
_OF_FUNDS = {
    "reminder-fund-claim": ("ledger_claims", {}),
    "reminder-fund-receipt": ("ledger_enter", {"kind": "payment_acknowledged"}),
    "reminder-fund-money": ("ledger_contributions", {}),
    "reminder-fund-close": ("ledger_enter", {"kind": "period_closed"}),
}


@require_safe
@in_mission
def reminded(request: Visit) -> HttpResponse:
    """What the reader was reminded of, and what of it still holds."""
    now = timezone.now()
    waiting = Waiting(request.mission, now)
    holding = {key_of(r) for r in waiting.for_user(request.reader)}
    rows = Reminded.objects.filter(user=request.reader, mission=request.mission)[:_MOST]
    lines = [
        {
            "at": held.at,
            "line": line_of(held, abs((held.on - now.date()).days), request.words),
            "address": _address(request.mission, held),
            "still": key_of(held) in holding,
        }
        for held in rows
    ]
    return render(request, "site/reminders.html", {"lines": lines})


def _address(mission: Mission, held: Reminded) -> str:
    """Where one does something about it."""
    if held.code in _OF_FUNDS:
        name, more = _OF_FUNDS[held.code]
        fund = held.key.partition(BETWEEN)[0]
        return reverse(name, kwargs={"mission": mission.code, "code": fund, **more})
    if not held.table:
        return reverse("approvals", args=[mission.code])
    name = "pledge" if held.table in {"offers", "contributions"} else "row"
    return reverse(name, args=[mission.code, held.table, held.key])
