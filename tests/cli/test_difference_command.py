"""`konbit compare` of two dossiers, as its users run it: last month's and this month's."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from command import konbit
from konbit.cli.exits import ExitCode

FORCE = Path(__file__).parents[2] / "dossiers" / "regional-force"


@pytest.fixture(scope="module")
def later(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same mission a month later: more money came, and one unit is taken out."""
    folder = tmp_path_factory.mktemp("later") / "march"
    shutil.copytree(FORCE, folder)
    events = folder / "contribution_events.csv"
    text = events.read_text(encoding="utf-8")
    assert "2025-11-03,day,18000000" in text
    events.write_text(
        text.replace("2025-11-03,day,18000000", "2025-11-03,day,24000000"), encoding="utf-8"
    )
    screening = folder / "due_diligence.csv"
    rows = screening.read_text(encoding="utf-8").splitlines()
    kept = [row for row in rows if not row.startswith("DD-C-HELI")]
    assert len(kept) == len(rows) - 1
    screening.write_text("\n".join(kept) + "\n", encoding="utf-8")
    return folder


def test_it_prints_and_writes_what_changed(later: Path, tmp_path: Path) -> None:
    said = konbit("compare", FORCE, later, "--out", tmp_path / "out")
    assert said.code == ExitCode.FINE, said.err
    assert "received" in said.out
    assert "24000000" in said.out
    assert "row taken out" in said.out
    assert {p.name for p in (tmp_path / "out").iterdir()} == {"difference.html", "earlier", "later"}
    for name, dossier in (("earlier", FORCE), ("later", later)):
        verified = konbit("verify", tmp_path / "out" / name, dossier)
        assert verified.code == ExitCode.FINE, verified.out


def test_it_prints_one_json_document_with_both_plans_and_the_rows(later: Path) -> None:
    said = konbit("compare", FORCE, later, "--json", "--scenario", "stay", "--as-of", "2026-02-15")
    document = json.loads(said.out)
    assert said.code == ExitCode.FINE, said.err
    assert document["earlier"]["scenario"] == document["later"]["scenario"] == "stay"
    assert document["earlier"]["dossier_digest"] != document["later"]["dossier_digest"]
    assert {row["table"] for row in document["rows"]} == {"contribution_events", "due_diligence"}


@pytest.mark.parametrize(
    ("more", "code", "told"),
    [
        (("--scenario", "stay", "--scenario", "more-room"), ExitCode.USAGE, "one scenario"),
        (("--scenario", "never"), ExitCode.USAGE, "no scenario"),
    ],
)
def test_what_cannot_be_compared_is_a_sentence(
    more: tuple[str, ...], code: ExitCode, told: str, later: Path
) -> None:
    said = konbit("compare", FORCE, later, *more)
    assert (said.code, said.out) == (code, "")
    assert told in said.err


def test_a_later_dossier_that_is_not_there_or_has_errors_is_told(tmp_path: Path) -> None:
    assert konbit("compare", FORCE, tmp_path / "none").code == ExitCode.UNREADABLE
    broken = tmp_path / "broken"
    shutil.copytree(FORCE, broken)
    (broken / "capabilities.csv").unlink()
    said = konbit("compare", FORCE, broken)
    assert (said.code, said.out) == (ExitCode.FINDINGS, "")
    assert "capabilities" in said.err
