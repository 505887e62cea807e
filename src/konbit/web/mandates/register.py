"""The register of documents, with how far each is followed up. Pure questions to a dossier."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from konbit.dossier.tables.follow_up import CLOSED_STATES, FollowUp
from konbit.dossier.tables.mandate import Document, Paragraph

if TYPE_CHECKING:
    from datetime import date

    from konbit.dossier import Dossier


@dataclass(frozen=True, slots=True)
class Registered:
    """A document of the register.

    Attributes:
        row: the document.
        paragraphs: how many of its paragraphs are kept.
        statuses: follow-ups of its paragraphs by status, in order of status.
        overdue: follow-ups whose day is over and that are not closed.
        holds: whether it holds on the day; None where it has no end, or is not adopted yet.
    """

    row: Document
    paragraphs: int
    statuses: tuple[tuple[str, int], ...]
    overdue: int
    holds: bool | None


def register(dossier: Dossier, today: date) -> tuple[Registered, ...]:
    """Every document, the newest first."""
    documents = {p.code: p.document for p in dossier.rows(Paragraph)}
    counts = Counter(documents.values())
    statuses: dict[str, Counter[str]] = defaultdict(Counter)
    overdue: Counter[str] = Counter()
    for row in dossier.rows(FollowUp):
        document = documents.get(row.paragraph, "")
        statuses[document][row.status] += 1
        overdue[document] += is_overdue(row, today)
    return tuple(
        Registered(
            row,
            counts[row.code],
            tuple(sorted(statuses[row.code].items())),
            overdue[row.code],
            None if row.valid_until_on is None else row.adopted_on <= today < row.valid_until_on,
        )
        for row in sorted(
            dossier.rows(Document), key=lambda d: (d.adopted_on, d.code), reverse=True
        )
    )


def is_overdue(row: FollowUp, today: date) -> bool:
    """Whether a follow-up's day is over and it is not closed."""
    return row.due_on is not None and row.due_on < today and row.status not in CLOSED_STATES


def _as_printed(row: Paragraph) -> tuple[tuple[tuple[int, str], ...], ...]:
    """In the order of the text: by printed number where it was seen, else by code; 2 before 10."""
    seen = row.number if row.number_status == "confirmed" else ""
    return _natural(seen) or ((1 << 30, ""),), _natural(row.code)


def _natural(text: str) -> tuple[tuple[int, str], ...]:
    """Numbers in a text as numbers: whole numbers before words of the same place."""
    parts = re.findall(r"\d+|[^\d.,\s-]+", text)
    return tuple((int(part), "") if part.isdecimal() else (0, part) for part in parts)


@dataclass(frozen=True, slots=True)
class Outlined:
    """A paragraph of a document, its parts indented below it, and its follow-ups."""

    row: Paragraph
    level: int
    follow_ups: tuple[FollowUp, ...]


def outline(dossier: Dossier, document: str) -> tuple[Outlined, ...]:
    """The paragraphs of a document in order, each above its parts."""
    rows = sorted(
        (row for row in dossier.rows(Paragraph) if row.document == document), key=_as_printed
    )
    codes = {row.code for row in rows}
    parts: dict[str, list[Paragraph]] = defaultdict(list)
    for row in rows:
        parts[row.parent if row.parent in codes else ""].append(row)
    followed: dict[str, list[FollowUp]] = defaultdict(list)
    for follow_up in dossier.rows(FollowUp):
        followed[follow_up.paragraph].append(follow_up)
    found: list[Outlined] = []

    def lay_out(parent: str, level: int) -> None:
        for row in parts[parent]:
            found.append(Outlined(row, level, tuple(followed[row.code])))
            lay_out(row.code, level + 1)

    lay_out("", 0)
    return tuple(found)
