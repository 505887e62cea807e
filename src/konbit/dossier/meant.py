"""What was probably meant by a cell that cannot be read, to suggest it. Never read as such.

Each function gives the text to write instead, two of them parted by a slash where both are as
likely, and an empty text where nothing is near.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta

from konbit.terms.code import is_code
from konbit.terms.money import CURRENCIES

_YEAR_LAST = re.compile(r"([0-9]{1,2})[/. -]([0-9]{1,2})[/. -]([0-9]{4}|[0-9]{2})")
_YEAR_FIRST = re.compile(r"([0-9]{4})[/. -]([0-9]{1,2})[/. -]([0-9]{1,2})(?:[T ][0-9:.]+)?")
_SERIAL = re.compile(r"[0-9]{5}(?:\.[0-9]+)?")
# Days of the years 1995 to 2064, as a spreadsheet counts them from the end of 1899.
_SERIAL_BEGIN = date(1899, 12, 30)
_SERIALS = range(34_700, 60_267)
_CENTURY, _LAST_SHORT = 2000, 99

_SPACES = re.compile("[ \u00a0\u202f\u2009'\u2019]")
_SIGNS = {"\u20ac": "EUR", "\u00a3": "GBP", "US$": "USD"}
_CURRENCY = re.compile("^(?:US\\$|[$\u20ac\u00a3]|[A-Z]{3})|(?:US\\$|[$\u20ac\u00a3]|[A-Z]{3})$")
_MARKS = re.compile("[.,]")
_GROUPED = re.compile(r"-?[1-9][0-9]{0,2}([.,])[0-9]{3}(?:\1[0-9]{3})*")
_PARTED = re.compile(r"(-?[0-9]+(?:([.,])[0-9]{3})*)([.,])([0-9]+)")
_NOT_OF_CODES = re.compile(r"[^A-Za-z0-9._/-]+")
_LONGEST = 64  # characters of a code, and those beyond which nothing else is guessed


def day_meant(text: str) -> str:
    """A day written in another order, with a time, or as a spreadsheet counts days."""
    found = _YEAR_FIRST.fullmatch(text)
    if found:
        return _listed([_day(found[1], found[2], found[3])])
    found = _YEAR_LAST.fullmatch(text)
    if found:
        year = found[3] if int(found[3]) > _LAST_SHORT else str(_CENTURY + int(found[3]))
        return _listed([_day(year, found[2], found[1]), _day(year, found[1], found[2])])
    if _SERIAL.fullmatch(text) and int(float(text)) in _SERIALS:
        return (_SERIAL_BEGIN + timedelta(days=int(float(text)))).isoformat()
    return ""


def _day(year: str, month: str, day: str) -> str:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""


def number_meant(text: str, *, whole: bool) -> str:
    """A number with marks between its thousands, a comma before its decimals, or a currency."""
    plain = _CURRENCY.sub("", _SPACES.sub("", text[:_LONGEST]))
    if plain.isascii() and plain.isdecimal():
        return plain
    grouped = _GROUPED.fullmatch(plain)
    if grouped:
        thousands = plain.replace(grouped[1], "")
        is_plainly_so = whole or plain.count(grouped[1]) > 1
        return thousands if is_plainly_so else f"{thousands} / {plain.replace(',', '.')}"
    parted = _PARTED.fullmatch(plain)
    if whole or parted is None or parted[2] == parted[3]:
        return ""
    return f"{_MARKS.sub('', parted[1])}.{parted[4]}"


def code_meant(text: str) -> str:
    """A text as a code: without accents, with hyphens for what no code may have."""
    letters = (c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    made = _NOT_OF_CODES.sub("-", "".join(letters)).strip("-._/")
    return made if len(made) <= _LONGEST and is_code(made) else ""


def currency_meant(text: str) -> str:
    """A currency by its sign, or in small letters."""
    code = _SIGNS.get(text, text.upper())
    return code if code in CURRENCIES else ""


def _listed(days: list[str]) -> str:
    return " / ".join(dict.fromkeys(day for day in days if day))
