"""What is covered, what is missing and why, and what would release it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from konbit.briefing import reckoning, sentences
from konbit.briefing.page import FigurePlace, Item, Items, Section, Table, cell, cut
from konbit.dossier.plan import FAMILIES

if TYPE_CHECKING:
    from konbit.briefing.page import Cell
    from konbit.briefing.reckoning import Covered, Shortfall
    from konbit.briefing.sections.context import Context

MOST_SHORTFALLS = 10


def coverage(ctx: Context) -> Section:
    """Coverage by capability, with the heat map."""
    say = ctx.words.say
    rows = reckoning.covered_by_capability(ctx.plan)
    headings = ("capability", "needed", "present", "first-month", "last-month", "mean", "held-back")
    table = Table(
        "coverage",
        say("caption-coverage"),
        tuple(say(f"heading-{h}") for h in headings),
        (False, True, True, True, True, True, False),
        tuple(_coverage_row(ctx, row) for row in rows),
        note=say("note-coverage"),
    )
    lead = (
        say("lead-coverage", share=sentences.coverage(ctx.plan, ctx.words))
        if ctx.plan.needed_points
        else say("bottleneck-nothing")
    )
    return Section(
        "coverage-by-capability",
        say("section-coverage"),
        (lead,),
        (FigurePlace("coverage-heat-map"), table),
    )


def _coverage_row(ctx: Context, row: Covered) -> tuple[Cell, ...]:
    assumed = any(r.is_assumed for r in ctx.requirements.values() if r.capability == row.capability)
    measure = ctx.names.measure(row.capability)
    title = ctx.names.title(row.capability)
    named = ctx.words.say("with-measure", title=title, measure=measure) if measure else title
    return (
        cell(named, href=ctx.row("capabilities", row.capability)),
        cell(ctx.words.number(row.needed_last), assumed=assumed),
        cell(ctx.words.number(row.present_last)),
        _share(ctx, row.first_share, assumed=assumed),
        _share(ctx, row.last_share, assumed=assumed),
        _share(ctx, row.mean_share, assumed=assumed),
        cell(ctx.words.say(f"family-{row.reason}")),
    )


def _share(ctx: Context, share: int | None, *, assumed: bool) -> Cell:
    if share is None:
        return cell(ctx.words.say("not-needed"))
    return cell(ctx.words.share(share), assumed=assumed, share=share)


def missing(ctx: Context) -> Section:
    """Shortfalls, grouped by reason, the heaviest group first."""
    found = reckoning.shortfalls(ctx.plan)
    weights = dict.fromkeys(FAMILIES, 0)
    for row in found:
        weights[row.reason] = weights.get(row.reason, 0) + row.lost_points
    order = sorted({row.reason for row in found}, key=lambda family: (-weights[family], family))
    return Section(
        "shortfalls",
        ctx.words.say("section-shortfalls"),
        (ctx.words.say("lead-shortfalls" if found else "lead-shortfalls-none"),),
        tuple(_of_reason(ctx, r, tuple(s for s in found if s.reason == r)) for r in order),
    )


def _of_reason(ctx: Context, reason: str, found: tuple[Shortfall, ...]) -> Table:
    say = ctx.words.say
    shown, left_out = cut(tuple(_shortfall_row(ctx, row) for row in found), MOST_SHORTFALLS)
    return Table(
        f"shortfalls-{reason}",
        say(f"family-{reason}"),
        tuple(say(f"heading-{h}") for h in ("requirement", "site", "months", "met", "about")),
        (False, False, False, True, False),
        shown,
        note=say(f"reason-{reason}"),
        left_out=left_out,
    )


def _shortfall_row(ctx: Context, row: Shortfall) -> tuple[Cell, ...]:
    requirement = ctx.requirements.get(row.requirement)
    assumed = requirement is not None and requirement.is_assumed
    title = ctx.names.title(row.capability)
    return (
        cell(title, href=ctx.row("requirements", row.requirement), assumed=assumed),
        cell(ctx.names.title(row.site), href=ctx.row("sites", row.site)),
        cell(_when(ctx, row.months)),
        _share(ctx, row.mean_share, assumed=False),
        cell(ctx.names.detail(row.detail)),
    )


def _when(ctx: Context, months: tuple[str, ...]) -> str:
    short = ctx.words.month_short
    parts = [
        short(first)
        if first == last
        else ctx.words.say("month-span", first=short(first), last=short(last))
        for first, last in reckoning.spans(months)
    ]
    return ctx.words.listed(parts)


def bottlenecks(ctx: Context) -> Section:
    """Families of limits in the order of what lifting each gains."""
    say, words = ctx.words.say, ctx.words
    ranked = sorted(ctx.plan.relaxations, key=lambda row: row.rank)
    reasons = {row.reason for row in reckoning.shortfalls(ctx.plan)}
    table = Table(
        "bottlenecks",
        say("caption-bottlenecks"),
        tuple(say(f"heading-{h}") for h in ("family", "gain", "gain-most", "held-months")),
        (False, True, True, True),
        tuple(
            (
                cell(
                    say("ranked", rank=row.rank, title=say(f"family-{row.family}")),
                    href=f"#shortfalls-{row.family}" if row.family in reasons else "",
                ),
                cell(sentences.gain_least(row, ctx.plan, words)),
                cell(sentences.gain_share(row.upper_points, ctx.plan, words)),
                cell(words.number(row.held_back_months)),
            )
            for row in ranked
        ),
        note=say("note-bottlenecks"),
    )
    lead = say("lead-bottlenecks") if ranked else say("lead-bottlenecks-none")
    blocks = (FigurePlace("bottleneck-bars"), table) if ranked else ()
    return Section("bottleneck-order", say("section-bottlenecks"), (lead,), blocks)


def call_list(ctx: Context) -> Section:
    """Whom to ask, for what, by when, why them, what it unlocks."""
    say, words, names = ctx.words.say, ctx.words, ctx.names
    items = []
    for row in sorted(ctx.plan.asks, key=lambda row: row.rank):
        lines = [sentences.gain(row, ctx.plan, words)]
        if row.extra_cost is not None:
            lines.append(say("ask-cost", amount=row.extra_cost))
        whom = sentences.whom(row, names, words)
        lines.append(
            say("ask-whom", organisations=ctx.words.listed(f"{w}" for w in whom))
            if whom
            else say("ask-nobody")
        )
        items.append(Item(sentences.ask(row, names, words), tuple(lines)))
    blocks = (Items("calls", tuple(items)),) if items else ()
    return Section(
        "call-list", say("section-calls"), (sentences.calls_lead(ctx.plan, words),), blocks
    )
