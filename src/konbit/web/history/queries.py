"""What may be asked of the history."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q

from konbit.web.history.models import Change, Comment, Proposal, Refusal
from konbit.web.people.access import readable_missions

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from konbit.web.missions.models import Mission
    from konbit.web.people.models import User


def changes_for(user: User, mission: Mission) -> QuerySet[Change]:
    """Changes of a mission that a user may see, the newest first."""
    found = Change.objects.filter(mission=mission, mission__in=readable_missions(user))
    return found.select_related("by__organisation", "second__organisation").order_by("-pk")


def changes_asked(
    found: QuerySet[Change],
    *,
    words: str = "",
    table: str = "",
    from_on: date | None = None,
    until_on: date | None = None,
) -> QuerySet[Change]:
    """Those that somebody asks for.

    Args:
        found: of these.
        words: that stand in the reason, the document or the names of who made it.
        table: of whose rows some were concerned.
        from_on: the first day (UTC).
        until_on: the day after the last.
    """
    if words:
        places = ("why", "document", "by__name", "second__name", "by__organisation__name")
        found = found.filter(reduce(or_, (Q(**{f"{p}__icontains": words}) for p in places)))
    if table:
        found = found.filter(counts__has_key=table)
    if from_on:
        found = found.filter(at__gte=datetime.combine(from_on, time(), UTC))
    if until_on:
        found = found.filter(at__lt=datetime.combine(until_on, time(), UTC))
    return found


def change_at_end_of(mission: Mission, day: date) -> int:
    """Number of the last change made by the end of a day (UTC); 0 when there was none."""
    end = datetime.combine(day + timedelta(days=1), time(), UTC)
    last = Change.objects.filter(mission=mission, at__lt=end).order_by("-pk").first()
    return last.pk if last else 0


def last_change(mission: Mission) -> int:
    """Number of the newest change; 0 when there is none."""
    last = Change.objects.filter(mission=mission).order_by("-pk").values_list("pk", flat=True)
    return next(iter(last[:1]), 0)


def open_proposals(user: User, mission: Mission) -> QuerySet[Proposal]:
    """Proposals that nobody has decided yet."""
    decided = Change.objects.filter(proposal=OuterRef("pk"))
    refused = Refusal.objects.filter(proposal=OuterRef("pk"))
    return Proposal.objects.filter(
        ~Exists(decided), ~Exists(refused), mission=mission, mission__in=readable_missions(user)
    ).select_related("by", "by__organisation")


def comments_on(user: User, mission: Mission, table: str, key: str) -> QuerySet[Comment]:
    """What was said about a row."""
    return Comment.objects.filter(
        mission=mission, mission__in=readable_missions(user), table=table, key=key
    ).select_related("by", "by__organisation")
