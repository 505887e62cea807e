from __future__ import annotations

from pathlib import Path

import pytest

import konbit.dossier
from konbit.dossier.checks import FINDING_CODES
from konbit.dossier.tables.fund import Scenario, ScenarioEdit
from konbit.dossier.tables.mandate import Location
from konbit.terms import Severity
from tiny_rows import found_in, make, told


@pytest.mark.parametrize("source", ["", "  "])
def test_every_fact_has_a_source(source: str) -> None:
    (only,) = found_in(make(Location, source=source))
    assert (only.code, only.severity) == ("source-missing", Severity.ERROR)
    assert (only.table, only.row, only.column) == ("locations", "A", "source")


@pytest.mark.parametrize(
    ("confidence", "severity"),
    [
        ("assumption", Severity.ERROR),
        ("placeholder", Severity.ERROR),
        ("estimate", Severity.WARNING),
    ],
)
def test_what_is_assumed_rests_on_something(confidence: str, severity: Severity) -> None:
    findings = found_in(make(Location, confidence=confidence))
    assert ("basis-missing", severity) in {(f.code, f.severity) for f in findings}
    told_now = told(make(Location, confidence=confidence, basis="earlier missions"))
    assert "basis-missing" not in {code for code, *_ in told_now}


def test_reported_facts_need_no_basis() -> None:
    assert found_in(make(Location, confidence="reported")) == ()


def test_a_row_kept_but_not_used_says_why() -> None:
    assert told(make(Location, used=False)) == [("unused-without-reason", "locations", "A", "note")]
    assert found_in(make(Location, used=False, note="older than the row used")) == ()


def test_a_row_for_a_scenario_needs_no_reason() -> None:
    edit = make(ScenarioEdit, scenario="X", table="locations", row="A", column="used", value="yes")
    assert found_in(make(Location, used=False), make(Scenario, code="X"), edit) == ()


def test_placeholders_in_use_are_counted_by_table() -> None:
    rough = {"confidence": "placeholder", "basis": "earlier missions"}
    rows = [make(Location, code=code, **rough) for code in "AB"]
    unused = make(Location, code="C", used=False, note="too high", **rough)
    (only,) = found_in(*rows, unused)
    assert (only.code, only.severity) == ("placeholder-in-use", Severity.WARNING)
    assert (only.table, only.row) == ("locations", "")
    assert dict(only.values) == {"count": "2"}
    assert found_in(unused) == ()


def test_every_code_in_the_source_is_in_the_list_of_codes() -> None:
    """The words of findings are written from the list, so none may be missing from it."""
    folder = Path(konbit.dossier.__file__).parent
    files = [f for f in folder.rglob("*.py") if f.name != "codes.py"]
    source = "\n".join(file.read_text(encoding="utf-8") for file in files)
    from_elsewhere = {
        "file-not-found", "not-a-dossier", "file-too-large", "zip-bomb", "encoding-unreadable",
        "encoding-guessed", "table-unknown", "table-twice", "column-unknown", "column-missing",
        "row-duplicate", "formula-in-cell", "formula-without-value", "formula-like-text",
        "more-findings", "not-a-plan", "plan-descriptor-missing", "plan-descriptor-broken",
        "plan-value-broken", "plan-table-missing", "cell-merged",
        "column-duplicate", "cells-outside-columns", "quotes-broken", "control-character",
        "table-too-large", "nothing-required", "people-sent-home", "gap-open",
        "gains-near-plan", "gains-not-tried", "tries-ended",
        "too-large-for-futures",
    }  # fmt: skip
    shocks = {code for code in FINDING_CODES if code.startswith("shock-")}
    replaying = folder.parent / "planner" / "shock"
    raised = "\n".join(file.read_text(encoding="utf-8") for file in replaying.glob("*.py"))
    whole = {code for code in shocks if not code.startswith("shock-nothing-")}
    assert {code for code in whole if f'"{code}"' not in raised} == set()
    assert 'f"shock-nothing-{why}"' in raised
    exports = {code for code in FINDING_CODES if code.startswith("export-")}
    exported = (folder.parent / "fund" / "exported.py").read_text(encoding="utf-8")
    assert {code for code in exports if f'"{code}"' not in exported} == set()
    unused = {code for code in FINDING_CODES if f'"{code}"' not in source}
    assert unused == from_elsewhere | shocks | exports
