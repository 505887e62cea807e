"""Texts in capitals throughout, as cables print them, in the case that the grammar knows."""

from __future__ import annotations

import re
from functools import cache

from konbit.mandate.dates import MONTHS
from konbit.mandate.lexicon import actors

_LETTER = re.compile(r"[^\W\d_]")
_SYMBOL = re.compile(r"\b(?:[A-Z]{1,4}/[\w./-]+|[IVXL]{2,}\b)")
_MOST_SMALL = 0.08
_FEWEST_LETTERS = 20


def is_shouted(text: str) -> bool:
    """Whether a text is in capitals throughout."""
    if not text[:40].isupper():
        return False
    letters = _LETTER.findall(text)
    small = sum(1 for letter in letters if letter.islower())
    return len(letters) >= _FEWEST_LETTERS and small <= _MOST_SMALL * len(letters)


@cache
def _names() -> re.Pattern[str]:
    """Actors and months that are written with a capital, the longest first."""
    names = {noun for noun in actors() if noun[:1].isupper()}
    names |= {name.capitalize() for name in MONTHS if len(name) > 2}
    ordered = sorted(names, key=lambda name: (-len(name), name))
    return re.compile(rf"\b(?:{'|'.join(re.escape(name) for name in ordered)})\b", re.IGNORECASE)


@cache
def _printed() -> dict[str, str]:
    printed = {noun.casefold(): noun for noun in actors() if noun[:1].isupper()}
    small = {noun for noun in actors() if noun[:1].islower()}
    months = {name: name.capitalize() for name in MONTHS}
    return {**months, **{key: noun for key, noun in printed.items() if key not in small}}


def spoken_softly(text: str) -> str:
    """The same characters in small letters, but for its first, for symbols and known names."""
    soft = "".join(small if len(small := letter.lower()) == 1 else letter for letter in text)
    soft = soft[:1].upper() + soft[1:]
    for found in _SYMBOL.finditer(text):
        soft = soft[: found.start()] + found[0] + soft[found.end() :]
    return _names().sub(lambda found: _printed().get(found[0].casefold(), found[0]), soft)
