"""What a value in a record may be: one small question each."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Test = Callable[[Any], bool]

LONGEST_TEXT: Final = 500
WHOLE_PPM: Final = 1_000_000
_CODE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,63}", re.ASCII).fullmatch
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII).fullmatch
_MONTH: Final = re.compile(r"\d{4}-(0[1-9]|1[0-2])", re.ASCII).fullmatch
_INSTANT: Final = re.compile(
    r"\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{6}Z", re.ASCII
).fullmatch
_DIGEST: Final = re.compile(r"[0-9a-f]{64}", re.ASCII).fullmatch
_RATE: Final = re.compile(r"(0|[1-9]\d{0,11})(\.\d{1,12})?", re.ASCII).fullmatch
_CURRENCY: Final = re.compile(r"[A-Z]{3}", re.ASCII).fullmatch


def code(value: Any) -> bool:
    """A code."""
    return type(value) is str and _CODE(value) is not None


def code_or_none(value: Any) -> bool:
    """A code or an empty text."""
    return value == "" or code(value)


def text(value: Any) -> bool:
    """A text that says something, of at most 500 characters."""
    return type(value) is str and 0 < len(value) <= LONGEST_TEXT


def any_text(value: Any) -> bool:
    """A text, perhaps empty, of at most 500 characters."""
    return type(value) is str and len(value) <= LONGEST_TEXT


def above_zero(value: Any) -> bool:
    """A whole number above zero."""
    return type(value) is int and value > 0


def above_zero_or_null(value: Any) -> bool:
    """A whole number above zero, or null."""
    return value is None or above_zero(value)


def not_zero(value: Any) -> bool:
    """A whole number that is not zero."""
    return type(value) is int and value != 0


def from_zero(value: Any) -> bool:
    """A whole number from zero on."""
    return type(value) is int and value >= 0


def share(value: Any) -> bool:
    """Parts per million, at most all."""
    return type(value) is int and 0 <= value <= WHOLE_PPM


def flag(value: Any) -> bool:
    """True or false."""
    return type(value) is bool


@cache
def _is_in_calendar(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def day(value: Any) -> bool:
    """A day of the calendar."""
    return type(value) is str and _DAY(value) is not None and _is_in_calendar(value)


def day_or_null(value: Any) -> bool:
    """A day, or null."""
    return value is None or day(value)


def month(value: Any) -> bool:
    """A month, `2026-11`."""
    return type(value) is str and _MONTH(value) is not None


def instant(value: Any) -> bool:
    """A moment in UTC with six decimals."""
    return type(value) is str and _INSTANT(value) is not None and _is_in_calendar(value[:10])


def currency(value: Any) -> bool:
    """Three capital letters."""
    return type(value) is str and _CURRENCY(value) is not None


def rate(value: Any) -> bool:
    """A decimal above zero, as text, with at most twelve decimals."""
    return type(value) is str and _RATE(value) is not None and any(s in "123456789" for s in value)


def digest(value: Any) -> bool:
    """SHA-256 in hexadecimal."""
    return type(value) is str and _DIGEST(value) is not None


def withheld(value: Any) -> bool:
    """A commitment to what the public may not read."""
    return type(value) is dict and len(value) == 1 and digest(value.get("withheld"))


def codes(value: Any) -> bool:
    """Codes, sorted, none twice."""
    return type(value) is list and all(map(code, value)) and sorted(set(value)) == value


def one_of(*words: str) -> Test:
    """One of these words."""
    return lambda value: type(value) is str and value in words


def only_true(value: Any) -> bool:
    """True."""
    return value is True


def wrong_member(tests: Mapping[str, Test], value: Mapping[str, Any]) -> str:
    """The first of the members asked for that is missing or not as it must be; or nothing."""
    for name, test in tests.items():
        if name not in value or not test(value[name]):
            return name
    return ""


def members(tests: Mapping[str, Test]) -> Test:
    """An object with exactly these members."""

    def is_such(value: Any) -> bool:
        return type(value) is dict and len(value) == len(tests) and not wrong_member(tests, value)

    return is_such


def rows(tests: Mapping[str, Test]) -> Test:
    """An array of such objects, at least one."""
    is_such = members(tests)
    return lambda value: type(value) is list and value != [] and all(map(is_such, value))


def postings(value: Any) -> bool:
    """Postings as they are written: account, currency, amount, value, not both of them zero."""
    if type(value) is not list or not value:
        return False
    for row in value:
        if type(row) is not list or len(row) != 4:
            return False
        account, money, amount, worth = row
        if type(account) is not str or not currency(money):
            return False
        if type(amount) is not int or type(worth) is not int or (amount == 0 and worth == 0):
            return False
    return True
