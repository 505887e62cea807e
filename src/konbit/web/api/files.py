"""Files in, and what waits for a second person."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from ninja import File, Form, Router, UploadedFile

from konbit.web.api.errors import ApiError, Problems
from konbit.web.api.gate import Caller, caller
from konbit.web.api.shapes import DoneShape, ImportShape, ProposalShape, WhyIn
from konbit.web.history.actions import refuse
from konbit.web.history.models import Change, Proposal
from konbit.web.history.queries import open_proposals
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
from konbit.web.tables.actions import approve
from konbit.web.tables.edits import EditConflictError

router = Router()
_LARGEST = 2**62


@router.post(
    "/missions/{mission}/imports",
    response={200: ImportShape, **Problems},
    tags=["Files"],
    operation_id="send_file",
    summary="Send a file, see what it would change",
)
def send(
    request: HttpRequest,
    mission: str,
    file: File[UploadedFile],
    why: Form[str],
    document: Form[str] = "",
) -> Any:
    """Send a workbook (.xlsx) or a folder of CSV files (.zip) and see what it would change.

    Nothing is stored yet.
    """
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
    "/missions/{mission}/imports/{number}",
    response={200: ImportShape, **Problems},
    tags=["Files"],
    operation_id="read_file",
    summary="A file that was sent",
)
def sent(request: HttpRequest, mission: str, number: int) -> Any:
    """A file that was sent, and what it would change now."""
    found = caller(request, mission)
    return _import(found, _import_named(found, number))


@router.post(
    "/missions/{mission}/imports/{number}/store",
    response={200: DoneShape, **Problems},
    tags=["Files"],
    operation_id="store_file",
    summary="Store a file that was sent",
)
def store(request: HttpRequest, mission: str, number: int) -> Any:
    """Store all of a file, or nothing.

    With `If-Match` only what the preview of that name told.
    """
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
    operation_id="list_proposals",
    summary="What waits for a second person",
)
def proposals(request: HttpRequest, mission: str) -> Any:
    """Changes of rows that wait for a second person, the oldest first."""
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
    operation_id="approve_proposal",
    summary="Approve as second person",
)
def approve_proposal(request: HttpRequest, mission: str, number: int) -> Any:
    """Approve what another person proposed: it is stored at once."""
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
    operation_id="refuse_proposal",
    summary="Refuse, or take back",
)
def refuse_proposal(request: HttpRequest, mission: str, number: int, sent: WhyIn) -> Any:
    """Refuse what somebody proposed, or take back your own.

    Nothing of it is stored.
    """
    found = caller(request, mission)
    refuse(found.user, _proposal(found, number), sent.why)
    return {}


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
