"""What an act wants done, beside who is asked to: in English, French and Spanish."""

from __future__ import annotations

import re

# The body's own business, which nobody has to do by a day.
_STAYS_SEIZED = re.compile(
    r"\b(?:remain|stay)\s+(?:actively\s+)?sei[zs]ed\b|\b(?:rester|demeurer)\s+(?:activement\s+)?saisi"
    r"|\b(?:seguir|continuar)\s+ocup[áa]ndose\b",
    re.IGNORECASE,
)
# Between who is asked and what: "the Secretary-General [to] report".
_TO_DO = re.compile(
    r"(?:\s+in\s+a\s+position\s+to\s+do\s+so|\s+en\s+mesure\s+de\s+le\s+faire|"
    r"\s+que\s+est[ée]n\s+en\s+condiciones\s+de\s+hacerlo)?\s+(?:to\s+|de\s+|d[\u2019']|\u00e0\s+|a\s+(?=[a-z\u00e1-\u00fa]+[aei]r(?:se)?\b)|que\s+)"
)
_TO_WHOM = re.compile(r"(?:\u00e0|a)\s+(?=[a-z\u00e0-\u00ff]+\s)")


# What stands before an infinitive that opens: "to extend the mandate", "de rendre compte".
_OPENS = re.compile(
    r"to\s+(?=[a-z])|(?:de\s+|d['\u2019]|\u00e0\s+)(?=(?:ne\s+(?:pas|plus)\s+)?(?:l[ea]s?\s+|l['\u2019]|lui\s+|leur\s+|se\s+|s['\u2019]|y\s+|en\s+)?"
    r"[a-z\u00e0-\u00ff]+(?:er|ir|re|oir)\b)",
    re.IGNORECASE,
)


def stays_seized(substance: str) -> bool:
    """Whether the body only keeps the matter on its agenda."""
    return _STAYS_SEIZED.search(substance) is not None


def deed_of(substance: str, addressee: str = "") -> str:
    """What is to be done, without who is asked where that stands first.

    Args:
        substance: of an act.
        addressee: who is asked, as printed; empty for nobody.
    """
    lead = _TO_WHOM.match(substance)
    told = substance[lead.end() :] if lead else substance
    if addressee and told.casefold().startswith(addressee.casefold()):
        deed = _TO_DO.match(told, len(addressee))
        told = told[deed.end() :] if deed else substance
    else:
        told = substance
    opens = _OPENS.match(told)
    told = told[opens.end() :] if opens else told
    return told[:1].upper() + told[1:]
