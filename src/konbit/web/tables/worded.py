"""Cells that are kept as text, such as those of an edit that waits, in the reader's words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from konbit.dossier.cells import CellError, read_cell
from konbit.dossier.columns import Kind, columns_of
from konbit.package.layout import CURRENCY, file_columns

if TYPE_CHECKING:
    from konbit.dossier import Row
    from konbit.dossier.columns import Column
    from konbit.web.words import PageWords


def column_titled(table: type[Row], name: str, words: PageWords) -> str:
    """What a column of a table's file is called; its name where the table has none."""
    column = _column(table, name)
    if column is None:
        return name
    is_of_amounts = name == CURRENCY and column not in columns_of(table)
    return words.say("entry-currency") if is_of_amounts else words.column_title(column)


def cell_worded(table: type[Row], name: str, text: str, words: PageWords) -> str:
    """A cell as the reader's language writes it: days, numbers, yes and no, words of a choice.

    What cannot be read as a value of its column is given as it is.
    """
    column = _column(table, name)
    if column is None or not text:
        return text
    if column.kind is Kind.MONEY or (column.kind is Kind.INTEGER and name != "year"):
        return words.exact(text)
    if column.kind is Kind.CHOICE:
        meaning = words.choice(dict(column.choices).get(text, ""))
        return f"{text}: {meaning}" if meaning and meaning != text else text
    if column.kind not in {Kind.DATE, Kind.BOOLEAN}:
        return text
    try:
        return words.text(read_cell(text, column))
    except CellError:
        return text


def _column(table: type[Row], name: str) -> Column | None:
    return next((c for c in file_columns(table) if c.name == name), None)
