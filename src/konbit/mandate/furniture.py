"""Page furniture: job numbers, page numbers, running heads, footnotes under a rule."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from konbit.mandate.flow import Line

_PAGE = re.compile(
    r"\*\d{5,}\*$"
    r"|\d{2}-\d{5,6}(?:\s+\(?[EFSCRA]\)?)?(?:\s+\d{6})?(?:\s+\d{1,3}/\d{1,3})?$"
    r"|\d{1,3}/\d{1,3}(?:\s+\d{2}-\d{5,6})?$"
    r"|[-\u2013]\s?\d{1,3}\s?[-\u2013]$"
    r"|(?:Page|page|P[áa]gina)\s+\d{1,3}(?:\s+(?:of|de|sur)\s+\d{1,3})?$"
    r"|/?\.{3}$|\[(?:page|p\.)\s*\d+\]$"
    r"|(?:English|French|Spanish|ENGLISH)\s+Page\s+\d+$"
)
_SYMBOL_HEAD = re.compile(
    r"(?:[SAE]|A/HRC|A/C\.\d)/[\w./()-]+(?:\s?\(\d{4}\))?(?:\s{3,}.{3,160})?$"
    r"|.{3,160}\s{3,}(?:[SAE]|A/HRC)/[\w./()-]+(?:\s?\(\d{4}\))?$"
)
_RULE = re.compile(r"[_\u2014\u2013=*-]{5,}$|(?:\*\s+){2,}\*$")
_BRACKETED = re.compile(r"\[\d{1,2}\][./]?\s+[A-Z\u00c0-\u00dd]")
_NUMBERED_LINE = re.compile(r"\d{1,3}\.?\s+\S|\d{1,3}$|\*{1,3}\s")


def is_page_mark(text: str) -> bool:
    """Whether a line is a job number, a page number or a bar code."""
    return _PAGE.match(text) is not None


def is_running_symbol(text: str) -> bool:
    """Whether a line is a document symbol, alone or at the edge of a running head."""
    return _SYMBOL_HEAD.match(text) is not None


def is_rule(text: str) -> bool:
    """Whether a line is a drawn rule, under which footnotes stand."""
    return _RULE.match(text) is not None


def furniture_of(lines: list[Line], first: int) -> list[str]:
    """The role of each line: empty for text, `furniture` or `footnote`.

    Args:
        lines: all lines.
        first: index of the first line of the text proper; symbols before it are the cover's.
    """
    roles = [""] * len(lines)
    for index, line in enumerate(lines):
        if is_page_mark(line.text) or (index > first and is_running_symbol(line.text)):
            roles[index] = "furniture"
    _mark_footnotes(lines, roles, first)
    _mark_running_heads(lines, roles, first)
    return roles


def _mark_footnotes(lines: list[Line], roles: list[str], first: int) -> None:
    inside = brackets = False
    for index, line in enumerate(lines):
        if roles[index] or line.after_page:
            inside = False
        elif index > first and is_rule(line.text):
            roles[index] = "furniture"
            follows = lines[index + 1].text if index + 1 < len(lines) else ""
            inside = _NUMBERED_LINE.match(follows) is not None
        elif index > first and line.after_blank and _BRACKETED.match(line.text):
            roles[index], inside = "footnote", True
        elif inside and roles[index - 1] == "footnote" and line.after_blank and brackets:
            inside = False
        elif inside:
            roles[index] = "footnote"
        brackets = inside and (brackets or _BRACKETED.match(line.text) is not None)


def _mark_running_heads(lines: list[Line], roles: list[str], first: int) -> None:
    """Lines beside a page's edge that stand more than once in the document, word for word."""
    seen = Counter(" ".join(line.text.split()) for line in lines)
    for index in range(first + 1, len(lines)):
        if roles[index] or seen[" ".join(lines[index].text.split())] < 2:
            continue
        near = roles[index - 1] == "furniture" or lines[index].after_page
        follows = index + 1 < len(lines) and roles[index + 1] == "furniture"
        if (near or follows) and not lines[index].text.endswith((";", ",", ":")):
            roles[index] = "furniture"
