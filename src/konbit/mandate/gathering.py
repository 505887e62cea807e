"""What was gathered of a text so far: blocks, and paragraphs in the making."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

from konbit.mandate import openers
from konbit.mandate.furniture import furniture_of
from konbit.mandate.markers import Level, number_marker
from konbit.mandate.values import BlockKind

if TYPE_CHECKING:
    from konbit.mandate.flow import Line


class Region(Enum):
    """Which part of a text the lines are in."""

    COVER = 0
    PREAMBLE = 1
    OPERATIVE = 2
    AFTER = 3
    ANNEX = 4


@dataclass(slots=True)
class Draft:
    """A recital, paragraph or sub-paragraph while its lines are gathered.

    Attributes:
        kind: RECITAL, PARAGRAPH or ANNEX.
        levels: open levels of a sub-paragraph, empty for a numbered paragraph.
        parent: index of the numbered paragraph it hangs on, -1 for none.
        marker: printed marker, taken off the lines.
        number: as meant, empty when none is printed.
        enacted: the verb of the heading above, "Resolves" or "RESOLVES".
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
    enacted: str = ""
    lines: list[Line] = field(default_factory=list)


@dataclass(slots=True)
class Piece:
    """Consecutive lines in one role; `draft` is the index of what they belong to, -1 for nothing."""

    kind: BlockKind
    draft: int = -1
    section: str = ""
    lines: list[Line] = field(default_factory=list)


class Gathering:
    """Lines, where the reading stands among them, and what it has found."""

    def __init__(self, lines: list[Line], language: str) -> None:
        self.language = language
        self.lines = lines
        self.pieces: list[Piece] = []
        self.drafts: list[Draft] = []
        self.organ = ""
        self._region = Region.COVER
        self._section = ""
        self._tells = False  # whether numbered paragraphs tell in the past or the plural
        self._mode_base = False  # after RESOLVES: paragraphs open with infinitives
        self._enacted = ""  # the verb of such a heading, from which "That ..." goes on
        self._has_said = False  # each paragraph names its speaker
        self._caps = False  # recitals stand under heads in capitals
        self._current = -1
        self._numbered = -1  # the numbered paragraph that sub-paragraphs hang on
        self._last = 0
        self._before = ""
        self._annexed = False
        self._lettered_tops = 0
        self._articled = False  # a decision in articles
        self._whereas = False  # numbered reasons stand under "Whereas:"
        self._quoting = False
        self._all_quoted = False  # a press release sets every paragraph in quotation marks
        self._organs = [openers.organ(line.text) is not None for line in lines]
        first = self._organs.index(True) if True in self._organs else -1
        self._has_organ = first >= 0
        self._roles = furniture_of(lines, max(first, 0))
        self._index = 0

    def _at_start(self, line: Line) -> bool:
        """Whether a paragraph may begin at this line."""
        return line.after_blank or openers.is_complete(self._before) or not self._before

    def _fresh_part(self) -> bool:
        """Whether a section was just headed, so that a new part of the same text may begin."""
        heads = [piece for piece in self.pieces[-3:] if piece.kind is BlockKind.HEADING]
        return bool(heads) and any(piece.section for piece in heads)

    def _organ_follows(self) -> bool:
        return any(self._organs[self._index + 1 : self._index + 6])

    def _marked_next(self) -> bool:
        follows = self._line_after()
        return follows is not None and number_marker(follows.text) is not None

    def _line_after(self) -> Line | None:
        for index in range(self._index + 1, min(len(self.lines), self._index + 12)):
            if not self._roles[index]:
                return self.lines[index]
        return None

    def _enter(self, region: Region) -> None:
        if region is Region.PREAMBLE and self._region is not Region.PREAMBLE:
            self._mode_base = False
            self._enacted = ""
            self._numbered = -1
            if self._region is Region.AFTER:
                self._last = 0
        self._region = region

    def _begin(self, draft: Draft, line: Line) -> None:
        if draft.kind is BlockKind.PARAGRAPH and not draft.levels and not draft.number:
            draft.number = ""
        draft.enacted = self._enacted
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
        if kind not in (BlockKind.FURNITURE, BlockKind.FOOTNOTE):
            self._before = "." if kind in (BlockKind.HEADING, BlockKind.ORGAN) else line.text
