"""What falls due: follow-ups, reports again and again, ends of authority."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from konbit.dossier.reporting import occurrences
from konbit.dossier.tables.follow_up import CLOSED_STATES, FollowUp, ReportingCycle
from konbit.dossier.tables.mandate import Ceiling, Document, Paragraph

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from konbit.dossier import Dossier


@dataclass(frozen=True, slots=True)
class Due:
    """Something falls due on a day.

    Attributes:
        kind: `follow-up`, `report`, `document` or `ceiling`.
        on: the day.
        table: of the row that says so.
        key: of that row.
        title: what falls due.
        owner: code of who answers for it, or empty.
        is_closed: whether it is done, or needs no doing any more.
        status: how a follow-up stands, in the words of its table; empty for everything else.
    """

    kind: str
    on: date
    table: str
    key: str
    title: str
    owner: str = ""
    is_closed: bool = False
    status: str = ""


def calendar_of(dossier: Dossier, from_on: date, until_on: date) -> tuple[Due, ...]:
    """Everything that falls due from a day up to, not including, another; in order of day."""
    found = [*_follow_ups(dossier), *_reports(dossier, until_on), *_ends(dossier)]
    chosen = [due for due in found if from_on <= due.on < until_on]
    return tuple(sorted(chosen, key=lambda due: (due.on, due.kind, due.key)))


def _follow_ups(dossier: Dossier) -> Iterator[Due]:
    for row in dossier.rows(FollowUp):
        if row.due_on is not None and row.used:
            closed = row.status in CLOSED_STATES
            yield Due(
                "follow-up", row.due_on, row.TABLE, row.code, row.task, row.owner, closed,
                str(row.status),
            )  # fmt: skip


def _reports(dossier: Dossier, until_on: date) -> Iterator[Due]:
    """Reports of cycles; those that have a follow-up of their own stand there."""
    kept = {(row.cycle, row.due_on) for row in dossier.rows(FollowUp)}
    valid = {row.code: row.valid_until_on for row in dossier.rows(Document)}
    documents = {row.code: row.document for row in dossier.rows(Paragraph)}
    for row in dossier.rows(ReportingCycle):
        end = valid.get(documents.get(row.paragraph, "")) if row.until_on is None else None
        for on in occurrences(row, min(filter(None, (end, until_on)))):
            if row.used and (row.code, on) not in kept:
                yield Due("report", on, row.TABLE, row.code, row.title, row.author)


def _ends(dossier: Dossier) -> Iterator[Due]:
    renewed = {row.renews for row in dossier.rows(Document) if row.kind != "draft"}
    for row in dossier.rows(Document):
        if row.valid_until_on is not None and row.used:
            over = row.code in renewed
            yield Due(
                "document", row.valid_until_on, row.TABLE, row.code, row.title, row.body, over
            )
    for ceiling in dossier.rows(Ceiling):
        if ceiling.until_on is not None and ceiling.used and ceiling.kind == "authorised":
            yield Due("ceiling", ceiling.until_on, ceiling.TABLE, ceiling.code, ceiling.code)
