"""Pages of revisions and plans."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csp.decorators import csp_exempt
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from konbit.briefing import brief_html
from konbit.web.people.access import demand
from konbit.web.people.rooms import Visit, in_mission
from konbit.web.plans.actions import (
    NotDoneError,
    NothingToFreezeError,
    approve_plan,
    ask_for_plan,
    freeze,
    tell_interrupted,
)
from konbit.web.plans.archives import dossier_archive, read_plan_archive
from konbit.web.plans.comparing import Compared, compared
from konbit.web.plans.forms import PlanForm
from konbit.web.plans.frozen import unpack
from konbit.web.plans.models import Revision, Run
from konbit.web.plans.queries import approved_plan, revisions_for, runs_for
from konbit.web.words import words_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from konbit.dossier import Dossier, Plan

_LISTED = 30
_BRIEFS_KEPT = 16
_ZIP = "application/zip"


@require_safe
@in_mission
def plans(request: Visit) -> HttpResponse:
    """Revisions and plans of a mission."""
    return _plans(request)


@require_POST
@in_mission
def freeze_now(request: Visit) -> HttpResponse:
    """Freeze the tables as they are."""
    try:
        made = freeze(request.reader, request.mission, request.POST.get("title", "").strip()[:200])
    except NothingToFreezeError:
        return _plans(request, status=409, problem=request.words.say("plans-nothing-to-freeze"))
    return redirect("revision", request.mission.code, made.digest)


@require_http_methods(["GET", "HEAD", "POST"])
@in_mission
def revision(request: Visit, digest: str) -> HttpResponse:
    """A revision; ask for a plan of it."""
    found = _revision(request, digest)
    dossier = _dossier(found)
    sent = request.POST if request.method == "POST" else None
    if sent is not None:
        demand(request.reader, request.mission, "plan")
    form = PlanForm(sent, dossier=dossier, words=request.words)
    if form.is_valid():
        told = form.cleaned_data
        run = ask_for_plan(request.reader, found, told["as_of"], told["scenario"])
        return redirect("run", request.mission.code, run.pk)
    context = {
        "revision": found,
        "form": form if request.standing.may("plan") else None,
        "runs": runs_for(request.reader, request.mission).filter(revision=found),
    }
    return render(request, "plans/revision.html", context, status=422 if sent else 200)


@require_safe
@in_mission
def revision_archive(request: Visit, digest: str) -> HttpResponse:
    """A revision as the folder that anybody can plan again."""
    dossier = _dossier(_revision(request, digest))
    return _download(dossier_archive(dossier), f"{request.mission.code}-{digest[:12]}.zip")


@require_safe
@in_mission
def run(request: Visit, number: int) -> HttpResponse:
    """A plan: how far it is, or what came out."""
    tell_interrupted(request.mission)
    found = _run(request, number)
    context = {
        "run": found,
        "is_going_on": found.state in {"waiting", "running"},
        "can_approve": found.state == "done"
        and request.standing.may("approve-plan")
        and found.by_id != request.reader.pk
        and not hasattr(found, "approval"),
        "may_plan": request.standing.may("plan"),
        "step": _step(request, found),
        "others": runs_for(request.reader, request.mission)
        .filter(state="done")
        .exclude(pk=found.pk)[:_LISTED],
        "trouble": [
            request.words.say(f"trouble-{line}") if request.words.knows(f"trouble-{line}") else line
            for line in found.trouble
        ],
    }
    return render(request, "plans/run.html", context)


@require_POST
@in_mission
def approve(request: Visit, number: int) -> HttpResponse:
    """Approve a plan as second person."""
    found = _run(request, number)
    try:
        approve_plan(request.reader, found, request.POST.get("why", "").strip()[:500])
    except NotDoneError as error:
        raise Http404 from error
    return redirect("run", request.mission.code, number)


@require_POST
@in_mission
def again(request: Visit, number: int) -> HttpResponse:
    """Ask for the same plan once more."""
    found = _run(request, number)
    made = ask_for_plan(request.reader, found.revision, found.as_of_on, found.scenario)
    return redirect("run", request.mission.code, made.pk)


@csp_exempt()
@gzip_page
@require_safe
@in_mission
def brief(request: Visit, number: int) -> HttpResponse:
    """The brief of a plan: a page of its own that carries its style and runs no script."""
    found = _run(request, number)
    return HttpResponse(_brief(found.pk, request.words.language, lambda: _made(found)))


@require_safe
@in_mission
def plan_archive(request: Visit, number: int) -> HttpResponse:
    """The tables of a plan."""
    found = _run(request, number)
    if found.content is None:
        raise Http404
    return _download(bytes(found.content), f"{request.mission.code}-plan-{found.pk}.zip")


@require_safe
@in_mission
def compare(request: Visit, number: int, other: int) -> HttpResponse:
    """Two plans side by side."""
    runs = [_run(request, number), _run(request, other)]
    made = [_made(found) for found in runs]
    context: dict[str, object] = {"runs": runs}
    shown: Compared = compared(made, request.words)
    return render(request, "plans/compare.html", {**context, "compared": shown})


_BRIEFS: dict[tuple[int, str], str] = {}  # a plan does not change, so neither does its brief


def _brief(run: int, language: str, made: Callable[[], tuple[Dossier, Plan]]) -> str:
    """The brief of a run in a language; the last few are kept, for figures take a second."""
    from konbit import api
    from konbit.briefing.as_html import PHONE_PX

    if (run, language) not in _BRIEFS:
        dossier, plan = made()
        view = api.PlanView(dossier, plan, language)
        while len(_BRIEFS) >= _BRIEFS_KEPT:
            _BRIEFS.pop(next(iter(_BRIEFS)), None)
        _BRIEFS[run, language] = brief_html(
            plan, dossier, view.figures(), words_in(language), slim_figures=view.figures(PHONE_PX)
        )
    return _BRIEFS[run, language]


def _plans(request: Visit, status: int = 200, problem: str = "") -> HttpResponse:
    tell_interrupted(request.mission)
    context = {
        "revisions": revisions_for(request.reader, request.mission)[:_LISTED],
        "runs": runs_for(request.reader, request.mission)[:_LISTED],
        "approved": approved_plan(request.mission),
        "may_freeze": request.standing.may("freeze"),
        "problem": problem,
    }
    return render(request, "plans/plans.html", context, status=status)


def _revision(request: Visit, digest: str) -> Revision:
    found = revisions_for(request.reader, request.mission).filter(digest=digest).first()
    if found is None:
        raise Http404
    return found


def _run(request: Visit, number: int) -> Run:
    found = runs_for(request.reader, request.mission).filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def _dossier(revision: Revision) -> Dossier:
    return unpack(bytes(revision.content), revision.digest)


def _made(run: Run) -> tuple[Dossier, Plan]:
    """The dossier and the plan of a run that is done.

    Raises:
        Http404: it is not.
    """
    if run.content is None:
        raise Http404
    plan = read_plan_archive(bytes(run.content)).plan
    if plan is None:
        raise Http404
    return _dossier(run.revision), plan


def _step(request: Visit, run: Run) -> str:
    code = f"cli-step-{run.step}"
    return request.words.say(code) if request.words.knows(code) else run.step


def _download(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=_ZIP)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
