"""Which organisation of the record an addressee's name means."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from konbit.dossier.tables.mandate import Mission, Organisation
from konbit.mandate.lexicon import nationalities

if TYPE_CHECKING:
    from konbit.dossier import Dossier

_WORD = re.compile(r"[^\W_]+")
_SMALL = frozenset({"the", "of", "and", "for", "in", "to", "its", "united", "nations", "government",
                    "authorities", "le", "la", "les", "de", "des", "du", "el", "los", "las", "del",
                    "y", "et", "al", "au", "gouvernement", "gobierno"})  # fmt: skip
# One office by its names in the languages of texts.
_SAME = {"secr\u00e9taire": "secretary", "secretario": "secretary", "g\u00e9n\u00e9ral": "general"}


# Words beside an adjective of nationality that leave it the state's own government.
_ITS_OWN = frozenset({"national", "transitional", "interim", "autorités", "autoridades", "state",
                      "republic", "governments", "gouvernements", "gobiernos", "transition",
                      "transición"})  # fmt: skip
_GOVERNS = frozenset({"government", "governments", "gouvernement", "gouvernements", "gobierno",
                      "gobiernos", "authorities", "autorités", "autoridades", "state",
                      "republic"})  # fmt: skip
_HOST = re.compile(
    r"(?:the\s+|l[ea]\s+|el\s+|l'|au\s+|al\s+)?(?:host\s+(?:state|country|government|nation)|"
    r"pays\s+hôte|état\s+hôte|pa[íi]s\s+anfitrión|estado\s+anfitrión)",
    re.I,
)


def owner_of(addressee: str, dossier: Dossier) -> str:
    """The code of the one organisation whose name, or code, an addressee says; else empty.

    "The Secretary-General" is the row whose title begins so; "Member States" is nobody's task.
    """
    if _HOST.fullmatch(addressee.replace("\u2019", "'").strip()):
        return _held(dossier, {mission.country for mission in dossier.rows(Mission)})
    said = set(_words(addressee)) - _SMALL
    if not said:
        return ""
    of_state = _state_meant(addressee)
    if of_state:
        return _held(dossier, of_state)
    found = []
    for row in dossier.rows(Organisation):
        title = set(_words(row.title)) - _SMALL
        is_code = row.code.casefold() in said or set(_words(row.code)) == said
        if is_code or (title and (said == title or (len(said) > 1 and said <= title))):
            found.append((not is_code and said != title, row.code))
    exact = [code for is_loose, code in found if not is_loose]
    best = exact or [code for _, code in found]
    return best[0] if len(best) == 1 else ""


def _held(dossier: Dossier, states: set[str]) -> str:
    """The one of some states that is an organisation of the record; else empty."""
    codes = [row.code for row in dossier.rows(Organisation) if row.code in states]
    return codes[0] if len(codes) == 1 else ""


def _state_meant(addressee: str) -> set[str]:
    """States that an adjective means beside a government alone: "the Kenyan authorities"."""
    words = _words(addressee)
    for length in (3, 2, 1):
        for place in range(len(words) - length + 1):
            adjective = " ".join(words[place : place + length])
            states = nationalities().get(adjective)
            if states is None:
                continue
            rest = set(words[:place] + words[place + length :])
            governs = bool(rest & _GOVERNS) and rest <= _SMALL | _ITS_OWN
            return set(states) if governs else set()
    return set()


def _words(text: str) -> list[str]:
    return [_SAME.get(word, word) for word in _WORD.findall(text.casefold())]
