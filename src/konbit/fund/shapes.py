"""What a member of a record's body may be: small tests, each of one kind of value."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from konbit.terms.money import CURRENCIES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,63}")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_DECIMAL = re.compile(r"(0|[1-9][0-9]{0,11})(\.[0-9]{1,12})?")
_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")
_INSTANT = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]\.[0-9]{6}Z"
)
LARGEST_MINOR = 2**53 - 1  # what canonical JSON can hold exactly (RFC 8785)
LONGEST_TEXT = 500
LARGEST_SHARE_PPM = 1_000_000


def is_code(value: Any) -> bool:
    """A code: letters, digits, `.`, `_`, `/`, `-`; never a colon, which parts accounts."""
    return type(value) is str and _CODE.fullmatch(value) is not None


def is_code_or_empty(value: Any) -> bool:
    """A code, or nothing."""
    return value == "" or is_code(value)


def is_text(value: Any) -> bool:
    """A text that is not empty and not long."""
    return type(value) is str and 0 < len(value) <= LONGEST_TEXT


def is_text_or_empty(value: Any) -> bool:
    """A text that is not long."""
    return type(value) is str and len(value) <= LONGEST_TEXT


def is_amount(value: Any) -> bool:
    """A whole amount above zero."""
    return type(value) is int and 0 < value <= LARGEST_MINOR


def is_amount_or_null(value: Any) -> bool:
    """A whole amount above zero, or not known."""
    return value is None or is_amount(value)


def is_change(value: Any) -> bool:
    """A whole amount that is not zero."""
    return type(value) is int and 0 < abs(value) <= LARGEST_MINOR


def is_count(value: Any) -> bool:
    """A whole number from zero on."""
    return type(value) is int and 0 <= value <= LARGEST_MINOR


def is_share(value: Any) -> bool:
    """Parts per million, of nothing to all."""
    return type(value) is int and 0 <= value <= LARGEST_SHARE_PPM


def is_flag(value: Any) -> bool:
    """True or false."""
    return type(value) is bool


@lru_cache(maxsize=10_000)
def _is_day_text(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def is_day(value: Any) -> bool:
    """A day that is in the calendar, `2026-11-26`."""
    return type(value) is str and len(value) == len("2026-11-26") and _is_day_text(value)


def is_day_or_null(value: Any) -> bool:
    """A day, or open."""
    return value is None or is_day(value)


def is_month(value: Any) -> bool:
    """A month, `2026-11`."""
    return type(value) is str and _MONTH.fullmatch(value) is not None


def is_instant(value: Any) -> bool:
    """An instant in UTC with six decimals."""
    if type(value) is not str:
        return False
    found = _INSTANT.fullmatch(value)
    return found is not None and is_day(found[1])


def is_currency(value: Any) -> bool:
    """An ISO 4217 code."""
    return type(value) is str and value in CURRENCIES


def is_rate(value: Any) -> bool:
    """A positive rate of exchange, as a decimal text of at most twelve decimals."""
    is_decimal = type(value) is str and _DECIMAL.fullmatch(value) is not None
    return is_decimal and value.strip("0.") != ""


def is_digest(value: Any) -> bool:
    """A SHA-256 in hexadecimal."""
    return type(value) is str and _DIGEST.fullmatch(value) is not None


def is_codes(value: Any) -> bool:
    """Codes in order, none twice."""
    return (
        type(value) is list and all(is_code(code) for code in value) and value == sorted(set(value))
    )


def is_withheld(value: Any) -> bool:
    """A value of which only a commitment is told."""
    return type(value) is dict and value.keys() == {"withheld"} and is_digest(value["withheld"])


def one_of(*words: str) -> Callable[[Any], bool]:
    """One of a few words."""
    return lambda value: type(value) is str and value in words


def list_of(members: Mapping[str, Callable[[Any], bool]]) -> Callable[[Any], bool]:
    """At least one object, each with exactly these members."""
    return lambda value: (
        type(value) is list
        and bool(value)
        and all(type(item) is dict and has_members(item, members) for item in value)
    )


def has_members(value: Mapping[str, Any], members: Mapping[str, Callable[[Any], bool]]) -> bool:
    """Whether an object has exactly these members, each as its test asks."""
    return value.keys() == members.keys() and all(
        test(value[name]) for name, test in members.items()
    )


def is_postings(value: Any) -> bool:
    """Postings: account, currency, amount, value, and not both of them zero."""
    return type(value) is list and bool(value) and all(_is_posting(item) for item in value)


def _is_posting(value: Any) -> bool:
    if type(value) is not list or [type(part) for part in value] != [str, str, int, int]:
        return False
    return (
        value[1] in CURRENCIES
        and (value[2] != 0 or value[3] != 0)
        and max(abs(value[2]), abs(value[3])) <= LARGEST_MINOR
    )
