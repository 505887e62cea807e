"""Laws of rotation and wear that every plan keeps, whatever the mission."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from konbit.dossier.tables.pledge import Offer, UnitEvent
from konbit.dossier.tables.requirement import Serviceability
from konbit.planner import plan
from konbit.terms import Month
from missions import AS_OF, FACT, dossier
from small_missions import small_missions

if TYPE_CHECKING:
    from konbit.dossier import Row
    from konbit.dossier.plan import Plan

laws = settings(
    max_examples=25,
    deadline=None,  # a plan takes as long as its search takes
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
ENDLESS = 500  # months: no tour is over


def planned(rows: list[Row]) -> Plan:
    found = plan(dossier(rows), AS_OF, explain=False, calls=False)
    assert [check for check in found.verification if check.violated] == []
    return found


def touring(rows: list[Row], **tour: Any) -> list[Row]:
    """The same mission, whose offers all have a tour."""
    return [replace(row, **tour) if isinstance(row, Offer) else row for row in rows]


def worn(*shares: str) -> list[Row]:
    return [
        Serviceability(
            capability="police", since_arrival_months=months, share=Decimal(share), **FACT
        )
        for months, share in enumerate(shares, start=1)
    ]


def never_worse(worse: list[Row], better: list[Row]) -> None:
    """The bound of the better mission is not below the other's plan, its plan within its gap."""
    before, after = planned(worse), planned(better)
    coverage = after.stages[0]
    assert coverage.bound + 1 >= before.covered_points
    shortfall = before.covered_points - after.covered_points
    assert shortfall <= coverage.bound - coverage.value + len(after.coverage) * 100


RELIEF = st.sampled_from(
    [{}, {"overlap_months": 1}, {"gap_months": 1}, {"gap_months": 2}, {"overlap_months": 2}]
)


@laws
@given(small_missions(), st.integers(3, 5), RELIEF)
def test_every_contingent_leaves_within_its_tour_and_all_add_up(
    rows: list[Row], tour: int, relief: dict[str, int]
) -> None:
    found = planned(touring(rows, tour_months=tour, **relief))
    there: dict[tuple[str, Month], int] = {}
    for row in found.contingents:
        until = Month.parse(row.until) if row.until else found.until_month
        arrived, due = Month.parse(row.arrived), Month.parse(row.due)
        assert arrived < until <= due
        if row.kind != "there":
            assert due == arrived + tour
        for step in range(until - max(arrived, found.first_month)):
            month = max(arrived, found.first_month) + step
            there[row.unit, month] = there.get((row.unit, month), 0) + row.strength_persons
    present: dict[tuple[str, Month], int] = {}
    for stay in found.presence:
        key = (stay.unit, Month.parse(stay.month))
        present[key] = present.get(key, 0) + stay.strength_persons
    assert {k: n for k, n in there.items() if n} == {k: n for k, n in present.items() if n}


@laws
@given(small_missions(), st.integers(1, 4), st.integers(1, 3))
def test_a_longer_tour_never_makes_a_worse_plan(rows: list[Row], tour: int, more: int) -> None:
    never_worse(touring(rows, tour_months=tour), touring(rows, tour_months=tour + more))


@laws
@given(small_missions())
def test_a_tour_beyond_the_plan_is_no_tour(rows: list[Row]) -> None:
    without, endless = planned(rows), planned(touring(rows, tour_months=ENDLESS))
    assert endless.presence == without.presence
    assert endless.payments == without.payments
    assert endless.coverage == without.coverage


@laws
@given(small_missions(), st.integers(2, 4))
def test_an_overlap_never_makes_a_better_plan(rows: list[Row], tour: int) -> None:
    """Of units to come: those already there are given the months of the overlap to be relieved."""
    coming = [row for row in rows if not isinstance(row, UnitEvent)]
    without = touring(coming, tour_months=tour)
    never_worse(touring(coming, tour_months=tour, overlap_months=1), without)


@laws
@given(small_missions())
def test_wear_never_makes_a_better_plan(rows: list[Row]) -> None:
    staying = worn("1", "1")  # opening units stay where they stand in both
    never_worse([*rows, *worn("0.9", "0.6")], [*rows, *staying])


@laws
@given(small_missions(), st.integers(2, 4))
def test_relief_is_the_better_the_more_is_worn(rows: list[Row], tour: int) -> None:
    """Under wear a mission with relief is not worse than the same with more wear."""
    relieved = touring(rows, tour_months=tour)
    never_worse([*relieved, *worn("0.8", "0.5")], [*relieved, *worn("0.9", "0.6")])


@laws
@given(small_missions(), st.integers(3, 5), RELIEF)
def test_the_order_of_rows_changes_no_byte(
    rows: list[Row], tour: int, relief: dict[str, int]
) -> None:
    turning = [*touring(rows, tour_months=tour, **relief), *worn("0.9")]
    assert planned(turning).digest == planned(turning[::-1]).digest
