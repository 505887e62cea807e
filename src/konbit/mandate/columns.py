"""Pages set in two columns, put into reading order."""

from __future__ import annotations

import re
from collections import Counter

_NARROWEST = 28
_GAP = "   "
_FEWEST = 8
_BOTH = 4
_SHARE = 0.35


def unfolded(text: str) -> str:
    """The text with its two-column pages unfolded: left column first, then the right one.

    A page counts as two columns where a gutter of three spaces or more stands at the same place in
    most of its lines, with words on both sides.
    """
    if _GAP not in text:
        return text
    return "\f".join(_page(page) for page in text.split("\f"))


def _page(page: str) -> str:
    lines = page.split("\n")
    filled = [line for line in lines if line.strip()]
    if len(filled) < _FEWEST:
        return page
    starts: Counter[int] = Counter()
    for line in filled:
        for start in _right_starts(line):
            starts[start] += 1
    if not starts:
        return page
    gutter, hits = max(starts.items(), key=lambda pair: (pair[1], -pair[0]))
    if hits < max(_FEWEST, _SHARE * len(filled)):
        return page
    both = sum(1 for line in filled if line[:gutter].strip() and line[gutter:].strip())
    left = sum(1 for line in filled if line[:gutter].strip())
    if both < _BOTH or left < _SHARE * len(filled):
        return page
    crossing = sum(1 for line in filled if line[gutter - 2 : gutter].strip())
    if crossing > 0.25 * len(filled):
        return page
    return _two(lines, gutter)


def _right_starts(line: str) -> list[int]:
    """Places at which words stand after a wide gap."""
    places: list[int] = []
    at = 0
    while True:
        gap = line.find(_GAP, at)
        if gap < 0:
            return places
        at = gap
        while at < len(line) and line[at] == " ":
            at += 1
        if at < len(line) and at >= _NARROWEST:
            places.append(at)


# The adoption line stands under both columns.
_ENDS = re.compile(
    r"\s*[\[(]?(?:Adopted\b|Adopt[ée]e\b|Aprobad[ao]\b|\d{1,5}\s?(?:st|nd|rd|th|e|a|ª)\.?\s+(?:plenary\s+)?(?:meeting|s[ée]ance|sesi[óo]n))"
)


def _has_both(line: str, gutter: int) -> bool:
    return bool(line[gutter - 1 :].strip()) and not line[gutter - 2 : gutter].strip()


def _two(lines: list[str], gutter: int) -> str:
    made: list[str] = []
    left: list[str] = []
    right: list[str] = []

    def close() -> None:
        made.extend(left)
        made.extend(right)
        left.clear()
        right.clear()

    last = max((index for index, line in enumerate(lines) if _has_both(line, gutter)), default=-1)
    ended = False
    for index, line in enumerate(lines):
        ended = ended or (index > last and _ENDS.match(line) is not None)
        if ended or line[gutter - 2 : gutter].strip():
            close()
            made.append(line)
        else:
            left.append(line[: gutter - 1].rstrip())
            right.append(line[gutter - 1 :].strip())
    close()
    return "\n".join(made)
