"""Small missions whose futures can be counted on the fingers."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from konbit.dossier.tables import fund, requirement
from konbit.dossier.tables.uncertainty import Prior
from limited_missions import arrived
from missions import (
    FACT,
    capability,
    gift,
    mission,
    need,
    offer,
    place,
    price,
    state,
    trust_fund,
    usd,
)

if TYPE_CHECKING:
    from konbit.dossier import Row


def prior(
    kind: str,
    *values: str,
    happens: str | None = None,
    by: str = "",
    within: int | None = None,
) -> Prior:
    """A prior; one value is certain, three are low, likely and high."""
    numbers = [Decimal(value) for value in values]
    numbers = [Decimal(value) for value in values]
    low, high = (numbers[0], numbers[2]) if len(numbers) == 3 else (None, None)
    likely = numbers[len(numbers) // 2] if numbers else None
    return Prior(
        code=f"{kind}-{by or 'anybody'}",
        kind=kind,
        organisation=by,
        probability_share=None if happens is None else Decimal(happens),
        low=low,
        likely=likely,
        high=high,
        within_months=within,
        **FACT,
    )


def stays_or_waits() -> list[Row]:
    """A unit of AAA is there; a better one of BBB may come from the second month, or never.

    200 police are needed for four months. O gives 100 for 100,000 dollars a month, BIG gives 200
    for the same from April on. There are 300,000 dollars. Who knows that BIG comes sends O home
    at once: three full months. Who keeps O for March has, if BIG comes, half a month and two;
    if it does not, three halves. Who sent O home has nothing if BIG does not come.
    """
    return [
        mission(4, minimum_stay_months=1),
        *(state(code) for code in ("AAA", "BBB", "CCC")),
        *place("S", 1_000),
        capability("police"),
        need("R", "police", "S", 200),
        offer("O", "AAA", "police", 100),
        arrived(1),
        offer("BIG", "BBB", "police", 200, available_from_on=date(2024, 4, 1)),
        trust_fund(),
        *gift("G", "CCC", 300_000),
        *price("personnel", "person_month", 1_000),
        fund.Rate(
            code="big", cost_head="personnel", offer="BIG", amount=usd(500),
            from_on=date(2020, 1, 1), **FACT,
        ),
    ]  # fmt: skip


def one_unit_there(cash: int, months: int = 4, **more: Any) -> list[Row]:
    """One unit of 100 is there and costs 100,000 dollars a month; another like it may come."""
    return [
        mission(months, minimum_stay_months=1, **more),
        *(state(code) for code in ("AAA", "BBB", "CCC")),
        *place("S", 1_000),
        capability("police"),
        need("R", "police", "S", 100),
        offer("O", "AAA", "police", 100),
        arrived(1),
        offer("NEXT", "BBB", "police", 100, available_from_on=date(2024, 5, 1)),
        trust_fund(),
        *gift("G", "CCC", cash),
        *price("personnel", "person_month", 1_000),
    ]


def with_lift(provider: str) -> list[Row]:
    """One lift that carries a unit a month."""
    return [
        requirement.Lift(
            code="AIR", title="Air", mode="air", provider=provider, passengers_per_month=100, **FACT
        )
    ]


def everything_uncertain() -> list[Row]:
    """A prior of every kind for anybody."""
    return [
        prior("cash_received_share", "0.2", "0.6", "1"),
        prior("cash_delay_months", "0", "1", "3"),
        prior("cash_freeze", "0.3", "0.6", "1", happens="0.4", within=3),
        prior("cash_release", "0.5", happens="0.5"),
        prior("cash_new_share", "0", "0.5", "1", happens="0.7"),
        prior("units_realised_share", "0.3", "0.6", "1"),
        prior("unit_delay_months", "0", "1", "2"),
        prior("unit_withdraws", happens="0.3"),
        prior("lift_interruption", "1", "1", "2", happens="0.5", within=3),
    ]
