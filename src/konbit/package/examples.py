"""An example row for each table of the template: what a cell looks like, of no real mission."""

from __future__ import annotations

from typing import TYPE_CHECKING

from konbit.dossier import BY_NAME, Kind
from konbit.package.characters import COMMENT
from konbit.package.layout import file_columns
from konbit.package.sheet_writing import heading_in_english

if TYPE_CHECKING:
    from collections.abc import Callable

    from konbit.dossier import Column, Row
    from konbit.package.sheet_writing import Heading

MARK = f"{COMMENT} example: "

_BY_KIND = {
    Kind.DATE: "2025-01-31",
    Kind.BOOLEAN: "no",
    Kind.COUNTRY: "XXX",
    Kind.CURRENCY: "USD",
    Kind.PCODE: "XX01",
    Kind.MONEY: "1250000.5",
}
_BY_NAME = {
    "source": "https://example.org/document",
    "used": "yes",
    "alternative_to": "",
    "superseded_on": "",
    "known_on": "",
}


def example_of(
    table: type[Row], headed: Callable[[Column], Heading] = heading_in_english
) -> tuple[str, ...]:
    """The cells of the example row, in the order of the file. The first cell is marked.

    A text is what its column is called, as it is `headed`.

    Readers pass over a row whose first cell begins with the mark.
    """
    given = ((column, _example(table, column)) for column in file_columns(table))
    texts = [headed(column).title if text is None else text for column, text in given]
    return (MARK + texts[0], *texts[1:])


def _example(table: type[Row], column: Column) -> str | None:
    """What a cell may hold; None for a text of any kind."""
    if column.name in _BY_NAME:
        return _BY_NAME[column.name]
    if column.kind is Kind.CODE:
        return _code(table)
    if column.kind is Kind.REFERENCE:
        return _code(BY_NAME[column.refers_to[0]])
    if column.kind is Kind.CHOICE:
        return column.words[0]
    if column.kind in {Kind.INTEGER, Kind.DECIMAL}:
        return _number(column)
    return _BY_KIND.get(column.kind)


def _code(table: type[Row]) -> str:
    return f"{table.TABLE.replace('_', '-')}-1"


def _number(column: Column) -> str:
    if column.kind is Kind.DECIMAL and column.maximum == 1:
        return "0.5"
    return str(max(column.minimum or 0, 6 if column.maximum is None else min(6, column.maximum)))
