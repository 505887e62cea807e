"""Lines of a source and their joining into running text that remembers where it came from."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import NamedTuple

from konbit.mandate.values import Span

# Before a hyphen at a line's end these keep it, as the word is written with one.
_KEEPS_HYPHEN = re.compile(
    r"(?:^|[^\w])(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|above|below|afore|cease|"
    r"co|non|self|so|inter|long|well|far|high|low|full|all|ex|post|pre|semi|multi|counter|anti|"
    r"short|medium|re|sub|mid|decision|law|fact|human|state|peace|cross|on|off|up|to|in|gender|"
    r"sexual|country|community|conflict|and|or)-$",
    re.IGNORECASE,
)


class Line(NamedTuple):
    """A line without its outer spaces.

    Attributes:
        text: its characters.
        start: place of its first character in the source.
        indent: spaces before it.
        after_blank: whether an empty line (or a page's end) stands before it.
        after_page: whether a page ended before it.
        before_blank: whether an empty line, a page's end or nothing follows.
    """

    text: str
    start: int
    indent: int
    after_blank: bool
    after_page: bool
    before_blank: bool

    @property
    def end(self) -> int:
        """Place after its last character."""
        return self.start + len(self.text)

    def part(self, start: int, end: int | None = None, *, opens: bool = False) -> Line:
        """A part of the line, as a line; `opens` says that it stands as after an empty line."""
        text = self.text[start:end]
        shift = len(text) - len(text.lstrip())
        return Line(
            text.strip(), self.start + start + shift, self.indent,
            opens or (start == 0 and self.after_blank), start == 0 and self.after_page,
            end is None and self.before_blank,
        )  # fmt: skip


def lines_of(text: str) -> list[Line]:
    """The lines of a source that are not empty."""
    raw: list[tuple[str, int, bool, bool]] = []
    place, blank, page = 0, True, False
    for whole in text.split("\n"):
        for piece_number, piece in enumerate(whole.split("\f")):
            if piece_number:
                place += 1
                blank = page = True
            stripped = piece.strip()
            if stripped:
                raw.append((stripped, place + len(piece) - len(piece.lstrip()), blank, page))
                blank = page = False
            else:
                blank = blank or piece_number == 0
            place += len(piece)
        place += 1
    lines = []
    for number, (stripped, start, after_blank, after_page) in enumerate(raw):
        last = number + 1 == len(raw)
        indent = start - (text.rfind("\n", 0, start) + 1)
        before = last or raw[number + 1][2]
        lines.append(Line(stripped, start, indent, after_blank, after_page, before))
    return lines


@dataclass(slots=True)
class Flow:
    """Running text made of lines; each of its characters can be found again in the source.

    It is built by `add` and not changed once it is read.
    """

    text: str = ""
    _starts: list[int] = field(default_factory=list)
    _sources: list[int] = field(default_factory=list)

    @classmethod
    def alone(cls, text: str) -> Flow:
        """Running text whose places are those of its own characters."""
        return cls(text, [0], [0])

    @classmethod
    def of(cls, lines: list[Line], words: Words | None = None) -> Flow:
        """Join lines; `words` are words of the document, to tell broken words from hyphenated."""
        if len(lines) == 1:
            return cls(lines[0].text, [0], [lines[0].start])
        flow = cls()
        words = words or NO_WORDS
        parts: list[str] = []
        length = 0
        before = ""
        for line in lines:
            joint = _joint(before, line.text, words) if before else ""
            if joint == "drop":
                parts[-1] = parts[-1][:-1]
                length -= 1
                joint = ""
            parts.append(joint)
            length += len(joint)
            flow._starts.append(length)
            flow._sources.append(line.start)
            parts.append(line.text)
            length += len(line.text)
            before = line.text
        flow.text = "".join(parts)
        return flow

    def without(self, stretches: list[tuple[int, int]]) -> Flow:
        """The running text without some stretches of it; what stays is found in the same places."""
        flow, parts, length, begins = Flow(), [], 0, 0
        for start, end in [*stretches, (len(self.text), len(self.text))]:
            if start > begins:
                first, last = (
                    bisect_right(self._starts, begins),
                    bisect_right(self._starts, start - 1),
                )
                flow._starts += [length, *(at - begins + length for at in self._starts[first:last])]
                flow._sources += [self._place(begins), *self._sources[first:last]]
                parts.append(self.text[begins:start])
                length += start - begins
            begins = max(begins, end)
        flow.text = "".join(parts)
        return flow

    def at(self, start: int, end: int) -> Span:
        """Where a stretch of the running text stands in the source."""
        if not self._starts:
            return Span(0, 0)
        if len(self._starts) == 1:
            begins = self._sources[0]
            return Span(begins + max(0, start), begins + max(0, start, end))
        first = self._place(start)
        return Span(first, max(first, self._place(max(start, end - 1)) + (1 if end > start else 0)))

    def _place(self, position: int) -> int:
        index = max(0, bisect_right(self._starts, position) - 1)
        return self._sources[index] + max(0, position - self._starts[index])


def _joint(before: str, after: str, words: Words) -> str:
    """What stands between two lines that are joined: a space, nothing, or the hyphen dropped."""
    if not before.endswith("-") or before.endswith((" -", "--")):
        return "" if before.endswith(("\u2013", "\u2014")) and after[:1].isdigit() else " "
    if not after[:1].islower():
        return ""
    head = re.search(r"\w+-$", before[-40:])
    tail = re.match(r"\w+", after)
    if head is None or tail is None:
        return ""
    joined = (head[0][:-1] + tail[0]).casefold()
    if joined in words:
        return "drop"
    if f"{head[0]}{tail[0]}".casefold() in words or _KEEPS_HYPHEN.search(before[-40:]):
        return ""
    return "drop"


_WORD = re.compile(r"\w+(?:-\w+)*")


class Words:
    """The words of a text in small letters, gathered when they are first asked for.

    They tell a word that was broken at a line's end from one that is written with a hyphen, and
    most texts break none. Words that end a line with a hyphen are left out.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._words: frozenset[str] | None = None

    def __contains__(self, word: str) -> bool:
        """Whether the text has the word."""
        if self._words is None:
            self._words = frozenset(_WORD.findall(self._text.casefold()))
        return word in self._words


NO_WORDS = Words("")
