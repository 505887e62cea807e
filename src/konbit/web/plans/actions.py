"""Freezing a revision, asking for a plan, making it, approving it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from konbit import api
from konbit.web.bridge.locks import Lock
from konbit.web.history.actions import lock
from konbit.web.history.queries import last_change
from konbit.web.people.access import demand
from konbit.web.people.acting import acting
from konbit.web.plans.archives import plan_archive
from konbit.web.plans.frozen import pack, unpack
from konbit.web.plans.living import alive, dead
from konbit.web.plans.models import Approval, Revision, Run
from konbit.web.tables.dossiers import dossier_of

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from konbit.web.missions.models import Mission
    from konbit.web.people.models import User


class NothingToFreezeError(Exception):
    """The mission has no row yet, or not exactly one that describes it."""


class NotDoneError(Exception):
    """Only a plan that was made, and broke no rule, can be approved."""


def freeze(user: User, mission: Mission, title: str = "") -> Revision:
    """Freeze the tables as they are; what was frozen before with the same rows is given again.

    Raises:
        PermissionDenied: the user may not.
        NothingToFreezeError: there is no mission's row.
    """
    with transaction.atomic():
        demand(user, mission, "freeze")
        lock(mission)
        dossier = dossier_of(mission)
        try:
            _ = dossier.mission
        except ValueError as error:
            raise NothingToFreezeError from error
        held = Revision.objects.filter(mission=mission, digest=dossier.digest).first()
        return held or Revision.objects.create(
            mission=mission,
            digest=dossier.digest,
            change=last_change(mission),
            by=user,
            content=pack(dossier),
            rows=len(dossier.all_rows),
            title=title,
        )


def ask_for_plan(user: User, revision: Revision, as_of: date, scenario: str = "") -> Run:
    """Ask for a plan; it is made in the background.

    Raises:
        PermissionDenied: the user may not.
    """
    from konbit.web.plans.work import make_plan

    demand(user, revision.mission, "plan")
    with transaction.atomic():
        run = Run.objects.create(
            mission=revision.mission,
            revision=revision,
            as_of_on=as_of,
            scenario=scenario,
            by=user,
        )
        make_plan.defer(run=run.pk, user=user.pk)
    return run


def make(run: Run) -> None:
    """Make a plan that was asked for; whatever happens, its state says so.

    While it is made it is alive, in the sense of `konbit.web.plans.living`.
    """
    with acting(run.by), alive(Lock.PLANS, run.pk):
        if not _begin(run):
            return
        dossier = unpack(bytes(run.revision.content), run.revision.digest)
        try:
            made = api.plan(
                dossier,
                run.as_of_on,
                run.scenario,
                progress=lambda step, share: _tell(run, step, share),
            )
        except api.DossierError as error:
            _end(run, "failed", trouble=[str(line) for line in str(error).splitlines()])
        except api.UnknownScenarioError:
            _end(run, "failed", trouble=["unknown-scenario"])
        except Exception:
            _end(run, "failed", trouble=["fault"])
            raise
        else:
            plan = made.plan
            _end(
                run,
                "done" if plan.is_verified else "failed",
                trouble=[] if plan.is_verified else ["not-verified"],
                digest=plan.digest,
                content=plan_archive(plan),
                covered_points=plan.covered_points,
                needed_points=plan.needed_points,
                share=1000,
            )


def tell_interrupted(mission: Mission) -> None:
    """Mark the plans of a mission whose process died while it made them, or that nobody will make.

    A plan that waits is in the queue; one that is not there any more was given up by it.
    """
    for run in Run.objects.filter(mission=mission, state="waiting"):
        queued = ProcrastinateJob.objects.filter(
            task_name="make-plan", args__run=run.pk, status__in=("todo", "doing")
        )
        if not queued.exists():
            _waiting(run).update(state="interrupted", ended_at=timezone.now())
    for run in Run.objects.filter(mission=mission, state="running"):
        with dead(Lock.PLANS, run.pk) as is_dead:
            if is_dead:
                Run.objects.filter(pk=run.pk, state="running").update(
                    state="interrupted", ended_at=timezone.now()
                )


def approve_plan(user: User, run: Run, why: str = "") -> Approval:
    """Approve a plan as second person: from then on it is the mission's approved plan.

    Raises:
        PermissionDenied: the user asked for it, or may not approve.
        NotDoneError: it was not made, or broke a rule.
    """
    demand(user, run.mission, "approve-plan")
    if run.by_id == user.pk:
        raise PermissionDenied("second-person")
    if run.state != "done":
        raise NotDoneError
    found, _ = Approval.objects.get_or_create(
        run=run, defaults={"mission": run.mission, "by": user, "why": why}
    )
    return found


def _begin(run: Run) -> bool:
    """Take the plan up, unless somebody did before."""
    return bool(_waiting(run).update(state="running", started_at=timezone.now()))


def _waiting(run: Run) -> QuerySet[Run]:
    return Run.objects.filter(pk=run.pk, state="waiting")


def _tell(run: Run, step: str, share: float) -> None:
    Run.objects.filter(pk=run.pk).update(step=step, share=int(1000 * min(1.0, max(0.0, share))))


def _end(run: Run, state: str, **more: object) -> None:
    Run.objects.filter(pk=run.pk).update(state=state, ended_at=timezone.now(), step="", **more)
