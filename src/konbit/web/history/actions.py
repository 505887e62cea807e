"""Opening a change, proposing one, refusing one, saying something."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction

from konbit.web.bridge.locks import Lock, hold
from konbit.web.history.models import Change, Comment, Proposal, Refusal
from konbit.web.people.access import demand

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from konbit.web.missions.models import Mission
    from konbit.web.people.models import User


class AlreadyDecidedError(Exception):
    """A proposal was approved, refused or taken back before."""


def lock(mission: Mission) -> None:
    """Wait until no other change of the mission is being made; held until the transaction ends.

    Changes of one mission are made one after the other. So none is lost, none waits for another in
    a circle, and their numbers are the order in which everybody sees them.

    Raises:
        TransactionManagementError: there is no transaction.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("a change is made in a transaction")
    hold(Lock.MISSION, mission.pk)


def open_change(
    user: User,
    mission: Mission,
    verb: str,
    *,
    why: str = "",
    document: str = "",
    counts: Mapping[str, int],
    proposal: Proposal | None = None,
) -> Change:
    """The entry of a change that is now made; with a proposal, the user is the second person.

    Raises:
        PermissionDenied: nobody is their own second person.
        AlreadyDecidedError: the proposal was decided before.
    """
    lock(mission)
    if proposal is None:
        return Change.objects.create(
            mission=mission, by=user, verb=verb, why=why, document=document, counts=dict(counts)
        )
    demand_open(proposal)
    if proposal.by_id == user.pk:
        raise PermissionDenied("second-person")
    return Change.objects.create(
        mission=mission,
        by_id=proposal.by_id,
        second=user,
        proposal=proposal,
        verb=proposal.verb,
        why=proposal.why,
        document=proposal.document,
        counts=dict(counts),
    )


def propose(
    user: User,
    mission: Mission,
    verb: str,
    edits: Sequence[Mapping[str, Any]],
    *,
    why: str = "",
    document: str = "",
) -> Proposal:
    """Ask a second person for a change.

    Raises:
        PermissionDenied: the user may not edit.
    """
    demand(user, mission, "edit")
    return Proposal.objects.create(
        mission=mission, by=user, verb=verb, why=why, document=document, edits=list(edits)
    )


def refuse(user: User, proposal: Proposal, why: str) -> Refusal:
    """Refuse a proposal as second person, or take one's own back.

    Raises:
        PermissionDenied: the user is neither.
        AlreadyDecidedError: it was decided before.
    """
    with transaction.atomic():
        if proposal.by_id != user.pk:
            demand(user, proposal.mission, "approve-money")
        lock(proposal.mission)
        demand_open(proposal)
        return Refusal.objects.create(proposal=proposal, mission=proposal.mission, by=user, why=why)


def comment(user: User, mission: Mission, table: str, key: str, text: str) -> Comment:
    """Say something about a row.

    Raises:
        PermissionDenied: the user may not.
    """
    demand(user, mission, "comment")
    return Comment.objects.create(mission=mission, table=table, key=key, by=user, text=text)


def demand_open(proposal: Proposal) -> None:
    """Let a proposal pass that nobody has decided yet.

    Raises:
        AlreadyDecidedError: it was decided before.
    """
    is_refused = Refusal.objects.filter(proposal=proposal).exists()
    if is_refused or Change.objects.filter(proposal=proposal).exists():
        raise AlreadyDecidedError
