"""Help speaks the reader's language, whole and within the width of a terminal."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

import pytest
import typer

from command import konbit
from konbit.cli.exits import ExitCode
from konbit.cli.helping import catalogue, speak, units_of
from konbit.cli.main import app
from konbit.cli.options import Language

if TYPE_CHECKING:
    from collections.abc import Iterator

OTHERS = [language for language in Language if language is not Language.EN]
# What the library that reads command lines says by itself.
OF_THE_LIBRARY = {
    "Usage", "Options", "Arguments", "Commands", "Show this message and exit.", "required",
    "default:",
}  # fmt: skip


def program() -> Any:
    return typer.main.get_command(app)


def texts_of(command: Any) -> Iterator[str]:
    yield command.short_help or ""
    yield command.help or ""
    for parameter in command.params:
        yield getattr(parameter, "help", None) or ""


def said_in_english() -> set[str]:
    whole = program()
    texts = [text for one in (whole, *whole.commands.values()) for text in texts_of(one)]
    units = {unit for text in texts for unit in units_of(inspect.cleandoc(text))}
    return {unit for unit in units if unit and not unit.startswith("konbit ")} | OF_THE_LIBRARY


def shown(arguments: list[str], language: Language, capsys: pytest.CaptureFixture[str]) -> str:
    spoken = program()
    speak(spoken, language)
    spoken([*arguments, "--help"], prog_name="konbit", standalone_mode=False)
    return capsys.readouterr().out


@pytest.mark.parametrize("language", OTHERS)
def test_every_text_of_help_exists_in_each_language_and_none_is_idle(language: Language) -> None:
    told = catalogue(language)

    assert set(told) == said_in_english()
    assert all(text.strip() for text in told.values())


@pytest.mark.parametrize("language", OTHERS)
def test_options_and_files_are_named_in_every_language(language: Language) -> None:
    """What must be typed as it stands is the same in the translation."""
    for english, told in catalogue(language).items():
        for word in english.replace(",", " ").replace(";", " ").replace(":", " ").split():
            if word.startswith("--") or word.rstrip(".").endswith((".html", ".xlsx", "_LANG")):
                assert word.rstrip(".") in told, (english, word)


@pytest.mark.parametrize("language", list(Language))
def test_help_fits_eighty_columns(
    language: Language, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    for command in ("", *program().commands):
        said = shown(command.split(), language, capsys)
        longest = max(said.splitlines(), key=len)
        assert len(longest) <= 80, longest


@pytest.mark.parametrize("language", OTHERS)
def test_nothing_of_help_is_left_in_english(
    language: Language, capsys: pytest.CaptureFixture[str]
) -> None:
    english = {command: shown([command], Language.EN, capsys) for command in program().commands}
    for command, said in english.items():
        told = shown([command], language, capsys)
        same = {line for line in said.splitlines() if line.strip()} & set(told.splitlines())
        assert not {line for line in same if " " in line.strip() and "  -" not in line}, command


def test_english_help_is_as_its_commands_say_it(capsys: pytest.CaptureFixture[str]) -> None:
    program()(["check", "--help"], prog_name="konbit", standalone_mode=False)
    plain = capsys.readouterr().out

    assert shown(["check"], Language.EN, capsys) == plain


def test_help_follows_the_setting_and_the_option() -> None:
    by_option = konbit("futures", "--lang", "fr", "--help")
    assert by_option.code == ExitCode.FINE
    assert by_option.out.startswith("Emploi\u00a0: konbit futures")
    assert "[par d\u00e9faut\u00a0: 200; x>=1]" in by_option.out
    assert "Muestra la versi\u00f3n y termina." in konbit("--help", KONBIT_LANG="es").out
    assert "Planificar una misi\u00f3n" in konbit(KONBIT_LANG="es").err
    assert "Planifye yon misyon" in konbit("--help", LANG="ht_HT.UTF-8").out
