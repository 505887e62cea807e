"""Units that rotate: an honest plan passes; what breaks a rule of rotation is caught by it."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from konbit.dossier.plan import Contingent
from konbit.dossier.tables.fund import Rate
from konbit.dossier.tables.mandate import Ceiling
from konbit.dossier.tables.pledge import Offer, OfferCapability
from konbit.dossier.tables.requirement import EquipmentPool, Lift, Serviceability, Site
from konbit.planner.verify import RULES, RULES_OF_TOURS, verify
from mission_to_check import FACT, mission, usd
from plan_to_check import Books, violated
from touring_mission import MONTHS, touring, touring_row
from touring_plan import FIRST, TouringBooks
from touring_units import UNITS, Shift, Stay, Unit, tours

if TYPE_CHECKING:
    from konbit.dossier.columns import Row

DOSSIER = touring()
PLAN = TouringBooks().plan(DOSSIER)
IDLE = {"enablers", "building", "carry_over", "assessed", "advance"}


def test_honest_plan_passes_and_every_rule_about_people_is_tested() -> None:
    checks = verify(DOSSIER, PLAN)
    assert tuple(check.rule for check in checks) == (*RULES, *RULES_OF_TOURS)
    assert [check for check in checks if check.violated] == []
    assert {check.rule for check in checks if not check.tested} == IDLE


def test_rules_of_tours_are_named_only_where_something_rotates() -> None:
    still = mission()
    plan = Books().plan(still)
    assert {check.rule for check in verify(still, plan)}.isdisjoint(RULES_OF_TOURS)
    row = Contingent(
        unit="KEN-police", offer="KEN-police", site="base", kind="relief", arrived="2026-05",
        due="2026-11", contingents=1, strength_persons=50,
    )  # fmt: skip
    assert violated(still, replace(plan, contingents=(row,))) == {"contingents"}


def test_two_contingents_of_an_overlap_and_the_place_kept_in_a_gap_need_beds() -> None:
    smaller = touring(touring_row(Site, "camp", capacity_persons=209))
    camp = {check.rule: check for check in verify(smaller, PLAN)}["camp"]
    # December, May and October: Alpha twice beside two of Gamma and Beta.
    assert (camp.violated, camp.first_violation) == (3, "camp / 2026-12: 210 > 209")
    none_spare = touring(touring_row(Site, "camp", capacity_persons=159))
    crowded = {check.rule: check for check in verify(none_spare, PLAN)}["camp"]
    # All months but the last, Beta's two gaps included.
    assert crowded.violated == MONTHS - 1


def test_a_site_is_not_held_by_outgoing_contingents_or_kept_places() -> None:
    larger = touring(touring_row(Site, "camp", critical_mass_persons=151))
    mass = {check.rule: check for check in verify(larger, PLAN)}["critical_mass"]
    # Two gaps of Beta, and the month when it has left.
    assert (mass.violated, mass.first_violation) == (3, "camp / 2027-02: 150 < 151")


def _slower_lift(passengers: int) -> Row:
    row: Row = touring_row(Lift, "air", passengers_per_month=passengers)
    return row


# Things planted in the dossier: the plan stays as it is and no longer fits what is true.
TIGHTER: dict[str, tuple[tuple[Row, ...], set[str]]] = {
    "no beds for two at the post": (
        (touring_row(Site, "post", capacity_persons=39),),
        {"camp"},
    ),
    "a hand-over counts under the ceiling": (
        (
            Ceiling(
                code="C2",
                component="police",
                strength_persons=229,
                from_on=date(2025, 1, 1),
                **FACT,
            ),
        ),
        {"ceiling"},
    ),
    "relief needs lift": ((_slower_lift(59),), {"lift"}),
    "slower lift lets those overdue stay longer": ((_slower_lift(40),), {"lift", "contingents"}),
    "a shorter tour": (
        (touring_row(Offer, "Beta", tour_months=5),),
        {"rotation", "contingents"},
    ),
    "wear begins sooner": (
        (
            Serviceability(
                capability="patrol", since_arrival_months=2, share=Decimal("0.8"), **FACT
            ),
        ),
        {"coverage"},
    ),
    "a unit that moves gives something that wears out": (
        (OfferCapability(offer="Epsilon", capability="medevac", quantity=1, **FACT),),
        {"allowed", "coverage"},
    ),
    "what was never worn wears out": (
        (Serviceability(capability="guard", since_arrival_months=1, share=Decimal("0.9"), **FACT),),
        {"allowed", "coverage"},
    ),
    "the pool decays further": (
        (touring_row(EquipmentPool, "pool", lowest_share=Decimal("0.49")),),
        {"equipment"},
    ),
    "the pool has decayed longer": (
        (
            touring_row(
                EquipmentPool,
                "pool",
                from_on=date(2026, 2, 2),
                monthly_loss_share=Decimal("0.08"),
                lowest_share=Decimal("0.42"),
            ),
        ),
        {"equipment"},
    ),
    "the journey of relief is dearer": (
        (touring_row(Rate, "rate-travel", amount=usd(21)),),
        {"obligations", "cash"},
    ),
    "the way home is dearer": (
        (touring_row(Rate, "rate-home-2", amount=usd(34)),),
        {"obligations", "cash", "tail"},
    ),
}


@pytest.mark.parametrize("planted", TIGHTER)
def test_what_the_dossier_no_longer_allows_is_caught_by_its_rule_alone(planted: str) -> None:
    rows, rules = TIGHTER[planted]
    assert violated(touring(*rows), TouringBooks().plan(touring(*rows))) == rules


def _instead(place: int, unit: Unit) -> TouringBooks:
    return TouringBooks((*UNITS[:place], unit, *UNITS[place + 1 :]))


# Things planted in what happens; the books follow it honestly.
UNRULY: dict[str, TouringBooks] = {
    "a contingent stays a month too long beside its relief": _instead(
        0, Unit("Alpha", (Stay("camp", 0),), tours(6, 0, 6, 11, 16, overlap=1))
    ),
    "the place is kept, and the last contingent never goes home": _instead(
        1, Unit("Beta", (Stay("camp", 1),), tours(6, 1, 8, gap=1))
    ),
    "a unit is never relieved": _instead(
        1, Unit("Beta", (Stay("camp", 1, 17),), tours(6, 1, end=17))
    ),
    "relief of opening units comes before its lead time": _instead(
        3, Unit("Gamma", (Stay("camp", -1),), (Shift(-11, 1, 2), *tours(6, 1, 6, 11, 16)))
    ),
    "an overdue contingent stays longer than lift needs": _instead(
        4, Unit("Gamma", (Stay("camp", -1),), (Shift(-7, 4, 3), *tours(6, 4, 9, 14)))
    ),
    "a unit that moved is relieved too late": _instead(
        2,
        Unit(
            "Epsilon",
            (Stay("camp", -1, 3), Stay("post", 3, 15)),
            tours(12, -2, 11, overlap=2, end=15),
        ),
    ),
}


@pytest.mark.parametrize("planted", UNRULY)
def test_a_tour_that_is_not_kept_is_caught(planted: str) -> None:
    assert violated(DOSSIER, UNRULY[planted].plan(DOSSIER)) == {"rotation"}


def _relief(unit: str, site: str, month: int, tour: int, people: int) -> Contingent:
    return Contingent(
        unit=unit, offer=unit.split("@")[0], site=site, kind="relief", arrived=str(FIRST + month),
        due=str(FIRST + month + tour), contingents=1, strength_persons=people,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("row", "first"),
    [
        (_relief("Alpha", "camp", 0, 6, 50), "Alpha / camp / 2026-07 / relief: 0 < 1"),
        (_relief("Beta", "camp", 9, 6, 10), "Beta / camp / 2027-03 / relieved: 2 > 1"),
        (_relief("Beta", "post", 9, 6, 10), "Beta / post / 2027-03 / relieved: 1 > 0"),
        (_relief("Gamma@camp", "camp", 1, 6, 50), "Gamma@camp / camp / 2026-08 / relief: 1 < 2"),
    ],
)
def test_relief_that_cannot_be_is_named(row: Contingent, first: str) -> None:
    plan = replace(PLAN, contingents=(*PLAN.contingents, row))
    checks = {check.rule: check for check in verify(DOSSIER, plan)}
    assert checks["rotation"].first_violation == first
    assert checks["contingents"].violated


OTHER: dict[str, Any] = {
    "unit": "Medics",
    "offer": "Medics",
    "site": "nowhere",
    "kind": "other",
    "arrived": "2030-01",
    "due": "2030-01",
    "until": "2030-01",
    "contingents": 7,
    "strength_persons": 7,
}


@pytest.mark.parametrize("column", [item.name for item in fields(Contingent)])
def test_no_cell_of_the_contingents_can_be_changed_unseen(column: str) -> None:
    for place, row in enumerate(PLAN.contingents):
        rows = list(PLAN.contingents)
        rows[place] = replace(row, **{column: OTHER[column]})
        found = violated(DOSSIER, replace(PLAN, contingents=tuple(rows)))
        # Relief of a unit that may move is counted over all sites: elsewhere it relieves nobody.
        assert found & {"contingents", "rotation"}


@pytest.mark.parametrize("times", [0, 2])
def test_no_contingent_can_be_taken_away_or_repeated_unseen(times: int) -> None:
    for place, row in enumerate(PLAN.contingents):
        rows = (*PLAN.contingents[:place], *(row,) * times, *PLAN.contingents[place + 1 :])
        assert violated(DOSSIER, replace(PLAN, contingents=rows))


def test_order_of_contingents_says_nothing() -> None:
    plan = replace(PLAN, contingents=PLAN.contingents[::-1])
    assert violated(DOSSIER, plan) == set()


@settings(max_examples=80, deadline=None)
@given(data=st.data())
def test_a_tour_is_kept_exactly_when_no_contingent_stays_longer(data: st.DataObject) -> None:
    """Counting within windows of months says the same as looking at each contingent."""
    tour = data.draw(st.integers(1, 7))
    overlap = data.draw(st.integers(0, min(2, tour - 1)))
    gap = 0 if overlap else data.draw(st.integers(0, 2))
    least = max(overlap, 1) + gap
    arrivals = [data.draw(st.integers(0, 3))]
    while (following := arrivals[-1] + data.draw(st.integers(least, 8))) < MONTHS - overlap:
        arrivals.append(following)
    shifts = tours(tour, *arrivals, overlap=overlap, gap=gap)
    dossier = touring(
        touring_row(
            Offer, "Alpha", tour_months=tour, overlap_months=overlap, gap_months=gap or None
        ),
        touring_row(Site, "camp", capacity_persons=900, critical_mass_persons=0),
        touring_row(Lift, "air", passengers_per_month=900, cargo_tonnes_per_month=900),
        touring_row(Ceiling, "C1", strength_persons=900),
    )
    # Lift is wide enough for both of Gamma in the first month of their relief.
    gamma = Unit("Gamma", (Stay("camp", -1),), (Shift(-7, 2, 2), *tours(6, 2, 8, 13)))
    units = (Unit("Alpha", (Stay("camp", arrivals[0]),), shifts), *UNITS[1:4], gamma, UNITS[5])
    longer = any(min(shift.gone, MONTHS) > shift.due for shift in shifts)
    found = violated(dossier, TouringBooks(units, ceiling_persons=900).plan(dossier))
    assert found == ({"rotation"} if longer else set())
