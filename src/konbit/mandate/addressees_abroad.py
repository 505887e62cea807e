"""Who is addressed in French and Spanish: the object of the verb, or the subject of its clause."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from konbit.mandate.grammar_abroad import GRAMMARS
from konbit.mandate.names_abroad import listed_abroad
from konbit.mandate.values import Force

if TYPE_CHECKING:
    from konbit.mandate.lexicon import Found
    from konbit.mandate.names import Named

# English counterparts of verbs whose object is a thing, not one who is told to act.
_NO_OBJECT = frozenset(
    ["supports", "endorses", "approves", "proposes", "suggests", "offers", "establishes", "adopts",
     "extends", "renews", "imposes", "lifts", "terminates", "appoints", "grants", "commits itself"]
)  # fmt: skip
_ADDRESSING = frozenset([Force.TASK, Force.APPEAL, Force.SOFT, Force.AUTHORITY])
_ORDERS = frozenset(["demands", "insists", "directs", "reiterates its demand"])
_ASIDE = re.compile(r"\s*,\s+(?!(?:et|y|e)\b)[^,;:]{3,160},\s*")
_CLAUSE = {
    "fr": re.compile(r"[\s,]*(?:que(?:\s+|(?=,))|qu')", re.IGNORECASE),
    "es": re.compile(r"[\s,]*(?:que(?:\s+|(?=,)))", re.IGNORECASE),
}
_PREPOSITION = {
    "fr": re.compile(
        r"\s*(?:auprès\s+(?:de\s+|d'|du\s+|des\s+)|aux?\s+|(?:du|des)\s+(?=[A-Z\u00c0-\u00dd]|parties|pays|autorités)|à\s+(?=l'|la\s|tou|[A-Zcd])|(?:de\s+|d')(?=tou|l'|la\s|[A-Z]|chac))?"
    ),
    "es": re.compile(
        r"\s*(?:al\s+|del\s+(?=[A-Z\u00c0-\u00dd])|a\s+(?!(?!mar\b)[a-z]+[aei]r\b)|de\s+(?=tod|los\s|las\s|la\s|[A-Z]))?"
    ),
}
_CLITIC = {
    "fr": re.compile(r"(?P<who>les|leur|lui|le|la|l')\s*(?=[a-zà-ÿ])"),
    "es": re.compile(r"(?P<who>los|las|les|le|lo|la)\s+(?=[a-zà-ÿ])"),
}
# A duty or a power of the subject; the passive says that something is done to it.
_ACTS = {
    "fr": re.compile(
        r"(?:\s*,[^,;:]{3,160},)?\s*(?:ne\s+|n')?(?:l[ea]s?\s+|l'|leur\s+|se\s+|s'|y\s+|en\s+)?"
        r"(?:doi(?:t|vent)|devr(?:a|ont|ait|aient)|peu(?:t|vent)|pourr(?:a|ont)|(?:est|sont|sera|seront)\s+(?P<told>autoris|pri|invit|charg|tenu|habilit|mandat)|"
        r"(?!sera\b|seront\b|restera\b|resteront\b|comprendra|comportera|comptera|prendra\s+fin|aura\b|auront\b|entrera|expirera|demeure)[a-zà-ÿ]+r(?:a|ont)\b)"),
    "es": re.compile(
        r"(?:\s*,[^,;:]{3,160},)?\s*(?:no\s+)?(?:se\s+|l[aoe]s?\s+)?"
        r"(?:deben?|deber[áa]n?|pueden?|podr[áa]n?|(?:est[áa]n?|estar[áa]n?|queda|quedan|quedar[áa]n?)\s+(?P<told>autoriz|facult|oblig|encarg)|"
        r"(?!será|serán|estará|limitará|tendrá|constará|comprenderá|incluirá|expirará|terminará|entrará|permanecerá)[a-zà-ÿ]+(?:rá|rán)\b)"),
}  # fmt: skip
_PASSIVE = {
    "fr": re.compile(r"\s*(?:soit|soient|fût|fussent)\s+(?:\w+ment\s+)?\w+(?:é|ée|és|ées|is|ise|ises|it|ite|ites|us?|ues?)\b"),
    "es": re.compile(r"\s*(?:sea|sean|fuese|fuesen)\s+(?:\w+mente\s+)?\w+(?:ad[oa]s?|id[oa]s?|cho|chos|cha|chas|to|tos|ta|tas)\b"),
}  # fmt: skip


def clitic_at(text: str, at: int, language: str) -> re.Match[str] | None:
    """A pronoun before the verb that names the addressee: "et [la] prie de"."""
    return _CLITIC[language].match(text, at)


def addressee_abroad(text: str, verb: Found, after: int, end: int, language: str) -> Named | None:
    """Who a French or Spanish act addresses; none where that is not plain."""
    english = verb.entry.english
    if english in _NO_OBJECT or english.startswith(("expresses", "reaffirms")):
        return None
    aside = _ASIDE.match(text, after)
    if aside is not None and aside.end() < end:
        after = aside.end()
    clause = _CLAUSE[language].match(text, after)
    if verb.force is Force.BINDING:
        if english not in _ORDERS:
            return _subject(text, clause.end(), end, language) if clause else None
        if clause is None and _OF_WHOM[language].match(text, after) is None:
            return None
    elif verb.force not in _ADDRESSING:
        return None
    if clause is not None:
        found = listed_abroad(text, clause.end(), language)
        if found is None or found.end > end or _PASSIVE[language].match(text, found.end):
            return None
        return found
    return _object(text, after, end, language, verb.force)


# "Exige al Gobierno la liberación", "exige des parties qu'elles".
_OF_WHOM = {
    "fr": re.compile(r"\s+(?:de\s+(?=tou|l'|la\s|[A-Z])|d'|des\s|du\s)", re.IGNORECASE),
    "es": re.compile(r"\s+(?:al?)\s", re.IGNORECASE),
}
# "Autorise une force": what is not there yet is not addressed.
_SOME = {"fr": re.compile(r"une?\s"), "es": re.compile(r"una?\s")}


def _object(text: str, after: int, end: int, language: str, verb_force: Force) -> Named | None:
    """The object: "prie [le Secrétaire général] de", "insta a [las partes] a que"."""
    lead = _PREPOSITION[language].match(text, after)
    at = lead.end() if lead else after
    found = listed_abroad(text, at, language, loose=True)
    if found is None or found.end > end:
        return None
    if verb_force is Force.AUTHORITY and _SOME[language].match(text, at):
        return None
    if GRAMMARS[language].boundary.match(text, found.end) is None:
        return None
    return found


def _subject(text: str, at: int, end: int, language: str) -> Named | None:
    """The acting subject of "décide que [les États] devront"."""
    aside = (
        re.compile(r"\s*,?\s*[^,;:]{3,160},\s+").match(text, at)
        if text[at : at + 1] == ","
        else None
    )
    at = aside.end() if aside else at
    found = listed_abroad(text, at, language)
    if found is None or found.end > end or _ACTS[language].match(text, found.end) is None:
        return None
    return found


# A decision in articles speaks in the present: "Les États membres prennent les mesures".
_DO = re.compile(r"\s+(?:ne\s+|n'|se\s+|s'|l'|les?\s+|en\s+)?(?!sont\b)[a-zà-ÿ]+ent\b")
# "L'Union mène une mission", where one is named who can only act.
_DOES = re.compile(
    r"\s+(?:ne\s+|n'|se\s+|s'|l'|les?\s+|en\s+)?(?!reste\b|entre\b|expire\b|existe\b|compte\b)(?:[a-zà-ÿ]{2,}e|prend|rend|fait|établit|fournit|définit|transmet|convient)\b"
)
_WHO_DOES = re.compile(
    r"(?:L['\u2019]Union|Le\s+(?:haut|Haut|chef|commandant|Secr|secr|Conseil|Comit|comit|directeur)|La\s+(?:Commission|mission|Mission|Haute|haute)|Chaque|L['\u2019][ÉE]tat)"
)
_DETERMINED = re.compile(
    r"(?:L['\u2019]|Les|Le|La|Tous|Toutes|Chaque|El|Los|Las|Todos|Todas|Cada)\b", re.IGNORECASE
)


def duty_bearer(text: str, end: int, language: str) -> Named | None:
    """Who acts in a part without a verb of its own: "Les États membres doivent informer ..."."""
    if not text[:1].isupper() or _DETERMINED.match(text) is None:
        return None
    found = _subject(text, 0, min(end, 600), language)
    if found is not None or language != "fr":
        return found
    named = listed_abroad(text, 0, language)
    if named is None:
        return None
    alone = _WHO_DOES.match(text) is not None and _DOES.match(text, named.end) is not None
    return named if alone or _DO.match(text, named.end) else None
