"""The first sheet of a workbook: what it is and how to fill it in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from konbit.dossier.tables.mandate import Mission

if TYPE_CHECKING:
    from konbit.dossier import Dossier

COVER = "Read me"

# How to fill the workbook in: a paragraph for each rule.
_HOW = """
One sheet is one table, one line is one fact. Leave empty the sheets that you do not need: only
missions must have a line, exactly one.

Row 1 holds the names by which columns are found: do not change them. Columns may be moved, and
those that may stay empty may be deleted. Row 2 says what each holds; names in bold must be
filled.

Hold the pointer over a name in row 1 to read what it means, in which unit, and what an empty
cell says.

Write from row 3 on. A row whose first cell begins with # is not read: such are row 2, the grey
examples, and any remark of yours. Examples may be overwritten or left.

A code is a name of your choice that never changes: letters, digits, points, slashes, hyphens,
underscores. Other sheets refer to it; their cells offer a list of the codes there.

Days are written year-month-day, such as 2025-01-31. A period ends on the first day after it.

Money is written in currency units, with its currency beside it. Shares are written between 0
and 1.

Write values, not formulas. Of a formula the last value is read, and you are told.

Every fact has its source, the date of the source, and how far it can be trusted. Where two
sources differ keep both, and set used to no for the one that is not planned with.

Then check it: konbit check FILE.xlsx names everything that is wrong, with sheet, row and
column.
"""


EMPTY = "An empty dossier of a mission, to be filled in."
HEADINGS = ("Sheet", "Table", "What it holds", "Rows")
"""Of the list of tables on the cover."""


def cover_lines(dossier: Dossier) -> list[tuple[str, str]]:
    """Name and text of each line of the cover, in order."""
    missions = dossier.rows(Mission)
    if not missions:
        head = [("Konbit", EMPTY)]
    else:
        head = [
            ("Konbit", "The dossier of a mission: every table, as it is planned with."),
            ("Mission", missions[0].title),
            ("Code", missions[0].code),
            ("Currency", f"{missions[0].currency}: amounts in others are converted when planning."),
            ("Rows", str(len(dossier.all_rows))),
            ("Digest", dossier.digest),
        ]
        if missions[0].disclaimer:
            head.append(("Note", missions[0].disclaimer))
    rules = [(f"{number}.", rule) for number, rule in enumerate(how_to_fill(), start=1)]
    return [*head, ("", ""), *rules]


def how_to_fill() -> list[str]:
    """How to fill the workbook in, rule by rule."""
    return [" ".join(rule.split()) for rule in _HOW.split("\n\n")]
