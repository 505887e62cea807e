"""Which language a text is in: English, French or Spanish."""

from __future__ import annotations

import re
from collections import Counter

from konbit.mandate.values import Proposal

_COMMON = {
    "en": frozenset(
        [
            "the",
            "of",
            "and",
            "to",
            "in",
            "that",
            "by",
            "with",
            "its",
            "for",
            "all",
            "on",
            "resolution",
            "council",
            "shall",
        ]
    ),
    "fr": frozenset(
        [
            "le",
            "la",
            "les",
            "des",
            "du",
            "et",
            "que",
            "dans",
            "aux",
            "pour",
            "par",
            "une",
            "sur",
            "ses",
            "qui",
            "l",
            "d",
            "conseil",
        ]
    ),
    "es": frozenset(
        [
            "el",
            "la",
            "los",
            "las",
            "del",
            "y",
            "que",
            "en",
            "por",
            "para",
            "con",
            "una",
            "su",
            "sus",
            "al",
            "consejo",
            "se",
        ]
    ),
}
_WORD = re.compile(r"[^\W\d_]+")
_ENOUGH = 60_000


def language_of(text: str) -> Proposal[str]:
    """The language whose commonest words are most; English where nothing tells."""
    counts = Counter(_WORD.findall(text[:_ENOUGH].casefold()))
    scores = {name: sum(counts[word] for word in words) for name, words in _COMMON.items()}
    best = max(("en", "fr", "es"), key=lambda name: scores[name])
    total = sum(scores.values())
    sure = 50 if not total else min(99, 100 * scores[best] // total)
    return Proposal(best, "common-words", sure)
