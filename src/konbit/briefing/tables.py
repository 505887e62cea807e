"""Rows as data frames, for notebooks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from konbit.dossier.columns import Kind, columns_of
from konbit.terms import Money

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from konbit.dossier.columns import Row


def frame(rows: Iterable[Row]) -> pd.DataFrame:
    """Rows of one table as a data frame: one column for each column of the table.

    Amounts are exact decimals in major units (dtype object) with their currency in the column
    `currency`; months are texts such as `2026-04`; whole numbers that may be missing are `Int64`.
    No rows give an empty frame without columns: pandas is imported only here.
    """
    import pandas as pd

    listed = list(rows)
    if not listed:
        return pd.DataFrame()
    table = type(listed[0])
    columns: dict[str, Any] = {}
    for column in columns_of(table):
        values = [getattr(row, column.name) for row in listed]
        columns.update(_series(column.name, column.kind, values))
    return pd.DataFrame(columns)


def _series(name: str, kind: Kind, values: list[Any]) -> dict[str, Any]:
    import pandas as pd

    if kind is Kind.MONEY:
        amounts = [value.major if isinstance(value, Money) else None for value in values]
        currencies = [value.currency if isinstance(value, Money) else None for value in values]
        return {
            name: pd.Series(amounts, dtype="object"),
            "currency": pd.Series(currencies, dtype="object"),
        }
    if kind is Kind.INTEGER:
        return {name: pd.Series(values, dtype="Int64")}
    if kind is Kind.BOOLEAN:
        return {name: pd.Series(values, dtype="bool")}
    return {name: pd.Series(values, dtype="object")}
