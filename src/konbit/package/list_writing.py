"""A list as a workbook: exactly its rows, in a form that can be sent back as an import."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import xlsxwriter

from konbit.package.layout import file_texts
from konbit.package.sheet_writing import Formats, write_sheet

if TYPE_CHECKING:
    from collections.abc import Iterable

    from konbit.dossier import Row

_MADE_AT = datetime(2024, 1, 1, tzinfo=UTC)


def workbook_of(table: type[Row], rows: Iterable[Row]) -> bytes:
    """One sheet with these rows in their order; the same rows give the same bytes.

    Text is never a formula.
    """
    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(stream, options) as book:
        book.set_properties({"title": table.TITLE, "author": "Konbit", "created": _MADE_AT})
        texts = [file_texts(row) for row in rows]
        write_sheet(book.add_worksheet(table.TABLE), Formats(book), table, texts)
    return stream.getvalue()
