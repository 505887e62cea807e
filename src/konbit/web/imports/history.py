"""One change in full, and what waits for a second person: pages that show rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from konbit.web.history.actions import AlreadyDecidedError, refuse
from konbit.web.history.models import Change, Proposal
from konbit.web.history.queries import open_proposals
from konbit.web.history.views import change_named, counted
from konbit.web.imports.actions import VERB, NotReadyError, approve_import, file_of
from konbit.web.imports.preview import Difference, preview
from konbit.web.people.rooms import Visit, in_mission
from konbit.web.tables.actions import approve
from konbit.web.tables.cells import Cell, cells_between
from konbit.web.tables.edits import EditConflictError, read
from konbit.web.tables.mirrored import MODELS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from konbit.dossier import Row

_MOST_ROWS = 100


@dataclass(frozen=True, slots=True)
class RowChanged:
    """One row that a change made, altered or took out."""

    table: str
    key: str
    kind: str
    cells: tuple[Cell, ...]


@require_safe
@in_mission
def change(request: Visit, number: int) -> HttpResponse:
    """A change: who, when, why, from which document, before and after."""
    found = change_named(request, number)
    context = {
        "change": found,
        "counted": counted(found),
        "rows": list(_rows(found)),
        "most_rows": _MOST_ROWS,
    }
    return render(request, "history/change.html", context)


@require_safe
@in_mission
def approvals(request: Visit) -> HttpResponse:
    """What waits for a second person."""
    waiting = [
        {
            "proposal": proposal,
            "rows": list(_proposed(proposal)),
            "is_mine": proposal.by_id == request.reader.pk,
            "file": file_of(proposal) if proposal.verb == VERB else None,
        }
        for proposal in open_proposals(request.reader, request.mission)
    ]
    context = {"waiting": waiting, "may_approve": request.standing.may("approve-money")}
    return render(request, "history/approvals.html", context)


@require_POST
@in_mission
def decide(request: Visit, number: int) -> HttpResponse:
    """Approve or refuse a proposal."""
    proposal = Proposal.objects.filter(mission=request.mission, pk=number).first()
    if proposal is None:
        raise Http404
    problem = ""
    try:
        if request.POST.get("decision") == "approve":
            done = (approve_import if proposal.verb == VERB else approve)(request.reader, proposal)
            return redirect("change", request.mission.code, done.pk)
        refuse(request.reader, proposal, request.POST.get("why", "").strip()[:500])
    except AlreadyDecidedError:
        problem = "approval-decided"
    except (EditConflictError, NotReadyError):
        problem = "approval-overtaken"
    if problem:
        context = {"problem": problem}
        return render(request, "history/not_approved.html", context, status=409)
    return redirect("approvals", request.mission.code)


def _rows(change: Change) -> Iterator[RowChanged]:
    left = _MOST_ROWS
    for name in (part.table for part in counted(change)):
        states = MODELS[name].objects.of(change.mission_id)
        touched = states.filter(Q(row_opened=change) | Q(row_closed=change))
        keys = touched.order_by("row_key").values_list("row_key", flat=True).distinct()[:left]
        shown = states.filter(row_key__in=list(keys))
        before = {row.label: row for row in shown.filter(row_closed=change).rows()}
        after = {row.label: row for row in shown.filter(row_opened=change).rows()}
        for key in sorted({*before, *after}):
            was, now = before.get(key), after.get(key)
            yield RowChanged(name, key, _kind(was, now), cells_between(was, now))
            left -= 1
        if left <= 0:
            return


def _kind(before: Row | None, after: Row | None) -> str:
    if before is None:
        return "new"
    return "changed" if after is not None else "taken-out"


def _proposed(proposal: Proposal) -> Iterator[RowChanged]:
    if proposal.verb == VERB:
        for table in preview(file_of(proposal)).tables:
            for difference in table.differences[:_MOST_ROWS]:
                yield _shown(difference)
        return
    for document in proposal.edits:
        edit = read(document)
        states = MODELS[edit.table.TABLE].objects.of(proposal.mission_id).current()
        before = next(iter(states.filter(row_key=edit.key).rows()), None)
        yield RowChanged(
            edit.table.TABLE, edit.key, _kind(before, edit.row), cells_between(before, edit.row)
        )


def _shown(difference: Difference) -> RowChanged:
    edit = difference.edit
    kind = "new" if difference.is_new else "changed"
    return RowChanged(edit.table.TABLE, edit.key, kind, difference.cells)
