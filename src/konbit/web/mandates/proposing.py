"""From a text that was read to rows that are proposed: codes, what is there already, how sure."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

from konbit.dossier.tables.mandate import Document, Organisation
from konbit.mandate import Body, end_of_mandate, is_coded, read_coded
from konbit.mandate import read as read_text
from konbit.web.mandates.paragraphs import ProposedParagraph, paragraphs_of
from konbit.web.mandates.renewing import folded, renewed

if TYPE_CHECKING:
    from datetime import date

    from konbit import mandate
    from konbit.dossier import Dossier
    from konbit.mandate import Proposal

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


@dataclass(frozen=True, slots=True)
class ProposedDocument:
    """What the register would say of the document.

    Attributes:
        code: permanent code: that of the row which is there, or one made from the symbol.
        held: the row that is there already; none for a new document.
        why: value, rule and how sure in per cent, of each slot that was found.
        valid_until_on: the end of the mandate that the text sets, where the row has no day yet.
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
    valid_until_on: date | None = None


@dataclass(frozen=True, slots=True)
class Proposed:
    """A document with its paragraphs, as proposed."""

    document: ProposedDocument
    paragraphs: tuple[ProposedParagraph, ...]


def document_in(text: str, name: str) -> mandate.Document:
    """What stands in a text: one with permanent codes, or a plain one."""
    return read_coded(text, name) if is_coded(text) else read_text(text, name)


def propose(read: mandate.Document, dossier: Dossier, chosen: str = "") -> Proposed:
    """What a text would add to a dossier; the same text again finds everything there.

    Args:
        read: the text.
        dossier: as it is.
        chosen: code of the document that a reader says it is; empty where it is found by itself.
    """
    slots = Slots(read.symbol, read.body, read.adopted_on, read.vote, read.language)
    document = document_of(slots, dossier, chosen=chosen)
    carried = renewed(read, dossier, document.code, document.body, document.adopted_on)
    if carried is not None:
        told = ("renews", carried.rule, carried.confidence_percent)
        document = replace(document, renews=carried.value, why=(*document.why, told))
    if document.held is None or document.held.valid_until_on is None:
        document = replace(document, valid_until_on=end_of_mandate(read.paragraphs))
    return Proposed(document, paragraphs_of(read, document.code, dossier))


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
    slots: Slots, dossier: Dossier, *, answers: str = "", renews: str = "", chosen: str = ""
) -> ProposedDocument:
    """What the register would say of a document with such a heading."""
    symbol = slots.symbol.value if slots.symbol else ""
    adopted_on = slots.day.value if slots.day else None
    body = body_code(slots.body.value if slots.body else None, dossier)
    told = dossier.by_code(Document).get(chosen)
    held = told or held_document(dossier, symbol, body, adopted_on)
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
        wanted = folded(symbol)
        found = [row for row in rows if row.symbol and folded(row.symbol) == wanted]
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
