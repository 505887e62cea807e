"""Fill a sheet of a workbook as a person would who reads a page: row by row, by column names."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import openpyxl

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

SHEET = r"^Sheet `(?P<sheet>\w+)`\n\n(?P<rows>(?:\|[^\n]*\n)+)"

# What the tutorial tells the reader to write in every row of every sheet but `missions`.
FACT = {
    "source": "exercise",
    "source_on": "2026-01-05",
    "confidence": "assumption",
    "basis": "exercise",
}


def fill(workbook: Path, sheet: str, table: str) -> None:
    """Write the rows of a table of a page into a sheet.

    A row whose first cell is there already is changed, else it is added below the last. The rows
    of titles and examples that the template brings are left alone.

    Args:
        workbook: the file, made by `konbit template`.
        sheet: its sheet.
        table: the table as the page has it, headings and rule first.
    """
    book = openpyxl.load_workbook(workbook)
    heads, _, *lines = [_cells(line) for line in table.splitlines()]
    fact = {} if sheet == "missions" else FACT
    for line in lines:
        _write(book[sheet], {**dict(zip(heads, line, strict=True)), **fact})
    book.save(workbook)


def _write(page: Worksheet, row: dict[str, str]) -> None:
    columns = {str(cell.value): cell.column for cell in page[1]}
    keys = [page.cell(n, 1).value for n in range(1, page.max_row + 1)]
    key = next(iter(row.values()))
    filled = max(n for n, value in enumerate(keys, start=1) if value)
    number = keys.index(key) + 1 if key in keys else filled + 1
    for name, value in row.items():
        page.cell(number, columns[name]).value = _typed(value)


def _typed(value: str) -> str | int | date:
    """What a spreadsheet makes of a cell that is typed in."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return date.fromisoformat(value)
    return int(value) if value.isdecimal() else value


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]
