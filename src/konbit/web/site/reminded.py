"""The page of what somebody was reminded of, in tables and in funds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from konbit.web.people.rooms import Visit, in_mission
from konbit.web.pledges.models import Reminded
from konbit.web.site.reminding import Waiting, address_of, key_of, line_of

if TYPE_CHECKING:
    from django.http import HttpResponse

_MOST = 200


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
            "address": address_of(request.mission, held),
            "still": key_of(held) in holding,
        }
        for held in rows
    ]
    return render(request, "site/reminders.html", {"lines": lines})
