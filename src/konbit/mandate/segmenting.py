"""From lines to blocks: cover, organ, recitals, paragraphs, sub-paragraphs, closing, annexes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum
from itertools import pairwise
from typing import TYPE_CHECKING

from konbit.mandate import openers
from konbit.mandate.furniture import furniture_of
from konbit.mandate.markers import Level, Marker, bare_number, letter_marker, number_marker, placed
from konbit.mandate.values import BlockKind

if TYPE_CHECKING:
    from konbit.mandate.flow import Line

_FOOTNOTE = re.compile(r"(?:\d{1,3}|\*{1,3})\s?\.?\s+\S|\d{1,3}$")
_ENDS_ALL = re.compile(
    r"remain(?:s|ed)?\s+(?:actively\s+)?seized\s+of\s+(?:the|this|these)\s+(?:matter|question|situation)s?\s*\.\W*$"
)
_ADOPTS_TEXT = re.compile(r"\b(?:following|ci-après|siguiente)\b[^:]{0,200}:\W*$", re.DOTALL)
MOST_TITLE = 100


class Region(Enum):
    """Which part of a text the lines are in."""

    COVER = 0
    PREAMBLE = 1
    OPERATIVE = 2
    AFTER = 3
    ANNEX = 4


@dataclass
class Draft:
    """A recital, paragraph or sub-paragraph while its lines are gathered.

    Attributes:
        kind: RECITAL, PARAGRAPH or ANNEX.
        levels: open levels of a sub-paragraph, empty for a numbered paragraph.
        parent: index of the numbered paragraph it hangs on, -1 for none.
        marker: printed marker, taken off the lines.
        number: as meant, empty when none is printed.
    """

    kind: BlockKind
    section: str
    rule: str
    sure: int
    number: str = ""
    levels: tuple[Level, ...] = ()
    parent: int = -1
    marker: str = ""
    head: str = ""
    lines: list[Line] = field(default_factory=list)


@dataclass
class Piece:
    """Consecutive lines in one role; `draft` is the index of what they belong to, -1 for nothing."""

    kind: BlockKind
    draft: int = -1
    section: str = ""
    lines: list[Line] = field(default_factory=list)


class Segmenter:
    """Reads lines one after the other; what it found is in `pieces` and `drafts`."""

    def __init__(self, lines: list[Line], language: str) -> None:
        self.language = language
        self.lines = lines
        self.pieces: list[Piece] = []
        self.drafts: list[Draft] = []
        self.organ = ""
        self._region = Region.COVER
        self._section = ""
        self._mode_base = False  # after RESOLVES: paragraphs open with infinitives
        self._caps = False  # recitals stand under heads in capitals
        self._current = -1
        self._numbered = -1  # the numbered paragraph that sub-paragraphs hang on
        self._last = 0
        self._before = ""
        self._annexed = False
        self._lettered_tops = 0
        self._quoting = False
        self._all_quoted = False  # a press release sets every paragraph in quotation marks
        self._organs = [openers.organ(line.text) is not None for line in lines]
        first = self._organs.index(True) if True in self._organs else -1
        self._has_organ = first >= 0
        self._roles = furniture_of(lines, max(first, 0))
        self._index = 0

    def run(self) -> None:
        """Read all lines."""
        for index, line in enumerate(self.lines):
            self._index = index
            role = self._roles[index]
            if role:
                kind = BlockKind.FURNITURE if role == "furniture" else BlockKind.FOOTNOTE
                self._put(kind, line)
                continue
            for part in self._cut(line):
                self._read(part)

    # Cutting lines in which several paragraphs stand.

    def _cut(self, line: Line) -> list[Line]:
        text = line.text
        cuts: list[int] = []
        organ = openers.organ(text)
        if organ is not None and text[organ[1] :].strip():
            cuts.append(organ[1])
        if self._region in {Region.PREAMBLE, Region.OPERATIVE} or organ is not None:
            cuts += self._inner_cuts(text)
        if not cuts:
            return [line]
        bounds = [0, *sorted(set(cuts)), None]
        return [line.part(start or 0, end, opens=start != 0) for start, end in pairwise(bounds)]

    def _inner_cuts(self, text: str) -> list[int]:
        cuts = []
        for found in _JOINT.finditer(text):
            at = found.end()
            rest = text[at : at + 200]
            if found[0][0] == ",":
                stem = openers.stem(rest, self.language)
                if stem and self._region is not Region.OPERATIVE:
                    cuts.append(at)
                if not (number_marker(rest) and self._region is Region.PREAMBLE):
                    continue
            marker = number_marker(rest)
            if marker is not None and openers.verb(rest[marker.length :], self.language):
                cuts.append(at)
        return cuts

    # One line.

    def _read(self, line: Line) -> None:
        if self._quotes(line):
            self._append(line)
            return
        if self._plainly_goes_on(line):
            self._goes_on(line)
            return
        for opener in (
            self._opens_organ, self._opens_closing, self._opens_annex, self._opens_resolves,
            self._opens_section, self._opens_number, self._opens_letter, self._opens_recital,
            self._opens_verb, self._opens_caps,
        ):  # fmt: skip
            if opener(line):
                return
        self._goes_on(line)

    def _plainly_goes_on(self, line: Line) -> bool:
        """Whether a line begins with a small letter within a paragraph: it opens nothing."""
        return (
            self._current >= 0
            and not line.after_blank
            and line.text[:1].islower()
            and self._region in {Region.PREAMBLE, Region.OPERATIVE}
            and _SMALL_MARKER.match(line.text) is None
        )

    def _quotes(self, line: Line) -> bool:
        """Whether a line is quoted in a paragraph that said "which reads:"."""
        if self._region is not Region.OPERATIVE or self._current < 0 or self._all_quoted:
            return False
        if not self._quoting:
            own = self.drafts[self._current].lines
            plain = bool(own) and not own[0].text.startswith(_QUOTE)
            told = _READS.search(self._before[-60:]) is not None
            self._quoting = plain and told and line.text.startswith(_QUOTE)
            if not self._quoting:
                return False
        if _QUOTE_ENDS.search(line.text):
            self._quoting = False
            return True
        return True

    def _at_start(self, line: Line) -> bool:
        """Whether a paragraph may begin at this line."""
        return line.after_blank or openers.is_complete(self._before) or not self._before

    def _opens_organ(self, line: Line) -> bool:
        found = openers.organ(line.text)
        if found is None or line.text[found[1] :].strip():
            return False
        if self._region not in {Region.COVER, Region.PREAMBLE} and not self._fresh_part():
            return False
        self.organ = self.organ or found[0]
        self._all_quoted = self._all_quoted or line.text.startswith(_QUOTE)
        self._enter(Region.PREAMBLE)
        self._put(BlockKind.ORGAN, line)
        return True

    def _fresh_part(self) -> bool:
        """Whether a section was just headed, so that a new part of the same text may begin."""
        heads = [piece for piece in self.pieces[-3:] if piece.kind is BlockKind.HEADING]
        return bool(heads) and any(piece.section for piece in heads)

    def _opens_closing(self, line: Line) -> bool:
        if self._region is Region.AFTER:
            return self._closing_goes_on(line)
        if self._region is Region.ANNEX or not openers.is_adoption(line.text):
            return False
        if self._region is Region.COVER:
            return False
        if self._region is Region.PREAMBLE and not line.after_blank:
            return False
        if not (line.after_blank or openers.is_complete(self._before)):
            return False
        self._enter(Region.AFTER)
        self._put(BlockKind.CLOSING, line, new=True)
        return True

    def _closing_goes_on(self, line: Line) -> bool:
        if openers.is_annex(line.text):
            return False
        if self._fresh_part() and openers.organ(line.text):
            return False
        if openers.section_alone(line.text) and self._organ_follows():
            return False
        last = self.pieces[-1].kind
        ended = line.after_blank or self._before.endswith((".", "]"))
        note = ended and _FOOTNOTE.match(line.text) is not None
        note = note and not openers.is_adoption(line.text)
        if note or (last is BlockKind.FOOTNOTE and not line.after_blank):
            self._put(BlockKind.FOOTNOTE, line, new=note)
        else:
            self._put(BlockKind.CLOSING, line, new=line.after_blank)
        return True

    def _organ_follows(self) -> bool:
        return any(self._organs[self._index + 1 : self._index + 6])

    def _opens_annex(self, line: Line) -> bool:
        if self._region is Region.ANNEX:
            self._put(BlockKind.ANNEX, line, new=line.after_blank or openers.is_annex(line.text))
            return True
        if self._region not in {Region.OPERATIVE, Region.AFTER}:
            return False
        if not (line.after_blank or line.after_page or openers.is_complete(self._before)):
            return False
        if openers.is_annex(line.text) or self._is_annexed(line):
            self._enter(Region.ANNEX)
            self._put(BlockKind.ANNEX, line, new=True)
            return True
        return False

    def _is_annexed(self, line: Line) -> bool:
        """A text set after "adopts the following declaration:", or after the last paragraph."""
        if self._region is not Region.OPERATIVE or self._current < 0:
            return False
        if letter_marker(line.text) or (number_marker(line.text) and not self._annexed):
            return False
        last = self._before
        if _ENDS_ALL.search(last[-120:]) and not number_marker(line.text):
            return openers.section_alone(line.text) == "" and not openers.verb(
                line.text, self.language
            )
        own = self.drafts[self._current]
        told = " ".join(part.text for part in own.lines[-8:])
        return own.number == "" and line.after_blank and bool(_ADOPTS_TEXT.search(told[-400:]))

    def _opens_resolves(self, line: Line) -> bool:
        if not openers.is_resolves(line.text) or self._region is Region.AFTER:
            return False
        self._enter(Region.OPERATIVE)
        self._mode_base = True
        self._put(BlockKind.HEADING, line, new=True)
        return True

    def _opens_section(self, line: Line) -> bool:
        if self._region is Region.COVER and not self._organ_follows():
            return False
        if not self._at_start(line):
            return False
        name = openers.section_alone(line.text)
        if name and (line.after_blank or line.before_blank):
            return self._head(line, name)
        titled = openers.section_titled(line.text)
        if titled is None or number_marker_of_paragraph(line, self.language):
            return False
        if len(line.text) <= MOST_TITLE and (line.before_blank or self._marked_next()):
            return self._head(line, titled[0])
        return False

    def _head(self, line: Line, name: str) -> bool:
        self._section = name
        self._numbered = self._current = -1
        self._put(BlockKind.HEADING, line, new=True, section=name)
        return True

    def _marked_next(self) -> bool:
        follows = self._line_after()
        return follows is not None and number_marker(follows.text) is not None

    def _line_after(self) -> Line | None:
        for index in range(self._index + 1, min(len(self.lines), self._index + 12)):
            if not self._roles[index]:
                return self.lines[index]
        return None

    # Paragraphs.

    def _opens_number(self, line: Line) -> bool:
        marker = number_marker(line.text)
        if marker is None or not self._may_number(line, marker):
            marker = self._bare(line)
        if marker is None:
            return False
        number = int(marker.label)
        rest = line.text[marker.length :]
        verb = openers.verb(rest, self.language, base=self._mode_base, numbered=True)
        sure = 99 if verb and number == self._last + 1 else 90 if verb else 80
        self._enter(Region.OPERATIVE)
        self._last = number
        self._begin(
            Draft(BlockKind.PARAGRAPH, self._section, "numbered", sure, str(number),
                  marker=marker.printed),
            line.part(marker.length),
        )  # fmt: skip
        self._numbered = self._current
        return True

    def _bare(self, line: Line) -> Marker | None:
        if self._region is not Region.OPERATIVE or not self._at_start(line):
            return None
        marker = bare_number(line.text, self._last + 1)
        if marker is None:
            return None
        rest = line.text[marker.length :]
        found = openers.verb(rest, self.language, numbered=True)
        return marker if found is not None and found.entry.inside else None

    def _may_number(self, line: Line, marker: Marker) -> bool:
        if self._region is Region.COVER and self._has_organ:
            return False
        number = int(marker.label)
        rest = line.text[marker.length :]
        verb = openers.verb(rest, self.language, base=self._mode_base, numbered=True)
        if marker.printed.startswith("(") and self._numbered >= 0 and self._bracketed_sub():
            return False
        if verb is not None and rest[:1] != " ":
            plausible = number in {1, self._last} or self._last < number <= self._last + 12
            return plausible and (self._at_start(line) or number == self._last + 1)
        if marker.printed.endswith((",", ";", ":")) or marker.printed.startswith("("):
            return False
        if self._region is not Region.OPERATIVE:
            return self._region is Region.PREAMBLE and number == 1 and self._acting(rest)
        return number == self._last + 1 and self._at_start(line)

    def _bracketed_sub(self) -> bool:
        own = self.drafts[self._numbered]
        return not own.marker.startswith("(")

    def _acting(self, rest: str) -> bool:
        return rest.startswith(("Acting", "Agissant", "Actuando")) or (
            not openers.stem(rest, self.language) and openers.organ(rest) is not None
        )

    def _opens_letter(self, line: Line) -> bool:
        if self._numbered < 0 or self._lettered_tops:
            return self._opens_lettered_top(line)
        if self._region is not Region.OPERATIVE:
            return False
        marker = letter_marker(line.text)
        if marker is None or not self._may_letter(line, marker):
            return False
        current = self.drafts[self._current]
        levels = current.levels if current.parent == self._numbered else ()
        found = placed(marker.label, levels, self._next_label())
        if found is None:
            return False
        self._begin(
            Draft(BlockKind.PARAGRAPH, self._section, "lettered", 95, levels=found,
                  parent=self._numbered, marker=marker.printed),
            line.part(marker.length),
        )  # fmt: skip
        self._unfold(found)
        return True

    def _opens_lettered_top(self, line: Line) -> bool:
        """Paragraphs that have a letter in the place of a number: "(a) Resolves that ..."."""
        if self._region not in {Region.PREAMBLE, Region.OPERATIVE} or not self._at_start(line):
            return False
        marker = letter_marker(line.text)
        expected = chr(ord("a") + self._lettered_tops) if self._lettered_tops < 26 else ""
        if marker is None or marker.label != expected:
            return False
        if openers.verb(line.text[marker.length :], self.language) is None:
            return False
        self._enter(Region.OPERATIVE)
        self._lettered_tops += 1
        self._begin(
            Draft(BlockKind.PARAGRAPH, self._section, "lettered-top", 80, marker.label,
                  marker=marker.printed),
            line.part(marker.length),
        )  # fmt: skip
        self._numbered = self._current
        return True

    def _unfold(self, levels: tuple[Level, ...]) -> None:
        """In "(a) (i) To monitor" the second marker opens a level of its own on the same line."""
        draft = self.drafts[self._current]
        first = draft.lines[0]
        inner = letter_marker(first.text) if first.text.startswith("(") else None
        deeper = placed(inner.label, levels, "") if inner else None
        if inner is None or deeper is None or len(deeper) != len(levels) + 1:
            return
        draft.lines.clear()
        self.pieces[-1].lines.clear()
        self._begin(
            Draft(BlockKind.PARAGRAPH, self._section, "lettered", 90, levels=deeper,
                  parent=self._numbered, marker=inner.printed),
            first.part(inner.length),
        )  # fmt: skip

    def _may_letter(self, line: Line, marker: Marker) -> bool:
        own = self.drafts[self._current] if self._current >= 0 else None
        if own is not None and not any(part.text for part in own.lines):
            return True
        if not marker.printed.startswith("(") and not line.after_blank:
            return openers.is_complete(self._before)
        return self._at_start(line) or self._set_in(line)

    def _set_in(self, line: Line) -> bool:
        """Whether a line is set further in than the one before, or that one cannot end here."""
        own = self.drafts[self._current].lines
        if own and own[-1].text and line.indent >= own[-1].indent + 3:
            return True
        return _HANGS.search(self._before[-20:]) is not None

    def _next_label(self) -> str:
        for index in range(self._index + 1, min(len(self.lines), self._index + 60)):
            if self._roles[index]:
                continue
            marker = letter_marker(self.lines[index].text)
            if marker is not None:
                return marker.label
        return ""

    def _opens_recital(self, line: Line) -> bool:
        if self._region is Region.AFTER or not self._at_start(line):
            return False
        if self._region is Region.COVER and self._has_organ:
            return False
        stem = openers.stem(line.text, self.language)
        if not stem or (self._region is Region.OPERATIVE and not self._recital_again(line)):
            return False
        self._enter(Region.PREAMBLE)
        self._begin(Draft(BlockKind.RECITAL, self._section, "stem", 97, head=stem), line)
        return True

    def _recital_again(self, line: Line) -> bool:
        """Between operative parts recitals may stand again."""
        if self._mode_base or not openers.is_complete(self._before):
            return False
        return line.after_blank and not line.text.endswith(":")

    def _opens_verb(self, line: Line) -> bool:
        if self._region is Region.AFTER or not self._at_start(line):
            return False
        if self._region is Region.COVER and (self._has_organ or not line.after_blank):
            return False
        inside = self._current >= 0 and self._region is Region.OPERATIVE
        if inside and not openers.is_complete(self._before):
            return False
        verb = openers.verb(line.text, self.language, base=self._mode_base)
        if verb is None and not self._provided(line):
            return False
        if verb is not None and self._mode_base and not line.text.startswith("To "):
            return False
        self._enter(Region.OPERATIVE)
        self._begin(Draft(BlockKind.PARAGRAPH, self._section, "verb-opens", 90), line)
        self._numbered = self._current
        return True

    def _provided(self, line: Line) -> bool:
        return (
            self._region is Region.OPERATIVE and self._last == 0 and line.after_blank
            and line.text.startswith("Provided, however")
        )  # fmt: skip

    def _opens_caps(self, line: Line) -> bool:
        if self._region not in {Region.PREAMBLE, Region.COVER} or not self._at_start(line):
            return False
        found = openers.caps_head(line.text)
        if found is None or (self._region is Region.COVER and self._has_organ):
            return False
        if self._region is Region.COVER and not found[1]:
            return False
        self._enter(Region.PREAMBLE)
        self._caps = True
        if found[1]:
            self._current = -1
            self._put(BlockKind.HEADING, line, new=True)
            self._head_of_recitals = found[0]
        else:
            self._begin(Draft(BlockKind.RECITAL, self._section, "stem", 95, head=found[0]), line)
        return True

    # Lines that open nothing.

    def _goes_on(self, line: Line) -> None:
        if self._region is Region.COVER:
            self._put(BlockKind.COVER, line, new=line.after_blank)
        elif self._region is Region.PREAMBLE:
            self._preamble_goes_on(line)
        else:
            self._operative_goes_on(line)

    def _preamble_goes_on(self, line: Line) -> None:
        fresh = line.after_blank and openers.is_complete(self._before)
        if self._caps and (self._current < 0 or fresh):
            self._begin(Draft(BlockKind.RECITAL, self._section, "under-head", 85), line)
        elif self._current < 0 and self.pieces and self.pieces[-1].kind is BlockKind.ORGAN:
            self._begin(Draft(BlockKind.RECITAL, self._section, "after-organ", 70), line)
        elif self._current < 0:
            self._put(BlockKind.COVER, line, new=line.after_blank)
        elif self._is_title(line):
            self._put(BlockKind.HEADING, line, new=True)
        else:
            self._append(line)

    def _operative_goes_on(self, line: Line) -> None:
        if self._current < 0:
            if self._mode_base and line.after_blank and not self._is_title(line):
                self._begin(Draft(BlockKind.PARAGRAPH, self._section, "after-resolves", 70), line)
                self._numbered = self._current
            else:
                self._put(BlockKind.HEADING, line, new=line.after_blank)
            return
        if self._is_title(line):
            self._put(BlockKind.HEADING, line, new=True)
            return
        own = self.drafts[self._current]
        flush = own.levels and self._numbered >= 0 and openers.is_complete(self._before)
        if flush and (line.after_blank or _FLUSH.match(line.text)) and self._is_flush(line):
            self._current = self._numbered
            self._append(line, new=True)
        else:
            self._append(line)

    def _is_flush(self, line: Line) -> bool:
        return not self._before.rstrip().endswith(",") or line.after_blank

    def _is_title(self, line: Line) -> bool:
        """A heading of its own: short, capital, between complete paragraphs, without an end."""
        text = line.text
        if not openers.is_complete(self._before) or not text[:1].isupper():
            return False
        if (
            len(text) > MOST_TITLE
            or text.endswith((".", ";", ",", ":", "-"))
            or len(text.split()) > 14
        ):
            return False
        follows = self._line_after()
        if follows is None:
            return line.after_blank and self._region is Region.PREAMBLE
        if line.after_blank and line.before_blank:
            return not text.endswith(("and", "or", "of", "the"))
        return self._marked_next() and len(text) < 70

    # Gathering.

    def _enter(self, region: Region) -> None:
        if region is Region.PREAMBLE and self._region is not Region.PREAMBLE:
            self._mode_base = False
            self._numbered = -1
            if self._region is Region.AFTER:
                self._last = 0
        self._region = region

    def _begin(self, draft: Draft, line: Line) -> None:
        if draft.kind is BlockKind.PARAGRAPH and not draft.levels and not draft.number:
            draft.number = ""
        self.drafts.append(draft)
        self._current = len(self.drafts) - 1
        self.pieces.append(Piece(draft.kind, self._current))
        self._append(line)

    def _append(self, line: Line, *, new: bool = False) -> None:
        draft = self.drafts[self._current]
        draft.lines.append(line)
        piece = self.pieces[-1]
        if new or piece.draft != self._current:
            self.pieces.append(Piece(BlockKind.CONTINUATION, self._current, lines=[line]))
        else:
            piece.lines.append(line)
        if line.text:
            self._before = line.text if len(line.text) > 3 else f"{self._before} {line.text}"

    def _put(self, kind: BlockKind, line: Line, *, new: bool = False, section: str = "") -> None:
        last = self.pieces[-1] if self.pieces else None
        if last is None or new or last.kind is not kind or last.draft >= 0:
            self.pieces.append(Piece(kind, section=section, lines=[line]))
        else:
            last.lines.append(line)
        if kind not in {BlockKind.FURNITURE, BlockKind.FOOTNOTE}:
            self._before = "." if kind in {BlockKind.HEADING, BlockKind.ORGAN} else line.text


_JOINT = re.compile(r"[,;.]\s+(?=[\u201c\"A-Z0-9])")
_QUOTE = ("\u201c", '"', "\u2018", "\u00ab")
_QUOTE_ENDS = re.compile(r"[^\s\"\u201d][\"\u201d\u00bb][\s,;.\d]*$")
_READS = re.compile(
    r"(?:reads?|follows?|following|namely|states?|Syria|text)\b[^:]{0,40}:\s*$|:\s*$"
)
_SMALL_MARKER = re.compile(r"[a-zA-Z|]{1,5}\s?[.,:;)\]]")
_HANGS = re.compile(r"(?:^|\s)(?:shall|should|must|may|to|that|including|are|is)$")
_FLUSH = re.compile(r"(?:and|or|which|with|et|y)\b|[a-z]")


def number_marker_of_paragraph(line: Line, language: str) -> bool:
    """Whether what looks like a section's numeral is a paragraph's number ("I. Calls upon")."""
    marker = number_marker(line.text)
    return marker is not None and openers.verb(line.text[marker.length :], language) is not None
