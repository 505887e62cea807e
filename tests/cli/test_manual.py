"""`konbit --help` is a manual: quick, complete, and true."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from importlib.metadata import version

import pytest
from typer.testing import CliRunner

from command import konbit
from konbit.cli.exits import ExitCode
from konbit.cli.main import MANUAL, app
from konbit.cli.options import Language

COMMANDS = (
    "check",
    "codes",
    "plan",
    "explain",
    "compare",
    "futures",
    "brief",
    "template",
    "convert",
    "verify",
    "mandate",
)


def test_help_names_every_command_and_exit_code() -> None:
    said = konbit("--help")
    assert said.code == ExitCode.FINE
    for command in COMMANDS:
        assert re.search(rf"^  {command} ", said.out, re.MULTILINE), command
    for code in ExitCode:
        assert re.search(rf"^ +{code.value}  ", said.out, re.MULTILINE), code
    assert "--install-completion" in said.out
    assert "KONBIT_LANG" in said.out


def test_help_fits_eighty_columns() -> None:
    for command in ("", *COMMANDS):
        shown = CliRunner().invoke(app, [*command.split(), "--help"], env={"COLUMNS": "80"})
        assert shown.exit_code == ExitCode.FINE
        assert max(map(len, shown.stdout.splitlines())) <= 80, command


def test_help_imports_nothing_heavy() -> None:
    """What makes help slow is not measured but named: the heavy packages stay out."""
    program = (
        "import sys, konbit, konbit.cli.main;"
        "heavy = {'pandas', 'numpy', 'highspy', 'rich', 'vl_convert', 'typst', 'xlsxwriter'};"
        "sys.exit(str(sorted(heavy & set(sys.modules))) if heavy & set(sys.modules) else 0)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


def test_help_is_quick() -> None:
    start = time.perf_counter()
    konbit("--help")
    assert time.perf_counter() - start < 5, "0.2 seconds on a quiet machine"


def test_examples_of_the_manual_name_commands_that_exist() -> None:
    named = {c.callback.__name__ for c in app.registered_commands if c.callback}
    examples = re.findall(r"^  konbit (\w+)", MANUAL, re.MULTILINE)
    assert examples
    assert set(examples) <= named


def test_version_is_that_of_the_package() -> None:
    assert konbit("--version").out.strip() == version("konbit")


def test_languages_of_the_command_line_are_those_that_have_words() -> None:
    from konbit.briefing.words import LANGUAGES

    assert tuple(language.value for language in Language) == LANGUAGES


@pytest.mark.parametrize(
    "arguments",
    [
        ("sing",),
        ("plan",),
        ("plan", ".", "--as-of", "13/11/2024"),
        ("plan", ".", "--as-of", "2024-02-30"),
        ("explain", ".", "--month", "2024-13"),
        ("compare", ".", "--delays", "soon"),
        ("plan", ".", "--lang", "de"),
        ("plan", ".", "--faster"),
    ],
    ids=" ".join,
)
def test_what_is_not_understood_is_a_usage_error(arguments: tuple[str, ...]) -> None:
    said = konbit(*arguments)
    assert said.code == ExitCode.USAGE
    assert said.err.endswith("-h” says more.\n")
    assert said.out == ""
