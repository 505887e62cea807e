"""Make a mistake in a copy of a dossier, and hear what the check says."""

from __future__ import annotations

import csv
import shutil
import tempfile
from pathlib import Path

import konbit
from konbit.api import DossierError, FindingsView, in_order
from konbit.briefing.words import Words
from konbit.dossier import TABLES

MISTAKES = (
    r"<!-- planted in: (?P<dossier>\S+), as of (?P<day>\S+) -->\n(?P<mistakes>(?:\|[^\n]*\n)+)"
)

_NOTHING = "nothing"


def with_findings(dossier: Path, day: str, table: str) -> str:
    """A table of mistakes, its last two columns as the check says them now.

    Args:
        dossier: a folder of tables without errors.
        day: as of which it is checked.
        table: rows of table, row, column, what is written there; then the finding's code and words.
    """
    head, rule, *lines = table.splitlines()
    usual = _found(dossier, day)
    told = [head, rule]
    for line in lines:
        place = [cell.strip().strip("`") for cell in line.strip().strip("|").split("|")][:4]
        told.append(_told(dossier, day, place, usual))
    return "".join(f"{line}\n" for line in told)


def _told(dossier: Path, day: str, place: list[str], usual: FindingsView) -> str:
    with tempfile.TemporaryDirectory(prefix="konbit-mistake-") as name:
        folder = Path(name) / "mission"
        shutil.copytree(dossier, folder)
        _plant(folder, *place)
        before = {(f.code, f.table, f.row, f.column) for f in usual}
        new = [f for f in _found(folder, day) if (f.code, f.table, f.row, f.column) not in before]
    if not new:
        raise SystemExit(f"the check finds nothing wrong with {place}")
    cells = [f"`{cell}`" if cell != _NOTHING else cell for cell in place]
    words = Words("en").of_finding(new[0])
    return f"| {' | '.join((*cells, f'{new[0].severity.value} `{new[0].code}`', words))} |"


def _plant(folder: Path, table: str, row: str, column: str, written: str) -> None:
    key = next(t for t in TABLES if table == t.TABLE)
    path = folder / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        heads, rows = list(reader.fieldnames or ()), list(reader)
    of = key.KEY
    chosen = {" / ".join(cells[name] for name in of): cells for cells in rows}[row]
    chosen[column] = "" if written == _NOTHING else written
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, heads)
        writer.writeheader()
        writer.writerows(rows)


def _found(folder: Path, day: str) -> FindingsView:
    try:
        dossier = konbit.read(folder)
    except DossierError as error:
        return FindingsView(in_order(error.findings))
    return konbit.check(dossier, day)
