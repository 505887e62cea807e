"""`konbit codes`, and what is told of a code that is none: codes with their titles."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from command import konbit
from konbit.briefing import Words
from konbit.briefing.codes import Coded, coded, nearest, with_text
from konbit.briefing.words import LANGUAGES
from konbit.cli.exits import ExitCode
from konbit.dossier.tables.fund import Contribution
from konbit.package import read

DOSSIERS = Path(__file__).parents[2] / "dossiers"
FORCE = DOSSIERS / "regional-force"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_that_an_option_takes_is_listed_with_its_title(language: str) -> None:
    said = konbit("codes", FORCE, "--lang", language)
    assert said.code == ExitCode.FINE, said.err
    for option in ("--offer", "--withdraw", "--freeze", "--close", "--delay", "--requirement",
                   "--scenario"):  # fmt: skip
        assert option in said.out
    assert "cli-codes" not in said.out
    lines = [line.split(maxsplit=1) for line in said.out.splitlines() if line.startswith("  ")]
    titles = dict(lines)
    assert titles["AIR-1"].strip() == "Chartered flights"
    assert "Infantry battalion" in titles["B-INF"]
    assert titles["R-CAP-INF"].strip() == "Infantry @ Camp at the capital"


def test_help_in_kind_is_not_listed_among_gifts_that_can_be_frozen() -> None:
    said = konbit("codes", FORCE, "--json")
    rows = json.loads(said.out)
    assert {row["code"] for row in rows if row["table"] == "contributions"} == {"G1", "G2"}
    dossier = read(FORCE).dossier
    assert dossier is not None
    assert "G3" in dossier.by_code(Contribution)


def test_only_what_has_the_text_in_code_or_title_whatever_its_case_and_accents() -> None:
    entries = (
        Coded("sites", "KSF", "Forward base P\N{LATIN SMALL LETTER E WITH ACUTE}tion-Ville"),
        Coded("sites", "DEL", "Forward base Delmas"),
    )
    assert with_text(entries, "PETION") == entries[:1]
    assert with_text(entries, "del") == entries[1:]
    assert with_text(entries, "") == entries
    assert nearest(entries, "DLE", 8) == entries[1:]
    assert nearest(entries, "nothing like it", 8) == ()
    assert nearest(entries, "forward", 1) == entries[:1]


def test_nothing_found_is_said_and_is_no_error() -> None:
    said = konbit("codes", FORCE, "nobody", "--lang", "es")
    assert (said.code, said.out) == (ExitCode.FINE, "")
    assert "nobody" in said.err


def test_what_was_not_known_or_is_not_used_is_not_listed() -> None:
    dossier = read(DOSSIERS / "haiti").dossier
    assert dossier is not None
    words = Words("en")
    now, early = (
        {entry.code for entry in coded(known, words)}
        for known in (dossier, dossier.known_on(dossier.last_known_on.replace(year=2023)))
    )
    assert early < now


@pytest.mark.parametrize(
    ("command", "near"),
    [
        (("shock", "--freeze", "medical"), "G2  Gift for medical care"),
        (("shock", "--close", "flights:2"), "AIR-1  Chartered flights"),
        (("shock", "--delay", "north:2"), "NORTH-EXT  Battalion camp in the north"),
        (("shock", "--withdraw", "helicopters"), "C-HELI  State C: Helicopters with crews"),
        (("explain", "--offer", "hospital"), "A-HOSP  State A: Field hospital"),
        (("explain", "--requirement", "medevac"), "R-MEDEVAC  Air medical evacuation"),
        (("plan", "--scenario", "july"), "transfer-july"),
    ],
)
def test_of_a_code_that_is_none_those_meant_are_told_with_their_titles(
    command: tuple[str, ...], near: str
) -> None:
    name, *options = command
    said = konbit(name, FORCE, "--as-of", "2026-02-15", *options)
    assert said.code == ExitCode.USAGE
    assert near in said.err
    assert f"konbit codes {FORCE}" in said.err
