"""The condition of an act."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from konbit.mandate.values import Proposal

if TYPE_CHECKING:
    from konbit.mandate.flow import Flow

_CONDITION = re.compile(
    r"\b(?:if|unless|provided\s+that|subject\s+to|on\s+(?:the\s+)?condition\s+that|in\s+the\s+event\s+(?:of|that)|"
    r"as\s+soon\s+as|only\s+(?:if|when|after)|once|should\s+the\s+situation\s+so\s+require|with\s+the\s+consent\s+of|"
    r"in\s+case\s+of|sous\s+réserve|à\s+condition\s+que|si|a\s+condición\s+de\s+que|siempre\s+que)\s+"
    r"[^,;:]{3,240}", re.IGNORECASE,
)  # fmt: skip
_WORDS = {
    "en": re.compile(r"\bsi\b"),
    "fr": re.compile(r"\b(?:if|once)\b"),
    "es": re.compile(r"\b(?:if|once)\b"),
}
# One of these is in every condition; most acts have none, and are passed over quickly.
_SIGNS = (
    "if", "unless", "provided", "subject", "condition", "condici", "event", "soon", "only", "once",
    "should the", "consent", "case", "sous", "si", "siempre",
)  # fmt: skip


def condition_in(flow: Flow, start: int, end: int, language: str) -> Proposal[str] | None:
    """The first condition in a stretch of running text, as printed."""
    small = flow.text[start:end].casefold()
    for sign in _SIGNS:
        if sign in small:
            break
    else:
        return None
    for found in _CONDITION.finditer(flow.text, start, end):
        if not _WORDS[language].match(found[0]):
            return Proposal(found[0].strip(), "conditional-words", 70, flow.at(*found.span()))
    return None
