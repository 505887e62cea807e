"""One table as a sheet: names, titles, notes, drop-downs, rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from konbit.dossier import BY_NAME, Column, Kind, Row
from konbit.package.characters import COMMENT
from konbit.package.excel_values import as_number
from konbit.package.layout import file_columns
from konbit.terms.money import decimals_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

FIRST_ROW = 2
# Rows for which drop-downs and formats are laid out beyond those that are filled.
_ROOM = 2_000
# Longest list that a drop-down can hold in itself (Excel specifications and limits).
_LONGEST_LIST = 255
_LONGEST_TITLE = 32  # of what Excel says when a value is refused
_NOTE_WIDTH = 320
_WIDTHS = {Kind.TEXT: 28, Kind.CODE: 20, Kind.REFERENCE: 20, Kind.CHOICE: 16, Kind.MONEY: 16}


@dataclass(frozen=True, slots=True)
class Heading:
    """What a sheet says about a column, beside the name by which it is read.

    Attributes:
        title: what it is called, with its unit.
        note: what it means and may hold, line by line.
        refused: what is said of a value that is not in its list.
    """

    title: str
    note: str
    refused: str


class Formats:
    """The formats of a workbook, made once each."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}

    def __call__(self, **properties: Any) -> Format:
        """A format with these properties."""
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format({"valign": "top", **properties})
        return self._made[key]


def write_sheet(
    sheet: Worksheet,
    formats: Formats,
    table: type[Row],
    rows: Sequence[Sequence[str]],
    example: Sequence[str] = (),
    told: Callable[[Column], Heading] | None = None,
) -> None:
    """Write a table: names in row 1, titles in row 2, then the texts of its rows or an example.

    Names are the same everywhere, for a table is read by them; titles and notes are `told`.
    """
    columns = file_columns(table)
    for place, column in enumerate(columns):
        heading = (told or heading_in_english)(column)
        _write_heading(sheet, formats, place, column, heading)
        sheet.set_column(place, place, _width(column), formats(**_shape(column)))
        _offer_choices(sheet, place, column, heading, FIRST_ROW + len(rows) + _ROOM)
    currency = next((at for at, c in enumerate(columns) if c.kind is Kind.CURRENCY), None)
    for number, texts in enumerate(rows, start=FIRST_ROW):
        money = texts[currency] if currency is not None else ""
        for place, (column, text) in enumerate(zip(columns, texts, strict=True)):
            if text:
                _write_cell(sheet, formats, (number, place), column, text, money)
    for place, text in enumerate(example):
        grey = formats(italic=True, font_color="#808080", num_format="@")
        sheet.write_string(FIRST_ROW + len(rows), place, text, grey)
    sheet.freeze_panes(FIRST_ROW, 1)
    sheet.autofilter(FIRST_ROW - 1, 0, FIRST_ROW + max(len(rows), 1) - 1, len(columns) - 1)


def _write_heading(
    sheet: Worksheet, formats: Formats, place: int, column: Column, heading: Heading
) -> None:
    weight = {"bold": True} if column.required else {}
    name = formats(bg_color="#E4EAF0", **weight)
    title = formats(bg_color="#F4F6F8", italic=True, text_wrap=True, bottom=1)
    sheet.write_string(0, place, column.name, name)
    # Every title is marked, so that row 2 is passed over in whatever order columns stand.
    sheet.write_string(1, place, f"{COMMENT} {heading.title}", title)
    lines = sum(1 + len(line) // 48 for line in heading.note.split("\n"))
    size = {"width": _NOTE_WIDTH, "height": 18 * lines + 12}
    sheet.write_comment(0, place, heading.note, {**size, "author": "Konbit"})


def heading_in_english(column: Column) -> Heading:
    """What a sheet says about a column, as its definition does."""
    title = f"{column.title} ({column.unit})" if column.unit else column.title
    return Heading(title, _note(column), "This is not one of the values in the list.")


def _note(column: Column) -> str:
    parts = [column.title + (f", in {column.unit}" if column.unit else "") + "."]
    if column.help:
        parts.append(column.help)
    parts.append("Must be filled." if column.required else "May stay empty.")
    parts += [f"{word}: {meaning}" for word, meaning in column.choices]
    if column.refers_to:
        parts.append(f"A code of {' or '.join(column.refers_to)}.")
    return "\n".join(parts)


def _width(column: Column) -> int:
    return max(_WIDTHS.get(column.kind, 12), min(len(column.name) + 2, 30))


def _shape(column: Column) -> dict[str, Any]:
    """How a column shows what is typed in it. Text stays text: a spreadsheet makes 1-2 a day."""
    if column.kind is Kind.DATE:
        return {"num_format": "yyyy-mm-dd"}
    if column.kind is Kind.MONEY:
        return {"num_format": "#,##0.00"}
    if column.kind in {Kind.INTEGER, Kind.DECIMAL}:
        return {"num_format": "General"}
    return {"num_format": "@"}


def _offer_choices(
    sheet: Worksheet, place: int, column: Column, heading: Heading, last: int
) -> None:
    offered = _offered(column)
    if offered:
        options = {
            "validate": "list",
            "source": offered,
            "ignore_blank": True,
            # What is typed may be right although the list does not know it yet.
            "error_type": "warning" if column.kind is Kind.REFERENCE else "stop",
            "error_title": heading.title[:_LONGEST_TITLE],
            "error_message": heading.refused,
        }
        sheet.data_validation(FIRST_ROW, place, last, place, options)


def _offered(column: Column) -> list[str] | str:
    """What a drop-down offers: words, or the codes of the one sheet that is referred to."""
    words = ["yes", "no"] if column.kind is Kind.BOOLEAN else list(column.words)
    if words:
        return words if len(",".join(words)) <= _LONGEST_LIST else []
    if len(column.refers_to) != 1 or len(BY_NAME[column.refers_to[0]].KEY) != 1:
        return []
    # The key of a table stands in its first column.
    return f"='{column.refers_to[0]}'!$A${FIRST_ROW + 1}:$A${FIRST_ROW + _ROOM}"


def _write_cell(
    sheet: Worksheet,
    formats: Formats,
    at: tuple[int, int],
    column: Column,
    text: str,
    currency: str,
) -> None:
    """A value in its own type, if a spreadsheet can keep it exactly, and otherwise as text."""
    if column.kind is Kind.DATE:
        sheet.write_datetime(*at, date.fromisoformat(text), formats(**_shape(column)))
        return
    if column.kind in {Kind.INTEGER, Kind.DECIMAL, Kind.MONEY}:
        number = as_number(Decimal(text))
        if number is not None:
            shape = _amount_shape(currency) if column.kind is Kind.MONEY else _shape(column)
            sheet.write_number(*at, number, formats(**shape))
            return
    # The quote prefix keeps a text a text when somebody edits the cell.
    quoted = {"quote_prefix": True} if text.startswith(("=", "+", "-", "@")) else {}
    sheet.write_string(*at, text, formats(num_format="@", **quoted))


def _amount_shape(currency: str) -> dict[str, Any]:
    decimals = decimals_of(currency)
    return {"num_format": "#,##0" + (f".{'0' * decimals}" if decimals else "")}
