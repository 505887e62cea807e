"""Missions, their tables, the feed of changes, files in and out, approvals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import File, Form, Router, UploadedFile

from konbit.dossier.columns import columns_of
from konbit.dossier.registry import TABLES
from konbit.web.api.errors import ApiError, Problems
from konbit.web.api.gate import Caller, caller
from konbit.web.api.shapes import (
    ChangesShape,
    DoneShape,
    ImportShape,
    MissionShape,
    ProposalShape,
    TableShape,
    WhyIn,
)
from konbit.web.history.actions import refuse
from konbit.web.history.models import Change, Proposal
from konbit.web.history.queries import last_change, open_proposals
from konbit.web.imports.actions import (
    VERB,
    NotReadyError,
    OvertakenError,
    approve_import,
    commit,
    take_in,
)
from konbit.web.imports.models import Import
from konbit.web.imports.preview import preview
from konbit.web.people.access import readable_missions
from konbit.web.plans.archives import dossier_archive
from konbit.web.tables.actions import approve
from konbit.web.tables.counting import current_rows
from konbit.web.tables.dossiers import dossier_of
from konbit.web.tables.edits import EditConflictError

if TYPE_CHECKING:
    from konbit.web.missions.models import Mission

router = Router()
_MOST_CHANGES = 500
_LARGEST = 2**62


@router.get("/missions", response={200: list[MissionShape], **Problems}, tags=["Missions"])
def missions(request: HttpRequest) -> Any:
    """The missions that one may read."""
    user: Any = request.user
    return [_mission(found) for found in readable_missions(user).select_related("host")]


@router.get("/missions/{mission}", response={200: MissionShape, **Problems}, tags=["Missions"])
def mission(request: HttpRequest, mission: str) -> Any:
    """One mission."""
    return _mission(caller(request, mission).mission)


@router.get(
    "/missions/{mission}/tables", response={200: list[TableShape], **Problems}, tags=["Missions"]
)
def tables(request: HttpRequest, mission: str) -> Any:
    """What each table and column means, and how many rows there are."""
    found = caller(request, mission)
    rows = current_rows(found.mission)
    return [
        {
            "name": table.TABLE,
            "title": table.TITLE,
            "about": table.ABOUT,
            "link": table.LINK,
            "key": list(table.KEY),
            "rows": rows[table.TABLE],
            "may_edit": found.standing.edits(table),
            "columns": [
                {
                    "name": column.name,
                    "kind": str(column.kind),
                    "title": column.title,
                    "help": column.help,
                    "unit": column.unit,
                    "required": column.required,
                    "choices": list(column.words),
                    "refers_to": list(column.refers_to),
                }
                for column in columns_of(table)
            ],
        }
        for table in TABLES
    ]


@router.get(
    "/missions/{mission}/changes", response={200: ChangesShape, **Problems}, tags=["History"]
)
def changes(request: HttpRequest, mission: str, after: int = 0, limit: int = 100) -> Any:
    """Changes after a number, the oldest first: ask again with `after` of the answer."""
    found = caller(request, mission)
    if not 0 <= after < _LARGEST:
        raise ApiError(422, "parameter-unreadable", parameter="after")
    limit = min(max(1, limit), _MOST_CHANGES)
    asked = (
        Change.objects.filter(mission=found.mission, pk__gt=after)
        .order_by("pk")
        .select_related("by", "by__organisation", "second")
    )
    listed = list(asked[: limit + 1])
    shown = listed[:limit]
    return {
        "changes": [_change(change) for change in shown],
        "after": shown[-1].pk if shown else after,
        "more": len(listed) > limit,
    }


@router.get("/missions/{mission}/export", tags=["Missions"], response={200: None, **Problems})
def export(request: HttpRequest, mission: str, change: int | None = None) -> Any:
    """Everything, now or after a change: a zip archive of the folder that `konbit` reads."""
    found = caller(request, mission)
    if change is not None and not 0 <= change < _LARGEST:
        raise ApiError(422, "parameter-unreadable", parameter="change")
    content = dossier_archive(dossier_of(found.mission, change))
    return HttpResponse(content, content_type="application/zip")


@router.post("/missions/{mission}/imports", response={200: ImportShape, **Problems}, tags=["Files"])
def send(
    request: HttpRequest,
    mission: str,
    file: File[UploadedFile],
    why: Form[str],
    document: Form[str] = "",
) -> Any:
    """Send a file and see what it would change; nothing is stored yet."""
    found = caller(request, mission, "import")
    sent = take_in(
        found.user,
        found.mission,
        file.name or "",
        file.read(),
        why=why[:500],
        document=document[:200],
    )
    return _import(found, sent)


@router.get(
    "/missions/{mission}/imports/{number}", response={200: ImportShape, **Problems}, tags=["Files"]
)
def sent(request: HttpRequest, mission: str, number: int) -> Any:
    """A file that was sent, and what it would change now."""
    found = caller(request, mission)
    return _import(found, _import_named(found, number))


@router.post(
    "/missions/{mission}/imports/{number}/store",
    response={200: DoneShape, **Problems},
    tags=["Files"],
)
def store(request: HttpRequest, mission: str, number: int) -> Any:
    """Store all of a file, or nothing; with `If-Match` only what the preview of that name told."""
    found = caller(request, mission, "import")
    seen = request.headers.get("If-Match", "").strip('"')
    try:
        done = commit(found.user, _import_named(found, number), seen)
    except OvertakenError as error:
        raise ApiError(412, "changed-meanwhile") from error
    except (NotReadyError, EditConflictError) as error:
        raise ApiError(409, "not-ready") from error
    return {"change": done.pk} if isinstance(done, Change) else {"proposal": done.pk}


@router.get(
    "/missions/{mission}/proposals",
    response={200: list[ProposalShape], **Problems},
    tags=["Approvals"],
)
def proposals(request: HttpRequest, mission: str) -> Any:
    """What waits for a second person."""
    found = caller(request, mission)
    return [
        {
            "number": p.pk,
            "at": p.at,
            "by": p.by.name,
            "verb": p.verb,
            "why": p.why,
            "document": p.document,
            "edits": p.edits,
        }
        for p in open_proposals(found.user, found.mission)
    ]


@router.post(
    "/missions/{mission}/proposals/{number}/approve",
    response={200: DoneShape, **Problems},
    tags=["Approvals"],
)
def approve_proposal(request: HttpRequest, mission: str, number: int) -> Any:
    """Approve as second person."""
    found = caller(request, mission, "approve-money")
    proposal = _proposal(found, number)
    try:
        deciding = approve_import if proposal.verb == VERB else approve
        return {"change": deciding(found.user, proposal).pk}
    except (NotReadyError, EditConflictError) as error:
        raise ApiError(409, "overtaken") from error


@router.post(
    "/missions/{mission}/proposals/{number}/refuse",
    response={200: DoneShape, **Problems},
    tags=["Approvals"],
)
def refuse_proposal(request: HttpRequest, mission: str, number: int, sent: WhyIn) -> Any:
    """Refuse, or take one's own back."""
    found = caller(request, mission)
    refuse(found.user, _proposal(found, number), sent.why)
    return {}


def _mission(found: Mission) -> dict[str, Any]:
    return {
        "code": found.code,
        "title": found.title,
        "host": found.host.name,
        "last_change": last_change(found),
    }


def _change(change: Change) -> dict[str, Any]:
    return {
        "number": change.pk,
        "at": change.at,
        "by": change.by.name,
        "by_organisation": change.by.organisation.name,
        "second": change.second.name if change.second else None,
        "verb": change.verb,
        "why": change.why,
        "document": change.document,
        "counts": change.counts,
    }


def _import(found: Caller, sent: Import) -> dict[str, Any]:
    seen = preview(sent)
    return {
        "number": sent.pk,
        "name": sent.name,
        "digest": sent.digest,
        "preview": seen.digest,
        "tables": [
            {
                "table": t.table.TABLE,
                "new": t.new,
                "changed": t.changed,
                "unchanged": t.unchanged,
                "not_in_file": t.not_in_file,
            }
            for t in seen.tables
        ],
        "findings": [found.told(finding) for finding in seen.findings],
        "can_be_stored": seen.can_be_stored and sent.change_id is None,
        "needs_second_person": seen.needs_second_person,
        "change": sent.change_id,
    }


def _import_named(found: Caller, number: int) -> Import:
    sent = Import.objects.filter(mission=found.mission, pk=_number(number)).first()
    if sent is None:
        raise Http404
    return sent


def _proposal(found: Caller, number: int) -> Proposal:
    proposal = Proposal.objects.filter(mission=found.mission, pk=_number(number)).first()
    if proposal is None:
        raise Http404
    return proposal


def _number(number: int) -> int:
    if not 0 <= number < _LARGEST:
        raise Http404
    return number
