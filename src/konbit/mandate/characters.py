"""Characters made plain, so that rules need not know every dash and space."""

from __future__ import annotations

import re
import unicodedata

_SPACES = "\t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
# Soft hyphens, joiners, marks of order, direction and isolation: a reader does not see them.
_UNSEEN = (
    "\x00\u00ad\u034f\u061c\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064"
    "\u2066\u2067\u2068\u2069\ufeff"
)
_LIGATURES = {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl",
              "\ufb05": "st", "\ufb06": "st"}  # fmt: skip
_FULL_WIDTH = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_PLAIN = str.maketrans(
    {
        **dict.fromkeys(_SPACES, " "), **dict.fromkeys(_UNSEEN), **_LIGATURES, **_FULL_WIDTH,
        "\u2010": "-", "\u2011": "-", "\x0b": "\n", "\u0085": "\n", "\u2028": "\n", "\u2029": "\n",
    }
)  # fmt: skip
_CONTROLS = re.compile(r"[\x01-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_ENDS = re.compile(r"\r\n?")
MOST_CHARACTERS = 20_000_000
_NUMBERED = re.compile(r"[ ]{0,8}(\d{1,3})[ ]{1,2}(?=[ ]*\S)")
_OWN_NUMBER = re.compile(
    r"(?:OP|op)?\s?\d{1,3}\s?[.)]\s|(?:The|Le|La|El|L.)\s?[A-Z][\w ]+,\s*\Z", re.I
)
_FEWEST_NUMBERED = 8  # lines
_GAP = 4  # empty lines that are counted too
_MOST_OTHERS = 10  # one line in so many may lack its number
_FEWEST_SMALL = 6  # one line in so many goes on from the one before with a small letter


def plain(text: str) -> str:
    """The text with one kind of line end, space and hyphen, without invisible characters.

    Letters are composed (Unicode NFC), ligatures and letters of full width parted into plain ones.
    Form feeds stay: they end a page. Numbers of lines, where all lines have one, are taken off.
    """
    text = _ENDS.sub("\n", text[:MOST_CHARACTERS])
    text = _CONTROLS.sub("", text.translate(_PLAIN))
    return _without_line_numbers(unicodedata.normalize("NFC", text))


def _without_line_numbers(text: str) -> str:
    """The text without the numbers that drafts print before each line, counted on each page."""
    if _NUMBERED.match(text.lstrip("\n\f")) is None:
        return text
    lines = text.split("\n")
    filled = [index for index, line in enumerate(lines) if line.strip()]
    found = {index: number for index in filled if (number := _NUMBERED.match(lines[index]))}
    if len(found) < _FEWEST_NUMBERED or len(filled) - len(found) > len(filled) // _MOST_OTHERS:
        return text
    expected = small = others = own = 0
    for index in found:
        counted = int(found[index][1])
        others += counted != 1 and not 0 < counted - expected <= _GAP
        expected = counted
        rest = lines[index][found[index].end() :].lstrip()
        small += rest[:1].islower()
        own += _OWN_NUMBER.match(rest) is not None
    if others > len(found) // _MOST_OTHERS or (small * _FEWEST_SMALL < len(found) and not own):
        return text
    for index, number in found.items():
        lines[index] = lines[index][number.end() :]
    return "\n".join(lines)
