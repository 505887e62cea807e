"""What frames paragraphs: organ, closing, annexes, enacting words, section headings, quotations."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from konbit.mandate import openers
from konbit.mandate.gathering import Gathering, Region
from konbit.mandate.markers import letter_marker, number_marker
from konbit.mandate.values import BlockKind

if TYPE_CHECKING:
    from konbit.mandate.flow import Line

_FOOTNOTE = re.compile(r"(?:\d{1,3}|\*{1,3})\s?\.?\s+\S|\d{1,3}$")
_ENDS_ALL = re.compile(
    r"remain(?:s|ed)?\s+(?:actively\s+)?seized\s+of\s+(?:the|this|these)\s+(?:matter|question|situation)s?\s*\.\W*$"
)
_ADOPTS_TEXT = re.compile(r"\b(?:following|ci-après|siguiente)\b[^:]{0,200}:\W*$", re.DOTALL)
MOST_TITLE = 100
_QUOTE = ("\u201c", '"', "\u2018", "\u00ab")
_QUOTE_ENDS = re.compile(r"[^\s\"\u201d][\"\u201d\u00bb][\s,;.\d]*$")
_READS = re.compile(r":\s*$")


class Framing(Gathering):
    """Opens and closes what stands around paragraphs."""

    def _quotes(self, line: Line) -> bool:
        """Whether a line is quoted in a paragraph that said "which reads:"."""
        if self._region is not Region.OPERATIVE or self._current < 0 or self._all_quoted:
            return False
        if not self._quoting:
            if not line.text.startswith(_QUOTE):
                return False
            own = self.drafts[self._current].lines
            plain = bool(own) and not own[0].text.startswith(_QUOTE)
            self._quoting = plain and _READS.search(self._before[-60:]) is not None
            if not self._quoting:
                return False
        if _QUOTE_ENDS.search(line.text):
            self._quoting = False
            return True
        return True

    def _opens_organ(self, line: Line) -> bool:
        found = openers.organ(line.text)
        if found is None or line.text[found[1] :].strip():
            return False
        if self._region not in (Region.COVER, Region.PREAMBLE) and not self._fresh_part():
            return False
        self.organ = self.organ or found[0]
        self._all_quoted = self._all_quoted or line.text.startswith(_QUOTE)
        self._enter(Region.PREAMBLE)
        self._put(BlockKind.ORGAN, line)
        return True

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

    def _opens_annex(self, line: Line) -> bool:
        if self._region is Region.ANNEX:
            self._put(BlockKind.ANNEX, line, new=line.after_blank or openers.is_annex(line.text))
            return True
        if self._region not in (Region.OPERATIVE, Region.AFTER):
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
        last = self._before
        if letter_marker(line.text) or (number_marker(line.text) and not self._annexed):
            return False
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
        if not line.text.isupper() and not self._enacts_what_follows():
            return False
        self._enter(Region.OPERATIVE)
        self._mode_base = True
        self._enacted = openers.enacting_verb(line.text)
        self._put(BlockKind.HEADING, line, new=True)
        return True

    def _enacts_what_follows(self) -> bool:
        """After "Resolves:" numbers or "That ..." follow; before (a) and (b) it is a paragraph."""
        follows = self._line_after()
        if follows is None:
            return False
        marker = number_marker(follows.text) if letter_marker(follows.text) is None else None
        return marker is not None or follows.text.startswith(("That ", "Que "))

    def _opens_section(self, line: Line) -> bool:
        if self._region is Region.COVER and not self._organ_follows() and not self._is_said_next():
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

    def _is_said_next(self) -> bool:
        """Whether a numbered paragraph follows that names its speaker: "1. The European Council ..."."""
        follows = self._line_after()
        marker = number_marker(follows.text) if follows is not None else None
        if follows is None or marker is None or self._has_organ:
            return False
        return openers.speaker(follows.text[marker.length :]) > 0

    def _head(self, line: Line, name: str) -> bool:
        self._section = name
        self._numbered = self._current = -1
        self._put(BlockKind.HEADING, line, new=True, section=name)
        return True

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


def number_marker_of_paragraph(line: Line, language: str) -> bool:
    """Whether what looks like a section's numeral is a paragraph's number ("I. Calls upon")."""
    marker = number_marker(line.text)
    return marker is not None and openers.verb(line.text[marker.length :], language) is not None
