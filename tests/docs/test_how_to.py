"""The mission of the how-to: complete, without mistake, and the one in the repository."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import konbit
from docs_in_step import ROOT
from konbit.dossier import TABLES
from told_in_docs import DOCS, write_how_to

if TYPE_CHECKING:
    from pathlib import Path


def test_the_how_to_tells_of_every_table() -> None:
    page = (DOCS / "how-to" / "write-a-dossier.md").read_text(encoding="utf-8")
    told = set(re.findall(r"`(\w+)(?:\.csv)?`", page))
    assert {table.TABLE for table in TABLES} - told == set()


def test_the_mission_of_the_how_to_is_the_one_in_the_repository(tmp_path: Path) -> None:
    told = konbit.read(write_how_to(tmp_path / "rsf"))
    assert told == konbit.read(ROOT / "dossiers" / "regional-force")


def test_the_mission_of_the_how_to_has_neither_error_nor_mistake() -> None:
    dossier = konbit.read(ROOT / "dossiers" / "regional-force")
    found = konbit.check(dossier, "2026-02-15")
    assert found.errors == ()
    assert {f.code for f in found} <= {"placeholder-in-use", "offer-without-readiness"}


def test_the_mission_of_the_how_to_is_planned_and_verified() -> None:
    dossier = konbit.read(ROOT / "dossiers" / "regional-force")
    plan = konbit.plan(dossier, date(2026, 2, 15), explain=False, calls=False)
    assert plan.plan.is_verified
    assert plan.plan.scenario == "transfer-july"
    assert 0 < plan.plan.covered_points < plan.plan.needed_points
