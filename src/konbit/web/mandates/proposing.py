"""From a text that was read to rows that are proposed: codes, what is there already, how sure."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from konbit.dossier.tables.mandate import Document, Organisation, Paragraph
from konbit.mandate import Body, DeadlineKind, is_coded, read_coded
from konbit.mandate import read as read_text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from konbit import mandate
    from konbit.dossier import Dossier
    from konbit.mandate import Proposal

_LONGEST_CODE = 64
_BRACKETS = re.compile(r"\s*\([^)]*\)")
_MARKS = re.compile(r"[^A-Za-z0-9]+")
# Words that the title of a body's row has.
_BODIES = {
    Body.SECURITY_COUNCIL: ("security", "council"),
    Body.GENERAL_ASSEMBLY: ("united nations", "general", "assembly"),
    Body.HUMAN_RIGHTS_COUNCIL: ("human", "rights", "council"),
    Body.ECONOMIC_AND_SOCIAL_COUNCIL: ("economic", "social", "council"),
    Body.OAS_GENERAL_ASSEMBLY: ("general", "assembly", "oas"),
    Body.OAS_PERMANENT_COUNCIL: ("permanent", "council"),
}
_LAST_DAYS = (DeadlineKind.BY, DeadlineKind.WITHIN)


@dataclass(frozen=True, slots=True)
class ProposedDocument:
    """What the register would say of the document.

    Attributes:
        code: permanent code: that of the row which is there, or one made from the symbol.
        held: the row that is there already; none for a new document.
        why: value, rule and how sure in per cent, of each slot that was found.
    """

    code: str
    held: Document | None
    symbol: str
    body: str
    adopted_on: date | None
    adopted_by: str
    votes_for: int | None
    votes_against: int | None
    abstentions: int | None
    answers: str
    renews: str
    why: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True, slots=True)
class ProposedParagraph:
    """What a row would say of a paragraph.

    Attributes:
        name: its code in the text (`op4.a`).
        code: permanent code in the record.
        parent: permanent code of the paragraph it hangs on, or empty.
        held: the row that is there already, found by its number; none for a new one.
        number: as printed, parts after a point.
        text: its words.
        due_on: last day on which it is to be done, where the text gives one.
        every_months, every_days: the rhythm of a report, where the text counts one.
        phrase: the words of the time limit.
        bounds: numbers that bound people, kit or money, as printed.
        cited: symbols of what it cites.
        rule: why it is held to be this act.
        sure_percent: how sure.
        is_told: whether an article tells it, and the text itself was not seen.
        place: the sentence of the article.
    """

    name: str
    code: str
    parent: str
    held: Paragraph | None
    verb: str
    force: str
    addressee: str
    substance: str
    number: str = ""
    text: str = ""
    due_on: date | None = None
    every_months: int | None = None
    every_days: int | None = None
    phrase: str = ""
    bounds: tuple[str, ...] = ()
    cited: tuple[str, ...] = ()
    rule: str = ""
    sure_percent: int = 0
    is_told: bool = False
    place: str = ""


@dataclass(frozen=True, slots=True)
class Proposed:
    """A document with its paragraphs, as proposed."""

    document: ProposedDocument
    paragraphs: tuple[ProposedParagraph, ...]


def document_in(text: str, name: str) -> mandate.Document:
    """What stands in a text: one with permanent codes, or a plain one."""
    return read_coded(text, name) if is_coded(text) else read_text(text, name)


def propose(read: mandate.Document, dossier: Dossier) -> Proposed:
    """What a text would add to a dossier; the same text again finds everything there."""
    slots = Slots(read.symbol, read.body, read.adopted_on, read.vote, read.language)
    document = document_of(slots, dossier, renews=_renewed(read, dossier))
    held = {
        row.number: row
        for row in dossier.rows(Paragraph)
        if row.document == document.code and row.number
    }
    codes: dict[str, str] = {}
    paragraphs = []
    for paragraph in read.paragraphs:
        number = number_of(paragraph)
        there = held.get(number)
        made = f"{document.code}.{paragraph.code}"[:_LONGEST_CODE]
        codes[paragraph.code] = there.code if there else made
        parent = codes.get(paragraph.parent, "")
        paragraphs.append(_paragraph(paragraph, codes[paragraph.code], parent, there))
    return Proposed(document, tuple(paragraphs))


def number_of(paragraph: mandate.Paragraph) -> str:
    """A paragraph's number with section and parts: `4.a`, `II.3`."""
    return ".".join(filter(None, (paragraph.section, paragraph.number, paragraph.sub)))


@dataclass(frozen=True, slots=True)
class Slots:
    """What was found of a document's heading, in its text or told by others; none where silent."""

    symbol: Proposal[str] | None
    body: Proposal[Body] | None
    day: Proposal[date] | None
    vote: Proposal[mandate.Vote] | None
    language: Proposal[str] | None = None

    @property
    def why(self) -> tuple[tuple[str, str, int], ...]:
        """Name, rule and how sure in per cent, of each slot that was found."""
        named = ((one.name, getattr(self, one.name)) for one in fields(self))
        return tuple((name, p.rule, p.confidence_percent) for name, p in named if p is not None)


def document_of(
    slots: Slots, dossier: Dossier, *, answers: str = "", renews: str = ""
) -> ProposedDocument:
    """What the register would say of a document with such a heading."""
    symbol = slots.symbol.value if slots.symbol else ""
    adopted_on = slots.day.value if slots.day else None
    body = body_code(slots.body.value if slots.body else None, dossier)
    held = held_document(dossier, symbol, body, adopted_on)
    vote = slots.vote.value if slots.vote else None
    return ProposedDocument(
        code=held.code if held else code_of(symbol, body, adopted_on),
        held=held,
        symbol=symbol,
        body=body,
        adopted_on=adopted_on,
        adopted_by=manner_of(vote),
        votes_for=vote.for_count if vote else None,
        votes_against=vote.against_count if vote else None,
        abstentions=vote.abstain_count if vote else None,
        answers=answers,
        renews=renews,
        why=slots.why,
    )


def manner_of(vote: mandate.Vote | None) -> str:
    """How a document was adopted, in the words of its table."""
    if vote is None:
        return "none"
    return "vote" if vote.manner in {"unanimous", "counted"} else "consensus"


def held_document(
    dossier: Dossier, symbol: str, body: str, adopted_on: date | None
) -> Document | None:
    """The row that is this document: by its symbol, else by body and day where that is one only."""
    rows = dossier.rows(Document)
    if symbol:
        wanted = _folded(symbol)
        found = [row for row in rows if row.symbol and _folded(row.symbol) == wanted]
        if found:
            return found[0]
    same = [
        row
        for row in rows
        if body and row.body == body and row.adopted_on == adopted_on and row.kind == "resolution"
    ]
    return same[0] if len(same) == 1 and not (symbol and same[0].symbol) else None


def code_of(symbol: str, body: str, adopted_on: date | None) -> str:
    """A permanent code: the symbol without its brackets, or body and day."""
    told = _BRACKETS.sub("", symbol) or " ".join(filter(None, (body, str(adopted_on or ""))))
    return _MARKS.sub("-", told).strip("-")[:40] or "DOCUMENT"


def body_code(body: Body | None, dossier: Dossier) -> str:
    """The row of a body, by the words of its title; empty where none has them."""
    words = _BODIES.get(body, ()) if body else ()
    for row in dossier.rows(Organisation):
        title = row.title.casefold()
        if words and all(word in title for word in words):
            return row.code
    return ""


def _renewed(read: mandate.Document, dossier: Dossier) -> str:
    """The document whose mandate the first paragraphs carry on, where they say so."""
    by_symbol = {_folded(row.symbol): row.code for row in dossier.rows(Document) if row.symbol}
    for paragraph in read.paragraphs[:3]:
        if re.search(r"\b(?:extend|renew|transition)", paragraph.text, re.IGNORECASE):
            for citation in paragraph.citations:
                if _folded(citation.symbol) in by_symbol:
                    return by_symbol[_folded(citation.symbol)]
    return ""


def _folded(symbol: str) -> str:
    return _MARKS.sub("", symbol).casefold()


def _paragraph(
    read: mandate.Paragraph, code: str, parent: str, held: Paragraph | None
) -> ProposedParagraph:
    act = read.acts[0]
    limits = [limit for each in read.acts for limit in each.deadlines]
    last = next((one for one in limits if one.kind in _LAST_DAYS and one.on), None)
    rhythm = next((one for one in limits if one.kind is DeadlineKind.RECURRING), None)
    shown = rhythm or last or (limits[0] if limits else None)
    sure = [read.confidence_percent]
    sure += [p.confidence_percent for p in (act.verb, act.force, act.addressee) if p]
    return ProposedParagraph(
        name=read.code,
        code=code,
        parent=parent,
        held=held,
        number=number_of(read),
        text=read.text,
        verb=act.english,
        force=str(act.force.value) if act.force else "statement",
        addressee=act.addressee.value if act.addressee else "",
        substance=act.action or read.text,
        due_on=last.on if last else None,
        every_months=rhythm.every_months if rhythm else None,
        every_days=rhythm.every_days if rhythm else None,
        phrase=shown.phrase if shown else "",
        bounds=tuple(f"{c.count} {c.unit}" for each in read.acts for c in each.ceilings),
        cited=tuple(_unique(c.symbol or c.number for c in read.citations)),
        rule=", ".join(filter(None, (read.rule, act.verb.rule if act.verb else ""))),
        sure_percent=min(sure),
    )


def _unique(texts: Iterable[str]) -> Iterable[str]:
    return dict.fromkeys(texts)
