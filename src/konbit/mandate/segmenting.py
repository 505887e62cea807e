"""From lines to blocks: cover, organ, recitals, paragraphs, sub-paragraphs, closing, annexes."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from konbit.mandate import openers
from konbit.mandate.furniture import is_rule
from konbit.mandate.gathering import Draft, Piece, Region
from konbit.mandate.marked import Marked
from konbit.mandate.markers import number_marker
from konbit.mandate.speakers import spoken
from konbit.mandate.values import BlockKind
from konbit.mandate.verbs_in import GOES_ON

if TYPE_CHECKING:
    from konbit.mandate.flow import Line

__all__ = ["Draft", "Piece", "Segmenter"]

_DUTY = re.compile(r"\b(?:shall|must|devra|devront|deberá|deberán)\b")
_QUOTE = ("\u201c", '"', "\u00ab")
# A head that stands before the organ's name: "WHEREAS:", as older texts of the OAS have it.
_HEADS_ALONE = re.compile(r"\W*(?:[A-ZÀ-Ý]+\s+)?[A-ZÀ-Ý]+\s*:$")
_JOINT = re.compile(r"[,;.]\s+(?=[\u201c\"A-Z0-9])")
# A title in quotation marks, which closes after no space: "Strengthening Democracy,".
_TITLE = re.compile(r"\"[^\"]{1,180}[^\s\"]\"(?=[\s,;.)]|$)")
_ONE_LINE = 400  # a line of so many characters may hold a whole text
_WHEREAS = re.compile(r"Whereas\b|Attendu\s+que\b")
_SMALL_MARKER = re.compile(r"[a-zA-Z|]{1,5}\s?[.,:;)\]]")
_LETTERED = re.compile(r"\([a-z]\)\s")  # nothing but a sub-paragraph opens so
_FLUSH = re.compile(r"(?:and|or|which|with|et|y)\b|[a-z]")
_NUMBERED_RECITAL = re.compile(r"\A(?:PP|Pp)\s?\d{1,3}(?:\s?(?:bis|ter))?\s?[.:)]?\s+")


class Segmenter(Marked):
    """Reads lines one after the other; what it found is in `pieces` and `drafts`."""

    def run(self) -> None:
        """Read all lines."""
        ruled = False
        for index, line in enumerate(self.lines):
            self._index = index
            role = self._roles[index]
            if role:
                kind = BlockKind.FURNITURE if role == "furniture" else BlockKind.FOOTNOTE
                self._put(kind, line)
                ruled = is_rule(line.text)
                continue
            for part in self._cut(line.part(0, opens=ruled) if ruled else line):
                if part.text:
                    self._read(part)
            ruled = False

    def _cut(self, line: Line) -> list[Line]:
        text = line.text
        cuts: list[int] = []
        organ = openers.organ(text)
        if organ is not None and text[organ[1] :].strip():
            cuts.append(organ[1])
        elif organ is None and self._region is Region.COVER and not self._has_organ:
            inside = openers.organ_inside(text)
            cuts += list(inside or ())
            organ = ("", 0) if inside else None
        within = self._region in (Region.PREAMBLE, Region.OPERATIVE) or organ is not None
        whole = self._region is Region.COVER and not self._has_organ and len(text) > _ONE_LINE
        if within or whole:
            cuts += self._inner_cuts(text)
        if not cuts:
            return [line]
        bounds = [0, *sorted(set(cuts)), None]
        return [line.part(start or 0, end, opens=start != 0) for start, end in pairwise(bounds)]

    def _inner_cuts(self, text: str) -> list[int]:
        cuts = []
        depth = seen = 0  # within a quotation nothing of the text's own begins after a comma
        for found in _JOINT.finditer(text):
            at = found.end()
            depth += text.count("\u201c", seen, at) - text.count("\u201d", seen, at)
            seen = at
            if depth > 0 and found[0][0] == ",":
                continue
            rest = text[at : at + 200]
            if found[0][0] in ",;":
                stem = "" if _TITLE.match(rest) else openers.stem(rest, self.language)
                if stem and self._region is not Region.OPERATIVE:
                    cuts.append(at)
                if found[0][0] == "," and (
                    not number_marker(rest) or self._region is Region.OPERATIVE
                ):
                    continue
            marker = number_marker(rest)
            if marker is not None and self._opens_act(rest[marker.length :]):
                cuts.append(at)
        return cuts

    def _opens_act(self, rest: str) -> bool:
        """Whether a verb stands here, or the body that speaks and its verb."""
        at = openers.speaker(rest)
        said = spoken(rest, at, self.language) if at else None
        return said is not None or openers.verb(rest, self.language) is not None

    def _read(self, line: Line) -> None:
        if self._quotes(line):
            self._append(line)
            return
        if self._plainly_goes_on(line):
            self._goes_on(line)
            return
        if self._region is Region.OPERATIVE and _LETTERED.match(line.text):
            if not self._opens_letter(line):
                self._goes_on(line)
            return
        for opener in (
            self._opens_organ, self._opens_closing, self._opens_annex, self._opens_article,
            self._opens_resolves,
            self._opens_section, self._opens_number, self._opens_letter, self._opens_statement,
            self._opens_recital, self._opens_verb, self._opens_caps,
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
            and self._region in (Region.PREAMBLE, Region.OPERATIVE)
            and _SMALL_MARKER.match(line.text) is None
        )

    def _opens_statement(self, line: Line) -> bool:
        """A paragraph of a statement: its speaker is named before each verb."""
        if self._has_organ or self._region not in (Region.COVER, Region.OPERATIVE):
            return False
        if not (line.after_blank or line.text.startswith(_QUOTE)) or not self._at_start(line):
            return False
        at = openers.speaker(line.text) or (self._has_said and openers.speaker_again(line.text))
        if not at or spoken(line.text, at, self.language) is None:
            return False
        self._enter(Region.OPERATIVE)
        self._has_said = True
        self.organ = self.organ or line.text[:at].strip(openers.QUOTES + " ")
        self._begin(Draft(BlockKind.PARAGRAPH, self._section, "speaker-opens", 85), line)
        self._numbered = self._current
        return True

    def _opens_recital(self, line: Line) -> bool:
        if self._region is Region.AFTER or not self._at_start(line):
            return False
        if self._region is Region.COVER and self._has_organ:
            return self._opens_before_organ(line)
        stem = openers.stem(_NUMBERED_RECITAL.sub("", line.text), self.language)
        if not stem or (self._region is Region.OPERATIVE and not self._recital_again(line)):
            return False
        self._enter(Region.PREAMBLE)
        self._begin(Draft(BlockKind.RECITAL, self._section, "stem", 97, head=stem), line)
        return True

    def _opens_before_organ(self, line: Line) -> bool:
        """Older texts tell their reasons before they name the organ: "Whereas Article 83 ..."."""
        head = _WHEREAS.match(line.text)
        if head is None or not line.after_blank:
            return False
        self._enter(Region.PREAMBLE)
        self._begin(Draft(BlockKind.RECITAL, self._section, "stem", 90, head=head[0]), line)
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
        if self._current < 0 and self._fresh_part() and self._is_title(line):
            return False
        verb = openers.verb(line.text, self.language, base=self._mode_base)
        finite = None
        if verb is None and self._mode_base and line.after_blank:
            finite = openers.verb(line.text, self.language)
        goes_on = self._enacted and line.after_blank and GOES_ON.match(line.text)
        if verb is None and finite is None and not self._provided(line) and not goes_on:
            return False
        if (
            verb is not None
            and self._mode_base
            and not openers.INFINITIVE.match(line.text.replace("\u2019", "'"))
        ):
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
        if self._region not in (Region.PREAMBLE, Region.COVER) or not self._at_start(line):
            return False
        found = openers.caps_head(line.text)
        heads = found is not None and found[1] and _HEADS_ALONE.match(line.text) is not None
        if found is None or (self._region is Region.COVER and self._has_organ and not heads):
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
        elif self._is_title(line) and (self._current >= 0 or self._fresh_part()):
            self._put(BlockKind.HEADING, line, new=True)
        elif self._current < 0:
            self._put(BlockKind.COVER, line, new=line.after_blank)
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
        if self._is_paragraph_without_verb(line):
            self._begin(Draft(BlockKind.PARAGRAPH, self._section, "duty-without-verb", 70), line)
            self._numbered = self._current
            return
        own = self.drafts[self._current]
        flush = own.levels and self._numbered >= 0 and openers.is_complete(self._before)
        if flush and (line.after_blank or _FLUSH.match(line.text)) and self._is_flush(line):
            self._current = self._numbered
            self._append(line, new=True)
        else:
            self._append(line)

    def _is_paragraph_without_verb(self, line: Line) -> bool:
        """Where no paragraph has a number: "The Secretary-General shall furnish ...", on its own."""
        own = self.drafts[self._current]
        unnumbered = not own.number and not own.levels and self._last == 0 and not self._mode_base
        if not unnumbered or self._has_said or not line.after_blank:
            return False
        if not line.text[:1].isupper() or not self._before.rstrip().endswith((".", ";")):
            return False
        ahead = [line.text]
        for following in self.lines[self._index + 1 : self._index + 12]:
            if following.after_blank:
                break
            ahead.append(following.text)
        return _DUTY.search(" ".join(ahead)) is not None

    def _is_flush(self, line: Line) -> bool:
        return not self._before.rstrip().endswith(",") or line.after_blank
