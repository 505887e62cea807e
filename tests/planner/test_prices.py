"""What things cost, to the cent: every number here was worked by hand."""

from __future__ import annotations

from datetime import date

import pytest

from konbit.dossier.tables import pledge, requirement
from missions import (
    FACT,
    gift,
    need,
    offer,
    trust_fund,
    usd,
)
from paid_missions import (
    RATES,
    cents,
    euro,
    head,
    one_unit,
    paid,
    planned,
    rate,
    spent,
)


@pytest.mark.parametrize(
    ("price_cents", "support_cents"),
    [
        (50, 6),  # 6.50 to the even 6
        (150, 20),  # 19.50 to the even 20
        (250, 32),  # 32.50 to the even 32
        (350, 46),  # 45.50 to the even 46
        (151, 20),  # 19.63
        (149, 19),  # 19.37
        (1, 0),
    ],
)
def test_support_cost_is_rounded_half_to_even(price_cents: int, support_cents: int) -> None:
    found = planned(
        one_unit(1, fund_row=trust_fund(support="0.13")),
        gift("G", "BBB", 1_000),
        [head("H", "unit_month"), rate("r", "H", cents(price_cents))],
    )
    assert spent(found) == {("2024-03", "H"): (price_cents, support_cents)}
    assert paid(found) == {("2024-03", "-"): price_cents + support_cents}


def test_support_cost_is_rounded_once_for_a_line_of_several_units() -> None:
    """Three units at 50 cents: 13 per cent of 1.50 is 19.5, to the even 20; not 3 × 6."""
    rows = [
        row
        for row in one_unit(1, fund_row=trust_fund(support="0.13"))
        if not isinstance(row, pledge.Offer)
    ]
    found = planned(
        [row for row in rows if getattr(row, "code", "") != "R"],
        need("R", "police", "S", 300),
        offer("O", "AAA", "police", 100, units=3),
        gift("G", "BBB", 1_000),
        [head("H", "unit_month"), rate("r", "H", cents(50))],
    )
    assert spent(found) == {("2024-03", "H"): (150, 20)}


@pytest.mark.parametrize(
    ("euro_cents", "dollar_cents"),
    [
        (105, 126),  # 126.0
        (112, 134),  # 134.4
        (113, 136),  # 135.6
    ],
)
def test_prices_are_exchanged_and_rounded_before_they_are_multiplied(
    euro_cents: int, dollar_cents: int
) -> None:
    found = planned(
        one_unit(1),
        RATES,
        gift("G", "BBB", 1_000),
        [head("H", "person_month"), rate("r", "H", euro(euro_cents))],
    )
    assert spent(found) == {("2024-03", "H"): (dollar_cents * 100, 0)}


@pytest.mark.parametrize(("euro_cents", "dollar_cents"), [(105, 116), (115, 126)])
def test_prices_are_rounded_half_to_even(euro_cents: int, dollar_cents: int) -> None:
    """1.05 × 1.10 = 1.155 to the even 1.16; 1.15 × 1.10 = 1.265 to the even 1.26."""
    found = planned(
        one_unit(1),
        RATES[:1],
        gift("G", "BBB", 1_000),
        [head("H", "person_month"), rate("r", "H", euro(euro_cents))],
    )
    assert spent(found) == {("2024-03", "H"): (dollar_cents * 100, 0)}


def test_the_most_special_rate_then_the_newest_counts() -> None:
    """For the unit 7; for all 5, and from April 6; for police, more special than all, 8 at S."""
    rates = [
        rate("a", "A", usd(5)),
        rate("b", "A", usd(6), from_on=date(2024, 4, 1)),
        rate("c", "A", usd(9), from_on=date(2024, 4, 2)),
        rate("d", "B", usd(7), offer="O"),
        rate("e", "B", usd(1), capability="police", site="S", from_on=date(2024, 3, 1)),
        rate("f", "C", usd(8), capability="police"),
        rate("g", "C", usd(2), site="S", from_on=date(2024, 3, 1)),
        rate("h", "C", usd(3), offer="OTHER"),
    ]
    other = offer("OTHER", "AAA", "police", 100, available_from_on=date(2025, 1, 1))
    heads = [head(code, "unit_month") for code in "ABC"]
    found = planned(one_unit(2), other, gift("G", "BBB", 1_000), [*heads], [*rates])
    assert spent(found) == {
        ("2024-03", "A"): (500, 0),
        ("2024-04", "A"): (600, 0),
        ("2024-03", "B"): (700, 0),
        ("2024-04", "B"): (700, 0),
        ("2024-03", "C"): (800, 0),
        ("2024-04", "C"): (800, 0),
    }


def test_each_way_of_counting() -> None:
    """30 people, 4 tonnes, two kinds of equipment brought: 3 at 10 and 1 at 100."""
    heads = [
        "person_month", "unit_month", "equipment_month", "person_arrival", "unit_arrival",
        "tonne_arrival", "site_month",
    ]  # fmt: skip
    kinds = [requirement.EquipmentType(code=code, title=code, **FACT) for code in ("APC", "HELI")]
    brings = [
        pledge.OfferEquipment(offer="O", equipment_type="APC", quantity=5, brings=3, **FACT),
        pledge.OfferEquipment(offer="O", equipment_type="HELI", quantity=1, brings=1, **FACT),
    ]
    rows = [row for row in one_unit(1, people=30) if not isinstance(row, pledge.Offer)]
    found = planned(
        rows,
        offer("O", "AAA", "police", 30, cargo_tonnes=4),
        gift("G", "BBB", 100_000),
        [*kinds],
        [*brings],
        [head(counted, counted) for counted in heads],
        [rate(counted, counted, usd(10)) for counted in heads],
        [rate("heli", "equipment_month", usd(100), equipment_type="HELI")],
    )
    assert {key[1]: amount for key, (amount, _) in spent(found).items()} == {
        "person_month": 30_000,
        "unit_month": 1_000,
        "equipment_month": 13_000,
        "person_arrival": 30_000,
        "unit_arrival": 1_000,
        "tonne_arrival": 4_000,
        "site_month": 1_000,
    }
