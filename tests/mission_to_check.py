"""A tiny mission for tests of the check of plans: two sites, two offers, two funds.

Six months from April 2026. One unit of Kenya stands at the base; two more and two medical teams may
come. From July a second funding model holds. The only large gift is a pledge.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from konbit.dossier.dossier import Dossier
from konbit.dossier.tables import fund, mandate, pledge, requirement
from konbit.terms import Money

if TYPE_CHECKING:
    from collections.abc import Iterator

    from konbit.dossier.columns import Row

AS_OF_ON = date(2026, 3, 15)
MONTHS = 6
TRANSFER = 3

FACT: dict[str, Any] = {
    "source": "https://example.org/plan",
    "source_on": date(2026, 1, 10),
    "confidence": "official",
}


def usd(minor: int) -> Money:
    """So many cents."""
    return Money(minor, "USD")


def rows_of_mission() -> Iterator[Row]:
    """All rows of the dossier."""
    yield from _mandate()
    yield from _requirement()
    yield from _pledge()
    yield from _fund()


def mission(*instead: Row, without: tuple[Row, ...] = ()) -> Dossier:
    """The dossier, with some rows put in or in the place of those with the same key."""
    rows = {(row.TABLE, row.key): row for row in (*rows_of_mission(), *instead)}
    for row in without:
        del rows[row.TABLE, row.key]
    return Dossier.of(rows.values())


def row_of(table: type[Row], key: str, **changes: Any) -> Any:
    """A row of the mission, changed."""
    found = mission().by_code(table)[key]
    return replace(found, **changes)


def _mandate() -> Iterator[Row]:
    yield mandate.Mission(
        code="EXM",
        title="Mission",
        country="XXX",
        currency="USD",
        horizon_months=MONTHS,
        scenario="switch",
        operational_lag_months=1,
        minimum_stay_months=3,
    )
    for code in ("KEN", "MDM"):
        yield mandate.Organisation(code=code, title=code, kind="state", **FACT)
    yield mandate.Location(code="XX", title="Exemplia", kind="country", **FACT)
    yield mandate.Ceiling(
        code="C1", component="uniformed", strength_persons=250, from_on=date(2025, 10, 1), **FACT
    )


def _requirement() -> Iterator[Row]:
    for code, measure, enabler in (
        ("patrol", "persons", False),
        ("guard", "persons", False),
        ("medevac", "teams", True),
    ):
        yield requirement.Capability(
            code=code, title=code, measure=measure, enabler=enabler, **FACT
        )
    yield requirement.Substitution(needed="guard", offered="patrol", share=Decimal("0.5"), **FACT)
    yield requirement.Enabler(enabler="medevac", enables="patrol", **FACT)
    yield requirement.Site(
        code="base", title="Base", location="XX", capacity_persons=150,
        critical_mass_persons=50, limit_persons=200, **FACT,
    )  # fmt: skip
    yield requirement.Site(code="port", title="Port", location="XX", capacity_persons=0, **FACT)
    yield requirement.BuildingOption(
        code="port-camp", title="Camp", site="port", adds_persons=60, lead_time_months=2,
        cost=Money(20_000, "EUR"), cost_head="build", **FACT,
    )  # fmt: skip
    yield requirement.Phase(code="P2", title="Reach out", from_on=date(2026, 6, 15), **FACT)
    for code, capability, site, phase, quantity, priority in NEEDS:
        yield requirement.Requirement(
            code=code, capability=capability, site=site, phase=phase, quantity=quantity,
            priority=priority, **FACT,
        )  # fmt: skip
    yield requirement.Lift(
        code="air", title="Air", mode="air", passengers_per_month=100, cargo_tonnes_per_month=20,
        **FACT,
    )  # fmt: skip
    yield requirement.LiftInterruption(
        code="ban", lift="air", title="Ban", from_on=date(2026, 6, 20),
        until_on=date(2026, 7, 2), share_lost=Decimal("0.5"), **FACT,
    )  # fmt: skip
    yield requirement.EquipmentType(code="armoured", title="Armoured", lethal=True, **FACT)
    yield requirement.EquipmentPool(
        code="pool", equipment_type="armoured", quantity=7, serviceable_share=Decimal("0.5"),
        **FACT,
    )  # fmt: skip


# Code, capability, site, phase, quantity, priority weight.
NEEDS = (
    ("N-guard", "guard", "base", "", 40, 10),
    ("N-medevac", "medevac", "base", "", 2, 50),
    ("N-patrol", "patrol", "base", "", 120, 100),
    ("N-port", "patrol", "port", "P2", 60, 30),
)


def _pledge() -> Iterator[Row]:
    yield pledge.Offer(
        code="KEN-police", title="Police", contributor="KEN", unit_count=3, strength_persons=50,
        capability="patrol", quantity=50, cargo_tonnes=10, **FACT,
    )  # fmt: skip
    yield pledge.OfferEquipment(
        offer="KEN-police", equipment_type="armoured", quantity=2, brings=1, **FACT
    )
    yield pledge.Offer(
        code="MDM-teams", title="Teams", contributor="MDM", kind="service", component="civilian",
        unit_count=2, strength_persons=10, capability="medevac", quantity=1, rapid=True, **FACT,
    )  # fmt: skip
    for code, stage, on in (("E1", "arrived", 4), ("E2", "agreed", 2)):
        yield pledge.UnitEvent(
            code=code, offer="KEN-police", stage=stage, on=date(2026, 1, on), site="base", **FACT
        )
    for stage, following, rapid, months in (
        ("agreed", "loaded", False, 1),
        ("loaded", "arrived", False, 1),
        ("agreed", "loaded", True, 0),
    ):
        yield pledge.LeadTime(
            stage_from=stage, stage_to=following, rapid=rapid, low_months=0,
            likely_months=months, high_months=9, **FACT,
        )  # fmt: skip
    for code, offer, status in (("D1", "KEN-police", "clear"), ("D2", "MDM-teams", "mitigated")):
        yield pledge.DueDiligence(
            code=code, offer=offer, status=status, on=date(2026, 1, 9), **FACT
        )
    yield pledge.ContributorTerm(
        organisation="KEN", prefinancing_limit=usd(25_250), reimbursement_lag_months=2, **FACT
    )


def _fund() -> Iterator[Row]:
    yield fund.Fund(
        code="TF", title="Trust fund", kind="trust_fund", currency="USD",
        support_cost_share=Decimal("0.07"), reserve_share=Decimal("0.1"), **FACT,
    )  # fmt: skip
    yield fund.Fund(
        code="AB", title="Account", kind="assessed", currency="USD",
        support_cost_share=Decimal("0.01"), **FACT,
    )  # fmt: skip
    yield fund.Earmark(code="kenya", title="Only Kenya", lethal_allowed=False, **FACT)
    yield fund.EarmarkRule(
        code="ER1", earmark="kenya", dimension="contributor", allows="KEN", **FACT
    )
    for code, earmark in (("G1", ""), ("G2", "kenya"), ("G3", "")):
        yield fund.Contribution(
            code=code, title=code, donor="KEN", instrument="trust_fund", fund="TF",
            earmark=earmark, **FACT,
        )  # fmt: skip
    for code, contribution, stage, on, amount in (
        ("G1-1", "G1", "received", date(2026, 2, 20), 120_005),
        ("G1-2", "G1", "received", date(2026, 5, 20), 10_000),
        ("G2-1", "G2", "received", date(2026, 2, 20), 50_000),
        ("G3-1", "G3", "pledged", date(2026, 2, 20), 900_000),
    ):
        yield fund.ContributionEvent(
            code=code, contribution=contribution, stage=stage, on=on, amount=usd(amount), **FACT
        )
    yield fund.Budget(
        code="B1", fund="AB", title="Budget", from_on=date(2026, 7, 1), until_on=date(2027, 7, 1),
        amount=usd(100_000), cash_share=Decimal("0.66"), **FACT,
    )  # fmt: skip
    for code, counted, price in HEADS:
        yield fund.CostHead(
            code=code, title=code, counted=counted, reimbursable=code == "pay", **FACT
        )
        if price:
            yield fund.Rate(
                code=f"rate-{code}", cost_head=code, from_on=date(2025, 7, 1),
                amount=usd(price), **FACT,
            )  # fmt: skip
    yield fund.ExchangeRate(
        currency_from="EUR", currency_to="USD", on=date(2026, 1, 1), rate=Decimal(2), **FACT
    )
    for code in ("hybrid", "voluntary"):
        yield fund.FundingModel(code=code, title=code, requires_clearance=code == "hybrid", **FACT)
        for head, _, _ in HEADS:
            payer = payer_of(head, TRANSFER if code == "hybrid" else 0)
            yield fund.PayerRule(
                funding_model=code, cost_head=head,
                payer=payer if payer == "contributor" else "fund",
                fund="" if payer == "contributor" else payer, **FACT,
            )  # fmt: skip
    yield fund.Scenario(code="switch", title="Switch in July", **FACT)
    for from_on, model in ((date(2026, 1, 1), "voluntary"), (date(2026, 7, 1), "hybrid")):
        yield fund.ScenarioStep(scenario="switch", from_on=from_on, funding_model=model, **FACT)


# Code, counted, price of one count.
HEADS = (
    ("build", "building", 0),
    ("camp", "site_month", 5_000),
    ("fuel", "unit_month", 700),
    ("home", "person_departure", 30),
    ("kit", "equipment_month", 1_000),
    ("pay", "person_month", 101),
    ("travel", "person_arrival", 20),
)


def payer_of(head: str, t: int) -> str:
    """Who pays a head in a month."""
    if head == "fuel":
        return "contributor"
    return "AB" if t >= TRANSFER and head in {"camp", "pay"} else "TF"
