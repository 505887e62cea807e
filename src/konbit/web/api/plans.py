"""Revisions and plans, for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Router

from konbit.web.api.errors import ApiError, Problems
from konbit.web.api.gate import Caller, caller
from konbit.web.api.shapes import PlanIn, PlanShape, RevisionShape, TitleIn, WhyIn
from konbit.web.plans.actions import (
    NotDoneError,
    NothingToFreezeError,
    approve_plan,
    ask_for_plan,
    freeze,
    tell_interrupted,
)
from konbit.web.plans.archives import dossier_archive
from konbit.web.plans.frozen import unpack
from konbit.web.plans.queries import revisions_for, runs_for

if TYPE_CHECKING:
    from konbit.web.plans.models import Revision, Run

router = Router(tags=["Plans"])
_ZIP = "application/zip"
_LISTED = 100
_LARGEST = 2**62


@router.get(
    "/missions/{mission}/revisions",
    response={200: list[RevisionShape], **Problems},
    operation_id="list_revisions",
    summary="Frozen revisions",
)
def revisions(request: HttpRequest, mission: str) -> Any:
    """Frozen revisions, the newest first; the last hundred."""
    found = caller(request, mission)
    return [_revision(r) for r in revisions_for(found.user, found.mission)[:_LISTED]]


@router.post(
    "/missions/{mission}/revisions",
    response={200: RevisionShape, **Problems},
    operation_id="freeze",
    summary="Freeze the tables",
)
def freeze_now(request: HttpRequest, mission: str, sent: TitleIn) -> Any:
    """Freeze the tables as they are.

    A revision is named by the SHA-256 of what it says; the same rows give the same revision.
    """
    found = caller(request, mission, "freeze")
    try:
        return _revision(freeze(found.user, found.mission, sent.title))
    except NothingToFreezeError as error:
        raise ApiError(409, "nothing-to-freeze") from error


@router.get(
    "/missions/{mission}/revisions/{digest}/dossier",
    response={200: None, **Problems},
    operation_id="read_revision",
    summary="A revision as a folder",
)
def revision_dossier(request: HttpRequest, mission: str, digest: str) -> Any:
    """A revision as a zip archive of the folder that `konbit plan` reads."""
    found = _revision_named(caller(request, mission), digest)
    content = dossier_archive(unpack(bytes(found.content), found.digest))
    return HttpResponse(content, content_type=_ZIP)


@router.get(
    "/missions/{mission}/plans",
    response={200: list[PlanShape], **Problems},
    operation_id="list_plans",
    summary="Plans",
)
def plans(request: HttpRequest, mission: str) -> Any:
    """Plans that were asked for, the newest first; the last hundred."""
    found = caller(request, mission)
    tell_interrupted(found.mission)
    return [_plan(run) for run in runs_for(found.user, found.mission)[:_LISTED]]


@router.post(
    "/missions/{mission}/plans",
    response={200: PlanShape, **Problems},
    operation_id="ask_for_plan",
    summary="Ask for a plan",
)
def ask(request: HttpRequest, mission: str, sent: PlanIn) -> Any:
    """Ask for a plan of a revision.

    It is made in the background: read it until its `state` is `done`.
    """
    found = caller(request, mission, "plan")
    revision = _revision_named(found, sent.revision)
    return _plan(ask_for_plan(found.user, revision, sent.as_of, sent.scenario))


@router.get(
    "/missions/{mission}/plans/{number}",
    response={200: PlanShape, **Problems},
    operation_id="read_plan",
    summary="One plan",
)
def plan(request: HttpRequest, mission: str, number: int) -> Any:
    """How far a plan is, or what came out."""
    found = caller(request, mission)
    tell_interrupted(found.mission)
    return _plan(_run(found, number))


@router.get(
    "/missions/{mission}/plans/{number}/tables",
    response={200: None, **Problems},
    operation_id="read_plan_tables",
    summary="The tables of a plan as a folder",
)
def plan_tables(request: HttpRequest, mission: str, number: int) -> Any:
    """The tables of a plan, as a zip archive of the folder that `konbit verify` reads."""
    run = _run(caller(request, mission), number)
    if run.content is None:
        raise Http404
    return HttpResponse(bytes(run.content), content_type=_ZIP)


@router.post(
    "/missions/{mission}/plans/{number}/approve",
    response={200: PlanShape, **Problems},
    operation_id="approve_plan",
    summary="Approve a plan",
)
def approve(request: HttpRequest, mission: str, number: int, sent: WhyIn) -> Any:
    """Approve a plan that another person asked for; from then on it is the one that holds."""
    found = caller(request, mission, "approve-plan")
    run = _run(found, number)
    try:
        approve_plan(found.user, run, sent.why)
    except NotDoneError as error:
        raise ApiError(409, "not-done") from error
    return _plan(_run(found, number))


def _revision(found: Revision) -> dict[str, Any]:
    return {
        "digest": found.digest,
        "change": found.change,
        "at": found.at,
        "by": found.by.name,
        "rows": found.rows,
        "title": found.title,
    }


def _plan(run: Run) -> dict[str, Any]:
    approval = getattr(run, "approval", None)
    return {
        "number": run.pk,
        "revision": run.revision.digest,
        "as_of": run.as_of_on,
        "scenario": run.scenario,
        "state": run.state,
        "step": run.step,
        "share": run.share,
        "digest": run.digest,
        "covered_points": run.covered_points,
        "needed_points": run.needed_points,
        "by": run.by.name,
        "approved_by": approval.by.name if approval else None,
        "trouble": run.trouble,
    }


def _revision_named(found: Caller, digest: str) -> Revision:
    revision = revisions_for(found.user, found.mission).filter(digest=digest).first()
    if revision is None:
        raise Http404
    return revision


def _run(found: Caller, number: int) -> Run:
    if not 0 <= number < _LARGEST:
        raise Http404
    run = runs_for(found.user, found.mission).filter(pk=number).first()
    if run is None:
        raise Http404
    return run
