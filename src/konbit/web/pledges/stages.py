"""Which step a pledge may take next: by what became of it, never backwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from konbit.dossier.columns import columns_of
from konbit.dossier.tables.fund import MONEY_STAGES, ContributionEvent
from konbit.dossier.tables.pledge import UNIT_SIDE_STATES, UNIT_STAGES, UnitEvent
from konbit.dossier.unit_stages import states_on

if TYPE_CHECKING:
    from datetime import date

    from konbit.dossier import Dossier
    from konbit.dossier.unit_stages import OfferState

# Steps that take something away from a plan: their effect is shown before they are confirmed.
TAKING = frozenset({"frozen", "expired", "withdrawn", "refunded", "lapsed", "departed"})

# The cells in which a step's amount and site stand, with their limits.
AMOUNT = next(column for column in columns_of(ContributionEvent) if column.name == "amount")
SITE = next(column for column in columns_of(UnitEvent) if column.name == "site")
_OF_THOSE_THERE = frozenset({"verified", "operational"})
_LAST_BEFORE_CASH = MONEY_STAGES.index("signed")


def place_of(stage: str) -> int:
    """Where a stage stands among those of one day; what ends a pledge comes last."""
    order = UNIT_STAGES if stage in UNIT_STAGES else MONEY_STAGES
    return order.index(stage) if stage in order else len(order)


def unit_steps(dossier: Dossier, offer: str, on: date) -> tuple[str, ...]:
    """Stages that an offer may reach next on a day; none once nothing is left of it."""
    state = states_on(dossier, on).get(offer)
    if state is None or (state.open_units == 0 and state.deployed_units == 0):
        return ()
    reached = [e.stage for e in dossier.rows(UnitEvent) if e.offer == offer and e.on <= on]
    places = [UNIT_STAGES.index(stage) for stage in reached if stage in UNIT_STAGES]
    later = UNIT_STAGES[max(places, default=0) :] if state.open_units else UNIT_STAGES[5:]
    stages = (*dict.fromkeys(later), *UNIT_SIDE_STATES)
    return tuple(stage for stage in stages if _most(state, stage))


def units_for(dossier: Dossier, offer: str, stage: str, on: date) -> int:
    """How many units may reach a stage at the most on a day; none where the offer is unknown then.

    Those who are there are verified, work and depart; those still to come arrive, are withdrawn or
    lapse; and any that are not withdrawn or lapsed may have come as far as a stage before. Nobody
    reaches a stage before departure twice.
    """
    state = states_on(dossier, on).get(offer)
    return 0 if state is None else _most(state, stage)


def _most(state: OfferState, stage: str) -> int:
    if stage == "departed":
        return state.deployed_units
    if stage == "arrived" or stage in UNIT_SIDE_STATES:
        return state.open_units
    reached, offered = state.units[stage], state.offer.unit_count
    if stage in _OF_THOSE_THERE:
        return max(0, min(state.deployed_units, state.units["arrived"] - reached))
    gone = sum(state.units[side] for side in UNIT_SIDE_STATES)
    return max(0, offered - max(gone, reached))


def money_steps(dossier: Dossier, contribution: str) -> tuple[str, ...]:
    """Stages that a contribution may reach next."""
    reached = {e.stage for e in dossier.rows(ContributionEvent) if e.contribution == contribution}
    if reached & {"withdrawn", "expired"}:
        return ()
    places = [MONEY_STAGES.index(stage) for stage in reached if stage in MONEY_STAGES]
    furthest = max(places, default=-1)
    steps = list(MONEY_STAGES[max(0, furthest) :])
    if furthest > _LAST_BEFORE_CASH:
        steps += ["frozen", "refunded"]
    if "frozen" in reached:
        steps.append("released")
    if furthest <= _LAST_BEFORE_CASH:
        steps += ["expired", "withdrawn"]
    return tuple(steps)
