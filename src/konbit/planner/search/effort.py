"""How long to search, by the size of the problem; counted in steps, so that answers repeat."""

from __future__ import annotations

from dataclasses import dataclass

WHOLE_AT_ONCE = 12_000
"""Whole columns up to which the solver is given the model as it stands, with its own cuts."""


@dataclass(frozen=True, slots=True)
class Effort:
    """Steps of a search.

    Attributes:
        price_steps: steps towards prices of shared limits.
        rounds: rounds of improving, two neighbourhoods each.
        free_columns: about how many whole columns a neighbourhood leaves free.
        gap: share of the bound at which the plan is good enough.
    """

    price_steps: int
    rounds: int
    free_columns: int
    gap: float


def effort_for(whole_columns: int) -> Effort:
    """The effort that a problem of so many whole columns deserves."""
    if whole_columns <= WHOLE_AT_ONCE:
        return Effort(price_steps=2_000, rounds=16, free_columns=3_600, gap=0.009)
    if whole_columns <= 100_000:
        return Effort(price_steps=2_500, rounds=24, free_columns=2_400, gap=0.009)
    return Effort(price_steps=1_200, rounds=24, free_columns=1_600, gap=0.03)
