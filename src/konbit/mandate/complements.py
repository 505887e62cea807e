"""What identifies somebody after the head noun: "of Sudan", "for Human Rights", "in the area"."""

from __future__ import annotations

import re

_PHRASE = re.compile(r"\s+(?P<w>of|in|for|on|to|against)\s+(?P<the>the\s+)?(?=[A-Z\u00c0-\u00dd])")
_TAIL = re.compile(r"\s+(?:concerned|involved)\b")
_PLACED = frozenset({"states", "state", "members"})
_PLACE = re.compile(
    r"\s+(?:in|of)\s+the\s+(?:sub-?)?(?:areas?|regions?|hemisphere)(?:\s+concerned)?(?=[\s,;.:]|$)(?!\s+of\b)"
    r"|\s+of\s+the\s+(?:(?:United\s+Nations|[\w-]+)\s+){0,2}system\b"
    r"|\s+of\s+the\s+(?:Organization|Organisation)\b(?!\s+(?:of|for)\b)"
)

# What tells which parties or states are meant, before further ones are named.
OF_THIS = re.compile(
    r"\s+of\s+(?:that|this|these|those)\s+(?:[\w-]+\s+){0,4}[\w-]+(?=,?\s+and\s+)"
    r"|\s+in\s+a\s+position\s+to\s+do\s+so(?=,?\s+and\s+|,\s+(?:the|all|other)\s)"
)
# "The groups that have signed the agreement, and other groups": what tells which is left out.
WHICH = re.compile(
    r"\s+(?:that|which|who)\s+(?:have|has|are|is)\s+[^,;:.]{3,80}?(?=,?\s+and\s+(?:the|all|other|those)\s)"
)


# Whose governments they are is part of their name: "the governments of the member states".
_OF_OTHERS = frozenset(
    {"heads", "chiefs", "governments", "authorities", "leaders", "representatives", "parliaments"}
)
_OF_THEM = re.compile(
    r"\s+of\s+(?:the|all|those|both|other|its)\s+(?:[a-z-]+\s+){0,2}(?:states|countries|parties|communities|organizations|(?:funds|agencies)(?:\s+and\s+(?:programmes|funds|agencies))?|programmes|missions|departments|entities)\b"
)
# A council, commission or court of a state, not of the United Nations; a head of state.
_NATIONAL = re.compile(
    r"\b(?:[Nn]ational|[Tt]ransitional|[Pp]residential|[Ee]lectoral|[Cc]onstitutional|[Pp]rovisional|[Ss]upreme|"
    r"[Ss]overeign(?:ty)?|[Gg]overning|[Rr]evolutionary|[Ll]egislative|[Mm]ilitary)\s+(?:[A-Z][\w-]*\s+){0,3}"
    r"(?:Council|Commission|Committee|Assembly|Court|Tribunal|Authority|Office|Bureau|Board|Agency)\b"
    r"|\bPresident\s+of\s+(?!(?:the\s+)?(?:[A-Z][\w-]*\s+){0,3}(?:Council|Assembly|Court|Tribunal|Bank|Conference|Commission|Committee|Mechanism|Board|Union)\b)"
)


def is_of_a_state(name: str) -> bool:
    """Whether a body or office is one of a state: "the Transitional Presidential Council"."""
    return "International" not in name and _NATIONAL.search(name) is not None


# The subject of a mandate tells one expert from another: "on the right to education".
_WITH_SUBJECT = frozenset({"rapporteur", "rapporteurs", "expert", "envoy", "adviser", "advisor"})
_SUBJECT_OF_MANDATE = re.compile(
    r"\s+on\s+(?:(?:the\s+)?(?:human\s+)?rights?\s+to\s+(?:the\s+)?[a-z]+(?:\s+of\s+[a-z]+)?|[^,;:.]{3,90}?)"
    r"(?=\s+to\s+[a-z]|\s*[,;:.]|$)"
)


def with_complements(text: str, end: int, last: str) -> int:
    """Where a name ends that goes on after its head.

    Args:
        text: running text.
        end: where the head noun ends.
        last: the head's last word, in small letters.
    """
    tail = _TAIL.match(text, end) or _PLACE.match(text, end)
    if tail is None and last in _OF_OTHERS:
        tail = _OF_THEM.match(text, end)
    if tail is None and last in _WITH_SUBJECT:
        tail = _SUBJECT_OF_MANDATE.match(text, end)
    if tail is not None:
        return tail.end()
    for _ in range(3):
        phrase = _PHRASE.match(text, end)
        if phrase is None or not _identifies(phrase["w"], last):
            return end
        if last == "committee" and text.startswith("Security Council", phrase.end()):
            return end
        further = _capitals(text, phrase.end())
        if further <= phrase.end():
            return end
        own = _OWN_NOUN.match(text, further)
        end = own.end() if own else further
        while (beside := _BESIDE.match(text, end)) is not None and phrase["w"] == "of":
            end = _capitals(text, beside.end())
        theirs = _OF_NEIGHBOURS.match(text, end) if phrase["w"] == "of" else None
        end = theirs.end() if theirs else end
    return end


# "the Governments of X and of its neighbours".
_OF_NEIGHBOURS = re.compile(
    r"(?:,\s+|,?\s+and\s+)(?:of\s+)?(?:(?:its|the|their|all|other)\s+){1,2}(?:[a-z-]+\s+){0,2}(?:neighbours|States|countries|Territories|territories)\b"
)
# "the leadership of the MSS mission".
_OWN_NOUN = re.compile(r"(?<=[A-Z]{3})\s+(?:mission|operation|force)\b(?!\s+(?:area|headquarters))")
# "the Governments of X and of Y" are one name.
_BESIDE = re.compile(r"(?:,|,?\s+and)\s+of\s+(?:the\s+)?(?=[A-Z\u00c0-\u00dd])")


def _identifies(word: str, last: str) -> bool:
    if word == "of":
        return True
    if word == "in":
        return last not in _PLACED
    if word == "against":
        return last in {"committee", "commission", "programme", "office"}
    return word in {"for", "on"} and last not in _PLACED and last not in {"parties", "party"}


_CAPITALS = re.compile(
    r"[A-Z\u00c0-\u00dd][\w'\u2019-]*(?:\s+(?:(?:of|and|for|from|de|du|la)\s+(?:the\s+)?(?=[A-Z])|(?=[A-Z]))[A-Z\u00c0-\u00dd][\w'\u2019-]*){0,9}"
)


def _capitals(text: str, at: int) -> int:
    found = _CAPITALS.match(text, at)
    if found is None:
        return at
    end = found.end()
    whole = found[0]
    if whole.endswith(("'s", "\u2019s")):
        return at
    cut = whole.find(" and ")
    if cut > 0 and not re.search(
        r"(?:Bosnia|Trinidad|Antigua|Northern|Peace|Security|Ireland|Saint|Justice)", whole
    ):
        end = found.start() + cut
    return end
