"""Days and amounts as banks write them in a CSV, found out for the whole file at once."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from konbit.exchange.banks.wishes import DAY_FIRST, MONTH_FIRST
from konbit.terms.money import decimals_of

if TYPE_CHECKING:
    from collections.abc import Iterable

AMBIGUOUS = "ambiguous"
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_PARTED = re.compile(r"(\d{1,2})([./-])(\d{1,2})[./-](\d{4}|\d{2})(?:[T ].*)?")
_SPACES = re.compile(r"[\s\u00a0\u202f\u2009'\u2019]")
_MINUS = re.compile(r"[\u2212\u2013]")
_SIDE = re.compile(r"(?i)\s*(cr|dr|c|d|s|h)\.?$")
_AGAINST = frozenset({"d", "dr", "dbit", "debit", "debito", "s", "soll", "-", "deb"})
_FOR = frozenset({"c", "cr", "crdt", "credit", "credito", "h", "haben", "+", "cred"})
_NUMBER = re.compile(r"[0-9][0-9.,]*|[.,][0-9]+")
_LONGEST = 40
_LONGEST_GROUP = 3
_CENTURY = 2000


def day_order_of(texts: Iterable[str]) -> str:
    """Whether day or month stands first in days parted by `/` or `-`.

    `ambiguous` where none of them tells, empty where no day is written so or they contradict.
    """
    seen, orders = False, set()
    for text in texts:
        found = _PARTED.fullmatch(text.strip())
        if found is None or found[2] == ".":
            continue
        seen = True
        if int(found[1]) > 12:
            orders.add(DAY_FIRST)
        elif int(found[3]) > 12:
            orders.add(MONTH_FIRST)
    if len(orders) == 1:
        return orders.pop()
    return AMBIGUOUS if seen and not orders else ""


def day_of(text: str, order: str) -> date | None:
    """A day; None where it cannot be read."""
    text = text.strip()
    found = _ISO.fullmatch(text) or _COMPACT.fullmatch(text)
    if found is not None:
        return _day(int(found[1]), int(found[2]), int(found[3]))
    found = _PARTED.fullmatch(text)
    if found is None:
        return None
    first, second, year = int(found[1]), int(found[3]), int(found[4])
    year += _CENTURY if len(found[4]) == 2 else 0
    is_month_first = order == MONTH_FIRST and found[2] != "."
    return _day(year, first, second) if is_month_first else _day(year, second, first)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def decimal_of(texts: Iterable[str], currency: str) -> str:
    """The mark of decimals in amounts of a currency.

    `ambiguous` where amounts contradict each other, or a currency of three decimals leaves it open.
    """
    marks = {mark for text in texts if (mark := _mark_in(_bare(text), decimals_of(currency)))}
    if len(marks) > 1 or marks == {AMBIGUOUS}:
        return AMBIGUOUS
    return marks.pop() if marks else "."


def _mark_in(number: str, decimals: int) -> str:
    """The mark of decimals that one number must have; empty where it tells nothing."""
    dots, commas = number.count("."), number.count(",")
    if not dots and not commas:
        return ""
    if dots and commas:
        return "." if number.rfind(".") > number.rfind(",") else ","
    mark, other = (".", ",") if dots else (",", ".")
    after = number.rpartition(mark)[2]
    if dots + commas > 1:
        return other
    if len(after) != _LONGEST_GROUP or number.partition(mark)[0] in {"", "0"}:
        return mark
    return AMBIGUOUS if decimals >= _LONGEST_GROUP else other


def minor_of(text: str, currency: str, decimal: str) -> int | None:
    """An amount in minor units; None where it is none of that currency."""
    text = text.strip()[:_LONGEST]
    side = _SIDE.search(text)
    number = _bare(text)
    if _NUMBER.fullmatch(number) is None:
        return None
    group = "," if decimal == "." else "."
    whole, mark, rest = number.partition(decimal)
    parts = whole.split(group)
    is_grouped = all(len(part) == _LONGEST_GROUP for part in parts[1:]) and len(parts[0]) <= 3
    if (len(parts) > 1 and not is_grouped) or (mark and not rest.isdigit() and rest):
        return None
    minor = Decimal(f"{''.join(parts) or '0'}.{rest or '0'}").scaleb(decimals_of(currency))
    if minor != int(minor):
        return None
    is_less = _is_below(text) or (side is not None and side[1].casefold() in _AGAINST)
    return -int(minor) if is_less else int(minor)


def side_of(text: str) -> int:
    """1 for what a bank calls a credit, -1 for a debit, 0 where it says neither."""
    from konbit.exchange.banks.keeping import plain

    word = plain(text).strip().rstrip(".")
    return -1 if word in _AGAINST else 1 if word in _FOR else 0


def _is_below(text: str) -> bool:
    told = _MINUS.sub("-", text).strip()
    return told.startswith(("-", "(")) or _SIDE.sub("", told).endswith("-")


def _bare(text: str) -> str:
    """The number in a text: without sign, spaces, currency and side."""
    told = _SPACES.sub("", _MINUS.sub("-", _SIDE.sub("", text.strip()[:_LONGEST])))
    return re.sub(r"^[A-Z]{3}|[A-Z]{3}$|[$\u20ac\u00a3]", "", told.strip("()+-")).strip("()+-")
