"""What a step takes from the approved plan: plain arithmetic on the plan's own tables.

It says what the plan counts on and will not have. What a new plan would make of it, only a new plan
can say.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from konbit.dossier.money_stages import exchange_table
from konbit.dossier.tables.fund import Contribution
from konbit.dossier.tables.pledge import Offer
from konbit.dossier.unit_stages import states_on
from konbit.terms import Money, Month, NoRateError

if TYPE_CHECKING:
    from datetime import date

    from konbit.dossier import Dossier, Plan

_LOWERS_CASH = frozenset({"frozen", "refunded"})
_NO_EARMARK = "-"


@dataclass(frozen=True, slots=True)
class MissingUnits:
    """Units that the plan counts on in a month and will not have."""

    month: Month
    units: int
    persons: int


@dataclass(frozen=True, slots=True)
class ShortCash:
    """Cash of a purse at the end of a month: by the plan, and after the step."""

    month: Month
    planned: Money
    after: Money


@dataclass(frozen=True, slots=True)
class Effect:
    """What a step takes from a plan.

    Attributes:
        units: units missing, month by month; none for money.
        cash: months in which the purse would be overdrawn; none for units.
        is_relied_on: whether the plan relies on what is taken at all.
        is_unknown: whether it cannot be told, because a rate of exchange is missing.
    """

    units: tuple[MissingUnits, ...] = ()
    cash: tuple[ShortCash, ...] = ()
    is_relied_on: bool = False
    is_unknown: bool = False


def effect_of_units(
    dossier: Dossier, plan: Plan, offer: str, units: int, on: date, *, departs: bool = False
) -> Effect:
    """What a plan loses when units of an offer go from a day on.

    For each month from the day's on: units that the plan has there, less those that stay. Of those
    that depart, only units that are there now can stay in their place: what the plan has beyond
    them is still to come, and is not touched.
    """
    row = dossier.by_code(Offer).get(offer)
    if row is None:
        return Effect()
    state = states_on(dossier, on).get(offer)
    there = state.deployed_units if state else 0
    here = there if departs else (state.open_units if state else row.unit_count) + there
    stay = max(0, here - units)
    planned: dict[Month, int] = {}
    for presence in plan.presence:
        month = Month.parse(presence.month)
        if presence.offer == offer and not month < Month.of(on):
            planned[month] = planned.get(month, 0) + presence.units
    relied = {month: min(count, here) if departs else count for month, count in planned.items()}
    missing = tuple(
        MissingUnits(month, count - stay, (count - stay) * row.strength_persons)
        for month, count in sorted(relied.items())
        if count > stay
    )
    return Effect(units=missing, is_relied_on=bool(missing))


def effect_of_money(
    dossier: Dossier, plan: Plan, contribution: str, stage: str, amount: Money, on: date
) -> Effect:
    """What a plan loses when money of a contribution is frozen or paid back.

    For each month from the day's on: what the purse holds at its end, less the amount. What was
    only promised never paid for anything: to lose it takes nothing from a plan.
    """
    row = dossier.by_code(Contribution).get(contribution)
    if row is None or stage not in _LOWERS_CASH:
        return Effect()
    try:
        rates = exchange_table(dossier.known_on(max(on, plan.as_of_on)))
        taken = rates.convert(amount, plan.currency, on).money
    except NoRateError:
        return Effect(is_unknown=True)
    purse = (row.fund, row.earmark or _NO_EARMARK)
    months = [
        ShortCash(Month.parse(at.month), at.closing, at.closing - taken)
        for at in plan.cash
        if (at.fund, at.earmark) == purse
        and at.closing is not None
        and not Month.parse(at.month) < Month.of(on)
    ]
    short = tuple(m for m in months if m.after.amount_minor < 0)
    return Effect(cash=short, is_relied_on=bool(short))
