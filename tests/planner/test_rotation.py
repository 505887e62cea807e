"""Tours, overlap, gaps and wear: every number was worked by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from konbit.dossier.plan import FULL
from konbit.dossier.tables import pledge, requirement
from konbit.dossier.tables.mandate import Ceiling
from konbit.planner import plan
from konbit.planner.pools import pool_stocks
from konbit.planner.sets import build_world
from konbit.terms import Month
from missions import AS_OF, FACT, dossier, need, offer, place
from rotating_missions import boat, came, owed, people, planned, rotating, stays, wear

if TYPE_CHECKING:
    from konbit.dossier import Row

MARCH, LAST = Month(2024, 3), 18


def months(*steps: int) -> tuple[str, ...]:
    """Months counted from March 2024, the first planned."""
    return tuple(str(MARCH + step) for step in steps)


def shares(rows: list[Row]) -> list[int]:
    return [row.share for row in planned(rows).coverage]


def test_a_unit_with_a_tour_of_six_months_is_relieved_twice_in_eighteen() -> None:
    found = planned(rotating(support="0.07", tour_months=6))
    first, second, third = months(0, 6, 12)
    assert stays(found) == [
        ("first", first, second),
        ("relief", second, third),
        ("relief", third, ""),
    ]
    assert [row.due for row in found.contingents] == [second, third, str(MARCH + LAST)]
    assert people(found) == [100] * LAST
    # 100 × 333 × 1.07 each way in; 100 × 200 × 1.07 home; equipment neither comes nor goes
    assert owed(found, "in") == {first: 3_563_100, second: 3_563_100, third: 3_563_100}
    assert owed(found, "home") == {second: 2_140_000, third: 2_140_000}
    assert owed(found, "set-up") == {first: 749_000}
    assert owed(found, "strike") == {}
    assert set(owed(found, "pay").values()) == {10_700_000}


def test_the_last_contingent_and_the_unit_are_brought_home_when_it_leaves() -> None:
    """Offered for eight months only: relieved once, home with all it has in the ninth."""
    found = planned(rotating(tour_months=6, available_until_on=date(2024, 11, 1)))
    assert stays(found) == [("first", *months(0, 6)), ("relief", *months(6, 8))]
    assert owed(found, "home") == dict.fromkeys(months(6, 8), 2_000_000)
    assert owed(found, "strike") == dict.fromkeys(months(8), 500_000)


def test_reliefs_take_seats() -> None:
    """A boat for 60 cannot bring the relief of 100, but the first contingent came without it."""
    on = date(2024, 2, 10)
    here = [*rotating(tour_months=6), came("O", on)]
    assert stays(planned([*here, boat(100)]))[1] == ("relief", *months(5, 11))
    small = planned([*here, boat(60)])
    assert stays(small) == [("there", "2024-02", *months(5))]
    assert len(small.presence) == 6  # five months there, and the month in which it has left
    held = plan(dossier([*here, boat(60)]), AS_OF, explain=False, calls=False).coverage
    assert {row.reason for row in held if row.share < FULL} == {"lift"}


def test_an_overlap_needs_beds_and_pay_for_both() -> None:
    found = planned(rotating(tour_months=6, overlap_months=1))
    kept = stays(found)
    assert kept[:2] == [("first", *months(0, 6)), ("relief", *months(5, 11))]
    assert len(kept) == 4  # three reliefs: each tour of six leaves five months alone
    twice = [str(MARCH + t) for t, there in enumerate(people(found)) if there == 200]
    assert twice == [arrived for kind, arrived, _ in kept if kind == "relief"]
    assert owed(found, "pay") == {
        str(MARCH + t): 10_000_000 * (2 if str(MARCH + t) in twice else 1) for t in range(LAST)
    }
    assert set(owed(found, "kit").values()) == {5_000}  # the equipment is there once
    assert list(owed(found, "home")) == [until for _, _, until in kept if until]
    deployed = {row.month: row.deployed_persons for row in found.headcounts if row.kind == "plan"}
    assert [month for month, there in deployed.items() if there == 200] == twice


def test_without_beds_for_two_contingents_the_unit_goes_home_after_its_tour() -> None:
    found = planned(rotating(beds=199, tour_months=6, overlap_months=1))
    assert stays(found) == [("first", *months(0, 6))]


def test_a_ceiling_counts_both_contingents_of_an_overlap() -> None:
    cap = Ceiling(
        code="C", component="police", strength_persons=199, from_on=date(2024, 1, 1), **FACT
    )
    assert len(stays(planned([*rotating(tour_months=6, overlap_months=1), cap]))) == 1
    assert len(stays(planned([*rotating(tour_months=6), cap]))) == 3


def test_a_gap_loses_coverage_and_pay_but_keeps_the_place() -> None:
    found = planned(rotating(tour_months=6, gap_months=1))
    first, second, third, end = months(0, 6, 7, 13)
    assert stays(found) == [
        ("first", first, second),
        ("relief", third, end),
        ("relief", *months(14), ""),
    ]
    empty = [6, 13]
    assert people(found) == [0 if t in empty else 100 for t in range(LAST)]
    assert [row.units for row in found.presence] == [1] * LAST
    assert [row.share for row in found.coverage] == [0 if t in empty else FULL for t in range(LAST)]
    assert set(owed(found, "pay")) == {str(MARCH + t) for t in range(LAST) if t not in empty}
    assert len(owed(found, "kit")) == LAST
    assert list(owed(found, "home")) == [second, end]
    assert list(owed(found, "in")) == [first, third, *months(14)]


def test_a_place_kept_is_not_given_to_others() -> None:
    """In the month of the gap there is a bed free that nobody may sleep in."""
    other = offer("P", "AAA", "police", 100, quantity=1)
    found = planned([*rotating(months=8, beds=199, tour_months=6, gap_months=1), other])
    assert {row.unit for row in found.presence} == {"O"}


def test_wear_lowers_coverage_by_the_exact_ten_thousandths() -> None:
    assert shares([*rotating(months=8), *wear()]) == [FULL] * 3 + [9_000] * 2 + [7_777] * 3


def test_relief_brings_back_what_is_worn() -> None:
    """Every third month a fresh contingent, though its tour would be six."""
    rows = [*rotating(months=8, tour_months=6), *wear()]
    found = planned(rows)
    assert [row.share for row in found.coverage] == [FULL] * 8
    assert [arrived for kind, arrived, _ in stays(found) if kind == "relief"] == [*months(3, 6)]


def test_wear_is_rounded_down_once_for_all_units_together() -> None:
    """Three units of 7, worn to 0.33335 each: 21 × 0.33335 = 7.00035, of 10: 7,000 parts."""
    rows = [
        *rotating(months=3)[:3],
        *place("S", 100),
        need("R", "police", "S", 10),
        offer("O", "AAA", "police", 7, units=3),
        came("O", date(2024, 2, 1), 3),
        *wear([("1", "0.33335")]),
    ]
    found = planned(rows)
    assert [row.share for row in found.coverage] == [7_000] * 3
    assert [row.present for row in found.coverage] == [7] * 3


def test_contingents_already_there_wear_since_they_came() -> None:
    """Here since December: in March three months, in May five; it does not move elsewhere."""
    rows = [*rotating(months=4), came("O", date(2023, 12, 20)), *wear()]
    assert shares(rows) == [9_000, 9_000, 7_777, 7_777]


def test_the_way_home_of_those_already_there_is_paid_once_and_that_of_each_relief() -> None:
    found = planned([*rotating(tour_months=6), came("O", date(2023, 10, 3))])
    assert stays(found) == [
        ("there", "2023-10", *months(1)),
        ("relief", *months(1, 7)),
        ("relief", *months(7, 13)),
        ("relief", *months(13), ""),
    ]
    assert owed(found, "in") == dict.fromkeys(months(1, 7, 13), 3_330_000)
    assert owed(found, "home") == dict.fromkeys(months(1, 7, 13), 2_000_000)
    assert owed(found, "set-up") == owed(found, "strike") == {}
    assert [row for row in found.payments if row.kind == "aside"] == []


def test_in_an_overlap_the_way_home_of_one_contingent_too_many_is_set_aside() -> None:
    rows = [*rotating(months=6, tour_months=6, overlap_months=2), came("O", date(2023, 11, 3))]
    found = planned(rows)
    assert stays(found) == [("there", "2023-11", *months(2)), ("relief", *months(0), "")]
    asides = {row.month: row.amount for row in found.payments if row.kind == "aside"}
    assert {month: money.amount_minor for month, money in asides.items() if money} == dict.fromkeys(
        months(0, 1), 2000000
    )


def due_of(*rows: Row, **tour: Any) -> dict[str, list[int]]:
    """Month indices by which contingents already there must be gone, by unit."""
    known = dossier([*rotating(beds=900, **tour), *rows]).known_on(AS_OF)
    return {unit.code: list(unit.due) for unit in build_world(known, AS_OF, "").units if unit.due}


def lead(stage: str, following: str, likely: int) -> pledge.LeadTime:
    return pledge.LeadTime(
        stage_from=stage,
        stage_to=following,
        low_months=likely,
        likely_months=likely,
        high_months=likely,
        **FACT,
    )


def test_tours_long_over_end_as_fast_as_lift_relieves_them() -> None:
    """Four contingents of 100, the oldest first, by a boat for 150: 150, 300, 450 seats in all."""
    long_ago = [came("O", date(2022, 5, 1)), came("P", date(2022, 6, 1), 2)]
    recent = came("Q", date(2024, 2, 1))
    offers = [
        offer("P", "AAA", "police", 100, units=2, tour_months=6),
        offer("Q", "AAA", "police", 100, tour_months=6),
    ]
    rows = [*long_ago, recent, *offers]
    assert due_of(*rows, boat(150), tour_months=6) == {"O@S": [0], "P@S": [1, 1], "Q@S": [5]}
    assert due_of(*rows, tour_months=6) == {"O@S": [0], "P@S": [0, 0], "Q@S": [5]}
    # a boat too small for anybody: nobody is sent home before another tour is over
    assert due_of(*rows, boat(1), tour_months=6) == {"O@S": [6], "P@S": [6, 6], "Q@S": [6]}


def test_relief_of_those_already_there_takes_the_steps_after_the_agreement() -> None:
    steps = [
        lead("offered", "notified", 7),
        lead("agreed", "loaded", 2),
        lead("loaded", "arrived", 1),
    ]
    old = came("O", date(2022, 5, 1))
    assert due_of(old, *steps, tour_months=6) == {"O@S": [2]}
    assert due_of(old, *steps, tour_months=6, overlap_months=1) == {"O@S": [3]}


def test_of_several_arrivals_those_who_came_last_are_there() -> None:
    events = [
        came("P", date(2023, 3, 1), 2),
        came("P", date(2023, 9, 1), 1),
        pledge.UnitEvent(
            code="P-home", offer="P", stage="departed", on=date(2023, 10, 1), units=2, site="S",
            **{**FACT, "known_on": date(2023, 10, 1)},
        ),
    ]  # fmt: skip
    shared = offer("P", "AAA", "police", 100, units=4, tour_months=12)
    assert due_of(*events, shared) == {"P@S": [6]}  # September 2023 and twelve months


def test_relief_stays_with_the_units_that_stay() -> None:
    """Two units that came a month apart are relieved a month apart, the oldest first."""
    rows = [
        *rotating(months=8)[:3],
        *place("S", 500),
        need("R", "police", "S", 200),
        offer("O", "AAA", "police", 100, units=2, tour_months=4),
        boat(100),
    ]
    assert stays(planned(rows)) == [
        ("first", *months(0, 4)),
        ("first", *months(1, 5)),
        ("relief", *months(4), ""),
        ("relief", *months(5), ""),
    ]


@pytest.mark.parametrize(
    ("more", "stock"),
    [
        ({}, (9, 9, 9, 9)),
        ({"monthly_loss_share": Decimal("0.1")}, (9, 8, 7, 6)),
        ({"monthly_loss_share": Decimal("0.2"), "lowest_share": Decimal("0.55")}, (9, 7, 5, 5)),
        # begun in January, two months before the plan: 0.9 − 2 × 0.15, then on
        ({"monthly_loss_share": Decimal("0.15"), "from_on": date(2024, 1, 1)}, (6, 4, 3, 1)),
        ({"monthly_loss_share": Decimal("0.1"), "from_on": date(2024, 4, 2)}, (0, 0, 9, 8)),
        ({"monthly_loss_share": Decimal(1)}, (9, 0, 0, 0)),
    ],
)
def test_a_pool_wears_down_month_by_month(more: dict[str, Any], stock: tuple[int, ...]) -> None:
    pool = requirement.EquipmentPool(
        code="P",
        equipment_type="APC",
        quantity=10,
        serviceable_share=Decimal("0.9"),
        **more,
        **FACT,
    )
    planned_months = [MARCH + t for t in range(4)]
    assert pool_stocks(dossier([pool]), planned_months) == {"APC": stock}


def test_a_worn_pool_holds_a_unit_back() -> None:
    """A unit needs six of ten vehicles; one breaks each month, so that six are left in July."""
    rows = [
        *rotating(months=7),
        requirement.EquipmentType(code="APC", title="Armoured carrier", **FACT),
        pledge.OfferEquipment(offer="O", equipment_type="APC", quantity=6, brings=0, **FACT),
        requirement.EquipmentPool(
            code="POOL",
            equipment_type="APC",
            quantity=10,
            monthly_loss_share=Decimal("0.1"),
            **FACT,
        ),
    ]
    assert shares(rows) == [FULL] * 5 + [0] * 2


def test_a_tour_beyond_the_plan_changes_nothing() -> None:
    without = planned(rotating(months=6))
    with_tour = planned(rotating(months=6, tour_months=6))
    assert with_tour.presence == without.presence
    assert with_tour.payments == without.payments
    assert without.contingents == ()
    assert stays(with_tour) == [("first", *months(0), "")]
