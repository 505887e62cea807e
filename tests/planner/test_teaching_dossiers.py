"""The two missions planned by hand come out as their pages say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from konbit import package
from konbit.dossier import Dossier
from konbit.dossier.tables import fund, pledge, requirement
from konbit.planner import plan
from konbit.terms import Money

if TYPE_CHECKING:
    from collections.abc import Callable

    from konbit.dossier import Row
    from konbit.dossier.plan import Plan

DOSSIERS = Path(__file__).parents[2] / "dossiers"
AS_OF = date(2026, 1, 15)
MONTHS = ("2026-02", "2026-03", "2026-04", "2026-05", "2026-06", "2026-07")


def read(name: str) -> Dossier:
    reading = package.read(DOSSIERS / name)
    assert reading.dossier is not None
    return reading.dossier


def planned(whole: Dossier) -> Plan:
    found = plan(whole, AS_OF, explain=False, calls=False)
    assert found.is_verified
    return found


def without(whole: Dossier, *changes: Callable[[Row], Row | None]) -> Dossier:
    """The dossier with limits changed or taken away, row by row."""
    rows = list(whole.all_rows)
    for change in changes:
        rows = [new for row in rows if (new := change(row)) is not None]
    return Dossier.of(rows)


def lifted(name: str) -> dict[str, int]:
    """What the plan says that it would gain, by family of limits lifted."""
    found = plan(read(name), AS_OF, calls=False)
    return {row.family: row.gain_points for row in found.relaxations}


def usd(dollars: int) -> Money:
    return Money(dollars * 100, "USD")


def shares(found: Plan, requirement_code: str) -> list[int]:
    rows = {row.month: row.share for row in found.coverage if row.requirement == requirement_code}
    return [rows[month] for month in MONTHS]


def no_earmark(row: Row) -> Row:
    return replace(row, earmark="") if isinstance(row, fund.Contribution) else row


def much_money(row: Row) -> Row:
    """A hundred times what was given, for any purpose."""
    if isinstance(row, fund.ContributionEvent) and row.amount is not None:
        return replace(row, amount=Money(row.amount.amount_minor * 100, row.amount.currency))
    return no_earmark(row)


def many_beds(row: Row) -> Row:
    return replace(row, capacity_persons=1_000) if isinstance(row, requirement.Site) else row


def no_lift(row: Row) -> Row | None:
    return None if isinstance(row, requirement.Lift) else row


def no_enabler(row: Row) -> Row | None:
    return None if isinstance(row, requirement.Enabler) else row


def more_companies(row: Row) -> Row:
    return replace(row, unit_count=row.unit_count + 3) if isinstance(row, pledge.Offer) else row


def test_harbour_pays_the_company_of_beland_for_three_months() -> None:
    found = planned(read("harbour"))
    assert (found.covered_points, found.needed_points) == (80_000, 600_000)
    assert shares(found, "need-patrol") == [0, 4_000, 4_000, 0, 0, 0]
    there = [row for row in found.presence if row.units]
    assert [(row.month, row.offer, row.strength_persons) for row in there] == [
        ("2026-02", "BBB-company", 80),
        ("2026-03", "BBB-company", 80),
        ("2026-04", "BBB-company", 80),
    ]
    assert [row.operational_units for row in there] == [0, 1, 1]


def test_harbour_cash_month_by_month() -> None:
    found = planned(read("harbour"))
    assert {row.earmark for row in found.cash} == {"for-BBB"}
    assert [row.used for row in found.cash] == [*[usd(88_000)] * 3, *[usd(0)] * 3]
    assert [row.set_aside for row in found.cash] == [usd(176_000), usd(88_000), *[usd(0)] * 4]
    assert found.cash[-1].closing == usd(76_000)
    assert [(row.amount, row.support_cost) for row in found.obligations] == [
        (usd(80_000), usd(8_000))
    ] * 3


@pytest.mark.parametrize(
    ("changes", "points"),
    [
        ((no_earmark,), 100_000),
        ((much_money,), 250_000),
        ((many_beds,), 80_000),
        ((many_beds, much_money), 500_000),
    ],
)
def test_harbour_without_some_of_its_limits(
    changes: tuple[Callable[[Row], Row | None], ...], points: int
) -> None:
    assert planned(without(read("harbour"), *changes)).covered_points == points


def test_harbour_tells_what_each_limit_holds_back() -> None:
    gains = lifted("harbour")
    assert gains["money"] == 170_000
    assert gains["earmark"] == 20_000
    assert gains["camp"] == 0


def test_harbour_names_what_holds_the_rest_back() -> None:
    found = planned(read("harbour"))
    assert [row.reason for row in found.coverage] == [
        "readiness",
        *["camp"] * 2,
        *["money"] * 3,
    ]


def test_two_camps_sends_the_medics_first() -> None:
    found = planned(read("two-camps"))
    assert (found.covered_points, found.needed_points) == (780_000, 1_200_000)
    arriving = sorted(
        (row.month, row.offer, row.site, row.strength_persons)
        for row in found.presence
        if row.arriving_units
    )
    assert arriving == [
        ("2026-02", "medics", "port", 30),
        ("2026-03", "company", "port", 100),
        ("2026-04", "company", "hill", 100),
    ]
    assert shares(found, "need-medical") == [0, *[10_000] * 5]
    assert shares(found, "need-port") == [0, 0, *[10_000] * 4]
    assert shares(found, "need-hill") == [0, 0, 0, *[10_000] * 3]


def test_two_camps_orders_the_tents_at_once() -> None:
    found = planned(read("two-camps"))
    assert [(row.option, row.month, row.usable_from) for row in found.building_orders] == [
        ("hill-tents", "2026-02", "2026-04")
    ]


@pytest.mark.parametrize(
    ("change", "points"),
    [
        (no_lift, 880_000),
        (no_enabler, 840_000),
        (many_beds, 780_000),
        (more_companies, 780_000),
    ],
)
def test_two_camps_without_one_of_its_limits(
    change: Callable[[Row], Row | None], points: int
) -> None:
    assert planned(without(read("two-camps"), change)).covered_points == points


def test_two_camps_tells_what_each_limit_holds_back() -> None:
    gains = lifted("two-camps")
    assert gains["lift"] == 100_000
    assert gains["enabler"] == 60_000
    assert gains["camp"] == gains["offer"] == 0
