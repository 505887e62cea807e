"""Numbers whose people, kit or formations are the subject: "300 police shall be deployed"."""

from __future__ import annotations

import re

_ASIDE = r"(?:,\s+[^,;:.\d]{3,60},)?"
_TOLD_OF = r"(?:\s+(?:authori[sz]ed|referred|mentioned|deployed|stationed|autorisée?s?|visée?s?|autorizad[oa]s|mencionad[oa]s)\s+[^,;:.\d]{2,30}(?:\d{1,2}(?:\s+above)?)?)?"
_DONE = {
    "en": (
        r"(?:deployed|redeployed|sent|dispatched|recruited|hired|appointed|held|kept|stationed|retained|maintained|assigned|seconded|"
        r"added|provided|furnished|supplied|made\s+available|transferred|placed|mobili[sz]ed|established|created|allocated|released|set\s+aside|"
        r"withdrawn|repatriated|disbanded|demobili[sz]ed|abolished)"
    ),
    "fr": (
        r"(?:déployée?s?|redéployée?s?|envoyée?s?|recrutée?s?|nommée?s?|gardée?s?|maintenue?s?|affectée?s?|détachée?s?|ajoutée?s?|fournie?s?|"
        r"mise?s?\s+à\s+(?:sa\s+|la\s+)?disposition|mobilisée?s?|créée?s?|placée?s?|retirée?s?|rapatriée?s?|supprimée?s?)"
    ),
    "es": (
        r"(?:(?:re)?desplegad[oa]s?|enviad[oa]s?|contratad[oa]s?|nombrad[oa]s?|mantenid[oa]s?|asignad[oa]s?|destinad[oa]s?|agregad[oa]s?|"
        r"proporcionad[oa]s?|puest[oa]s?\s+a\s+disposici[óo]n|movilizad[oa]s?|cread[oa]s?|retirad[oa]s?|repatriad[oa]s?|suprimid[oa]s?)"
    ),
}
_SHALL = {
    "en": r"(?:(?:shall|will|should|must|may|are\s+to|is\s+to)\s+(?:also\s+|only\s+|further\s+)?)?be\s+(?:[a-z]+ly\s+)?",
    "fr": r"(?:(?:devront|doivent|devra|doit)\s+(?:également\s+)?être|seront|sera|soient|soit)\s+",
    "es": r"(?:(?:deberán|deberá|deben|debe)\s+ser|serán|será|sean|sea)\s+",
}
_STAYS = {
    "en": r"(?:shall|will|should|must)\s+(?:remain|stay|serve)",
    "fr": r"(?:resteront|restera|demeureront)",
    "es": r"(?:permanecerán|permanecerá|quedarán)",
}


def subject_form(language: str, counted: str) -> re.Pattern[str]:
    """A number, what is counted, and what is to be done with it.

    Args:
        language: `en`, `fr` or `es`.
        counted: the form of a number and what it counts.
    """
    told = rf"(?:{_SHALL[language]}{_DONE[language]}|{_STAYS[language]})"
    return re.compile(rf"(?<![\w,.-]){counted}{_TOLD_OF}{_ASIDE}\s+(?P<done>{told})(?![\w-])", re.I)


SIGNS = {
    "en": ("be ", "remain", "stay", "serve"),
    "fr": ("être", "seront", "sera ", "soient", "soit ", "demeureront"),
    "es": ("ser ", "serán", "será ", "sean ", "sea ", "permanecer", "quedar"),
}
