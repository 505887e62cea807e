"""The words of a page: blocks apart by empty lines, numbers of lists written out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree, html

if TYPE_CHECKING:
    from collections.abc import Iterator

_LEFT_OUT = {
    "script",
    "style",
    "nav",
    "noscript",
    "template",
    "svg",
    "form",
    "button",
    "iframe",
    "head",
}
_BLOCKS = {
    "p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "table", "ol", "ul", "section",
    "article", "blockquote", "header", "footer", "main", "aside", "dd", "dt", "dl", "pre", "td",
    "th", "figure", "figcaption", "center", "body",
}  # fmt: skip
_ROMANS = (
    "",
    "i",
    "ii",
    "iii",
    "iv",
    "v",
    "vi",
    "vii",
    "viii",
    "ix",
    "x",
    "xi",
    "xii",
    "xiii",
    "xiv",
    "xv",
)


def characters_of_html(page: str) -> str:
    """The text of a page. Scripts, forms and navigation are left out; nothing is fetched."""
    parser = html.HTMLParser(
        no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    cleaned = page.replace("\x00", "")
    if not cleaned.strip():
        return ""
    try:
        root = html.document_fromstring(_without_declaration(cleaned), parser=parser)
    except (etree.ParserError, ValueError):
        return ""
    pieces = "".join(_pieces(root))
    lines = [" ".join(line.split()) for line in pieces.split("\n")]
    return "\n".join(lines).strip() + "\n"


def _without_declaration(page: str) -> str:
    start = page.lstrip()
    return start[start.index("?>") + 2 :] if start.startswith("<?xml") and "?>" in start else page


def _pieces(root: html.HtmlElement) -> Iterator[str]:
    """Text in order; blocks set apart. Walked without recursion: pages may be deep."""
    counts: dict[html.HtmlElement, int] = {}
    for action, element in etree.iterwalk(root, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        hidden = _is_left_out(element)
        if action == "start":
            if tag in _BLOCKS:
                yield "\n\n"
            if not hidden:
                yield _marker(element, counts) if tag == "li" else ""
                yield "\n" if tag == "br" else ""
                yield (element.text or "").replace("\n", " ") if tag else ""
        else:
            if tag in _BLOCKS:
                yield "\n\n"
            parent = element.getparent()
            if parent is not None and not _is_left_out(parent):
                yield (element.tail or "").replace("\n", " ")


def _is_left_out(element: html.HtmlElement) -> bool:
    return any(
        isinstance(one.tag, str) and one.tag in _LEFT_OUT
        for one in (element, *element.iterancestors())
    )


def _marker(item: html.HtmlElement, counts: dict[html.HtmlElement, int]) -> str:
    """The number or letter that a browser draws before an item of an ordered list."""
    owner = item.getparent()
    if owner is None or owner.tag != "ol":
        return ""
    counts[owner] = place = counts.get(owner, 0) + 1
    start = owner.get("start", "")
    place += int(start) - 1 if start.isdecimal() and len(start) < 5 else 0
    kind = owner.get("type", "1")
    if kind == "a" and place <= 26:
        return f"({chr(96 + place)}) "
    if kind == "i" and place < len(_ROMANS):
        return f"({_ROMANS[place]}) "
    return f"{place}. "
