"""The tables of `konbit.dossier.tables.follow_up`, line by line.

Follow-ups, answers, reporting cycles, links of paragraphs.
"""

from __future__ import annotations

from konbit.dossier.tables import follow_up as rows
from konbit.web.bridge.lines import line
from konbit.web.tables.mirrored.base import MirroredFact


class ReportingCycle(MirroredFact):
    """Reporting cycles."""

    ROW = rows.ReportingCycle

    code = line(ROW, "code")
    paragraph = line(ROW, "paragraph")
    title = line(ROW, "title")
    author = line(ROW, "author")
    recipient = line(ROW, "recipient")
    first_due_on = line(ROW, "first_due_on")
    every_months = line(ROW, "every_months")
    every_days = line(ROW, "every_days")
    until_on = line(ROW, "until_on")

    class Meta(MirroredFact.Meta):
        db_table = "tables_reporting_cycles"


class FollowUp(MirroredFact):
    """Follow-ups."""

    ROW = rows.FollowUp

    code = line(ROW, "code")
    paragraph = line(ROW, "paragraph")
    task = line(ROW, "task")
    owner = line(ROW, "owner")
    due_on = line(ROW, "due_on")
    cycle = line(ROW, "cycle")
    status = line(ROW, "status")
    evidence = line(ROW, "evidence")
    answered_on = line(ROW, "answered_on")
    answered_by = line(ROW, "answered_by")
    answer = line(ROW, "answer")

    class Meta(MirroredFact.Meta):
        db_table = "tables_follow_ups"


class Answer(MirroredFact):
    """Answers to appeals."""

    ROW = rows.Answer

    code = line(ROW, "code")
    paragraph = line(ROW, "paragraph")
    organisation = line(ROW, "organisation")
    answered_on = line(ROW, "answered_on")
    tie = line(ROW, "tie")
    offer = line(ROW, "offer")
    contribution = line(ROW, "contribution")
    document = line(ROW, "document")

    class Meta(MirroredFact.Meta):
        db_table = "tables_answers"


class ParagraphLink(MirroredFact):
    """Links of paragraphs."""

    ROW = rows.ParagraphLink

    code = line(ROW, "code")
    paragraph = line(ROW, "paragraph")
    relation = line(ROW, "relation")
    linked_table = line(ROW, "linked_table")
    linked_row = line(ROW, "linked_row")

    class Meta(MirroredFact.Meta):
        db_table = "tables_paragraph_links"
