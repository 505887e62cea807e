"""One line of a model: a Django field that takes its limits from the column of a dossier's table.

Words (titles, help, labels of choices) stay out of the database, so that a better sentence is no
migration. Limits are in it, as checks: what the record refuses, it refuses to everybody.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models

from konbit.dossier.cells import EARLIEST, LATEST, LONGEST_TEXT
from konbit.dossier.columns import Kind, columns_of

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

    from konbit.dossier.columns import Column, Row

CODE_PATTERN = r"^[A-Za-z0-9][A-Za-z0-9._/-]{0,63}$"
PCODE_PATTERN = r"^[A-Z]{2}[0-9]{0,10}$"
THREE_LETTERS = r"^[A-Z]{3}$"
_WHOLE_DIGITS = 18
_DECIMALS = 12
# 18 digits of major units and three decimals of the finest currency.
_MINOR_DIGITS = 24


class _Checked:
    """A field with a check in the database: a condition in which `{0}` is the field itself."""

    def __init__(self, *args: Any, check: str = "", **options: Any) -> None:
        self.condition = check
        super().__init__(*args, **options)

    def deconstruct(self) -> Any:
        name, path, args, options = super().deconstruct()  # type: ignore[misc] # Django's field
        if self.condition:
            options["check"] = self.condition
        return name, path, args, options

    def db_check(self, connection: BaseDatabaseWrapper) -> str | None:
        if not self.condition:
            return None
        column = connection.ops.quote_name(self.column)  # type: ignore[attr-defined] # Django's
        return self.condition.replace("{0}", column)


class TextLine(_Checked, models.TextField):  # type: ignore[type-arg] # generic only in stubs
    """Text, codes, words of a choice."""


class WholeLine(_Checked, models.BigIntegerField):  # type: ignore[type-arg] # only in stubs
    """A whole number."""


class ExactLine(_Checked, models.DecimalField):  # type: ignore[type-arg] # generic only in stubs
    """An exact decimal, or minor units of a currency."""


class DayLine(_Checked, models.DateField):  # type: ignore[type-arg] # generic only in stubs
    """A day."""


class FlagLine(models.BooleanField):  # type: ignore[type-arg] # generic only in stubs
    """Yes or no."""


def line(table: type[Row], name: str) -> Any:
    """The field of a column, with its limits.

    Returns `Any`, so that a model can use it for values of every kind.

    Raises:
        KeyError: the table has no such column.
    """
    column = {column.name: column for column in columns_of(table)}[name]
    return _BY_KIND.get(column.kind, _text)(column)


def minor_units(table: type[Row], name: str) -> Any:
    """The field of an amount: whole minor units of the currency in `currency`.

    Raises:
        KeyError: the table has no such column.
    """
    column = {column.name: column for column in columns_of(table)}[name]
    return ExactLine(max_digits=_MINOR_DIGITS, decimal_places=0, null=not column.required)


def currency_of_amounts() -> Any:
    """The field of the currency in which the amounts of a row are."""
    return TextLine(default="", check=f"{{0}} = '' OR {{0}} ~ '{THREE_LETTERS}'")


def _text(column: Column) -> TextLine:
    return TextLine(check=_text_condition(column))


def _text_condition(column: Column) -> str:
    pattern = {
        Kind.CODE: CODE_PATTERN,
        Kind.COUNTRY: THREE_LETTERS,
        Kind.CURRENCY: THREE_LETTERS,
        Kind.PCODE: PCODE_PATTERN,
    }.get(column.kind)
    if pattern is not None:
        said = f"{{0}} ~ '{pattern}'"
    elif column.choices:
        said = f"{{0}} IN ({', '.join(repr(word) for word in column.words)})"
    else:
        shortest = 1 if column.required else 0
        return f"length({{0}}) BETWEEN {shortest} AND {LONGEST_TEXT}"
    return said if column.required or column.default else f"{{0}} = '' OR {said}"


def _between(column: Column) -> str:
    least = ">" if column.exceeds_minimum else ">="
    parts = [f"{{0}} {least} {column.minimum}"] if column.minimum is not None else []
    parts += [f"{{0}} <= {column.maximum}"] if column.maximum is not None else []
    return " AND ".join(parts)


def _nullable(column: Column) -> bool:
    return not column.required and column.default is None


def _whole(column: Column) -> WholeLine:
    return WholeLine(null=_nullable(column), check=_between(column))


def _exact(column: Column) -> ExactLine:
    return ExactLine(
        max_digits=_WHOLE_DIGITS + _DECIMALS,
        decimal_places=_DECIMALS,
        null=_nullable(column),
        check=_between(column),
    )


def _day(column: Column) -> DayLine:
    return DayLine(null=_nullable(column), check=f"{{0}} >= '{EARLIEST}' AND {{0}} < '{LATEST}'")


def _flag(_column: Column) -> FlagLine:
    return FlagLine()


_BY_KIND = {
    Kind.INTEGER: _whole,
    Kind.DECIMAL: _exact,
    Kind.DATE: _day,
    Kind.BOOLEAN: _flag,
}
