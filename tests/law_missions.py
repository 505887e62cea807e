"""For each law of the planning model the smallest mission in which all of it can be seen."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from konbit.dossier.tables import fund, mandate, pledge, requirement
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
    from collections.abc import Callable

    from konbit.dossier import Row


def _base(months: int, **more: Any) -> list[Row]:
    """No money, no places yet: state AAA and police."""
    return [mission(months, **more), state("AAA"), capability("police")]


def presence() -> list[Row]:
    """One unit stands at S, one may come; S and T need police."""
    return [
        *_base(4),
        *place("S", 300),
        *place("T", 300),
        need("R", "police", "S", 100),
        need("R-T", "police", "T", 100),
        offer("O", "AAA", "police", 100, units=3),
        arrived(2),
    ]


def minimum_stay() -> list[Row]:
    """Three months at least, four planned."""
    return [
        *_base(4, minimum_stay_months=3),
        *place("S", 300),
        need("R", "police", "S", 200),
        offer("O", "AAA", "police", 100, units=2),
    ]


def coverage() -> list[Row]:
    """A month from arrival to work; a unit larger than the need; a site held for a running cost."""
    return [
        *_base(2, operational_lag_months=1),
        *place("S", 300),
        need("R", "police", "S", 150),
        offer("O", "AAA", "police", 100, units=2),
        arrived(1),
        offer("P", "AAA", "police", 200),
        *price("base", "site_month", 7_000),
    ]


def substitutes() -> list[Row]:
    """Police stand in for guards at three fifths; both are needed."""
    return [
        *_base(1),
        capability("guard"),
        *place("S", 300),
        need("R-GUARD", "guard", "S", 90),
        need("R-POLICE", "police", "S", 70),
        offer("G", "AAA", "guard", 40),
        offer("P", "AAA", "police", 100, units=2),
        requirement.Substitution(needed="guard", offered="police", share=Decimal("0.6"), **FACT),
    ]


def enablers() -> list[Row]:
    """Medics at the same site, command from T for the whole mission."""
    return [
        *_base(1),
        capability("medical", "beds", enabler=True),
        capability("command", "posts", enabler=True),
        *place("S", 300),
        *place("T", 300),
        need("A-MEDICAL", "medical", "S", 10),
        need("B-COMMAND", "command", "T", 1),
        need("C-POLICE", "police", "S", 100),
        need("D-POLICE", "police", "T", 100),
        requirement.Enabler(enabler="medical", enables="police", **FACT),
        requirement.Enabler(enabler="command", enables="police", site="T", **FACT),
        offer("O", "AAA", "police", 100),
    ]


def camp() -> list[Row]:
    """Beds for 120, from April 150; tents for 80 a month after the order; never more than 210."""
    return [
        *_base(3),
        *place("S", 120, limit_persons=210),
        requirement.SiteCapacity(site="S", from_on=date(2024, 4, 1), capacity_persons=150, **FACT),
        requirement.BuildingOption(
            code="TENTS", title="Tents", site="S", adds_persons=80, lead_time_months=1, **FACT
        ),
        need("R", "police", "S", 300),
        offer("O", "AAA", "police", 100, units=3),
        offer("P", "AAA", "police", 30),
    ]


def critical_mass() -> list[Row]:
    """Held by 150 people or not at all; units of 100 and 200, and a service of nobody."""
    return [
        *_base(1),
        capability("water", "litres"),
        *place("S", 300, critical_mass_persons=150),
        need("R", "police", "S", 200),
        need("R-WATER", "water", "S", 50),
        offer("O", "AAA", "police", 100, units=2),
        offer("P", "AAA", "police", 200),
        offer("W", "AAA", "water", 0, units=3, quantity=50, kind="service"),
    ]


def lift() -> list[Row]:
    """A boat for 130 people and 45 tonnes; from April 35 per cent less. One is there."""
    return [
        *_base(2),
        *place("S", 300),
        requirement.Lift(
            code="BOAT",
            title="Boat",
            mode="sea",
            passengers_per_month=130,
            cargo_tonnes_per_month=45,
            **FACT,
        ),
        requirement.LiftInterruption(
            code="STORM",
            lift="BOAT",
            title="Storm",
            from_on=date(2024, 4, 1),
            share_lost=Decimal("0.35"),
            **FACT,
        ),
        need("R", "police", "S", 300),
        offer("O", "AAA", "police", 100, units=2, cargo_tonnes=20),
        arrived(1),
        offer("P", "AAA", "police", 60, cargo_tonnes=35),
    ]


def ceiling() -> list[Row]:
    """250 in all, 150 in uniform until April; a unit of each component."""
    return [
        *_base(2),
        *place("S", 900),
        _ceiling("C1", "total", 250, None),
        _ceiling("C2", "uniformed", 150, date(2024, 4, 1)),
        need("R", "police", "S", 300),
        offer("O", "AAA", "police", 100),
        offer("P", "AAA", "police", 90, component="military"),
        offer("Q", "AAA", "police", 80, component="civilian"),
    ]


def _ceiling(code: str, component: str, people: int, until_on: date | None) -> Row:
    return mandate.Ceiling(
        code=code,
        component=component,
        strength_persons=people,
        from_on=date(2024, 1, 1),
        until_on=until_on,
        **FACT,
    )


def equipment() -> list[Row]:
    """Nine carriers, seven tenths in order: six; from April three more. Fuel is not limited."""
    return [
        *_base(2),
        *place("S", 300),
        requirement.EquipmentType(code="APC", title="Carrier", **FACT),
        requirement.EquipmentType(code="FUEL", title="Fuel truck", **FACT),
        requirement.EquipmentPool(
            code="P1",
            equipment_type="APC",
            quantity=9,
            serviceable_share=Decimal("0.7"),
            **FACT,
        ),
        requirement.EquipmentPool(
            code="P2", equipment_type="APC", quantity=3, from_on=date(2024, 4, 1), **FACT
        ),
        need("R", "police", "S", 200),
        offer("O", "AAA", "police", 100),
        offer("P", "AAA", "police", 100),
        pledge.OfferEquipment(offer="O", equipment_type="APC", quantity=5, brings=1, **FACT),
        pledge.OfferEquipment(offer="O", equipment_type="FUEL", quantity=5, brings=0, **FACT),
        pledge.OfferEquipment(offer="P", equipment_type="APC", quantity=5, brings=5, **FACT),
    ]


def money() -> list[Row]:
    """A unit of AAA to come, tents to build, a camp to run, ten per cent on top.

    1,000 dollars a head and month, 300 for the way in, 200 (from May 250) for the way home, 5,000 a
    month for the camp, 20,000 for the tents. 400,000 for anything, 90,000 for pay alone, of both a
    fifth is kept.
    """
    return [
        *_base(2),
        *place("S", 100),
        requirement.BuildingOption(
            code="TENTS",
            title="Tents",
            site="S",
            adds_persons=100,
            lead_time_months=1,
            cost=usd(20_000),
            cost_head="tents",
            **FACT,
        ),
        need("R", "police", "S", 100),
        offer("O", "AAA", "police", 100),
        trust_fund(support="0.1", reserve="0.2"),
        fund.Earmark(code="PAY", title="Pay", **FACT),
        fund.EarmarkRule(
            code="ER", earmark="PAY", dimension="cost_head", allows="personnel", **FACT
        ),
        *gift("G", "AAA", 400_000),
        *gift("H", "AAA", 90_000, on=date(2024, 4, 1), earmark="PAY"),
        *price("personnel", "person_month", 1_000),
        *price("come", "person_arrival", 300),
        *price("home", "person_departure", 200),
        fund.Rate(
            code="rate-home-may",
            cost_head="home",
            amount=usd(250),
            from_on=date(2024, 5, 1),
            **FACT,
        ),
        *price("camp", "site_month", 5_000),
        fund.CostHead(code="tents", title="Tents", counted="building", **FACT),
    ]


def _transfer(share: str) -> list[Row]:
    """From April the assessed account pays, and at most a share of those there stays on."""
    return [
        fund.Fund(code="UN", title="Account", kind="assessed", currency="USD", **FACT),
        fund.FundingModel(code="V", title="Voluntary", **FACT),
        fund.FundingModel(code="A", title="Assessed", carry_over_share=Decimal(share), **FACT),
        fund.PayerRule(funding_model="V", cost_head="personnel", payer="contributor", **FACT),
        fund.PayerRule(funding_model="A", cost_head="personnel", payer="fund", fund="UN", **FACT),
        fund.Scenario(code="X", title="Transfer", **FACT),
        fund.ScenarioStep(scenario="X", from_on=date(2024, 1, 1), funding_model="V", **FACT),
        fund.ScenarioStep(scenario="X", from_on=date(2024, 4, 1), funding_model="A", **FACT),
    ]


def carry_over() -> list[Row]:
    """Two units of 100 there, one of 60 may come; three quarters may stay on in April."""
    return [
        *_base(2),
        *place("S", 300),
        need("R", "police", "S", 300),
        offer("O", "AAA", "police", 100, units=2),
        arrived(2),
        offer("P", "AAA", "police", 60),
        *_transfer("0.75"),
    ]


def assessed() -> list[Row]:
    """April and May have a budget, of which four fifths come in; June has none."""
    return [
        *_base(4),
        *place("S", 300),
        need("R", "police", "S", 100),
        offer("O", "AAA", "police", 100),
        *price("personnel", "person_month", 1_000),
        *_transfer("1"),
        fund.Budget(
            code="B",
            fund="UN",
            title="Budget",
            from_on=date(2024, 4, 1),
            until_on=date(2024, 6, 1),
            amount=usd(150_000),
            cash_share=Decimal("0.8"),
            **FACT,
        ),
    ]


def advance() -> list[Row]:
    """AAA waits two months for its pay and advances 250,000; BBB sets no limit."""
    return [
        *_base(3),
        state("BBB"),
        *place("S", 300),
        need("R", "police", "S", 300),
        offer("O", "AAA", "police", 100, units=2),
        offer("P", "BBB", "police", 100),
        trust_fund(support="0.1"),
        *gift("G", "BBB", 10**6),
        *price("personnel", "person_month", 1_000, reimbursable=True),
        *price("come", "person_arrival", 300),
        pledge.ContributorTerm(
            organisation="AAA",
            prefinancing_limit=usd(250_000),
            reimbursement_lag_months=2,
            **FACT,
        ),
    ]


def rotation() -> list[Row]:
    """Two units at S with a tour of two months, one to come with a gap, one with an overlap.

    A boat for 100 a month; pay, the way in and home for everybody, and a price for setting up.
    """
    boat = requirement.Lift(code="BOAT", title="Boat", mode="sea", passengers_per_month=100, **FACT)
    return [
        *_base(4),
        *place("S", 400),
        need("R", "police", "S", 300),
        offer("O", "AAA", "police", 100, units=2, tour_months=2),
        arrived(2),
        offer("P", "AAA", "police", 50, tour_months=2, gap_months=1),
        offer("Q", "AAA", "police", 30, tour_months=3, overlap_months=2),
        boat,
        trust_fund(),
        *gift("G", "AAA", 10_000_000),
        *price("pay", "person_month", 1_000),
        *price("come", "person_arrival", 300),
        *price("home", "person_departure", 200),
        *price("kit", "unit_arrival", 5_000),
    ]


def wear() -> list[Row]:
    """A unit at S since February and one to come, a month from arrival to work; both wear out."""
    steps = ((2, "0.8"), (3, "0.5"))
    return [
        *_base(4, operational_lag_months=1),
        *place("S", 400),
        need("R", "police", "S", 300),
        offer("O", "AAA", "police", 100, tour_months=3),
        arrived(1),
        offer("P", "AAA", "police", 200),
        *(
            requirement.Serviceability(
                capability="police", since_arrival_months=months, share=Decimal(share), **FACT
            )
            for months, share in steps
        ),
    ]


LAWS: dict[str, tuple[Callable[[], list[Row]], tuple[str, ...]]] = {
    "presence": (presence, ("presence",)),
    "minimum_stay": (minimum_stay, ("minimum_stay",)),
    "offered": (presence, ("offered", "offered_starts", "offered_leaving")),
    "carry_over": (carry_over, ("carry_over",)),
    "coverage": (coverage, ("coverage", "coverage_held")),
    "coverage_with_substitutes": (substitutes, ("coverage", "coverage_lent")),
    "enablers": (enablers, ("enablers",)),
    "camp": (camp, ("camp", "camp_limit")),
    "building": (camp, ("building",)),
    "critical_mass": (critical_mass, ("critical_mass", "held", "held_service")),
    "lift": (lift, ("lift", "lift_cargo")),
    "ceiling": (ceiling, ("ceiling",)),
    "equipment": (equipment, ("equipment",)),
    "obligations": (money, ("cash_due",)),
    "cash": (money, ("cash", "cash_used")),
    "tail": (money, ("tail_due",)),
    "rotation": (rotation, ("relief", "tour")),
    "rotation_in_camp_and_lift": (rotation, ("camp", "lift")),
    "rotation_paid": (rotation, ("cash_due", "tail_due")),
    "wear": (wear, ("wear", "wear_work", "coverage")),
    "assessed": (assessed, ("assessed", "assessed_none")),
    "advance": (advance, ("advance",)),
}
"""By law: the mission, and the first names of the rows in which the law is written."""
