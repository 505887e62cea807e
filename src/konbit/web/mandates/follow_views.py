"""Pages of follow-ups and of the calendar."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from konbit.dossier import texts_of
from konbit.dossier.tables.follow_up import FollowUp, ReportingCycle
from konbit.dossier.tables.mandate import Organisation, Paragraph
from konbit.web.bridge.numbers import whole
from konbit.web.mandates.actions import (
    NotSettledError,
    make_feed,
    may_settle,
    reader_of_feed,
    revoke_feed,
    settle,
    take_up,
)
from konbit.web.mandates.due import calendar_of
from konbit.web.mandates.feed import icalendar_of
from konbit.web.mandates.forms import STATUSES, SettleForm
from konbit.web.mandates.models import Feed
from konbit.web.mandates.register import is_overdue
from konbit.web.people.access import readable_missions
from konbit.web.people.acting import act_as
from konbit.web.people.rooms import Visit, in_mission
from konbit.web.pledges.reminders import reminders
from konbit.web.tables.dossiers import dossier_of
from konbit.web.tables.edits import EditConflictError
from konbit.web.tables.mirrored import MODELS
from konbit.web.tables.settling import keys_answered_for
from konbit.web.words import language_for, words_in

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpRequest

    from konbit.dossier import Dossier
    from konbit.web.pledges.reminders import Reminder

_REMINDED = 40
_OURS = frozenset({"follow_ups", "reporting_cycles"})
_BACK_DAYS, _AHEAD_DAYS = 365, 1_100


@require_safe
@in_mission
def follow_ups(request: Visit) -> HttpResponse:
    """Every follow-up, what is overdue first; narrowed by status and owner."""
    dossier, today = dossier_of(request.mission), timezone.now().date()
    status, owner = request.GET.get("status", ""), request.GET.get("owner", "")
    own = keys_answered_for(request.mission, request.standing.own_code, FollowUp)
    is_own = request.GET.get("own") == "yes"
    rows = [
        (row, is_overdue(row, today))
        for row in dossier.rows(FollowUp)
        if status in ("", row.status) and owner in ("", row.owner)
        if not is_own or row.code in own
    ]
    rows.sort(key=lambda r: (not r[1], r[0].due_on or today + timedelta(days=9_999), r[0].code))
    titles = {row.code: row.title for row in dossier.rows(Organisation)}
    owners = sorted({row.owner for row in dossier.rows(FollowUp) if row.owner})
    context = {
        "rows": rows,
        "reminders": _titled(dossier, today),
        "statuses": STATUSES,
        "owners": [(code, titles.get(code, code)) for code in owners],
        "status": status,
        "owner": owner,
        "own": len(own) if request.standing.settles(FollowUp) else 0,
        "is_own": is_own,
        "today": today,
    }
    return render(request, "mandates/follow_ups.html", context)


def _titled(dossier: Dossier, today: date) -> list[tuple[Reminder, str]]:
    """What is to be reminded of, each with its title."""
    titles = {("follow_ups", row.code): row.task for row in dossier.rows(FollowUp)}
    titles |= {("reporting_cycles", row.code): row.title for row in dossier.rows(ReportingCycle)}
    found = [r for r in reminders(dossier, today) if r.table in _OURS][:_REMINDED]
    return [(r, titles.get((r.table, r.key), r.key)) for r in found]


@require_http_methods(["GET", "HEAD", "POST"])
@in_mission
def follow_up(request: Visit, key: str) -> HttpResponse:
    """A follow-up: how it stands; say how it stands now."""
    states = MODELS["follow_ups"].objects.for_user(request.reader).of(request.mission.pk)
    named = states.current().filter(row_key=key.replace("\0", ""))
    found: Any = next(named.rows_with_states(), None)
    if found is None:
        raise Http404
    seen, row = found
    is_allowed = may_settle(request.standing, request.mission, row)
    if request.method == "POST" and not is_allowed:
        raise PermissionDenied("edit")
    dossier = dossier_of(request.mission)
    form = SettleForm(
        request.POST if request.method == "POST" else None,
        words=request.words,
        dossier=dossier,
        is_new=False,
        only_settles=not request.standing.writes(FollowUp),
        initial={**texts_of(row), "seen": seen},
    )
    context = {
        "row": row,
        "paragraph": dossier.by_code(Paragraph).get(row.paragraph),
        "form": form if is_allowed else None,
        "only_settles": not request.standing.writes(FollowUp),
        "is_overdue": is_overdue(row, timezone.now().date()),
    }
    if request.method != "POST":
        return render(request, "mandates/follow_up.html", context)
    status = 422
    if form.is_valid():
        try:
            settle(
                request.reader,
                request.mission,
                key,
                form.cleaned_data["seen"] or 0,
                form.told,
            )
        except NotSettledError as error:
            form.add_error(error.field, request.words.say(error.code))
        except EditConflictError:
            form.add_error(None, request.words.say("settle-overtaken"))
            status = 409
        else:
            return redirect("follow_up", request.mission.code, key)
    return render(request, "mandates/follow_up.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@in_mission
def take(request: Visit, key: str) -> HttpResponse:
    """Begin to follow a paragraph up."""
    if not request.standing.edits(FollowUp):
        raise PermissionDenied("edit")
    dossier, today = dossier_of(request.mission), timezone.now().date()
    row = dossier.by_code(Paragraph).get(key)
    if row is None:
        raise Http404
    form = SettleForm(
        request.POST if request.method == "POST" else None,
        words=request.words,
        dossier=dossier,
        is_new=True,
        initial={
            "status": "open",
            "source": row.source,
            "source_on": row.source_on.isoformat(),
            "confidence": row.confidence,
            "on": today,
        },
    )
    if request.method == "POST" and form.is_valid():
        try:
            take_up(request.reader, request.mission, key, form.cleaned_data["task"], form.told)
        except NotSettledError as error:
            form.add_error(error.field, request.words.say(error.code))
        else:
            return redirect("paragraph", request.mission.code, key)
    status = 422 if request.method == "POST" else 200
    return render(request, "mandates/take.html", {"row": row, "form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@in_mission
def calendar(request: Visit) -> HttpResponse:
    """What falls due, and one's own calendar addresses: make one, take one back."""
    secret = ""
    if request.method == "POST":
        number = whole(request.POST.get("revoke", ""))
        if number is not None:
            revoke_feed(request.reader, request.mission, number)
            return redirect("calendar", request.mission.code)
        _, secret = make_feed(request.reader, request.mission)
    today = timezone.now().date()
    dues = calendar_of(
        dossier_of(request.mission), today - timedelta(days=90), today + timedelta(days=730)
    )
    feeds = Feed.objects.filter(user=request.reader, mission=request.mission, revoked_at=None)
    context = {
        "dues": dues,
        "today": today,
        "feeds": feeds,
        "address": request.build_absolute_uri(reverse("feed", args=[secret])) if secret else "",
    }
    return render(request, "mandates/calendar.html", context)


@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """The calendar of whoever made its address, as long as they read the mission."""
    found = reader_of_feed(secret)
    if found is None:
        raise Http404
    user, number = found
    act_as(user)
    mission = readable_missions(user).filter(pk=number).first()
    if mission is None:
        raise Http404
    today = timezone.now().date()
    dues = calendar_of(
        dossier_of(mission),
        today - timedelta(days=_BACK_DAYS),
        today + timedelta(days=_AHEAD_DAYS),
    )
    words = words_in(user.language or language_for(request))
    address = f"{settings.ENVIRONMENT.address}{reverse('mission', args=[mission.code])}"
    content = icalendar_of(mission.code, dues, words, address)
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Cache-Control"] = "private, no-cache"
    response["Referrer-Policy"] = "no-referrer"
    return response
