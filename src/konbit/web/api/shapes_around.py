"""Shapes of what stands around a row: history, comments, papers, steps."""

from __future__ import annotations

from datetime import date, datetime  # noqa: TC003 - Pydantic reads them when it runs
from typing import Literal

from pydantic import Field

from konbit.dossier.cells import EARLIEST, LATEST
from konbit.dossier.facts import CONFIDENCE
from konbit.dossier.tables.fund import MONEY_SIDE_STATES, MONEY_STAGES
from konbit.dossier.tables.pledge import UNIT_SIDE_STATES, UNIT_STAGES
from konbit.web.api.shapes import DeedShape, Shape

_STAGES = tuple(dict.fromkeys((*UNIT_STAGES, *UNIT_SIDE_STATES, *MONEY_STAGES, *MONEY_SIDE_STATES)))


class CellShape(Shape):
    """A cell in which two states of a row differ; empty text for none."""

    column: str
    before: str
    after: str


class MomentShape(DeedShape):
    """One state of a row: the change that made it so, and what it changed."""

    change: int
    cells: list[CellShape]
    closed_by: int | None = Field(description="The change that ended it; null: it holds.")
    was_taken_out: bool


class CommentIn(Shape):
    """Something to say about a row."""

    text: str = Field(min_length=1, max_length=2_000)


class CommentShape(Shape):
    """What somebody said about a row."""

    at: datetime
    by: str
    by_organisation: str
    text: str


class PaperShape(Shape):
    """A paper attached to a row."""

    digest: str = Field(description="SHA-256 of its bytes, by which it is read.")
    name: str
    kind: str
    at: datetime
    by: str


class StepsShape(Shape):
    """Stages that a pledge may reach next."""

    stages: list[str]


class StepIn(Shape):
    """A step of a pledge: units for an offer, an amount for a contribution."""

    stage: Literal[_STAGES]  # type: ignore[valid-type] # the stages of the columns
    on: date = Field(ge=EARLIEST, lt=LATEST)
    units: int = Field(1, ge=1, le=1_000)
    site: str = Field("", max_length=64)
    amount: str = Field("", max_length=40, description="Exact text; empty where it is not known.")
    currency: str = Field("", pattern="^$|^[A-Z]{3}$")
    source: str = Field(min_length=1, max_length=500)
    source_on: date = Field(ge=EARLIEST, lt=LATEST)
    confidence: Literal[tuple(CONFIDENCE)]  # type: ignore[valid-type] # the words of the column
    why: str = Field(min_length=1, max_length=500)
    document: str = Field("", max_length=200)
