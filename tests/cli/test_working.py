"""Ctrl-C during a search: the first gives the best so far, the second ends the program."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from command import PROGRAM, environment
from konbit.briefing.words import Words
from konbit.cli.exits import ExitCode
from konbit.cli.working import Patience

if TYPE_CHECKING:
    from collections.abc import Iterator

HAITI = Path(__file__).parents[2] / "dossiers" / "haiti"

SEARCH = """
import sys, time
from konbit.briefing.words import Words
from konbit.cli.working import searching

def work(told, patience):
    told("search", 0.1)
    if {has_plan}:
        patience.watch(0.25, 0.5)
    print("begun", file=sys.stderr, flush=True)
    until = time.monotonic() + 30
    while time.monotonic() < until and not ({heeds} and patience.enough()):
        time.sleep(0.01)
    return "the best so far"

print(searching(Words("en"), work))
"""


@contextmanager
def searching(*, has_plan: bool, heeds: bool) -> Iterator[subprocess.Popen[str]]:
    """A program that searches until it has had enough, or does not heed that it has."""
    program = SEARCH.format(has_plan=has_plan, heeds=heeds)
    with subprocess.Popen(
        [sys.executable, "-c", program],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(),
    ) as child:
        try:
            wait_for(child, "begun")
            yield child
        finally:
            child.kill()


def wait_for(child: subprocess.Popen[str], said: str) -> str:
    """What the program says until it says this."""
    assert child.stderr is not None
    told = ""
    for line in child.stderr:
        told += line
        if said in line:
            return told
    pytest.fail(f"it ended without {said!r}: {told}")


def interrupted(*arguments: str | Path, at: str) -> str:
    """What `konbit` prints where it hears Ctrl-C once it has said something; it ends well."""
    with subprocess.Popen(
        [PROGRAM, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(),
    ) as child:
        try:
            wait_for(child, at)
            os.kill(child.pid, signal.SIGINT)
            out, err = child.communicate(timeout=120)
        finally:
            child.kill()
    assert child.returncode == ExitCode.FINE, err
    return out


def test_the_first_ctrl_c_gives_the_best_so_far() -> None:
    with searching(has_plan=True, heeds=True) as child:
        os.kill(child.pid, signal.SIGINT)
        out, err = child.communicate(timeout=20)
    assert child.returncode == ExitCode.FINE, err
    assert out == "the best so far\n"


def test_a_second_ctrl_c_ends_the_program() -> None:
    with searching(has_plan=True, heeds=False) as child:
        os.kill(child.pid, signal.SIGINT)
        told = wait_for(child, "again")
        os.kill(child.pid, signal.SIGINT)
        out, err = child.communicate(timeout=20)
    assert child.returncode == ExitCode.INTERRUPTED
    assert out == ""
    assert "Interrupted" not in told
    assert "Interrupted" in err


def test_where_there_is_no_plan_yet_the_first_ctrl_c_ends_the_program() -> None:
    with searching(has_plan=False, heeds=True) as child:
        os.kill(child.pid, signal.SIGINT)
        out, err = child.communicate(timeout=20)
    assert child.returncode == ExitCode.INTERRUPTED
    assert out == ""
    assert "Interrupted" in err


def test_with_the_first_plan_a_search_says_once_how_not_to_wait_longer(
    capsys: pytest.CaptureFixture[str],
) -> None:
    patience = Patience(Words("es"))
    assert capsys.readouterr().err == ""
    patience.watch(0.25, 0.5)
    patience.watch(0.3, 0.5)
    told = capsys.readouterr().err
    assert told.count("Ctrl-C") == 1
    assert told.index("Ctrl-C") < told.index("25") < told.index("30")


def test_time_is_over_only_once_there_is_a_plan() -> None:
    patience = Patience(Words("en"), minutes=0.0)
    assert not patience.late()
    patience.watch(0.1, 0.5)
    assert patience.late()
    assert not patience.enough()
    unlimited = Patience(Words("en"))
    unlimited.watch(0.1, 0.5)
    assert not unlimited.late()
    long = Patience(Words("en"), minutes=60.0)
    long.watch(0.1, 0.5)
    assert not long.late()


def test_time_is_counted_anew_for_each_of_several_plans() -> None:
    patience = Patience(Words("en"), minutes=60.0)
    assert not patience.again()()
    assert Patience(Words("en"), minutes=0.0).again()()
    assert not Patience(Words("en")).again()()


def test_what_is_tried_after_the_search_has_the_time_allowed_once_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock = [0.0]
    monkeypatch.setattr(time, "monotonic", lambda: clock[0])
    steps: list[str] = []
    patience = Patience(Words("en"), minutes=2.0)
    told = patience.planned(lambda what, _share: steps.append(what), "reasons")
    patience.watch(0.1, 0.5)
    clock[0] = 121.0
    assert patience.late()
    told("reasons", 0.4)
    assert not patience.late()
    told("calls", 0.5)
    clock[0] = 240.0
    assert not patience.late()
    clock[0] = 242.0
    assert patience.late()
    assert steps == ["reasons", "calls"]


def test_of_several_plans_the_first_says_once_how_not_to_wait_longer(
    capsys: pytest.CaptureFixture[str],
) -> None:
    patience = Patience(Words("fr"))
    assert not patience.asked()
    patience.answered(0.25, 0.5)
    patience.answered(0.5, 0.5)
    assert capsys.readouterr().err.count("Ctrl-C") == 1
    assert patience.asked()
    assert patience.enough()
    assert not patience.asked()


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("shock", "--close", "UN-AIR:6", "--from", "2027-03"), "The search was ended"),
        (("compare", "--as-of", "2024-11-13", "--delays", "3,6"), "The comparison was ended"),
    ],
)
def test_ctrl_c_once_there_is_a_plan_gives_the_best_so_far(
    command: tuple[str, ...], said: str
) -> None:
    name, *options = command
    out = interrupted(name, HAITI, *options, at="Ctrl-C")
    assert said in " ".join(out.split())
    assert "weighted need" in out or "Weighted coverage" in out


def test_ctrl_c_while_asks_are_tried_gives_the_plan() -> None:
    out = interrupted("plan", HAITI, at="Making the call list")
    assert "Planning was ended before" in " ".join(out.split())
    assert "none violated" in out


def test_at_the_step_named_there_is_an_answer() -> None:
    heard: list[str] = []
    patience = Patience(Words("en"))
    told = patience.planned(lambda step, _share: heard.append(step), "reasons")
    told("cost", 0.4)
    assert not patience.asked()
    told("reasons", 0.5)
    assert patience.asked()
    assert heard == ["cost", "reasons"]
