"""Which document a text renews: one that its extending paragraph cites, or that it recalls."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from konbit.dossier.tables.mandate import Document
from konbit.mandate import Proposal

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from konbit import mandate
    from konbit.dossier import Dossier

_MARKS = re.compile(r"[^A-Za-z0-9]+")
_CARRIES_ON = re.compile(
    r"\b(?:extend|renew|transition|prolong|prorog|reconduire|renouvel|prorrog|renov)", re.IGNORECASE
)
_ITS_MANDATE = re.compile(r"\b(?:mandat|authori[sz]|autori[sz])", re.IGNORECASE)
# A short name in capitals, or three words with capitals.
_NAME = re.compile(r"\b[A-Z][A-Z-]{2,}\b|\b[A-Z][a-z]+(?:\s+[A-Z][a-z]+){2,}")
_NO_MISSION = re.compile(r"Council|Assembly|Secretary|Special|Government|Charter|Consejo|Conseil")
_FIRST = 3  # paragraphs among which one carries a mandate on
_CITED, _RECALLED, _LATER = 85, 60, 65
_ROUNDABOUT = {"renews-cited": "renews-cited-later", "renews-recalled": "renews-recalled-later"}
RULES = frozenset({*_ROUNDABOUT, *_ROUNDABOUT.values()})  # each has its words on the page


def folded(symbol: str) -> str:
    """A symbol without its marks and in small letters, as two are compared."""
    return _MARKS.sub("", symbol).casefold()


def renewed(
    read: mandate.Document, dossier: Dossier, own: str, body: str, adopted_on: date | None
) -> Proposal[str] | None:
    """The document whose mandate a text carries on, with the rule and how sure.

    Where the paragraph that extends a mandate cites a document of the register, it is that one.
    Else it is the latest of those that the preamble recalls, if it is of the same body and its
    title or summary names the mission whose mandate the paragraph extends. A document that another
    has renewed since stands for that other one: a register keeps a chain.

    Args:
        read: the text.
        dossier: as it is.
        own: code of the text's own row, which it does not renew.
        body: code of the body that speaks; empty where it is not known.
        adopted_on: its day, if known; later documents are never renewed.
    """
    rows = {folded(row.symbol): row for row in dossier.rows(Document) if row.symbol}
    rows = {symbol: row for symbol, row in rows.items() if _earlier(row, own, adopted_on)}
    for paragraph in read.paragraphs[:_FIRST]:
        if not _CARRIES_ON.search(paragraph.text):
            continue
        for row in _cited(paragraph.citations, rows):
            return _latest(row, rows.values(), ("renews-cited", _CITED), body)
        if not _ITS_MANDATE.search(paragraph.text):
            continue
        names = _mission_in(paragraph.text)
        recalled = [
            row
            for recital in read.recitals
            for row in _cited(recital.citations, rows)
            if body and row.body == body and _is_about(row, names)
        ]
        if recalled:
            row = max(recalled, key=lambda row: (row.adopted_on, row.code))
            return _latest(row, rows.values(), ("renews-recalled", _RECALLED), body)
    return None


def _earlier(row: Document, own: str, adopted_on: date | None) -> bool:
    return row.code != own and (adopted_on is None or row.adopted_on < adopted_on)


def _cited(citations: Iterable[mandate.Citation], rows: dict[str, Document]) -> Iterable[Document]:
    for citation in citations:
        row = rows.get(folded(citation.symbol)) if citation.symbol else None
        if row is not None:
            yield row


def _mission_in(words: str) -> frozenset[str]:
    """Names in a paragraph, of which one is the mission's."""
    found = (" ".join(name.split()) for name in _NAME.findall(words))
    return frozenset(name for name in found if not _NO_MISSION.search(name))


def _is_about(row: Document, names: frozenset[str]) -> bool:
    """Whether title or summary of a document have one of the names; its paragraphs name others."""
    words = f"{row.title} {row.summary}"
    return any(re.search(rf"\b{re.escape(name)}\b", words) for name in names)


def _latest(
    row: Document, rows: Iterable[Document], told: tuple[str, int], body: str
) -> Proposal[str]:
    """The row itself, or the last that renewed it, one after the other."""
    rule, sure = told
    after = {later.renews: later for later in rows if later.renews and later.body == body}
    seen = {row.code}
    while body and row.code in after and after[row.code].code not in seen:
        row = after[row.code]
        seen.add(row.code)
        sure = min(sure, _LATER)
    return Proposal(row.code, rule if len(seen) == 1 else _ROUNDABOUT[rule], sure, None)
