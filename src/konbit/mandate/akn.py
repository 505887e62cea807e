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

from konbit.mandate.values import BlockKind, Body

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from konbit.mandate.values import Act, Block, Citation, Document, Paragraph

AKN = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
OURS = "urn:konbit:mandate:1"
UNKNOWN_DAY = "0001-01-01"  # the schema wants a day; this one, named "unknown", stands for none
_LANGUAGES = {"en": "eng", "fr": "fra", "es": "spa"}
_ORGANS = {
    Body.SECURITY_COUNCIL: ("sc", "Security Council"),
    Body.GENERAL_ASSEMBLY: ("ga", "General Assembly"),
    Body.HUMAN_RIGHTS_COUNCIL: ("hrc", "Human Rights Council"),
    Body.ECONOMIC_AND_SOCIAL_COUNCIL: ("ecosoc", "Economic and Social Council"),
    Body.OAS_GENERAL_ASSEMBLY: ("oasga", "General Assembly of the OAS"),
    Body.OAS_PERMANENT_COUNCIL: ("oaspc", "Permanent Council of the OAS"),
    Body.OTHER: ("body", "Another body"),
}
_TEXTUAL = {BlockKind.RECITAL, BlockKind.PARAGRAPH, BlockKind.CONTINUATION}
_INSERTED = {BlockKind.FURNITURE, BlockKind.FOOTNOTE}
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass
class _Node:
    """A paragraph or sub-paragraph while its parts are gathered."""

    code: str
    marker: str
    parts: list[Block | _Node] = field(default_factory=list)
    flush: bool = False


def as_akn(document: Document) -> bytes:
    """The document as Akoma Ntoso, UTF-8. The same document gives the same bytes."""
    root = etree.Element(_q("akomaNtoso"), nsmap={None: AKN, "konbit": OURS})
    statement = _sub(root, "statement", name="resolution", contains="originalVersion")
    _Meta(document).write(statement)
    parts = _divided(document.blocks)
    writer = _Body(document)
    for name, blocks in parts:
        if name == "attachments":
            writer.attachments(statement, blocks)
        elif blocks or name == "mainBody":
            writer.part(_sub(statement, name), blocks)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=False))


def _q(name: str) -> str:
    return f"{{{AKN}}}{name}"


def _sub(parent: etree._Element, tag: str, /, **attributes: str) -> etree._Element:
    return etree.SubElement(parent, _q(tag), {key: _clean(v) for key, v in attributes.items()})


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("", text)


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
        body = parent.tag == _q("mainBody")
        for item in _grouped(blocks) if body else blocks:
            if isinstance(item, _Node):
                self._node(parent, item, "paragraph")
            elif item.kind is BlockKind.ORGAN and parent.tag == _q("preamble"):
                formula = _sub(
                    parent, "formula", name="organ", eId=self._eid(f"organ_{len(parent)}")
                )
                self._text(_sub(formula, "p"), item.text, "")
            elif item.kind is BlockKind.RECITAL and parent.tag == _q("preamble"):
                self._recital(parent, item)
            else:
                self._block(parent, item)
        if body and not len(parent):
            _sub(parent, "p")

    def attachments(self, statement: etree._Element, blocks: list[Block]) -> None:
        """Write annexes as an attached document."""
        if not blocks:
            return
        attachment = _sub(_sub(statement, "attachments"), "attachment", eId="att_1")
        doc = _sub(attachment, "doc", name="annex", contains="originalVersion")
        _Meta(self._document).write(doc, component="annex_1")
        main = _sub(doc, "mainBody")
        for block in blocks:
            self._block(main, block)

    def _recital(self, parent: etree._Element, block: Block) -> None:
        last = parent[-1] if len(parent) else None
        if last is None or last.tag != _q("recitals"):
            last = _sub(parent, "recitals", eId=self._eid(f"recs_{len(parent)}"))
        recital = _sub(last, "recital", eId=self._eid(eid_of(block.code)), wId=block.code)
        self._text(_sub(recital, "p"), block.text, block.code)

    def _block(self, parent: etree._Element, block: Block) -> None:
        made = _sub(parent, "block", name=block.kind.value)
        if block.section:
            made.set("class", f"section-{_clean(block.section)}")
        if block.code:
            made.set("wId", _clean(block.code))
        self._text(made, block.text, block.code)

    def _node(self, parent: etree._Element, node: _Node, name: str) -> None:
        made = _sub(parent, name, eId=self._eid(eid_of(node.code)), wId=node.code)
        if node.marker:
            _sub(made, "num").text = _clean(node.marker)
        children = [part for part in node.parts if isinstance(part, _Node)]
        own = [part for part in node.parts if not isinstance(part, _Node)]
        holder = _sub(made, "intro" if children else "content")
        for part in own:
            self._inside(holder, part)
        if not len(holder):
            _sub(holder, "p")
        for child in children:
            if child.flush and child is children[-1]:
                self._flush(_sub(made, "wrapUp"), child)
            elif child.flush:
                self._flush(_sub(_sub(made, "alinea"), "content"), child)
            else:
                self._node(made, child, "subparagraph")

    def _flush(self, holder: etree._Element, node: _Node) -> None:
        for part in node.parts:
            if not isinstance(part, _Node):
                self._inside(holder, part)

    def _inside(self, holder: etree._Element, block: Block) -> None:
        if block.kind in _TEXTUAL:
            paragraph = _sub(holder, "p")
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
        for number, line in enumerate(_clean(text).split("\n")):
            if number:
                _sub(element, "eol")
            self._line(element, line, code)

    def _line(self, element: etree._Element, line: str, code: str) -> None:
        place = 0
        for start, end, href in sorted(self._references(line, code)):
            if start < place:
                continue
            _add_text(element, line[place:start])
            reference = _sub(element, "ref", href=href)
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
            open_nodes[-1].parts.append(block)
        else:
            open_nodes.clear()
            made.append(block)
    return made


def _go_on(open_nodes: list[_Node], block: Block) -> None:
    while len(open_nodes) > 1 and open_nodes[-1].code != block.code:
        open_nodes.pop()
    holder = open_nodes[-1]
    if holder.parts and isinstance(holder.parts[-1], _Node):
        last = holder.parts[-1]
        if not last.flush:
            last = _Node(block.code, "", [], flush=True)
            holder.parts.append(last)
        last.parts.append(block)
    else:
        holder.parts.append(block)


class _Meta:
    """Writes what identifies a document, and the proposals."""

    def __init__(self, document: Document) -> None:
        self._document = document
        body = document.body.value if document.body else Body.OTHER
        self._organ, self._organ_name = _ORGANS[body]

    def write(self, parent: etree._Element, component: str = "main") -> None:
        """Write the `meta` of a statement or of an annex."""
        before = "" if component == "main" else "att_1__"  # an eId stands once in a statement
        meta = _sub(parent, "meta")
        identification = _sub(meta, "identification", source=f"#{before}konbit")
        work = self._work_uri()
        language = _LANGUAGES[self._document.language.value]
        for level, uri in (
            ("FRBRWork", work), ("FRBRExpression", f"{work}/{language}@"),
            ("FRBRManifestation", f"{work}/{language}@.akn"),
        ):  # fmt: skip
            self._level(_sub(identification, level), level, uri, component, before)
        self._references(meta, before)
        if component == "main":
            self._proposals(meta)

    def _work_uri(self) -> str:
        document = self._document
        day = document.adopted_on.value.isoformat() if document.adopted_on else "unknown"
        symbol = document.symbol.value if document.symbol else document.name or "unnamed"
        kind = "draft" if document.is_draft else "resolution"
        return f"/akn/un/statement/{kind}/{self._organ}/{day}/{re.sub(r'[^A-Za-z0-9]+', '-', symbol).strip('-') or 'unnamed'}"

    def _level(
        self, level: etree._Element, name: str, uri: str, component: str, before: str
    ) -> None:
        _sub(level, "FRBRthis", value=f"{uri}/!{component}")
        _sub(level, "FRBRuri", value=uri)
        if name == "FRBRWork" and self._document.symbol:
            _sub(level, "FRBRalias", value=self._document.symbol.value, name="symbol")
        self._day(level, self._document.adopted_on.value if self._document.adopted_on else None)
        _sub(level, "FRBRauthor", href=f"#{before}{self._organ}")
        if name == "FRBRWork":
            _sub(level, "FRBRcountry", value="un")
        elif name == "FRBRExpression":
            _sub(level, "FRBRlanguage", language=_LANGUAGES[self._document.language.value])
        else:
            _sub(level, "FRBRformat", value="application/akn+xml")

    def _day(self, level: etree._Element, day: date | None) -> None:
        _sub(
            level, "FRBRdate", date=day.isoformat() if day else UNKNOWN_DAY,
            name="adoption" if day else "unknown",
        )  # fmt: skip

    def _references(self, meta: etree._Element, before: str) -> None:
        references = _sub(meta, "references", source=f"#{before}konbit")
        _sub(
            references, "TLCOrganization", eId=f"{before}{self._organ}", showAs=self._organ_name,
            href=f"/akn/ontology/organization/un/{self._organ}",
        )  # fmt: skip
        _sub(
            references, "TLCOrganization", eId=f"{before}konbit", showAs="Konbit",
            href="/akn/ontology/organization/konbit",
        )  # fmt: skip

    def _proposals(self, meta: etree._Element) -> None:
        holder = _sub(meta, "proprietary", source="#konbit")
        document = self._document
        head = _own(
            holder, "document", name=document.name, draft="yes" if document.is_draft else "no"
        )
        head.set("body", document.body.value.value if document.body else "")
        if document.vote:
            vote = document.vote.value
            counts = {
                "for": vote.for_count,
                "against": vote.against_count,
                "abstain": vote.abstain_count,
            }
            told = {name: str(count) for name, count in counts.items() if count is not None}
            _own(holder, "vote", manner=vote.manner, **told)
        for paragraph in document.paragraphs:
            self._acts(holder, paragraph)

    def _acts(self, holder: etree._Element, paragraph: Paragraph) -> None:
        for number, act in enumerate(paragraph.acts, 1):
            if act.verb is None and act.addressee is None and not act.deadlines:
                continue
            made = _own(holder, "act", paragraph=paragraph.code, number=str(number))
            self._slots(made, act)

    def _slots(self, made: etree._Element, act: Act) -> None:
        for name, proposal in (("verb", act.verb), ("force", act.force), ("addressee", act.addressee),
                               ("condition", act.condition)):  # fmt: skip
            if proposal is not None:
                slot = _own(made, name, rule=proposal.rule, sure=str(proposal.confidence_percent))
                slot.text = _clean(str(proposal.value))
        for limit in act.deadlines:
            told = {"on": limit.on.isoformat()} if limit.on else {}
            slot = _own(made, "deadline", kind=limit.kind.value, rule=limit.rule,
                        sure=str(limit.confidence_percent), **told)  # fmt: skip
            slot.text = _clean(limit.phrase)
        for ceiling in act.ceilings:
            _own(made, "ceiling", count=str(ceiling.count), unit=ceiling.unit, bound=ceiling.bound)


def _own(parent: etree._Element, tag: str, /, **attributes: str) -> etree._Element:
    clean = {key: _clean(value) for key, value in attributes.items()}
    return etree.SubElement(parent, f"{{{OURS}}}{tag}", clean)
