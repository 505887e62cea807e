"""Mission at a glance: the five head-counts, money by stage, the one bottleneck."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from konbit.briefing import reckoning, sentences
from konbit.briefing.page import Cell, FigurePlace, Section, Table, cell
from konbit.dossier.plan import FULL
from konbit.dossier.tables.fund import MONEY_SIDE_STATES, MONEY_STAGES, Fund
from konbit.terms import Money, Month

if TYPE_CHECKING:
    from konbit.briefing.sections.context import Context
    from konbit.dossier.plan import HeadCount

COUNTS = ("ceiling", "required", "offered", "ready", "deployed", "effective")
STAGE_ORDER = {stage: n for n, stage in enumerate((*MONEY_STAGES, *MONEY_SIDE_STATES))}


def glance(ctx: Context) -> Section:
    """The section that is read when there is one minute."""
    return Section(
        "glance",
        ctx.words.say("section-glance"),
        (sentences.reliance(ctx.plan.reliance, ctx.words),),
        (_headcounts(ctx), _money(ctx)),
        key=sentences.bottleneck(ctx.plan, ctx.words),
    )


def _headcounts(ctx: Context) -> Table:
    say = ctx.words.say
    rows = reckoning.planned(ctx.plan)
    ends = (rows[0], rows[-1]) if rows else ()
    most = max((_count(row, name) or 0 for row in ends for name in COUNTS), default=0)
    target = "#figure-s-curve" if "s-curve" in ctx.figures else "#counts-by-month"
    return Table(
        "headcounts",
        say("caption-headcounts"),
        (say("heading-headcount"), *(ctx.words.month_short(row.month) for row in ends)),
        (False, *(True for _ in ends)),
        tuple(
            (
                cell(say(f"count-{name}"), href=target),
                *(_counted(ctx, name, _count(row, name), most) for row in ends),
            )
            for name in COUNTS
        ),
        note=say("note-headcounts"),
    )


def _count(row: HeadCount, name: str) -> int | None:
    value: int | None = getattr(row, f"{name}_persons")
    return value


def _counted(ctx: Context, name: str, value: int | None, most: int) -> Cell:
    if value is None:
        return cell(ctx.words.say("not-known"))
    share = value * FULL // most if most else None
    return cell(ctx.words.number(value), assumed=ctx.assumed.number(name), share=share)


def money_by_stage(ctx: Context) -> tuple[Money, tuple[tuple[str, Money], ...]]:
    """What the plan needs of the trust funds, and their money by stage, in order of stages.

    Each stage is a sum of its own over the trust funds; none adds two stages.
    """
    funds = [row.code for row in ctx.known.rows(Fund) if row.kind == "trust_fund"]
    stages: dict[str, Money] = {}
    for row in ctx.plan.money_stages:
        if row.holder in funds and row.amount is not None:
            stages[row.stage] = stages.get(row.stage, Money(0, ctx.plan.currency)) + row.amount
    ordered = sorted(stages.items(), key=lambda item: (STAGE_ORDER.get(item[0], 99), item[0]))
    return reckoning.need_of_funds(ctx.plan, funds), tuple(ordered)


def _money(ctx: Context) -> Table:
    say, words = ctx.words.say, ctx.words
    need, stages = money_by_stage(ctx)
    most = max([need.amount_minor, *(m.amount_minor for _, m in stages)])
    assumed = ctx.assumed.number("stage")
    need_row = (
        cell(say("row-need"), href="#costs"),
        _amount(ctx, need, most, assumed=ctx.assumed.number("cost")),
    )
    return Table(
        "money-glance",
        say("caption-money-glance"),
        (say("heading-stage"), say("heading-amount")),
        (False, True),
        (
            need_row,
            *(
                (
                    cell(_capital(words.say(f"stage-{stage}")), href="#money-stages"),
                    _amount(ctx, amount, most, assumed=assumed),
                )
                for stage, amount in stages
            ),
        ),
        note=say("note-money-glance"),
    )


def _amount(ctx: Context, amount: Money, most: int, *, assumed: bool) -> Cell:
    share = max(0, amount.amount_minor) * FULL // most if most > 0 else None
    return cell(ctx.words.money(amount), assumed=assumed, share=share)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def strength(ctx: Context) -> Section:
    """The S-curve and the head-counts of every month."""
    say = ctx.words.say
    shown = FigurePlace("s-curve") if "s-curve" in ctx.figures else _counts_by_month(ctx)
    return Section("strength", say("section-strength"), (say("lead-strength"),), (shown,))


def _counts_by_month(ctx: Context) -> Table:
    """The same numbers as the S-curve's table, for pages without figures."""
    say, words = ctx.words.say, ctx.words
    return Table(
        "counts-by-month",
        say("caption-counts-by-month"),
        (say("heading-month"), say("heading-from"), *(say(f"count-{name}") for name in COUNTS)),
        (False, False, *(True for _ in COUNTS)),
        tuple(
            (
                cell(words.month_short(row.month)),
                cell(say(f"from-{row.kind}")),
                *(_counted(ctx, name, _count(row, name), 0) for name in COUNTS),
            )
            for row in ctx.plan.headcounts
        ),
    )


def deployment(ctx: Context) -> Section:
    """The Gantt, arrivals by month and camps ordered."""
    say, words, names = ctx.words.say, ctx.words, ctx.names
    each = reckoning.people_per_unit(ctx.plan)
    arriving = sorted(
        (row for row in ctx.plan.presence if row.arriving_units),
        key=lambda row: (row.month, row.offer, row.site),
    )
    rows = tuple(
        (
            cell(words.month_short(row.month)),
            cell(
                names.offer(row.offer),
                href=ctx.row("offers", row.offer),
                assumed=ctx.assumed.row(row.offer),
            ),
            cell(names.title(row.site), href=ctx.row("sites", row.site)),
            cell(words.number(row.arriving_units)),
            cell(words.number(each[row.unit] * row.arriving_units)),
        )
        for row in arriving
    )
    arrivals = Table(
        "arrivals",
        say("caption-arrivals"),
        tuple(
            say(f"heading-{h}")
            for h in ("month", "unit", "site", "units-arriving", "people-arriving")
        ),
        (False, False, False, True, True),
        rows,
    )
    orders = Table(
        "building-orders",
        say("caption-building"),
        tuple(say(f"heading-{h}") for h in ("option", "ordered-in", "usable-from")),
        (False, False, False),
        tuple(
            (
                cell(names.title(row.option), href=ctx.row("building_options", row.option)),
                cell(words.month_short(Month.parse(row.month))),
                cell(words.month_short(row.usable_from)),
            )
            for row in ctx.plan.building_orders
        ),
    )
    return Section(
        "deployment",
        say("section-deployment"),
        tuple(
            told
            for told in (
                say("lead-deployment") if rows else say("lead-deployment-none"),
                sentences.rotation(ctx.plan, words),
            )
            if told
        ),
        (
            FigurePlace("gantt"),
            *((arrivals,) if rows else ()),
            *_rotation(ctx),
            *((orders,) if orders.rows else ()),
        ),
    )


def _rotation(ctx: Context) -> tuple[FigurePlace | Table, ...]:
    """The contingents of units with a tour, and the reliefs among them by month."""
    say, words, names = ctx.words.say, ctx.words, ctx.names
    reliefs: Counter[tuple[str, str, str]] = Counter()
    people: Counter[tuple[str, str, str]] = Counter()
    for row in ctx.plan.contingents:
        if row.kind == "relief":
            reliefs[row.arrived, row.offer, row.site] += row.contingents
            people[row.arrived, row.offer, row.site] += row.strength_persons
    if not reliefs:
        return ()
    rows = tuple(
        (
            cell(words.month_short(arrived)),
            cell(
                names.offer(offer),
                href=ctx.row("offers", offer),
                assumed=ctx.assumed.row(offer),
            ),
            cell(names.title(site), href=ctx.row("sites", site)),
            cell(words.number(reliefs[arrived, offer, site])),
            cell(words.number(people[arrived, offer, site])),
        )
        for arrived, offer, site in sorted(reliefs)
    )
    headings = ("month", "unit", "site", "contingents", "people-arriving")
    table = Table(
        "reliefs",
        say("caption-reliefs"),
        tuple(say(f"heading-{h}") for h in headings),
        (False, False, False, True, True),
        rows,
    )
    return FigurePlace("rotation"), table
