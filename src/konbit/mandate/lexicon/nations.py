"""Adjectives of nationality, with the codes of the states they may mean.

The table holds adjectives in common use by the codes of ISO 3166-1 (alpha-3). An adjective may mean
two states, as "Congolese" does.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from konbit.mandate.lexicon.tables import rows_of

if TYPE_CHECKING:
    from collections.abc import Mapping

# English adjectives of places that are no state, or that the table does not know.
_LIKE_ONE = re.compile(r"[A-Z]\w{2,}(?:ian|ean|ese|ish|can)")
_FRENCH = {"grec": "grecque", "turc": "turque", "ouzbek": "ouzbèke"}
_ACUTE = str.maketrans("áéíóú", "aeiou")


@cache
def nationalities() -> Mapping[str, tuple[str, ...]]:
    """Adjectives in English, French and Spanish, in all forms and small letters, with their states."""
    table: dict[str, list[str]] = {}
    for row in rows_of("nationalities.csv"):
        printed = {
            *(row["en"].casefold().split("|")),
            *(form for word in row["fr"].split("|") for form in _french(word)),
            *(form for word in row["es"].split("|") for form in _spanish(word)),
        }
        for form in printed - {""}:
            table.setdefault(form, []).append(row["state"])
    return {form: tuple(sorted(states)) for form, states in table.items()}


def is_nationality(words: str) -> bool:
    """Whether an English adjective with a capital tells a nationality, as "Kenyan" does."""
    return words.casefold() in nationalities() or _LIKE_ONE.fullmatch(words) is not None


def _french(word: str) -> tuple[str, ...]:
    """Both genders and numbers of a French adjective that is given in the masculine."""
    if not word:
        return ()
    if word.endswith(("e", "è")):
        return word, f"{word}s"
    feminine = _FRENCH.get(word) or (f"{word}ne" if word.endswith("en") else f"{word}e")
    plural = word if word.endswith("s") else f"{word}s"
    return word, plural, feminine, f"{feminine}s"


def _spanish(word: str) -> tuple[str, ...]:
    """Both genders and numbers of a Spanish adjective that is given in the masculine."""
    if not word:
        return ()
    if word.endswith("o"):
        return tuple(f"{word[:-1]}{ending}" for ending in ("o", "a", "os", "as"))
    if word.endswith(("és", "án", "ón")):
        bare = word.translate(_ACUTE)
        return word, f"{bare}a", f"{bare}es", f"{bare}as"
    if word.endswith(("í", "ú")):
        return word, f"{word}s", f"{word}es"
    if word.endswith(("a", "e")):
        return word, f"{word}s"
    return word, f"{word}a", f"{word}es", f"{word}as"
