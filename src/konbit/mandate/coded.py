"""Text with permanent codes: every block on a line of its own, with its code before it.

    [op4.a] (a) To support implementation ...
    [op4.a+] a line that goes on from the one before
    [op4] flush text that belongs to paragraph 4

Read again, the codes are taken as they stand, also where paragraphs were moved or mended by hand.
Lines that begin with `#` carry values of the heading: they are written for the reader and give the
body, symbol, day and language back where the text itself does not tell them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from konbit.mandate.characters import plain
from konbit.mandate.flow import Line
from konbit.mandate.languages import language_of
from konbit.mandate.markers import Level
from konbit.mandate.openers import enacting_verb
from konbit.mandate.reading import assembled
from konbit.mandate.segmenting import Draft
from konbit.mandate.values import Block, BlockKind, Body, Document, Proposal, Span, Vote

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

HEAD = "# konbit mandate 1"
_LINE = re.compile(r"\[(?P<code>[^\]\s]{1,80})(?: (?P<section>[^\]]{1,12}))?\] ?(?P<text>.*)")
_CODE = re.compile(
    r"(?:(?P<section>[^.]+)\.)?(?P<kind>op|pp)(?P<number>[^.-]+)(?:-\d+)?(?P<sub>(?:\.[^.]+)*)"
)
_AGAIN = re.compile(r"(?<=\d)(?=(?:bis|ter|quater|alt)\Z)")  # the code of "4 bis" is `op4bis`
_SECOND = re.compile(r"-\d+$")
_VALUE = re.compile(r"# (?P<name>[a-z_]+): (?P<value>.*)")
_KINDS = {kind.value: kind for kind in BlockKind}
_MARKED = {BlockKind.PARAGRAPH, BlockKind.RECITAL}


@dataclass(frozen=True, slots=True)
class CodedBlock:
    """A block as another form carries it: kind, code, section of a heading, marker, words."""

    kind: BlockKind
    code: str
    text: str
    section: str = ""
    marker: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """What another form tells of the heading; empty where it is silent."""

    language: str = ""
    body: str = ""
    symbol: str = ""
    adopted_on: date | None = None
    vote: Vote | None = None
    is_draft: bool = False


def told_of(document: Document) -> Told:
    """The values of a document's heading."""
    return Told(
        document.language.value,
        document.body.value.value if document.body else "",
        document.symbol.value if document.symbol else "",
        document.adopted_on.value if document.adopted_on else None,
        document.vote.value if document.vote else None,
        document.is_draft,
    )


def written(document: Document) -> str:
    """The document as text with codes."""
    told = told_of(document)
    lines = [HEAD, f"# name: {document.name}", f"# language: {told.language}"]
    lines += [f"# body: {told.body}"] if told.body else []
    lines += [f"# symbol: {told.symbol}"] if told.symbol else []
    lines += [f"# adopted_on: {told.adopted_on}"] if told.adopted_on else []
    lines += ["# draft: yes"] if told.is_draft else []
    lines += [f"# vote: {_vote_text(told.vote)}"] if told.vote else []
    for block in document.blocks:
        lines += _lines_of(block)
    return "\n".join(lines) + "\n"


def _vote_text(vote: Vote) -> str:
    counts = (vote.for_count, vote.against_count, vote.abstain_count)
    return " ".join([vote.manner, *("-" if count is None else str(count) for count in counts)])


def _lines_of(block: Block) -> list[str]:
    tag = block.code or block.kind.value
    if block.kind is BlockKind.CONTINUATION:
        tag = f"{block.code}~"
    head = f"[{tag} {block.section}]" if block.section else f"[{tag}]"
    first, *rest = block.text.split("\n")
    return [f"{head} {first}".rstrip(), *(f"[{tag}+] {line}".rstrip() for line in rest)]


def is_coded(text: str) -> bool:
    """Whether a text is one with codes."""
    return text.lstrip("\ufeff").startswith(HEAD)


def read_coded(text: str, name: str = "") -> Document:
    """Read a text with codes. Lines without a code go on from the line before."""
    blocks: list[CodedBlock] = []
    values: dict[str, str] = {}
    for line in plain(text).split("\n"):
        value = _VALUE.fullmatch(line)
        if value is not None and not blocks:
            values[value["name"]] = value["value"].strip()
        elif line.strip() and line != HEAD:
            _take(blocks, line)
    return rebuilt(blocks, _told(values), name or values.get("name", ""))


def _told(values: dict[str, str]) -> Told:
    adopted_on = None
    try:
        adopted_on = date.fromisoformat(values.get("adopted_on", ""))
    except ValueError:
        adopted_on = None
    return Told(
        values.get("language", ""), values.get("body", ""), values.get("symbol", ""), adopted_on,
        vote_from(values.get("vote", "")), values.get("draft") == "yes",
    )  # fmt: skip


def vote_from(text: str) -> Vote | None:
    """A vote from `counted 13 0 2`; a dash is a count that is not known."""
    manner, *counts = text.split() or [""]
    if manner not in {"unanimous", "counted", "consensus", "without-vote"}:
        return None
    numbers = [int(count) if count.isdecimal() and len(count) < 5 else None for count in counts]
    numbers += [None] * 3
    return Vote(manner, numbers[0], numbers[1], numbers[2])


def _take(blocks: list[CodedBlock], line: str) -> None:
    found = _LINE.fullmatch(line)
    code = found["code"] if found else ""
    kind = _kind_of(code)
    if found is None or kind is None:
        if blocks:
            blocks[-1] = replace(blocks[-1], text=f"{blocks[-1].text}\n{line.strip()}")
        return
    text = found["text"].strip()
    if code.endswith("+") and blocks:
        blocks[-1] = replace(blocks[-1], text=f"{blocks[-1].text}\n{text}")
        return
    own = code.rstrip("+~") if kind in {*_MARKED, BlockKind.CONTINUATION} else ""
    marker = _marker(text) if kind is BlockKind.PARAGRAPH else ""
    blocks.append(CodedBlock(kind, own, text, found["section"] or "", marker))


def _kind_of(code: str) -> BlockKind | None:
    bare = code.rstrip("+~")
    if bare in _KINDS:
        return _KINDS[bare]
    found = _CODE.fullmatch(bare)
    if found is None:
        return None
    if code.endswith("~"):
        return BlockKind.CONTINUATION
    return BlockKind.RECITAL if found["kind"] == "pp" else BlockKind.PARAGRAPH


_MARKER = re.compile(
    r"\W*(?:(?:Article|ARTICLE|Art[íi]culo|ART[ÍI]CULO)\s+(?:1er|\d{1,3}(?:\s?(?:bis|ter|quater)|[a-z])?|(?i:premier|primero))\s*\.?(?=\s|$)|"
    r"(?:OP|PP|Op)\s?\d{1,3}\s?(?:bis|ter|quater|alt)?\s?[.,:;)\]]?(?=\s)|\(\s?\w{1,6}\s?[)}\]]|"
    r"\w{1,4}\s?(?:bis|ter)?\s?[.,:;)\]]|\d{1,3}(?=\s))"
)


def _marker(text: str) -> str:
    found = _MARKER.match(text)
    return found[0] if found and re.search(r"[\d().,:;\]]|premier|primero", found[0], re.I) else ""


def rebuilt(blocks: Sequence[CodedBlock], told: Told, name: str) -> Document:
    """The document of blocks whose kinds and codes are known; its acts are read by rule."""
    source, spans = _laid_out(blocks)
    drafts: list[Draft] = []
    codes: dict[str, int] = {}
    made: list[Block] = []
    section = organ = enacted = ""
    for block, span in zip(blocks, spans, strict=True):
        made.append(Block(block.kind, block.code, block.text, span, block.section, block.marker))
        if block.kind is BlockKind.HEADING:
            section = block.section or section
            enacted = enacting_verb(block.text) or enacted
        elif block.kind is BlockKind.ORGAN:
            organ = organ or block.text
        elif block.kind in _MARKED:
            codes.setdefault(block.code, len(drafts))
            enacted = enacted if block.kind is BlockKind.PARAGRAPH else ""
            drafts.append(replace(_draft(block, span, section, codes), enacted=enacted))
        elif block.kind is BlockKind.CONTINUATION and block.code in codes:
            drafts[codes[block.code]].lines.extend(_text_lines(block.text, span.start))
    language = Proposal(told.language, "told", 100) if told.language in {"en", "fr", "es"} else None
    document = assembled(
        source, name, language or language_of(source), organ.strip(" ,"), drafts,
        [block.code for block in blocks if block.kind in _MARKED], tuple(made), told.adopted_on,
    )  # fmt: skip
    return _with_told(document, told)


def _laid_out(blocks: Iterable[CodedBlock]) -> tuple[str, list[Span]]:
    parts: list[str] = []
    spans: list[Span] = []
    place = 0
    for block in blocks:
        spans.append(Span(place, place + len(block.text)))
        parts.append(block.text)
        place += len(block.text) + 2
    return "\n\n".join(parts), spans


def _text_lines(text: str, start: int) -> list[Line]:
    lines = []
    for piece in text.split("\n"):
        shift = len(piece) - len(piece.lstrip())
        lines.append(
            Line(
                piece.strip(),
                start + shift,
                0,
                after_blank=False,
                after_page=False,
                before_blank=False,
            )
        )
        start += len(piece) + 1
    return lines


def _draft(block: CodedBlock, span: Span, section: str, codes: Mapping[str, int]) -> Draft:
    body = block.text[len(block.marker) :] if block.text.startswith(block.marker) else block.text
    lines = _text_lines(body, span.start + len(block.text) - len(body))
    found = _CODE.fullmatch(block.code)
    number = _AGAIN.sub(" ", found["number"] if found else block.code)
    subs = found["sub"].strip(".").split(".") if found and found["sub"] else []
    if block.kind is BlockKind.RECITAL:
        return Draft(
            block.kind, section, "coded", 100, head=body.split(" ")[0].strip(","), lines=lines
        )
    top = block.code.removesuffix(found["sub"]) if found and found["sub"] else ""
    parent = codes.get(top, -1)
    levels = tuple(_NamedLevel(_SECOND.sub("", label)) for label in subs) if parent >= 0 else ()
    return Draft(
        block.kind, section, "coded", 100, number, levels, parent, block.marker, lines=lines
    )


class _NamedLevel(Level):
    """A level whose label is given, not counted."""

    __slots__ = ()

    def __new__(cls, label: str) -> _NamedLevel:
        """A level of that label."""
        return super().__new__(cls, label, 0)

    @property
    def label(self) -> str:
        return self.style


def _with_told(document: Document, told: Told) -> Document:
    """What the other form told stands over what was read again."""
    changes: dict[str, object] = {}
    if told.symbol:
        changes["symbol"] = Proposal(told.symbol, "told", 100)
    if told.adopted_on:
        changes["adopted_on"] = Proposal(told.adopted_on, "told", 100)
    if told.body in set(Body):
        changes["body"] = Proposal(Body(told.body), "told", 100)
    if told.vote:
        changes["vote"] = Proposal(told.vote, "told", 100)
    changes["is_draft"] = told.is_draft or document.is_draft
    return replace(document, **changes)  # type: ignore[arg-type] # names and types are paired above
