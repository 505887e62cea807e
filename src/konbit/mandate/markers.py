"""Numbers and letters of paragraphs, with what scanning makes of them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from konbit.mandate.openers import QUOTES

_NUMBER = re.compile(
    rf"[{QUOTES}\s]*(?P<mark>(?:OP|PP|Op)?\s?(?:(?P<n>[0-9lIiZzSOoBtL|!]{{1,3}})\s?(?P<again>bis|ter|quater|alt)?(?:\s?[.,:;)\]](?!\d)(?:\s?[-\u2013](?=\s))?|\s?[\u00b0\u00ba]|\s[-\u2013](?=\s))|"
    rf"\((?P<m>\d{{1,3}})\))|OP\s?(?P<o>\d{{1,3}})(?:\s?(?P<again2>bis|ter|quater|alt)\b)?)\s*(?=[{QUOTES}(\[]?\s?[A-ZÀ-Ý(])"
)
_ENDS_NUMBER = re.compile(
    r"[.),:;\]\u2013\u00b0\u00ba-]|OP"
)  # a number ends with one, near the beginning
_LETTERED = re.compile(r"\([a-zA-Z]")  # most lines with a marker; those of letters have no number
_DIGITS = str.maketrans("lIiZzSOoBt|!L", "1112250081111"[:13])
_LETTER = re.compile(
    rf"[{QUOTES}\s]*(?P<mark>\(\s?(?P<p>[a-zA-Z]{{1,6}}|\d{{1,2}}|[A-Z])\s?[)}}\]]|"
    r"(?P<q>[a-z]{1,2}|[ivx]{1,5})\s?\)|(?P<d>[a-z]|[ivx]{2,5})\.(?=\s))\s*"
)
_ROMANS = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv",
           "xv", "xvi", "xvii", "xviii", "xix", "xx", "xxi", "xxii", "xxiii", "xxiv", "xxv")  # fmt: skip
# What scanners make of letters and numerals, by what was meant.
_MISREAD = {
    "a": {"2", "q", "o", "4", "@", "ad"}, "b": {"6", "5", "bob", "h", "o", "8", "lb", "0"},
    "c": {"e", "o", "¢", "0"}, "d": {"ad", "4", "cd", "a", "cl", "dad"}, "e": {"c", "ce", "8", "¢"},
    "f": {"t", "7", "jf", "ff", "j"}, "g": {"9", "q", "8", "y"}, "h": {"n", "b", "li", "fh"},
    "i": {"1", "l", "t", "j"}, "j": {"i", "7", "3"}, "k": {"x", "lk"}, "l": {"1", "i", "t"},
    "m": {"rn", "nn", "in"}, "n": {"h", "m"}, "o": {"0", "a", "c"}, "p": {"v", "y"}, "q": {"g", "9"},
    "ii": {"11", "ti", "it", "il", "li", "ll", "tt", "n", "u", "2"},
    "iii": {"111", "iti", "tii", "ill", "lll", "iil", "ili", "iit", "in", "m", "ui", "iu", "3"},
    "iv": {"lv", "tv", "w", "4"}, "v": {"y", "5"}, "vi": {"vl", "vt", "6"}, "vii": {"vil", "vll", "7"},
    "viii": {"vill", "viil", "8"}, "ix": {"lx", "9"}, "x": {"10"},
}  # fmt: skip


class Marker(NamedTuple):
    """A printed marker: its characters, what it may be, how many characters it takes.

    `again` is what a draft adds to a number that it gives twice: "bis" of "4 bis".
    """

    printed: str
    label: str
    length: int
    again: str = ""


@lru_cache(maxsize=1_024)  # the same line is asked several times, by itself and by those before it
def number_marker(text: str) -> Marker | None:
    """The number that opens a line, faults of scanning repaired: "ll." is 11."""
    if _LETTERED.match(text) or _ENDS_NUMBER.search(text, 0, 14) is None:
        return None
    found = _NUMBER.match(text)
    if found is None:
        return None
    raw = found["n"] or found["m"] or found["o"]
    label = raw.translate(_DIGITS)
    if not label.isdigit():
        return None
    again = found["again"] or found["again2"] or ""
    return Marker(found["mark"].strip(), str(int(label)), found.end(), again)


_BARE = re.compile(rf"[{QUOTES}\s]*(?P<mark>(?P<n>\d{{1,3}})[.,]?)\s+(?=[A-Za-z])")


def bare_number(text: str, expected: int) -> Marker | None:
    """The expected number without its full stop, or before a small letter: "11 Condemns"."""
    found = _BARE.match(text) if text[:1] != "(" else None
    if found is None or int(found["n"]) != expected:
        return None
    return Marker(found["mark"], found["n"], found.end())


@lru_cache(maxsize=1_024)
def letter_marker(text: str) -> Marker | None:
    """The letter or small numeral that opens a line: (a), (ii), a), b."""
    head = text[:14]
    if not (")" in head or "." in head or "]" in head or "}" in head):
        return None
    found = _LETTER.match(text)
    if found is None:
        return None
    raw = found["p"] or found["q"] or found["d"]
    return Marker(found["mark"].strip(), raw, found.end())


class Level(NamedTuple):
    """An open level of sub-paragraphs: its style and the place in its order that was reached."""

    style: str
    place: int

    @property
    def label(self) -> str:
        """The label at this place."""
        return _label(self.style, self.place)


def _label(style: str, place: int) -> str:
    if style == "roman":
        return _ROMANS[place] if place < len(_ROMANS) else ""
    if style == "digit":
        return str(place)
    base = "A" if style == "capital" else "a"
    if place <= 26:
        return chr(ord(base) + place - 1)
    return chr(ord(base) + (place - 27) % 26) * 2


def _readings(label: str) -> list[tuple[str, int]]:
    readings = []
    if label.isdigit():
        return [("digit", int(label))] if int(label) else []
    if label.islower() and label in _ROMANS:
        readings.append(("roman", _ROMANS.index(label)))
    small = label.casefold()
    style = "letter" if label.islower() else "capital"
    if len(small) == 1 and small.isascii():
        readings.append((style, ord(small) - 96))
    elif len(small) == 2 and small[0] == small[1] and small.isascii():
        readings.append((style, 26 + ord(small[0]) - 96))
    return readings


def placed(label: str, levels: tuple[Level, ...], following: str) -> tuple[Level, ...] | None:
    """The open levels after a label, or none if it cannot stand here.

    Args:
        label: as printed, without brackets.
        levels: the open levels before it, outermost first.
        following: the label of the next marked line, empty if there is none; it tells whether (i)
            is a letter or a numeral.
    """
    readings = _readings(label)
    for choose in (_continuing, _opening, _repaired, _jumping):
        found = choose(label, readings, levels, following)
        if found is not None:
            return found
    return None


def _continuing(
    label: str, readings: list[tuple[str, int]], levels: tuple[Level, ...], following: str
) -> tuple[Level, ...] | None:
    del label
    for depth in range(len(levels) - 1, -1, -1):
        style, place = levels[depth].style, levels[depth].place
        if (style, place + 1) in readings:
            if style == "letter" and place + 1 == 9 and following == "ii":
                continue
            return (*levels[:depth], Level(style, place + 1))
    return None


def _opening(
    label: str, readings: list[tuple[str, int]], levels: tuple[Level, ...], following: str
) -> tuple[Level, ...] | None:
    del label
    if ("digit", 1) in readings and following != "2":
        readings = [("roman", 1)]
    for style, place in readings:
        if place != 1 or len(levels) >= 4:
            continue
        same = [depth for depth, level in enumerate(levels) if level.style == style]
        if same:
            return (*levels[: same[-1]], Level(style, 1))
        return (*levels, Level(style, 1))
    return None


def _repaired(
    label: str, readings: list[tuple[str, int]], levels: tuple[Level, ...], following: str
) -> tuple[Level, ...] | None:
    del readings, following
    small = label.casefold()
    for depth in range(len(levels) - 1, -1, -1):
        level = levels[depth]
        if small in _MISREAD.get(_label(level.style, level.place + 1), ()):
            return (*levels[:depth], Level(level.style, level.place + 1))
    if not levels and small in _MISREAD["a"]:
        return (Level("letter", 1),)
    return None


_EXTRACT = 16  # letters that an extract may leave out


def of_extract(label: str) -> tuple[Level, ...] | None:
    """The level that a letter other than (a) opens, where those before it were left out."""
    for style, place in _readings(label):
        if style == "letter" and place <= _EXTRACT:
            return (Level(style, place),)
    return None


def _jumping(
    label: str, readings: list[tuple[str, int]], levels: tuple[Level, ...], following: str
) -> tuple[Level, ...] | None:
    """A label that leaves a few out: one was lost in scanning, or many in an extract."""
    del label, following
    for depth in range(len(levels) - 1, -1, -1):
        level = levels[depth]
        for style, place in readings:
            most = _EXTRACT if style == "letter" else 3
            if style == level.style and level.place < place <= level.place + most:
                return (*levels[:depth], Level(style, place))
    return None
