"""From a press article to rows that are proposed: a document and its acts, marked secondary.

Of the article's sentences only their number is kept: what a row says is put in one's own words.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from konbit.dossier.tables.mandate import Document, Paragraph
from konbit.web.mandates.paragraphs import ProposedParagraph
from konbit.web.mandates.proposing import (
    Proposed,
    ProposedDocument,
    Slots,
    document_of,
    held_document,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from konbit.dossier import Dossier
    from konbit.mandate import Article
    from konbit.web.words import PageWords


def propose_told(read: Article, dossier: Dossier, words: PageWords) -> Proposed:
    """What an article would add to a dossier; the same article again finds everything there."""
    asked_on = read.request.on.value if read.request and read.request.on else None
    slots = Slots(read.symbol, read.body, read.decided_on, read.vote)
    document = document_of(slots, dossier, answers=_request_of(dossier, asked_on))
    waiting = [row for row in dossier.rows(Paragraph) if row.document == document.code]
    paragraphs = []
    for number, act in enumerate(read.acts, start=1):
        code = f"{document.code}.told{number}"
        held = next((row for row in waiting if row.code == code), None) or next(
            (row for row in waiting if row.verb == act.verb.value), None
        )
        if held:
            waiting.remove(held)
        place = words.say("reading-place", start=act.at.start, end=act.at.end)
        addressee = act.addressee
        sure = min(act.verb.confidence_percent, addressee.confidence_percent if addressee else 100)
        paragraphs.append(
            ProposedParagraph(
                name=f"told{number}",
                code=held.code if held else code,
                parent="",
                held=held,
                text=act.words,
                verb=act.verb.value,
                force=str(act.force.value),
                addressee=addressee.value if addressee else "",
                substance=words.say("reading-told", place=place),
                rules=(act.verb.rule,),
                sure_percent=sure,
                is_told=True,
                place=place,
            )
        )
    return Proposed(document, tuple(paragraphs))


def _request_of(dossier: Dossier, asked_on: date | None) -> str:
    """The request of that day, where the register has one only."""
    kinds = {"request", "letter"}
    found = [d for d in dossier.rows(Document) if d.kind in kinds and d.adopted_on == asked_on]
    return found[0].code if len(found) == 1 else ""


def sent_back(sent: Mapping[str, str], dossier: Dossier, today: date) -> Proposed:
    """What a reader of an article sends back: the document and the acts that are ticked.

    Nothing of the article comes back but the place of each act.
    """
    code = sent.get("code", "")[:40]
    symbol, body = sent.get("d.symbol", ""), sent.get("d.body", "")
    adopted_on = _day(sent.get("d.adopted_on", ""), today)
    held = dossier.by_code(Document).get(code) or held_document(dossier, symbol, body, adopted_on)
    document = ProposedDocument(
        held.code if held else code, held, symbol, body, adopted_on, sent.get("d.adopted_by", ""),
        None, None, None, sent.get("d.answers", ""), sent.get("d.renews", ""), (),
    )  # fmt: skip
    kept = dossier.by_code(Paragraph)
    ticked = [name for name in sent if name.startswith("p.told") and name.endswith(".take")]
    paragraphs = tuple(_act_sent_back(name[2:-5], document.code, kept, sent) for name in ticked)
    return Proposed(document, paragraphs)


def _act_sent_back(
    name: str, document: str, kept: Mapping[str, Paragraph], sent: Mapping[str, str]
) -> ProposedParagraph:
    code = f"{document}.{name}"[:64]
    return ProposedParagraph(
        name=name,
        code=code,
        parent="",
        held=kept.get(code),
        verb=sent.get(f"p.{name}.verb", ""),
        force=sent.get(f"p.{name}.force", "statement"),
        addressee=sent.get(f"p.{name}.addressee", ""),
        substance=sent.get(f"p.{name}.substance", ""),
        is_told=True,
        place=sent.get(f"p.{name}.place", "")[:80],
    )


def _day(text: str, otherwise: date) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return otherwise
