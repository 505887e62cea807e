"""A command line that is not understood is answered in the reader's language."""

from __future__ import annotations

import pytest

from command import Said, konbit
from konbit.cli.exits import ExitCode

ENGLISH = ("Usage:", "Error", "Missing", "No such", "Invalid", "unexpected", "requires", "should")

# What was typed, and what of it the answer must show.
MISTAKES = (
    (("plan",), "DOSSIER"),
    (("plna",), "plna"),
    (("plan", "x", "--ot", "y"), "--out"),
    (("plan", "x", "--colour"), "--colour"),
    (("plan", "x", "--out"), "--out"),
    (("plan", "one", "two"), "two"),
    (("plan", "x", "--as-of", "13.11.2024"), "2024-11-13"),
    (("explain", "x", "--month", "March"), "2025-04"),
    (("compare", ".", "--delays", "a,b"), "0,3,6"),
    (("futures", "x", "--futures", "0"), "1"),
    (("futures", "x", "--futures", "many"), "--futures"),
    (("shock", ".", "--close", "LIFT"), "LIFT:6"),
    (("shock", ".", "--cut-assessed", "15"), "15%"),
    (("plan", "x", "--lang", "de"), "ht"),
)


@pytest.mark.parametrize("language", ["fr", "es", "ht"])
@pytest.mark.parametrize(("typed", "shown"), MISTAKES, ids=lambda v: " ".join(v)[:30])
def test_a_mistake_is_told_in_the_language_of_the_reader(
    typed: tuple[str, ...], shown: str, language: str
) -> None:
    told = konbit(*typed, KONBIT_LANG=language)
    assert (told.code, told.out) == (ExitCode.USAGE, "")
    assert shown in told.err
    assert [word for word in ENGLISH if word in told.err] == []
    assert "{" not in told.err.replace("{DOSSIER}", "")
    assert " -h" in told.err or typed[-1] == "--out"


def test_the_language_may_be_asked_for_on_the_same_line() -> None:
    for typed in (("--lang", "fr"), ("--lang=fr",)):
        assert "Il manque" in konbit("plan", *typed).err
    assert "is missing" in konbit("plan").err


def test_a_language_of_the_system_that_names_a_country_is_understood() -> None:
    assert "Il manque" in konbit("plan", KONBIT_LANG="fr_CA.UTF-8").err


def test_without_a_command_the_manual_is_shown() -> None:
    told: Said = konbit()
    assert told.code == ExitCode.USAGE
    assert "konbit check dossiers/haiti" in told.out + told.err
