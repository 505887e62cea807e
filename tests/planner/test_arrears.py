"""What a contributor is owed from before counts against what it will advance."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given

from konbit.dossier.checks import check
from konbit.dossier.tables.arrears import ClaimStanding
from konbit.dossier.tables.pledge import ContributorTerm
from konbit.planner import plan
from limited_missions import arrived, owed, plain
from missions import AS_OF, FACT, dossier, usd
from never_worse import laws, never_worse, planned
from small_missions import small_missions

if TYPE_CHECKING:
    from konbit.dossier import Row

MONTHS = ("2024-03", "2024-04", "2024-05", "2024-06")
# Two units are owed 200,000 a month; AAA waits two months, so this is just enough for both.
LIMIT = ContributorTerm(
    organisation="AAA", prefinancing_limit=usd(400_000), reimbursement_lag_months=2, **FACT
)


def units(*claims: Row) -> list[int]:
    found = planned([*plain(), LIMIT, *claims])
    there = {row.month: row.units for row in found.presence}
    assert found.is_verified
    return [there.get(month, 0) for month in MONTHS]


@pytest.mark.parametrize(
    ("told", "months"),
    [
        ({}, 1),  # for February: paid after two months, from April on
        ({"claimed": usd(900_000)}, 1),  # more than the limit
        ({"approved": usd(0)}, 0),  # rejected
        ({"approved": usd(400_000), "claimed": usd(900_000)}, 1),
        ({"claimed": usd(900_000), "paid": usd(500_000)}, 1),
        ({"approved": usd(90_000), "paid": usd(100_000)}, 0),
        ({"served_until_on": date(2024, 2, 2)}, 1),
        ({"served_until_on": date(2024, 2, 1)}, 2),  # for January: late, so one more delay
        ({"served_until_on": date(2020, 1, 1)}, 2),
        ({"expected_on": date(2024, 2, 16)}, 0),
        ({"expected_on": date(2024, 4, 1)}, 1),
        ({"expected_on": date(2024, 4, 2)}, 2),
        ({"expected_on": date(2030, 1, 1)}, 4),
        ({"expected_on": AS_OF, "served_until_on": date(2020, 1, 1)}, 2),  # a day that is over
        ({"contributor": "BBB"}, 0),
        ({"on": date(2024, 2, 16)}, 0),  # after the as-of day
        ({"used": False}, 0),
    ],
)
def test_nobody_comes_in_the_months_in_which_the_whole_limit_is_owed(
    told: dict[str, Any], months: int
) -> None:
    assert units(owed(400_000, **told)) == [0] * months + [2] * (4 - months)


@pytest.mark.parametrize(
    ("dollars", "first"), [(200_000, 2), (200_001, 1), (300_000, 1), (300_001, 0), (400_000, 0)]
)
def test_as_many_come_as_what_is_left_pays_for(dollars: int, first: int) -> None:
    assert units(owed(dollars)) == [first, 2, 2, 2]


def test_claims_add_up_and_of_each_the_latest_day_counts() -> None:
    before = owed(400_000, on=date(2024, 1, 31))
    now = owed(400_000, paid=usd(250_000))
    other = owed(60_000, claim="C-2")
    assert units(before) == [0, 2, 2, 2]
    assert units(now, before) == [2, 2, 2, 2]
    assert units(now, before, other) == [1, 2, 2, 2]


def test_who_states_no_limit_is_not_held_back() -> None:
    found = planned([*plain(), owed(10**9)])
    assert found.covered_points == found.needed_points


def test_who_is_there_goes_home_when_its_contributor_can_carry_no_more() -> None:
    """One unit's pay is all that is left for two months; who went home does not come back."""
    rows = [*plain(), arrived(2), LIMIT, owed(300_000, expected_on=date(2024, 5, 1))]
    found = plan(dossier(rows), AS_OF, explain=False, calls=False)
    assert [row.units for row in found.presence] == [1, 0, 0, 0][: len(found.presence)]
    assert [row.reason for row in found.coverage][:2] == ["arrears", "arrears"]


@laws
@given(small_missions())
def test_smaller_arrears_never_make_a_worse_plan(rows: list[Row]) -> None:
    claims = [owed(50_000, claim="C-9"), owed(30_000, claim="C-8")]
    less = [owed(20_000, claim="C-9")]
    never_worse([*rows, *claims], [*rows, *less])


@laws
@given(small_missions())
def test_a_higher_limit_never_makes_a_worse_plan(rows: list[Row]) -> None:
    term = replace(LIMIT, prefinancing_limit=usd(100_000))
    others = [row for row in rows if not isinstance(row, ContributorTerm)]
    claim = owed(40_000, claim="C-9")
    never_worse([*others, term, claim], [*others, LIMIT, claim])


@laws
@given(small_missions())
def test_claims_that_are_paid_leave_the_plan_as_it_was(rows: list[Row]) -> None:
    without = [row for row in rows if not isinstance(row, ClaimStanding)]
    before, after = planned(without), planned([*without, owed(5_000, paid=usd(5_000))])
    assert after.presence == before.presence
    assert after.payments == before.payments
    assert after.coverage == before.coverage


@pytest.mark.parametrize(
    ("rows", "codes"),
    [
        ([owed(1)], {"arrears-without-limit"}),
        ([LIMIT, owed(400_000)], set()),
        ([LIMIT, owed(400_001)], {"arrears-above-limit"}),
        ([LIMIT, owed(900_000, paid=usd(500_000))], set()),
        ([LIMIT, owed(900_000, approved=usd(1), paid=usd(2))], {"paid-above-approved"}),
        ([owed(5, approved=usd(0))], set()),
    ],
)
def test_what_is_odd_about_claims_is_told(rows: list[Row], codes: set[str]) -> None:
    told = {found.code for found in check(dossier([*plain(), *rows]), AS_OF)}
    known = {"arrears-without-limit", "arrears-above-limit", "paid-above-approved"}
    assert told & known == codes
