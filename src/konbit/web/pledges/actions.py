"""Steps of pledges, and papers attached to rows."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction

from konbit.dossier.tables.fund import ContributionEvent
from konbit.dossier.tables.pledge import UnitEvent
from konbit.web.history.actions import lock
from konbit.web.people.access import demand
from konbit.web.pledges.models import Attachment
from konbit.web.pledges.papers import kind_of
from konbit.web.pledges.stages import money_steps, unit_steps, units_for
from konbit.web.tables.actions import edits_row, store_or_propose
from konbit.web.tables.dossiers import dossier_of
from konbit.web.tables.edits import Edit
from konbit.web.tables.mirrored import MODELS

if TYPE_CHECKING:
    from datetime import date

    from konbit.dossier import Row
    from konbit.terms import Money
    from konbit.web.history.models import Change, Proposal
    from konbit.web.missions.models import Mission
    from konbit.web.people.access import Standing
    from konbit.web.people.models import User

_LONGEST_NAME = 200


class StepNotPossibleError(Exception):
    """The pledge cannot take this step from where it stands."""


class PaperRefusedError(Exception):
    """A paper is not taken; `code` names the sentence."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step of a pledge, with what it rests on.

    Attributes:
        stage: the stage that is reached.
        on: the day.
        source: the document or address in which it was read.
        source_on: the day of that document.
        confidence: how far it can be trusted.
        why: the reason given for entering it.
        document: the document it rests on, for the history.
    """

    stage: str
    on: date
    source: str
    source_on: date
    confidence: str
    why: str
    document: str = ""


def step_units(
    user: User, mission: Mission, offer: str, step: Step, units: int, site: str = ""
) -> Change | Proposal:
    """Units of an offer reach a stage.

    Raises:
        PermissionDenied: the user may not edit the offer's events.
        StepNotPossibleError: the offer is not where this stage can follow.
    """
    with transaction.atomic():
        lock(mission)  # where the offer stands is asked while nobody else can move it
        dossier = dossier_of(mission)
        is_next = step.stage in unit_steps(dossier, offer, step.on)
        if not is_next or units > units_for(dossier, offer, step.stage, step.on):
            raise StepNotPossibleError(step.stage)
        row = UnitEvent(
            code=_new_code(UnitEvent, mission, offer, step),
            offer=offer,
            stage=step.stage,
            on=step.on,
            units=units,
            site=site,
            source=step.source,
            source_on=step.source_on,
            confidence=step.confidence,
        )
        return _store(user, mission, "unit-step", row, step)


def step_money(
    user: User, mission: Mission, contribution: str, step: Step, amount: Money | None
) -> Change | Proposal:
    """A contribution reaches a stage; where money is promised or set free, by two people.

    Raises:
        PermissionDenied: the user may not edit the contribution's events.
        StepNotPossibleError: the contribution is not where this stage can follow.
    """
    with transaction.atomic():
        lock(mission)
        if step.stage not in money_steps(dossier_of(mission), contribution):
            raise StepNotPossibleError(step.stage)
        row = ContributionEvent(
            code=_new_code(ContributionEvent, mission, contribution, step),
            contribution=contribution,
            stage=step.stage,
            on=step.on,
            amount=amount,
            source=step.source,
            source_on=step.source_on,
            confidence=step.confidence,
        )
        return _store(user, mission, "money-step", row, step)


def attach(
    user: User, mission: Mission, table: type[Row], key: str, name: str, content: bytes
) -> Attachment:
    """Attach a paper to a row; the same paper again is the one that is there.

    Raises:
        PermissionDenied: there is no such row, or the user may change nothing of it.
        PaperRefusedError: it is too large, or of a type that is not taken.
    """
    if not attaches(demand(user, mission, "attach"), user, mission, table, key):
        raise PermissionDenied("attach")
    if len(content) > settings.LARGEST_ATTACHMENT_BYTES:
        raise PaperRefusedError("paper-large")
    kind = kind_of(content)
    if kind is None:
        raise PaperRefusedError("paper-type")
    digest = hashlib.sha256(content).hexdigest()
    place = {"mission": mission, "table": table.TABLE, "key": key, "digest": digest}
    made, _ = Attachment.objects.get_or_create(
        **place,
        defaults={"by": user, "name": name[:_LONGEST_NAME], "kind": kind, "content": content},
    )
    return made


def attaches(found: Standing, user: User, mission: Mission, table: type[Row], key: str) -> bool:
    """Whether somebody of this standing may attach papers to a row: who may change some of it."""
    states = MODELS[table.TABLE].objects.for_user(user).of(mission.pk).filter(row_key=key)
    row = next(states.order_by("-row_opened").rows(), None)
    return found.may("attach") and row is not None and edits_row(found, mission, row)


def _store(user: User, mission: Mission, verb: str, row: Row, step: Step) -> Change | Proposal:
    return store_or_propose(
        user, mission, verb, [Edit.new(row)], why=step.why, document=step.document
    )


def _new_code(table: type[Row], mission: Mission, pledge: str, step: Step) -> str:
    """A code that no event has had: pledge, stage, day, and a number where that is taken."""
    start = f"{pledge[:40]}-{step.stage}-{step.on:%Y%m%d}"
    states = MODELS[table.TABLE].objects.of(mission.pk).filter(row_key__startswith=start)
    taken = set(states.values_list("row_key", flat=True))
    numbered = (start, *(f"{start}-{n}" for n in range(2, len(taken) + 3)))
    return next(code for code in numbered if code not in taken)
