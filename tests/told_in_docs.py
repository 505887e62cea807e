"""The dossiers that the tutorial and the how-to tell a reader to write, taken from their pages."""

from __future__ import annotations

import csv
import re
from pathlib import Path

DOCS = Path(__file__).parents[1] / "docs"
FACT = {"source": "exercise", "source_on": "2026-01-05", "confidence": "assumption"}
_BLOCK = re.compile(r"^`(\w+)\.csv`\n```csv\n(.*?)^```", re.MULTILINE | re.DOTALL)
_SHEET = re.compile(r"^Sheet `(\w+)`\n\n((?:\|.*\n)+)", re.MULTILINE)

Row = dict[str, str]


def write_how_to(folder: Path) -> Path:
    """The dossier of `docs/how-to/write-a-dossier.md`, as a folder."""
    folder.mkdir(parents=True)
    page = (DOCS / "how-to" / "write-a-dossier.md").read_text(encoding="utf-8")
    for table, text in _BLOCK.findall(page):
        (folder / f"{table}.csv").write_text(text, encoding="utf-8")
    return folder


def write_tutorial(folder: Path, until: str = "") -> Path:
    """The dossier of `docs/tutorial/first-plan.md` before the words `until`, as a folder.

    A sheet that is shown again gets its rows by code: changed where they were, else added.
    """
    folder.mkdir(parents=True)
    page = (DOCS / "tutorial" / "first-plan.md").read_text(encoding="utf-8")
    told = page[: page.index(until)] if until else page
    tables: dict[str, dict[str, Row]] = {}
    for table, text in _SHEET.findall(told):
        heads, _, *lines = [_cells(line) for line in text.splitlines()]
        for cells in lines:
            fact = {} if table == "missions" else {**FACT, "basis": "exercise"}
            tables.setdefault(table, {})[cells[0]] = {
                **dict(zip(heads, cells, strict=True)),
                **fact,
            }
    for table, rows in tables.items():
        _write(folder / f"{table}.csv", list(rows.values()))
    return folder


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def _write(path: Path, rows: list[Row]) -> None:
    heads = list(dict.fromkeys(name for row in rows for name in row))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, heads)
        writer.writeheader()
        writer.writerows(rows)
