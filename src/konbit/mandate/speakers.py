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


_FUTURE = {
    "fr": re.compile(r"(?P<stem>[a-zà-ÿ]+?r)a\b"),
    "es": re.compile(r"(?P<stem>[a-záéíóú]+?r)á\b"),
}


def _to_come(straight: str, language: str) -> Found | None:
    """The verb of a French or Spanish future, which is its infinitive with an ending: "restera"."""
    future = _FUTURE[language].match(straight) if language in _FUTURE else None
    if future is None:
        return None
    for infinitive in (future["stem"], f"{future['stem']}e"):
        found = lexicon(language).find(infinitive, 0, base=True, certain=True)
        if found is not None:
            return replace(found, end=future.end())
    return None


def spoken(text: str, at: int, language: str) -> Found | None:
    """The verb of a body that speaks of itself, from the place after its name."""
    straight = text[at : at + 200].replace("\u2019", "'")
    will = _WILL.match(straight) if language == "en" else None
    found = (
        lexicon(language).find(straight, will.end(), base=True, certain=True)
        if will
        else lexicon(language).find(straight, 0, certain=True)
    )
    found = found or _to_come(straight, language)
    if found is None:
        return None
    return replace(
        found, start=at + found.start, verb_start=at + found.verb_start, end=at + found.end
    )
