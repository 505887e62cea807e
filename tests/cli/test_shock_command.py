"""`konbit shock`, as its users run it, on a dossier of the repository."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from command import Said, konbit
from konbit.briefing.words import LANGUAGES
from konbit.cli.exits import ExitCode
from konbit.cli.shocks import shocks_of
from konbit.dossier.shocks import CutAssessed

FORCE = Path(__file__).parents[2] / "dossiers" / "regional-force"
DAY = ("--as-of", "2026-02-15")


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Said, Path]:
    """A late camp and a closed airport, replayed and written."""
    out = tmp_path_factory.mktemp("shock") / "out"
    shocks = ("--delay", "NORTH:3", "--close", "AIR-1:2@2026-05")
    return konbit("shock", FORCE, *DAY, *shocks, "--out", out, "--json"), out


def test_it_prints_one_json_document_with_both_plans(written: tuple[Said, Path]) -> None:
    said, _ = written
    document = json.loads(said.out)
    assert said.code == ExitCode.FINE, said.err
    assert document["after"]["verified"]
    assert [e["kind"] for e in document["effects"]] == ["Delay", "Close"]
    assert document["effects"][1]["from_month"] == "2026-05"
    lost = document["before"]["covered_points"] - document["after"]["covered_points"]
    assert document["lost_points"] == lost
    assert document["changes"]["weighted"] <= document["afresh_changes"]["weighted"]


def test_what_it_writes_can_be_checked_and_planned_by_anybody(written: tuple[Said, Path]) -> None:
    said, out = written
    assert {path.name for path in out.iterdir()} == {"shock.html", "dossier", "plan", "slips"}
    verified = konbit("verify", out / "plan", out / "dossier")
    assert verified.code == ExitCode.FINE, verified.out
    checked = konbit("check", out / "dossier", *DAY)
    assert checked.code == ExitCode.FINE
    slips = (out / "slips" / "slips.csv").read_text(encoding="utf-8").splitlines()
    assert len(slips) == 1 + len(json.loads(said.out)["slips"])


def test_its_page_needs_nothing_else_and_has_a_table_for_each_figure(
    written: tuple[Said, Path],
) -> None:
    page = (written[1] / "shock.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert "http" not in page.replace("http-equiv", "").replace("http://www.w3.org", "")
    for name in ("replay-coverage", "replay-gantt"):
        assert f'id="figure-{name}"' in page
        assert f'id="table-{name}"' in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_speaks_every_language(language: str) -> None:
    said = konbit("shock", FORCE, *DAY, "--withdraw", "B-INF", "--lang", language)
    assert said.code == ExitCode.FINE, said.err
    assert len(said.out.splitlines()) > 20
    assert "replay-" not in said.out


def test_a_plan_written_before_is_what_is_repaired(tmp_path: Path) -> None:
    planned = konbit("plan", FORCE, *DAY, "--out", tmp_path / "before", "--no-pdf", "--json")
    shock = ("--withdraw", "B-INF:1", "--json")
    said = konbit("shock", FORCE, "--plan", tmp_path / "before", *shock)
    assert said.code == ExitCode.FINE, said.err
    before = json.loads(said.out)["before"]
    assert before["digest"] == json.loads(planned.out)["digest"]
    other = FORCE.parent / "two-camps"
    refused = konbit("shock", other, "--plan", tmp_path / "before", "--withdraw", "X")
    assert refused.code == ExitCode.USAGE
    assert "another dossier" in refused.err


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ((), "name a shock"),
        (("--freeze", "G11"), "did you mean"),
        (("--withdraw", "B-INF:9"), "cannot be withdrawn"),
        (("--close", "AIR-1:2@2040-01"), "outside the plan"),
        (("--close", "AIR-1"), "whole number"),
        (("--delay", "NORTH:x"), "whole number"),
        (("--cut-assessed", "15"), "not a share"),
        (("--cut-assessed", "150 %"), "not a share"),
        (("--cut-assessed", "%"), "not a share"),
        (("--cut-assessed", "nan"), "not a share"),
        (("--freeze", "G1@May"), "is not a month"),
    ],
)
def test_what_cannot_be_replayed_is_a_sentence(options: tuple[str, ...], told: str) -> None:
    said = konbit("shock", FORCE, *DAY, *options)
    assert said.code == ExitCode.USAGE
    assert told in " ".join(said.err.replace("│", " ").split())
    assert "Traceback" not in said.err
    assert said.out == ""


@pytest.mark.parametrize("text", ["0.15", "0,15", "15%", "15 %", "15,0\u202f%", "15%@2026-07"])
def test_a_share_may_be_written_as_people_write_it(text: str) -> None:
    [cut] = shocks_of((), (), (), (), text, None)
    assert isinstance(cut, CutAssessed)
    assert cut.share == Decimal("0.15")
