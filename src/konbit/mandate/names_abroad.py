"""Names of those who can act, in French and Spanish, where the head noun stands first."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from konbit.mandate.grammar_abroad import GRAMMARS, STOPS, THOSE
from konbit.mandate.lexicon import actors
from konbit.mandate.names import Named

if TYPE_CHECKING:
    from konbit.mandate.grammar_abroad import Grammar

_ACRONYM = re.compile(r"[A-Z][A-Z0-9-]{2,}(?:/[A-Z]+)?(?![\w])")
_MISSION = re.compile(
    r"(?:MINU|MONU|BINU|FINUL|FNUOD|ONU|OCHA|UN|HCR|PNUD|PAM|OMS|CICAD|CIDH|ACNU|OPS)"
)
_CAPITALS = re.compile(r"(?:[ -](?:[A-Z\u00c0-\u00dd][\w'-]*))*")
_CAPITAL = re.compile(r"[A-Z\u00c0-\u00dd][\w'-]*")
_SMALL = re.compile(r"[a-zà-ÿ][\w-]*(?![\w'])")
_AND = re.compile(r"(?:et|y|e)\s+")
_WORD = re.compile(r"[^\W\d_][\w-]*")
# After "de" these tell how something is to be done, not who somebody is.
_MANNER = frozenset(
    ["ici", "urgence", "manière", "façon", "concert", "même", "toute", "tout", "nouveau", "plus", "sorte",
     "manera", "forma", "inmediato", "conformidad", "acuerdo", "nuevo", "modo", "aquí", "que", "consuno"]
)  # fmt: skip
# A council, commission or court of a state: "le Conseil présidentiel de transition".
_NATIONAL = re.compile(
    r"\b(?:national|pr[ée]sidentiel|[ée]lectoral|constitutionnel|provisoire|transition|supr[êe]me|souverain|"
    r"nacional|presidencial|constitucional|provisional|transici[óo]n|suprem[oa]|soberan[oa])",
    re.I,
)
# "Ou de personnel de police" goes on from "de contingents".
_OR_OF = re.compile(r"\s+(?:ou|et|o|y)\s+(?:de\s+|d')(?=[a-zà-ÿ])")
# Where somebody is belongs to the name, as in English: "the country team in the area".
_PLACE = {
    "fr": re.compile(
        r"\s+(?:dans|de)\s+(?:le\s+pays|la\s+(?:sous-)?r[ée]gion|la\s+zone)(?![\w-])", re.I
    ),
    "es": re.compile(r"\s+en\s+(?:el\s+pa[íi]s|la\s+(?:sub)?regi[óo]n|la\s+zona)(?![\w-])", re.I),
}
_BEFORE_NAMES = frozenset(["en", "en el", "en la", "au", "pour", "para"])
_MOST_WORDS = 4
_MOST_PARTS = 5
_MOST_NAMES = 8


@cache
def _heads(language: str) -> dict[str, list[tuple[re.Pattern[str], str]]]:
    """Head nouns by their first word, the longest first."""
    table: dict[str, list[tuple[re.Pattern[str], str]]] = {}
    for noun, kind in sorted(actors(language).items(), key=lambda pair: (-len(pair[0]), pair[0])):
        first = _WORD.match(noun)
        pattern = re.compile(rf"{re.escape(noun)}(?![\w-])", re.IGNORECASE)
        table.setdefault(first[0] if first else noun, []).append((pattern, kind))
    return table


def named_abroad(text: str, at: int, language: str, *, loose: bool = False) -> Named | None:
    """One actor whose name begins at a place.

    Args:
        text: running text.
        at: where it begins.
        language: `fr` or `es`.
        loose: it is an object, so no verb follows, and any small word may be an adjective of it.
    """
    grammar = GRAMMARS[language]
    those = THOSE[language].match(text, at)
    if those is not None:
        return Named(those["p"], at, those.end("p"), "state", 75)
    lead = grammar.determiners.match(text, at)
    place = lead.end() if lead else at
    head = _head(text, place, language)
    if head is None:
        return None
    end, kind, capital = head
    end = _with_adjectives(text, end, grammar, loose=loose)
    end = _with_complements(text, end, grammar, loose=loose)
    there = _PLACE[language].match(text, end)
    end = there.end() if there else end
    ours = re.search(r"na(?:t|c)ion(?:e?s)\s+un(?:ies|idas)", text[place:end], re.I) is not None
    states = re.match(r"(?:états?|estados?|pays|países)\b", text[place:end], re.I) is not None
    kind = "un" if ours and not states else kind
    if kind == "un" and not ours and _NATIONAL.search(text[place:end]) is not None:
        kind = "state"
    return Named(text[at:end], at, end, kind or "state", 80 if capital and not kind else 88)


def _head(text: str, place: int, language: str) -> tuple[int, str, bool] | None:
    """Where the head noun ends, its class, and whether it is known by its capital only."""
    first = _WORD.match(text, place)
    known = _heads(language).get(first[0].casefold(), ()) if first else ()
    for pattern, kind in known:
        found = pattern.match(text, place)
        if found is not None:
            return found.end(), kind, False
    acronym = _ACRONYM.match(text, place)
    if acronym is not None:
        return acronym.end(), "un" if _MISSION.match(acronym[0]) else "state", True
    word = _WORD.match(text, place)
    if word is None or not word[0][:1].isupper():
        return None
    end = word.end()
    further = _CAPITALS.match(text, end)
    return (further.end() if further else end), "state", True


def _with_adjectives(text: str, end: int, grammar: Grammar, *, loose: bool) -> int:
    for _ in range(_MOST_WORDS):
        if text[end : end + 1] != " ":
            break
        capital = _CAPITAL.match(text, end + 1)
        joined = _AND.match(text, end + 1)
        place = joined.end() if joined else end + 1
        word = grammar.adjective.match(text, place) if capital is None else capital
        if word is None and loose:
            word = _SMALL.match(text, place)
            word = word if word and word[0] not in STOPS else None
        if word is None:
            break
        if joined and not _ends_name(text, word.end(), grammar):
            break
        end = word.end()
    return end


def _ends_name(text: str, end: int, grammar: Grammar) -> bool:
    return grammar.boundary.match(text, end) is not None


def _with_complements(text: str, end: int, grammar: Grammar, *, loose: bool) -> int:
    for part in range(_MOST_PARTS):
        found = grammar.complement.match(text, end)
        if found is None and part:
            found = _OR_OF.match(text, end)
        if found is None or grammar.infinitive.match(text, found.end()):
            return end
        word = _WORD.match(text, found.end())
        if word is None or word[0].casefold() in _MANNER:
            return end
        capital = word[0][:1].isupper()
        if not capital and found.groupdict().get("p") in _BEFORE_NAMES:
            return end
        place = word.end()
        if capital:
            further = _CAPITALS.match(text, place)
            place = further.end() if further else place
        end = _with_adjectives(text, place, grammar, loose=loose)
    return end


def listed_abroad(text: str, at: int, language: str, *, loose: bool = False) -> Named | None:
    """One actor, or several that are joined, whose names begin at a place."""
    grammar = GRAMMARS[language]
    first = named_abroad(text, at, language, loose=loose)
    if first is None:
        return None
    end, place = first.end, first.end
    for _ in range(_MOST_NAMES):
        joint = grammar.joint.match(text, place)
        if joint is None or grammar.infinitive.match(text, joint.end()):
            break
        # A preposition that is one word with the article is part of the printed name.
        other = named_abroad(text, joint.end(), language, loose=loose)
        if other is None:
            break
        place = other.end
        # "los organismos, fondos y programas": the last two were read as one.
        if re.search(r"\b(?:et|y|e)\s", text[joint.start() : other.end]):
            end = other.end
    return Named(text[at:end], at, end, first.kind, first.sure)
