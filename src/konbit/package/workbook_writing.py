"""A dossier, or the empty template of one, written as an Excel workbook."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from konbit.dossier import TABLES, Dossier
from konbit.package.atomic import write_file
from konbit.package.cover import COVER, HEADINGS, cover_lines
from konbit.package.examples import example_of
from konbit.package.layout import readable_texts
from konbit.package.limits import MOST_WORKBOOK_ROWS
from konbit.package.sheet_writing import Formats, heading_in_english, write_sheet

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from xlsxwriter.workbook import Workbook

    from konbit.dossier import Column, Row
    from konbit.package.sheet_writing import Heading

# Workbooks carry a moment of making. Ours is always the same, so that the same dossier gives the
# same bytes.
_MADE_AT = datetime(2024, 1, 1, tzinfo=UTC)


def write_workbook(dossier: Dossier, path: Path) -> None:
    """Write a dossier as one Excel workbook: a cover, then a sheet a table, empty ones too.

    The same dossier gives the same bytes, and reading them gives an equal dossier. Text is never
    a formula.

    Args:
        dossier: what is written.
        path: where; a file there is replaced.

    Raises:
        ValueError: a row would not be read back as it is, or a table is too long for a workbook.
        OSError: the system refuses to write. Nothing is left half-written.
    """
    write_file(path, _workbook(dossier, with_examples=False))


@dataclass(frozen=True, slots=True)
class Told:
    """What an empty workbook says to the readers of another language.

    Names of sheets and columns, by which it is read, stay.

    Attributes:
        heading: what a sheet says about a column.
        table: what a table is called, and what it holds.
        cover: a text of the first sheet, by what it says in English.
    """

    heading: Callable[[type[Row], Column], Heading]
    table: Callable[[type[Row]], tuple[str, str]]
    cover: Callable[[str], str]


IN_ENGLISH = Told(
    heading=lambda _table, column: heading_in_english(column),
    table=lambda table: (table.TITLE, table.ABOUT),
    cover=str,
)


def write_template(path: Path, example: bool = True, told: Told | None = None) -> None:
    """Write an empty workbook with drop-downs, notes and an example row in each sheet.

    Read as it is, it is a dossier without rows: examples are not read.

    Args:
        path: where; a file there is replaced.
        example: whether each sheet has an example row.
        told: what it says to readers of another language.

    Raises:
        OSError: the system refuses to write. Nothing is left half-written.
    """
    write_file(path, _workbook(Dossier.of(()), with_examples=example, told=told or IN_ENGLISH))


def _workbook(dossier: Dossier, *, with_examples: bool, told: Told = IN_ENGLISH) -> bytes:
    texts = {table: _texts(dossier, table) for table in TABLES}
    # Here, for a folder is read and written without it.
    import xlsxwriter

    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(stream, options) as book:
        book.set_properties({"title": "Dossier", "author": "Konbit", "created": _MADE_AT})
        formats = Formats(book)
        _write_cover(book, formats, dossier, told)
        for table in TABLES:
            headed = partial(told.heading, table)
            example = example_of(table, headed) if with_examples else ()
            sheet = book.add_worksheet(table.TABLE)
            write_sheet(sheet, formats, table, texts[table], example, headed)
    return stream.getvalue()


def _texts(dossier: Dossier, table: type[Row]) -> list[tuple[str, ...]]:
    rows = dossier.rows(table)
    if len(rows) > MOST_WORKBOOK_ROWS:
        raise ValueError(f"{table.TABLE} has {len(rows)} rows: too many for a workbook")
    return [readable_texts(row) for row in rows]


def _write_cover(book: Workbook, formats: Formats, dossier: Dossier, told: Told) -> None:
    sheet = book.add_worksheet(COVER)
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 30)
    sheet.set_column(2, 2, 90)
    sheet.set_column(3, 3, 8)
    sheet.hide_gridlines(2)
    wrapped = formats(text_wrap=True)
    lines = [(name, told.cover(text)) for name, text in cover_lines(dossier)]
    for number, (name, text) in enumerate(lines):
        sheet.write_string(number, 0, name, formats(bold=True))
        if text:
            sheet.merge_range(number, 1, number, 2, text, wrapped)
        sheet.set_row(number, 16 * (1 + len(text) // 110))
    top = len(lines) + 1
    for place, heading in enumerate(HEADINGS):
        sheet.write_string(top, place, told.cover(heading), formats(bold=True, bottom=1))
    for number, table in enumerate(TABLES, start=top + 1):
        name, (title, about) = table.TABLE, told.table(table)
        sheet.write_url(number, 0, f"internal:'{name}'!A1", string=name)
        sheet.write_string(number, 1, title, wrapped)
        sheet.write_string(number, 2, about, wrapped)
        sheet.set_row(number, 16 * (1 + len(about) // 80))
        sheet.write_number(number, 3, len(dossier.rows(table)), formats())
