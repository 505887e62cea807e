"""Shapes of what the API takes and gives; those of rows are made from the columns of a table."""

from __future__ import annotations

from datetime import date, datetime  # noqa: TC003 - Pydantic reads them when it runs
from typing import Any, Literal

from ninja import Schema
from pydantic import ConfigDict, Field

from konbit.dossier.cells import EARLIEST, LATEST


class Shape(Schema):
    """What every shape has in common: nothing beside what is named."""

    model_config = ConfigDict(extra="forbid")


class MissionShape(Shape):
    """A mission that one may read."""

    code: str = Field(description="Names it in every address.")
    title: str = Field(description="For people.")
    host: str = Field(description="Organisation that hosts it.")
    last_change: int = Field(description="Number of its newest change; 0 when there is none.")


class ColumnShape(Shape):
    """What a column means."""

    name: str = Field(description="As in rows, files and parameters.")
    kind: str = Field(
        description="What its cells hold, such as text, integer, money, date or choice."
    )
    title: str = Field(description="For people.")
    help: str = Field(description="What it means; empty where its title says it all.")
    unit: str = Field(description="Empty for none.")
    required: bool = Field(description="Whether its cells must not be empty.")
    choices: list[str] = Field(
        description="The words that its cells may be; none where any value may."
    )
    refers_to: list[str] = Field(description="Tables of whose rows its cells hold the key.")


class TableShape(Shape):
    """A table of a mission."""

    name: str = Field(description="As in addresses and files.")
    title: str = Field(description="For people.")
    about: str = Field(description="What a row is.")
    link: str = Field(description="Link of the chain, from mandate to benchmark.")
    key: list[str] = Field(description="Columns that together name a row.")
    rows: int = Field(description="How many there are now.")
    may_edit: bool = Field(description="Whether you may edit some of its rows.")
    columns: list[ColumnShape] = Field(description="In their order.")


class DeedShape(Shape):
    """Who did what, when, why and from which document."""

    at: datetime = Field(description="When, in UTC.")
    by: str = Field(description="Who: a person, or a program by its name.")
    by_organisation: str = Field(description="Of whoever did it.")
    second: str | None = Field(description="Who agreed, where two people are needed.")
    verb: str = Field(
        description="What was done: row-saved, row-taken-out, import, unit-step, money-step…"
    )
    why: str = Field(description="The reason that was given.")
    document: str = Field(description="The document it rests on; may be empty.")


class ChangeShape(DeedShape):
    """An entry of the history."""

    number: int = Field(description="Later changes have larger numbers.")
    counts: dict[str, int] = Field(description="How many rows of each table were concerned.")


class ChangesShape(Shape):
    """A part of the feed of changes, the oldest first."""

    changes: list[ChangeShape] = Field(description="The oldest first.")
    after: int = Field(description="Ask with this next time.")
    more: bool = Field(description="Whether there are more already.")


class FindingShape(Shape):
    """Something that is wrong or worth knowing."""

    code: str = Field(description="Permanent; what it means is told in the reference of findings.")
    severity: Literal["error", "warning", "note"] = Field(
        description="A file with an error is not stored."
    )
    table: str = Field(description="Empty where it is about the whole file.")
    row: str = Field(description="Key of the row, or its line in the file.")
    column: str = Field(description="Empty where it is about the whole row.")
    values: dict[str, str] = Field(description="What the sentence speaks of, by name.")
    sentence: str = Field(description="In the language of `Accept-Language`.")


class TableDifferenceShape(Shape):
    """What a file would change in a table."""

    table: str = Field(description="Its name.")
    new: int = Field(description="Rows that are not in the record.")
    changed: int = Field(description="Rows that differ.")
    unchanged: int = Field(description="Rows that are the same.")
    not_in_file: int = Field(
        description="Rows of the record that the file does not have; they stay."
    )


class ImportShape(Shape):
    """A file that was sent, and what it would change."""

    number: int = Field(description="Names the file from here on.")
    name: str = Field(description="Of the file as it was sent.")
    digest: str = Field(description="SHA-256 of its bytes.")
    tables: list[TableDifferenceShape] = Field(description="What it would change, by table.")
    findings: list[FindingShape] = Field(description="What is wrong with it, or worth knowing.")
    can_be_stored: bool = Field(description="Whether it holds no error, and something to store.")
    needs_second_person: bool = Field(description="Whether storing it waits for a second person.")
    preview: str = Field(description="Send it back as `If-Match` to store just this.")
    change: int | None = Field(
        description="Number of the change by which it was stored; null before."
    )


class DoneShape(Shape):
    """What came of a write: a change, or a proposal that waits for a second person."""

    change: int | None = Field(None, description="Number of the change that was stored.")
    proposal: int | None = Field(None, description="Number of the proposal that waits.")


class ProposalShape(Shape):
    """A change that waits for a second person."""

    number: int = Field(description="By which it is approved or refused.")
    at: datetime = Field(description="When, in UTC.")
    by: str = Field(description="Who proposed it; another person approves.")
    verb: str = Field(description="What would be done.")
    why: str = Field(description="The reason that was given.")
    document: str = Field(description="The document it rests on; may be empty.")
    edits: list[dict[str, Any]] = Field(
        description="Rows as they would be, and the states that they would replace."
    )


class RevisionShape(Shape):
    """A frozen revision."""

    digest: str = Field(
        description="SHA-256 of what its rows say; `konbit check` prints the same for the folder."
    )
    change: int = Field(description="The last change that is in it.")
    at: datetime = Field(description="When, in UTC.")
    by: str = Field(description="Who froze it.")
    rows: int = Field(description="How many rows it has.")
    title: str = Field(description="As it was given; may be empty.")


class PlanShape(Shape):
    """A plan that was asked for."""

    number: int = Field(description="Names it from here on.")
    revision: str = Field(description="Digest of the revision it is made of.")
    as_of: date = Field(description="Only what was known on this day is read.")
    scenario: str = Field(description="Code of a scenario; empty for that of the mission.")
    state: Literal["waiting", "running", "done", "failed", "interrupted"] = Field(
        description="It can be read and approved once it is done."
    )
    step: str = Field(description="What is being done while it is made.")
    share: int = Field(description="How far it is, in thousandths.")
    digest: str = Field(description="SHA-256 of its tables; empty before it is made.")
    covered_points: int | None = Field(
        description="Weighted need that it covers; of `needed_points`."
    )
    needed_points: int | None = Field(description="Weighted need.")
    by: str = Field(description="Who asked for it; another person approves.")
    approved_by: str | None = Field(description="Null before it is approved.")
    trouble: list[str] = Field(description="Sentences on why it failed.")


class ProblemShape(Schema):
    """What went wrong (RFC 9457)."""

    model_config = ConfigDict(extra="allow")

    type: str = Field(description="Permanent name of the problem as an address.")
    title: str = Field(description="What the status means.")
    status: int = Field(description="Of HTTP.")
    code: str = Field(description="Permanent name of the problem.")
    detail: str = Field(description="One sentence, in the language of whoever asks.")


class TitleIn(Shape):
    """What a revision is called; it may be empty."""

    title: str = Field("", max_length=200, description="Such as `Before the conference`.")


class WhyIn(Shape):
    """A reason."""

    why: str = Field("", max_length=500, description="For the history, and for who asked.")


class PlanIn(Shape):
    """What a plan is asked of."""

    revision: str = Field(pattern="^[0-9a-f]{64}$", description="Digest of a frozen revision.")
    as_of: date = Field(
        ge=EARLIEST, lt=LATEST, description="Only what was known on this day is read."
    )
    scenario: str = Field(
        "", max_length=64, description="Code of a scenario; empty for that of the mission."
    )
