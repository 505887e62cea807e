"""Pages of mandates: the register, a document, a paragraph, what goes back, coverage."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from konbit.dossier.registry import BY_NAME
from konbit.dossier.tables.follow_up import FollowUp
from konbit.dossier.tables.mandate import Document, Organisation, Paragraph
from konbit.web.mandates.coverage import coverage, coverage_workbook
from konbit.web.mandates.earlier import earlier
from konbit.web.mandates.links import Paths, plan_lines
from konbit.web.mandates.register import outline, register
from konbit.web.mandates.timeline import timeline
from konbit.web.people.rooms import Visit, in_mission
from konbit.web.plans.archives import read_plan_archive
from konbit.web.plans.queries import approved_plan
from konbit.web.tables.dossiers import dossier_of

if TYPE_CHECKING:
    from konbit.dossier import Dossier

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@in_mission
def mandates(request: Visit) -> HttpResponse:
    """The register of documents, and their chain on a time line."""
    dossier, today = dossier_of(request.mission), timezone.now().date()
    context = {
        "register": register(dossier, today),
        "timeline": timeline(dossier),
        "bodies": {row.code: row.title for row in dossier.rows(Organisation)},
        "may_read": request.standing.edits(Paragraph),
    }
    return render(request, "mandates/mandates.html", context)


@require_safe
@in_mission
def document(request: Visit, key: str) -> HttpResponse:
    """A document: its paragraphs with their follow-ups, and its place in the chain."""
    dossier = dossier_of(request.mission)
    held = dossier.by_code(Document)
    if key not in held:
        raise Http404
    row = held[key]
    rows = list(held.values())
    context = {
        "row": row,
        "outline": outline(dossier, key),
        "answered_by": [d for d in rows if d.answers == key],
        "renewed_by": [d for d in rows if d.renews == key],
        "body": dossier.by_code(Organisation).get(row.body),
        "earlier": earlier(request.reader, request.mission, Document, key),
        "comparable": [d for d in rows if d.code != key and d.body == row.body],
    }
    return render(request, "mandates/document.html", context)


@require_safe
@in_mission
def paragraph(request: Visit, key: str) -> HttpResponse:
    """A paragraph: what it says, what became of it, what it leads to."""
    dossier, today = dossier_of(request.mission), timezone.now().date()
    row = dossier.by_code(Paragraph).get(key)
    if row is None:
        raise Http404
    paths = Paths(dossier, today)
    leads = paths.leads(key)
    context = {
        "row": row,
        "document": dossier.by_code(Document).get(row.document),
        "parts": [p for p in dossier.rows(Paragraph) if p.parent == key],
        "leads": leads,
        "plan_lines": _plan_lines(request, leads),
        "today": today,
        "earlier": earlier(request.reader, request.mission, Paragraph, key),
        "may_follow": request.standing.edits(FollowUp),
    }
    return render(request, "mandates/paragraph.html", context)


@require_safe
@in_mission
def back(request: Visit, table: str, key: str) -> HttpResponse:
    """The paragraphs to which a row of any table goes back."""
    dossier, today = dossier_of(request.mission), timezone.now().date()
    if table not in BY_NAME or not _is_there(dossier, table, key):
        raise Http404
    paths = Paths(dossier, today)
    context = {
        "table": table,
        "key": key,
        "title": paths.title(table, key),
        "paragraphs": paths.back(table, key),
    }
    return render(request, "mandates/back.html", context)


@require_safe
@in_mission
def covered(request: Visit) -> HttpResponse:
    """Coverage both ways."""
    dossier, today = dossier_of(request.mission), timezone.now().date()
    holding = request.GET.get("holding") == "yes"
    found = coverage(dossier, today, holding_only=holding)
    context = {"found": found, "today": today, "holding": holding}
    return render(request, "mandates/coverage.html", context)


@require_safe
@in_mission
def covered_excel(request: Visit) -> HttpResponse:
    """Coverage both ways, as a workbook that honours the filter."""
    dossier, today = dossier_of(request.mission), timezone.now().date()
    found = coverage(dossier, today, holding_only=request.GET.get("holding") == "yes")
    response = HttpResponse(coverage_workbook(found, request.words), content_type=_XLSX)
    name = f"{request.mission.code}-mandate-coverage.xlsx"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _is_there(dossier: Dossier, table: str, key: str) -> bool:
    return any(row.label == key for row in dossier.rows(BY_NAME[table]))


def _plan_lines(request: Visit, leads: Any) -> Any:
    """Lines of the approved plan about a paragraph's requirements; nothing without such a plan."""
    run = approved_plan(request.mission) if leads.requirements else None
    plan = read_plan_archive(bytes(run.content or b"")).plan if run else None
    return plan_lines(plan, leads.requirements) if plan else ()
