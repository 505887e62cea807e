"""Who is addressed: the object of the verb, or the first acting subject of its clause."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from konbit.mandate.dates import DAY
from konbit.mandate.lexicon import words
from konbit.mandate.names import Named, listed_at

if TYPE_CHECKING:
    from konbit.mandate.acronyms import Acronyms

_LEAD = re.compile(
    r"[\s,:]*(?:(?:of|upon|on|to|that|also|once again|again|further|in this regard|in particular|"
    r"immediately|urgently|strongly),?\s+){0,2}", re.IGNORECASE,
)  # fmt: skip
_SKIPPED = re.compile(
    r",?\s*(?:(?:no|not)\s+later\s+than|[Ii]n|pursuant|[Oo]n|[Aa]s|for|until|[Dd]uring|[Aa]fter|by|[Uu]nder|with|without|acting|subject|"
    r"notwithstanding|consistent|having|taking|bearing|where|when|if|unless|upon|from|at|to|"
    r"within|following|pending|through|once|beginning|starting|should|irrespective|given|while|"
    r"throughout|prior|including|drawing|building|recalling|noting|recognizing|considering)\b[^,;]{1,220},\s*"
)
# "That on 14 November 1999 all States shall": a day needs no comma after it.
_ON_DAY = re.compile(
    rf"\s*(?:on|from|as\s+(?:from|of)|until|by|with\s+effect\s+from)\s+{DAY},?\s+(?=(?:all|the|any|each|those|states)\b)",
    re.I,
)
_TO_DO = re.compile(
    r"\bto\s+(?!(?:the|a|an|all|any|its|their|his|this|that|these|those|each|every|which|such|"
    r"armed|conflict|conflicts|hostilities|\d)\b)[a-z]|\bto\s*:"
)
_MODAL = re.compile(r"\b(?P<m>shall|should|must|may|will|would|can|has to|have to|is to|are to)\b")
_PASSIVE = re.compile(
    r"(?:,[^;:,]{1,160},)?(?:\s+(?:not|also|further|immediately|henceforth|hereafter|thereafter|thenceforth|[a-z]+ly|,[^,]{1,80},))*\s+be\s+(?:[a-z]+ly\s+)?"
    r"(?P<p>[a-z]+(?:ed|en|wn|de|ut|pt|ld|nt|ght)|held|met|set|put|made|borne)\b"
)
_TOLD = words("told")  # fmt: skip
_COMPOSED = re.compile(
    r"(?:\s+(?:not|also|initially|[a-z]+ly))*\s+(?:consist|comprise|include|"
    r"be\b(?!\s+(?:liable|responsible|entitled|ready|able|bound|accountable))|"
    r"have\b(?!\s+(?:the\s+)?(?:authority|power|right|duty|responsibility|following\s+(?:mandate|tasks|functions|responsibilities|powers)))|"
    r"(?:end|begin|terminate|cease)\b(?!\s+(?:its|their|all|any|the)\b)|"
    r"expire|remain|last|apply|enter|come\b|constitute|contain|number\b)"
)
_IS_TOLD = re.compile(
    r"\s+(?:is|are|be)\s+(?:hereby\s+)?(?:authori[sz]ed|requested|entrusted|invited|empowered|mandated|"
    r"required|instructed|obliged)\b"
)
_THEN_THAT = re.compile(r"\s*(?:,[^;:]{3,200},)?[\s,]*(?::|that\s)|\s*,[^;:]{3,200}:")


def past_asides(text: str, at: int, end: int, *, most: int) -> int:
    """Where an addressee may begin, after words that stand before it without naming anybody."""
    for _ in range(most):
        skipped = _ON_DAY.match(text, at) or _SKIPPED.match(text, at)
        if skipped is None or skipped.end() >= end:
            break
        at = skipped.end()
    return at


def object_of(text: str, start: int, end: int, acronyms: Acronyms) -> Named | None:
    """The object of a verb: "requests [the Secretary-General] to ..."."""
    lead = _LEAD.match(text, start)
    at = lead.end() if lead else start
    if text[start:at].rstrip().endswith("that"):
        return subject_of(text, at, end, acronyms, needs_modal=False)
    at = past_asides(text, at, end, most=2)
    found = listed_at(text, at, acronyms, end)
    if found is None or found.end > end:
        led = lead.end() if lead else start
        return _source_of(text, at, end, acronyms) or _source_of(text, led, end, acronyms)
    rest = text[found.end : min(end, found.end + 600)]
    if text[start:at].rstrip().casefold().endswith(" to"):
        return Named(found.words, found.start, found.end, found.kind, 75)
    if _TO_DO.search(rest) or _SHARED.fullmatch(rest) or _THEN_THAT.match(rest):
        return found
    if re.match(r"\s+(?:in|for|on|with|within|as)\b", rest):
        return Named(found.words, found.start, found.end, found.kind, 60)
    return None


# What both are to do stands after the second verb: "calls upon States, and encourages others, to".
_SHARED = re.compile(r"[\s;:.,]*(?:(?:and|or|but)\s*)?")
_FROM = re.compile(
    r"(?:within\s+[^,;:]{3,40}?\s+)?(?:an?|the|further|regular|any|such|its|all|periodic)\s[^,;:]{3,90}?\sfrom\s+"
)


def _source_of(text: str, at: int, end: int, acronyms: Acronyms) -> Named | None:
    """Who is to give what is asked for: "requests a report from [the Secretary-General]"."""
    asked = _FROM.match(text, at, end)
    found = listed_at(text, asked.end(), acronyms) if asked else None
    return found if found is not None and found.end <= end and found.kind == "un" else None


# "UNAMID, which shall incorporate the earlier mission, shall consist of ...".
_RELATIVE = re.compile(
    r",\s+(?:which|who|whose)\b[^;:]{3,240}?,\s+(?=(?:shall|should|must|may|will|can)\b)"
)


def subject_of(
    text: str, start: int, end: int, acronyms: Acronyms, *, needs_modal: bool
) -> Named | None:
    """The acting subject of a clause: "that [all States] shall ..."; none for things and passives."""
    at = start
    while text[at : at + 1] == " ":
        at += 1
    at = past_asides(text, at, end, most=3)
    found = listed_at(text, at, acronyms, end)
    if found is None or found.end > end:
        return None
    if _IS_TOLD.match(text, found.end):
        return found
    aside = _RELATIVE.match(text, found.end, end)
    after = aside.end() if aside else found.end
    modal = _MODAL.search(text, after, min(end, after + 400))
    if modal is None:
        passive = _PASSIVE.match(text, found.end)
        return None if needs_modal or (passive and passive["p"] not in _TOLD) else found
    if re.search(r"[;:]", text[after : modal.start()]):
        return None if needs_modal else found
    passive = _PASSIVE.match(text, modal.end())
    if passive is not None:
        return found if passive["p"] in _TOLD else None
    return None if _COMPOSED.match(text, modal.end()) else found
