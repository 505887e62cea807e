"""What a number counts: people of a kind, formations, kit, money in its currency."""

from __future__ import annotations

import re

UNITS = "units"  # formations, of which one holds many people
_KINDS = (
    ("money", re.compile(r"\b(?:dollars?|euros?|d[óo]lares|francs?|USD|EUR|GBP|CHF|CAD)\b|\$|€|£", re.I)),
    ("uniformed", re.compile(r"uniform|en tenue", re.I)),
    ("police", re.compile(r"polic|gendarm|carabin", re.I)),
    ("military", re.compile(r"militar|militaire|troop|soldier|soldat|soldad|casques|tropas|infant|battalion|bataillon|batall|squadron|escadron|escuadr|staff\s+officer|officiers?\s+d'état-major|oficiales?\s+de(?:l)?\s+estado\s+mayor|paratroop", re.I)),
    ("civilian", re.compile(r"civil|correction|p[ée]nitent|prison", re.I)),
    ("kit", re.compile(r"helicopter|hélicopt|helic[óo]pt|vehicle|véhicule|veh[íi]cul|aircraft|aéronef|aeronave|vessel|carrier|boat|armou?red\s+cars?|truck|camion|lorr(?:y|ies)|plane|\bavions?\b|avi[óo]n|ambulanc|lancha|navire|buque|drone", re.I)),
    ("people", re.compile(r"person|staff|officer|officier|oficial|observer|observat|observad|expert|member|membre|miembro|effectif|efectivo|agent|fonctionnaire|funcionari|advis|conseil|asesor|people|liaison|monitor|mediator|m[ée]diat|specialist|sp[ée]cialist|\bdriver|interpret|interpr[èe]t|int[ée]rprete|t[ée]cnic[oa]|technic|detainee|d[ée]tenu|detenid|secretar(?:y|ies)$|doctor|m[ée]decin|m[ée]dico|lawyer|judge|engineer|élément|volunt|international|\bmen\b|wom[ae]n|officials\b|strength|fighters|combatants|hommes|femmes|hombres|mujeres|all ranks", re.I)),
)  # fmt: skip
# "Formed police units" and "infantry battalions": the head noun is a formation.
_FORMATION = (
    r"(?:units?|battalions?|compan(?:y|ies)|brigades?|contingents?|squadrons?|platoons?|FPUs?|unités?|bataillons?|"
    r"compagnies?|escadrons?|pelotons?|unidad(?:es)?|batall[óo]n(?:es)?|compañías?|brigadas?|contingentes?|pelotones|escuadrones)"
)
_FORMATIONS = {
    "en": re.compile(rf"\b{_FORMATION}$", re.I),
    "fr": re.compile(rf"^(?:[^\W\d_]+\s+)??{_FORMATION}\b", re.I),
    "es": re.compile(rf"^(?:[^\W\d_]+\s+)??{_FORMATION}\b", re.I),
}
_CURRENCIES = (
    ("USD", re.compile(r"\b(?:USD|dollars?|d[óo]lares)\b|(?<!C)\$", re.I)),
    ("EUR", re.compile(r"€|\b(?:EUR|euros?)\b", re.I)), ("GBP", re.compile(r"£|GBP|pounds?", re.I)),
    ("CHF", re.compile(r"CHF|Swiss\s+francs?", re.I)), ("CAD", re.compile(r"CAD|C\$|Canadian", re.I)),
)  # fmt: skip
# Whose number it is where the counted word does not say: "a military component of up to 900 members".
_SIDE = re.compile(
    r"\b(?P<military>military|militaires?|militar(?:es)?|troops?|troupes|tropas|force\s+levels?)\b|"
    r"\b(?P<police>police|polici[eè]re?s?|policial|polic[íi]a)\b|\b(?P<civilian>civilian|civile?s?|civil)\b|"
    r"\b(?P<uniformed>uniformed|en\s+(?:uniforme|tenue)|uniformad[oa]s?)\b",
    re.I,
)
_OF_COMPONENT = re.compile(
    r"\b(?:component|strength|level|contingent|force|unit\s+of|group|ceiling|number|composante|effectif|plafond|nombre|componente|dotaci[óo]n|efectivos|n[úu]mero|fuerza)",
    re.I,
)
# A thing that a kind of people is named after: "police stations", "military uniforms".
_THING = (
    r"(?:stations?|posts?|bases?|camps?|uniforms?|offices?|checkpoints?|dogs?|prisons?|weapons?|barracks|sites?|operations?|patrols?|schools?|centres?|centers?|facilit(?:y|ies)|projects?|programmes?|exercises?|"
    r"postes?|commissariats?|uniformes?|bureaux?|armes?|écoles?|prisons?|casernes?|opérations?|patrouilles?|puestos?|comisar[íi]as?|bases?|campamentos?|oficinas?|armas?|escuelas?|c[áa]rceles|operaciones|patrullas?)"
)
_THINGS = {
    "en": re.compile(rf"\b{_THING}$", re.I),
    "fr": re.compile(rf"^(?:[^\W\d_]+\s+)??{_THING}\b", re.I),
    "es": re.compile(rf"^(?:[^\W\d_]+\s+)??{_THING}\b", re.I),
}
# Posts of a budget are people; posts at a border are things.
_STAFF_POSTS = re.compile(
    r"\b(?:General\s+Service|Professional|[PDGL]-\d|Field\s+Service|national|international|staff|temporary|Volunteer)\b.*\bp(?:ost|osition)s?$"
    r"|^postes?\s+(?:temporaires?|d'(?:agent|administrateur)|de\s+la\s+catégorie)|^puestos?\s+(?:temporarios?|de\s+(?:plantilla|contrataci[óo]n|categor[íi]a))", re.I
)  # fmt: skip
_VEHICLES = re.compile(
    r"\b(?:vehicles?|aircraft|helicopters?|vessels?|boats?|trucks?|cars|ambulances?)$"
    r"|^(?:véhicules?|hélicoptères?|aéronefs?|navires?|camions?|veh[íi]culos?|helic[óo]pteros?|aeronaves?|buques?)\b", re.I
)  # fmt: skip

_STATES = re.compile(r"\b(?:member\s+states?|états\s+membres|estados\s+miembros)\b", re.I)
_BOTH = re.compile(
    r"\b(?:soldiers|troops)\s+and\s+police$|\bpolice\s+and\s+(?:soldiers|troops)$|\b(?:military|militaires?|militares)\s+(?:and|et|y)\s+(?:de\s+)?(?:police|polic)|\bpolic[a-zé]*\s+(?:and|et|y)\s+milit",
    re.I,
)


def kind_of(unit: str, language: str) -> str:
    """The kind of what is counted, by its words; `other` where they do not tell."""
    if _STAFF_POSTS.search(unit):
        return "people"
    if _THINGS[language].search(unit):
        return "other"
    if _VEHICLES.search(unit):
        return "kit"
    if _BOTH.search(unit):
        return "uniformed"
    kind = next((name for name, pattern in _KINDS if pattern.search(unit)), "other")
    if kind == "people" and _STATES.search(unit):
        return "other"
    people = re.match(r"(?:personnel|members|officers)\s+of\b", unit, re.I)
    if people is None and kind not in {"money", "kit"} and _FORMATIONS[language].search(unit):
        return UNITS
    return kind


def side_of(before: str) -> str:
    """The kind of a component or strength of which a number is told just after; else empty.

    "The military component of the Mission's strength of up to ": `military`.
    """
    found = [match for match in _SIDE.finditer(before) if _OF_COMPONENT.search(before)]
    return found[-1].lastgroup or "" if found else ""


def currency_of(words: str) -> str:
    """The ISO 4217 code of a currency, empty where the words do not tell it."""
    return next((code for code, sign in _CURRENCIES if sign.search(words)), "")
