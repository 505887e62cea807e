"""Lifting one family of limits, to see what it holds back."""

from __future__ import annotations

from enum import StrEnum


class Family(StrEnum):
    """Families of limits; their names appear in the model, the tests and the sentences."""

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


NOTHING: frozenset[Family] = frozenset()
