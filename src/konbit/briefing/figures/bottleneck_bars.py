"""What the plan would gain if one family of limits were lifted, family by family."""

from __future__ import annotations

from typing import TYPE_CHECKING

from konbit.briefing.figures.axes import points
from konbit.briefing.figures.bars import Bar, BarGroup, grouped_bars
from konbit.briefing.figures.empty import empty_figure
from konbit.briefing.figures.figure import Figure, FigureTable
from konbit.briefing.figures.theme import ACCENT, LINE, WIDE
from konbit.dossier.plan import FULL

if TYPE_CHECKING:
    from konbit.briefing.figures.words import Words
    from konbit.dossier.plan import Plan, Relaxation

NAME = "bottleneck-bars"
_NUMERIC = (True, False, True, True, True)


def bottleneck_bars(plan: Plan, words: Words, *, width_px: int = WIDE) -> Figure:
    """Gain in coverage for each family of limits, most first, and how much it may be at most.

    Gains are percentage points of the weighted need. The dotted line goes to the bound of the
    re-solve: the true gain lies on it.

    Args:
        plan: whose relaxations are shown.
        words: the reader's language.
        width_px: of the picture, in pixels.
    """
    columns = tuple(
        words.say(f"figure-column-{name}")
        for name in ("rank", "limit", "gain", "gain-at-most", "held-back")
    )
    rows = sorted(plan.relaxations, key=lambda row: row.rank)
    title = words.say("figure-bottleneck-bars-title")
    if not rows:
        return empty_figure(NAME, title, columns, _NUMERIC, words, width_px)
    bars = tuple(_bar(row, plan, words) for row in rows)
    first = rows[0]
    return Figure(
        name=NAME,
        title=title,
        spec=grouped_bars([BarGroup("", bars)], width_px),
        table=FigureTable(columns, tuple(_table_row(row, plan, words) for row in rows), _NUMERIC),
        alt=words.say(
            "figure-bottleneck-bars-alt",
            family=words.say(f"family-{first.family}"),
            gain=points(share_of(first.gain_points, plan), words),
            number=words.number(len(rows)),
        ),
    )


def share_of(gained: int, plan: Plan) -> int:
    """Points of coverage as parts in ten thousand of the weighted need, rounded towards zero."""
    share = abs(gained) * FULL // max(plan.needed_points, 1)
    return share if gained >= 0 else -share


def _bar(row: Relaxation, plan: Plan, words: Words) -> Bar:
    gain = points(share_of(row.gain_points, plan), words)
    at_most = points(share_of(row.upper_points, plan), words)
    value = gain if gain == at_most else words.say("figure-range", low=gain, high=at_most)
    return Bar(
        name=words.say(f"family-{row.family}"),
        length=max(row.gain_points, 0),
        value=value,
        reach=row.upper_points,
        color=ACCENT if row.rank == 1 else LINE,
        bold=row.rank == 1,
        data=(("family", row.family), ("rank", row.rank)),
    )


def _table_row(row: Relaxation, plan: Plan, words: Words) -> tuple[str | int | None, ...]:
    return (
        row.rank,
        words.say(f"family-{row.family}"),
        points(share_of(row.gain_points, plan), words),
        points(share_of(row.upper_points, plan), words),
        row.held_back_months,
    )
