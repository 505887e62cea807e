"""Write the reference pages from the program itself: tables, findings, commands.

`python docs/generate_reference.py` writes them, `--check` only says whether they are out of date.
Whatever these pages say is said once, in the code that uses it.
"""

from __future__ import annotations

import argparse
import sys
import tomllib
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from who_may_page import who_may

from konbit.dossier import TABLES
from konbit.dossier.columns import Kind, columns_of, has_money
from konbit.dossier.facts import Fact
from konbit.dossier.futures import FUTURES_TABLES
from konbit.dossier.plan import PLAN_TABLES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from konbit.dossier import Column, Row

REFERENCE = Path(__file__).parent / "reference"
GENERATED = "<!-- Written by docs/generate_reference.py; change the code, then run `make docs`. -->"
KINDS = {
    Kind.CODE: "code",
    Kind.REFERENCE: "reference",
    Kind.TEXT: "text",
    Kind.CHOICE: "choice",
    Kind.INTEGER: "whole number",
    Kind.DECIMAL: "number",
    Kind.MONEY: "amount",
    Kind.DATE: "day",
    Kind.BOOLEAN: "yes or no",
    Kind.COUNTRY: "country",
    Kind.CURRENCY: "currency",
    Kind.PCODE: "place code",
}
FACT_COLUMNS = columns_of(Fact)

TABLES_INTRO = """\
# Tables of a dossier, of a plan and of futures

A dossier is a folder with one CSV file for each table that has rows (`offers.csv`, `sites.csv` ...), or one Excel
workbook with one sheet for each. Only `missions` must be there; a table that is not needed is left out. How to fill
them is told in [how to write a dossier](../how-to/write-a-dossier.md).

How cells are written:

| kind | written as |
|---|---|
| code | letters, digits, `.` `_` `/` `-`; starts with a letter or digit; 64 characters at the most; unique in its table |
| reference | the code of a row of the table named |
| choice | one of the words listed |
| whole number | digits; spaces between thousands are allowed: `5 500` |
| number | digits, and a point before decimals: `0.25` |
| amount | digits, in whole currency units, a point before decimals: `13300000.50`; the row's column `currency` says which |
| day | ISO 8601: `2024-11-13`; from 1945 to 2199 |
| yes or no | `yes` or `no` |
| country | ISO 3166-1 alpha-3: `HTI`; `XXX` for several or unnamed states |
| currency | ISO 4217: `USD` |
| place code | OCHA p-code: `HT01` |

Columns marked **!** must be filled. Intervals are half-open: `from_on` is the first day, `until_on` the first day after.
"""

FACT_INTRO = """\
## Columns that every fact has

Every table except `missions` states facts, and each of its rows also has these columns.
"""


def tables_page() -> str:
    """The page about all tables and columns."""
    lines = [GENERATED, "", TABLES_INTRO, FACT_INTRO, *_column_table(FACT_COLUMNS), ""]
    lines += ["## Tables of a dossier", "", *_contents(TABLES), ""]
    for table in TABLES:
        lines += _table(table)
    lines += ["## Tables of a plan", "", *_contents(PLAN_TABLES), ""]
    for table in PLAN_TABLES:
        lines += _table(table)
    lines += ["## Tables of uncertain futures", "", *_contents(FUTURES_TABLES), ""]
    for table in FUTURES_TABLES:
        lines += _table(table)
    return "\n".join(lines)


def findings_page() -> str:
    """The page about all findings, from the sentences that put words on them."""
    file = resources.files("konbit.briefing.words").joinpath("findings.en.toml")
    entries = tomllib.loads(file.read_text(encoding="utf-8"))
    lines = [
        GENERATED,
        "",
        "# Findings",
        "",
        "What `konbit check` may say, by code. Words in braces are filled from the row concerned.",
        "",
        "| code | sentence |",
        "|---|---|",
    ]
    for code, entry in entries.items():
        sentence = entry["other"] if isinstance(entry, dict) else entry
        if code != "at-place":
            lines.append(f"| `{code}` | {_cell(sentence)} |")
    return "\n".join([*lines, ""])


def commands_page() -> str:
    """The page about the command line: its manual and that of each command."""
    from typer.testing import CliRunner

    from konbit.cli.main import app

    named = [c.callback.__name__ for c in app.registered_commands if c.callback]
    lines = [GENERATED, "", "# The command line", ""]
    for command in ("", *named):
        shown = CliRunner().invoke(
            app, [*command.split(), "--help"], prog_name="konbit", env={"COLUMNS": "80"}
        )
        heading = f"konbit {command}".rstrip()
        lines += [f"## `{heading}`", "", "```text", shown.stdout.rstrip(), "```", ""]
    return "\n".join(lines)


PAGES: dict[str, Callable[[], str]] = {
    "tables.md": tables_page,
    "findings.md": findings_page,
    "commands.md": commands_page,
    "who-may.md": lambda: who_may(GENERATED),
}


def _contents(tables: Iterable[type[Row]]) -> Iterator[str]:
    yield "| table | what it holds | link of the chain |"
    yield "|---|---|---|"
    for table in tables:
        yield f"| [`{table.TABLE}`](#{table.TABLE}) | {_cell(table.TITLE)} | {table.LINK} |"


def _table(table: type[Row]) -> Iterator[str]:
    yield f'### <a id="{table.TABLE}"></a>`{table.TABLE}`: {table.TITLE}'
    yield ""
    yield table.ABOUT
    yield ""
    yield "Key: " + ", ".join(f"`{name}`" for name in table.KEY) + "."
    yield ""
    fact_names = {column.name for column in FACT_COLUMNS}
    yield from _column_table(c for c in columns_of(table) if c.name not in fact_names)
    if has_money(table):
        yield "| `currency` | currency | Currency of the row's amounts. ISO 4217. |"
    yield ""


def _column_table(columns: Iterable[Column]) -> Iterator[str]:
    yield "| column | kind | meaning |"
    yield "|---|---|---|"
    for column in columns:
        mark = " **!**" if column.required else ""
        yield f"| `{column.name}`{mark} | {_kind(column)} | {_cell(_meaning(column))} |"


def _kind(column: Column) -> str:
    if column.refers_to:
        return "reference to " + " or ".join(f"[`{t}`](#{t})" for t in column.refers_to)
    return KINDS[column.kind]


def _meaning(column: Column) -> str:
    parts = [f"{column.title}." if column.title[-1] not in ".?!" else column.title, column.help]
    if column.choices:
        parts.append("; ".join(f"`{word}`: {meaning}" for word, meaning in column.choices) + ".")
    if column.unit:
        parts.append(f"Unit: {column.unit}.")
    parts.append(_limits(column))
    if column.default not in {None, ""}:
        parts.append(f"Empty: {_default(column)}.")
    if column.source:
        parts.append(f"Term from: {column.source}.")
    return " ".join(part for part in parts if part)


def _limits(column: Column) -> str:
    if column.exceeds_minimum:
        return f"More than {column.minimum}, at most {column.maximum}."
    if column.minimum is not None and column.maximum is not None:
        return f"From {column.minimum} to {column.maximum}."
    if column.maximum is not None:
        return f"At most {column.maximum}."
    if column.minimum:
        return f"At least {column.minimum}."
    return ""


def _default(column: Column) -> str:
    if isinstance(column.default, bool):
        return "yes" if column.default else "no"
    return f"`{column.default}`" if column.kind is Kind.CHOICE else str(column.default)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def main() -> int:
    """Write the pages, or with `--check` name those that are out of date."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing")
    check = parser.parse_args().check
    stale = 0
    for name, page in PAGES.items():
        path = REFERENCE / name
        text = page()
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        stale += 1
        if check:
            sys.stdout.write(f"docs/reference/{name} is out of date: make docs\n")
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            sys.stdout.write(f"written: docs/reference/{name}\n")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
