"""How a table lies in a file: which columns, in which order, with which text in each cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from konbit.dossier import Column, Kind, Row, columns_of, texts_of
from konbit.dossier.cells import CellError, read_cell
from konbit.package.characters import FORBIDDEN, is_comment, plain

if TYPE_CHECKING:
    from collections.abc import Mapping

CURRENCY = "currency"


_FILE_COLUMNS: dict[type[Row], tuple[Column, ...]] = {}


def file_columns(table: type[Row]) -> tuple[Column, ...]:
    """The columns of a table in its file: those of its rows, and the currency of its amounts.

    The column `currency` stands straight after the first amount, and may be left empty only where
    every amount may. Kept by table, for it is asked once per row.
    """
    if table not in _FILE_COLUMNS:
        _FILE_COLUMNS[table] = _with_currency(table)
    return _FILE_COLUMNS[table]


def _with_currency(table: type[Row]) -> tuple[Column, ...]:
    columns: list[Column] = []
    amounts = [c for c in columns_of(table) if c.kind is Kind.MONEY]
    for column in columns_of(table):
        columns.append(column)
        if amounts and column is amounts[0]:
            columns.append(
                Column(
                    CURRENCY,
                    Kind.CURRENCY,
                    "Currency",
                    "Of the amounts in this row.",
                    required=any(amount.required for amount in amounts),
                    source="ISO 4217",
                    default="",
                )
            )
    return tuple(columns)


def file_texts(row: Row) -> tuple[str, ...]:
    """The cells of a row in the order of `file_columns`, empty where there is nothing to say.

    Raises:
        ValueError: the row has amounts in two currencies, or a control character.
    """
    texts = texts_of(row)
    if len(_currencies(row)) > 1:
        raise ValueError(f"{row.TABLE} {row.label!r} has amounts in two currencies")
    cells = tuple(texts.get(column.name, "") for column in file_columns(type(row)))
    if FORBIDDEN.search("".join(cells)):
        raise ValueError(f"{row.TABLE} {row.label!r} has a control character")
    return cells


def _currencies(row: Row) -> set[str]:
    amounts = (getattr(row, c.name) for c in columns_of(type(row)) if c.kind is Kind.MONEY)
    return {amount.currency for amount in amounts if amount is not None}


def readable_texts(row: Row) -> tuple[str, ...]:
    """The cells of a row of a dossier, sure to be read as the same row again.

    Raises:
        ValueError: a value of the row would be read back as something else, or not at all.
    """
    texts = file_texts(row)
    columns = file_columns(type(row))
    by_name = dict(zip((c.name for c in columns), texts, strict=True))
    for column, text in zip(columns, texts, strict=True):
        if not _reads_back(row, column, text, by_name):
            raise ValueError(
                f"{row.TABLE} {row.label!r}: {column.name} would not be read back as it is"
            )
    if is_comment(texts[0]):
        raise ValueError(f"{row.TABLE} {row.label!r} would be read as a remark")
    return texts


def _reads_back(row: Row, column: Column, text: str, by_name: Mapping[str, str]) -> bool:
    if column.name == CURRENCY and not hasattr(row, CURRENCY):
        return True
    value: Any = getattr(row, column.name)
    try:
        read = read_cell(plain(text), column, by_name.get(CURRENCY, ""))
    except CellError:
        return False
    return bool(read == value)
