"""What pages tell a reader to run is run, and what comes out is what they show."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from command import konbit
from docs_in_step import ROOT, out_of_date

HAITI = ("README.md", "docs/explanation/haiti.md")  # one plan of a quarter of a minute serves both
TUTORIAL = "docs/tutorial/first-plan.md"  # has tests of its own
# Many plans: whole in `make bench`, in part here.
LOOKING_BACK = "docs/explanation/looking-back.md"
SHOCKS = "docs/explanation/shocks-to-haiti.md"
SHOWS = re.compile(r"^```console\n\$ ", re.MULTILINE)
SHOWN = re.DOTALL | re.MULTILINE


def _text(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def pages_with_commands() -> list[str]:
    every = (*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("dossiers/*/*.md"))
    return sorted(
        str(page.relative_to(ROOT))
        for page in every
        if SHOWS.search(page.read_text(encoding="utf-8"))
    )


OTHERS = sorted({*pages_with_commands(), "docs/how-to/use-from-a-notebook.md"})


ELSEWHERE = (*HAITI, TUTORIAL, LOOKING_BACK, SHOCKS)


HERE = [p for p in OTHERS if p not in ELSEWHERE]


@pytest.fixture(scope="module")
def renewed() -> str:
    """What all pages together are told of; what several of them run is run once."""
    return out_of_date("print_outputs.py", *HERE)


@pytest.mark.parametrize("page", HERE)
def test_a_page_shows_what_comes_out_now(page: str, renewed: str) -> None:
    assert f"{page}: out of date" not in renewed, renewed


def test_every_page_was_walked_to_its_end(renewed: str) -> None:
    assert renewed == ""


def test_the_pages_on_haiti_show_what_comes_out_now() -> None:
    assert set(HAITI) <= set(pages_with_commands())
    assert out_of_date("print_outputs.py", *HAITI) == ""


def test_the_figure_of_haiti_is_that_of_the_plan_made_now() -> None:
    assert out_of_date("draw_images.py") == ""
    assert (ROOT / "docs" / "images" / "haiti-people.svg").stat().st_size < 100_000


def test_the_first_look_back_is_what_the_page_shows() -> None:
    done = subprocess.run(
        [sys.executable, "benchmarks/looking_back.py", "--first"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    assert len(done.stdout.splitlines()) > 5
    assert done.stdout in _text(LOOKING_BACK)


def test_a_shock_to_haiti_is_what_the_page_shows() -> None:
    found = re.search(r"\$ konbit (shock [^\n]*--withdraw [^\n]*)\n(.*?)^…", _text(SHOCKS), SHOWN)
    assert found
    told = [line.rstrip() for line in konbit(*found[1].split(), cwd=ROOT).out.splitlines()]
    assert found[2].splitlines() == told[: len(found[2].splitlines())]
    assert len(found[2].splitlines()) > 10


def test_pages_of_many_plans_are_checked_whole_elsewhere() -> None:
    bench = _text("Makefile").partition("\nbench:")[2].partition("\nsoak:")[0]
    checked = next(line for line in bench.splitlines() if "print_outputs.py --check" in line)
    assert {LOOKING_BACK, SHOCKS} <= set(checked.split())
