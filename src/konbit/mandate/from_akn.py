"""Akoma Ntoso 3.0 in: ours with its codes, and statements and acts by others as far as they tell."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from lxml import etree

from konbit.mandate.akn_meta import AKN, OURS, UNKNOWN_DAY
from konbit.mandate.coded import CodedBlock, Told, rebuilt
from konbit.mandate.reading import read
from konbit.mandate.values import BlockKind, Vote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from konbit.mandate.values import Document

_KINDS = {kind.value: kind for kind in BlockKind}
_LANGUAGES = {"eng": "en", "fra": "fr", "fre": "fr", "spa": "es"}
_PARAGRAPHS = {"paragraph", "subparagraph"}
_BLOCKS = {"p", "block", "heading", "num", "subheading", "docTitle", "longTitle"}


class NotAkomaNtosoError(ValueError):
    """The bytes are no Akoma Ntoso 3.0 document."""


def from_akn(data: bytes, name: str = "") -> Document:
    """Read a document.

    Entities are not resolved and nothing is fetched.

    Raises:
        NotAkomaNtosoError: the bytes are no well-formed Akoma Ntoso 3.0.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise NotAkomaNtosoError(str(error)) from error
    if root.tag != f"{{{AKN}}}akomaNtoso":
        raise NotAkomaNtosoError(f"the root is {root.tag}")
    if root.find(f".//{{{OURS}}}document") is None:
        return read("\n\n".join(_plain_blocks(root)), name)
    told = _told(root)
    blocks = [block for block in _blocks(root) if block.text]
    given = root.find(f".//{{{OURS}}}document")
    return rebuilt(blocks, told, name or (given.get("name") or "" if given is not None else ""))


def is_akn(data: bytes) -> bool:
    """Whether bytes look like Akoma Ntoso 3.0."""
    return AKN.encode() in data[:4_000] and b"akomaNtoso" in data[:4_000]


def _local(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _words(element: etree._Element) -> str:
    """The words of an element; `eol` is a line end."""
    parts = [element.text or ""]
    for child in element:
        parts.append("\n" if _local(child) == "eol" else _words(child))
        parts.append(child.tail or "")
    return "".join(parts)


def _plain_blocks(root: etree._Element) -> Iterator[str]:
    """Texts of others: every lowest block with its number before it."""
    number = ""
    for element in root.iter():
        kind = _local(element)
        if kind == "meta" or any(_local(above) == "meta" for above in element.iterancestors()):
            continue
        if kind == "num":
            number = " ".join(_words(element).split())
        elif kind in _BLOCKS and not any(
            _local(below) in _BLOCKS for below in element.iterdescendants()
        ):
            words = " ".join(_words(element).split())
            if words:
                yield f"{number} {words}".strip()
                number = ""


def _told(root: etree._Element) -> Told:
    given = root.find(f".//{{{OURS}}}document")
    vote = root.find(f".//{{{OURS}}}vote")
    alias = root.find(f".//{{{AKN}}}FRBRWork/{{{AKN}}}FRBRalias[@name='symbol']")
    day = root.find(f".//{{{AKN}}}FRBRWork/{{{AKN}}}FRBRdate")
    language = root.find(f".//{{{AKN}}}FRBRlanguage")
    return Told(
        language=_LANGUAGES.get(language.get("language", "") if language is not None else "", ""),
        body=given.get("body", "") if given is not None else "",
        symbol=alias.get("value", "") if alias is not None else "",
        adopted_on=_day(day.get("date", "") if day is not None else ""),
        vote=_vote(vote),
        is_draft=given is not None and given.get("draft") == "yes",
    )


def _day(text: str) -> date | None:
    if text == UNKNOWN_DAY:
        return None
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _vote(element: etree._Element | None) -> Vote | None:
    if element is None:
        return None
    counts = [element.get(name, "") for name in ("for", "against", "abstain")]
    numbers = [int(text) if re.fullmatch(r"\d{1,4}", text) else None for text in counts]
    return Vote(element.get("manner", "counted"), *numbers)


def _blocks(root: etree._Element) -> Iterator[CodedBlock]:
    for element in root.iter(f"{{{AKN}}}statement"):
        for part in element:
            if _local(part) not in {"meta", "attachments"}:
                yield from _inside(part, "", "")
        for annex in element.iter(f"{{{AKN}}}doc"):
            for main in annex.iter(f"{{{AKN}}}mainBody"):
                yield from _inside(main, "", "")
        return


def _inside(element: etree._Element, code: str, marker: str) -> Iterator[CodedBlock]:
    """The blocks within an element; `code` and `marker` belong to the paragraph it is in."""
    for child in element:
        kind = _local(child)
        own = child.get("wId", "")
        if kind in _PARAGRAPHS or kind == "recital":
            yield from _paragraph(child, own, recital=kind == "recital")
        elif kind == "block":
            yield _block(child)
        elif kind == "p":
            yield from _p(child, code, marker)
        elif kind == "formula":
            yield CodedBlock(BlockKind.ORGAN, "", "".join(_words(p) for p in child))
        elif kind in {"intro", "content", "wrapUp", "alinea", "recitals"}:
            yield from _inside(child, code, marker)


def _paragraph(element: etree._Element, code: str, *, recital: bool) -> Iterator[CodedBlock]:
    marker = element.findtext(f"{{{AKN}}}num") or ""
    made = False
    for block in _inside(element, code, marker):
        if not made and block.code == code and block.kind is BlockKind.CONTINUATION:
            kind = BlockKind.RECITAL if recital else BlockKind.PARAGRAPH
            text = f"{marker} {block.text}".strip()
            yield CodedBlock(kind, code, text, "", marker)
            made = True
        else:
            yield block


def _p(element: etree._Element, code: str, marker: str) -> Iterator[CodedBlock]:
    words = _words(element)
    if code and (words.strip() or marker or element.get("class") != "continued"):
        yield CodedBlock(BlockKind.CONTINUATION, code, words)
    elif words.strip():
        yield CodedBlock(BlockKind.COVER, "", words)


def _block(element: etree._Element) -> CodedBlock:
    kind = _KINDS.get(element.get("name", ""), BlockKind.COVER)
    section = (element.get("class") or "").removeprefix("section-")
    return CodedBlock(kind, element.get("wId", ""), _words(element), section)
