"""The grammar of names in French and Spanish, as patterns and words."""

from __future__ import annotations

import re
from dataclasses import dataclass


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
    boundary=re.compile(r"\s*(?:[,;:.]|$|\((?=[A-Z])|(?:de|d'|à|que|qu'|qui|pour|afin|en\s+(?:particulier|vue|mesure|[a-z]+ant)|un|une|dans|par|conformément|ainsi|sur|lors|au|aux|agissant|concernés?|la|le|les)\b|l')"),
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
    boundary=re.compile(r"\s*(?:[,;:.]|$|\((?=[A-Z])|(?:a|al|que|para|de|en|por|con|un|una|sobre|así|conforme|quien|quienes|interesad[oa]s|pertinentes|la|el|los|las)\b)"),
)  # fmt: skip
THOSE = {
    "fr": re.compile(
        r"(?P<p>(?:tous\s+|toutes\s+)?(?:ceux|celles|celui|celle))(?=\s+(?:qui|dont|d'entre|des|de)\b|-ci\b)"
    ),
    "es": re.compile(
        r"(?P<p>(?:todos\s+|todas\s+)?(?:aquellos|aquellas|quienes|los|las))(?=\s+(?:que|cuy[oa]s?)\b)"
    ),
}
STOPS = frozenset(
    [
     "de", "du", "des", "d", "la", "le", "les", "l", "un", "une", "à", "au", "aux", "et", "ou", "que",
     "qui", "dont", "où", "en", "dans", "pour", "par", "sur", "avec", "sans", "sous", "afin", "selon", "lors", "dès", "ainsi",
     "notamment", "y", "compris", "ne", "pas", "se", "s", "lui", "leur", "si", "comme", "mais", "donc", "or", "ni", "car",
     "entre", "vers", "chez", "del", "al", "el", "los", "las", "una", "unos", "unas", "a", "e", "o", "u", "con",
     "sin", "por", "para", "sobre", "según", "desde", "hasta", "mediante", "bajo", "entre", "como", "pero", "sino", "cuando", "donde", "quien",
     "quienes", "cuyo", "cuya", "no", "su", "sus", "este", "esta",
    ]
)  # fmt: skip
GRAMMARS = {"fr": _FR, "es": _ES}
