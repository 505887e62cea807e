"""What may be asked of revisions and plans."""

from __future__ import annotations

from typing import TYPE_CHECKING

from konbit.web.people.access import readable_missions
from konbit.web.plans.models import Approval, Revision, Run

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from konbit.web.missions.models import Mission
    from konbit.web.people.models import User


def revisions_for(user: User, mission: Mission) -> QuerySet[Revision]:
    """Revisions of a mission that a user may see, without their content."""
    return (
        Revision.objects.filter(mission=mission, mission__in=readable_missions(user))
        .select_related("by")
        .defer("content")
    )


def runs_for(user: User, mission: Mission) -> QuerySet[Run]:
    """Plans of a mission that a user may see, without their content."""
    return (
        Run.objects.filter(mission=mission, mission__in=readable_missions(user))
        .select_related("by", "revision", "approval", "approval__by")
        .defer("content", "revision__content")
    )


def approvable(user: User, mission: Mission) -> QuerySet[Run]:
    """Plans that were made after the one that holds, and that nobody approved."""
    made = runs_for(user, mission).filter(state="done", approval__isnull=True)
    last = Approval.objects.filter(mission=mission).values_list("run_id", flat=True).first()
    return made.filter(pk__gt=last) if last else made


def has_approved_plan(mission: Mission) -> bool:
    """Whether any plan of a mission holds."""
    return Approval.objects.filter(mission=mission).exists()


def approved_plan(mission: Mission) -> Run | None:
    """The plan that was approved last: the one that holds."""
    last = Approval.objects.filter(mission=mission).select_related("run", "run__revision").first()
    return last.run if last else None
