"""Numbered, lettered and lettered-only paragraphs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from konbit.mandate import openers
from konbit.mandate.articled import Articled
from konbit.mandate.gathering import Draft, Region
from konbit.mandate.markers import (
    Level,
    Marker,
    bare_number,
    letter_marker,
    number_marker,
    of_extract,
    placed,
)
from konbit.mandate.speakers import spoken, told_opening
from konbit.mandate.values import BlockKind
from konbit.mandate.verbs_in import GOES_ON, INTRODUCED

if TYPE_CHECKING:
    from konbit.mandate.flow import Line
    from konbit.mandate.lexicon import Found

_HANGS = re.compile(r"(?:^|\s)(?:shall|should|must|may|to|that|including|are|is)$")


_WITHOUT_VERB = 80  # how sure a number is after which no verb stands
_AHEAD = 60  # lines; a paragraph is seldom longer


class Marked(Articled):
    """Opens paragraphs that have a number or a letter."""

    def _opens_number(self, line: Line) -> bool:
        marker = number_marker(line.text)
        if marker is None or not self._may_number(line, marker):
            marker = self._bare(line)
        if marker is None:
            return False
        number = int(marker.label)
        rest = line.text[marker.length :]
        self._mode_base = self._mode_base or self._is_enacted_unsaid(number, rest)
        verb = self._verb_after(rest)
        sure = 99 if verb and number == self._last + 1 else 90 if verb else _WITHOUT_VERB
        self._enter(Region.OPERATIVE)
        self._last = number
        self._begin(
            Draft(BlockKind.PARAGRAPH, self._section, "numbered", sure,
                  f"{number} {marker.again}".strip(), marker=marker.printed),
            line.part(marker.length),
        )  # fmt: skip
        self._numbered = self._current
        return True

    def _bare(self, line: Line) -> Marker | None:
        first = self._region is Region.PREAMBLE and self._last == 0
        if not (first or self._region is Region.OPERATIVE) or not self._at_start(line):
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
        verb = self._verb_after(rest)
        if marker.again:  # "4 bis" stands after 4
            return number == self._last and self._at_start(line)
        if marker.printed.startswith("(") and self._numbered >= 0 and self._bracketed_sub():
            return False
        if verb is not None and rest[:1] != " ":
            plausible = number in {1, self._last} or self._last < number <= self._last + 12
            plausible = plausible or (number > self._last and self._is_extract(line, number))
            return plausible and (self._at_start(line) or number == self._last + 1)
        if self._enacted and number == self._last + 1 and GOES_ON.match(rest):
            return self._at_start(line)
        if marker.printed.endswith((",", ";", ":")) or marker.printed.startswith("("):
            return False
        if self._region is not Region.OPERATIVE:
            return self._region is Region.PREAMBLE and number == 1 and self._acting(rest)
        if number == self._last + 1:
            return self._at_start(line)
        if self._last < number <= self._last + 12 and INTRODUCED.match(rest):
            return line.after_blank and openers.is_complete(self._before)
        return self._last < number <= self._last + 3 and self._goes_on_without_verbs(line)

    def _is_extract(self, line: Line, number: int) -> bool:
        """Whether paragraphs were left out before this one, as in an extract: 8 and then 22.

        A number that a scanner misread is followed by a lower one; the next of an extract is higher.
        """
        if not line.after_blank and not openers.is_complete(self._before):
            return self._index == 0
        for index in range(self._index + 1, min(len(self.lines), self._index + _AHEAD)):
            if self._roles[index]:
                continue
            following = number_marker(self.lines[index].text)
            if following is not None and self._verb_after(
                self.lines[index].text[following.length :]
            ):
                return int(following.label) > number or int(following.label) == 1
        return True

    def _goes_on_without_verbs(self, line: Line) -> bool:
        """Whether the paragraph before has a number and no verb either, as in a declaration."""
        if self._numbered < 0 or not line.after_blank or not openers.is_complete(self._before):
            return False
        before = self.drafts[self._numbered]
        return bool(before.number) and before.sure == _WITHOUT_VERB

    def _verb_after(self, rest: str) -> Found | None:
        """The verb after a number: "Requests", "To request", "The Security Council requests"."""
        base = self._mode_base or self._is_enacted_unsaid(1, rest)
        found = openers.verb(rest, self.language, base=base, numbered=True)
        at = (openers.speaker(rest) or openers.speaker_again(rest)) if found is None else 0
        if at:
            return spoken(rest, at, self.language)
        return found or (told_opening(rest, self.language) if self._is_told(rest) else None)

    def _is_told(self, rest: str) -> bool:
        """Whether paragraphs may tell in the past or plural: after "The Presidents, meeting in X:"."""
        if self._has_organ or self._mode_base or not rest.strip()[:1].isupper():
            return False
        if self._region is Region.COVER and self._last == 0:
            self._tells = self._before.rstrip().endswith(":")
        return self._tells

    def _is_enacted_unsaid(self, number: int, rest: str) -> bool:
        """Whether "1. To request ..." opens a text whose RESOLVES: is not there."""
        unsaid = self._region is Region.COVER and not self._has_organ and number == 1
        return unsaid and openers.INFINITIVE.match(rest.lstrip()) is not None

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
        following = self._next_label() if marker.label in {"i", "1"} else ""
        found = placed(marker.label, levels, following)
        if found is None and not levels and self._before.rstrip().endswith(":"):
            found = of_extract(marker.label)
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
        if self._region not in (Region.PREAMBLE, Region.OPERATIVE) or not self._at_start(line):
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
