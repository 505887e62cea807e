"""What a sheet of the plan's workbook holds, and how it is written."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from konbit.dossier.columns import Kind, columns_of
from konbit.terms import Money, Month

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from konbit.briefing.words import Words
    from konbit.dossier.columns import Column, Row

# Columns of plans that hold a month as text.
MONTHS = frozenset({"month", "by_month", "usable_from", "arrived", "due", "until"})
SHARE_UNIT = "parts in 10,000"
# Longest text that a cell of a workbook can hold (Excel specifications and limits).
LONGEST_CELL = 32_767
_WIDEST = 60
# Heights in points; the highest that a row may be (Excel specifications and limits).
_LINE_HEIGHT = 15
_HIGHEST = 409
# Of a column's width, what text surely fits into.
_SURE = 0.88
# A little room before a text, so that it does not touch the number in the cell before.
INDENTED: dict[str, Any] = {"align": "left", "indent": 1}
_RUNS_AS_FORMULA = ("=", "+", "-", "@")


@dataclass(frozen=True, slots=True)
class Share:
    """A share in parts of ten thousand, shown as per cent."""

    parts: int


@dataclass(frozen=True, slots=True)
class Marked:
    """A value that rests on a placeholder or assumption, and is shaded."""

    value: Any


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its name, headings with units, and rows of values."""

    name: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


class Formats:
    """The formats of a workbook, made once each."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}

    def __call__(self, **properties: Any) -> Format:
        """A format with these properties, at the top of its cell."""
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format({"valign": "top", **properties})
        return self._made[key]


def write_sheet(book: Workbook, formats: Formats, sheet: Sheet) -> Worksheet:
    """A sheet with frozen, filtered headings and columns as wide as what they hold."""
    page = book.add_worksheet(sheet.name)
    head = formats(bold=True, text_wrap=True, bottom=1, **INDENTED)
    for column, heading in enumerate(sheet.headings):
        page.write_string(0, column, heading, head)
    for line, row in enumerate(sheet.rows, start=1):
        for column, value in enumerate(row):
            write_value(page, formats, line, column, value)
    page.freeze_panes(1, 1)
    if sheet.headings:
        page.autofilter(0, 0, len(sheet.rows), len(sheet.headings) - 1)
    widths = [_width(sheet, column) for column in range(len(sheet.headings))]
    for column, width in enumerate(widths):
        page.set_column(column, column, width)
    _set_heights(page, sheet, widths)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    return page


def write_value(
    page: Worksheet, formats: Formats, line: int, column: int, value: Any, **shape: Any
) -> None:
    """A value in its own type: numbers as numbers, days as days, text never as a formula.

    `shape` are properties of its format beside those that it has anyway.
    """
    shade = dict(shape)
    if isinstance(value, Marked):
        shade["bg_color"], value = "#FBE9CF", value.value
    if value is None:
        page.write_blank(line, column, None, formats(**shade))
        return
    if isinstance(value, str):
        _write_text(page, formats, line, column, value, shade)
        return
    number, num_format = _as_number(value)
    if hasattr(value, "isoformat") or isinstance(value, Month):
        page.write_datetime(line, column, number, formats(num_format=num_format, **shade))
    else:
        page.write_number(line, column, number, formats(num_format=num_format, **shade))


def _write_text(
    page: Worksheet, formats: Formats, line: int, column: int, text: str, shade: dict[str, Any]
) -> None:
    # The quote prefix keeps a text a text when somebody edits the cell or saves it as CSV.
    quoted = {"quote_prefix": True} if text.startswith(_RUNS_AS_FORMULA) else {}
    shape = formats(text_wrap=len(text) > _WIDEST, **{**INDENTED, **quoted, **shade})
    page.write_string(line, column, text[:LONGEST_CELL], shape)


def _as_number(value: Any) -> tuple[Any, str]:
    """What is written for a value, and its number format."""
    if isinstance(value, Money):
        return float(value.major), "#,##0.00;[Red]-#,##0.00"
    if isinstance(value, Share):
        return value.parts / 10_000, "0.0%"
    if isinstance(value, Month):
        return value.first_on, "mmm yyyy"
    if hasattr(value, "isoformat"):
        return value, "yyyy-mm-dd"
    return value, "#,##0.0" if isinstance(value, float) else "#,##0"


def _width(sheet: Sheet, column: int) -> float:
    heading = max((len(word) for word in sheet.headings[column].split()), default=0)
    longest = max((_length(row[column]) for row in sheet.rows[:500]), default=0)
    return min(_WIDEST, max(9, heading + 4, longest + 2))


def _set_heights(page: Worksheet, sheet: Sheet, widths: Sequence[float]) -> None:
    """Rows as high as their longest text needs: not every program finds that out on opening."""
    page.set_row(0, height_of(max(map(lines_of, sheet.headings, widths), default=1)))
    for line, row in enumerate(sheet.rows, start=1):
        lines = max(map(lines_of, row, widths), default=1)
        if lines > 1:
            page.set_row(line, height_of(lines))


def lines_of(value: Any, width: float) -> int:
    """Lines that a value takes in a column; only long texts take more than one."""
    value = value.value if isinstance(value, Marked) else value
    if not isinstance(value, str) or len(value) <= width:
        return 1
    # Fonts differ from machine to machine: rather a little room too much than a line cut.
    return len(wrap(value[:LONGEST_CELL], max(1, int(width * _SURE))))


def height_of(lines: int) -> float:
    """The height in points of a row of so many lines."""
    return min(_HIGHEST, _LINE_HEIGHT * lines)


def _length(value: Any) -> int:
    value = value.value if isinstance(value, Marked) else value
    if isinstance(value, Money):
        return len(f"{value.major:,.2f}")
    return len(str(value)) if isinstance(value, str | int) else 10


def sheet_of_rows(
    table: type[Row],
    rows: Iterable[Row],
    words: Words,
    currency: str,
    is_marked: Callable[[Row, Column], bool],
    told: Callable[[Row, str], Any],
) -> Sheet:
    """A plan table as a sheet; `is_marked` says which cells are shaded, `told` what they say."""
    columns = columns_of(table)
    headings = tuple(_heading(column, words, currency) for column in columns)
    filled = tuple(
        tuple(
            Marked(value) if is_marked(row, column) else value
            for column in columns
            for value in (_cell(told(row, column.name), column, words),)
        )
        for row in rows
    )
    return Sheet(words.table_title(table.TABLE)[:31], headings, filled)


def _heading(column: Column, words: Words, currency: str) -> str:
    code = f"column-{column.name}"
    title = words.say(code) if words.knows(code) else column.title
    unit = currency if column.kind is Kind.MONEY else _unit(column, words)
    if not unit or unit.casefold() in title.casefold():
        return title
    return words.say("with-unit", title=title, unit=unit)


def _unit(column: Column, words: Words) -> str:
    if not column.unit or column.unit == SHARE_UNIT:
        return ""
    code = f"unit-{column.unit}"
    return words.say(code) if words.knows(code) else column.unit


def _cell(value: Any, column: Column, words: Words) -> Any:
    if isinstance(value, bool):
        return words.text(value)
    if column.unit == SHARE_UNIT:
        return Share(value)
    if column.name in MONTHS and value:
        return Month.parse(value)
    return value
