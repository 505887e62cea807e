"""One cell: from text to value and back, exactly, by the meaning of its column."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, TypeVar

from konbit.dossier.columns import Kind
from konbit.dossier.meant import code_meant, currency_meant, day_meant, number_meant
from konbit.terms.code import is_code, is_pcode, nearest
from konbit.terms.money import CURRENCIES, EXACT, Money, decimals_of
from konbit.terms.place import COUNTRIES

if TYPE_CHECKING:
    from collections.abc import Callable

    from konbit.dossier.columns import Column

N = TypeVar("N", int, Decimal)

# Only the digits 0 to 9: other scripts' digits would be read by Python but not by other tools.
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INTEGER = re.compile(r"-?[0-9]{1,18}")
_TOO_MANY_DIGITS = re.compile(r"-?[0-9]{19,}(\.[0-9]+)?")
_LARGEST = 10**18 - 1
_DECIMAL = re.compile(r"-?[0-9]{1,18}(\.[0-9]{1,12})?")
_THREE = 3
_HUNDRED = 100
_PERCENT = re.compile("([0-9]{1,3}([.,][0-9]{1,6})?)[ \u00a0\u202f]?%")
_THOUSANDS = re.compile(r"-?\d{1,3}[.,]\d{3}")  # 1.000 may be a thousand, or one with decimals
# Also what spreadsheets of these languages write for a logical value.
_YES = frozenset({"yes", "true", "1", "oui", "vrai", "si", "sí", "verdadero", "wi", "vre"})
_NO = frozenset({"no", "false", "0", "non", "faux", "falso", "fo"})
EARLIEST = date(1945, 1, 1)
LATEST = date(2200, 1, 1)
LONGEST_TEXT = 20_000
_COMPARED = 64  # characters of a cell that are compared with the words of a list


class CellError(ValueError):
    """A cell cannot be read. `code` names the finding, `values` fill its sentence."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values_named = values


def _choice(text: str, column: Column) -> str:
    if text not in column.words:
        choices, suggestion = ", ".join(column.words), nearest(text[:_COMPARED], column.words)
        raise CellError("choice-unknown", value=text, choices=choices, suggestion=suggestion)
    return text


def _integer(text: str, column: Column) -> int:
    plain = text.replace(" ", "").replace("\u202f", "").replace("\u00a0", "")
    _refuse_too_many_digits(plain, column)
    if not _INTEGER.fullmatch(plain):
        raise CellError("not-integer", value=text, suggestion=number_meant(text, whole=True))
    return _within(int(plain), column)


def _refuse_too_many_digits(plain: str, column: Column) -> None:
    """A number, but longer than any that is read: told as one that is too large or too small."""
    if not _TOO_MANY_DIGITS.fullmatch(plain):
        return
    if plain.startswith("-"):
        least = -_LARGEST if column.minimum is None else column.minimum
        raise CellError("too-small", value=plain, minimum=least)
    most = _LARGEST if column.maximum is None else column.maximum
    raise CellError("too-large", value=plain, maximum=most)


def _number(text: str, column: Column) -> Decimal:
    plain = text.replace(" ", "").replace("\u202f", "").replace("\u00a0", "")
    _refuse_too_many_digits(plain, column)
    try:
        value = Decimal(plain) if _DECIMAL.fullmatch(plain) else None
    except InvalidOperation:
        value = None
    if value is None:
        raise CellError("not-number", value=text, suggestion=number_meant(text, whole=False))
    return value


def _refuse_percent(text: str, column: Column) -> None:
    """A share written as per cent, 15 or 15%, is told with what it should be: 0.15."""
    found = _PERCENT.fullmatch(text if text.endswith("%") else f"{text}%")
    if column.maximum != 1 or found is None:
        return
    percent = Decimal(found[1].replace(",", "."))
    if text.endswith("%") or 1 < percent <= _HUNDRED:
        share = _plain(percent / _HUNDRED)
        raise CellError("share-in-percent", value=text, share=share)


def _decimal(text: str, column: Column) -> Decimal:
    _refuse_percent(text, column)
    value = _within(_number(text, column), column)
    if value == value.to_integral_value():
        return Decimal(int(value))
    return value.normalize(EXACT)


def _within(value: N, column: Column) -> N:
    if column.minimum is not None and value < column.minimum:
        raise CellError("too-small", value=value, minimum=column.minimum)
    if column.exceeds_minimum and value == column.minimum:
        raise CellError("not-above", value=value, minimum=column.minimum)
    if column.maximum is not None and value > column.maximum:
        raise CellError("too-large", value=value, maximum=column.maximum)
    return value


def _date(text: str, _column: Column) -> date:
    try:
        value = date.fromisoformat(text) if _DATE.fullmatch(text) else None
    except ValueError:
        value = None
    if value is None:
        raise CellError("not-date", value=text, suggestion=day_meant(text))
    if not EARLIEST <= value < LATEST:
        raise CellError("date-out-of-range", value=text, earliest=EARLIEST, latest=LATEST)
    return value


def _boolean(text: str, _column: Column) -> bool:
    word = text.casefold()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise CellError("not-yes-or-no", value=text)


def _code(text: str, _column: Column) -> str:
    if not is_code(text):
        raise CellError("not-code", value=text, suggestion=code_meant(text))
    return text


def _text(text: str, _column: Column) -> str:
    if len(text) > LONGEST_TEXT:
        raise CellError("text-too-long", length=len(text), longest=LONGEST_TEXT)
    return text


def _country(text: str, _column: Column) -> str:
    if text not in COUNTRIES:
        raise CellError("not-country", value=text)
    return text


def _currency(text: str, _column: Column) -> str:
    if text not in CURRENCIES:
        raise CellError("not-currency", value=text, suggestion=currency_meant(text))
    return text


def _pcode(text: str, _column: Column) -> str:
    if not is_pcode(text):
        raise CellError("not-pcode", value=text)
    return text


_READERS: dict[Kind, Callable[[str, Column], Any]] = {
    Kind.CODE: _code,
    Kind.REFERENCE: _text,
    Kind.TEXT: _text,
    Kind.CHOICE: _choice,
    Kind.INTEGER: _integer,
    Kind.DECIMAL: _decimal,
    Kind.DATE: _date,
    Kind.BOOLEAN: _boolean,
    Kind.COUNTRY: _country,
    Kind.CURRENCY: _currency,
    Kind.PCODE: _pcode,
}


def read_cell(text: str, column: Column, currency: str = "") -> Any:
    """The value of a cell. An empty cell gives the column's default.

    Args:
        text: the cell as written.
        column: its meaning.
        currency: the row's currency, for columns of money.

    Raises:
        CellError: the text is no value of this column, or a required cell is empty.
    """
    plain = text.strip()
    if not plain:
        if column.required:
            raise CellError("cell-empty")
        return column.default
    if column.kind is Kind.MONEY:
        return _money(plain, column, currency)
    return _READERS[column.kind](plain, column)


def _money(text: str, column: Column, currency: str) -> Money:
    if not currency:
        raise CellError("currency-missing", value=text)
    if currency not in CURRENCIES:
        raise CellError("not-currency", value=currency, suggestion=currency_meant(currency))
    if _THOUSANDS.fullmatch(text) and decimals_of(currency) != _THREE:
        raise CellError("number-ambiguous", value=text)
    amount = _within(_number(text, column), column)
    try:
        return Money.from_major(amount, currency)
    except ValueError:
        raise CellError("money-too-fine", value=text, currency=currency) from None


def write_cell(value: Any, column: Column) -> str:
    """The text of a value, such that reading it gives the value again."""
    if value is None:
        return ""
    if column.kind is Kind.BOOLEAN:
        return "yes" if value else "no"
    if column.kind is Kind.MONEY:
        return _plain(value.major)
    if column.kind is Kind.DECIMAL:
        return _plain(value)
    return str(value)


def _plain(value: Decimal | int) -> str:
    written = format(Decimal(value), "f")
    if "." in written:
        written = written.rstrip("0").rstrip(".")
    return written or "0"
