"""How a number bounds: at most, at least, a level, or so many more or fewer than before."""

from __future__ import annotations

import re

_AT_LEAST = re.compile(
    r"at\s+(?:the\s+)?least|fewer|not\s+less|minim|m[íi]nim|inf[ée]rieur|menos\s+de|au\s+moins|(?:al|lo|no)\s+menos",
    re.I,
)
_AT_MOST = re.compile(
    r"up\s+to|more\s+than|greater\s+than|as\s+many|exc[ée]d|sup[ée]rieur|exceed|maxim|m[áa]xim|ceiling|\bcap|limit|at\s+(?:the\s+)?most|beyond|above|\bover\b|au-delà|sobrepas|rebas|jusqu|hasta|au\s+plus|pas\s+plus|d[ée]pass|plafon|hauteur|n[oi]\s+m[áa]s|exced|super|tope|l[íi]mite|techo|autoris|autoriz|authori[sz]|atteindre|lo\s+sumo", re.I
)  # fmt: skip
# What raises or lowers what there was: the number is no ceiling of its own.
_ENDS_CHANGE = r"[^;:.]{0,100}?\b(?:by|of|de|en|con)(?:\s+(?:up\s+to|a\s+maximum\s+of|jusqu'à|hasta|not\s+more\s+than|an\s+additional))?(?:\s+initially)?\s*$"
_RAISED = re.compile(
    r"\b(?:increas|rais|enlarg|expan[ds]|strengthen|reinforc|augment|boost|renforc|relev|increment|reforz|reforc|aument|ampli)\w*\b"
    + _ENDS_CHANGE,
    re.I,
)
_LOWERED = re.compile(
    r"\b(?:reduc|réduc|rédui|lower|decreas|cut|diminish|drawdown|draw\s+down|withdraw|dimin|disminu|repatriat|rapatri)\w*\b"
    + _ENDS_CHANGE,
    re.I,
)
# "Increased to consist of", "raised to a total of": the number is what it comes to.
_COMES_TO = re.compile(
    r"\b(?:consist|compos|compris|total|maximum|ceiling|level|strength|plafond|máximo|tope)\w*\s+(?:of|at|de)(?:\s+(?:up\s+to|jusqu'à|hasta))?\s*$",
    re.I,
)
_CEILING = re.compile(r"\b(?:ceiling|plafond|tope|techo)\b", re.I)
# "Within the overall strength of 900 soldiers", "dans les limites de l'effectif total de 900".
_WITHIN = re.compile(
    r"\b(?:within\s+(?:the\s+)?|dans\s+les?\s+limites?\s+d|dentro\s+de(?:l)?\s+)[^,;:]{0,60}$", re.I
)
FURTHER = re.compile(
    r"\b(?:additional|further|extra|another|more(?!\s+than)|suppl[ée]mentaires?|adicional(?:es)?|de\s+plus|otr[oa]s)\b",
    re.I,
)


def bound_of(words: str, before: str, further: str, *, composed: bool) -> str:
    """How a number bounds.

    Args:
        words: its bound, as printed.
        before: what stands before the number.
        further: bound and what is counted, of which one may say that it comes on top.
        composed: whether the bound is a word of composition ("comprising").
    """
    if _AT_LEAST.search(words):
        return "at-least"
    if FURTHER.search(further):
        return "more"
    before = before[max(before.rfind(mark) for mark in ";:.") + 1 :]
    if _COMES_TO.search(before) is None:
        if _RAISED.search(before):
            return "more"
        if _LOWERED.search(before):
            return "fewer"
    # "The troop ceiling will be comprised of 16,215 military personnel", "is lowered to 15,800".
    of_ceiling = (composed or words.endswith("to")) and _CEILING.search(before)
    most = _AT_MOST.search(words) or of_ceiling or _WITHIN.search(before)
    return "at-most" if most else "level"


def own_bound(words: str) -> str:
    """The bound of a number in a list that has one of its own: "and up to 350 police"."""
    return "at-least" if _AT_LEAST.search(words) else "at-most"


def tells_what(bound: str, words: str) -> bool:
    """Whether a number of something unknown bounds all the same: a limit, or a number that changes."""
    if bound in {"at-most", "at-least"}:
        return True
    return re.search(r"level|strength|number|ceiling|increas|reduc", words, re.I) is not None
