"""Numbers that bound people, kit or money, with what they count and where they stand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from konbit.mandate.dates import NUMBER, number_of
from konbit.mandate.values import Ceiling

if TYPE_CHECKING:
    from collections.abc import Iterator

    from konbit.mandate.flow import Flow

_FIGURES = r"\d{1,3}(?:[,.  ]\d{3})+(?![\d,.]\d)|\d{1,7}(?:[.,]\d{1,2})?(?![\d,.]\d)"
_MONEY = r"(?:US\s?\$|USD|\$|EUR|€|CAD|C\$|£|GBP|CHF)"
_SCALE = r"(?:\s+(?P<s>thousand|million|billion|mille|millions?(?:\s+de)?|milliards?(?:\s+de)?|mil(?:\s+millones)?|mill[óo]n(?:es)?)(?:\s+de)?\b)"
_COUNT = rf"(?P<m>{_MONEY}\s?)?(?P<n>{_FIGURES}|{NUMBER}(?![\w-])){_SCALE}?"
_STOP_EN = r"and|or|to|in|until|for|as|with|by|of|including|from|per|on|at|within|who|which|that|the|is|are|shall|will|is|drawn|deployed|unless|when|once|if|before|after|comprising|consisting|under"
_STOP_FR = r"et|ou|à|au|aux|en|jusqu'au|pour|par|avec|dont|de|du|des|d|qui|que|y|dans|sur|sous|sera|seront|est|sont|chargés?|pendant|le|la|les"
_STOP_ES = r"y|o|a|al|en|hasta|para|por|con|de|del|que|incluid[oa]s?|dentro|sobre|bajo|será|serán|es|son|durante|el|la|los|las|encargad[oa]s"
_JOINED = {
    "en": r"(?:\s+of\s+(?:the\s+)?United\s+States)?",
    "fr": r"(?:\s+(?:en\s+(?:tenue|uniforme)|de\s+police(?:\s+constituées?)?|de\s+sécurité|de\s+la\s+police|du\s+personnel(?:\s+\w+)?|des\s+États-Unis))?",
    "es": r"(?:\s+(?:de\s+polic[íi]a(?:\s+constituidas?)?|de\s+seguridad|del?\s+personal(?:\s+\w+)?|de\s+los\s+Estados\s+Unidos))?",
}
_UNIT = {
    language: rf"(?P<u>(?:\s+(?!(?:{stop})(?![\w-]))[A-Za-zÀ-ÿ'-]+){{0,{most}}}{_JOINED[language]})"
    for language, stop, most in (
        ("en", _STOP_EN, 4), ("fr", _STOP_FR, 3), ("es", _STOP_ES, 3),
    )
}  # fmt: skip
_BOUNDS = {
    "en": r"(?:level|strength|number|ceiling)s?\s+(?:of\s+[a-z ]{3,40}?)?from\s+\d[\d,]*\s+(?:[a-z ]{3,40}?\s)?to|up\s+to(?:\s+and\s+including)?|(?:not|no)\s+more\s+than|not\s+exceeding|not\s+to\s+exceed|does\s+not\s+exceed|(?:an?\s+|the\s+)?(?:maximum|authori[sz]ed\s+ceiling|ceiling|authori[sz]ed\s+strength)\s+of|at\s+most|at\s+least|no\s+fewer\s+than|not\s+(?:less|fewer)\s+than|(?:a\s+)?minimum\s+of|"
    r"(?:level|strength|number|ceiling)s?\s+(?:of\s+[a-z ]{3,40}?)?(?:to|at|of|from)|(?:increase|reduce|raise|lower)\w*\s+[a-z ]{3,60}?\s(?:to|by)|(?:the\s+)?(?:amount|sum)\s+of",
    "fr": r"jusqu'à|au\s+(?:maximum|plus)|(?:un\s+)?maximum\s+de|effectifs?\s+(?:total\s+|militaires?\s+|policiers?\s+)?(?:maximum|maximal|autorisé|plafonné)\w*(?:\s+[\w' ]{2,40}?)?\s+(?:de|à|sera\s+de|est\s+fixé\s+à|sera\s+porté\s+à)|effectifs?\s+pourr\w+\s+atteindre|pas\s+plus\s+de|"
    r"ne\s+d[ée]pass\w+\s+pas|dans\s+la\s+limite\s+de|plafond\s+de|à\s+hauteur\s+de|(?:au\s+moins|au\s+minimum|un\s+minimum\s+de)|(?:le\s+montant|la\s+somme|un\s+montant)\s+de|(?:port\w+|ramen\w+|réduire|relever|augmenter)\s+[a-zà-ÿ' ]{3,60}?\s+(?:de|à)",
    "es": r"hasta(?:\s+un\s+(?:total|m[áa]ximo)\s+de)?|(?:un\s+)?m[áa]ximo\s+de|como\s+m[áa]ximo|no\s+m[áa]s\s+de|que\s+no\s+exceda\w*(?:\s+de)?|no\s+superior\s+a|(?:un\s+)?(?:tope|l[íi]mite|techo)\s+(?:m[áa]ximo\s+)?de|dotaci[óo]n\s+(?:m[áa]xima|autorizada)(?:\s+[\w ]{2,40}?)?\s+(?:de|en)|"
    r"(?:al\s+menos|como\s+m[íi]nimo|un\s+m[íi]nimo\s+de)|(?:el\s+monto|la\s+suma|la\s+cantidad|un\s+monto)\s+de|(?:aument\w+|reduc\w+|elev\w+)\s+[a-záéíóúñ ]{3,60}?\s+(?:a|en)",
}  # fmt: skip
_TOTAL = {
    "en": r"(?:(?:an?\s+)?(?:overall\s+)?total\s+of\s+|an?\s+(?:amount|strength|ceiling)\s+of\s+|approximately\s+|some\s+|an\s+additional\s+)?",
    "fr": r"(?:un\s+total\s+de\s+|un\s+montant\s+de\s+|environ\s+|quelque\s+|concurrence\s+de\s+)?",
    "es": r"(?:un\s+total\s+de\s+|un\s+monto\s+de\s+|aproximadamente\s+|unos\s+|unas\s+)?",
}
# "5,550 personnel, of whom 5,500 uniformed, military or police, and 50 civilian personnel".
_PARTS_OF = {
    "en": r"(?:,\s+[a-z]+\s+(?:or|and)\s+[a-z]+(?=,)|\s+(?:and|or)\s+[a-z]+\s+(?:personnel|officers|staff))?",
    "fr": r"(?:,\s+[a-zà-ÿ]+\s+(?:ou|et)\s+[a-zà-ÿ]+(?=,)|\s+(?:et|ou)\s+[a-zà-ÿ]+\s+(?=et\s))?",
    "es": r"(?:,\s+[a-záéíóú]+\s+(?:o|y)\s+[a-záéíóú]+(?=,)|\s+(?:y|o)\s+[a-záéíóú]+\s+(?=y\s))?",
}
_AGAIN = {
    "en": r"(?:,?\s+(?:consisting|comprised|composed|made\s+up)\s+of|,?\s+comprising|,\s+of\s+(?:whom|which)(?:\s+up\s+to)?|,\s+(?:namely|that\s+is|being)|\s*\((?:consisting\s+of|comprising)?|,\s+and|,|\s+and|,?\s+as\s+well\s+as|,?\s+including|,?\s+plus)\s+(?:(?P<own>up\s+to|a\s+maximum\s+of|not\s+more\s+than)\s+)?",
    "fr": r"(?:,?\s+(?:composée?s?|constituée?s?|formée?s?)\s+d[e'u](?:s\b)?|,?\s+comprenant|,\s+(?:soit|à\s+savoir)|\s*\((?:soit)?|,\s+et|,|\s+et|,?\s+ainsi\s+que|,?\s+dont)\s+(?:de\s+|d')?(?:(?P<own>jusqu'à|au\s+maximum)\s+)?",
    "es": r"(?:,?\s+(?:integrad|compuest|formad|constituid)[oa]s?\s+(?:por|de)|,\s+de\s+(?:los|las)\s+(?:cuales|que)|,\s+a\s+saber,?|\s*\(|,\s+y|,|\s+y|\s+e|,?\s+as[íi]\s+como|,?\s+incluid[oa]s)\s+(?:de\s+)?(?:(?P<own>hasta|un\s+m[áa]ximo\s+de)\s+)?",
}
_SIGNS = {
    "en": ("up", "exceed", "than", "maxim", "minim", "ceil", "level", "streng", "number", "increas", "reduc", "rais", "lower", "at least", "at most", "amount", "sum "),
    "fr": ("jusqu", "maxim", "minim", "effectif", "plus ", "dépass", "limite", "plafond", "hauteur", "moins", "montant", "somme", "port", "ramen", "réduire", "relever", "augment"),
    "es": ("hasta", "máxim", "mínim", "más ", "exced", "superior", "tope", "límite", "techo", "dotaci", "menos", "monto", "suma", "cantidad", "aument", "reduc", "elev"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Patterns:
    bound: re.Pattern[str]
    again: re.Pattern[str]


_COMPILED = {
    language: _Patterns(
        re.compile(rf"(?<![\w-])(?P<b>{_BOUNDS[language]})\s+{_TOTAL[language]}{_COUNT}{_UNIT[language]}", re.IGNORECASE),
        re.compile(rf"{_PARTS_OF[language]}{_AGAIN[language]}{_COUNT}{_UNIT[language]}", re.IGNORECASE),
    )
    for language in ("en", "fr", "es")
}  # fmt: skip
_TIME = re.compile(
    r"days?\b|weeks?\b|months?\b|years?\b|hours?\b|jours?\b|mois\b|ans?\b|années?\b|semaines?\b|heures?\b|d[íi]as?\b|meses\b|mes\b|años?\b|semanas?\b|horas?\b|per\b|times?\b|"
    r"jan|f[ée]v|feb|mar(?:s|ch|zo)\b|a[pvb]r|mai\b|may|ju[in]|jul|ao[ûu]t|aug|ago|sep|oct|nov|d[ée]c|dic|ene|paragraph|percent|cent\b|alin|párraf|"
    r"(?:further|additional|working|calendar|consecutive)\s+(?:day|week|month|year|hour)", re.IGNORECASE
)  # fmt: skip
_AT_LEAST = re.compile(r"at\s+least|fewer|not\s+less|minim|m[íi]nim|au\s+moins|al\s+menos", re.I)
_AT_MOST = re.compile(
    r"up\s+to|more\s+than|exceed|maxim|m[áa]xim|ceiling|at\s+most|jusqu|hasta|au\s+plus|pas\s+plus|d[ée]pass|limite|plafond|hauteur|no\s+m[áa]s|exced|superior|tope|l[íi]mite|techo|autoris|autoriz|atteindre|streng.*\bof\b", re.I
)  # fmt: skip
_KINDS = (
    ("money", re.compile(r"\b(?:dollars?|euros?|d[óo]lares|francs?|USD|EUR|GBP|CHF|CAD)\b|\$|€|£", re.I)),
    ("uniformed", re.compile(r"uniform|en tenue", re.I)),
    ("police", re.compile(r"polic|gendarm|carabin", re.I)),
    ("military", re.compile(r"militar|militaire|troop|soldier|soldat|casques|tropas|infant|battalion|bataillon|batall", re.I)),
    ("civilian", re.compile(r"civil", re.I)),
    ("kit", re.compile(r"helicopter|hélicopt|helic[óo]pt|vehicle|véhicule|veh[íi]cul|aircraft|aéronef|aeronave|vessel|boat|navire|buque|drone", re.I)),
    ("people", re.compile(r"person|staff|officer|observer|observat|observad|expert|member|membre|miembro|effectif|efectivo|agent|advis|conseil|asesor|people|liaison|volunt|international", re.I)),
)  # fmt: skip
_CURRENCIES = (
    ("USD", re.compile(r"\b(?:USD|dollars?|d[óo]lares)\b|(?<!C)\$", re.I)),
    ("EUR", re.compile(r"€|\b(?:EUR|euros?)\b", re.I)), ("GBP", re.compile(r"£|GBP|pounds?", re.I)),
    ("CHF", re.compile(r"CHF|Swiss\s+francs?", re.I)), ("CAD", re.compile(r"CAD|C\$|Canadian", re.I)),
)  # fmt: skip
_SCALES = {"thousand": 1_000, "mille": 1_000, "mil": 1_000, "billion": 10**9, "milliard": 10**9}
_MILLION = 10**6
_YEARS = range(1_900, 2_101)
_MOST_AGAIN = 6
_ARTICLES = frozenset({"un", "une", "uno", "una"})
_SHARE = re.compile(r"\s*(?:%|per\s?cent|pour\s+cent|por\s+ciento)")
_PART = re.compile(r",?\s+(?:including|dont|incluid[oa]s)\b", re.I)


def ceilings_in(
    flow: Flow, text: str, place: tuple[int, int], language: str
) -> tuple[Ceiling, ...]:
    """Numbers with a bound and a unit: "up to 10,000 military personnel and 350 police".

    Args:
        flow: the running text.
        text: the same characters with straight apostrophes.
        place: where the stretch begins and ends.
        language: `en`, `fr` or `es`.
    """
    small = text[place[0] : place[1]].casefold()
    for sign in _SIGNS[language]:
        if sign in small:
            return tuple(_found(flow, text, place, language))
    return ()


def _found(flow: Flow, text: str, place: tuple[int, int], language: str) -> Iterator[Ceiling]:
    patterns = _COMPILED[language]
    at, end = place
    while (found := patterns.bound.search(text, at, end)) is not None:
        at = found.end()
        bound = _bound(found["b"])
        made = _ceiling(flow, found, (bound, "bound-and-number", 85))
        if made is None:
            at = max(found.start() + 1, found.end("b"))
            continue
        yield made
        for _ in range(_MOST_AGAIN):
            again = patterns.again.match(text, at, end)
            if again is None:
                break
            part = _PART.match(again[0]) is not None
            own = _bound(again["own"]) if again["own"] else "level" if part else bound
            further = _ceiling(flow, again, (own, "bound-goes-on", 75))
            if further is None or further.kind == "other":
                break
            yield further
            at = again.end()


def _bound(words: str) -> str:
    if _AT_LEAST.search(words):
        return "at-least"
    return "at-most" if _AT_MOST.search(words) else "level"


def _ceiling(flow: Flow, found: re.Match[str], told: tuple[str, str, int]) -> Ceiling | None:
    bound, rule, sure = told
    unit = " ".join(found["u"].split()) or _counted_before(found)
    money = (found["m"] or "").strip()
    count = _number(found["n"], found["s"] or "")
    kind = _kind(f"{money} {unit}")
    if count is None or _TIME.match(unit) or (kind != "money" and (found["s"] and not unit)):
        return None
    own = found["n"].casefold()
    if not unit and not money and (bound == "level" or count in _YEARS or not own[:1].isdigit()):
        return None
    if not own[:1].isdigit() and (kind == "other" or own in _ARTICLES):
        return None
    if _SHARE.match(found.string, found.end()):
        return None
    currency = next((code for code, sign in _CURRENCIES if sign.search(f"{money} {unit}")), "")
    return Ceiling(
        count, unit or money, bound, rule, sure, flow.at(_begins(found), found.end()),
        kind, currency if kind == "money" else "",
    )  # fmt: skip


def _counted_before(found: re.Match[str]) -> str:
    """What is counted, where it stands before the number: "the number of observers to 160"."""
    bound = found.groupdict().get("b") or ""
    told = _NUMBER_OF.match(bound)
    if told is None and bound:
        told = _WHOSE.search(found.string[max(0, found.start("b") - 40) : found.end("b")])
    return told["u"] if told else ""


# "an authorized personnel ceiling of 5,550"
_WHOSE = re.compile(
    r"\b(?P<u>(?:uniformed\s+|military\s+|police\s+|civilian\s+)?(?:personnel|troops?|police|staff|strength))\s+"
    r"(?:ceiling|strength|level)s?\s+of$", re.I
)  # fmt: skip


_NUMBER_OF = re.compile(
    r"(?:number|strength)s?\s+of\s+(?:the\s+)?(?P<u>[a-z ]{3,40}?)\s+(?:should|shall|will|be|to|at|from)\b", re.I
)  # fmt: skip


def _begins(found: re.Match[str]) -> int:
    """Where the words of a number begin: its bound, its currency or its figures."""
    names = [name for name in ("b", "own", "m", "n") if found.groupdict().get(name)]
    return min(found.start(name) for name in names)


def _kind(unit: str) -> str:
    return next((name for name, pattern in _KINDS if pattern.search(unit)), "other")


def _number(printed: str, scale: str) -> int | None:
    """A number in figures or words, whole: "1,250", "1 450", "2.5 million", "thirty"."""
    word = scale.casefold().split(" ")[0].removesuffix("s") if scale else ""
    times = 1
    if scale:
        times = next((size for name, size in _SCALES.items() if word == name), _MILLION)
        times = 10**9 if re.match(r"mil\s+millones", scale, re.I) else times
    if not printed[:1].isdigit():
        count = number_of(printed)
        return None if count is None else count * times
    if re.fullmatch(r"\d{1,3}(?:[,.\s\u00a0\u202f]\d{3})+", printed):
        return int(re.sub(r"\D", "", printed)) * times
    exact = Decimal(printed.replace(",", ".")) * times
    return int(exact) if exact == exact.to_integral_value() else None
