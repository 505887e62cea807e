"""Shapes of what the API takes and gives; those of rows are made from the columns of a table."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Literal

from ninja import Schema
from pydantic import ConfigDict, Field, create_model

from konbit.dossier.cells import EARLIEST, LATEST, LONGEST_TEXT
from konbit.dossier.columns import Kind
from konbit.package.layout import file_columns

if TYPE_CHECKING:
    from konbit.dossier.columns import Column, Row

_EXACT = r"^-?[0-9]{1,18}(\.[0-9]{1,12})?$"
_WHOLE = 10**18 - 1
_PATTERNS = {
    Kind.CODE: r"^[A-Za-z0-9][A-Za-z0-9._/-]{0,63}$",
    Kind.COUNTRY: r"^[A-Z]{3}$",
    Kind.CURRENCY: r"^[A-Z]{3}$",
    Kind.PCODE: r"^[A-Z]{2}[0-9]{0,10}$",
}


class Shape(Schema):
    """What every shape has in common: nothing beside what is named."""

    model_config = ConfigDict(extra="forbid")


class MissionShape(Shape):
    """A mission that one may read."""

    code: str
    title: str
    host: str
    last_change: int = Field(description="Number of its newest change; 0 when there is none.")


class ColumnShape(Shape):
    """What a column means."""

    name: str
    kind: str
    title: str
    help: str
    unit: str
    required: bool
    choices: list[str]
    refers_to: list[str]


class TableShape(Shape):
    """A table of a mission."""

    name: str
    title: str
    about: str
    link: str
    key: list[str]
    rows: int
    may_edit: bool
    columns: list[ColumnShape]


class DeedShape(Shape):
    """Who did what, when, why and from which document."""

    at: datetime
    by: str
    by_organisation: str
    second: str | None
    verb: str
    why: str
    document: str


class ChangeShape(DeedShape):
    """An entry of the history."""

    number: int
    counts: dict[str, int]


class ChangesShape(Shape):
    """A part of the feed of changes, the oldest first."""

    changes: list[ChangeShape]
    after: int = Field(description="Ask with this next time.")
    more: bool


class FindingShape(Shape):
    """Something that is wrong or worth knowing."""

    code: str
    severity: Literal["error", "warning", "note"]
    table: str
    row: str
    column: str
    values: dict[str, str]
    sentence: str


class TableDifferenceShape(Shape):
    """What a file would change in a table."""

    table: str
    new: int
    changed: int
    unchanged: int
    not_in_file: int


class ImportShape(Shape):
    """A file that was sent, and what it would change."""

    number: int
    name: str
    digest: str
    tables: list[TableDifferenceShape]
    findings: list[FindingShape]
    can_be_stored: bool
    needs_second_person: bool
    preview: str = Field(description="Send it back as `If-Match` to store just this.")
    change: int | None


class DoneShape(Shape):
    """What came of a write: a change, or a proposal that waits for a second person."""

    change: int | None = None
    proposal: int | None = None


class ProposalShape(Shape):
    """A change that waits for a second person."""

    number: int
    at: datetime
    by: str
    verb: str
    why: str
    document: str
    edits: list[dict[str, Any]]


class RevisionShape(Shape):
    """A frozen revision."""

    digest: str
    change: int
    at: datetime
    by: str
    rows: int
    title: str


class PlanShape(Shape):
    """A plan that was asked for."""

    number: int
    revision: str
    as_of: date
    scenario: str
    state: Literal["waiting", "running", "done", "failed", "interrupted"]
    step: str
    share: int = Field(description="How far it is, in thousandths.")
    digest: str
    covered_points: int | None
    needed_points: int | None
    by: str
    approved_by: str | None
    trouble: list[str]


class ProblemShape(Schema):
    """What went wrong (RFC 9457)."""

    model_config = ConfigDict(extra="allow")

    type: str
    title: str
    status: int
    code: str
    detail: str = Field(description="One sentence, in the language of whoever asks.")


class TitleIn(Shape):
    """A title."""

    title: str = Field("", max_length=200)


class WhyIn(Shape):
    """A reason."""

    why: str = Field("", max_length=500)


class PlanIn(Shape):
    """What a plan is asked of."""

    revision: str = Field(pattern="^[0-9a-f]{64}$")
    as_of: date = Field(ge=EARLIEST, lt=LATEST)
    scenario: str = Field("", max_length=64)


def row_shape(table: type[Row]) -> type[Shape]:
    """The shape of a row: as in its file, numbers and yes or no as such, amounts as exact text."""
    fields: dict[str, Any] = {column.name: _field(column) for column in file_columns(table)}
    return create_model(f"{table.__name__}Row", __base__=Shape, __doc__=table.ABOUT, **fields)


def held_shape(table: type[Row], row: type[Shape]) -> type[Shape]:
    """The shape of a row in the record: with the number of its state."""
    fields: dict[str, Any] = {"state": (int, ...), "key": (str, ...), "row": (row, ...)}
    return create_model(f"{table.__name__}Held", __base__=Shape, **fields)


def page_shape(table: type[Row], held: type[Shape]) -> type[Shape]:
    """The shape of a page of rows."""
    fields: dict[str, Any] = {
        "count": (int, ...),
        "page": (int, ...),
        "pages": (int, ...),
        "rows": (list[held], ...),  # type: ignore[valid-type] # made just now
    }
    return create_model(f"{table.__name__}Page", __base__=Shape, **fields)


def edit_shape(table: type[Row], row: type[Shape]) -> type[Shape]:
    """The shape of what is sent to save a row."""
    fields: dict[str, Any] = {
        "row": (row, ...),
        "why": (str, Field(min_length=1, max_length=500)),
        "document": (str, Field("", max_length=200)),
    }
    return create_model(f"{table.__name__}Edit", __base__=Shape, **fields)


def _field(column: Column) -> tuple[Any, Any]:
    kind, limits = _kind(column)
    default = ... if column.required else column.default
    if not column.required and column.default is None:
        kind = kind | None
    if isinstance(default, int) and not isinstance(default, bool) and kind is str:
        default = str(default)
    title = f"{column.title} ({column.unit})" if column.unit else column.title
    return kind, Field(default, title=title, description=column.help or None, **limits)


def _kind(column: Column) -> tuple[Any, dict[str, Any]]:
    if column.kind is Kind.INTEGER:
        low = -_WHOLE if column.minimum is None else column.minimum
        return int, {"ge": low, "le": _WHOLE if column.maximum is None else column.maximum}
    if column.kind is Kind.BOOLEAN:
        return bool, {}
    if column.kind is Kind.DATE:
        return date, {"ge": EARLIEST, "lt": LATEST}
    if column.kind is Kind.CHOICE and (column.required or column.default):
        return Literal[column.words], {}
    if column.kind in {Kind.DECIMAL, Kind.MONEY}:
        return str, {"pattern": _EXACT}
    if column.kind in _PATTERNS:
        pattern = _PATTERNS[column.kind]
        return str, {"pattern": pattern if column.required else f"^$|{pattern}"}
    return str, {"max_length": LONGEST_TEXT, **({"min_length": 1} if column.required else {})}
