"""`konbit futures` as its users run it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from command import PROGRAM, environment, konbit
from konbit.cli.exits import ExitCode

FORK = Path(__file__).parents[2] / "dossiers" / "fork"
FEW = ("--as-of", "2026-01-15", "--decide", "1", "--futures", "4")


def test_it_prints_one_json_document_and_writes_page_and_tables(tmp_path: Path) -> None:
    said = konbit("futures", FORK, *FEW, "--workers", "1", "--json", "--out", tmp_path / "out")

    document = json.loads(said.out)
    assert said.code == ExitCode.FINE
    assert document["verified"] is True
    assert len(document["tables"]["futures"]) == 4
    assert document["checked"] == 1
    assert document["priors"] == document["assumed_priors"] == 1
    page = (tmp_path / "out" / "futures.html").read_text("utf-8")
    assert document["digest"][:12] in page
    assert (tmp_path / "out" / "futures" / "futures_months.csv").is_file()


def test_two_processes_print_the_same_in_words() -> None:
    one, two = (konbit("futures", FORK, *FEW, "--workers", n, "--lang", "fr") for n in (1, 2))

    assert one.code == two.code == ExitCode.FINE
    assert one.out == two.out
    assert "avenirs" in one.out


def test_more_months_than_are_planned_cannot_be_decided() -> None:
    said = konbit("futures", FORK, "--as-of", "2026-01-15", "--decide", "4")

    assert said.code == ExitCode.USAGE
    assert "The plan has 4 months" in said.err


def test_a_cluster_that_does_not_answer_is_named() -> None:
    said = konbit("futures", FORK, *FEW, "--cluster", "tcp://127.0.0.1:9")

    assert said.code == ExitCode.UNREADABLE
    assert "tcp://127.0.0.1:9" in said.err


@pytest.mark.skipif(os.name != "posix", reason="signals and groups of processes are of POSIX")
def test_interrupted_it_leaves_no_worker_behind() -> None:
    """Only the program itself is told to stop; its workers end with it, without a word."""
    started = subprocess.Popen(
        [PROGRAM, "futures", FORK, *FEW[:-1], "2000", "--workers", "2"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
        start_new_session=True,
    )
    assert started.stderr is not None
    while b"Following" not in started.stderr.readline():
        assert started.poll() is None
    started.send_signal(signal.SIGINT)
    _, said = started.communicate(timeout=60)

    assert started.returncode == ExitCode.INTERRUPTED
    assert b"Traceback" not in said
    for _ in range(300):
        try:
            os.killpg(started.pid, 0)
        except ProcessLookupError:
            return
        time.sleep(0.1)
    pytest.fail("a worker is left")


def test_a_scenario_that_is_not_there_is_told_before_anything_is_drawn() -> None:
    said = konbit("futures", FORK, *FEW, "--scenario", "nowhere", "--workers", "1")

    assert said.code == ExitCode.USAGE
    assert "scenarios" in said.err
