"""A plan that is written is read back as it was; what is no plan is a finding."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from konbit.package.plan_package import read_plan, write_plan
from sample_plan import sample_plan

if TYPE_CHECKING:
    from pathlib import Path


def test_a_plan_is_read_as_it_was_written(tmp_path: Path) -> None:
    plan = sample_plan()
    write_plan(plan, tmp_path / "plan")
    reading = read_plan(tmp_path / "plan")
    assert reading.findings == ()
    assert reading.plan == replace(plan, findings=())


def test_the_digest_of_a_plan_does_not_depend_on_its_file(tmp_path: Path) -> None:
    plan = sample_plan()
    write_plan(plan, tmp_path / "plan")
    reading = read_plan(tmp_path / "plan")
    assert reading.plan is not None
    assert reading.plan.digest == reading.stated_digest == plan.digest


def test_a_changed_cell_changes_the_digest(tmp_path: Path) -> None:
    write_plan(sample_plan(), tmp_path / "plan")
    file = tmp_path / "plan" / "headcounts.csv"
    lines = file.read_text(encoding="utf-8").splitlines()
    cells = lines[-1].split(",")
    cells[-1] = str(int(cells[-1]) + 1)
    file.write_text("\n".join([*lines[:-1], ",".join(cells)]) + "\n", encoding="utf-8")
    reading = read_plan(tmp_path / "plan")
    assert reading.plan is not None
    assert reading.plan.digest != reading.stated_digest


@pytest.mark.parametrize(
    "descriptor", ["", "[]", "{", '{"plan": 7}', '{"plan": {}}', '{"plan": {"as_of": "now"}}']
)
def test_what_is_no_plan_is_a_finding(descriptor: str, tmp_path: Path) -> None:
    if descriptor:
        (tmp_path / "datapackage.json").write_text(descriptor, encoding="utf-8")
    reading = read_plan(tmp_path)
    assert reading.plan is None
    assert [f.code for f in reading.findings] == ["not-a-plan"]


def test_a_table_with_a_fault_is_no_plan(tmp_path: Path) -> None:
    write_plan(sample_plan(), tmp_path)
    file = tmp_path / "headcounts.csv"
    file.write_text(file.read_text(encoding="utf-8") + "soon\n", encoding="utf-8")
    reading = read_plan(tmp_path)
    assert reading.plan is None
    assert {f.table for f in reading.findings} == {"headcounts"}


def test_the_descriptor_says_what_it_is_a_plan_of(tmp_path: Path) -> None:
    plan = sample_plan()
    write_plan(plan, tmp_path)
    about = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))["plan"]
    assert about["as_of"] == str(plan.as_of_on)
    assert about["dossier_digest"] == plan.dossier_digest
    assert about["verified"] == plan.is_verified
