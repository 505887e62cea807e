"""The plan in one screen of a terminal: 100 columns, about 55 lines, readable without colour.

Where a terminal has fewer columns nothing is cut off: sentences go on in a further line, fewer
months are shown, small drawings are left out, and tables stand one below the other.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.console import Group
from rich.table import Table
from rich.text import Text

from konbit.briefing import reckoning, sentences
from konbit.briefing.marks import bar, plain, sparkline
from konbit.briefing.sections import Context
from konbit.briefing.sections.footing import findings_sentence
from konbit.briefing.sections.glance import COUNTS, money_by_stage
from konbit.dossier.plan import FULL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console, ConsoleOptions, RenderableType

    from konbit.briefing.reckoning import Covered
    from konbit.briefing.words import Words
    from konbit.dossier.dossier import Dossier
    from konbit.dossier.plan import HeadCount, Plan

WIDTH = 100
_MOST_MONTHS, _FEW_MONTHS = 8, 5
_MOST_CAPABILITIES = 12
_MOST_BOTTLENECKS = 9
_MOST_ASKS = 6
_SPARK = 20
_BAR = 10


@dataclass(frozen=True, eq=False)
class Screen:
    """A plan that fits the terminal in which it is printed, up to 100 columns."""

    ctx: Context

    def __rich_console__(
        self, _console: Console, options: ConsoleOptions
    ) -> Iterator[RenderableType]:
        """What `rich` prints, by the columns that there are."""
        yield _fitted(self.ctx, min(WIDTH, options.max_width))


def screen(plan: Plan, dossier: Dossier, words: Words) -> Screen:
    """The plan as something that `rich` can print.

    Args:
        plan: what is shown.
        dossier: the dossier from which it was made, for titles.
        words: the reader's language.
    """
    return Screen(Context(plan, dossier, words))


def _fitted(ctx: Context, width: int) -> Group:
    """The parts, so many columns wide."""
    parts: list[RenderableType] = [
        *_head(ctx, width),
        Text(),
        _headcounts(ctx, width),
        *_rotation(ctx, width),
        Text(),
        _coverage(ctx, width),
        Text(),
        *_money_and_bottlenecks(ctx, width),
        Text(),
        *_calls(ctx),
    ]
    return Group(*parts)


def _head(ctx: Context, width: int) -> list[RenderableType]:
    plan, words = ctx.plan, ctx.words
    last = plan.until_month + -1
    status = words.say(
        "screen-status",
        day=plan.as_of_on,
        scenario=plan.scenario_title or plan.scenario or words.say("scenario-none"),
        first=words.month_short(plan.first_month),
        last=words.month_short(last),
    )
    checks = words.say("screen-checks", findings=findings_sentence(ctx))
    names = words.say("screen-digests", dossier=plan.dossier_digest[:12], plan=plan.digest[:12])
    return [
        _line(plan.title, width, "bold"),
        _line(status, width),
        _line(names, width, "dim"),
        _line(checks, width),
        _line(sentences.verified(plan, words), width),
        _line(sentences.reliance(plan.reliance, words), width),
        Text(),
        Text(plain(sentences.bottleneck(plan, words)), "bold"),
        *_covered(plan, words, width),
    ]


def _covered(plan: Plan, words: Words, width: int) -> list[Text]:
    """How much of the need is covered and how close that is to the best; nothing without a need."""
    if not plan.needed_points:
        return []
    share, proof = sentences.coverage(plan, words), sentences.proof(plan, words)
    return [_line(words.say("screen-coverage", share=share, proof=proof), width)]


def _line(text: str, width: int, style: str = "") -> Text:
    """A sentence on one line, or on several where the terminal is narrow."""
    if width < WIDTH:
        return Text(plain(text), style)
    return Text(plain(text), style, no_wrap=True, overflow="ellipsis")


def _grid(title: str, width: int) -> Table:
    return Table(
        title=title, title_justify="left", title_style="bold", box=None, padding=(0, 1, 0, 0),
        pad_edge=False, width=width, header_style="dim",
    )  # fmt: skip


def shown_months(rows: tuple[HeadCount, ...], most: int = _MOST_MONTHS) -> tuple[HeadCount, ...]:
    """A few months that end with the last: every third, or fewer where there are many."""
    step = max(3, -(-len(rows) // most))
    step = -(-step // 3) * 3
    return tuple(reversed(rows[::-1][::step]))[-most:]


def _headcounts(ctx: Context, width: int) -> Table:
    words = ctx.words
    rows = reckoning.planned(ctx.plan)
    is_narrow = width < WIDTH
    shown = shown_months(rows, _FEW_MONTHS if is_narrow else _MOST_MONTHS)
    grid = _grid(words.say("screen-people"), width)
    grid.add_column("", no_wrap=True)
    for row in shown:
        grid.add_column(words.month_short(row.month), justify="right", no_wrap=True)
    told_always = "" if is_narrow else " " + words.say("screen-every-month")
    grid.add_column(told_always, no_wrap=True, justify="left")
    most = max((_count(row, name) or 0 for row in rows for name in COUNTS), default=0)
    for name in COUNTS:
        counts = [_count(row, name) for row in shown]
        told = ["\u2013" if count is None else words.number(count) for count in counts]
        mark = "\u2020" if ctx.assumed.number(name) else ""
        line = sparkline([_count(row, name) for row in rows], most, _SPARK)
        drawn = Text("" if is_narrow else " " + line)
        grid.add_row(Text(words.say(f"count-{name}") + mark), *told, drawn)
    return grid


def _count(row: HeadCount, name: str) -> int | None:
    value: int | None = getattr(row, f"{name}_persons")
    return value


def _rotation(ctx: Context, width: int) -> list[RenderableType]:
    told = sentences.rotation(ctx.plan, ctx.words)
    return [_line(told, width)] if told else []


def _coverage(ctx: Context, width: int) -> Table:
    words = ctx.words
    rows = reckoning.covered_by_capability(ctx.plan)
    is_narrow = width < WIDTH
    grid = _grid(words.say("screen-coverage-title"), width)
    grid.add_column(words.say("heading-capability"), no_wrap=True, overflow="ellipsis", ratio=1)
    for heading in ("needed", "present", "mean", "last-month"):
        told = words.say(f"heading-{heading}")
        grid.add_column(told, justify="right", no_wrap=True, min_width=len(told))
    heading = words.say("heading-held-back")
    grid.add_column(heading, no_wrap=not is_narrow, overflow="ellipsis", max_width=26)
    if not is_narrow:
        grid.add_column("", no_wrap=True, min_width=_BAR)
    for row in rows[:_MOST_CAPABILITIES]:
        cells = _coverage_row(ctx, row)
        grid.add_row(*(cells[:-1] if is_narrow else cells))
    if len(rows) > _MOST_CAPABILITIES:
        grid.add_row(Text(words.say("screen-more", count=len(rows) - _MOST_CAPABILITIES), "dim"))
    return grid


def _coverage_row(ctx: Context, row: Covered) -> tuple[Text, ...]:
    words = ctx.words
    last = words.say("not-needed") if row.last_share is None else words.share(row.last_share)
    return (
        Text(plain(ctx.names.title(row.capability))),
        Text(words.number(row.needed_last)),
        Text(words.number(row.present_last)),
        Text(words.share(row.mean_share)),
        Text(last),
        Text(words.say(f"family-{row.reason}")),
        Text(bar(row.mean_share, _BAR)),
    )


def _money_and_bottlenecks(ctx: Context, width: int) -> list[RenderableType]:
    """Beside each other, or where the terminal is narrow one below the other."""
    money, bottlenecks = _money(ctx, min(46, width)), _bottlenecks(ctx, min(50, width))
    if width < WIDTH:
        return [money, Text(), bottlenecks]
    both = Table.grid(padding=(0, 3, 0, 0))
    both.add_column(width=46)
    both.add_column(width=50)
    both.add_row(money, bottlenecks)
    return [both]


def _money(ctx: Context, width: int) -> Table:
    words = ctx.words
    need, stages = money_by_stage(ctx)
    most = max([need.amount_minor, *(m.amount_minor for _, m in stages), 1])
    grid = _grid(words.say("screen-money"), width)
    grid.show_header = False
    grid.add_column(no_wrap=True, overflow="ellipsis")
    grid.add_column(justify="right", no_wrap=True)
    grid.add_column(no_wrap=True, width=14)
    named = [(words.say("screen-need"), need), *((words.say(f"stage-{s}"), m) for s, m in stages)]
    for label, amount in named:
        share = amount.amount_minor * FULL // most
        grid.add_row(Text(label), Text(words.money(amount)), Text(bar(share, 14)))
    return grid


def _bottlenecks(ctx: Context, width: int) -> Table:
    words, plan = ctx.words, ctx.plan
    grid = _grid(words.say("screen-bottlenecks"), width)
    grid.show_header = False
    grid.add_column(justify="right", no_wrap=True)
    grid.add_column(no_wrap=True, overflow="ellipsis")
    grid.add_column(justify="right", no_wrap=True)
    ranked = sorted(plan.relaxations, key=lambda row: row.rank)
    for row in ranked[:_MOST_BOTTLENECKS]:
        gain = Text(sentences.gain_span(row, plan, words))
        grid.add_row(str(row.rank), Text(words.say(f"family-{row.family}")), gain)
    if not ranked:
        grid.add_row("", Text(words.say("screen-not-tested")), "")
    return grid


def _calls(ctx: Context) -> list[RenderableType]:
    words, plan, names = ctx.words, ctx.plan, ctx.names
    title = Text(words.say("screen-calls"), "bold")
    ranked = sorted(plan.asks, key=lambda row: row.rank)
    if not ranked:
        return [Text(words.say("section-calls"), "bold"), Text(sentences.calls_lead(plan, words))]
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(justify="right", no_wrap=True)
    grid.add_column(justify="right", no_wrap=True)
    grid.add_column(max_width=78)
    for row in ranked[:_MOST_ASKS]:
        gain = sentences.gain_span(row, plan, words)
        asked = Text(plain(sentences.ask(row, names, words)))
        whom = words.listed(sentences.whom(row, names, words)) or words.say("ask-nobody")
        grid.add_row(str(row.rank), gain, asked)
        grid.add_row("", "", _line(whom, WIDTH, "dim"))  # the first of them, and no more lines
    if len(ranked) > _MOST_ASKS:
        grid.add_row("", "", Text(words.say("screen-more", count=len(ranked) - _MOST_ASKS), "dim"))
    if sentences.were_tries_ended(plan):
        return [title, grid, Text(words.say("lead-calls-some"), "dim")]
    return [title, grid]
