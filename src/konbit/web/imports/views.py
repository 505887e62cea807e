"""Pages of imports: send, look, commit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from konbit.terms import Severity
from konbit.web.history.actions import AlreadyDecidedError
from konbit.web.history.models import Change, Refusal
from konbit.web.imports.actions import NotReadyError, OvertakenError, commit, proposal_of, take_in
from konbit.web.imports.forms import FileForm
from konbit.web.imports.models import Import
from konbit.web.imports.preview import preview
from konbit.web.people.access import demand, readable_missions
from konbit.web.people.rooms import Visit, in_mission
from konbit.web.tables.edits import EditConflictError

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from konbit.terms import Finding

_MOST_ROWS = 200
_MOST_FINDINGS = 300
_LISTED = 30


@require_http_methods(["GET", "HEAD", "POST"])
@in_mission
def files(request: Visit) -> HttpResponse:
    """Send a file; those sent before."""
    demand(request.reader, request.mission, "import")
    sent_now = (request.POST, request.FILES) if request.method == "POST" else ()
    form = FileForm(*sent_now, words=request.words, is_upload_cut=request.is_upload_cut)
    if form.is_valid():
        file = form.cleaned_data["file"]
        sent = take_in(
            request.reader,
            request.mission,
            file.name,
            file.read(),
            why=form.cleaned_data["why"],
            document=form.cleaned_data["document"],
        )
        return redirect("import", request.mission.code, sent.pk)
    before = _imports(request).select_related("by", "change").defer("content")[:_LISTED]
    status = 422 if request.method == "POST" else 200
    return render(request, "imports/files.html", {"form": form, "before": before}, status=status)


@require_safe
@in_mission
def file(request: Visit, number: int) -> HttpResponse:
    """What a file would change, or has changed."""
    sent = _named(request, number)
    if sent.change is not None:
        return redirect("change", request.mission.code, sent.change.pk)
    return _preview(request, sent)


@require_POST
@in_mission
def store(request: Visit, number: int) -> HttpResponse:
    """Commit a file: all of it, or nothing."""
    sent = _named(request, number)
    try:
        done = commit(request.reader, sent, request.POST.get("seen", ""))
    except OvertakenError:
        return _preview(request, sent, status=409, is_overtaken=True)
    except (NotReadyError, EditConflictError):
        return _preview(request, sent, status=409)
    except AlreadyDecidedError:
        return redirect("import", request.mission.code, number)
    if isinstance(done, Change):
        return redirect("change", request.mission.code, done.pk)
    return redirect(f"{reverse('approvals', args=[request.mission.code])}#waiting")


def _imports(request: Visit) -> QuerySet[Import]:
    return Import.objects.filter(
        mission=request.mission, mission__in=readable_missions(request.reader)
    )


def _named(request: Visit, number: int) -> Import:
    found = _imports(request).filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def _preview(
    request: Visit, sent: Import, status: int = 200, *, is_overtaken: bool = False
) -> HttpResponse:
    found = preview(sent)
    proposal = proposal_of(sent)
    context = {
        "sent": sent,
        "preview": found,
        "most_rows": _MOST_ROWS,
        "by_severity": [(s.value, _told(request, found.findings, s)) for s in Severity],
        "proposal": proposal,
        "refusal": proposal and Refusal.objects.filter(proposal=proposal).first(),
        "is_mine": sent.by_id == request.reader.pk,
        "is_overtaken": is_overtaken,
    }
    return render(request, "imports/file.html", context, status=status)


def _told(request: Visit, findings: tuple[Finding, ...], severity: Severity) -> list[str]:
    found = [f for f in findings if f.severity is severity]
    return [request.words.of_finding(f) for f in found[:_MOST_FINDINGS]]
