"""Taking a file in, and committing it: everything in one transaction, or nothing."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from django.db import transaction

from konbit.web.history.actions import AlreadyDecidedError, demand_open, lock, propose
from konbit.web.history.models import Change, Proposal
from konbit.web.imports.models import Import
from konbit.web.imports.preview import preview
from konbit.web.people.access import demand
from konbit.web.tables.actions import store

if TYPE_CHECKING:
    from konbit.web.missions.models import Mission
    from konbit.web.people.models import User

VERB = "import"
_LONGEST_NAME = 200


class NotReadyError(Exception):
    """The file cannot be stored as it is: its preview says why."""


class OvertakenError(NotReadyError):
    """Rows changed since the file's preview was looked at, so that it would do something else."""


def take_in(
    user: User, mission: Mission, name: str, content: bytes, *, why: str = "", document: str = ""
) -> Import:
    """Keep a file as it came; nothing of the mission changes.

    Raises:
        PermissionDenied: the user may not import.
    """
    demand(user, mission, VERB)
    return Import.objects.create(
        mission=mission,
        by=user,
        name=name[:_LONGEST_NAME],
        digest=hashlib.sha256(content).hexdigest(),
        content=content,
        why=why,
        document=document,
    )


def commit(user: User, sent: Import, seen: str = "") -> Change | Proposal:
    """Store what the file changes; where money is promised or set free, propose it instead.

    What is stored is found out anew while nobody else can change the mission.

    Args:
        user: who sent it.
        sent: the file.
        seen: digest of the preview that was looked at; empty where nobody looked.

    Raises:
        PermissionDenied: the file is another's, or the user may not edit one of its rows.
        NotReadyError: nothing differs, or something stands against it.
        OvertakenError: it would do something else than what was looked at.
        AlreadyDecidedError: it was committed or proposed before.
    """
    with transaction.atomic():
        demand(user, sent.mission, VERB)
        lock(sent.mission)
        if sent.by_id != user.pk or sent.change_id or proposal_of(sent):
            raise AlreadyDecidedError
        found = preview(sent)
        if seen and seen != found.digest:
            raise OvertakenError
        if not found.can_be_stored:
            raise NotReadyError
        if found.needs_second_person:
            return propose(
                user,
                sent.mission,
                VERB,
                [{"import": sent.pk, "seen": found.digest}],
                why=sent.why,
                document=sent.document,
            )
        change = store(
            user,
            sent.mission,
            VERB,
            found.edits,
            why=sent.why,
            document=sent.document,
            references_checked=True,
        )
        _tie(sent, change)
        return change


def approve_import(user: User, proposal: Proposal) -> Change:
    """Approve, as second person, what a file changes.

    Raises:
        PermissionDenied: the user is the sender, or may not approve.
        NotReadyError: meanwhile something stands against it.
        OvertakenError: rows changed since it was proposed.
        AlreadyDecidedError: it was decided before.
    """
    with transaction.atomic():
        demand(user, proposal.mission, "approve-money")
        lock(proposal.mission)
        demand_open(proposal)
        sent = file_of(proposal)
        found = preview(sent)
        if found.digest != proposal.edits[0].get("seen", found.digest):
            raise OvertakenError
        if not found.can_be_stored:
            raise NotReadyError
        change = store(
            user, sent.mission, VERB, found.edits, proposal=proposal, references_checked=True
        )
        _tie(sent, change)
        return change


def proposal_of(sent: Import) -> Proposal | None:
    """The proposal that asks for a file's second person, if there is one."""
    return Proposal.objects.filter(
        mission=sent.mission, verb=VERB, edits__0__import=sent.pk
    ).first()


def file_of(proposal: Proposal) -> Import:
    """The file that a proposal is about.

    Raises:
        Import.DoesNotExist: it is about none.
    """
    number = int(proposal.edits[0]["import"])
    return Import.objects.get(pk=number, mission=proposal.mission)


def _tie(sent: Import, change: Change) -> None:
    Import.objects.filter(pk=sent.pk).update(change=change)
    sent.change = change
