"""A list as a workbook: exactly its rows, in a form that can be sent back as an import."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import xlsxwriter

from konbit.package.layout import file_texts
from konbit.package.sheet_writing import Formats, Heading, write_sheet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from konbit.dossier import Column, Row

_MADE_AT = datetime(2024, 1, 1, tzinfo=UTC)


def workbook_of(
    table: type[Row],
    rows: Iterable[Row],
    title: str = "",
    told: Callable[[Column], Heading] | None = None,
) -> bytes:
    """One sheet with these rows in their order; the same rows give the same bytes.

    Text is never a formula.

    Args:
        table: of the rows.
        rows: what is written.
        title: of the workbook; without one, the table's own.
        told: what is said of each column, for readers of another language.
    """
    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(stream, options) as book:
        book.set_properties(
            {"title": title or table.TITLE, "author": "Konbit", "created": _MADE_AT}
        )
        texts = [file_texts(row) for row in rows]
        write_sheet(book.add_worksheet(table.TABLE), Formats(book), table, texts, told=told)
    return stream.getvalue()
