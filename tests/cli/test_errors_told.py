"""Whatever goes wrong, the user reads one sentence and the exit code says what kind it was."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from typing import TYPE_CHECKING

import pytest

from command import PROGRAM, environment, konbit
from konbit.briefing.words import Words
from konbit.cli.exits import ExitCode
from told_in_docs import write_how_to, write_tutorial

if TYPE_CHECKING:
    from pathlib import Path

READERS = (
    ("check",),
    ("plan",),
    ("explain",),
    ("compare",),
    ("brief", "--out", "out"),
    ("convert", "out.xlsx"),
)


@pytest.mark.parametrize("command", READERS, ids=lambda c: c[0])
def test_a_path_that_is_not_there(command: tuple[str, ...], tmp_path: Path) -> None:
    said = konbit(command[0], tmp_path / "nothing", *command[1:], cwd=tmp_path)
    assert said.code == ExitCode.UNREADABLE
    assert "There is nothing at" in said.err
    assert said.out == ""


@pytest.mark.parametrize("command", READERS, ids=lambda c: c[0])
def test_a_file_that_is_no_dossier(command: tuple[str, ...], tmp_path: Path) -> None:
    paper = tmp_path / "notes.txt"
    paper.write_text("not a dossier", encoding="utf-8")
    said = konbit(command[0], paper, *command[1:], cwd=tmp_path)
    assert said.code == ExitCode.UNREADABLE
    assert "no dossier" in said.out + said.err


@pytest.mark.parametrize("command", ["plan", "brief", "compare", "futures"])
def test_a_folder_for_results_is_not_left_without_any(command: str, tmp_path: Path) -> None:
    said = konbit(command, tmp_path / "nothing", "--out", tmp_path / "new" / "out")
    assert said.code == ExitCode.UNREADABLE
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_no_resolution(tmp_path: Path) -> None:
    """Whatever the bytes are; an empty table would look as if the file had been understood."""
    for data in (b"", b"shopping list: bread, milk", bytes(range(256)) * 8):
        paper = tmp_path / "paper.txt"
        paper.write_bytes(data)
        said = konbit("mandate", paper)
        assert said.code == ExitCode.FINDINGS
        assert "nothing that reads like a resolution" in said.err
        assert said.out == ""


@pytest.mark.parametrize("command", ["plan", "explain", "compare"])
def test_a_dossier_with_errors_is_not_planned(command: str, tmp_path: Path) -> None:
    folder = write_how_to(tmp_path / "d")
    sites = folder / "sites.csv"
    sites.write_text(sites.read_text().replace("SOUTH-R", "NOWHERE"), encoding="utf-8")
    said = konbit(command, folder)
    assert said.code == ExitCode.FINDINGS
    assert "NOWHERE" in said.err
    assert "cannot be planned" in said.err
    assert said.out == ""


@pytest.mark.parametrize("command", ["plan", "explain", "codes"])
def test_a_table_that_was_not_read_is_told_before_the_result(command: str, tmp_path: Path) -> None:
    """A ceiling in a file of another name holds nothing back, and no plan would show that."""
    words = Words("fr")
    folder = write_how_to(tmp_path / "d")
    (folder / "ceilings.csv").rename(folder / "zz.csv")
    said = konbit(command, folder, "--lang", "fr")
    assert said.code == ExitCode.FINE
    assert words.say("table-unknown", name="zz.csv") in said.err
    assert "zz.csv" not in said.out


def test_a_wrong_name_is_told_beside_a_cell_that_cannot_be_read(tmp_path: Path) -> None:
    """Everything at once: nobody should mend the dates to learn then that a name is wrong."""
    folder = write_how_to(tmp_path / "d")
    for table, good, bad in [
        ("offers", "2026-04-01", "1 April 2026"),
        ("requirements", ",INF,CAP,", ",INFANTRY,CAP,"),
    ]:
        file = folder / f"{table}.csv"
        file.write_text(file.read_text().replace(good, bad, 1), encoding="utf-8")
    for command in ("check", "plan"):
        said = konbit(command, folder)
        assert said.code == ExitCode.FINDINGS
        assert "“1 April 2026” is not a date" in said.out + said.err
        assert "“INFANTRY” is not found in capabilities" in said.out + said.err
        # An offer is not said to be missing because its row could not be read.
        assert "is not found in offers" not in said.out + said.err


def test_a_scenario_that_does_not_exist(tmp_path: Path) -> None:
    folder = write_how_to(tmp_path / "d")
    for command in ("plan", "explain", "compare"):
        said = konbit(command, folder, "--scenario", "transfer-august")
        assert said.code == ExitCode.USAGE
        assert "transfer-august" in said.err
        assert "transfer-july" in said.err


def test_a_scenario_where_there_are_none(tmp_path: Path) -> None:
    said = konbit("plan", write_tutorial(tmp_path / "d"), "--scenario", "weather")
    assert said.code == ExitCode.USAGE
    assert "no scenario “weather”" in said.err
    assert "to compare" not in said.err


def test_comparing_a_dossier_without_scenarios(tmp_path: Path) -> None:
    said = konbit("compare", write_tutorial(tmp_path / "d"))
    assert said.code == ExitCode.USAGE
    assert "scenarios" in said.err


def test_a_requirement_or_month_that_does_not_exist(tmp_path: Path) -> None:
    folder = write_tutorial(tmp_path / "d")
    said = konbit("explain", folder, "--requirement", "R-NAVY")
    assert said.code == ExitCode.USAGE
    assert "R-PATROL" in said.err
    said = konbit("explain", folder, "--month", "2031-01")
    assert said.code == ExitCode.USAGE
    assert "2026" in said.err


@pytest.mark.parametrize("command", ["plan", "brief", "compare"])
def test_an_output_folder_that_cannot_be_written_is_told_before_planning(
    command: str, tmp_path: Path
) -> None:
    folder = write_how_to(tmp_path / "d")
    taken = tmp_path / "taken"
    taken.write_text("a file and no folder", encoding="utf-8")
    said = konbit(command, folder, "--out", taken / "out")
    assert said.code == ExitCode.UNREADABLE
    assert "cannot be written" in said.err
    assert "Planning" not in said.err


@pytest.mark.parametrize(
    ("language", "reason"),
    [("en", "is a file, not a folder"), ("fr", "est un fichier"), ("es", "es un archivo")],
)
def test_why_the_system_refuses_is_told_in_the_readers_language(
    language: str, reason: str, tmp_path: Path
) -> None:
    taken = tmp_path / "taken"
    taken.write_text("a file and no folder", encoding="utf-8")
    folder = write_tutorial(tmp_path / "d")
    said = konbit("brief", folder, "--out", taken / "out", "--lang", language)
    assert said.code == ExitCode.UNREADABLE
    assert reason in said.err
    assert "Not a directory" not in said.err


def test_what_is_already_there_is_not_replaced(tmp_path: Path) -> None:
    folder = write_tutorial(tmp_path / "d")
    there = tmp_path / "there.xlsx"
    there.write_text("mine", encoding="utf-8")
    for said in (konbit("template", there), konbit("convert", folder, there)):
        assert said.code == ExitCode.USAGE
        assert "--force" in said.err
    assert there.read_text(encoding="utf-8") == "mine"


def test_a_template_is_a_workbook(tmp_path: Path) -> None:
    said = konbit("template", tmp_path / "mission.csv")
    assert said.code == ExitCode.USAGE
    assert ".xlsx" in said.err


def test_sentences_are_in_the_language_asked_for(tmp_path: Path) -> None:
    assert "Il n\u2019y a rien" in konbit("check", tmp_path / "x", "--lang", "fr").err
    assert "Pa gen anyen" in konbit("check", tmp_path / "x", KONBIT_LANG="ht").err
    assert "No hay nada" in konbit("check", tmp_path / "x", LANG="es_HN.UTF-8").err
    assert "There is nothing" in konbit("check", tmp_path / "x", LANG="de_DE.UTF-8").err


def test_a_fault_of_our_own_is_one_sentence_and_a_code(tmp_path: Path) -> None:
    """A fault is made by hiding a file that the program cannot do without."""
    program = (
        "import konbit.dossier.checks as c\n"
        "def broken(*_): raise RuntimeError('planted')\n"
        "c.check = broken\n"
        "from konbit.cli.main import run\n"
        "run()\n"
    )
    folder = write_tutorial(tmp_path / "d")
    command = [str(PROGRAM.parent / "python"), "-c", program, "check", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, env=environment(), check=False)
    assert done.returncode == ExitCode.FAULT
    assert "planted" in done.stderr
    assert "report it" in done.stderr
    assert "Traceback" not in done.stderr
    told = subprocess.run(
        command, capture_output=True, text=True, env=environment(KONBIT_DEBUG="1"), check=False
    )
    assert "Traceback" in told.stderr


def test_an_interrupted_plan_ends_at_once_and_leaves_nothing(tmp_path: Path) -> None:
    folder = write_how_to(tmp_path / "d")
    out = tmp_path / "out"
    with subprocess.Popen(
        [PROGRAM, "plan", folder, "--out", out],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(),
    ) as child:
        assert child.stderr is not None
        first = child.stderr.readline()  # the work has begun
        time.sleep(0.1)
        os.kill(child.pid, signal.SIGINT)
        _, rest = child.communicate(timeout=30)
    assert first
    assert child.returncode == ExitCode.INTERRUPTED
    assert "Interrupted" in rest
    assert "Traceback" not in rest
    assert list(tmp_path.iterdir()) == [folder]


def test_a_reader_who_closes_the_pipe_is_no_fault(tmp_path: Path) -> None:
    folder = write_how_to(tmp_path / "d")
    with subprocess.Popen(
        [PROGRAM, "check", folder, "--all"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(),
    ) as child:
        assert child.stdout is not None
        assert child.stderr is not None
        child.stdout.close()
        told = child.stderr.read()
    assert child.returncode == ExitCode.FINE
    assert "Traceback" not in told
    assert "BrokenPipe" not in told


def test_files_are_written_though_the_reader_closed_the_pipe(tmp_path: Path) -> None:
    """`konbit mandate text --out folder | head` must not cost the files."""
    text = tmp_path / "text.txt"
    text.write_text(
        "The Security Council,\n\n1. Decides to remain seized of the matter.\n", encoding="utf-8"
    )
    with subprocess.Popen(
        [PROGRAM, "mandate", text, "--out", tmp_path / "out"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(),
    ) as child:
        assert child.stdout is not None
        assert child.stderr is not None
        child.stdout.close()
        told = child.stderr.read()
    assert child.returncode == ExitCode.FINE
    assert "Traceback" not in told
    assert "BrokenPipe" not in told
    assert (tmp_path / "out" / "mandates.xlsx").exists()
