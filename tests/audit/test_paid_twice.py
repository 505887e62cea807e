"""One service paid twice, one gift given twice over, one day with two rates, money used too early.

What the rules forbid is found by its rule. What may be true is told as worth asking, with the
numbers of the records.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from forged_logs import forge, told
from konbit.fund import statement_of, statement_sha256
from konbit_audit.main import main
from ledger_cases import Log, allotted, obligated, opened

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_SUM = 100_000


def _claim(code: str, unit: str = "KEN-1", **more: Any) -> dict[str, Any]:
    line = {"month": "2025-11", "rate": "TROOPS", "quantity": 3_000, "per": 30,
            "deduction_ppm": 0, "factor_ppm": 0, "amount_minor": _SUM}  # fmt: skip
    told = {"claim": code, "contributor": "KEN", "unit": unit, "lines": [line],
            "total_minor": _SUM}  # fmt: skip
    return {**told, **more}


def _present(log: Log, unit: str) -> None:
    month = {"contributor": "KEN", "unit": unit, "month": "2025-11", "person_days": 3_000,
             "equipment_days": 0}  # fmt: skip
    log.must("presence_returned", actor="kofi", **month)
    log.must("presence_verified", actor="vera", shortfall_ppm=0, **month)


@pytest.fixture
def log() -> Log:
    """Claim K1 of a unit is approved, promised and paid; money of two donors is there."""
    made = opened(support_cost_ppm=0)
    for gift in ("USA-1", "FRA-1"):
        made.must("signed", contribution=gift, amount_minor=9_000_000)
        made.must("received", contribution=gift, bank="MAIN", amount_minor=1_000_000)
    made.must("rate_dated", on="2025-01-01", rate="TROOPS", cost_head="personnel", contributor="",
              amount_minor=1_000, counted="person_day", is_deductible=False,
              edition="2025")  # fmt: skip
    _present(made, "KEN-1")
    made.must("claimed", actor="kofi", **_claim("K1"))
    made.must("claim_approved", claim="K1", amount_minor=_SUM)
    assert allotted(made, "A1", 500_000) == ""
    assert obligated(made, "A1", "O1", _SUM, contributor="KEN", claim="K1") == ""
    made.must("disbursed", actor="otto", obligation="O1", bank="MAIN", direct_minor=_SUM)
    return made


def _claimed_under_a_second_code(log: Log) -> None:
    forge(log, "claimed", actor="kofi", **_claim("K2"))


def _approved_twice(log: Log) -> None:
    forge(log, "claim_approved", claim="K1", amount_minor=_SUM)


def _promised_under_a_second_code(log: Log) -> None:
    use: dict[str, Any] = {"contributor": "KEN", "place": "", "lethal": False, "until_on": None}
    body = {"allotment": "A1", "payee": "KEN", "claim": "K1", **use}
    forge(log, "obligated", obligation="O2", direct_minor=1, **body)


def _claimed_by_another_contributor(log: Log) -> None:
    forge(log, "claimed", **_claim("K2", contributor="JAM"))


@pytest.mark.parametrize(
    ("lie", "rule"),
    [
        (_claimed_under_a_second_code, "claim"),
        (_approved_twice, "stage"),
        (_promised_under_a_second_code, "stage"),
        (_claimed_by_another_contributor, "reference"),
    ],
)
def test_a_claim_is_paid_once(
    lie: Callable[[Log], None],
    rule: str,
    log: Log,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert told(log, tmp_path / "honest", capsys) == ""
    lie(log)
    assert told(log, tmp_path / "forged", capsys) == rule


def _a_unit_spelled_in_two_ways(log: Log) -> tuple[str, list[int]]:
    first = _number(log, "claimed")
    _present(log, "ken/1")
    log.must("claimed", actor="kofi", **_claim("K2", "ken/1"))
    return "one service may be paid twice", [first, _last(log)]


def _the_sum_of_a_claim_without_it(log: Log) -> tuple[str, list[int]]:
    first = _number(log, "obligated")
    assert obligated(log, "A1", "O2", _SUM, payee="Ken", contributor="KEN") == ""
    return "one service may be paid twice", [first, _last(log)]


def _a_claim_paid_again_after_money_came_back(log: Log) -> tuple[str, list[int]]:
    log.must("recovered", obligation="O1", bank="MAIN", amount_minor=_SUM)
    back = _last(log)
    assert obligated(log, "A1", "O2", _SUM, contributor="KEN", claim="K1") == ""
    return "one service may be paid twice", [back, _last(log)]


def _refunded_and_given_for_another_purpose(log: Log) -> tuple[str, list[int]]:
    """Money leaves its earmark without consent: on paper it goes home and comes again."""
    gift: dict[str, Any] = {"contribution": "USA-2", "amount_minor": 700}
    log.must("refunded", contribution="USA-1", bank="MAIN", amount_minor=700, taken_from="free")
    gone = _last(log)
    log.must("contribution_opened", contribution="USA-2", donor="USA", purse="B", currency="USD",
             title="Again")  # fmt: skip
    log.must("signed", **gift)
    log.must("received", bank="MAIN", **gift)
    return "a donor had money back from one purse and gave to another", [gone, _last(log)]


def _given_for_another_purpose_and_refunded(log: Log) -> tuple[str, list[int]]:
    gift: dict[str, Any] = {"contribution": "USA-2", "amount_minor": 700}
    log.must("contribution_opened", contribution="USA-2", donor="usa", purse="B", currency="USD",
             title="Again")  # fmt: skip
    log.must("signed", **gift)
    log.must("received", bank="MAIN", **gift)
    came = _last(log)
    log.must("refunded", contribution="USA-1", bank="MAIN", amount_minor=700, taken_from="free")
    return "a donor had money back from one purse and gave to another", [came, _last(log)]


def _another_rate_for_the_same_day(log: Log) -> tuple[str, list[int]]:
    log.must("exchange_rate_dated", currency="CAD", rate="0.69", on="2026-01-06")
    return "a rate of exchange for a day that already had another", [_last(log)]


def _exchanged_far_below_the_rate(log: Log) -> tuple[str, list[int]]:
    """Somebody else has the tenth that is missing."""
    _exchange(log, 10_000, 6_580)
    return "money exchanged for more than a tenth more or less", [_last(log)]


def _exchange(log: Log, sold: int, bought: int) -> None:
    if "bank:OTTAWA:A" not in {account for account, _ in log.books.balances}:
        log.must("signed", contribution="CAN-1", amount_minor=90_000)
        log.must("received", contribution="CAN-1", bank="OTTAWA", amount_minor=90_000)
    log.must("exchanged", purse="A", from_bank="OTTAWA", to_bank="MAIN", sold_minor=sold,
             bought_minor=bought)  # fmt: skip


def _a_rate_for_a_day_that_is_over(log: Log) -> tuple[str, list[int]]:
    log.must("exchange_rate_dated", currency="CAD", rate="0.72")
    log.must("exchange_rate_dated", currency="CAD", rate="0.71", on="2026-01-10")
    return "a rate of exchange for a day that already had another", [_last(log)]


def _allotted_on_a_day_before_the_money_came(log: Log) -> tuple[str, list[int]]:
    """The close of the first days then says that what came on 11 January was set aside by then."""
    assert allotted(log, "A2", 400_000, on="2026-01-10") == ""
    said = statement_of(log.records, until="2026-01-11", known_before=log.books.size)
    digest = statement_sha256(said)
    log.must("period_closed", period="P", until_on="2026-01-11", statement_sha256=digest)
    return "a certified close says that less than nothing was there", [_last(log)]


@pytest.mark.parametrize(
    "lie",
    [
        _allotted_on_a_day_before_the_money_came,
        _a_unit_spelled_in_two_ways,
        _the_sum_of_a_claim_without_it,
        _a_claim_paid_again_after_money_came_back,
        _refunded_and_given_for_another_purpose,
        _given_for_another_purpose_and_refunded,
        _another_rate_for_the_same_day,
        _exchanged_far_below_the_rate,
        _a_rate_for_a_day_that_is_over,
    ],
)
def test_what_breaks_no_rule_and_may_be_a_second_time_is_worth_asking(
    lie: Callable[[Log], tuple[str, list[int]]],
    log: Log,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert _asked(log, tmp_path / "honest", capsys) == []
    asked, numbers = lie(log)
    (line,) = _asked(log, tmp_path / "odd", capsys)
    assert line.startswith(f"Worth asking: {asked}")
    assert line.endswith(f" Records {', '.join(map(str, numbers))}.")


def test_what_is_ordinary_is_not_asked_about(
    log: Log, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Another unit, another sum, a donor's second gift to the same purse, the day's rate again."""
    _present(log, "KEN-2")
    log.must("claimed", actor="kofi", **_claim("K2", "KEN-2"))
    assert obligated(log, "A1", "O2", _SUM - 1, contributor="KEN") == ""
    assert obligated(log, "A1", "O3", _SUM, payee="JAM") == ""
    log.must("refunded", contribution="USA-1", bank="MAIN", amount_minor=700, taken_from="free")
    log.must("received", contribution="USA-1", bank="MAIN", amount_minor=700)
    log.must("received", contribution="FRA-1", bank="MAIN", amount_minor=700)
    _exchange(log, 10_000, 6_590)
    _exchange(log, 10_000, 8_040)
    for rate in ("0.74", "0.740"):
        log.must("exchange_rate_dated", currency="CAD", rate=rate, on="2026-01-20")
    assert _asked(log, tmp_path / "log", capsys) == []


def _asked(log: Log, folder: Path, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """What is worth asking, but that the rate of troops is older than the fund."""
    assert told(log, folder, capsys) == ""
    assert main([str(folder), "--lang", "en"]) == 0
    lines = capsys.readouterr().out.splitlines()
    return [line for line in lines if "Worth asking" in line and "more than 30 days" not in line]


def _number(log: Log, kind: str) -> int:
    return next(record.sequence for record in log.records if record.kind == kind)


def _last(log: Log) -> int:
    return log.books.size - 1
