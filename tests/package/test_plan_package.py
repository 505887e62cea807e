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
    assert reading.changed == ("headcounts.csv",)


def test_of_a_plan_that_does_not_say_how_its_tables_were_none_is_called_changed(
    tmp_path: Path,
) -> None:
    write_plan(sample_plan(), tmp_path / "plan")
    file = tmp_path / "plan" / "datapackage.json"
    described = json.loads(file.read_text(encoding="utf-8"))
    del described["plan"]["table_digests"]
    file.write_text(json.dumps(described), encoding="utf-8")

    assert read_plan(tmp_path / "plan").changed == ()


VALUES = ("as_of", "first_month", "until_month", "covered_points", "needed_points", "goals")


@pytest.mark.parametrize(
    ("descriptor", "codes"),
    [
        (None, ["plan-descriptor-missing"]),
        ("", ["plan-descriptor-broken"]),
        ("{", ["plan-descriptor-broken"]),
        ("[]", ["not-a-plan"]),
        ('{"plan": 7}', ["not-a-plan"]),
        ('{"plan": {}}', ["plan-value-broken"] * len(VALUES)),
        ('{"plan": {"as_of": "now"}}', ["plan-value-broken"] * len(VALUES)),
    ],
)
def test_what_is_no_plan_is_a_finding(
    descriptor: str | None, codes: list[str], tmp_path: Path
) -> None:
    if descriptor is not None:
        (tmp_path / "datapackage.json").write_text(descriptor, encoding="utf-8")
    reading = read_plan(tmp_path)
    assert reading.plan is None
    told = [f.code for f in reading.findings if f.code != "plan-table-missing"]
    assert told == codes


@pytest.mark.parametrize("name", VALUES)
def test_a_value_that_is_missing_is_named(name: str, tmp_path: Path) -> None:
    write_plan(sample_plan(), tmp_path)
    file = tmp_path / "datapackage.json"
    described = json.loads(file.read_text(encoding="utf-8"))
    del described["plan"][name]
    file.write_text(json.dumps(described), encoding="utf-8")
    (only,) = read_plan(tmp_path).findings
    assert (only.code, dict(only.values)["name"]) == ("plan-value-broken", name)


def test_a_table_that_is_missing_is_named_and_not_taken_to_be_empty(tmp_path: Path) -> None:
    write_plan(sample_plan(), tmp_path)
    (tmp_path / "presence.csv").unlink()
    reading = read_plan(tmp_path)
    assert reading.plan is None
    assert [(f.code, f.table) for f in reading.findings] == [("plan-table-missing", "presence")]


def test_a_folder_that_may_not_be_read_is_not_said_to_hold_no_plan(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("no folder", encoding="utf-8")
    with pytest.raises(OSError, match="Not a directory"):
        read_plan(file)


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
