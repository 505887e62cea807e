"""Money: stages, what the plan costs whom, how long the cash lasts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from konbit.briefing import reckoning
from konbit.briefing.page import FigurePlace, Section, Table, cell
from konbit.briefing.sections.glance import STAGE_ORDER

if TYPE_CHECKING:
    from konbit.briefing.page import Cell
    from konbit.briefing.reckoning import Runway
    from konbit.briefing.sections.context import Context
    from konbit.dossier.plan import MoneyStage
    from konbit.terms import Money


def money(ctx: Context) -> Section:
    """Money by stage and holder, cost by payer and head, runway by earmark."""
    say = ctx.words.say
    return Section(
        "money",
        say("section-money"),
        (say("lead-money"), say("lead-cost", amount=reckoning.cost(ctx.plan))),
        (
            FigurePlace("money-by-stage"),
            _stages(ctx),
            _costs(ctx),
            _heads(ctx),
            *((FigurePlace("runway"), _runways(ctx)) if ctx.plan.cash else ()),
        ),
    )


def _stages(ctx: Context) -> Table:
    say = ctx.words.say
    holders = list(dict.fromkeys(row.holder for row in ctx.plan.money_stages))
    rows = sorted(
        ctx.plan.money_stages,
        key=lambda row: (holders.index(row.holder), STAGE_ORDER.get(row.stage, 99), row.stage),
    )
    return Table(
        "money-stages",
        say("caption-money-stages"),
        tuple(say(f"heading-{h}") for h in ("holder", "stage", "amount", "gifts", "unknown")),
        (False, False, True, True, True),
        tuple(_stage_row(ctx, row) for row in rows),
        note=say("note-money-stages"),
    )


def _stage_row(ctx: Context, row: MoneyStage) -> tuple[Cell, ...]:
    amount = ctx.words.money_exact(row.amount) if row.amount else ctx.words.say("not-known")
    return (
        cell(ctx.names.holder(row.holder), href=ctx.row("funds", row.holder)),
        cell(ctx.words.say(f"stage-{row.stage}")),
        cell(amount, assumed=ctx.assumed.number("stage"), href=ctx.table("contribution_events")),
        cell(ctx.words.number(row.contributions)),
        cell(ctx.words.number(row.unknown_amounts)),
    )


def _costs(ctx: Context) -> Table:
    say = ctx.words.say
    return Table(
        "costs",
        say("caption-costs"),
        (say("heading-payer"), say("heading-cost")),
        (False, True),
        tuple(
            (
                cell(ctx.names.payer(payer), href=ctx.row("funds", payer)),
                _cost(ctx, "payer", payer, amount),
            )
            for payer, amount in reckoning.cost_by(ctx.plan, "payer").items()
        ),
    )


def _heads(ctx: Context) -> Table:
    say = ctx.words.say
    by_head = reckoning.cost_by(ctx.plan, "cost_head")
    return Table(
        "cost-heads",
        say("caption-heads"),
        (say("heading-cost-head"), say("heading-cost")),
        (False, True),
        tuple(
            (
                cell(ctx.names.title(head), href=ctx.row("cost_heads", head)),
                _cost(ctx, "cost_head", head, amount),
            )
            for head, amount in sorted(
                by_head.items(), key=lambda item: (-item[1].amount_minor, item[0])
            )
        ),
        note=say("note-heads"),
    )


def _cost(ctx: Context, name: str, value: str, amount: Money) -> Cell:
    assumed = reckoning.rests_on_assumed_rates(ctx.plan, name, value)
    return cell(ctx.words.money_exact(amount), assumed=assumed, href=ctx.table("rates"))


def _runways(ctx: Context) -> Table:
    say = ctx.words.say
    return Table(
        "runways",
        say("caption-runways"),
        tuple(
            say(f"heading-{h}")
            for h in ("fund", "earmark", "opening", "closing", "aside", "runway")
        ),
        (False, False, True, True, True, False),
        tuple(_runway_row(ctx, row) for row in reckoning.runways(ctx.plan)),
        note=say("note-runways"),
    )


def _runway_row(ctx: Context, row: Runway) -> tuple[Cell, ...]:
    words = ctx.words
    assumed = ctx.assumed.number("runway")
    opening = cell(words.money(row.opening), assumed=ctx.assumed.number("stage"))
    return (
        cell(ctx.names.title(row.fund), href=ctx.row("funds", row.fund)),
        cell(ctx.names.earmark(row.earmark), href=ctx.row("earmarks", row.earmark)),
        opening,
        cell(words.money(row.closing), assumed=assumed),
        cell(words.money(row.set_aside), assumed=assumed),
        cell(runway_text(ctx, row)),
    )


def runway_text(ctx: Context, row: Runway) -> str:
    """Until when the cash of an earmark lasts."""
    if row.empty_from:
        return ctx.words.say("runway-empty", month=ctx.words.month_short(row.empty_from))
    return ctx.words.say("runway-lasts")
