"""From presence to payment, and what stands in the way."""

from __future__ import annotations

from typing import Any

import pytest

from konbit.fund.arithmetic import deduction_ppm, half_even, line_amount, shares_of
from ledger_cases import Log, allotted, obligated, with_money

_UNIT = {"contributor": "KEN", "unit": "KEN-1"}
_RETURN = {**_UNIT, "month": "2025-11", "person_days": 30_000, "equipment_days": 300}


def rated() -> Log:
    """Money, and rates of persons and of equipment."""
    log = with_money(1_000_000_000)
    for code, head, counted, amount, is_deductible in (
        ("R-2022", "personnel", "person_day", 144_800, True),
        ("E-2023", "equipment", "equipment_day", 500_000, False),
    ):
        log.must(
            "rate_dated",
            on="2022-07-01",
            rate=code,
            cost_head=head,
            contributor="",
            amount_minor=amount,
            counted=counted,
            is_deductible=is_deductible,
            edition="resolution 76/276",
        )
    return log


def present(log: Log, shortfall_ppm: int = 0) -> None:
    """A month returned by the contributor and verified."""
    log.must("presence_returned", actor="kofi", approver="", **_RETURN)
    log.must("presence_verified", actor="vera", shortfall_ppm=shortfall_ppm, **_RETURN)


def line(**change: Any) -> dict[str, Any]:
    """A line for persons that is right."""
    made = {
        "month": "2025-11",
        "rate": "R-2022",
        "quantity": 30_000,
        "per": 30,
        "deduction_ppm": 0,
        "factor_ppm": 0,
        "amount_minor": 144_800_000,
    }
    return {**made, **change}


def claim(log: Log, *lines: dict[str, Any], code: str = "K1", **more: Any) -> str:
    body = {"lines": list(lines), "total_minor": sum(one["amount_minor"] for one in lines), **_UNIT}
    return log.do("claimed", actor="kofi", claim=code, **{**body, **more})


def test_a_month_becomes_a_payment_that_its_receiver_acknowledges() -> None:
    log = rated()
    present(log)
    assert claim(log, line()) == ""
    assert log.do("claim_approved", claim="K1", amount_minor=144_800_001) == "stage"
    assert log.do("claim_approved", claim="K1", amount_minor=144_800_000) == ""
    assert allotted(log, "A1", 500_000_000, contributor="KEN") == ""
    more = {"contributor": "KEN", "claim": "K1"}
    assert obligated(log, "A1", "O1", 144_800_001, **more) == "stage"
    assert obligated(log, "A1", "O1", 144_800_000, **more) == ""
    assert obligated(log, "A1", "O2", 1, **more) == "stage"
    pay = {"obligation": "O1", "bank": "MAIN", "direct_minor": 100_000_000}
    assert log.do("disbursed", actor="otto", **pay) == ""
    came = {"claim": "K1", "actor": "kofi"}
    assert log.do("payment_acknowledged", amount_minor=100_000_001, **came) == "stage"
    assert log.do("payment_acknowledged", amount_minor=100_000_000, **came) == ""


@pytest.mark.parametrize(
    ("change", "shortfall_ppm"),
    [
        ({"quantity": 30_001, "amount_minor": 144_804_827}, 0),
        ({"per": 31}, 0),
        ({"amount_minor": 144_800_001}, 0),
        ({"factor_ppm": 1, "amount_minor": 144_800_145}, 0),
        ({}, 150_000),
        ({"deduction_ppm": 50_000, "amount_minor": 137_560_000}, 50_000),
    ],
)
def test_a_line_that_is_not_as_computed_is_refused(
    change: dict[str, Any], shortfall_ppm: int
) -> None:
    log = rated()
    present(log, shortfall_ppm)
    assert claim(log, line(**change)) == "claim"


def test_equipment_that_is_missing_lowers_what_is_paid_for_people() -> None:
    log = rated()
    present(log, shortfall_ppm=200_000)
    assert claim(log, line(deduction_ppm=200_000, amount_minor=115_840_000)) == ""


def test_nothing_is_claimed_twice_unless_it_was_rejected() -> None:
    log = rated()
    present(log)
    assert claim(log, line(), line()) == "claim"
    assert claim(log, line()) == ""
    assert claim(log, line(), code="K2") == "claim"
    assert log.do("claim_rejected", claim="K1", why="other month") == ""
    assert claim(log, line(), code="K2") == ""
    assert log.do("claim_approved", claim="K1", amount_minor=5) == "stage"


def test_nobody_claims_or_returns_for_another_contributor() -> None:
    log = rated()
    other = {**_RETURN, "contributor": "TCD"}
    assert log.do("presence_returned", actor="kofi", **other) == "authority"
    present(log)
    assert claim(log, line(), contributor="TCD") == "authority"


def test_who_verified_does_not_approve() -> None:
    log = rated()
    log.must("actor_granted", actor="registry", who="anna", role="verifier", party="")
    log.must("presence_returned", actor="kofi", **_RETURN)
    more = {**_RETURN, "person_days": 30_001}
    assert log.do("presence_verified", actor="anna", shortfall_ppm=0, **more) == "stage"
    log.must("presence_verified", actor="anna", shortfall_ppm=0, **_RETURN)
    assert log.do("presence_returned", actor="kofi", **_RETURN) == "stage"
    log.must("claimed", claim="K1", lines=[line()], total_minor=144_800_000, **_UNIT)
    assert log.do("claim_approved", claim="K1", amount_minor=1) == "segregation"
    assert log.do("claim_approved", claim="K1", amount_minor=1, approver="abel") == ""


def test_the_newest_rate_of_the_months_first_day_counts_and_the_own_before_all_others() -> None:
    log = rated()
    new = {"cost_head": "personnel", "counted": "person_day", "is_deductible": True, "edition": "x"}
    log.must("rate_dated", on="2025-11-02", rate="R-NEW", contributor="", amount_minor=1, **new)
    present(log)
    assert claim(log, line(rate="R-NEW", amount_minor=1_000)) == "claim"
    log.must(
        "rate_dated", on="2020-01-01", rate="R-KEN", contributor="KEN", amount_minor=300, **new
    )
    assert claim(log, line()) == "claim"
    assert claim(log, line(rate="R-KEN", amount_minor=300_000)) == ""


@pytest.mark.parametrize(
    ("on", "refused"), [("2025-10-31", ""), ("2025-11-01", ""), ("2025-11-02", "claim")]
)
def test_a_rate_counts_in_the_month_on_whose_first_day_it_holds(on: str, refused: str) -> None:
    log = rated()
    new = {"cost_head": "personnel", "counted": "person_day", "is_deductible": True, "edition": "x"}
    log.must("rate_dated", on=on, rate="R-NEW", contributor="", amount_minor=1, **new)
    present(log)
    assert claim(log, line(rate="R-NEW", amount_minor=1_000)) == refused


def test_arithmetic_of_claims() -> None:
    assert [half_even(n, 2) for n in (-3, -1, 1, 3, 5)] == [-2, 0, 0, 2, 2]
    assert [deduction_ppm(n) for n in (0, 100_000, 100_001, 350_000, 900_000)] == [
        0, 0, 100_001, 350_000, 350_000,
    ]  # fmt: skip
    assert line_amount(310, 500_000, 31, 0, 160_000) == 5_800_000
    assert shares_of(100, {"b": 1, "a": 1, "c": 1}) == {"a": 34, "b": 33, "c": 33}
    assert shares_of(5, {"a": 0}) == {"a": 0}
