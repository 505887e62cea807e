"""Further slots of an act: conditions, and numbers that bound people, kit or money."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from konbit.mandate.values import Ceiling, Proposal

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
_COUNT = r"(?P<n>\d{1,3}(?:[, ]\d{3})+|\d{1,6})"
_BOUND = re.compile(
    rf"\b(?P<b>up\s+to|not\s+more\s+than|no\s+more\s+than|not\s+exceeding|not\s+to\s+exceed|a\s+maximum\s+of|maximum\s+of|"
    rf"a\s+ceiling\s+of|ceiling\s+of|at\s+least|no\s+fewer\s+than|not\s+less\s+than|a\s+minimum\s+of|minimum\s+of|"
    rf"(?:level|strength|number|ceiling)s?\s+(?:of\s+[a-z ]{{3,40}}?)?(?:to|at|of|from)|(?:increase|reduce|raise|lower)\w*\s+[a-z ]{{3,60}}?\s(?:to|by)|"
    rf"jusqu'à|au\s+maximum|hasta|un\s+máximo\s+de)\s+(?:a\s+total\s+of\s+|approximately\s+)?{_COUNT}"
    r"(?P<u>(?:\s+(?!and\b|or\b|to\b|in\b|until\b|for\b|as\b|with\b|by\b|of\b|including\b|from\b|per\b|on\b|at\b|within\b)[A-Za-zÀ-ÿ'-]+){0,4})",
    re.IGNORECASE,
)
_NOT_UNITS = re.compile(r"days?|weeks?|months?|years?|hours?|jours?|mois|ans?|semaines?|d[íi]as?|meses|años?|per$|times?|"
                        r"january|february|march|april|may|june|july|august|september|october|november|december|paragraphs?", re.I)  # fmt: skip
_AT_LEAST = re.compile(r"at\s+least|fewer|less|minimum", re.I)
_AT_MOST = re.compile(r"up\s+to|more\s+than|exceed|maximum|máximo|ceiling|jusqu|hasta", re.I)


def condition_in(flow: Flow, start: int, end: int, language: str) -> Proposal[str] | None:
    """The first condition in a stretch of running text, as printed."""
    for found in _CONDITION.finditer(flow.text, start, end):
        if not _WORDS[language].match(found[0]):
            return Proposal(found[0].strip(), "conditional-words", 70, flow.at(*found.span()))
    return None


def ceilings_in(flow: Flow, start: int, end: int) -> tuple[Ceiling, ...]:
    """Numbers with a bound and a unit: "up to 10,000 military personnel"."""
    made = []
    for found in _BOUND.finditer(flow.text, start, end):
        unit = " ".join(found["u"].split())
        if not unit and not _AT_MOST.search(found["b"]) and "personnel" not in found["b"]:
            continue
        if unit and _NOT_UNITS.match(unit.split()[0]):
            continue
        count = int(re.sub(r"\D", "", found["n"]))
        if not unit and 1_900 <= count <= 2_100:
            continue
        bound = (
            "at-least"
            if _AT_LEAST.search(found["b"])
            else "at-most"
            if _AT_MOST.search(found["b"])
            else "level"
        )
        made.append(Ceiling(count, unit, bound, "bound-and-number", 85, flow.at(*found.span())))
    return tuple(made)
