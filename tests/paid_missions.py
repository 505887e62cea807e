"""Missions of one unit that everything is there for but money, and what a plan pays."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from konbit.dossier.tables import fund
from konbit.planner import plan
from konbit.terms import Money
from missions import (
    AS_OF,
    FACT,
    capability,
    dossier,
    mission,
    need,
    offer,
    place,
    state,
    trust_fund,
)

if TYPE_CHECKING:
    from konbit.dossier import Row
    from konbit.dossier.plan import Plan

MONTHS = ("2024-03", "2024-04", "2024-05", "2024-06")


def cents(minor: int) -> Money:
    return Money(minor, "USD")


def planned(*rows: Row | list[Row]) -> Plan:
    found = plan(dossier(*rows), AS_OF, explain=False, calls=False)
    assert found.is_verified
    return found


def one_unit(
    months: int = 2, stay: int = 1, fund_row: fund.Fund | None = None, people: int = 100
) -> list[Row]:
    """One unit of AAA that everything is there for but money, which BBB may give."""
    return [
        mission(months, minimum_stay_months=stay),
        *(state(code) for code in ("AAA", "BBB")),
        *place("S", 1_000),
        capability("police"),
        need("R", "police", "S", people),
        offer("O", "AAA", "police", people),
        fund_row or trust_fund(),
    ]


def head(code: str, counted: str, **more: Any) -> fund.CostHead:
    return fund.CostHead(code=code, title=code, counted=counted, **more, **FACT)


def rate(code: str, head_code: str, amount: Money, **more: Any) -> fund.Rate:
    settings = {"from_on": date(2020, 1, 1), **more}
    return fund.Rate(code=code, cost_head=head_code, amount=amount, **settings, **FACT)


def event(
    code: str, stage: str, amount: Money | None, on: date = date(2024, 2, 1), **more: Any
) -> fund.ContributionEvent:
    return fund.ContributionEvent(
        code=code,
        contribution="G",
        stage=stage,
        on=on,
        amount=amount,
        **{**FACT, "known_on": min(on, AS_OF), **more},
    )


def opening(found: Plan, earmark: str = "-") -> list[int]:
    """Cash of a purse at the start of each month, in cents."""
    rows = [row for row in found.cash if row.earmark == earmark]
    return [row.opening.amount_minor for row in rows if row.opening is not None]


def spent(found: Plan) -> dict[tuple[str, str], tuple[int, int]]:
    """Amount and support cost, in cents, by month and cost head."""
    return {
        (row.month, row.cost_head): (row.amount.amount_minor, row.support_cost.amount_minor)
        for row in found.obligations
        if row.amount is not None and row.support_cost is not None
    }


def paid(found: Plan, kind: str = "pay") -> dict[tuple[str, str], int]:
    """Cents paid, or set aside, by month and earmark."""
    total: dict[tuple[str, str], int] = {}
    for row in found.payments:
        if row.kind == kind and row.amount is not None:
            key = (row.month, row.earmark)
            total[key] = total.get(key, 0) + row.amount.amount_minor
    return total


def euro(amount_minor: int) -> Money:
    return Money(amount_minor, "EUR")


def exchange(on: date, euro_in_dollars: str) -> fund.ExchangeRate:
    return fund.ExchangeRate(
        currency_from="EUR",
        currency_to="USD",
        on=on,
        rate=Decimal(euro_in_dollars),
        **{**FACT, "source_on": min(on, AS_OF)},
    )


RATES: list[Row] = [exchange(date(2024, 1, 1), "1.10"), exchange(date(2024, 2, 1), "1.20")]
