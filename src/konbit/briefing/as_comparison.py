"""Scenarios side by side in a terminal, and the cost of delay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group
from rich.table import Table as Grid
from rich.text import Text

from konbit.briefing.marks import plain
from konbit.briefing.sections.compare import MOST_SCENARIOS, cost_of_delay, side_by_side

if TYPE_CHECKING:
    from konbit.briefing.page import Table
    from konbit.briefing.words import Words
    from konbit.dossier.dossier import Dossier
    from konbit.dossier.plan import Comparison


DAGGER = "\N{DAGGER}"
"""Beside a number that rests on an assumption or placeholder."""


def comparison_screen(comparison: Comparison, dossier: Dossier, words: Words) -> Group:
    """A comparison as something that `rich` can print: at most four scenarios side by side.

    Args:
        comparison: plans of one dossier under several scenarios.
        dossier: the dossier from which they were made, for titles.
        words: the reader's language.
    """
    tables = (side_by_side(comparison, dossier, words), *cost_of_delay(comparison, words))
    parts = [part for table in tables for part in (drawn(table), Text())]
    more = len(comparison.plans) - MOST_SCENARIOS
    if more > 0:
        parts.append(Text(words.say("screen-more-scenarios", count=more), "dim"))
    return Group(*parts)


def drawn(table: Table) -> Group:
    """A table of a page, for a terminal."""
    grid = Grid(
        title=Text(plain(table.caption), "bold"), title_justify="left", box=None,
        padding=(0, 2, 0, 0), pad_edge=False, expand=True, header_style="dim",
    )  # fmt: skip
    for heading, numeric in zip(table.headings, table.numeric, strict=True):
        grid.add_column(Text(plain(heading)), justify="right" if numeric else "left")
    for row in table.rows:
        grid.add_row(*(Text(plain(cell.text) + DAGGER * cell.assumed) for cell in row))
    note = [Text(plain(table.note), "dim")] if table.note else []
    return Group(grid, *note)
