"""The tutorial: its tables typed into the template, its commands run, its outcome kept."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import konbit
from docs_in_step import ROOT, out_of_date
from told_in_docs import write_tutorial

if TYPE_CHECKING:
    from pathlib import Path

PAGE = ROOT / "docs" / "tutorial" / "first-plan.md"
BRIDGE = ROOT / "dossiers" / "bridge"


def test_every_command_of_the_tutorial_prints_what_it_shows() -> None:
    assert out_of_date("print_outputs.py", str(PAGE)) == ""


def test_the_tutorial_ends_with_the_bridge(tmp_path: Path) -> None:
    told = konbit.read(write_tutorial(tmp_path / "bridge"))
    kept = konbit.read(BRIDGE)
    assert told == kept
    assert f"digest {kept.digest}" in PAGE.read_text(encoding="utf-8")


def test_each_step_of_the_tutorial_plans_what_it_says() -> None:
    page = PAGE.read_text(encoding="utf-8")
    covered = re.findall(r"^Weighted coverage (\S+)% of the need\.", page, re.MULTILINE)
    first, built, poor, paid, enabled = map(float, covered)
    assert poor < first < built
    assert paid == built
    assert first < enabled < paid
