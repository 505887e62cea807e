"""Runs are kept, taken up again where they were cut, and printed as tables."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from measuring.report import report
from measuring.runs import Notebook, Run, carry_out
from planner import numbers

if TYPE_CHECKING:
    from pathlib import Path

KONBIT = Run("konbit", "XS", "late_lift", 1, 5.0, "none")


def record(who: str, seed: int = 1, **more: Any) -> dict[str, Any]:
    return {
        "who": who,
        "size": "S",
        "severity": "late_lift",
        "seed": seed,
        "limit": "none" if who in {"konbit", "lp"} else "equal",
        "build_seconds": 1.0,
        "solve_seconds": 4.0,
        "cpu_seconds": 5.0,
        "peak_mb": 100.0,
        "needed": 1_000,
        "broken": [],
        **more,
    }


def test_a_run_of_its_own_tells_time_memory_and_a_verified_plan() -> None:
    found = carry_out(KONBIT, timeout=300)
    assert "error" not in found
    assert found["broken"] == []
    assert 0 < found["points"] <= found["bound"] <= found["needed"]
    assert found["peak_mb"] > 10
    assert found["cpu_seconds"] > 0


def test_a_run_that_takes_too_long_is_ended_and_said_so() -> None:
    assert "not over" in carry_out(KONBIT, timeout=0.05)["error"]


def test_a_run_that_fails_tells_why() -> None:
    run = Run("konbit", "XS", "no-such-severity", 1, 5.0, "none")
    assert "no-such-severity" in carry_out(run, timeout=60)["error"]


def test_what_was_run_is_found_again_and_what_failed_is_not(tmp_path: Path) -> None:
    path = tmp_path / "deeper" / "runs.jsonl"
    first = Notebook(path)
    first.add(record("konbit"))
    first.add(record("lp", error="failed"))
    again = Notebook(path)
    assert again.get(Run("konbit", "S", "late_lift", 1, 5.0, "none")) == record("konbit")
    assert again.get(Run("lp", "S", "late_lift", 1, 5.0, "none")) is None
    assert [json.loads(line)["who"] for line in path.read_text().splitlines()] == ["konbit", "lp"]


def test_a_line_cut_short_is_run_again(tmp_path: Path) -> None:
    path = tmp_path / "runs.jsonl"
    Notebook(path).add(record("konbit"))
    with path.open("a") as file:
        file.write('{"who": "lp", "si')
    again = Notebook(path)
    assert [found["who"] for found in again] == ["konbit"]
    again.add(record("rule"))
    assert [found["who"] for found in Notebook(path)] == ["konbit", "rule"]


def test_tables_hold_medians_gaps_and_ratios() -> None:
    told = report(
        [
            *(record("konbit", s, points=400 + s, value=400 + s, bound=500) for s in (1, 2, 3)),
            *(record("lp", s, bound=600, solve_seconds=2.0) for s in (1, 2, 3)),
            *(record("rule", s, points=201, value=201) for s in (1, 2, 3)),
            record("highs", 1, value=None),
        ]
    )
    assert "| S | late_lift | 3 | 1.00 | 2.00 | 60.00% | 40.20% | 50.00% | 19.60% | 4.00 |" in told
    rule = next(line for line in told.splitlines() if "best rule" in line)
    assert rule.endswith("| 3 of 3 | 2.000 |")
    highs = next(line for line in told.splitlines() if "linopy + HiGHS |" in line)
    assert highs.endswith("| 1 | 0 of 0 | inf |")


@pytest.mark.parametrize(
    ("text", "seeds"),
    [("3", (1, 2, 3)), ("3,7", (3, 7)), ("5-7", (5, 6, 7)), ("9,11-12", (9, 11, 12))],
)
def test_seeds_are_named_by_number_list_or_range(text: str, seeds: tuple[int, ...]) -> None:
    assert numbers(text) == seeds
