"""Pages of pledges: the pipeline, one pledge with its steps, papers of a row."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from konbit.dossier.tables.fund import Contribution, ContributionEvent
from konbit.dossier.tables.mandate import Organisation
from konbit.dossier.tables.pledge import Caveat, Offer, UnitEvent
from konbit.dossier.tables.requirement import Site
from konbit.web.history.models import Change
from konbit.web.people.access import readable_missions
from konbit.web.people.rooms import Visit, in_mission
from konbit.web.plans.queries import approved_plan
from konbit.web.pledges.actions import (
    PaperRefusedError,
    Step,
    StepNotPossibleError,
    attach,
    attaches,
    step_money,
    step_units,
)
from konbit.web.pledges.forms import StepForm
from konbit.web.pledges.looking import effect_on
from konbit.web.pledges.models import Attachment
from konbit.web.pledges.pipeline import pipeline
from konbit.web.pledges.previews import is_repairable, look, loss_of
from konbit.web.pledges.reminders import reminders
from konbit.web.pledges.stages import (
    TAKING,
    money_steps,
    place_of,
    unit_steps,
    units_for,
)
from konbit.web.tables.actions import owns_row
from konbit.web.tables.dossiers import dossier_of
from konbit.web.tables.edits import EditConflictError
from konbit.web.tables.mirrored import MODELS
from konbit.web.tables.views import table_named

if TYPE_CHECKING:
    from konbit.dossier import Dossier, Row

_REMINDED = 40
# What a mandate asks for by a day stands on its own page.
_OF_PLEDGES = frozenset({"offers", "contributions", "agreements", "earmarks", "ceilings"})
_TABLES: dict[str, type[Offer | Contribution]] = {
    "offers": Offer,
    "contributions": Contribution,
}


@require_safe
@in_mission
def pledges(request: Visit) -> HttpResponse:
    """The pipeline of pledges by stage, and what has waited too long."""
    dossier, today = dossier_of(request.mission), timezone.now().date()
    found = pipeline(dossier, today)
    titles = {row.code: row.title for row in dossier.rows(Organisation)}
    asked = request.GET.get("of", "")
    of = asked if asked in found.organisations else ""
    shown = found.of(of) if of else found
    told = [r for r in reminders(dossier, today) if r.table in _OF_PLEDGES]
    context = {
        "pipeline": shown,
        "organisations": [(code, titles.get(code, code)) for code in found.organisations],
        "of": of,
        "own": request.standing.own_code,
        "reminders": [r for r in told if not of or (r.table, r.key) in shown.keys][:_REMINDED],
        "today": today,
        "may_offer": request.standing.edits(Offer),
        "may_give": request.standing.edits(Contribution),
    }
    return render(request, "pledges/pledges.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@in_mission
def pledge(request: Visit, table: str, key: str) -> HttpResponse:
    """One pledge: what became of it, its conditions, and its next step."""
    if table not in _TABLES:
        raise Http404
    dossier = dossier_of(request.mission)
    rows: dict[str, Any] = {**dossier.by_code(_TABLES[table])}
    if key not in rows:
        raise Http404
    row = rows[key]
    is_money = table == "contributions"
    events = ContributionEvent if is_money else UnitEvent
    became: list[Any] = [event for event in dossier.rows(events) if _pledge_of(event) == key]
    became.sort(key=lambda event: (event.on, place_of(event.stage)))
    today = timezone.now().date()
    steps = money_steps(dossier, key) if is_money else unit_steps(dossier, key, today)
    is_own = owns_row(request.standing, request.mission, row)
    may_step = bool(steps) and (is_own or request.standing.writes(events))
    sent = request.POST if request.method == "POST" else None
    form = StepForm(
        sent,
        stages=steps,
        is_money=is_money,
        words=request.words,
        most=None if is_money else partial(units_for, dossier, key),
        sites=[(site.code, f"{site.code}: {site.title}") for site in dossier.rows(Site)],
        initial={
            "on": today.isoformat(),
            "source_on": today.isoformat(),
            "currency": _last_currency(became),
        },
    )
    context: dict[str, Any] = {
        "table": table,
        "key": key,
        "row": row,
        "is_money": is_money,
        "events": became,
        "may_add_caveat": not is_money and (is_own or request.standing.writes(Caveat)),
        "caveats": [c for c in dossier.rows(Caveat) if not is_money and c.offer == key],
        "form": form if may_step else None,
        "has_steps": bool(steps),
    }
    if sent is None:
        return render(request, "pledges/pledge.html", context)
    return _step(request, dossier, form, context)


@require_http_methods(["GET", "HEAD", "POST"])
@in_mission
def papers(request: Visit, table: str, key: str) -> HttpResponse:
    """Papers attached to a row; attach another."""
    kind = table_named(table)
    states = MODELS[table].objects.for_user(request.reader).of(request.mission.pk)
    if not states.filter(row_key=key).exists():
        raise Http404
    problem = ""
    may_attach = attaches(request.standing, request.reader, request.mission, kind, key)
    if request.method == "POST":
        try:
            _attach(request, kind, key)
        except PaperRefusedError as error:
            problem = request.words.say(error.code)
        else:
            return redirect("papers", request.mission.code, table, key)
    there = _papers(request).filter(table=table, key=key).defer("content")
    context = {
        "table": table,
        "key": key,
        "papers": there,
        "may_attach": may_attach,
        "problem": problem,
    }
    return render(request, "pledges/papers.html", context, status=422 if problem else 200)


def _attach(request: Visit, table: type[Row], key: str) -> None:
    file = request.FILES.get("file")
    if request.is_upload_cut:  # known once the files are read
        raise PaperRefusedError("paper-large")
    name, content = (file.name or "", file.read()) if file else ("", b"")
    attach(request.reader, request.mission, table, key, name, content)


@require_safe
@in_mission
def paper(request: Visit, digest: str) -> HttpResponse:
    """A paper, to be saved: a browser never opens it in the record's own name."""
    found = _papers(request).filter(digest=digest).first()
    if found is None:
        raise Http404
    response = HttpResponse(bytes(found.content), content_type=found.kind)
    named = content_disposition_header(as_attachment=True, filename=found.name)
    response["Content-Disposition"] = named or "attachment"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _papers(request: Visit) -> Any:
    return Attachment.objects.filter(
        mission=request.mission, mission__in=readable_missions(request.reader)
    ).select_related("by__organisation")


def _last_currency(events: list[Any]) -> str:
    """The currency in which a pledge was last stated; empty where no amount is known."""
    stated = (event.amount for event in reversed(events) if getattr(event, "amount", None))
    return next((amount.currency for amount in stated), "")


def _pledge_of(event: Any) -> str:
    return str(event.contribution if isinstance(event, ContributionEvent) else event.offer)


def _step(
    request: Visit, dossier: Dossier, form: StepForm, context: dict[str, Any]
) -> HttpResponse:
    if context["form"] is None:
        raise PermissionDenied("edit")
    if not form.is_valid():
        return render(request, "pledges/pledge.html", context, status=422)
    step = form.step
    if step.stage in TAKING and "confirmed" not in request.POST:
        run = approved_plan(request.mission)
        loss = loss_of(context["table"], context["key"], step, *form.taken)
        is_told = run is not None and loss is not None
        if run is None or loss is None or not is_repairable(run, context["key"], step):
            context["effect"] = effect_on(run, dossier, context["table"], context["key"], form)
            context |= {"asked": form.as_sent, "may_confirm": True, "is_not_repaired": is_told}
            return render(request, "pledges/confirm.html", context)
        pledge = (context["table"], context["key"])
        made = look(request.reader, request.mission, run, pledge, loss, dict(form.as_sent))
        return redirect("preview", request.mission.code, made.pk)
    try:
        done = _take(request, form, step, context)
    except StepNotPossibleError:
        form.add_error("stage", request.words.say("step-not-possible"))
        return render(request, "pledges/pledge.html", context, status=409)
    except EditConflictError:
        form.add_error(None, request.words.say("step-overtaken"))
        return render(request, "pledges/pledge.html", context, status=409)
    if isinstance(done, Change):
        return redirect("pledge", request.mission.code, context["table"], context["key"])
    return redirect(f"{reverse('approvals', args=[request.mission.code])}#waiting")


def _take(request: Visit, form: StepForm, step: Step, context: dict[str, Any]) -> Any:
    if context["is_money"]:
        return step_money(request.reader, request.mission, context["key"], step, form.amount_read)
    units, site = form.cleaned_data["units"], form.cleaned_data["site"]
    return step_units(request.reader, request.mission, context["key"], step, units, site)
