"""Rules on what becomes of a mandate: owners, days, evidence, links."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from konbit.dossier.tables.follow_up import (
    ANSWERED_STATES,
    Answer,
    FollowUp,
    ParagraphLink,
    ReportingCycle,
)
from konbit.dossier.tables.mandate import Document, Paragraph
from konbit.terms import Finding, Severity
from konbit.terms.finding import finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from konbit.dossier.checks.scope import Rule, Scope
    from konbit.dossier.dossier import Dossier

_DAYS: tuple[tuple[type[Any], str, Severity], ...] = (
    (FollowUp, "due_on", Severity.ERROR),
    (ReportingCycle, "first_due_on", Severity.ERROR),
    (FollowUp, "answered_on", Severity.WARNING),
    (Answer, "answered_on", Severity.WARNING),
)
_NEEDS_AN_OWNER = frozenset({"binding", "task"})


def done_with_evidence(scope: Scope) -> Iterator[Finding]:
    """What is said to be done can be read somewhere."""
    for row in scope.whole.rows(FollowUp):
        if row.status == "done" and not row.evidence:
            yield finding("done-without-evidence", Severity.ERROR, row.TABLE, row.label, "evidence")


def answered_with_a_day(scope: Scope) -> Iterator[Finding]:
    """What was answered was answered on a day."""
    for row in scope.whole.rows(FollowUp):
        if row.status in ANSWERED_STATES and row.answered_on is None:
            yield finding(
                "answered-without-day", Severity.WARNING, row.TABLE, row.label, "answered_on"
            )


def days_after_adoption(scope: Scope) -> Iterator[Finding]:
    """Nothing falls due, and nothing is answered, before it was asked."""
    adopted = _adoption(scope.whole)
    for table, name, severity in _DAYS:
        for row in scope.whole.rows(table):
            on, since = getattr(row, name), adopted.get(row.paragraph)
            if on is not None and since is not None and on < since:
                yield finding(
                    "day-before-adoption",
                    severity,
                    row.TABLE,
                    row.label,
                    name,
                    on=on,
                    adopted_on=since,
                )


def owners_named(scope: Scope) -> Iterator[Finding]:
    """Where follow-ups are kept, whatever binds or charges somebody now has an owner.

    Paragraphs of documents that hold on the day; a part of a paragraph is in its owner's hands.
    """
    followed = scope.known.rows(FollowUp)
    if not followed:
        return
    owned = {row.paragraph for row in followed if row.owner}
    documents = scope.known.by_code(Document)
    for row in scope.known.rows(Paragraph):
        document = documents.get(row.document)
        if row.force not in _NEEDS_AN_OWNER or row.parent or row.code in owned or not document:
            continue
        if document.valid_until_on is not None and scope.as_of_on < document.valid_until_on:
            yield finding(
                "paragraph-without-owner", Severity.WARNING, row.TABLE, row.label, force=row.force
            )


def links_fit(scope: Scope) -> Iterator[Finding]:
    """A link leads to a row of the table that it names."""
    names: dict[str, set[str]] = {}
    for row in scope.whole.all_rows:
        names.setdefault(row.TABLE, set()).add(row.label)
    for link in scope.whole.rows(ParagraphLink):
        there = any(link.linked_row in held for held in names.values())
        if there and link.linked_row not in names.get(link.linked_table, ()):
            yield finding(
                "link-row-table",
                Severity.ERROR,
                link.TABLE,
                link.label,
                "linked_row",
                value=link.linked_row,
                linked_table=link.linked_table,
            )


def cycles_have_one_rhythm(scope: Scope) -> Iterator[Finding]:
    """A report comes every so many months or every so many days, not both."""
    for row in scope.whole.rows(ReportingCycle):
        if row.every_months is not None and row.every_days is not None:
            yield finding("cycle-two-rhythms", Severity.ERROR, row.TABLE, row.label, "every_days")


def _adoption(dossier: Dossier) -> Mapping[str, date]:
    """The day on which the document of each paragraph was adopted."""
    days = {row.code: row.adopted_on for row in dossier.rows(Document)}
    return {p.code: days[p.document] for p in dossier.rows(Paragraph) if p.document in days}


RULES: tuple[Rule, ...] = (
    done_with_evidence,
    answered_with_a_day,
    days_after_adoption,
    owners_named,
    links_fit,
    cycles_have_one_rhythm,
)
