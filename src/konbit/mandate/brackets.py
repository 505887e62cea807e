"""Square brackets of drafts: words that are not agreed yet, and alternatives side by side."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from konbit.mandate.values import Act, Deadline, Proposal

    T = TypeVar("T", Proposal[str], Deadline)

_SHORT = r"[^\[\]\s/]{1,24}(?:\s[^\[\]\s/]{1,24})?"  # one or two words
# Left out: of short alternatives ("[urges] [calls on]", "[30/45]") all but the first, and the signs.
# A number in brackets right after a word is a footnote's and stays.
_LEFT_OUT = re.compile(
    rf"(?<=\])\s?/?\s?\[{_SHORT}\]|(?<=[a-z]\])(?:/|\s?/\s?)?\[[A-Z][a-z]+(?:\s[a-z]+){{1,3}}\]|(?<=\w)(?:/{_SHORT})+(?=\])"
    r"|(?P<note>(?<=[^\s\[])\[\d{1,3}\])|\s(?=\[[,;.])|\s?\](?=[,;.:])|[\[\]]"
)
_UNAGREED = 55  # per cent: words in brackets may never be adopted


def left_out(text: str) -> list[tuple[int, int]]:
    """The stretches without which a bracketed text reads on, in order."""
    return [found.span() for found in _LEFT_OUT.finditer(text) if found["note"] is None]


def without_brackets(text: str) -> str:
    """A text as it reads when its brackets are taken as agreed."""
    if "[" not in text:
        return text
    return _LEFT_OUT.sub(lambda found: found["note"] or "", text)


def unagreed(act: Act, source: str) -> Act:
    """An act whose bracketed words are proposed with little certainty; its action keeps the brackets."""
    begins = act.verb.at.end if act.verb and act.verb.at else act.at.start
    printed = " ".join(source[begins : act.at.end].split()).strip(" ,;")
    return replace(
        act,
        action=printed if "[" in printed or "]" in printed else act.action,
        verb=_doubted(act.verb, source) if act.verb else None,
        addressee=_doubted(act.addressee, source) if act.addressee else None,
        deadlines=tuple(_doubted(limit, source) for limit in act.deadlines),
    )


def _doubted(found: T, source: str) -> T:
    """What was found, less sure where a bracket opens before its end and closes after its start."""
    at = found.at
    if at is None:
        return found
    inside = "[" in source[at.start : at.end] or "]" in source[at.start : at.end]
    before, after = source[max(0, at.start - 200) : at.start], source[at.end : at.end + 200]
    held = before.rfind("[") > before.rfind("]") and "]" in after
    if not (inside or held):
        return found
    return replace(found, confidence_percent=min(found.confidence_percent, _UNAGREED))
