"""Missions of one unit with a tour that everything is there for, and what its plan says of it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from konbit.dossier.tables import pledge, requirement
from konbit.planner import plan
from missions import (
    AS_OF,
    FACT,
    capability,
    dossier,
    gift,
    mission,
    need,
    offer,
    place,
    price,
    state,
    trust_fund,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from konbit.dossier import Row
    from konbit.dossier.plan import Plan

STEPS = (("3", "0.9"), ("5", "0.7777"))


def rotating(months: int = 18, beds: int = 200, support: str = "0", **tour: Any) -> list[Row]:
    """A unit of 100 police for eighteen months from March 2024; 333 in, 200 home, 1,000 a month."""
    return [
        mission(months),
        state("AAA"),
        capability("police"),
        *place("S", beds),
        need("R", "police", "S", 100),
        offer("O", "AAA", "police", 100, **tour),
        trust_fund(support=support),
        *gift("G", "AAA", 10_000_000),
        *price("pay", "person_month", 1_000),
        *price("kit", "unit_month", 50),
        *price("in", "person_arrival", 333),
        *price("set-up", "unit_arrival", 7_000),
        *price("home", "person_departure", 200),
        *price("strike", "unit_departure", 5_000),
    ]


def came(offer_code: str, on: date, units: int = 1) -> pledge.UnitEvent:
    """Units arrived at S on a day."""
    return pledge.UnitEvent(
        code=f"{offer_code}-{on}",
        offer=offer_code,
        stage="arrived",
        on=on,
        units=units,
        site="S",
        **{**FACT, "source_on": on, "known_on": on},
    )


def boat(passengers: int) -> requirement.Lift:
    """So many passengers a month."""
    return requirement.Lift(
        code="BOAT", title="Boat", mode="sea", passengers_per_month=passengers, **FACT
    )


def wear(steps: Iterable[tuple[str, str]] = STEPS) -> list[Row]:
    """Police give less from so many months after arrival."""
    return [
        requirement.Serviceability(
            capability="police", since_arrival_months=int(months), share=Decimal(share), **FACT
        )
        for months, share in steps
    ]


def planned(*rows: Row | list[Row]) -> Plan:
    """The plan, which passes the separate check."""
    found = plan(dossier(*rows), AS_OF, explain=False, calls=False)
    assert [check for check in found.verification if check.violated] == []
    return found


def stays(found: Plan) -> list[tuple[str, str, str]]:
    """Kind, month of arrival and first month gone of every contingent, in order of time."""
    rows = sorted(found.contingents, key=lambda row: (row.arrived, row.until))
    return [(row.kind, row.arrived, row.until) for row in rows for _ in range(row.contingents)]


def owed(found: Plan, head: str) -> dict[str, int]:
    """Cents due under a cost head, with support cost, by month."""
    return {
        row.month: (row.amount + row.support_cost).amount_minor
        for row in found.obligations
        if row.cost_head == head and row.amount is not None and row.support_cost is not None
    }


def people(found: Plan) -> list[int]:
    """People present, by month in which there is a unit."""
    return [row.strength_persons for row in found.presence]
