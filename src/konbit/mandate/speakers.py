"""What a body says of itself in a statement: "The Council will continue to ..."."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from konbit.mandate.lexicon import in_present, lexicon

if TYPE_CHECKING:
    from konbit.mandate.lexicon import Found

_MARKS = "\u201c\u201d\u2018\u2019\"'\u00ab\u00bb\u201e "
# A body that is told of in the past is told of by others, in an article; its members are not.
_ITSELF = re.compile(
    r"(?:(?:The|This|Le|El|Ce|Este|La)\s+|L.)(?![Mm]embers)(?:[\w\u00e0-\u00ff]+\s+){0,4}?(?:Council|Conseil|Consejo|Assembl[ée]e?|Assembly|Asamblea|Conference|Conf[ée]rence|"
    r"Conferencia)(?:\s+(?:de|des|g[ée]n|Gen|perm|Perm|pour|for)\S*(?:\s+\S+){0,3})?"
)
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
    if found is None and will is not None:
        found = lexicon(language).guess(straight, will.end(), base=True)
    if found is None and _ITSELF.fullmatch(text[:at].strip(_MARKS)) is None:
        found = _told(straight, language)
    if found is None:
        return None
    return replace(
        found, start=at + found.start, verb_start=at + found.verb_start, end=at + found.end
    )


def _told(straight: str, language: str) -> Found | None:
    """The verb of a statement for the press: "welcomed", "ont condamné", "piden"."""
    mended = in_present(straight, language)
    found = lexicon(language).find(mended[0], 0, certain=True) if mended else None
    return replace(found, end=found.end - mended[1]) if found and mended else None


def told_opening(text: str, language: str) -> Found | None:
    """The verb of a numbered paragraph in the past or the plural: "1. Condenaron", "1. Reaffirm"."""
    start = len(text) - len(text.lstrip(_MARKS))
    straight = text[start : start + 200].replace("\u2019", "'")
    found = _told(straight[:1].lower() + straight[1:], language)
    if found is None or straight[found.end : found.end + 1] == ",":  # "Provided, however, that"
        return None
    return replace(
        found, start=start + found.start, verb_start=start + found.verb_start, end=start + found.end
    )


def told_at(text: str, at: int, language: str) -> Found | None:
    """A further verb of such a statement: ", and urged donors to fulfil their pledges"."""
    found = _told(text[at : at + 200].replace("\u2019", "'"), language)
    if found is None or not found.entry.inside:
        return None
    return replace(
        found, start=at + found.start, verb_start=at + found.verb_start, end=at + found.end
    )
