"""Accepting what was proposed: the rows as their reader corrected them, all of them or none."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied

from konbit.dossier.tables.mandate import Paragraph
from konbit.web.mandates.models import Reading
from konbit.web.people.access import standing
from konbit.web.tables.actions import store
from konbit.web.tables.edits import Edit
from konbit.web.tables.mirrored import MODELS
from konbit.web.tables.references import leading_nowhere

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from konbit.dossier.columns import Row
    from konbit.terms import Finding
    from konbit.web.history.models import Change
    from konbit.web.missions.models import Mission
    from konbit.web.people.models import User

LONGEST_TEXT = 2_000_000


class NotAcceptedError(Exception):
    """What was sent makes no rows.

    Attributes:
        findings: what is wrong where.
        code: of the sentence that says it, where no finding does.
        values: of that sentence.
    """

    def __init__(self, findings: tuple[Finding, ...] = (), code: str = "", **values: Any) -> None:
        super().__init__(code or "findings")
        self.findings = findings
        self.code = code
        self.values = values


@dataclass(frozen=True, slots=True)
class Source:
    """Where a text was read: goes into every row that is made from it."""

    source: str
    source_on: date
    confidence: str


def keep_text(user: User, mission: Mission, name: str, text: str, symbol: str) -> Reading:
    """Keep a text that is to be read; the same text again is the one that is there.

    Raises:
        PermissionDenied: the user may not edit paragraphs.
    """
    if not standing(user, mission).writes(Paragraph):
        raise PermissionDenied("edit")
    digest = hashlib.sha256(text.encode()).hexdigest()
    there = Reading.objects.filter(mission=mission, digest=digest).first()
    return there or Reading.objects.create(
        mission=mission, by=user, name=name[:200], digest=digest, text=text, symbol=symbol
    )


def accept(
    user: User,
    mission: Mission,
    rows: Sequence[Row],
    seen: Mapping[tuple[str, str], int],
    *,
    why: str,
    document: str,
) -> Change | None:
    """Store the rows that are new or say something else now; none of them where nothing does.

    Args:
        user: who accepts.
        mission: whose record.
        rows: as they shall be.
        seen: number of the state of each row that its author saw, by table and key.
        why: the reason given.
        document: on which it rests.

    Raises:
        PermissionDenied: the user may not edit one of the tables.
        NotAcceptedError: a row refers to something that is not there.
        EditConflictError: somebody changed one of the rows since it was seen.
    """
    edits = [edit for row in rows if (edit := _edit(mission, row, seen)) is not None]
    if not edits:
        return None
    findings = leading_nowhere(mission, edits)
    if findings:
        raise NotAcceptedError(findings)
    return store(user, mission, "mandate-read", edits, why=why, document=document)


def _edit(mission: Mission, row: Row, seen: Mapping[tuple[str, str], int]) -> Edit | None:
    states = MODELS[row.TABLE].objects.of(mission.pk).current().filter(row_key=row.label)
    now = next(states.rows(), None)
    if now == row:
        return None
    return Edit(type(row), row.label, seen.get((row.TABLE, row.label)), row)
