"""One change in full, and what of rows waits for a second person."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from konbit.web.history.actions import AlreadyDecidedError, refuse
from konbit.web.history.models import Change, Proposal
from konbit.web.history.queries import open_proposals
from konbit.web.history.views import change_named, counted
from konbit.web.imports.actions import VERB, NotReadyError, approve_import, file_of
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
    """One row that a change made, altered or took out, or would.

    Attributes:
        is_there: whether the row has a page: what is only proposed has none yet.
    """

    table: str
    key: str
    kind: str
    cells: tuple[Cell, ...]
    is_there: bool = True


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


def waiting_rows(request: Visit) -> list[dict[str, Any]]:
    """Changes of rows that wait, the oldest first: each with its rows, or with its file."""
    return [
        {
            "proposal": proposal,
            "rows": [] if proposal.verb == VERB else list(_proposed(proposal)),
            "is_mine": proposal.by_id == request.reader.pk,
            "file": file_of(proposal) if proposal.verb == VERB else None,
        }
        for proposal in open_proposals(request.reader, request.mission).order_by("pk")
    ]


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
    edits = [read(document) for document in proposal.edits]
    keys: dict[str, list[str]] = defaultdict(list)
    for edit in edits:
        keys[edit.table.TABLE].append(edit.key)
    now = {
        (table, row.label): row
        for table, asked in keys.items()
        for row in MODELS[table]
        .objects.of(proposal.mission_id)
        .current()
        .filter(row_key__in=asked)
        .rows()
    }
    for edit in edits:
        table, before = edit.table.TABLE, now.get((edit.table.TABLE, edit.key))
        cells = cells_between(before, edit.row)
        kind, is_there = _kind(before, edit.row), before is not None
        yield RowChanged(table, edit.key, kind, cells, is_there)
