"""Taking a paragraph up, settling a follow-up, making and revoking the secret of a calendar."""

from __future__ import annotations

import dataclasses
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar, cast

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.utils import timezone

from konbit.dossier.cells import EARLIEST, LATEST
from konbit.dossier.columns import Row
from konbit.dossier.tables.follow_up import FollowUp
from konbit.dossier.tables.mandate import Document, Organisation, Paragraph
from konbit.package.characters import FORBIDDEN, plain
from konbit.web.mandates.models import Feed
from konbit.web.people.access import demand, standing
from konbit.web.people.digests import digest_of_secret
from konbit.web.people.models import User
from konbit.web.tables.actions import store
from konbit.web.tables.edits import Edit
from konbit.web.tables.mirrored import MODELS
from konbit.web.tables.settling import answers_for

if TYPE_CHECKING:
    from datetime import date

    from konbit.web.history.models import Change
    from konbit.web.missions.models import Mission
    from konbit.web.people.access import Standing

R = TypeVar("R", bound=Row)

MOST_FEEDS = 20  # of one user in one mission


class NotSettledError(Exception):
    """A follow-up cannot be kept like this; `code` names the sentence, `field` what is wrong."""

    def __init__(self, code: str, field: str) -> None:
        super().__init__(code)
        self.code = code
        self.field = field


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """How a follow-up stands now, and what shows it.

    Attributes:
        source: where that was read.
        source_on: day of that source.
        confidence: how far it can be trusted.
        why: the reason given for the entry.
    """

    status: str
    owner: str
    due_on: date | None
    evidence: str
    answered_on: date | None
    answered_by: str
    answer: str
    source: str
    source_on: date
    confidence: str
    why: str


def settle(user: User, mission: Mission, code: str, seen: int, told: Settled) -> Change:
    """Say how a follow-up stands; what is done is shown by a document and has a day.

    Who may not edit follow-ups, and whose organisation answers for this one, says how it stands;
    its owner and last day stay.

    Raises:
        PermissionDenied: the user may neither edit follow-ups nor settle this one.
        NotSettledError: evidence or day is missing, or a code leads nowhere.
        EditConflictError: somebody else changed it since it was seen.
    """
    held = None if FORBIDDEN.search(code) else _held(mission, FollowUp, code)
    if held is None:
        raise NotSettledError("settle-gone", "status")
    told = _plain(told)
    if not standing(user, mission).writes(FollowUp):
        told = dataclasses.replace(told, owner=held.owner, due_on=held.due_on)
    _demand_sense(mission, held.paragraph, told)
    row = dataclasses.replace(
        held,
        **{name: getattr(told, name) for name in _TOLD},
        known_on=told.answered_on if told.answered_on else held.known_on,
    )
    edit = Edit(FollowUp, code, seen, row)
    return store(user, mission, "follow-up-settled", [edit], why=told.why, document=told.evidence)


_TOLD = (
    "status", "owner", "due_on", "evidence", "answered_on", "answered_by", "answer", "source",
    "source_on", "confidence",
)  # fmt: skip


def may_settle(held: Standing, mission: Mission, row: FollowUp) -> bool:
    """Whether somebody may say how a follow-up stands."""
    if held.writes(FollowUp):
        return True
    return held.settles(FollowUp) and answers_for(mission, held.own_code, row)


def take_up(user: User, mission: Mission, paragraph: str, task: str, told: Settled) -> Change:
    """Begin to follow a paragraph up: what is to be done, by whom, by when.

    Raises:
        PermissionDenied: the user may not edit follow-ups.
        NotSettledError: as `settle`, or there is no such paragraph.
    """
    told, task = _plain(told), plain(task)
    if not task or FORBIDDEN.search(task):
        raise NotSettledError("settle-unreadable", "task")
    _demand_sense(mission, paragraph, told)
    values = {name: getattr(told, name) for name in _TOLD}
    row = FollowUp(code=_new_code(mission, paragraph), paragraph=paragraph, task=task, **values)
    return store(user, mission, "follow-up-taken-up", [Edit.new(row)], why=told.why)


def _plain(told: Settled) -> Settled:
    """What was told as cells are kept: plain characters, days that a table takes.

    Raises:
        NotSettledError: a text has control characters or says nothing, or a day is out of range.
    """
    texts: dict[str, Any] = {}
    for name in Settled.__dataclass_fields__:
        value = getattr(told, name)
        if isinstance(value, str):
            texts[name] = plain(value)
            is_empty = name == "source" and not texts[name]
            if is_empty or FORBIDDEN.search(texts[name]):
                raise NotSettledError("settle-unreadable", name)
        elif value is not None and not EARLIEST <= value < LATEST:
            raise NotSettledError("settle-range", name)
    return dataclasses.replace(told, **texts)


def _demand_sense(mission: Mission, paragraph: str, told: Settled) -> None:
    asked = _held(mission, Paragraph, paragraph)
    if asked is None:
        raise NotSettledError("settle-no-paragraph", "status")
    document = _held(mission, Document, asked.document)
    if told.status == "done" and not told.evidence:
        raise NotSettledError("settle-evidence", "evidence")
    if told.status in {"done", "partly"} and told.answered_on is None:
        raise NotSettledError("settle-day", "answered_on")
    if document and told.due_on and told.due_on < document.adopted_on:
        raise NotSettledError("settle-before", "due_on")
    for table, field in (
        (Document, "evidence"),
        (Organisation, "owner"),
        (Organisation, "answered_by"),
    ):
        value = getattr(told, field)
        if value and _held(mission, table, value) is None:
            raise NotSettledError("settle-nowhere", field)


def _held(mission: Mission, table: type[R], key: str) -> R | None:
    states = MODELS[table.TABLE].objects.of(mission.pk).current().filter(row_key=key)
    found: Any = next(states.rows(), None)
    return cast("R | None", found)


def _new_code(mission: Mission, paragraph: str) -> str:
    """A code that no follow-up has had: the paragraph's, and a number where that is taken."""
    start = f"F-{paragraph[:56]}"
    states = MODELS["follow_ups"].objects.of(mission.pk).filter(row_key__startswith=start)
    taken = set(states.values_list("row_key", flat=True))
    numbered = (start, *(f"{start}-{n}" for n in range(2, len(taken) + 3)))
    return next(code for code in numbered if code not in taken)


def make_feed(user: User, mission: Mission) -> tuple[Feed, str]:
    """A calendar address of one's own; its secret is shown once and not kept.

    Raises:
        PermissionDenied: the user does not read the mission, or has too many already.
    """
    demand(user, mission, "read")
    secret = secrets.token_urlsafe(32)
    with transaction.atomic():
        if Feed.objects.filter(user=user, mission=mission, revoked_at=None).count() >= MOST_FEEDS:
            raise PermissionDenied("feeds")
        made = Feed.objects.create(
            user=user, mission=mission, digest=digest_of_secret(secret), start=secret[:6]
        )
    return made, secret


def revoke_feed(user: User, mission: Mission, number: int) -> bool:
    """Take a calendar address of one's own back, for ever; False where there is none."""
    held = Feed.objects.filter(pk=number, user=user, mission=mission, revoked_at=None)
    return held.update(revoked_at=timezone.now()) == 1


def reader_of_feed(secret: str) -> tuple[User, int] | None:
    """Whose calendar an address is, and of which mission; None once it is revoked.

    The database tells it by the whole digest alone: it lists feeds to nobody but their owners.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT who, place FROM konbit_feed(%s)", [digest_of_secret(secret)])
        found = cursor.fetchone()
    if found is None:
        return None
    user = User.objects.filter(pk=found[0], is_active=True).first()
    return (user, int(found[1])) if user else None
