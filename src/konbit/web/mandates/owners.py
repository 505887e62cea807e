"""Which organisation of the record an addressee's name means."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from konbit.dossier.tables.mandate import Organisation

if TYPE_CHECKING:
    from konbit.dossier import Dossier

_WORD = re.compile(r"[^\W_]+")
_SMALL = frozenset({"the", "of", "and", "for", "in", "to", "its", "united", "nations", "government",
                    "authorities", "le", "la", "les", "de", "des", "du", "el", "los", "del", "y",
                    "et", "al", "au", "gouvernement", "gobierno"})  # fmt: skip
# One office by its names in the languages of texts.
_SAME = {"secr\u00e9taire": "secretary", "secretario": "secretary", "g\u00e9n\u00e9ral": "general"}


def owner_of(addressee: str, dossier: Dossier) -> str:
    """The code of the one organisation whose name, or code, an addressee says; else empty.

    "The Secretary-General" is the row whose title begins so; "Member States" is nobody's task.
    """
    said = set(_words(addressee)) - _SMALL
    if not said:
        return ""
    found = []
    for row in dossier.rows(Organisation):
        title = set(_words(row.title)) - _SMALL
        is_code = row.code.casefold() in said or set(_words(row.code)) == said
        if is_code or (title and (said == title or (len(said) > 1 and said <= title))):
            found.append((not is_code and said != title, row.code))
    exact = [code for is_loose, code in found if not is_loose]
    best = exact or [code for _, code in found]
    return best[0] if len(best) == 1 else ""


def _words(text: str) -> list[str]:
    return [_SAME.get(word, word) for word in _WORD.findall(text.casefold())]
