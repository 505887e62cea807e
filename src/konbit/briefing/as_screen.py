"""The plan in one screen of a terminal: 100 columns, about 55 lines, readable without colour."""

from __future__ import annotations

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
    from rich.console import RenderableType

    from konbit.briefing.reckoning import Covered
    from konbit.briefing.words import Words
    from konbit.dossier.dossier import Dossier
    from konbit.dossier.plan import HeadCount, Plan

WIDTH = 100
_MOST_MONTHS = 8
_MOST_CAPABILITIES = 12
_MOST_BOTTLENECKS = 9
_MOST_ASKS = 6
_SPARK = 20
_BAR = 10


def screen(plan: Plan, dossier: Dossier, words: Words) -> Group:
    """The plan as something that `rich` can print.

    Args:
        plan: what is shown.
        dossier: the dossier from which it was made, for titles.
        words: the reader's language.
    """
    ctx = Context(plan, dossier, words)
    parts: list[RenderableType] = [
        *_head(ctx),
        Text(),
        _headcounts(ctx),
        *_rotation(ctx),
        Text(),
        _coverage(ctx),
        Text(),
        _money_and_bottlenecks(ctx),
        Text(),
        *_calls(ctx),
    ]
    return Group(*parts)


def _head(ctx: Context) -> list[RenderableType]:
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
        _line(plan.title, "bold"),
        _line(status),
        _line(names, "dim"),
        _line(checks),
        _line(sentences.verified(plan, words)),
        _line(sentences.reliance(plan.reliance, words)),
        Text(),
        Text(plain(sentences.bottleneck(plan, words)), "bold"),
        *_covered(plan, words),
    ]


def _covered(plan: Plan, words: Words) -> list[Text]:
    """How much of the need is covered and how close that is to the best; nothing without a need."""
    if not plan.needed_points:
        return []
    share, proof = sentences.coverage(plan, words), sentences.proof(plan, words)
    return [_line(words.say("screen-coverage", share=share, proof=proof))]


def _line(text: str, style: str = "") -> Text:
    return Text(plain(text), style, no_wrap=True, overflow="ellipsis")


def _grid(title: str) -> Table:
    return Table(
        title=title, title_justify="left", title_style="bold", box=None, padding=(0, 1, 0, 0),
        pad_edge=False, width=WIDTH, header_style="dim",
    )  # fmt: skip


def shown_months(rows: tuple[HeadCount, ...]) -> tuple[HeadCount, ...]:
    """A few months that end with the last: every third, or fewer where there are many."""
    step = max(3, -(-len(rows) // _MOST_MONTHS))
    step = -(-step // 3) * 3
    return tuple(reversed(rows[::-1][::step]))[-_MOST_MONTHS:]


def _headcounts(ctx: Context) -> Table:
    words = ctx.words
    rows = reckoning.planned(ctx.plan)
    shown = shown_months(rows)
    grid = _grid(words.say("screen-people"))
    grid.add_column("", no_wrap=True)
    for row in shown:
        grid.add_column(words.month_short(row.month), justify="right", no_wrap=True)
    grid.add_column(" " + words.say("screen-every-month"), no_wrap=True, justify="left")
    most = max((_count(row, name) or 0 for row in rows for name in COUNTS), default=0)
    for name in COUNTS:
        counts = [_count(row, name) for row in shown]
        told = ["\u2013" if count is None else words.number(count) for count in counts]
        mark = "\u2020" if ctx.assumed.number(name) else ""
        line = sparkline([_count(row, name) for row in rows], most, _SPARK)
        grid.add_row(Text(words.say(f"count-{name}") + mark), *told, Text(" " + line))
    return grid


def _count(row: HeadCount, name: str) -> int | None:
    value: int | None = getattr(row, f"{name}_persons")
    return value


def _rotation(ctx: Context) -> list[RenderableType]:
    told = sentences.rotation(ctx.plan, ctx.words)
    return [_line(told)] if told else []


def _coverage(ctx: Context) -> Table:
    words = ctx.words
    rows = reckoning.covered_by_capability(ctx.plan)
    grid = _grid(words.say("screen-coverage-title"))
    grid.add_column(words.say("heading-capability"), no_wrap=True, overflow="ellipsis", ratio=1)
    for heading in ("needed", "present", "mean", "last-month"):
        told = words.say(f"heading-{heading}")
        grid.add_column(told, justify="right", no_wrap=True, min_width=len(told))
    grid.add_column(words.say("heading-held-back"), no_wrap=True, overflow="ellipsis", max_width=26)
    grid.add_column("", no_wrap=True, min_width=_BAR)
    for row in rows[:_MOST_CAPABILITIES]:
        grid.add_row(*_coverage_row(ctx, row))
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


def _money_and_bottlenecks(ctx: Context) -> Table:
    both = Table.grid(padding=(0, 3, 0, 0))
    both.add_column(width=46)
    both.add_column(width=50)
    both.add_row(_money(ctx), _bottlenecks(ctx))
    return both


def _money(ctx: Context) -> Table:
    words = ctx.words
    need, stages = money_by_stage(ctx)
    most = max([need.amount_minor, *(m.amount_minor for _, m in stages), 1])
    grid = _grid(words.say("screen-money"))
    grid.width = 46
    grid.show_header = False
    grid.add_column(no_wrap=True, overflow="ellipsis")
    grid.add_column(justify="right", no_wrap=True)
    grid.add_column(no_wrap=True, width=14)
    named = [(words.say("screen-need"), need), *((words.say(f"stage-{s}"), m) for s, m in stages)]
    for label, amount in named:
        share = amount.amount_minor * FULL // most
        grid.add_row(Text(label), Text(words.money(amount)), Text(bar(share, 14)))
    return grid


def _bottlenecks(ctx: Context) -> Table:
    words, plan = ctx.words, ctx.plan
    grid = _grid(words.say("screen-bottlenecks"))
    grid.width = 50
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
        grid.add_row("", "", _line(whom, "dim"))
    if len(ranked) > _MOST_ASKS:
        grid.add_row("", "", Text(words.say("screen-more", count=len(ranked) - _MOST_ASKS), "dim"))
    if sentences.were_tries_ended(plan):
        return [title, grid, Text(words.say("lead-calls-some"), "dim")]
    return [title, grid]
