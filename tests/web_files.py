"""Small workbooks of offers, as somebody would send them."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import xlsxwriter

if TYPE_CHECKING:
    from collections.abc import Sequence


def workbook(table: str, lines: Sequence[Sequence[object]]) -> bytes:
    """A workbook with one sheet."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet(table)
        for number, line in enumerate(lines):
            sheet.write_row(number, 0, line)
    return stream.getvalue()


OFFER: list[object] = [
    "code", "title", "contributor", "strength_persons", "capability", "quantity", "source",
    "source_on", "confidence",
]  # fmt: skip


def offer(code: str, persons: object = 100, capability: str = "formed_police") -> list[object]:
    """A line of that sheet: Kenyan police."""
    facts = ["a letter", "2026-01-01", "official"]
    return [code, "Police", "KEN", persons, capability, 100, *facts]
