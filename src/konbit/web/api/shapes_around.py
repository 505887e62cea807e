"""Shapes of what stands around a row: history, comments, papers, steps."""

from __future__ import annotations

from datetime import date, datetime  # noqa: TC003 - Pydantic reads them when it runs
from typing import Literal

from pydantic import ConfigDict, Field

from konbit.dossier.cells import EARLIEST, LATEST
from konbit.dossier.facts import CONFIDENCE
from konbit.dossier.tables.fund import MONEY_SIDE_STATES, MONEY_STAGES
from konbit.dossier.tables.pledge import UNIT_SIDE_STATES, UNIT_STAGES
from konbit.web.api.shapes import DeedShape, Shape

_STAGES = tuple(dict.fromkeys((*UNIT_STAGES, *UNIT_SIDE_STATES, *MONEY_STAGES, *MONEY_SIDE_STATES)))


class CellShape(Shape):
    """A cell in which two states of a row differ; empty text for none."""

    column: str = Field(description="Its name.")
    before: str = Field(description="As exact text.")
    after: str = Field(description="As exact text.")


class MomentShape(DeedShape):
    """One state of a row: the change that made it so, and what it changed."""

    change: int = Field(description="The change that made it so.")
    cells: list[CellShape] = Field(description="In which it differs from the state before.")
    closed_by: int | None = Field(description="The change that ended it; null: it holds.")
    was_taken_out: bool = Field(description="Whether the row was taken out after this state.")


class CommentIn(Shape):
    """Something to say about a row."""

    text: str = Field(min_length=1, max_length=2_000, description="What you say.")


class CommentShape(Shape):
    """What somebody said about a row."""

    at: datetime = Field(description="When, in UTC.")
    by: str = Field(description="Who.")
    by_organisation: str = Field(description="Of whoever said it.")
    text: str = Field(description="What was said.")


class PaperShape(Shape):
    """A paper attached to a row."""

    digest: str = Field(description="SHA-256 of its bytes, by which it is read.")
    name: str = Field(description="Of the file as it was sent.")
    kind: str = Field(description="Media type, known by its bytes.")
    at: datetime = Field(description="When, in UTC.")
    by: str = Field(description="Who attached it.")


class StepsShape(Shape):
    """Stages that a pledge may reach next, in their order."""

    stages: list[str] = Field(description="As `stage` of a step takes them.")
    units: dict[str, int] | None = Field(
        None, description="Of an offer: how many units may reach each of these stages at the most."
    )


_EXAMPLE: dict[str, str | int] = {
    "stage": "agreed",
    "on": "2026-06-01",
    "units": 2,
    "source": "Note verbale 112",
    "source_on": "2026-06-02",
    "confidence": "official",
    "why": "The memorandum was signed.",
}


class StepIn(Shape):
    """A step of a pledge: units for an offer, an amount for a contribution."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": {**_EXAMPLE}})

    stage: Literal[_STAGES] = Field(description="One of those that `GET` of this address gives.")  # type: ignore[valid-type] # the stages of the columns
    on: date = Field(ge=EARLIEST, lt=LATEST, description="The day on which it was reached.")
    units: int = Field(1, ge=1, le=1_000, description="Of an offer: how many units reach it.")
    site: str = Field("", max_length=64, description="Of an offer: code of the site of arrival.")
    amount: str = Field(
        "",
        max_length=40,
        description="Of a contribution: exact text such as `2500000.00`; empty: not known.",
    )
    currency: str = Field("", pattern="^$|^[A-Z]{3}$", description="Of the amount, ISO 4217.")
    source: str = Field(min_length=1, max_length=500, description="Where it was read.")
    source_on: date = Field(ge=EARLIEST, lt=LATEST, description="Date of the source.")
    confidence: Literal[tuple(CONFIDENCE)] = Field(description="How far it can be trusted.")  # type: ignore[valid-type] # the words of the column
    why: str = Field(min_length=1, max_length=500, description="The reason, for the history.")
    document: str = Field("", max_length=200, description="What it rests on, for the history.")
