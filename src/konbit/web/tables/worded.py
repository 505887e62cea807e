"""Cells that are kept as text, such as those of an edit that waits, in the reader's words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from konbit.api.headings import column_named
from konbit.dossier.cells import CellError, read_cell
from konbit.dossier.columns import Kind

if TYPE_CHECKING:
    from konbit.dossier import Row
    from konbit.web.words import PageWords


def cell_worded(table: type[Row], name: str, text: str, words: PageWords) -> str:
    """A cell as the reader's language writes it: days, numbers, yes and no, words of a choice.

    What cannot be read as a value of its column is given as it is.
    """
    column = column_named(table, name)
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
