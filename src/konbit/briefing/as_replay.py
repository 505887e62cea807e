"""A shock replayed in a terminal: what goes wrong, before and after, who slips, the repair."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group
from rich.table import Table as Grid
from rich.text import Text

from konbit.briefing import sentences
from konbit.briefing.as_comparison import drawn
from konbit.briefing.as_html import page_html
from konbit.briefing.marks import plain
from konbit.briefing.sections import replay as told_as

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rich.console import RenderableType

    from konbit.briefing.figures.figure import Figure
    from konbit.briefing.sections.replay import Told
    from konbit.briefing.words import Words
    from konbit.dossier.replay import Replay

MOST_SLIPS = 12


def replay_screen(replay: Replay, words: Words) -> Group:
    """A replay as something that `rich` can print.

    Args:
        replay: the shock, the plans before and after, what slips.
        words: the reader's language.
    """
    told = told_as.Told(replay, words)
    parts: list[RenderableType] = [
        Text(plain(words.say("replay-title", title=replay.after.title)), "bold"),
        *(Text(plain(line)) for line in told_as.happens(told)),
        Text(plain(words.say("replay-supposition", day=replay.after.as_of_on)), "dim"),
        Text(plain(sentences.verified(replay.after, words))),
        Text(),
        Text(plain(told_as.key(told)), "bold"),
        *(Text(plain(line)) for line in told_as.repaired(told)),
        Text(),
        drawn(told_as.cost(told)),
        Text(),
        *_capabilities(told),
        *_slips(told),
    ]
    if len(replay.trade_off) > 1:
        parts += [Text(), drawn(told_as.trade_off(told))]
    return Group(*parts)


def replay_html(
    replay: Replay,
    figures: Mapping[str, Figure],
    words: Words,
    *,
    slim_figures: Mapping[str, Figure] | None = None,
) -> str:
    """A shock replayed, as a page of its own.

    Args:
        replay: what the page is about.
        figures: the figures of the replay, by name.
        words: the reader's language.
        slim_figures: the same figures for a phone.

    Returns:
        A whole HTML document. The same arguments give the same text.
    """
    page = told_as.page(replay, words)
    return page_html(page, figures, words, slim_figures, daggers=False)


def _capabilities(told: Told) -> list[RenderableType]:
    """Those that change; nothing when none does."""
    table = told_as.capabilities(told, changed_only=True)
    return [drawn(table), Text()] if table.rows else []


def _slips(told: Told) -> list[RenderableType]:
    """Two lines for each slip: who and what, then why."""
    words = told.words
    title = Text(words.say("replay-section-slips"), "bold")
    listed = told.replay.slips
    ordered: list[RenderableType] = [
        Text(plain(words.say("replay-order-line", option=option, before=before, after=after)))
        for option, before, after in told_as.order_changes(told)
    ]
    idle = [Text(plain(line)) for line in told_as.idle(told)]
    if not listed:
        return [title, Text(words.say("replay-no-slips")), *idle, *ordered]
    grid = Grid.grid(padding=(0, 2, 0, 0))
    grid.expand = True
    grid.add_column(justify="right", no_wrap=True)
    grid.add_column(ratio=1)
    for slip in listed[:MOST_SLIPS]:
        line = words.say(
            "replay-slip-gain" if slip.reason == "none" else "replay-slip-line",
            unit=told_as.unit_of(told, slip),
            change=words.say(f"replay-change-{slip.change}"),
            before=told_as.when(told, slip, slip.before),
            after=told_as.when(told, slip, slip.after),
            reason=told_as.why(told, slip),
        )
        months = "\u2013" if slip.months is None else words.number(slip.months)
        grid.add_row(months, Text(plain(line)))
    if len(listed) > MOST_SLIPS:
        more = words.say("screen-more", count=len(listed) - MOST_SLIPS)
        grid.add_row("", Text(more, "dim"))
    return [title, grid, *idle, *ordered]
