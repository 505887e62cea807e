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


PRIORITY = "priority"
"""Not a limit: what there is, is used where it counts more."""
