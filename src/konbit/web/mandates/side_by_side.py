"""A text beside the record: what each paragraph would say, and on which row it would stand."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from konbit.dossier.columns import columns_of
from konbit.dossier.tables.mandate import Ceiling, Document, Organisation, Paragraph
from konbit.web.bridge.numbers import whole
from konbit.web.mandates.corrected import (
    DOCUMENT_CELLS,
    FIRST_STATUSES,
    PARAGRAPH_CELLS,
    row_chosen,
)
from konbit.web.mandates.matching import Asked, nearest
from konbit.web.mandates.paragraphs import task_of
from konbit.web.mandates.read_forms import SourceForm
from konbit.web.tables.mirrored import MODELS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from konbit.dossier import Dossier
    from konbit.web.mandates.numbers_found import FoundCeiling
    from konbit.web.mandates.paragraphs import ProposedParagraph
    from konbit.web.mandates.proposing import Proposed
    from konbit.web.people.rooms import Visit

MANNERS = next(c.words for c in columns_of(Document) if c.name == "adopted_by")
FORCES = next(c.words for c in columns_of(Paragraph) if c.name == "force")
COMPONENTS = next(c.choices for c in columns_of(Ceiling) if c.name == "component")
# Characters of a page's paragraphs, what stands around each of them included: it stays below
# 150 kB with everything else.
_PAGE, _AROUND, _CEILING, _PART = 100_000, 2_700, 1_400, 1_300
_SEEN_TABLES = (Document, Paragraph, Ceiling)


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph as the page shows it: what was proposed, or what its reader sent last.

    Attributes:
        read: what was proposed.
        cells: value of each cell by name.
        ticks: what is ticked: `take`, `follow`, `cycle`.
        row: the row that is chosen, by code; empty for a new one.
        held: that row; none for a new one, and where there is no such row.
        hanging: how many rows of the record hang on it.
        ceilings: those found, each with its cells.
    """

    read: ProposedParagraph
    cells: Mapping[str, str]
    ticks: frozenset[str]
    row: str
    held: Paragraph | None
    hanging: int
    ceilings: tuple[tuple[FoundCeiling, Mapping[str, str]], ...]

    @property
    def is_proposed_row(self) -> bool:
        """Whether the row is the one that was proposed."""
        return self.held is not None and self.held == self.read.held

    @property
    def differing(self) -> list[tuple[str, str]]:
        """Cells of the row, but for its substance, that say something else, and what they say."""
        if self.held is None:
            return []
        names = (name for name in PARAGRAPH_CELLS if name != "substance")
        kept = [(name, getattr(self.held, name)) for name in names]
        return [(name, value) for name, value in kept if value and value != self.cells[name]]


class SideBySide:
    """What the page of a text needs.

    Args:
        request: the visit; what was sent is shown again as it was sent.
        dossier: as it is.
        proposed: what the text would add.
        is_article: whether a press article told it.
        is_overtaken: whether somebody else changed rows since; what the reader did not touch is
            then shown as it is now.
    """

    def __init__(
        self,
        request: Visit,
        dossier: Dossier,
        proposed: Proposed,
        *,
        is_article: bool = False,
        is_overtaken: bool = False,
    ) -> None:
        self._request, self._dossier, self._proposed = request, dossier, proposed
        self._is_article, self._is_overtaken = is_article, is_overtaken
        is_sent = request.method == "POST" and request.POST.get("do") in {"accept", "look"}
        self._sent: Mapping[str, str] = request.POST if is_sent else {}
        self._rows = {
            row.code: row
            for row in dossier.rows(Paragraph)
            if row.document == proposed.document.code
        }
        # How many rows of the record name each paragraph.
        self._hanging = Counter(getattr(row, "paragraph", "") for row in dossier.all_rows)

    @cached_property
    def _before(self) -> dict[str, Any]:
        """The document's rows as the sender saw them, by code."""
        seen = [n for (table, _), n in seen_in(self._sent).items() if table == Paragraph.TABLE]
        states = MODELS[Paragraph.TABLE].objects.for_user(self._request.reader)
        rows = states.of(self._request.mission.pk).filter(pk__in=seen).rows()
        return {row.label: row for row in rows}

    def context(self) -> dict[str, Any]:
        """The values of the template."""
        shows_all = self._request.GET.get("all") == "yes"
        open_ones = [p for p in self._proposed.paragraphs if shows_all or not p.is_kept]
        # What was sent is shown again, also what somebody else accepted meanwhile.
        sent = [p for p in self._proposed.paragraphs if f"p.{p.name}.verb" in self._sent]
        pages = [sent] if sent else _pages(open_ones)
        place = min(whole(self._request.GET.get("page", "")) or 1, len(pages))
        lines = [self._line(p) for p in pages[place - 1]] if pages else []
        confidence = "reported" if self._is_article else "official"
        form = SourceForm(  # what was only looked at is not yet asked where it is from
            self._sent if self._sent.get("do") == "accept" else None,
            words=self._request.words,
            initial={"confidence": confidence, **{n: self._sent[n] for n in self._sent}},
        )
        bodies = self._dossier.rows(Organisation)
        return {
            "is_article": self._is_article,
            "proposed": self._proposed,
            "cells": self._document_cells(),
            "lines": lines,
            "waiting": len(open_ones),
            "kept": len(self._proposed.paragraphs) - len(open_ones),
            "shows_all": shows_all,
            "chosen": self._request.GET.get("document", ""),
            "page": place,
            "pages": range(1, len(pages) + 1),
            "goes_on": self._sent.get("goes_on") == "yes" or place < len(pages),
            "left_rows": self._left_rows(),
            "rows": self._rows.values() if not self._is_article else (),
            "seen": self._seen(),
            "forces": FORCES,
            "manners": MANNERS,
            "statuses": FIRST_STATUSES,
            "components": self._request.words.choices(COMPONENTS),
            "ceilings": self._dossier.rows(Ceiling),
            "source": form,
            "bodies": bodies,
            "documents": self._dossier.rows(Document),
        }

    def _line(self, read: ProposedParagraph) -> Line:
        start = f"p.{read.name}."
        chosen = row_chosen(self._sent, read)
        is_own = chosen == read.new_code or read.is_told
        held = self._rows.get(chosen)
        proposed = {
            "task": task_of(read.substance, read.addressee),
            "owner": read.owner,
            "due_on": str(read.due_on or ""),
            "status": "open",
            "first_due_on": str(read.first_due_on or ""),
            **{n: getattr(read, n) or getattr(held, n, "") for n in PARAGRAPH_CELLS},
        }
        cells = {n: self._sent.get(f"{start}{n}", value) for n, value in proposed.items()}
        if self._is_overtaken and held:
            then = self._before.get(chosen)
            offered = {n: getattr(read, n) or getattr(then, n, "") for n in PARAGRAPH_CELLS}
            untouched = (name for name, value in offered.items() if cells[name] == value)
            cells |= {name: getattr(held, name) for name in untouched}
        if self._sent:
            names = ("take", "follow", "cycle")
            ticks = {name for name in names if self._sent.get(f"{start}{name}") == "yes"}
            if self._is_overtaken:
                there = {"follow": bool(read.follow_ups), "cycle": read.has_cycle}
                ticks -= {name for name, is_there in there.items() if is_there}
        else:
            wanted = {
                "take": not read.is_act or read.force != "statement" or held is not None,
                "follow": read.wants_follow_up,
                "cycle": read.wants_cycle,
            }
            ticks = {name for name, is_wanted in wanted.items() if is_wanted}
        return Line(
            read=read,
            cells=cells,
            ticks=frozenset(ticks),
            row="" if is_own and held is None else chosen,
            held=held,
            hanging=self._hanging[chosen] if held else 0,
            ceilings=tuple(
                (c, self._ceiling_cells(f"{start}{c.name}.", c, read.until_on))
                for c in read.ceilings
            ),
        )

    def _ceiling_cells(
        self, start: str, found: FoundCeiling, told_until_on: date | None
    ) -> dict[str, str]:
        document = self._proposed.document
        until_on = document.held.valid_until_on if document.held else None
        near = self._dossier.by_code(Ceiling).get(found.near)
        proposed = {
            "take": "",
            "is": found.near,
            "component": found.component,
            "strength_persons": str(found.strength_persons),
            "from_on": str(near.from_on if near else document.adopted_on or ""),
            "until_on": str((near.until_on if near else told_until_on or until_on) or ""),
            "replaces": "",
        }
        return {name: self._sent.get(f"{start}{name}", value) for name, value in proposed.items()}

    def _left_rows(self) -> list[tuple[Paragraph, str, int]]:
        """Rows that no paragraph of the text stands for, and which is most like each."""
        told = {p.held.code for p in self._proposed.paragraphs if p.held}
        told |= {value for name, value in self._sent.items() if name.endswith(".row")}
        left = [row for code, row in self._rows.items() if code not in told]
        asked = [
            Asked(p.name, p.code, p.number, p.verb, p.text, p.parent)
            for p in self._proposed.paragraphs
        ]
        near = nearest(left, asked)
        return [(row, *near.get(row.code, ("", 0))) for row in left]

    def _seen(self) -> Iterator[tuple[str, str, int]]:
        """The state of each row that may be changed from here, as it is shown."""
        code = self._proposed.document.code
        for table in _SEEN_TABLES:
            states = MODELS[table.TABLE].objects.for_user(self._request.reader)
            now = states.of(self._request.mission.pk).current()
            if table is Paragraph:
                now = now.filter(document=code)
            if table is Document:
                now = now.filter(row_key=code)
            for number, key in now.values_list("pk", "row_key"):
                yield table.TABLE, key, number

    def _document_cells(self) -> list[tuple[str, str, str]]:
        """Cell, what is shown in it, and what is kept; what was read is offered first."""
        held = self._proposed.document.held
        cells = []
        for name in DOCUMENT_CELLS:
            read = getattr(self._proposed.document, name, None)
            kept = getattr(held, name, None)
            kept_text = "" if kept is None else str(kept)
            read_text = "" if read in (None, "none") else str(read)
            shown = self._sent.get(f"d.{name}", read_text or kept_text)
            cells.append((name, shown, kept_text))
        return cells


def seen_in(sent: Mapping[str, str]) -> dict[tuple[str, str], int]:
    """The states that a form's sender saw, by table and key."""
    found = {}
    for name, value in sent.items():
        start, _, rest = name.partition(".")
        table, _, key = rest.partition(".")
        number = whole(value) if start == "seen" and key else None
        if number is not None:
            found[table, key] = number
    return found


def _pages(paragraphs: list[ProposedParagraph]) -> list[list[ProposedParagraph]]:
    """Paragraphs by page, so that none grows too long for a slow network."""
    pages: list[list[ProposedParagraph]] = []
    room = 0
    for one in paragraphs:
        size = _AROUND + _CEILING * len(one.ceilings)
        size += min(len(one.text), _PART) + 2 * min(len(one.substance), _PART)
        if size > room:
            pages.append([])
            room = _PAGE
        pages[-1].append(one)
        room -= size
    return pages
