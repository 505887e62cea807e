"""Akoma Ntoso 3.0 out, after the conventions of AKN4UN: a `statement` named "resolution".

All words of the source are carried, in their order: what stands before the first recital in
`preface`, organ and recitals in `preamble`, paragraphs in `mainBody`, the adoption line in
`conclusions`, annexes in `attachments`. Page furniture and footnotes stand where they stood, as
blocks named so. Proposals (verb, force, addressee, limits) ride in `meta/proprietary`, under our own
name space, each with its rule and its sureness; citations are `ref` elements.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lxml import etree

from konbit.mandate.akn_meta import AKN, OURS, Meta, clean, q, sub
from konbit.mandate.values import BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from konbit.mandate.values import Block, Citation, Document

_TEXTUAL = {BlockKind.RECITAL, BlockKind.PARAGRAPH, BlockKind.CONTINUATION}
_INSERTED = {BlockKind.FURNITURE, BlockKind.FOOTNOTE}


@dataclass
class _Node:
    """A paragraph or sub-paragraph while its parts are gathered."""

    code: str
    marker: str
    parts: list[Block | _Node] = field(default_factory=list)
    flush: bool = False


def as_akn(document: Document) -> bytes:
    """The document as Akoma Ntoso, UTF-8. The same document gives the same bytes."""
    root = etree.Element(q("akomaNtoso"), nsmap={None: AKN, "konbit": OURS})
    statement = sub(root, "statement", name="resolution", contains="originalVersion")
    Meta(document).write(statement)
    parts = _divided(document.blocks)
    writer = _Body(document)
    for name, blocks in parts:
        if name == "attachments":
            writer.attachments(statement, blocks)
        elif blocks or name == "mainBody":
            writer.part(sub(statement, name), blocks)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=False))


def _divided(blocks: Sequence[Block]) -> list[tuple[str, list[Block]]]:
    """The blocks by the parts of a statement in which they stand."""
    kinds = [block.kind for block in blocks]
    tops = [i for i, kind in enumerate(kinds) if kind is BlockKind.PARAGRAPH]
    opening = {BlockKind.ORGAN, BlockKind.RECITAL, BlockKind.PARAGRAPH}
    preamble = next((i for i, kind in enumerate(kinds) if kind in opening), len(blocks))
    body = _with_heads(kinds, tops[0], preamble) if tops else len(blocks)
    last = tops[-1] + 1 if tops else len(blocks)
    closing = {BlockKind.CLOSING, BlockKind.ANNEX}
    end = next((i for i in range(last, len(blocks)) if kinds[i] in closing), len(blocks))
    annex = next((i for i in range(end, len(blocks)) if kinds[i] is BlockKind.ANNEX), len(blocks))
    return [
        ("preface", list(blocks[:preamble])),
        ("preamble", list(blocks[preamble:body])),
        ("mainBody", list(blocks[body:end])),
        ("conclusions", list(blocks[end:annex])),
        ("attachments", list(blocks[annex:])),
    ]


def _with_heads(kinds: list[BlockKind], first: int, least: int) -> int:
    """Headings right before the first paragraph go with it."""
    while first > least and kinds[first - 1] is BlockKind.HEADING:
        first -= 1
    return first


def eid_of(code: str) -> str:
    """The eId of a code: `op4.a.ii` is `para_4__subpara_a__subpara_ii`."""
    safe = re.sub(r"[^\w.-]", "_", code)
    return "c_" + safe.replace(".", "__")


class _Body:
    """Writes blocks into the parts of a statement."""

    def __init__(self, document: Document) -> None:
        self._cites: dict[str, list[Citation]] = {}
        for recital in document.recitals:
            self._cites[recital.code] = list(recital.citations)
        for paragraph in document.paragraphs:
            self._cites[paragraph.code] = list(paragraph.citations)
        self._seen: set[str] = set()
        self._document = document

    def part(self, parent: etree._Element, blocks: list[Block]) -> None:
        """Write the blocks of preface, preamble, main body or conclusions."""
        body = parent.tag == q("mainBody")
        for item in _grouped(blocks) if body else blocks:
            if isinstance(item, _Node):
                self._node(parent, item, "paragraph")
            elif item.kind is BlockKind.ORGAN and parent.tag == q("preamble"):
                formula = sub(
                    parent, "formula", name="organ", eId=self._eid(f"organ_{len(parent)}")
                )
                self._text(sub(formula, "p"), item.text, "")
            elif item.kind is BlockKind.RECITAL and parent.tag == q("preamble"):
                self._recital(parent, item)
            else:
                self._block(parent, item)
        if body and not len(parent):
            sub(parent, "p")

    def attachments(self, statement: etree._Element, blocks: list[Block]) -> None:
        """Write annexes as an attached document."""
        if not blocks:
            return
        attachment = sub(sub(statement, "attachments"), "attachment", eId="att_1")
        doc = sub(attachment, "doc", name="annex", contains="originalVersion")
        Meta(self._document).write(doc, component="annex_1")
        main = sub(doc, "mainBody")
        for block in blocks:
            self._block(main, block)

    def _recital(self, parent: etree._Element, block: Block) -> None:
        last = parent[-1] if len(parent) else None
        if last is None or last.tag != q("recitals"):
            last = sub(parent, "recitals", eId=self._eid(f"recs_{len(parent)}"))
        recital = sub(last, "recital", eId=self._eid(eid_of(block.code)), wId=block.code)
        self._text(sub(recital, "p"), block.text, block.code)

    def _block(self, parent: etree._Element, block: Block) -> None:
        made = sub(parent, "block", name=block.kind.value)
        if block.section:
            made.set("class", f"section-{clean(block.section)}")
        if block.code:
            made.set("wId", clean(block.code))
        self._text(made, block.text, block.code)

    def _node(self, parent: etree._Element, node: _Node, name: str) -> None:
        made = sub(parent, name, eId=self._eid(eid_of(node.code)), wId=node.code)
        if node.marker:
            sub(made, "num").text = clean(node.marker)
        children = [part for part in node.parts if isinstance(part, _Node)]
        own = [part for part in node.parts if not isinstance(part, _Node)]
        holder = sub(made, "intro" if children else "content")
        for part in own:
            self._inside(holder, part)
        if not len(holder):
            sub(holder, "p")
        for child in children:
            if child.flush and child is children[-1]:
                self._flush(sub(made, "wrapUp"), child)
            elif child.flush:
                self._flush(sub(sub(made, "alinea"), "content"), child)
            else:
                self._node(made, child, "subparagraph")

    def _flush(self, holder: etree._Element, node: _Node) -> None:
        for part in node.parts:
            if not isinstance(part, _Node):
                self._inside(holder, part)

    def _inside(self, holder: etree._Element, block: Block) -> None:
        if block.kind in _TEXTUAL:
            paragraph = sub(holder, "p")
            if block.kind is BlockKind.CONTINUATION:
                paragraph.set("class", "continued")
            self._text(paragraph, block.text[len(block.marker) :].strip(), block.code)
        else:
            self._block(holder, block)

    def _eid(self, wanted: str) -> str:
        made, count = wanted, 1
        while made in self._seen:
            count += 1
            made = f"{wanted}_{count}"
        self._seen.add(made)
        return made

    def _text(self, element: etree._Element, text: str, code: str) -> None:
        """Write words; line ends become `eol`, citations `ref`."""
        for number, line in enumerate(clean(text).split("\n")):
            if number:
                sub(element, "eol")
            self._line(element, line, code)

    def _line(self, element: etree._Element, line: str, code: str) -> None:
        place = 0
        for start, end, href in sorted(self._references(line, code)):
            if start < place:
                continue
            _add_text(element, line[place:start])
            reference = sub(element, "ref", href=href)
            reference.text = line[start:end]
            place = end
        _add_text(element, line[place:])

    def _references(self, line: str, code: str) -> Iterator[tuple[int, int, str]]:
        for citation in self._cites.get(code, ()):
            href = reference_of(citation.symbol)
            start = line.find(citation.number)
            if href and start >= 0:
                yield start, start + len(citation.number), href


def _add_text(element: etree._Element, text: str) -> None:
    if not text:
        return
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def reference_of(symbol: str) -> str:
    """The address of a cited resolution: /akn/un/statement/resolution/sc/1993/841."""
    council = re.fullmatch(r"S/RES/(\d+)(?: \((\d{4})\))?", symbol)
    if council is not None:
        return f"/akn/un/statement/resolution/sc/{council[2] or 'unknown'}/{council[1]}"
    for start, organ in (("A/HRC/RES/", "hrc"), ("A/RES/", "ga"), ("E/RES/", "ecosoc")):
        if symbol.startswith(start):
            rest = re.sub(r"[^\w/-]", "_", symbol[len(start) :])
            return f"/akn/un/statement/resolution/{organ}/{rest}"
    return ""


def _grouped(blocks: list[Block]) -> list[Block | _Node]:
    """Paragraphs with their sub-paragraphs, flush text and whatever was set between them."""
    made: list[Block | _Node] = []
    open_nodes: list[_Node] = []
    for block in blocks:
        if block.kind is BlockKind.PARAGRAPH:
            while open_nodes and not block.code.startswith(open_nodes[-1].code + "."):
                open_nodes.pop()
            node = _Node(block.code, block.marker, [block])
            (open_nodes[-1].parts if open_nodes else made).append(node)
            open_nodes.append(node)
        elif block.kind is BlockKind.CONTINUATION and open_nodes:
            _go_on(open_nodes, block)
        elif block.kind in _INSERTED and open_nodes:
            _put_after(open_nodes[-1], block)
        else:
            open_nodes.clear()
            made.append(block)
    return made


def _go_on(open_nodes: list[_Node], block: Block) -> None:
    while len(open_nodes) > 1 and open_nodes[-1].code != block.code:
        open_nodes.pop()
    _put_after(open_nodes[-1], block)


def _put_after(holder: _Node, block: Block) -> None:
    """Put a block behind what a paragraph holds; behind its sub-paragraphs it is flush text."""
    if not holder.parts or not isinstance(holder.parts[-1], _Node):
        holder.parts.append(block)
        return
    last = holder.parts[-1]
    if not last.flush:
        last = _Node(holder.code, "", [], flush=True)
        holder.parts.append(last)
    last.parts.append(block)
