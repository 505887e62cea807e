from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from konbit.dossier.checks import check
from konbit.dossier.tables.fund import (
    CostHead,
    FundingModel,
    PayerRule,
    Rate,
    Scenario,
    ScenarioEdit,
)
from konbit.dossier.tables.mandate import Location
from konbit.dossier.tables.pledge import OfferCapability
from konbit.dossier.tables.requirement import (
    BuildingOption,
    Capability,
    Enabler,
    Lift,
    Requirement,
    Site,
    SiteCapacity,
    Substitution,
)
from konbit.terms import Severity
from tiny_rows import NOTHING_TO_PLAN, event, found_in, make, offered, tiny, told

if TYPE_CHECKING:
    from konbit.dossier.columns import Row

MARCH = date(2025, 3, 1)


def given(capability: str = "", **more: Any) -> tuple[Row, ...]:
    """An offer with its main capability."""
    return (offered(capability=capability, **more), event("A", "notified", MARCH))


def needed(capability: str, site: str = "S") -> Requirement:
    code = f"{capability}-{site}"
    return make(Requirement, code=code, capability=capability, site=site)


CAPABILITIES = (make(Capability, code="patrol"), make(Capability, code="escort"))
SITES = (make(Site, code="S"), make(Site, code="T"))


def test_some_offer_gives_what_is_required() -> None:
    rows = (*CAPABILITIES, *SITES, needed("patrol"), needed("patrol", "T"))
    (only,) = found_in(*rows, *given("escort"))
    assert (only.code, only.severity) == ("requirement-without-offer", Severity.WARNING)
    assert (only.table, only.row) == ("requirements", "patrol-S")
    assert dict(only.values) == {"capability": "patrol"}
    assert found_in(*rows, *given("patrol")) == ()


def test_a_further_capability_or_a_substitute_will_do() -> None:
    rows = (*CAPABILITIES, *SITES, needed("patrol"), *given("escort"))
    further = make(OfferCapability, offer="A", capability="patrol")
    assert found_in(*rows, further) == ()
    stands_in = {"needed": "patrol", "offered": "escort"}
    assert found_in(*rows, make(Substitution, share=Decimal("0.5"), **stands_in)) == ()
    assert len(found_in(*rows, make(Substitution, share=Decimal(0), **stands_in))) == 1


def test_an_offer_taken_back_gives_nothing() -> None:
    rows = (*CAPABILITIES, *SITES, needed("patrol"), *given("patrol"))
    assert told(*rows, event("A", "withdrawn", MARCH)) == [
        ("requirement-without-offer", "requirements", "patrol-S", "capability")
    ]


ENABLED = (
    make(Capability, code="patrol"),
    make(Capability, code="medevac", enabler=True),
    *SITES,
    offered(capability="patrol"),
    event("A", "notified", MARCH),
    make(OfferCapability, offer="A", capability="medevac"),
    needed("patrol"),
)


@pytest.mark.parametrize(
    ("at", "required_at", "is_told"),
    [("", "", True), ("", "S", False), ("", "T", True), ("T", "T", False), ("T", "S", True)],
)
def test_an_enabler_is_required_where_it_serves(at: str, required_at: str, is_told: bool) -> None:
    rule = make(Enabler, enabler="medevac", enables="patrol", site=at)
    rows = (needed("medevac", required_at),) if required_at else ()
    expected = [("enabler-without-requirement", "enablers", "medevac / patrol", "enabler")]
    assert told(*ENABLED, rule, *rows) == expected * is_told


def test_a_capability_is_flagged_as_enabler_when_it_is_one() -> None:
    flagged, plain = make(Capability, code="B", enabler=True), make(Capability, code="A")
    assert told(plain, flagged) == [("enabler-flag-unused", "capabilities", "B", "enabler")]
    assert found_in(plain, flagged, make(Enabler, enabler="B", enables="A")) == ()
    assert told(plain, make(Capability, code="B"), make(Enabler, enabler="B", enables="A")) == [
        ("enabler-not-flagged", "capabilities", "B", "enabler")
    ]


@pytest.mark.parametrize(
    ("measure", "quantity", "is_told"),
    [
        ("persons", 100, False),
        ("Personnes", 100, False),
        ("moun", 100, False),
        ("observers", 100, True),
        ("teams", 1, False),
    ],
)
def test_people_are_measured_in_persons(measure: str, quantity: int, is_told: bool) -> None:
    capability = make(Capability, code="patrol", measure=measure)
    rows = given("patrol", strength_persons=100, quantity=quantity)

    found = [f for f in found_in(capability, *rows) if f.code == "measure-not-persons"]

    assert [(f.table, f.row, f.column) for f in found] == [
        ("capabilities", "patrol", "measure")
    ] * is_told


@pytest.mark.parametrize(("limit", "is_told"), [(0, False), (49, True), (99, True), (100, False)])
def test_lift_carries_the_smallest_unit(limit: int, is_told: bool) -> None:
    lifts = [make(Lift, code=code, passengers_per_month=0) for code in "BC"]
    lifts.append(make(Lift, code="A", passengers_per_month=limit))
    findings = found_in(*given(), *lifts)
    assert [f.code for f in findings] == ["smaller-than-one-unit"] * is_told
    if is_told:
        assert (findings[0].table, findings[0].column) == ("lifts", "passengers_per_month")
        assert dict(findings[0].values) == {"available": str(limit), "smallest_unit": "100"}


def test_lift_carries_the_cargo_of_the_smallest_unit() -> None:
    lift = make(Lift, cargo_tonnes_per_month=9)
    assert told(*given(cargo_tonnes=10), lift) == [
        ("smaller-than-one-unit", "lifts", "A", "cargo_tonnes_per_month")
    ]
    assert found_in(*given(cargo_tonnes=9), lift) == ()


def test_a_camp_houses_the_smallest_unit_when_all_is_built() -> None:
    region = make(Location, code="L")
    small = make(Site, code="S", location="L", capacity_persons=40)
    (only,) = found_in(region, small, *given())
    assert (only.code, only.severity) == ("smaller-than-one-unit", Severity.WARNING)
    assert (only.table, only.row, only.column) == ("sites", "S", "capacity_persons")
    later = make(SiteCapacity, site="S", from_on=MARCH, capacity_persons=100)
    assert found_in(region, small, later, *given()) == ()
    option = make(BuildingOption, site="S", adds_persons=60, lead_time_months=1)
    assert found_in(region, small, option, *given()) == ()
    capped = make(Site, code="S", location="L", capacity_persons=400, limit_persons=99)
    assert len(found_in(region, capped, *given())) == 1
    empty = make(Site, code="S", location="L", capacity_persons=0)
    assert found_in(region, empty, *given()) == ()


@pytest.mark.parametrize("column", ["latitude", "longitude"])
def test_places_are_no_finer_than_two_decimals(column: str) -> None:
    (only,) = found_in(make(Location, **{column: Decimal("18.541")}))
    assert (only.code, only.severity) == ("place-too-fine", Severity.ERROR)
    assert (only.column, dict(only.values)) == (column, {"value": "18.541"})
    assert found_in(make(Location, **{column: Decimal("-72.340")})) == ()


def test_a_cost_head_without_a_rate_costs_nothing() -> None:
    head = make(CostHead, code="fuel", counted="unit_month")
    assert told(head) == [("cost-head-without-rate", "cost_heads", "fuel", "")]
    assert found_in(head, make(Rate, cost_head="fuel")) == ()
    assert found_in(make(CostHead, code="camp", counted="building")) == ()


def test_every_model_says_who_pays_each_cost() -> None:
    head = make(CostHead, code="camp", counted="building")
    model = make(FundingModel, code="hybrid")
    (only,) = found_in(head, model)
    assert (only.code, only.severity, only.row) == ("payer-missing", Severity.WARNING, "hybrid")
    assert dict(only.values) == {"cost_head": "camp", "funding_model": "hybrid"}
    rule = make(PayerRule, funding_model="hybrid", cost_head="camp", payer="contributor")
    assert found_in(head, model, rule) == ()


def edit(**values: str) -> ScenarioEdit:
    place = {"scenario": "X", "table": "sites", "row": "S", "column": "capacity_persons"}
    return make(ScenarioEdit, **{**place, "value": "250", **values})


def test_scenarios_apply_cleanly() -> None:
    rows = (make(Scenario, code="X"), make(Site, code="S"))
    assert found_in(*rows, edit()) == ()
    assert told(*rows, edit(table="camps")) == [
        ("edit-table-unknown", "scenario_edits", "X / camps / S / capacity_persons", "table")
    ]


def test_an_edit_leads_to_no_reference_without_a_row() -> None:
    rows = (make(Scenario, code="X"), make(Site, code="S", location="L"), make(Location, code="L"))
    assert told(*rows, edit(column="location", value="moon")) == [
        ("reference-missing", "sites", "S", "location")
    ]
    assert found_in(*rows, edit(column="location", value="L")) == ()


def test_a_mission_of_which_nothing_is_stated_cannot_be_planned() -> None:
    (only,) = check(tiny())
    assert (only.code, only.severity, only.table) == ("nothing-stated", Severity.ERROR, "missions")


def test_without_a_requirement_there_is_nothing_to_plan_for() -> None:
    (only,) = check(tiny(make(Site, code="S")))
    assert (only.code, only.severity) == ("no-requirement", Severity.WARNING)
    codes = {found.code for found in check(tiny(*CAPABILITIES, *SITES, needed("patrol")))}
    assert codes.isdisjoint(NOTHING_TO_PLAN)


def test_a_plan_in_which_nothing_has_a_price_is_told() -> None:
    rows = (*CAPABILITIES, *SITES, needed("patrol"), *given("patrol"))
    assert "nothing-priced" in {found.code for found in check(tiny(*rows))}
    rate = make(Rate, code="R", cost_head="pay")
    priced = check(tiny(*rows, make(CostHead, code="pay"), rate))
    assert "nothing-priced" not in {found.code for found in priced}
    assert "nothing-priced" not in {found.code for found in check(tiny(*SITES))}
