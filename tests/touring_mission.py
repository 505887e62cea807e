"""A small mission in which units rotate, for tests of the check of plans.

Eighteen months from July 2026. At the camp stand two units of Gamma, there for eleven and seven
months with a tour of six, and one of Epsilon. Alpha (relief overlaps by a month) and Beta (relief
leaves a month's gap) may come, and a medical service without a tour.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from konbit.dossier.dossier import Dossier
from konbit.dossier.tables import fund, mandate, pledge, requirement
from mission_to_check import FACT, usd

if TYPE_CHECKING:
    from collections.abc import Iterator

    from konbit.dossier.columns import Row

AS_OF_ON = date(2026, 6, 15)
MONTHS = 18


def rows_of_touring() -> Iterator[Row]:
    """All rows of the dossier."""
    yield from _mandate()
    yield from _requirement()
    yield from _pledge()
    yield from _fund()


def touring(*instead: Row) -> Dossier:
    """The dossier, with some rows put in or in the place of those with the same key."""
    rows = {(row.TABLE, row.key): row for row in (*rows_of_touring(), *instead)}
    return Dossier.of(rows.values())


def touring_row(table: type[Row], key: str, **changes: Any) -> Any:
    """A row of the mission, changed."""
    return replace(touring().by_code(table)[key], **changes)


def _mandate() -> Iterator[Row]:
    yield mandate.Mission(
        code="TUR", title="Touring", country="XXX", currency="USD", horizon_months=MONTHS,
        operational_lag_months=1, minimum_stay_months=3,
    )  # fmt: skip
    yield mandate.Organisation(code="KEN", title="Kenya", kind="state", **FACT)
    yield mandate.Location(code="XX", title="Exemplia", kind="country", **FACT)
    yield mandate.Ceiling(
        code="C1", component="total", strength_persons=230, from_on=date(2025, 10, 1), **FACT
    )


# Code, capability, quantity, priority weight.
NEEDS = (
    ("N-guard", "guard", 40, 10),
    ("N-medevac", "medevac", 1, 50),
    ("N-patrol", "patrol", 150, 100),
)


def _requirement() -> Iterator[Row]:
    for code, measure in (("patrol", "persons"), ("guard", "persons"), ("medevac", "teams")):
        yield requirement.Capability(code=code, title=code, measure=measure, **FACT)
    for capability, months, share in (
        ("patrol", 3, "0.8"),
        ("patrol", 5, "0.5"),
        ("medevac", 12, "0.33335"),
    ):
        yield requirement.Serviceability(
            capability=capability, since_arrival_months=months, share=Decimal(share), **FACT
        )
    yield requirement.Site(
        code="camp", title="Camp", location="XX", capacity_persons=210,
        critical_mass_persons=150, **FACT,
    )  # fmt: skip
    yield requirement.Site(code="post", title="Post", location="XX", capacity_persons=40, **FACT)
    for code, capability, quantity, priority in NEEDS:
        yield requirement.Requirement(
            code=code, capability=capability, site="camp", quantity=quantity, priority=priority,
            **FACT,
        )  # fmt: skip
    yield requirement.Lift(
        code="air", title="Air", mode="air", passengers_per_month=60, cargo_tonnes_per_month=10,
        **FACT,
    )  # fmt: skip
    yield requirement.EquipmentType(code="radio", title="Radio", **FACT)
    yield requirement.EquipmentPool(
        code="pool", equipment_type="radio", quantity=10, serviceable_share=Decimal("0.9"),
        monthly_loss_share=Decimal("0.1"), lowest_share=Decimal("0.5"),
        from_on=date(2026, 3, 15), **FACT,
    )  # fmt: skip


def _pledge() -> Iterator[Row]:
    for code, people, units, capability, tour, overlap, gap in (
        ("Alpha", 50, 1, "patrol", 6, 1, None),
        ("Beta", 10, 1, "guard", 6, None, 1),
        ("Epsilon", 20, 1, "guard", 12, 2, None),
        ("Gamma", 50, 2, "patrol", 6, None, None),
    ):
        yield pledge.Offer(
            code=code, title=code, contributor="KEN", unit_count=units, strength_persons=people,
            capability=capability, quantity=people, cargo_tonnes=10, tour_months=tour,
            overlap_months=overlap, gap_months=gap, **FACT,
        )  # fmt: skip
        yield pledge.OfferEquipment(
            offer=code, equipment_type="radio", quantity=2, brings=1, **FACT
        )
    yield pledge.Offer(
        code="Medics", title="Medics", contributor="KEN", kind="service", component="civilian",
        unit_count=1, strength_persons=0, capability="medevac", quantity=1, **FACT,
    )  # fmt: skip
    for code, offer, stage, on in (
        ("E1", "Alpha", "loaded", date(2026, 6, 1)),
        ("E2", "Beta", "loaded", date(2026, 6, 1)),
        ("E3", "Medics", "loaded", date(2026, 6, 1)),
        ("E4", "Gamma", "arrived", date(2025, 8, 20)),
        ("E5", "Gamma", "arrived", date(2025, 12, 1)),
        ("E6", "Epsilon", "arrived", date(2026, 5, 31)),
    ):
        site = "camp" if stage == "arrived" else ""
        yield pledge.UnitEvent(code=code, offer=offer, stage=stage, on=on, site=site, **FACT)
    for stage, following, months in (("agreed", "loaded", 2), ("loaded", "arrived", 1)):
        yield pledge.LeadTime(
            stage_from=stage, stage_to=following, low_months=0, likely_months=months,
            high_months=9, **FACT,
        )  # fmt: skip


# Code, counted, price of one count.
HEADS = (
    ("back", "unit_departure", 900),
    ("ferry", "unit_arrival", 500),
    ("freight", "tonne_arrival", 11),
    ("fuel", "unit_month", 700),
    ("home", "person_departure", 30),
    ("kit", "equipment_month", 100),
    ("pay", "person_month", 10),
    ("travel", "person_arrival", 20),
)
DEARER_FROM = 7
"""Month index from which the way home costs 33 a head."""


def _fund() -> Iterator[Row]:
    yield fund.Fund(
        code="TF", title="Trust fund", kind="trust_fund", currency="USD",
        support_cost_share=Decimal("0.07"), **FACT,
    )  # fmt: skip
    yield fund.Contribution(
        code="G", title="Gift", donor="KEN", instrument="trust_fund", fund="TF", **FACT
    )
    yield fund.ContributionEvent(
        code="G1", contribution="G", stage="received", on=date(2026, 2, 1), amount=usd(900_000),
        **FACT,
    )  # fmt: skip
    for code, counted, price in HEADS:
        yield fund.CostHead(code=code, title=code, counted=counted, **FACT)
        yield fund.Rate(
            code=f"rate-{code}", cost_head=code, from_on=date(2025, 1, 1), amount=usd(price),
            **FACT,
        )  # fmt: skip
    yield fund.Rate(
        code="rate-home-2", cost_head="home", from_on=date(2027, 2, 1), amount=usd(33), **FACT
    )
