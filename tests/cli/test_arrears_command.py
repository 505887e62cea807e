"""`konbit arrears`: from a fund's public export to rows on which a planner goes on."""

from __future__ import annotations

import io
import json
import shutil
import sys
import zipfile
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import replace
from typing import TYPE_CHECKING
from unittest.mock import patch

import pytest

from command import Said
from docs_in_step import ROOT
from konbit.cli.main import run
from konbit.dossier import Dossier
from konbit.dossier.tables.arrears import ClaimStanding
from konbit.dossier.tables.fund import Fund
from konbit.dossier.tables.mandate import Organisation
from konbit.fund import Record
from konbit.fund.standing import standings
from konbit.fund.transparency import ED25519, SigningKey
from konbit.package import read, write_folder
from konbit.terms import Money
from made_ledgers import LOG_KEY, Drawn, write_export

if TYPE_CHECKING:
    from pathlib import Path


def konbit(*arguments: object, lang: str = "en") -> Said:
    """The command, in this process: what it printed, and how it ended."""
    out, err = io.StringIO(), io.StringIO()
    argv = ["konbit", *map(str, arguments), "--lang", lang]
    with (
        patch.object(sys, "argv", argv),
        redirect_stdout(out),
        redirect_stderr(err),
        pytest.raises(SystemExit) as ended,
    ):
        run()
    return Said(out.getvalue(), err.getvalue(), int(ended.value.code or 0))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An export with four claims that are not paid, by KEN."""
    folder = tmp_path_factory.mktemp("theirs")
    drawn = Drawn(3)
    drawn.grow(200)
    write_export(folder / "export", drawn.lines, {}, sizes=(40, 120))
    (folder / "ours.keys").write_text(f"{LOG_KEY.verifier}\n")
    with zipfile.ZipFile(folder / "export.zip", "w") as archive:
        for file in sorted((folder / "export").rglob("*.*")):
            archive.write(file, file.relative_to(folder))
    return folder


def lines_of(made: Path) -> list[bytes]:
    return (made / "export" / "log.jsonl").read_bytes().splitlines()


def test_what_is_owed_is_told_by_contributor_and_age(made: Path) -> None:
    said = konbit("arrears", made / "export", "--on", "2026-09-30", "--keys", made / "ours.keys")
    assert said.code == 0, said.err
    assert "What FUND owes its contributors on 30 September 2026, from 200 records" in said.out
    assert "the oldest service ended 6 months ago" in said.out
    assert "for 6 to 12 months: USD" in said.out
    assert said.err == "", "the key was brought: nothing is left to be said"
    early = konbit("arrears", made / "export", "--on", "2026-03-01", lang="fr")
    assert early.code == 0
    assert "Rien n'est dû." in early.out
    assert "seul l'export le dit" in early.err


@pytest.mark.parametrize(
    ("language", "told"), [("fr", "impayés"), ("es", "sin pagar"), ("ht", "ki poko peye")]
)
def test_it_is_told_in_the_readers_language(made: Path, language: str, told: str) -> None:
    said = konbit("arrears", made / "export", lang=language)
    assert said.code == 0
    assert told in said.out


def test_the_rows_are_those_of_the_log_in_every_form(made: Path, tmp_path: Path) -> None:
    records = [Record.from_bytes(line) for line in lines_of(made)]
    expected = standings(records, until="2026-10-01").values()
    for given, out in (("export", "folder"), ("export.zip", "rows.xlsx"), (".", "other")):
        said = konbit("arrears", made / given, "--on", "2026-09-30", "--out", tmp_path / out)
        assert said.code == 0, said.err
        dossier = read(tmp_path / out).dossier
        assert dossier is not None
        assert {row.claim: row.unpaid for row in dossier.rows(ClaimStanding)} == {
            one.claim: Money(one.unpaid_minor, "USD") for one in expected
        }
    again = konbit("arrears", made / "export", "--on", "2026-09-30", "--out", tmp_path / "folder")
    assert again.code == 2, "what is there is not replaced unasked"
    document = json.loads(konbit("arrears", made / "export", "--json", "--on", "2026-09-30").out)
    assert document["contributors"]["KEN"]["months"] == 6
    assert len(document["arrears"]) == len(expected)


def test_a_dossier_is_written_with_the_rows_or_not_at_all(made: Path, tmp_path: Path) -> None:
    ours = ROOT / "dossiers" / "harbour"
    given = ("arrears", made / "export", "--dossier")
    refused = konbit(*given, ours, "--out", tmp_path / "none")
    assert refused.code == 1
    assert (
        "fund: “FUND” is not found in funds"
        in konbit(*given, ours, "--out", tmp_path / "none", "--all").err
    )
    assert not (tmp_path / "none").exists()

    mission = read(ours).dossier
    assert mission is not None
    fund = replace(mission.rows(Fund)[0], code="FUND")
    contributor = replace(mission.rows(Organisation)[0], code="KEN")
    mission = Dossier.of([*mission.all_rows, fund, contributor])
    write_folder(mission, tmp_path / "known")
    taken = konbit(*given, tmp_path / "known", "--out", tmp_path / "with")
    assert taken.code == 0, taken.err
    written = read(tmp_path / "with").dossier
    assert written is not None
    assert len(written.rows(ClaimStanding)) > 3
    rest = [row for row in written.all_rows if not isinstance(row, ClaimStanding)]
    assert Dossier.of(rest) == mission
    again = konbit(*given, tmp_path / "with", "--out", tmp_path / "again")
    assert again.code == 0
    assert read(tmp_path / "again").dossier == written, "the same rows again change nothing"


@pytest.mark.parametrize("change", ["line", "rule", "history", "cut", "unsigned", "key"])
def test_whatever_is_wrong_is_told_at_once_and_nothing_written(
    made: Path, tmp_path: Path, change: str
) -> None:
    folder = tmp_path / "export"
    shutil.copytree(made / "export", folder)
    lines = lines_of(made)
    told = "The records are not those over which this checkpoint was signed"
    if change == "line":
        lines[3] = b"\xef\xbb\xbf" + lines[3]
        lines[50] = b'{"kind":"\\ud800"}'
        told = "50: This line of the log is no record."
    elif change == "rule":
        lines[60], lines[61] = lines[61], lines[60]
        told = "60: This record of the log breaks the rule “sequence”"
    elif change == "history":
        lines[30] = lines[30].replace(b'"authority":"Financial rule 1"', b'"authority":"Other"')
    elif change == "cut":
        del lines[150:]
        told = "The log has 150 records, but 200 were signed"
    elif change == "unsigned":
        for file in (folder / "checkpoints").iterdir():
            file.unlink()
        told = "No checkpoint signs this log."
    keys = ["--keys", tmp_path / "other.keys"] if change == "key" else []
    if change == "key":
        other = SigningKey(LOG_KEY.name, ED25519, bytes(32)).verifier
        (tmp_path / "other.keys").write_text(f"{other}\n")
        told = "no checkpoint that the log signed with a key that counts here"
    (folder / "log.jsonl").write_bytes(b"".join(line + b"\n" for line in lines))
    said = konbit("arrears", folder, "--out", tmp_path / "rows", *keys)
    assert said.code == 1, said.err
    assert told in said.err
    assert not (tmp_path / "rows").exists()
    if change == "line":
        assert "3: This line of the log is no record." in said.err, "all of them at once"


def test_what_is_no_export_is_said(made: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "text.zip").write_text("no archive")
    damaged = bytearray((made / "export.zip").read_bytes())
    damaged[2000:2100] = bytes(100)
    (tmp_path / "damaged.zip").write_bytes(damaged)
    for name in ("empty", "text.zip", "damaged.zip", "nothing"):
        said = konbit("arrears", tmp_path / name)
        assert said.code == 4, name
        assert len(said.err.splitlines()) == 1
    without = tmp_path / "without"
    shutil.copytree(made / "export", without)
    (without / "keys.txt").unlink()
    assert "keys.txt is missing" in konbit("arrears", without).err
    assert konbit("arrears", made / "export", "--dossier", tmp_path).code == 2
