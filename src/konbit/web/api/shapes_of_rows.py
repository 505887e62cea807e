"""Shapes of the rows of every table, made from its columns."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from pydantic import Field, create_model

from konbit.dossier.cells import EARLIEST, LATEST, LONGEST_TEXT
from konbit.dossier.columns import Kind
from konbit.package.layout import file_columns
from konbit.web.api.shapes import Shape

if TYPE_CHECKING:
    from konbit.dossier.columns import Column, Row

_EXACT = r"^-?[0-9]{1,18}(\.[0-9]{1,12})?$"
_WHOLE = 10**18 - 1
_WHY = "One sentence that a colleague will understand in a year."
_DOCUMENT = "Letter, resolution or address on which it rests, if there is one."
_PATTERNS = {
    Kind.CODE: r"^[A-Za-z0-9][A-Za-z0-9._/-]{0,63}$",
    Kind.COUNTRY: r"^[A-Z]{3}$",
    Kind.CURRENCY: r"^[A-Z]{3}$",
    Kind.PCODE: r"^[A-Z]{2}[0-9]{0,10}$",
}


def row_shape(table: type[Row]) -> type[Shape]:
    """The shape of a row: as in its file, numbers and yes or no as such, amounts as exact text."""
    fields: dict[str, Any] = {column.name: _field(column) for column in file_columns(table)}
    return create_model(f"{table.__name__}Row", __base__=Shape, __doc__=table.ABOUT, **fields)


def held_shape(table: type[Row], row: type[Shape]) -> type[Shape]:
    """The shape of a row in the record: with the number of its state."""
    state = Field(description="Number of this state of the row: send it back as `If-Match`.")
    key = Field(description="Names the row; `/` stands between its parts.")
    fields: dict[str, Any] = {"state": (int, state), "key": (str, key), "row": (row, ...)}
    about = f"A row of {table.TITLE.lower()} as it is in the record."
    return create_model(f"{table.__name__}Held", __base__=Shape, __doc__=about, **fields)


def page_shape(table: type[Row], held: type[Shape]) -> type[Shape]:
    """The shape of a page of rows."""
    fields: dict[str, Any] = {
        "count": (int, Field(description="Rows on all pages.")),
        "page": (int, Field(description="Which page this is, from 1 on.")),
        "pages": (int, Field(description="How many pages there are.")),
        "rows": (list[held], ...),  # type: ignore[valid-type] # made just now
    }
    about = f"A page of {table.TITLE.lower()}."
    return create_model(f"{table.__name__}Page", __base__=Shape, __doc__=about, **fields)


def edit_shape(table: type[Row], row: type[Shape]) -> type[Shape]:
    """The shape of what is sent to save a row."""
    fields: dict[str, Any] = {
        "row": (row, ...),
        "why": (str, Field(min_length=1, max_length=500, description=_WHY)),
        "document": (str, Field("", max_length=200, description=_DOCUMENT)),
    }
    about = f"A row of {table.TITLE.lower()} to save, and why."
    return create_model(f"{table.__name__}Edit", __base__=Shape, __doc__=about, **fields)


def _field(column: Column) -> tuple[Any, Any]:
    kind, limits = _kind(column)
    default = ... if column.required else column.default
    if not column.required and column.default is None:
        kind = kind | None
    if isinstance(default, int) and not isinstance(default, bool) and kind is str:
        default = str(default)
    title = f"{column.title} ({column.unit})" if column.unit else column.title
    return kind, Field(default, title=title, description=_told(column), **limits)


def _told(column: Column) -> str | None:
    """What a cell means: its help, the table that it refers to, its words and what each means."""
    parts = [column.help] if column.help else []
    if column.refers_to:
        parts.append(f"Key of a row of {' or '.join(column.refers_to)}.")
    meanings = [f"{word}: {meaning}" for word, meaning in column.choices if word != meaning]
    if meanings:
        parts.append(f"{'; '.join(meanings)}.")
    return " ".join(parts) or None


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
