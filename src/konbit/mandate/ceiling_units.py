"""What a number counts, where the words for it stand before the number."""

from __future__ import annotations

import re


def counted_before(found: re.Match[str]) -> str:
    """What is counted, where it stands before the number: "the number of observers to 160"."""
    bound = found.groupdict().get("b") or ""
    told = _NUMBER_OF.match(bound)
    if told is None and bound:
        before = found.string[max(0, found.start("b") - 60) : found.end("b")]
        told = (
            _WHOSE.search(before)
            or _WHOSE_SHALL_BE.search(found.string, max(0, found.start("b") - 40), found.end("b"))
            or _CHANGED_STRENGTH.search(before)
            or _STRENGTH_CHANGED.search(before)
            or _NUMBER_NOT_OVER.search(before)
            or _COMPONENT.search(before)
            or _CEILING_FOR.search(before)
        )
    return next((words for words in told.groups() if words), "") if told else ""


# "an authorized personnel ceiling of 5,550"
_WHOSE = re.compile(
    r"\b(?P<u>(?:uniformed\s+|military\s+|police\s+|civilian\s+)?(?:personnel|troops?|police|staff|strength))\s+"
    r"(?:ceiling|strength|level)s?\s+(?:(?:of|at|to|by)|by\s+\d{1,2}(?:\.\d{1,2})?\s+per\s?cent,?\s+to)$", re.I
)  # fmt: skip
# "The authorized military strength of the Mission shall be 900".
_WHOSE_SHALL_BE = re.compile(
    r"\b(?P<u>(?:uniformed\s+|military\s+|police\s+|civilian\s+)?(?:personnel|troops?|police|staff|military))\s+"
    r"(?:ceiling|strength|level|total)s?\s+(?:(?:of|for)\s+[\w' -]{3,60}?\s+)?(?:shall|will|should)\s+(?:remain|be|stand|total)\b[a-z ]*$", re.I
)  # fmt: skip
# "Raising the strength of the national police to 20,000".
_CHANGED_STRENGTH = re.compile(
    r"\b(?:strength|number|size)s?\s+of\s+(?:the\s+|its\s+|their\s+)?(?P<u>[a-z ]{3,40}?)\s+(?:to|at|by)$",
    re.I,
)
# "Its military strength shall be reduced from 1,000 to 750".
_STRENGTH_CHANGED = re.compile(
    r"\b(?P<u>(?:(?:uniformed|military|police|civilian|troop|personnel)\s+)?(?:strength|ceiling))\s+(?:(?:of|for)\s+[\w' -]{3,40}?\s+)?(?:shall|will|should|be|is)\s+(?:be\s+)?(?:increased|reduced|raised|lowered|decreased|brought)\s+(?:from\s+[\d,]+\s+)?(?:to|by)$", re.I
)  # fmt: skip
_COMPONENT = re.compile(
    r"\b(?P<u>(?:uniformed|military|police|civilian|troop)\s+(?:component|contingent|strength|personnel|levels?))(?:\s+of\s+[\w' -]{2,40}?)?\s+(?:to|at|of|by)(?:\s+an?\s+(?:strength|level|total|maximum)\s+of)?$"
    r"|\b(?:nombre|n[úu]mero)\s+(?:de\s+la\s+|de\s+los\s+|des\s+|de\s+|d')(?P<v>[a-zà-ÿ ]{3,40}?)\s+(?:sera|passera|passe|soit|est|ser[áa]|se|sea)\b[a-zà-ÿ ]*(?:\bde\s+[\d., ]+)?\s(?:à|a)$", re.I
)  # fmt: skip
_CEILING_FOR = re.compile(
    r"\b(?:ceiling|limit|cap|strength)s?\s+(?:for|on|of)\s+(?:the\s+)?(?P<u>[a-z ]{3,40}?)\s+(?:shall|will|should|is|are)\s+(?:be\s+)?(?:set|fixed|kept)\s+at$", re.I
)  # fmt: skip
_NUMBER_NOT_OVER = re.compile(
    r"\bnumbers?\s+of\s+(?:the\s+)?(?P<u>[a-z ]{3,40}?)\s+(?:should|shall|will|must|may|does|do|is|are)\s+(?:not|be|limited)\b[a-z ]*$", re.I
)  # fmt: skip
_NUMBER_OF = re.compile(
    r"(?:number|strength(?=\s+of\s+(?:[a-z]+\s+){0,3}(?:police|troops|soldiers|personnel|staff|observers)\b))s?\s+of\s+(?:the\s+)?(?P<u>[a-z ]{3,40}?)\s+(?:should|shall|will|be|to|at|from)\b", re.I
)  # fmt: skip
