"""Sums of money that an act disposes of without a word that bounds them.

"Inclusive of 77,459,000 dollars for the support account", "at a monthly rate of $105,000": where an
act decides, authorizes or asks, each sum in it is a level, but for what was there before it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from konbit.mandate.ceiling_counts import printed_count
from konbit.mandate.ceiling_kinds import currency_of
from konbit.mandate.values import Ceiling

if TYPE_CHECKING:
    from konbit.mandate.flow import Flow

_FIGURES = r"\d{1,3}(?:[,.  ]\d{3})+(?![\d,.]\d)|\d{1,9}(?:[.,]\d{1,2})?(?![\d,.]\d)"
_SCALE = r"(?:\s+(?P<s>thousand|million|billion|mille|millions?|milliards?|mil\s+millones|mil|mill[óo]n(?:es)?)\b)?"
_SIGN = r"(?P<m>US\s?\$|USD|\$|EUR|€|CAD|C\$|£|GBP|CHF)"
_NAME = r"(?P<u>\s+(?:United\s+States\s+|de\s+|d')?(?:dollars|euros|EUR|USD|pounds|d[óo]lares|francs)(?:\s+des\s+États-Unis|\s+de\s+los\s+Estados\s+Unidos)?)"
SUM = re.compile(
    rf"(?<![\w$])(?:{_SIGN}\s?(?P<n>{_FIGURES}){_SCALE}|(?<![\d,.])(?P<n2>{_FIGURES}){_SCALE.replace('<s>', '<s2>')}{_NAME})",
    re.IGNORECASE,
)
# What was there before, or is no sum of the act: a share of another, a threshold.
_BEFORE = re.compile(
    r"\b(?:in\s+addition\s+to|over\s+and\s+above|from(?:\s+the)?(?:\s+amount\s+of)?|out\s+of|of\s+the|instead\s+of|in\s+excess\s+of|more\s+than|over|exceeding|en\s+sus\s+des?|además\s+de(?:\s+los)?)\s+(?:some\s+|approximately\s+)?$",
    re.I,
)
_SPENT = re.compile(
    r"\s*(?:\([^)]{1,40}\)\s*)?(?:,\s+)?(?:gross\s+)?(?:(?:which\s+(?:was|were|has|have)\s+(?:been\s+)?)?(?:already|previously|déjà|ya)\b|net\b)",
    re.I,
)
SIGNS = ("$", "eur", "€", "£", "usd", "gbp", "chf", "dollar", "pound", "dólar", "dolar", "franc")


def _is_of_the_act(text: str, found: re.Match[str]) -> bool:
    """Whether a sum is disposed of by the act, and was not there before."""
    before = text[max(0, found.start() - 40) : found.start()]
    return _BEFORE.search(before) is None and _SPENT.match(text, found.end()) is None


def with_sums(
    found: tuple[Ceiling, ...], flow: Flow, text: str, place: tuple[int, int]
) -> tuple[Ceiling, ...]:
    """The numbers found, and the sums of money between them."""
    small = text[place[0] : place[1]].casefold()
    for sign in SIGNS:
        if sign in small:
            break
    else:
        return found
    more = list(found)
    ahead = iter(sorted((one.at for one in found), key=lambda at: at.start))
    taken = next(ahead, None)  # the next number that is known, to the right of what was looked at
    for match in SUM.finditer(text, *place):
        at = flow.at(match.start(), match.end())
        while taken is not None and taken.end <= at.start:
            taken = next(ahead, None)
        if (taken is not None and taken.start < at.end) or not _is_of_the_act(text, match):
            continue
        count = printed_count(match["n"] or match["n2"], match["s"] or match["s2"] or "")
        if count is None:
            continue
        unit = " ".join((match["u"] or match["m"]).split())
        currency = currency_of(unit)
        more.append(Ceiling(count, unit, "level", "sum-of-act", 65, at, "money", currency))
    return tuple(sorted(more, key=lambda one: one.at.start))
