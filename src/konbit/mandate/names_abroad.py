"""Names of those who can act, in French and Spanish, where the head noun stands first."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from konbit.mandate.lexicon import actors
from konbit.mandate.names import Named

_ACRONYM = re.compile(r"[A-Z][A-Z0-9-]{2,}(?:/[A-Z]+)?(?![\w])")
_MISSION = re.compile(
    r"(?:MINU|MONU|BINU|FINUL|FNUOD|ONU|OCHA|UN|HCR|PNUD|PAM|OMS|CICAD|CIDH|ACNU|OPS)"
)
_WORD = re.compile(r"[^\W\d_][\w-]*")
# After "de" these tell how something is to be done, not who somebody is.
_MANNER = frozenset(
    ["ici", "urgence", "manière", "façon", "concert", "même", "toute", "tout", "nouveau", "plus", "sorte",
     "manera", "forma", "inmediato", "conformidad", "acuerdo", "nuevo", "modo", "aquí", "que", "consuno"]
)  # fmt: skip
_BEFORE_NAMES = frozenset(["en", "en el", "en la", "au", "pour", "para"])
_MOST_WORDS = 4
_MOST_PARTS = 5
_MOST_NAMES = 8


@dataclass(frozen=True, slots=True)
class Grammar:
    """What the grammar of names needs to know of a language.

    Attributes:
        determiners: what stands before a name.
        adjective: a word after the head that belongs to it.
        complement: "de la", "para los" and the like, with what must follow for them to identify.
        infinitive: words that after "de" or "a" tell what is to be done.
        joint: between two names of a list.
        boundary: what follows an addressee.
    """

    determiners: re.Pattern[str]
    adjective: re.Pattern[str]
    complement: re.Pattern[str]
    infinitive: re.Pattern[str]
    joint: re.Pattern[str]
    boundary: re.Pattern[str]


_FR = Grammar(
    determiners=re.compile(
        r"(?:(?:tous|toutes|l'ensemble|chacun|chacune|la\s+totalité|ceux\s+d'entre|l'un\s+quelconque)\s+)?(?:(?:de|d')\s?(?=l'|les|la)\s*)?"
        r"(?:l'|(?:les|le|la|des|du|aux|au|un|une|ses|son|sa|leurs?|ces|ce|cet|cette|d'|de|chaque|tout|toute|certains|certaines|plusieurs|nos)\s+)?"
        r"(?:(?:autres?|deux|trois|quatre|nombreux|principaux|principales|divers|diverses|différents|différentes|futur|nouveau|nouvelle|nouvelles|nouveaux)\s+){0,2}", re.I),
    adjective=re.compile(
        r"\w*(?:[^\W\d_](?:é|ée|és|ées|el|elle|els|elles|al|ale|aux|ales|ique|iques|if|ive|ifs|ives|ais|aise|aises|ois|oise|oises|ien|ienne|iens|iennes|"
        r"ain|aine|ains|aines|eux|euse|euses|aire|aires|able|ables|ible|ibles|ant|ante|antes|ants|eurs?|ier|ière|iers|ières|ctes?|érents?))(?![\w'])"
        r"|(?:membres?|parties?|hôtes?|tiers|voisins?|locaux|locales?|compétente?s?|adjointe?s?|résidente?s?|permanente?s?|présente?s?|indépendante?s?|intérimaire|unies?|civile?s?|ad\s+hoc)(?![\w'])", re.I),
    complement=re.compile(r"\s+(?P<p>de\s+la|de\s+l'|du|des|de|d'|pour\s+(?:le|la|les)|pour\s+l'|pour|chargée?s?\s+(?:de\s+la|de\s+l'|du|des|de|d')|en|au(?=\s+[A-Z])|aux?(?=\s+(?:droits|réfugiés|affaires))|sur\s+(?:le|la|les)|contre\s+(?:le|la))\s*"),
    infinitive=re.compile(
        r"(?:ne\s+(?:pas|plus)\s+|n'|s'|l'|se\s+|le\s+|la\s+|les\s+|lui\s+|leur\s+|y\s+|en\s+)?(?:[a-zà-ÿ]+\s+)?"
        r"(?!(?:guerre|mer|frontière|culture|nature|terre|membre|autre|avenir|pouvoir|territoire|histoire|mémoire|affaire|ministère|centre|cadre|titre|ordre|mesure|presse|"
        r"secrétaire|banque|genre|carrière|matière|manière|arrière|lumière|rivière|bannière|hiver|premier|dernier|particulier|policier|financier|chantier|quartier|courrier|janvier|février|septembre|octobre|novembre|décembre)\b)"
        r"[a-zà-ÿ]+(?:er|ir|re|oir)\b(?!-)"),
    joint=re.compile(r"\s*(?:,\s+et|,|\s+et)\s+(?:(?:à|au|aux|de|des|d'|du)\b\s*)?(?=l'|[^\W\d_])"),
    boundary=re.compile(r"\s*(?:[,;:.]|$|\((?=[A-Z])|(?:de|d'|à|que|qu'|qui|pour|afin|en\s+(?:particulier|vue|[a-z]+ant)|dans|par|conformément|ainsi|sur|lors|au|aux|agissant|concernés?)\b)"),
)  # fmt: skip
_ES = Grammar(
    determiners=re.compile(
        r"(?:(?:todos|todas|ambos|ambas|cada\s+un[oa]\s+de|el\s+conjunto\s+de|la\s+totalidad\s+de|cualquiera\s+de)\s+)?"
        r"(?:(?:al|los|las|el|la|un|una|unos|unas|sus|su|esos|esas|ese|esa|este|esta|estos|estas|cada|todo|toda|dichos|dichas|dicho|dicha|ciertos|ciertas|varios|varias|algunos|algunas)\s+)?"
        r"(?:(?:otros|otras|demás|dos|tres|cuatro|numerosos|principales|diversos|diversas|distintos|distintas|diferentes|futuro|nuevo|nueva|nuevos|nuevas)\s+){0,2}", re.I),
    adjective=re.compile(
        r"\w*(?:[^\W\d_](?:[ai]d[oa]s?|al|ales|ic[oa]s?|iv[oa]s?|és|esa|esas|eses|an[oa]s?|ense|enses|eñ[oa]s?|in[oa]s?|os[oa]s?|ari[oa]s?|able|ables|ible|ibles|ante|antes|entes?|or|ora|ores|oras|uptas?|ectas?))(?![\w])"
        r"|(?:miembros?|partes?|vecin[oa]s?|anfitri[óo]n(?:es)?|locales|competentes?|adjunt[oa]s?|residentes?|permanentes?|presentes?|independientes?|interin[oa]|unidas?|unidos?|especiales?|civil(?:es)?|ad\s+hoc)(?![\w])", re.I),
    complement=re.compile(r"\s+(?P<p>de\s+la|de\s+los|de\s+las|del|de|para\s+(?:el|la|los|las)|para|en(?:\s+(?:el|la)(?=\s+[A-Z]))?|sobre\s+(?:el|la|los|las)|contra\s+(?:el|la)|encargad[oa]\s+(?:de\s+la|del|de\s+los|de\s+las|de))\s+"),
    infinitive=re.compile(r"(?:no\s+|se\s+)?(?!(?:hogar|mar|lugar|poder|deber|taller|mujer|bienestar|azar|militar|familiar|popular|regular|particular|nuclear|ser)\b)[a-záéíóú]+(?:ar|er|ir)(?:se|l[oae]s?|les?)?\b"),
    joint=re.compile(r"\s*(?:,\s+(?:y|e)|,|\s+(?:y|e))\s+(?:(?:a|al|de|del)\b\s*)?(?=[^\W\d_])"),
    boundary=re.compile(r"\s*(?:[,;:.]|$|\((?=[A-Z])|(?:a|al|que|para|de|en|por|con|sobre|así|conforme|quien|quienes|interesad[oa]s|pertinentes)\b)"),
)  # fmt: skip
GRAMMARS = {"fr": _FR, "es": _ES}


@cache
def _heads(language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Head nouns, the longest first."""
    pairs = sorted(actors(language).items(), key=lambda pair: (-len(pair[0]), pair[0]))
    return tuple((re.compile(rf"{re.escape(noun)}(?![\w-])", re.I), kind) for noun, kind in pairs)


def named_abroad(text: str, at: int, language: str) -> Named | None:
    """One actor whose name begins at a place."""
    grammar = GRAMMARS[language]
    lead = grammar.determiners.match(text, at)
    place = lead.end() if lead else at
    head = _head(text, place, language)
    if head is None:
        return None
    end, kind, capital = head
    end = _with_adjectives(text, end, grammar)
    end = _with_complements(text, end, grammar)
    ours = re.search(r"nations\s+un(?:ies|idas)", text[place:end], re.I) is not None
    states = re.match(r"(?:états?|estados?|pays|países)\b", text[place:end], re.I) is not None
    kind = "un" if ours and not states else kind
    return Named(text[at:end], at, end, kind or "state", 80 if capital and not kind else 88)


def _head(text: str, place: int, language: str) -> tuple[int, str, bool] | None:
    """Where the head noun ends, its class, and whether it is known by its capital only."""
    for pattern, kind in _heads(language):
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
    further = re.compile(r"(?:[ -](?:[A-Z\u00c0-\u00dd][\w'-]*))*").match(text, end)
    return (further.end() if further else end), "state", True


def _with_adjectives(text: str, end: int, grammar: Grammar) -> int:
    for _ in range(_MOST_WORDS):
        if text[end : end + 1] != " ":
            break
        capital = re.compile(r"[A-Z\u00c0-\u00dd][\w'-]*").match(text, end + 1)
        joined = re.compile(r"(?:et|y|e)\s+").match(text, end + 1)
        place = joined.end() if joined else end + 1
        word = grammar.adjective.match(text, place) if capital is None else capital
        if word is None:
            break
        if joined and not _ends_name(text, word.end(), grammar):
            break
        end = word.end()
    return end


def _ends_name(text: str, end: int, grammar: Grammar) -> bool:
    return grammar.boundary.match(text, end) is not None


def _with_complements(text: str, end: int, grammar: Grammar) -> int:
    for _ in range(_MOST_PARTS):
        found = grammar.complement.match(text, end)
        if found is None or grammar.infinitive.match(text, found.end()):
            return end
        word = _WORD.match(text, found.end())
        if word is None or word[0].casefold() in _MANNER:
            return end
        capital = word[0][:1].isupper()
        if not capital and found["p"] in _BEFORE_NAMES:
            return end
        place = word.end()
        if capital:
            further = re.compile(r"(?:[ -](?:[A-Z\u00c0-\u00dd][\w'-]*))*").match(text, place)
            place = further.end() if further else place
        end = _with_adjectives(text, place, grammar)
    return end


def listed_abroad(text: str, at: int, language: str) -> Named | None:
    """One actor, or several that are joined, whose names begin at a place."""
    grammar = GRAMMARS[language]
    first = named_abroad(text, at, language)
    if first is None:
        return None
    end, place = first.end, first.end
    for _ in range(_MOST_NAMES):
        joint = grammar.joint.match(text, place)
        if joint is None or grammar.infinitive.match(text, joint.end()):
            break
        # A preposition that is one word with the article is part of the printed name.
        other = named_abroad(text, joint.end(), language)
        if other is None:
            break
        place = other.end
        if re.search(r"\b(?:et|y|e)\b", joint[0]):
            end = other.end
    return Named(text[at:end], at, end, first.kind, first.sure)
