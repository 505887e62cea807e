"""A rate holds in a month from the month's first day on: both programs say so, by the day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from forged_logs import forge, told
from ledger_cases import Log, opened

if TYPE_CHECKING:
    from pathlib import Path

_UNIT = {"contributor": "KEN", "unit": "KEN-1"}
_MONTH = "2025-11"


def rated(newer_on: str) -> Log:
    """A month of a unit verified, under a rate of January and a newer one."""
    made = opened(support_cost_ppm=0)
    for code, on, amount in (("OLD", "2025-01-01", 1_000), ("NEW", newer_on, 2_000)):
        made.must("rate_dated", on=on, rate=code, cost_head="personnel", contributor="",
                  amount_minor=amount, counted="person_day", is_deductible=False,
                  edition="2025")  # fmt: skip
    month = {**_UNIT, "month": _MONTH, "person_days": 3_000, "equipment_days": 0}
    made.must("presence_returned", actor="kofi", **month)
    made.must("presence_verified", actor="vera", shortfall_ppm=0, **month)
    return made


def claim(rate: str) -> dict[str, Any]:
    total = {"OLD": 100_000, "NEW": 200_000}[rate]
    line = {"month": _MONTH, "rate": rate, "quantity": 3_000, "per": 30, "deduction_ppm": 0,
            "factor_ppm": 0, "amount_minor": total}  # fmt: skip
    return {**_UNIT, "claim": "K1", "lines": [line], "total_minor": total}


@pytest.mark.parametrize(
    ("newer_on", "holds", "lie"),
    [("2025-10-31", "NEW", "OLD"), ("2025-11-01", "NEW", "OLD"), ("2025-11-02", "OLD", "NEW")],
)
def test_of_two_rates_both_programs_take_the_one_of_the_months_first_day(
    newer_on: str, holds: str, lie: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    honest = rated(newer_on)
    assert honest.do("claimed", actor="kofi", **claim(lie)) == "claim"
    honest.must("claimed", actor="kofi", **claim(holds))
    assert told(honest, tmp_path / "honest", capsys) == ""
    forged = rated(newer_on)
    forge(forged, "claimed", actor="kofi", **claim(lie))
    assert told(forged, tmp_path / "forged", capsys) == "claim"
