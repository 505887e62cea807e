"""What becomes of a mandate: owners, days, evidence, links."""

from __future__ import annotations

from datetime import date

import pytest

from konbit.dossier import Dossier, Row
from konbit.dossier.checks import check
from konbit.dossier.tables.follow_up import Answer, FollowUp, ParagraphLink, ReportingCycle
from konbit.dossier.tables.mandate import Document, Mission, Organisation, Paragraph
from konbit.terms import Severity
from tiny_rows import AS_OF, LONG_AGO, make

MISSION = make(Mission, code="M")
BODY = make(Organisation, code="UN", kind="un")
DOCUMENT = make(
    Document,
    code="R-1",
    kind="resolution",
    adopted_on=LONG_AGO,
    valid_until_on=date(2026, 1, 1),
)
PARAGRAPH = make(Paragraph, code="1-01", document="R-1", force="binding")
OWNED = make(FollowUp, code="F-1", paragraph="1-01", owner="UN")
WORLD: tuple[Row, ...] = (MISSION, BODY, DOCUMENT, PARAGRAPH, OWNED)


def codes(*rows: Row, on: date = AS_OF) -> set[str]:
    known = {
        "done-without-evidence",
        "answered-without-day",
        "day-before-adoption",
        "paragraph-without-owner",
        "link-row-table",
        "cycle-two-rhythms",
    }
    return {found.code for found in check(Dossier.of(rows), on)} & known


def test_a_mandate_in_order_finds_nothing() -> None:
    done = make(
        FollowUp,
        code="F-2",
        paragraph="1-01",
        status="done",
        evidence="R-1",
        answered_on=LONG_AGO,
        due_on=LONG_AGO,
    )
    link = make(
        ParagraphLink,
        code="L-1",
        paragraph="1-01",
        relation="pays",
        linked_table="phases",
        linked_row="",
    )
    assert codes(*WORLD, done, link) == set()


def test_done_needs_a_document_that_shows_it() -> None:
    row = make(FollowUp, code="F-2", paragraph="1-01", status="done", answered_on=LONG_AGO)
    assert codes(*WORLD, row) == {"done-without-evidence"}
    found = check(Dossier.of((*WORLD, row)), AS_OF)
    assert {f.severity for f in found if f.code == "done-without-evidence"} == {Severity.ERROR}


@pytest.mark.parametrize("status", ["partly", "done"])
def test_what_is_answered_was_answered_on_a_day(status: str) -> None:
    row = make(FollowUp, code="F-2", paragraph="1-01", status=status, evidence="R-1")
    assert codes(*WORLD, row) == {"answered-without-day"}


@pytest.mark.parametrize(
    "row",
    [
        make(FollowUp, code="F-2", paragraph="1-01", due_on=date(2023, 12, 31)),
        make(FollowUp, code="F-2", paragraph="1-01", answered_on=date(2023, 12, 31)),
        make(ReportingCycle, code="C-1", paragraph="1-01", first_due_on=date(2023, 12, 31)),
        make(
            Answer,
            code="A-1",
            paragraph="1-01",
            organisation="UN",
            answered_on=date(2023, 12, 31),
        ),
    ],
)
def test_nothing_is_due_or_answered_before_it_was_asked(row: Row) -> None:
    assert codes(*WORLD, row) == {"day-before-adoption"}


def test_whatever_binds_now_has_an_owner_once_follow_ups_are_kept() -> None:
    other = make(Paragraph, code="1-02", document="R-1", force="task")
    part = make(Paragraph, code="1-02.a", document="R-1", force="task", parent="1-02")
    soft = make(Paragraph, code="1-03", document="R-1", force="soft")
    assert codes(*WORLD, other, part, soft) == {"paragraph-without-owner"}
    assert codes(MISSION, BODY, DOCUMENT, PARAGRAPH, other) == set()
    assert codes(*WORLD, other, on=date(2026, 1, 1)) == set()
    ownerless = make(FollowUp, code="F-2", paragraph="1-02")
    assert codes(*WORLD, other, ownerless) == {"paragraph-without-owner"}


def test_a_link_leads_into_the_table_that_it_names() -> None:
    link = make(
        ParagraphLink,
        code="L-1",
        paragraph="1-01",
        relation="pays",
        linked_table="phases",
        linked_row="UN",
    )
    assert codes(*WORLD, link) == {"link-row-table"}


def test_a_report_has_one_rhythm() -> None:
    row = make(ReportingCycle, code="C-1", paragraph="1-01", every_months=3, every_days=90)
    assert codes(*WORLD, row) == {"cycle-two-rhythms"}
