"""What stands around a row, for programs: its history cell by cell, comments, papers, steps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from ninja import File, Path, Router, UploadedFile

from konbit.dossier import BY_NAME
from konbit.dossier.cells import CellError, read_cell
from konbit.web.api.errors import ApiError, Problems, conflict, unreadable
from konbit.web.api.gate import Caller, caller
from konbit.web.api.known import is_known, unchanged
from konbit.web.api.shapes import DoneShape
from konbit.web.api.shapes_around import (
    CommentIn,
    CommentShape,
    MomentShape,
    PaperShape,
    StepIn,
    StepsShape,
)
from konbit.web.history.actions import comment
from konbit.web.history.models import Change
from konbit.web.history.queries import comments_on
from konbit.web.people.access import readable_missions
from konbit.web.pledges.actions import (
    PaperRefusedError,
    Step,
    StepNotPossibleError,
    attach,
    step_money,
    step_units,
)
from konbit.web.pledges.models import Attachment
from konbit.web.pledges.stages import AMOUNT, money_steps, unit_steps, units_for
from konbit.web.tables.dossiers import dossier_of
from konbit.web.tables.edits import EditConflictError
from konbit.web.tables.mirrored import MODELS
from konbit.web.tables.showing import history_of

if TYPE_CHECKING:
    from konbit.dossier import Row
    from konbit.web.history.models import Comment
    from konbit.web.tables.showing import Moment

router = Router()
_Pledge = Literal["offers", "contributions"]


@router.get(
    "/missions/{mission}/history/{table}/{path:key}",
    response={200: list[MomentShape], **Problems},
    tags=["History"],
    operation_id="read_history",
    summary="History of a row",
)
def history(request: HttpRequest, mission: str, table: str, key: Path[str]) -> Any:
    """Every state of a row, the newest first, with the cells in which each differs."""
    found = caller(request, mission)
    moments = history_of(found.user, found.mission, _table(table), key)
    if not moments:
        raise Http404
    return [_moment(moment) for moment in moments]


@router.get(
    "/missions/{mission}/comments/{table}/{path:key}",
    response={200: list[CommentShape], **Problems},
    tags=["Comments"],
    operation_id="list_comments",
    summary="Comments on a row",
)
def comments(request: HttpRequest, mission: str, table: str, key: Path[str]) -> Any:
    """What was said about a row, the oldest first."""
    found = caller(request, mission)
    _demand_row(found, table, key)
    return [_said(one) for one in comments_on(found.user, found.mission, table, key)]


@router.post(
    "/missions/{mission}/comments/{table}/{path:key}",
    response={200: CommentShape, **Problems},
    tags=["Comments"],
    operation_id="add_comment",
    summary="Comment on a row",
)
def say(request: HttpRequest, mission: str, table: str, key: Path[str], sent: CommentIn) -> Any:
    """Say something about a row."""
    found = caller(request, mission, "comment")
    _demand_row(found, table, key)
    return _said(comment(found.user, found.mission, table, key, sent.text))


@router.get(
    "/missions/{mission}/papers/{table}/{path:key}",
    response={200: list[PaperShape], **Problems},
    tags=["Papers"],
    operation_id="list_papers",
    summary="Papers of a row",
)
def papers(request: HttpRequest, mission: str, table: str, key: Path[str]) -> Any:
    """Papers attached to a row."""
    found = caller(request, mission)
    _demand_row(found, table, key)
    return [_paper(p) for p in _papers(found).filter(table=table, key=key).defer("content")]


@router.post(
    "/missions/{mission}/papers/{table}/{path:key}",
    response={200: PaperShape, **Problems},
    tags=["Papers"],
    operation_id="attach_paper",
    summary="Attach a paper",
)
def attach_paper(
    request: HttpRequest, mission: str, table: str, key: Path[str], file: File[UploadedFile]
) -> Any:
    """Attach a paper: PDF, PNG, JPEG, Word or Excel without macros, plain text."""
    found = caller(request, mission, "attach")
    kind = _demand_row(found, table, key)
    try:
        made = attach(found.user, found.mission, kind, key, file.name or "", file.read())
    except PaperRefusedError as error:
        raise ApiError(422, error.code) from error
    return _paper(made)


@router.get(
    "/missions/{mission}/paper/{digest}",
    response={200: None, **Problems},
    tags=["Papers"],
    operation_id="read_paper",
    summary="A paper itself",
)
def paper(request: HttpRequest, mission: str, digest: str) -> Any:
    """The bytes of a paper, by their SHA-256."""
    found = _papers(caller(request, mission)).filter(digest=digest)
    etag = f'"{digest}"'
    if is_known(request, etag) and found.exists():
        return unchanged(etag)
    held = found.first()
    if held is None:
        raise Http404
    return HttpResponse(bytes(held.content), content_type=held.kind, headers={"ETag": etag})


@router.get(
    "/missions/{mission}/steps/{table}/{path:key}",
    response={200: StepsShape, **Problems},
    tags=["Steps of pledges"],
    operation_id="list_steps",
    summary="Steps that a pledge may take",
)
def steps(request: HttpRequest, mission: str, table: _Pledge, key: Path[str]) -> Any:
    """The stages that a pledge may reach next today, of an offer with how many units may."""
    found = caller(request, mission)
    _demand_row(found, table, key)
    dossier = dossier_of(found.mission)
    if table == "contributions":
        return {"stages": money_steps(dossier, key)}
    today = timezone.now().date()
    stages = unit_steps(dossier, key, today)
    return {
        "stages": stages,
        "units": {stage: units_for(dossier, key, stage, today) for stage in stages},
    }


@router.post(
    "/missions/{mission}/steps/{table}/{path:key}",
    response={200: DoneShape, **Problems},
    tags=["Steps of pledges"],
    operation_id="take_step",
    summary="Enter a step of a pledge",
)
def take_step(
    request: HttpRequest, mission: str, table: _Pledge, key: Path[str], sent: StepIn
) -> Any:
    """Enter a step: units of an offer, or an amount of a contribution, reach a stage.

    Where money is promised or set free it waits for a second person: then the answer has a
    `proposal`.
    """
    found = caller(request, mission, "edit")
    _demand_row(found, table, key)
    step = Step(
        stage=sent.stage,
        on=sent.on,
        source=sent.source,
        source_on=sent.source_on,
        confidence=sent.confidence,
        why=sent.why,
        document=sent.document,
    )
    try:
        if table == "contributions":
            amount = read_cell(sent.amount, AMOUNT, sent.currency)
            done = step_money(found.user, found.mission, key, step, amount)
        else:
            done = step_units(found.user, found.mission, key, step, sent.units, sent.site)
    except CellError as error:
        raise unreadable(error) from error
    except StepNotPossibleError as error:
        raise ApiError(409, "step-not-possible") from error
    except EditConflictError as error:
        raise conflict(error) from error
    return {"change": done.pk} if isinstance(done, Change) else {"proposal": done.pk}


def _table(name: str) -> type[Row]:
    if name not in BY_NAME:
        raise Http404
    return BY_NAME[name]


def _demand_row(found: Caller, table: str, key: str) -> type[Row]:
    """The table, if it has or had such a row."""
    kind = _table(table)
    states = MODELS[table].objects.for_user(found.user).of(found.mission.pk)
    if not states.filter(row_key=key).exists():
        raise Http404
    return kind


def _papers(found: Caller) -> Any:
    return Attachment.objects.filter(
        mission=found.mission, mission__in=readable_missions(found.user)
    ).select_related("by")


def _moment(moment: Moment) -> dict[str, Any]:
    opened, closed = moment.opened, moment.change_closed
    return {
        "change": opened.pk,
        "at": opened.at,
        "by": opened.by.name,
        "by_organisation": opened.by.organisation.name,
        "second": opened.second.name if opened.second else None,
        "verb": opened.verb,
        "why": opened.why,
        "document": opened.document,
        "cells": [
            {"column": cell.column, "before": cell.before, "after": cell.after}
            for cell in moment.cells
        ],
        "closed_by": closed.pk if closed else None,
        "was_taken_out": moment.was_taken_out,
    }


def _said(one: Comment) -> dict[str, Any]:
    return {
        "at": one.at,
        "by": one.by.name,
        "by_organisation": one.by.organisation.name,
        "text": one.text,
    }


def _paper(held: Attachment) -> dict[str, Any]:
    return {
        "digest": held.digest,
        "name": held.name,
        "kind": held.kind,
        "at": held.at,
        "by": held.by.name,
    }
