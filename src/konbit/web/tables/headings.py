"""Rows as a workbook whose headings and notes are in the reader's language.

The first row holds the names by which columns are found, the same in every language: whatever its
headings say, the file can be sent back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from konbit.api.headings import heading_of
from konbit.package.list_writing import workbook_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from konbit.dossier import Row
    from konbit.web.words import PageWords


def workbook_in(words: PageWords, table: type[Row], rows: Iterable[Row]) -> bytes:
    """Exactly these rows, told to a reader of a language; in English as the commands write them."""
    if words.language == "en":
        return workbook_of(table, rows)
    title = words.table_title(table.TABLE)
    return workbook_of(table, rows, title, lambda column: heading_of(table, column, words))
