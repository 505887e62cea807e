"""The missions of the documentation can be planned, with the results that its pages tell."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest

import konbit
from konbit.dossier import TABLES
from told_in_docs import DOCS, write_how_to, write_tutorial

if TYPE_CHECKING:
    from pathlib import Path

TUTORIAL = (DOCS / "tutorial" / "first-plan.md").read_text(encoding="utf-8")
STEPS = (
    ("## 3. Build", "60.8%"),
    ("## 4. Money", "83.3%"),
    ("Let the rest arrive", "55.8%"),
    ("## 5. Enablers", "83.3%"),
    ("", "80.8%"),
)


@pytest.mark.parametrize(("until", "covered"), STEPS, ids=[u or "the end" for u, _ in STEPS])
def test_the_tutorial_comes_out_as_it_says(until: str, covered: str, tmp_path: Path) -> None:
    dossier = konbit.read(write_tutorial(tmp_path / "bridge", until))
    plan = konbit.plan(dossier, explain=False, calls=False).plan
    tenths = 1_000 * plan.covered_points // plan.needed_points
    assert f"{tenths // 10}.{tenths % 10}%" == covered
    assert plan.is_verified


def test_the_tutorial_tells_these_results_in_this_order() -> None:
    told = re.findall(r"\*\*[^*]*?(\d+\.\d%)[^*]*\*\*", TUTORIAL)
    assert told == [covered for _, covered in STEPS]


def test_the_how_to_tells_of_every_table() -> None:
    page = (DOCS / "how-to" / "write-a-dossier.md").read_text(encoding="utf-8")
    told = set(re.findall(r"`(\w+)(?:\.csv)?`", page))
    assert {table.TABLE for table in TABLES} - told == set()


def test_the_mission_of_the_how_to_has_neither_error_nor_mistake(tmp_path: Path) -> None:
    dossier = konbit.read(write_how_to(tmp_path / "rsf"))
    found = konbit.check(dossier, "2026-02-15")
    assert found.errors == ()
    assert {f.code for f in found} <= {"placeholder-in-use", "offer-without-readiness"}


def test_the_mission_of_the_how_to_is_planned_and_verified(tmp_path: Path) -> None:
    dossier = konbit.read(write_how_to(tmp_path / "rsf"))
    plan = konbit.plan(dossier, date(2026, 2, 15), explain=False, calls=False)
    assert plan.plan.is_verified
    assert plan.plan.scenario == "transfer-july"
    assert 0 < plan.plan.covered_points < plan.plan.needed_points
