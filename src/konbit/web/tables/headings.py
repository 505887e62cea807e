"""Rows as a workbook whose headings and notes are in the reader's language.

The first row holds the names by which columns are found, the same in every language: whatever its
headings say, the file can be sent back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from konbit.package.list_writing import workbook_of
from konbit.package.sheet_writing import Heading
from konbit.web.tables.worded import column_titled

if TYPE_CHECKING:
    from collections.abc import Iterable

    from konbit.dossier import Column, Row
    from konbit.web.words import PageWords


def workbook_in(words: PageWords, table: type[Row], rows: Iterable[Row]) -> bytes:
    """Exactly these rows, told to a reader of a language; in English as the commands write them."""
    if words.language == "en":
        return workbook_of(table, rows)
    title = words.table_title(table.TABLE)
    return workbook_of(table, rows, title, lambda column: heading_of(table, column, words))


def heading_of(table: type[Row], column: Column, words: PageWords) -> Heading:
    """What a sheet says about a column of a table."""
    title = column_titled(table, column.name, words)
    title += f" ({words.unit(column)})" if column.unit else ""
    parts = [words.column_help(column)]
    parts.append(words.say("sheet-must-be-filled" if column.required else "sheet-may-be-empty"))
    parts += [shown for _, shown in words.choices(column.choices)]
    if column.refers_to:
        tables = words.listed(words.table_title(table) for table in column.refers_to)
        parts.append(words.say("sheet-refers-to", tables=tables))
    note = "\n".join([title, *(part for part in parts if part)])
    return Heading(title, note, words.say("sheet-not-in-list"))
