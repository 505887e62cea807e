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
        prices_far: whether prices have far to go in them; the solver proves more where they do not.
        dives: how many whole dives; the best is gone on from.
        dive_steps: steps of prices between decisions in a whole dive.
        dive_share: of the units expected, how many are decided between.
        tries: how often some of the stays are taken back and decided anew.
        combined: rounds, each time, of choosing whole stays anew, of those that prices thought of.
        combined_stays: how many stays are chosen anew at once.
        combined_at_once: choices at the same time in a round.
        narrow: how many narrow neighbourhoods the solver improves, where months roll as well.
        rolls: whether months are planned one after the other as well.
        rounds: rounds of improving by the solver in wide neighbourhoods.
        turns: how often narrow neighbourhoods and whole stays take turns after these.
        narrow_rounds: rounds in narrow neighbourhoods in each of these.
        at_once: neighbourhoods that are solved at the same time in a round; each takes memory.
        free_columns: about how many whole columns a neighbourhood leaves free.
        gap: share of the bound at which the plan is good enough.
    """

    price_steps: int
    prices_far: bool
    dives: int
    dive_steps: int
    dive_share: float
    tries: int
    combined: int
    combined_stays: int
    combined_at_once: int
    narrow: int
    rolls: bool
    rounds: int
    turns: int
    narrow_rounds: int
    at_once: int
    free_columns: int
    gap: float


def effort_for(whole_columns: int) -> Effort:
    """The effort that a problem of so many whole columns deserves."""
    if whole_columns <= WHOLE_AT_ONCE:
        return Effort(2_000, False, 1, 60, 0.02, 10, 6, 100, 1, 8, True, 6, 0, 0, 2, 2_400, 0.009)
    if whole_columns <= 100_000:
        return Effort(1_200, True, 4, 40, 0.03, 10, 8, 100, 2, 0, False, 0, 1, 6, 2, 1_600, 0.009)
    return Effort(1_000, True, 1, 25, 0.03, 5, 5, 150, 2, 0, False, 0, 2, 5, 2, 1_200, 0.03)
