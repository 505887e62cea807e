"""What falls due, is set aside and is advanced: every number was worked by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from konbit.dossier.tables import fund, pledge, requirement
from limited_missions import arrived, plain
from missions import (
    FACT,
    gift,
    price,
    trust_fund,
    usd,
)
from paid_missions import (
    MONTHS,
    head,
    one_unit,
    paid,
    planned,
    rate,
    spent,
)

if TYPE_CHECKING:
    from konbit.dossier import Row


def coming_and_going(cash: int) -> list[Row | list[Row]]:
    """Arrival 30, 10 a month (20 from May), way home 40 (50 from May), three months at least."""
    return [
        one_unit(4, stay=3),
        gift("G", "BBB", cash),
        price("come", "unit_arrival", 30),
        price("home", "unit_departure", 40),
        price("stay", "unit_month", 10),
        [
            rate("home-may", "home", usd(50), from_on=date(2024, 5, 1)),
            rate("stay-may", "stay", usd(20), from_on=date(2024, 5, 1)),
        ],
    ]


def test_the_rest_of_the_stay_and_the_way_home_are_set_aside() -> None:
    """At the end of March: way home in April 40, April 10, May 20. Of April: 50 and May 20."""
    found = planned(*coming_and_going(1_000))
    assert paid(found) == {
        ("2024-03", "-"): 4_000,
        ("2024-04", "-"): 1_000,
        ("2024-05", "-"): 2_000,
        ("2024-06", "-"): 2_000,
    }
    assert paid(found, "aside") == {
        ("2024-03", "-"): 7_000,
        ("2024-04", "-"): 7_000,
        ("2024-05", "-"): 5_000,
        ("2024-06", "-"): 5_000,
    }
    assert [row.set_aside for row in found.cash] == [usd(70), usd(70), usd(50), usd(50)]


@pytest.mark.parametrize(
    ("cash", "months"),
    [
        (140, 4),  # 30 + 10 + 10 + 20 + 20, and 50 kept for the way home in July
        (139, 3),  # 30 + 10 + 10 + 20, and 50 for the way home in June
        (120, 3),
        (119, 0),  # beginning later costs more: the dearer months of its stay come along
        (0, 0),
    ],
)
def test_nobody_starts_who_could_not_be_kept_and_brought_home(cash: int, months: int) -> None:
    found = planned(*coming_and_going(cash))
    assert len([row for row in found.presence if row.units]) == months
    assert [row.month for row in found.presence if row.departing_units] == (
        ["2024-06"] if months == 3 else []
    )


def test_the_way_home_of_those_there_at_the_start_is_not_charged_again() -> None:
    found = planned(*coming_and_going(45), arrived(1))
    assert paid(found) == {
        ("2024-03", "-"): 1_000,
        ("2024-04", "-"): 1_000,
        ("2024-05", "-"): 2_000,
    }
    assert paid(found, "aside") == {}


@pytest.mark.parametrize(
    ("limit", "units"),
    [
        (400_000, [2, 2, 2, 2]),
        (399_999, [1, 1, 1, 2]),  # in the last month the second is owed one month's pay only
        (200_000, [1, 1, 1, 1]),
        (199_999, [0, 0, 0, 1]),
        (99_999, [0, 0, 0, 0]),
    ],
)
def test_a_contributor_advances_no_more_than_its_limit(limit: int, units: list[int]) -> None:
    """Two months' pay are outstanding at any time; support cost is not what it advances."""
    term = pledge.ContributorTerm(
        organisation="AAA", prefinancing_limit=usd(limit), reimbursement_lag_months=2, **FACT
    )
    rows = [
        trust_fund(support="0.13") if isinstance(row, fund.Fund) else row for row in plain(stay=4)
    ]
    there = {row.month: row.units for row in planned(rows, term).presence}
    assert [there.get(month, 0) for month in MONTHS] == units


def test_what_is_not_reimbursed_is_no_advance() -> None:
    rows = [
        replace(row, reimbursable=False) if isinstance(row, fund.CostHead) else row
        for row in plain()
    ]
    term = pledge.ContributorTerm(
        organisation="AAA", prefinancing_limit=usd(1), reimbursement_lag_months=2, **FACT
    )
    assert planned(rows, term).covered_points == 400_000


def test_a_building_is_paid_when_it_is_ordered() -> None:
    """Beds for 100 more cost 5,000 and 650 support cost in March; usable in May."""
    rows = [
        trust_fund(support="0.13") if isinstance(row, fund.Fund) else row for row in plain(beds=100)
    ]
    option = requirement.BuildingOption(
        code="TENTS",
        title="Tents",
        site="S",
        adds_persons=100,
        lead_time_months=2,
        cost=usd(5_000),
        cost_head="building",
        **FACT,
    )
    found = planned(rows, option, head("building", "building"))
    assert spent(found)["2024-03", "building"] == (500_000, 65_000)
    assert [row.usable_from for row in found.building_orders] == ["2024-05"]
    assert [row.share for row in found.coverage] == [5_000, 5_000, 10_000, 10_000]


def test_the_contributor_or_a_donor_pays_without_cash_of_the_fund() -> None:
    """Under the model the contributor pays the stay, a donor the way in; the fund is empty."""
    rules = [
        fund.PayerRule(funding_model="M", cost_head="stay", payer="contributor", **FACT),
        fund.PayerRule(funding_model="M", cost_head="come", payer="bilateral", **FACT),
    ]
    found = planned(
        one_unit(2, fund_row=trust_fund(support="0.13")),
        fund.FundingModel(code="M", title="M", **FACT),
        [*rules],
        price("come", "unit_arrival", 30),
        price("stay", "unit_month", 10),
    )
    assert found.payments == ()
    assert {(row.cost_head, row.payer) for row in found.obligations} == {
        ("stay", "contributor"),
        ("come", "bilateral"),
    }
    assert spent(found) == {
        ("2024-03", "come"): (3_000, 0),
        ("2024-03", "stay"): (1_000, 0),
        ("2024-04", "stay"): (1_000, 0),
    }
