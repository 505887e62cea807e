"""What a sheet says of its columns to a reader of a language, beside the names that stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from konbit.dossier.columns import columns_of
from konbit.package.layout import CURRENCY, file_columns
from konbit.package.sheet_writing import Heading
from konbit.package.workbook_writing import Told

if TYPE_CHECKING:
    from konbit.briefing.words import ColumnWords
    from konbit.dossier import Column, Row


def column_named(table: type[Row], name: str) -> Column | None:
    """A column of a table's file by its name."""
    return next((c for c in file_columns(table) if c.name == name), None)


def column_titled(table: type[Row], name: str, words: ColumnWords) -> str:
    """What a column of a table's file is called; its name where the table has none."""
    column = column_named(table, name)
    if column is None:
        return name
    is_of_amounts = name == CURRENCY and column not in columns_of(table)
    return words.say("column-currency") if is_of_amounts else words.column_title(column)


def heading_of(table: type[Row], column: Column, words: ColumnWords) -> Heading:
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


def template_told(words: ColumnWords) -> Told | None:
    """What an empty workbook says to a reader of a language; nothing for its own, English."""
    if words.language == "en":
        return None
    return Told(
        heading=lambda table, column: heading_of(table, column, words),
        table=lambda table: (words.table_title(table.TABLE), words.about(table.ABOUT)),
        cover=words.on_the_cover,
    )
