"""Numbers without a bound of their own, told by what is done with what they count.

"To recruit 25 mediators", "the dispatch to the border of 75 observers", "a budget of $12 million":
such a number is the object of a verb of giving or keeping, or of the noun made from one. It must
follow at once, or after a word for a body of people; so "to give training to 300 police" is none.
"""

from __future__ import annotations

import re

_BODIES_OF = {
    "en": r"(?:(?:an?|the|its)\s+(?:[a-z-]+\s+){0,3}?(?:capability|capacity|mission|force|panel|team|group|contingent|detachment|strength|total|reserve|unit|corps|staff|guard|budget|fund|grant|allocation|complement|brigade|battalion|company|component)(?:\s+(?!of\b|compos|consist|compris|made)[a-z]+){0,2}?|contingents|teams|groups|detachments|units)\s+of",
    "fr": r"(?:une?|la|le|l'|des?)\s*(?:[a-zà-ÿ]+\s+)?(?:mission|force|groupe|équipe|contingent|détachement|effectif|unité|réserve|garde|budget|fonds|crédit)s?(?:\s+(?!de\b|d')[a-zà-ÿ]+){0,3}?\s+(?:d'un\s+montant\s+)?(?:de|d')",
    "es": r"(?:una?|la|el|los|las)\s+(?:[a-záéíóúñ]+\s+)?(?:fuerza|grupo|equipo|contingente|destacamento|dotaci[óo]n|unidad|reserva|guardia|presupuesto|fondo|crédito|misi[óo]n)s?(?:\s+(?!de\b)[a-záéíóúñ]+){0,2}?\s+de",
}
_WHERE = {
    "en": r"(?:\s+(?:to|in|at|from|along|within|into)\s+(?!be\b)[a-z' -]{2,40}?)?",
    "fr": r"(?:\s+(?:à|au|aux|dans|en|sur)\s*[a-zà-ÿ' -]{2,40}?)?",
    "es": r"(?:\s+(?:a|al|en)\s+[a-záéíóúñ -]{2,40}?)?",
}
# "To deploy, within 72 hours, 60 observers".
_MEANWHILE = {
    "en": r"(?:\s+for\s+[^,;:\d]{3,40}?(?:\d{1,3}\s+\w+)?(?=,))?(?:,\s+(?:within|before|by|not?\s+later\s+than|until|as|in|on|for|at)\s[^,;:]{2,60},)?",
    "fr": r"(?:,\s+(?:dans|avant|d'ici|au|jusqu'|dès|en|pour|pendant)\s?[^,;:]{2,60},)?",
    "es": r"(?:,\s+(?:en|antes|dentro|a|hasta|durante|por)\s[^,;:]{2,60},)?",
}
_GIVES = {
    "en": r"send|dispatch|despatch|deploy|recruit|hire|appoint|furnish|provide|supply|contribute|pledge|lend|second|assign|mobili[sz]e|retain|keep|maintain|have|number|employ|raise|allocate|appropriate|establish|add|withdraw|offer|create|abolish|fill|admit",
    "fr": r"envoyer|dépêcher|déployer|recruter|engager|nommer|fournir|détacher|affecter|mobiliser|maintenir|conserver|garder|allouer|établir|créer|ajouter|adjoindre|mettre\s+à\s+(?:sa\s+|la\s+)?disposition|retirer|verser",
    "es": r"env[íi](?:ar|en?)|despl(?:egar|iegu?en?)|reclut(?:ar|en?)|contrat(?:ar|en?)|nombr(?:ar|en?)|aport(?:ar|en?)|proporcion(?:ar|en?)|suministr(?:ar|en?)|moviliz(?:ar|cen?)|movilicen?|asign(?:ar|en?)|manten(?:er|gan?)|conserv(?:ar|en?)|entreg(?:ar|uen?)|retir(?:ar|en?)|establecer|crear",
}
_LEADS = {
    "en": r"(?:to|shall|will|should|must|and|or)\s+(?:[a-z]+ly\s+)?",
    "fr": r"(?:à|de|d'|pour|et|devra|devront|doit|doivent)\s*(?:y\s+|en\s+)?",
    "es": r"",
}
_GIVING = {
    "en": r"(?:dispatch|despatch|deployment|abolition|creation|secondment|recruitment|appointment|provision|establishment)",
    "fr": r"(?:envoi|déploiement|suppression|recrutement|détachement|nomination|création)",
    "es": r"(?:env[íi]o|despliegue|supresi[óo]n|contrataci[óo]n|nombramiento|creaci[óo]n)",
}
_GIVING_OF = {"en": "of", "fr": "(?:de|d')", "es": "de"}
_PASSIVE = {
    "en": r"(?:staffed|furnished|equipped)\s+(?:by|with)(?:\s+a\s+total\s+of)?|(?:provide|equip|furnish|supply)\s+(?:it|him|her|them|the\s+[a-z]+(?:\s+[a-z]+){0,2}?)\s+with",
    "fr": r"(?:dotée?s?|pourvue?s?|équipée?s?)\s+de",
    "es": r"(?:dotad|equipad)[oa]s?\s+(?:de|con)",
}
# What is owed or spent is told by its noun: "the balance of $13 million", "a gap of USD 3 million".
_MONEY = r"(?=(?:some\s+|approximately\s+|about\s+)?(?:(?:US\s?\$|USD|\$|EUR|€|£|CHF)\s?\d|\d[\d,. ]*\s+(?:(?:million|billion)\s+)?(?:United\s+States\s+)?(?:dollars|euros|pounds)\b))"
_SUMS = {
    "en": r"(?:balance|remainder|credits?|gap|shortfall|deficit|surplus|advance|loan|contributions?|instal?ments?|appropriations?|commitments?|expenditures?|requirements?|assessment|target|costs?|total|pledges?|arrears|income)\s+(?:[a-z]+\s+){0,2}?of\s+"
    + _MONEY,
    "fr": r"(?:solde|reliquat|déficit|avance|prêt|contributions?|crédits?|engagements?|dépenses?|coût|total)\s+(?:[a-zà-ÿ]+\s+){0,2}?(?:d'un\s+montant\s+)?de(?=\s+\d[\d., ]*\s+(?:(?:millions?|milliards?)\s+)?(?:de\s+|d')?(?:dollars|euros)\b)",
    "es": r"(?:saldo|d[ée]ficit|anticipo|pr[ée]stamo|contribuci[óo]n(?:es)?|cr[ée]ditos?|compromisos?|gastos?|costo|total)\s+(?:[a-záéíóúñ]+\s+){0,2}?de(?=\s+\d[\d., ]*\s+(?:(?:mil\s+)?millones\s+)?(?:de\s+)?(?:d[óo]lares|euros)\b)",
}
# "Including a brigade of 1,650 personnel".
_HOLDING = {
    "en": r"including|comprising|with|plus|and|on|for",
    "fr": r"y\s+compris|comprenant|avec|dont|et|d'(?=une?\b)|pour",
    "es": r"incluid[oa]s?|con|y|de(?=\s+una?\b)|para",
}
_ANY = {
    "en": r"(?:(?:the|its|their|these|those|all|some|about|approximately|initially)\s+)?(?:(?:remaining|outstanding|approximately|some|initial)\s+)?",
    "fr": r"(?:(?:les|ses|ces|leurs|encore|environ|quelque)\s+)?(?:quelque\s+|environ\s+)?",
    "es": r"(?:(?:los|las|sus|unos|unas|otros|otras)\s+)?",
}
# What is counted must be people, formations, kit or money in the word itself.
KINDS = frozenset(
    {"military", "police", "uniformed", "civilian", "people", "units", "kit", "money"}
)
_ANYONE = re.compile(
    r"\b(?:people|persons?|personnes|personas|members?|membres|miembros|detainees?|détenue?s?|detenid[oa]s?)\b",
    re.I,
)
_TAKES = re.compile(
    r"\b(?:withdraw|retir|abolish|aboli|disband|demobili|repatriat|rapatri|suppr|suprim|supresi)",
    re.I,
)
_ADDS = re.compile(r"\b(?:add|ajouter|adjoindre)\b", re.I)
_SIGNS = {
    "en": ("send", "spatch", "deploy", "recruit", "hire", "appoint", "furnish", "provi", "supply", "contribut", "pledge", "lend", "second", "assign", "mobili", "tain", "keep", "have", "number", "employ", "raise", "llocat", "propriat", "establish", "add", "withdraw", "offer", "creat", "abolish", "admit", "fill", "disband", "demobili", "held", "stationed", "placed", "transferr", "staff", "equip", "aboli", "brigade", "battalion", "capability", "capacity", "mission",
        "force", "panel", "team", "group", "contingent", "detachment", "strength", "total", "reserve", "unit", "corps", "guard", "budget", "fund", "grant", "complement",
        "balance", "remainder", "credit", "gap", "shortfall", "deficit", "surplus", "advance", "loan", "instal", "commitment", "expenditure", "requirement", "assessment", "target", "cost", "pledge", "arrears", "income"),
    "fr": ("envo", "dépêch", "déplo", "recrut", "engager", "nomm", "fournir", "détach", "affecter", "mobilis", "mainten", "conserv", "gard", "allouer", "établir", "cré", "ajouter", "adjoindre", "disposition", "retirer", "verser", "suppr", "doté", "pourvu", "équip",
        "force", "mission", "groupe", "contingent", "effectif", "unité", "réserve", "budget", "fonds", "solde", "reliquat", "déficit", "avance", "prêt", "contribution", "crédit", "engagement", "dépense", "coût", "total"),
    "es": ("enví", "envi", "despl", "reclut", "contrata", "contrate", "nombr", "aport", "proporcion", "suministr", "movili", "asign", "manten", "conserv", "entreg", "retir", "supresi", "establecer", "crea", "dotad", "equip",
        "fuerza", "grupo", "contingente", "destacamento", "dotaci", "unidad", "reserva", "guardia", "presupuesto", "fondo", "crédito", "misi", "saldo", "déficit", "anticipo", "préstamo", "contribuci", "compromiso", "gasto", "costo", "total"),
}  # fmt: skip


def given_form(language: str, counted: str) -> re.Pattern[str]:
    """What gives or keeps, and the number that follows it.

    Args:
        language: `en`, `fr` or `es`.
        counted: the form of a number and what it counts.
    """
    gives = rf"(?:{_LEADS[language]})(?P<v>{_GIVES[language]}){_MEANWHILE[language]}(?:{_WHERE[language]}\s+{_BODIES_OF[language]})?"
    noun = rf"{_GIVING[language]}{_WHERE[language]}\s+{_GIVING_OF[language]}(?:\s*{_BODIES_OF[language]})?"
    holds = rf"(?:{_HOLDING[language]})\s*(?<![a-zà-ÿ]){_BODIES_OF[language]}"
    told = rf"(?P<given>{gives}|{noun}|{holds}|{_PASSIVE[language]}|{_SUMS[language]})"
    return re.compile(rf"(?<![\w-])(?P<b>{told})\s*(?<![a-zà-ÿ]){_ANY[language]}{counted}", re.I)


def opening_form(language: str, counted: str) -> re.Pattern[str]:
    """A body of people or a sum that is the object of the act's own verb: "a force of 300 men"."""
    told = rf"\s*(?:on\s+)?(?P<b>(?P<given>{_BODIES_OF[language]}))"
    return re.compile(rf"{told}\s*(?<![a-zà-ÿ]){_ANY[language]}{counted}", re.I)


def may_give(words: str, language: str) -> bool:
    """Whether a stretch, in small letters, has a word of giving or for what is given at all."""
    for sign in _SIGNS[language]:  # a loop, for `any` costs as much again
        if sign in words:
            break
    else:
        return False
    return True


def is_given(unit: str, kind: str, lead: str) -> bool:
    """Whether what is counted can be given: people by what they are, formations, kit, money.

    "People" and "members" alone may be those who are helped; only of a body do they count.
    """
    return kind in KINDS and (kind != "people" or not _ANYONE.search(unit) or lead.endswith(" of"))


def given_bound(words: str) -> str:
    """`fewer` of what is to be withdrawn, `more` of what is to be added, else a level."""
    if _TAKES.search(words):
        return "fewer"
    return "more" if _ADDS.search(words) else "level"
