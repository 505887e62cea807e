"""Small missions for planning tests: a few rows each, made of plain words and numbers."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from konbit.dossier import Dossier
from konbit.dossier.tables import fund, mandate, pledge, requirement
from konbit.terms import Money

if TYPE_CHECKING:
    from konbit.dossier import Row

AS_OF = date(2024, 2, 15)
FACT: dict[str, Any] = {
    "source": "worked by hand",
    "source_on": date(2024, 1, 1),
    "confidence": "official",
}


def usd(dollars: int) -> Money:
    """Whole dollars."""
    return Money(dollars * 100, "USD")


def mission(horizon_months: int = 6, **more: Any) -> mandate.Mission:
    """The mission row: one month from arrival to work, two months' minimum stay."""
    settings = {"operational_lag_months": 0, "minimum_stay_months": 2, **more}
    return mandate.Mission(
        code="M",
        title="A small mission",
        country="XXX",
        currency="USD",
        horizon_months=horizon_months,
        **settings,
    )


def place(site: str, beds: int, **more: Any) -> list[Row]:
    """A site in its own region."""
    return [
        mandate.Location(code=f"L-{site}", title=site, kind="region", **FACT),
        requirement.Site(
            code=site, title=site, location=f"L-{site}", capacity_persons=beds, **{**FACT, **more}
        ),
    ]


def capability(code: str, measure: str = "persons", **more: Any) -> requirement.Capability:
    """A capability."""
    return requirement.Capability(code=code, title=code, measure=measure, **{**FACT, **more})


def need(
    code: str, cap: str, site: str, quantity: int, priority: int = 10
) -> requirement.Requirement:
    """So much of a capability, always."""
    return requirement.Requirement(
        code=code, capability=cap, site=site, quantity=quantity, priority=priority, **FACT
    )


def state(code: str) -> mandate.Organisation:
    """A state that contributes."""
    return mandate.Organisation(code=code, title=code, kind="state", **FACT)


def offer(code: str, by: str, cap: str, people: int, units: int = 1, **more: Any) -> pledge.Offer:
    """Like units that give as much of the capability as they have people."""
    settings = {"title": code, "quantity": people, "strength_persons": people, **more}
    return pledge.Offer(
        code=code,
        contributor=by,
        capability=cap,
        unit_count=units,
        **{**FACT, **settings},
    )


def trust_fund(code: str = "TF", support: str = "0", reserve: str = "0") -> fund.Fund:
    """A voluntary fund."""
    return fund.Fund(
        code=code,
        title=code,
        kind="trust_fund",
        currency="USD",
        support_cost_share=Decimal(support),
        reserve_share=Decimal(reserve),
        **FACT,
    )


def gift(
    code: str,
    by: str,
    dollars: int,
    on: date = date(2024, 1, 2),
    stage: str = "received",
    **more: Any,
) -> list[Row]:
    """A contribution to the fund TF with one event."""
    return [
        fund.Contribution(
            code=code, title=code, donor=by, instrument="trust_fund", fund="TF", **{**FACT, **more}
        ),
        fund.ContributionEvent(
            code=f"{code}-{stage}",
            contribution=code,
            stage=stage,
            on=on,
            amount=usd(dollars),
            **{**FACT, "known_on": min(on, AS_OF)},
        ),
    ]


def price(head: str, counted: str, dollars: int, **more: Any) -> list[Row]:
    """A cost head and its only rate."""
    rate_more = {k: more.pop(k) for k in ("offer", "site", "capability", "from_on") if k in more}
    return [
        fund.CostHead(code=head, title=head, counted=counted, **{**FACT, **more}),
        fund.Rate(
            code=f"rate-{head}",
            cost_head=head,
            amount=usd(dollars),
            **{"from_on": date(2020, 1, 1), **rate_more},
            **FACT,
        ),
    ]


def one_camp(beds: int = 300, dollars: int = 1_000_000, horizon_months: int = 6) -> list[Row]:
    """One camp, 300 police needed, three units of 100, 1,000 dollars a head and month."""
    return [
        mission(horizon_months),
        state("AAA"),
        *place("S", beds),
        capability("police"),
        need("R", "police", "S", 300),
        offer("O", "AAA", "police", 100, units=3),
        trust_fund(),
        *gift("G", "AAA", dollars),
        *price("personnel", "person_month", 1_000),
    ]


def dossier(*rows: Row | list[Row]) -> Dossier:
    """A dossier of rows and lists of rows."""
    flat: list[Row] = []
    for row in rows:
        flat.extend(row if isinstance(row, list) else [row])
    return Dossier.of(flat)
