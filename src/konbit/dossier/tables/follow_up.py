"""What becomes of a mandate: who answers for a paragraph, by when, who answered it, with what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from konbit.dossier.columns import choice, code, day, reference, stated_count, text
from konbit.dossier.facts import Fact

if TYPE_CHECKING:
    from datetime import date

LINKED_TABLES = {
    "requirements": "a need of the mission",
    "ceilings": "a limit on people",
    "phases": "a phase of the mission",
    "offers": "units offered",
    "contributions": "money or goods given",
    "funds": "a fund",
    "budgets": "an assessed budget",
    "funding_models": "who pays what",
    "milestones": "an event or a day",
    "indicators": "what is measured: a benchmark",
}
ANSWERED_STATES = frozenset({"partly", "done"})
CLOSED_STATES = frozenset({"done", "not_done", "overtaken"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportingCycle(Fact):
    """A report that a paragraph asks for again and again, or once on a day."""

    TABLE: ClassVar[str] = "reporting_cycles"
    TITLE: ClassVar[str] = "Reporting cycles"
    ABOUT: ClassVar[str] = "Reports that paragraphs ask for: who writes, who reads, how often."
    LINK: ClassVar[str] = "mandate"

    code: str = code("Code")
    paragraph: str = reference("paragraphs", "Paragraph")
    title: str = text("Title", required=True)
    author: str = reference("organisations", "Author", required=False)
    recipient: str = reference("organisations", "Recipient", required=False)
    first_due_on: date | None = day(
        "First due", "Empty: the text gives no day, and the calendar shows none."
    )
    every_months: int | None = stated_count("Every", unit="months", minimum=1, maximum=120)
    every_days: int | None = stated_count("Every", unit="days", minimum=1, maximum=3660)
    until_on: date | None = day(
        "Until", "First day on which no report falls due. Empty: as long as the document holds."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp(Fact):
    """What is done about a paragraph: an owner, a day, a status and its evidence."""

    TABLE: ClassVar[str] = "follow_ups"
    TITLE: ClassVar[str] = "Follow-ups"
    ABOUT: ClassVar[str] = "For a paragraph: who answers for it, by when, how it stands, on what."
    LINK: ClassVar[str] = "mandate"

    code: str = code("Code")
    paragraph: str = reference("paragraphs", "Paragraph")
    task: str = text("Task", "What is to be done, in our own words.", required=True)
    owner: str = reference("organisations", "Owner", "Who answers for it.", required=False)
    due_on: date | None = day("Due", "Last day. Empty: the text gives none.")
    cycle: str = reference(
        "reporting_cycles", "Report of", "The cycle of which this is one report.", required=False
    )
    status: str = choice(
        "Status",
        {
            "open": "nothing was found to have been done yet",
            "in_progress": "under way",
            "partly": "answered in part, or otherwise than asked",
            "done": "done; the evidence says where it can be read",
            "not_done": "refused, or the day passed and it was not done",
            "overtaken": "no longer to be done: a later decision took its place",
            "unknown": "no source was found that says how it stands",
        },
        default="open",
    )
    evidence: str = reference(
        "documents", "Evidence", "The document that shows it.", required=False
    )
    answered_on: date | None = day("Answered", "Day on which it was done or answered.")
    answered_by: str = reference("organisations", "Answered by", required=False)
    answer: str = text("Answer", "With what it was answered, in our own words.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer(Fact):
    """One answer to a paragraph that calls on many: who, with what, when."""

    TABLE: ClassVar[str] = "answers"
    TITLE: ClassVar[str] = "Answers to appeals"
    ABOUT: ClassVar[str] = "Who answered a paragraph, with which units, money or document, when."
    LINK: ClassVar[str] = "mandate"

    code: str = code("Code")
    paragraph: str = reference("paragraphs", "Paragraph")
    organisation: str = reference("organisations", "Who answered")
    answered_on: date = day("Answered", required=True)
    tie: str = choice(
        "Tie",
        {
            "stated": "a source says that this answers the paragraph",
            "inferred": "it is what was asked and came afterwards; no source ties the two",
        },
        default="inferred",
    )
    offer: str = reference("offers", "Units offered", required=False)
    contribution: str = reference("contributions", "Money or goods", required=False)
    document: str = reference("documents", "Document", required=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ParagraphLink(Fact):
    """A row of another table that a paragraph is about."""

    TABLE: ClassVar[str] = "paragraph_links"
    TITLE: ClassVar[str] = "Links of paragraphs"
    ABOUT: ClassVar[str] = "What a paragraph asks for, allows, limits, pays or is measured by."
    LINK: ClassVar[str] = "mandate"

    code: str = code("Code")
    paragraph: str = reference("paragraphs", "Paragraph")
    relation: str = choice(
        "Relation",
        {
            "asks_for": "the paragraph asks for it",
            "allows": "the paragraph allows it",
            "limits": "the paragraph limits it",
            "pays": "the paragraph says who pays it",
            "carries_out": "it carries the paragraph out",
            "measures": "it shows whether the paragraph is carried out",
        },
    )
    linked_table: str = choice("Table", LINKED_TABLES)
    linked_row: str = reference(" ".join(LINKED_TABLES), "Row")
