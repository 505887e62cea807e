"""What changed between two plans, in a terminal and as a page."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rich.console import Group
from rich.text import Text

from konbit.briefing.as_comparison import drawn
from konbit.briefing.as_html import page_html
from konbit.briefing.marks import plain
from konbit.briefing.sections import difference as told_as

if TYPE_CHECKING:
    from rich.console import RenderableType

    from konbit.briefing.page import Table
    from konbit.briefing.words import Words
    from konbit.dossier.difference import Difference
    from konbit.dossier.dossier import Dossier

MOST_ROWS = 12


def difference_screen(found: Difference, earlier: Dossier, later: Dossier, words: Words) -> Group:
    """A difference as something that `rich` can print.

    Args:
        found: the plans, and the rows that differ.
        earlier: the dossier of the earlier plan, for titles of what was taken out.
        later: that of the later plan, for titles.
        words: the reader's language.
    """
    told = told_as.Told(found, earlier, later, words)
    page = told_as.page(told)
    parts: list[RenderableType] = [
        Text(plain(page.title), "bold"),
        Text(plain(page.subtitle)),
        Text(),
        Text(plain(told_as.key(told)), "bold"),
        *(Text(plain(line)) for line in told_as.caveats(told)),
    ]
    tables = (told_as.plans, told_as.people, told_as.arrivals, told_as.money, told_as.rows_changed)
    for table in tables:
        parts += [Text(), *_cut(table(told), words)]
    return Group(*parts)


def _cut(table: Table, words: Words) -> list[RenderableType]:
    """The first rows of a table, and how many more there are."""
    if not table.rows:
        return [Text(plain(table.caption), "bold"), Text(plain(table.note), "dim")]
    more = len(table.rows) - MOST_ROWS
    shown: list[RenderableType] = [drawn(replace(table, rows=table.rows[:MOST_ROWS]))]
    return [*shown, Text(words.say("screen-more", count=more), "dim")] if more > 0 else shown


def difference_html(found: Difference, earlier: Dossier, later: Dossier, words: Words) -> str:
    """A difference as a whole HTML document. The same arguments give the same text."""
    page = told_as.page(told_as.Told(found, earlier, later, words))
    return page_html(page, {}, words, daggers=False)
