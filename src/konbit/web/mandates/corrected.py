"""From what a reader sends back to rows: each paragraph on the row that was chosen for it."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, TypeVar, cast

from konbit.dossier import texts_of
from konbit.dossier.cells import CellError
from konbit.dossier.columns import Row
from konbit.dossier.tables.follow_up import FollowUp, ReportingCycle
from konbit.dossier.tables.mandate import Ceiling, Document, Paragraph
from konbit.package.characters import FORBIDDEN, plain
from konbit.terms import Severity
from konbit.terms.finding import finding
from konbit.web.mandates.accepting import NotAcceptedError
from konbit.web.mandates.matching import NUMBERS_BETWEEN
from konbit.web.mandates.paragraphs import task_of
from konbit.web.tables.edits import row_from_texts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from konbit.dossier import Dossier
    from konbit.web.mandates.accepting import Source
    from konbit.web.mandates.paragraphs import ProposedParagraph
    from konbit.web.mandates.proposing import Proposed

R = TypeVar("R", bound=Row)

DOCUMENT_CELLS = (
    "symbol", "title", "body", "adopted_on", "valid_until_on", "adopted_by", "votes_for",
    "votes_against", "abstentions", "answers", "renews", "summary",
)  # fmt: skip
PARAGRAPH_CELLS = ("verb", "force", "addressee", "substance")
# A follow-up that is taken up here; what is done needs its evidence, and is settled on its page.
FIRST_STATUSES = ("open", "in_progress", "not_done", "overtaken", "unknown")
_LONGEST_CELL = 2_000
# Cells by which a row that hangs on a paragraph is the same one.
_SAME: Mapping[type[Row], tuple[str, ...]] = {
    FollowUp: ("paragraph", "task", "due_on"),
    ReportingCycle: ("paragraph", "every_months", "every_days"),
    Ceiling: ("paragraph", "component", "strength_persons", "from_on"),
}


def rows_sent(
    sent: Mapping[str, str],
    proposed: Proposed,
    dossier: Dossier,
    source: Source,
    *,
    is_secondary: bool = False,
) -> list[Row]:
    """The rows that a reader accepts: document, ticked paragraphs, what hangs on them.

    Raises:
        NotAcceptedError: a cell cannot be read, a row chosen is not the document's, a paragraph
            hangs on one that is neither ticked nor there, or a day is before the adoption.
    """
    told = {name: sent.get(f"d.{name}", "") for name in DOCUMENT_CELLS}
    held = proposed.document.held
    code = proposed.document.code
    document = document_row(held, {"code": code, **told}, source, is_secondary=is_secondary)
    return [document, *_Corrected(sent, proposed, dossier, source, document).rows()]


def document_row(
    held: Document | None, texts: dict[str, str], source: Source, *, is_secondary: bool
) -> Document:
    """The row of a document; what is kept already and was not told again stays.

    A secondary source never takes the place of the text itself.

    Raises:
        NotAcceptedError: a cell cannot be read.
    """
    told = {name: text for name, text in texts.items() if text.strip()}
    base = {} if held is None else texts_of(held)
    seen = "secondary" if is_secondary else "original"
    if is_secondary and held is not None and held.text_seen != "secondary":
        return held
    cells = {"kind": "resolution", "adopted_by": "none", **base, **told, "text_seen": seen}
    return _row(Document, {**cells, **_sourced(source)})


def row_chosen(sent: Mapping[str, str], proposed: ProposedParagraph) -> str:
    """The row that a reader chose for a paragraph; a new one's code where the choice is empty."""
    chosen = plain(sent.get(f"p.{proposed.name}.row", proposed.code)).strip()
    return chosen or proposed.new_code or proposed.code


class _Corrected:
    def __init__(
        self,
        sent: Mapping[str, str],
        proposed: Proposed,
        dossier: Dossier,
        source: Source,
        document: Document,
    ) -> None:
        self._sent, self._dossier, self._source = sent, dossier, source
        self._document = document
        self._held = {
            row.code: row for row in dossier.rows(Paragraph) if row.document == document.code
        }
        self._ticked = [p for p in proposed.paragraphs if self._is_ticked(f"p.{p.name}.take")]
        ticked = {p.name for p in self._ticked}
        self._codes = {
            p.name: row_chosen(sent, p) if p.name in ticked else p.held.code if p.held else ""
            for p in proposed.paragraphs
        }
        self._taken = {row.label for row in dossier.all_rows}
        self._ended: set[str] = set()

    def rows(self) -> Iterator[Row]:
        by_row: dict[str, list[ProposedParagraph]] = {}
        for one in self._ticked:
            by_row.setdefault(self._code(one), []).append(one)
        for code, told in by_row.items():
            row = self._paragraph(code, told)
            yield row
            for one in told:
                made = (self._follow_up(one, row), self._cycle(one, row), self._ceilings(one, row))
                yield from (r for rows in made for r in rows if not self._is_there(r))

    def _is_there(self, made: Row) -> bool:
        """Whether the same was accepted before: a form sent twice adds nothing the second time."""
        names = _SAME.get(type(made), ())
        return any(
            all(getattr(row, name) == getattr(made, name) for name in names)
            for row in self._dossier.rows(type(made))
            if names and row.label not in self._ended
        )

    def _code(self, one: ProposedParagraph) -> str:
        code = self._codes[one.name]
        if code not in self._held and code not in (one.new_code, one.code):
            raise NotAcceptedError(code="mapping-no-row", row=code, paragraph=one.name)
        return code

    def _paragraph(self, code: str, told: list[ProposedParagraph]) -> Paragraph:
        """The row as corrected; what is kept of it and was not told again (theme, note) stays."""
        first = told[0]
        held = self._held.get(code)
        base = {} if held is None else texts_of(held)
        sent = {n: self._sent.get(f"p.{first.name}.{n}", "") for n in PARAGRAPH_CELLS}
        said = {name: text[:_LONGEST_CELL] for name, text in sent.items() if text.strip()}
        place = {"number_status": "unknown", "note": first.place}
        if not first.is_told:
            numbers = dict.fromkeys(one.number for one in told)
            place = {
                "number": NUMBERS_BETWEEN.join(filter(None, numbers)),
                "number_status": "confirmed",
                "parent": self._parent(first, code),
            }
        cells = {**base, **said, "code": code, "document": self._document.code, **place}
        return _row(Paragraph, {**cells, **_sourced(self._source)})

    def _parent(self, one: ProposedParagraph, code: str) -> str:
        if not one.parent:
            return ""
        parent = self._codes.get(one.parent, "")
        if not parent:
            raise NotAcceptedError(code="mapping-no-parent", paragraph=one.name, parent=one.parent)
        return "" if parent == code else parent

    def _follow_up(self, one: ProposedParagraph, row: Paragraph) -> Iterator[FollowUp]:
        start = f"p.{one.name}."
        if not self._is_ticked(f"{start}follow"):
            return
        status = self._sent.get(f"{start}status", "open")
        if status not in FIRST_STATUSES:
            raise NotAcceptedError(code="mapping-status", paragraph=one.name)
        made = _row(
            FollowUp,
            {
                "code": self._free(f"F-{row.code[:58]}"),
                "paragraph": row.code,
                "task": self._sent.get(f"{start}task", "") or task_of(row.substance, row.addressee),
                "owner": self._sent.get(f"{start}owner", ""),
                "due_on": self._sent.get(f"{start}due_on", ""),
                "status": status,
                "note": one.phrase,
                **_sourced(self._source),
            },
        )
        if made.due_on and made.due_on < self._document.adopted_on:
            raise NotAcceptedError(code="mapping-before", paragraph=one.name)
        yield made

    def _cycle(self, one: ProposedParagraph, row: Paragraph) -> Iterator[ReportingCycle]:
        start = f"p.{one.name}."
        if not self._is_ticked(f"{start}cycle"):
            return
        months = one.every_months
        yield _row(
            ReportingCycle,
            {
                "code": self._free(f"R-{row.code[:58]}"),
                "paragraph": row.code,
                "title": self._sent.get(f"{start}task", "")
                or task_of(row.substance, row.addressee),
                "author": self._sent.get(f"{start}owner", ""),
                "first_due_on": self._sent.get(f"{start}first_due_on", ""),
                "every_months": str(months or ""),
                "every_days": "" if months else str(one.every_days or ""),
                "note": one.phrase,
                **_sourced(self._source),
            },
        )

    def _ceilings(self, one: ProposedParagraph, row: Paragraph) -> Iterator[Ceiling]:
        for found in one.ceilings:
            start = f"p.{one.name}.{found.name}."
            if found.there or not self._is_ticked(f"{start}take"):
                continue
            held = self._ceiling_meant(self._sent.get(f"{start}is", ""))
            made = _row(
                Ceiling,
                {
                    **(texts_of(held) if held else {}),
                    "code": held.code if held else self._free(f"C-{row.code[:58]}"),
                    "component": self._sent.get(f"{start}component", ""),
                    "strength_persons": self._sent.get(f"{start}strength_persons", ""),
                    "from_on": self._sent.get(f"{start}from_on", ""),
                    "until_on": self._sent.get(f"{start}until_on", ""),
                    "kind": "authorised",
                    "paragraph": row.code,
                    "document": self._document.code,
                    "note": found.words,
                    **_sourced(self._source),
                },
            )
            if made.until_on and made.until_on <= made.from_on:
                raise NotAcceptedError(code="mapping-ceiling-days", paragraph=one.name)
            yield made
            yield from self._replaced(self._sent.get(f"{start}replaces", ""), made.from_on)

    def _ceiling_meant(self, code: str) -> Ceiling | None:
        """The ceiling of the record that a number is held to be; none for a new one."""
        held = self._dossier.by_code(Ceiling).get(code) if code else None
        if code and held is None:
            raise NotAcceptedError(code="mapping-no-ceiling", ceiling=code)
        return held

    def _replaced(self, code: str, from_on: date) -> Iterator[Ceiling]:
        """The ceiling that ends where a new one takes its place."""
        if not code:
            return
        held = self._dossier.by_code(Ceiling).get(code)
        if held is None or held.from_on >= from_on:
            raise NotAcceptedError(code="mapping-no-ceiling", ceiling=code)
        is_first = code not in self._ended
        self._ended.add(code)
        if is_first and (held.until_on is None or held.until_on > from_on):
            yield _row(Ceiling, {**texts_of(held), "until_on": from_on.isoformat()})

    def _free(self, code: str) -> str:
        numbered = (code, *(f"{code}-{n}" for n in range(2, 999)))
        free = next(one for one in numbered if one not in self._taken)
        self._taken.add(free)
        return free

    def _is_ticked(self, name: str) -> bool:
        return self._sent.get(name) == "yes"


def _row(table: type[R], cells: dict[str, str]) -> R:
    try:
        return cast("R", row_from_texts(table, {n: _clean(text) for n, text in cells.items()}))
    except CellError as error:
        told = finding(error.code, Severity.ERROR, table.TABLE, "", "", **error.values_named)
        raise NotAcceptedError((told,)) from error


def _clean(text: str) -> str:
    """A cell's text without the control characters that files of strangers bring along."""
    return FORBIDDEN.sub("", plain(text))


def _sourced(source: Source) -> dict[str, str]:
    return {name: str(value) for name, value in asdict(source).items()}
