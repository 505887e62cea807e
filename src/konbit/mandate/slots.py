"""The condition of an act."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from konbit.mandate.values import Proposal

if TYPE_CHECKING:
    from konbit.mandate.flow import Flow
    from konbit.mandate.values import Deadline

_CONDITION = re.compile(
    r"\b(?:if|unless|provided\s+that|subject\s+to|on\s+(?:the\s+)?condition\s+that|in\s+the\s+event\s+(?:of|that)|"
    r"as\s+soon\s+as(?!\s+(?:practically\s+)?possible\b)|only\s+(?:if|when|after)|once(?!\s+(?:every|an?|per|each|in|again|more)\b)|should\s+the\s+situation\s+so\s+require|with\s+the\s+consent\s+of|"
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


# "If possible within 120 days" makes nothing depend on anything.
_AT_WILL = re.compile(
    r"(?:if|si)\s+(?:at\s+all\s+)?(?:possible|necessary|appropriate|needed|required|feasible|n[ée]cessaire|"
    r"posible|necesario|procede|besoin)\b",
    re.IGNORECASE,
)


def in_condition(
    limits: tuple[Deadline, ...], condition: Proposal[str] | None
) -> tuple[Deadline, ...]:
    """Time limits, those marked that stand within the condition: "unless it complies by 15 May"."""
    place = condition.at if condition else None
    if condition is None or place is None or _AT_WILL.match(condition.value):
        return limits
    return tuple(
        replace(limit, in_condition=place.start <= limit.at.start and limit.at.end <= place.end)
        for limit in limits
    )
