"""Reading: from the characters of a resolution to the document that it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from konbit.mandate.acts import ActReader
from konbit.mandate.characters import plain
from konbit.mandate.citations import citations_in
from konbit.mandate.collecting import no_search_for_circles
from konbit.mandate.columns import unfolded
from konbit.mandate.dates import days_in
from konbit.mandate.expiries import with_ends
from konbit.mandate.flow import Flow, Words, lines_of
from konbit.mandate.heading import (
    adopted_on_of,
    body_of,
    is_draft,
    joined,
    symbol_of,
    vote_of,
)
from konbit.mandate.languages import language_of
from konbit.mandate.limit_days import Clock
from konbit.mandate.numbering import codes_of, fill_numbers, sub_of
from konbit.mandate.segmenting import Draft, Piece, Segmenter
from konbit.mandate.values import (
    Block,
    BlockKind,
    Document,
    Paragraph,
    Proposal,
    Recital,
    Span,
)

if TYPE_CHECKING:
    from datetime import date

    from konbit.mandate.values import Body

_HEAD = {BlockKind.COVER, BlockKind.ORGAN, BlockKind.HEADING}
_FOOT = {BlockKind.CLOSING}


def read(text: str, name: str = "") -> Document:
    """Read a resolution, decision or draft.

    Args:
        text: its characters, of any layout. Never refused: what is not understood stays a block.
        name: the name of its file, used only where the text itself gives no symbol.
    """
    with no_search_for_circles():
        return _read(text, name)


def _read(text: str, name: str) -> Document:
    source = unfolded(plain(text))
    language = language_of(source)
    segmenter = Segmenter(lines_of(source), language.value)
    segmenter.run()
    drafts, pieces = segmenter.drafts, segmenter.pieces
    fill_numbers(drafts)
    codes = codes_of(drafts)
    words = Words(source)
    blocks = tuple(_block(piece, drafts, codes, words, source) for piece in pieces if piece.lines)
    return assembled(source, name, language, segmenter.organ, drafts, codes, blocks)


def assembled(
    source: str,
    name: str,
    language: Proposal[str],
    organ: str,
    drafts: list[Draft],
    codes: list[str],
    blocks: tuple[Block, ...],
    told_on: date | None = None,
) -> Document:
    """The document made of drafts of paragraphs and blocks: its heading and its acts are read."""
    words = Words(source)
    cover = _before_recitals(blocks, source)
    closing = joined(blocks, _FOOT, source)
    draft = is_draft(cover, name)
    body = body_of(organ, source, name)
    adopted_on = adopted_on_of(cover, closing, is_draft=draft)
    speaking = body.value if body else None
    day = told_on or (adopted_on.value if adopted_on else None)
    symbol = symbol_of(cover, name, speaking, day)
    acts = ActReader(
        source,
        language.value,
        Clock(day, _year_of(symbol), _latest_year(drafts, words, cover)),
        speaking,
    )
    return Document(
        text=source,
        name=name,
        language=language,
        body=body,
        symbol=symbol,
        adopted_on=adopted_on,
        vote=None if draft else vote_of(cover, closing, _notes_at_foot(blocks, source)),
        is_draft=draft,
        recitals=tuple(
            _recital(made, code, words, speaking)
            for made, code in zip(drafts, codes, strict=True)
            if made.kind is BlockKind.RECITAL
        ),
        paragraphs=with_ends(_paragraphs(drafts, codes, words, speaking, acts)),
        blocks=blocks,
    )


def _year_of(symbol: Proposal[str] | None) -> int | None:
    """The year that a symbol tells: S/2031/318, A/RES/80/321, CP/RES. 1511 (2801/35)."""
    if symbol is None:
        return None
    printed = re.search(r"/((?:19|20)\d\d)/|[-/(]((?:19|20)\d\d)\)$", symbol.value)
    if printed is not None:
        return int(printed[1] or printed[2])
    session = re.match(r"A/RES/(\d{2,3})/", symbol.value)
    if session is not None:
        return _FIRST_SESSION + int(session[1])
    american = re.search(r"/(\d\d)\)$", symbol.value)
    if american is None:
        return None
    return int(american[1]) + (1900 if int(american[1]) > _OAS_SINCE else 2000)


_FIRST_SESSION = 1945  # the eightieth session of the General Assembly opened in 2025
_OAS_SINCE = 47  # the Organization of American States is of 1948


def _latest_year(drafts: list[Draft], words: Words, cover: str) -> int | None:
    """The latest year of a day that a recital prints, else the head: a text is not older."""
    told = (Flow.of(draft.lines, words).text for draft in drafts if draft.kind is BlockKind.RECITAL)
    years = [day.year for text in told for day in days_in(text)]
    return max(years or [day.year for day in days_in(cover[:3_000])], default=None)


def _before_recitals(blocks: tuple[Block, ...], source: str) -> str:
    """The head of the text: all before its first recital or paragraph."""
    for block in blocks:
        if block.code:
            # "At its 46th plenary meeting, on 7 December 1990, the Assembly decided": head and paragraph.
            own = block.text.startswith("At its ")
            return source[: block.at.end if own else block.at.start]
    return source[:8_000]


def _notes_at_foot(blocks: tuple[Block, ...], source: str) -> str:
    """Footnotes after the adoption line; old volumes tell there how a text was adopted."""
    closing = next((block.at.start for block in blocks if block.kind is BlockKind.CLOSING), None)
    if closing is None:
        return ""
    notes = [b for b in blocks if b.kind is BlockKind.FOOTNOTE and b.at.start > closing]
    return joined(notes, {BlockKind.FOOTNOTE}, source)


def _block(piece: Piece, drafts: list[Draft], codes: list[str], words: Words, source: str) -> Block:
    start, end = piece.lines[0].start, piece.lines[-1].end
    flowed = piece.lines[0].text if len(piece.lines) == 1 else Flow.of(piece.lines, words).text
    code = marker = ""
    if piece.draft >= 0:
        draft = drafts[piece.draft]
        code = codes[piece.draft]
        if draft.marker and piece.kind is not BlockKind.CONTINUATION:
            marker = draft.marker
            start = source.rfind(draft.marker, max(0, start - len(draft.marker) - 40), start)
            start = start if start >= 0 else piece.lines[0].start
            flowed = f"{draft.marker} {flowed}".rstrip()
    elif piece.kind not in (BlockKind.RECITAL, BlockKind.PARAGRAPH, BlockKind.CONTINUATION):
        flowed = "\n".join(line.text for line in piece.lines)
    return Block(piece.kind, code, flowed, Span(start, max(start, end)), piece.section, marker)


def _recital(draft: Draft, code: str, words: Words, body: Body | None) -> Recital:
    flow = Flow.of(draft.lines, words)
    return Recital(
        code, draft.section, draft.head, flow.text, citations_in(flow, body), _place(draft)
    )


def _place(draft: Draft) -> Span:
    return Span(draft.lines[0].start, max(draft.lines[0].start, draft.lines[-1].end))


def _paragraphs(
    drafts: list[Draft], codes: list[str], words: Words, body: Body | None, acts: ActReader
) -> tuple[Paragraph, ...]:
    made = []
    for draft, code in zip(drafts, codes, strict=True):
        if draft.kind is not BlockKind.PARAGRAPH:
            continue
        flow = Flow.of(draft.lines, words)
        top = drafts[draft.parent] if draft.levels else draft
        made.append(
            Paragraph(
                code=code,
                section=draft.section,
                number=top.number,
                sub=sub_of(draft),
                marker=draft.marker,
                text=flow.text,
                acts=acts.acts_of(
                    flow,
                    is_sub=bool(draft.levels) or draft.marker.casefold().startswith("art"),
                    enacted=draft.enacted,
                    under=_under(top) if draft.levels else "",
                ),
                citations=citations_in(flow, body),
                parent=_parent_code(draft, codes),
                rule=draft.rule,
                confidence_percent=draft.sure,
                at=_place(draft),
            )
        )
    return tuple(made)


# "Decides:" and nothing else, so that each sub-paragraph is a decision of its own.
_ONLY_DECIDES = re.compile(
    r"\W*(?:At\s+its\b[^:;]{10,300}?\s)?(?:(?:also|further|therefore)\s+)?(?:decides|decided|resolves|agrees|décide|decide|resuelve)"
    r"(?:\s+(?:also|further|therefore|également|también))?\W*",
    re.IGNORECASE,
)


_ASKS_THAT = re.compile(
    r"\W*(?:[A-Za-z]+ly\s+)?(?:requests|asks|urges|demands)\s+that\s*:?\s*\Z", re.IGNORECASE
)


def _under(top: Draft) -> str:
    """How a paragraph leads to its parts: `decides` alone, `that` of a request, or neither."""
    if not top.lines:
        return ""
    opening = top.lines[0].text
    if _ONLY_DECIDES.fullmatch(opening):
        return "decides"
    return "that" if _ASKS_THAT.match(opening) else ""


def _parent_code(draft: Draft, codes: list[str]) -> str:
    """The code of the paragraph that a sub-paragraph hangs on, one level up."""
    if not draft.levels:
        return ""
    top = codes[draft.parent]
    return ".".join([top, *(level.label for level in draft.levels[:-1])])
