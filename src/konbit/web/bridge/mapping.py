"""Rows of a dossier to values of a model and back, by name, for every table alike."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from konbit.dossier.columns import Kind, columns_of, has_money
from konbit.terms import Money
from konbit.terms.money import EXACT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from konbit.dossier.columns import Column, Row

CURRENCY = "currency"
_MINOR = "_minor"


def field_of(column: Column) -> str:
    """Name of the field that holds a column."""
    return f"{column.name}{_MINOR}" if column.kind is Kind.MONEY else column.name


_FIELDS: dict[type[Row], tuple[str, ...]] = {}


def fields_of(table: type[Row]) -> tuple[str, ...]:
    """Names of the fields that hold a row, in the order of its columns, the currency last.

    Kept by table, for they never change and are asked for often.
    """
    if table not in _FIELDS:
        _FIELDS[table] = _read_fields(table)
    return _FIELDS[table]


def _read_fields(table: type[Row]) -> tuple[str, ...]:
    names = [field_of(column) for column in columns_of(table)]
    if has_money(table) and CURRENCY not in names:
        names.append(CURRENCY)
    return tuple(names)


def values_of(row: Row) -> dict[str, Any]:
    """The values of a row by field."""
    values: dict[str, Any] = {}
    for column in columns_of(type(row)):
        value = getattr(row, column.name)
        if column.kind is Kind.MONEY:
            values.setdefault(CURRENCY, "")
            if value is not None:
                values[CURRENCY] = value.currency
                value = value.amount_minor
        values[field_of(column)] = value
    return values


def row_of(table: type[Row], values: Sequence[Any]) -> Row:
    """The row that these values, in the order of `fields_of`, are.

    Raises:
        TypeError: a value has no place in the row.
    """
    by_field = dict(zip(fields_of(table), values, strict=True))
    return table(**{c.name: _value(by_field, c) for c in columns_of(table)})


def _value(by_field: dict[str, Any], column: Column) -> Any:
    value = by_field[field_of(column)]
    if value is None:
        return None
    if column.kind is Kind.MONEY:
        return Money(int(value), by_field[CURRENCY])
    if column.kind is Kind.DECIMAL:
        return _normal(Decimal(value))
    return value


def _normal(value: Decimal) -> Decimal:
    """A decimal as a cell is read: without zeros at its end, whole numbers without exponent."""
    if value == value.to_integral_value():
        return Decimal(int(value))
    return value.normalize(EXACT)
