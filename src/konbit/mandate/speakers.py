"""What a body says of itself in a statement: "The Council will continue to ..."."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from konbit.mandate.lexicon import lexicon

if TYPE_CHECKING:
    from konbit.mandate.lexicon import Found

_WILL = re.compile(
    r"(?:(?:also|further|again|therefore)\s+)?(?:will|shall)\s+(?:also\s+|further\s+)?"
)


def spoken(text: str, at: int, language: str) -> Found | None:
    """The verb of a body that speaks of itself, from the place after its name."""
    straight = text[at : at + 200].replace("\u2019", "'")
    will = _WILL.match(straight) if language == "en" else None
    found = (
        lexicon(language).find(straight, will.end(), base=True, certain=True)
        if will
        else lexicon(language).find(straight, 0, certain=True)
    )
    if found is None:
        return None
    return replace(
        found, start=at + found.start, verb_start=at + found.verb_start, end=at + found.end
    )
