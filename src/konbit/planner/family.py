"""Families of limits; their names appear in the model, the tests and the sentences."""

from __future__ import annotations

from enum import StrEnum


class Family(StrEnum):
    """A family of limits that can hold a requirement back."""

    OFFER = "offer"
    READINESS = "readiness"
    CAMP = "camp"
    LIFT = "lift"
    ENABLER = "enabler"
    CEILING = "ceiling"
    MONEY = "money"
    EARMARK = "earmark"
    TIMING = "timing"
    EQUIPMENT = "equipment"
    ELIGIBILITY = "eligibility"
    ADVANCE = "advance"
    ARREARS = "arrears"


FAMILY_OF_ASK = {
    "unit": Family.OFFER,
    "ready": Family.READINESS,
    "money": Family.MONEY,
    "unfreeze": Family.MONEY,
    "unearmark": Family.EARMARK,
    "camp": Family.CAMP,
    "lift": Family.LIFT,
    "advance": Family.ADVANCE,
    "arrears": Family.ARREARS,
    "equipment": Family.EQUIPMENT,
    "ceiling": Family.CEILING,
    "clearance": Family.ELIGIBILITY,
    "admission": Family.ELIGIBILITY,
}
"""Kinds of asks, and the family of limits of which each lifts a part."""

_ALSO = {
    Family.ENABLER: {"unit", "ready"},
    Family.TIMING: {"money", "unfreeze"},
    Family.EARMARK: {"money"},
    Family.ADVANCE: {"arrears"},
}


def lifted_by(family: str) -> frozenset[str]:
    """Kinds of asks that can lift what holds a requirement back; none for what is no limit."""
    own = (kind for kind, of in FAMILY_OF_ASK.items() if of == family)
    also = (kind for of, kinds in _ALSO.items() if of == family for kind in kinds)
    return frozenset((*own, *also))


PRIORITY = "priority"
"""Not a limit: what there is, is used where it counts more."""

CAVEAT = "caveat"
"""Not a limit of the mission: what the contributor itself attaches to its offer."""

SETTLING = "settling"
"""Not a limit: units are there, and will be at work in a month that is known."""
