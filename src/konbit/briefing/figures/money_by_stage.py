"""Money by stage against need. Stages stand under each other and are never added up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from konbit.briefing.figures.axes import MoneyScale, money_of
from konbit.briefing.figures.bars import Bar, BarGroup, grouped_bars
from konbit.briefing.figures.empty import empty_figure
from konbit.briefing.figures.figure import Figure, FigureTable
from konbit.briefing.figures.names import holder_title
from konbit.briefing.figures.theme import ACCENT, INK, LINE, WIDE
from konbit.dossier.tables.fund import MONEY_SIDE_STATES, MONEY_STAGES
from konbit.terms import Money

if TYPE_CHECKING:
    from konbit.briefing.figures.words import Words
    from konbit.dossier.dossier import Dossier
    from konbit.dossier.plan import MoneyStage, Plan

NAME = "money-by-stage"
_NUMERIC = (False, False, True, True, True)
_ORDER = {stage: rank for rank, stage in enumerate((*MONEY_STAGES, *MONEY_SIDE_STATES))}
_NOT_FUNDS = frozenset({"contributor", "bilateral"})
# Money that has arrived; promises and side states are drawn in grey.
_ARRIVED = frozenset(MONEY_STAGES[MONEY_STAGES.index("received") :])


def money_by_stage(
    plan: Plan, words: Words, *, dossier: Dossier | None = None, width_px: int = WIDE
) -> Figure:
    """One bar for each stage of each fund or instrument; the need of a fund as a rule and a bar.

    The need of a fund is all that it pays over the horizon, programme support cost included.

    Args:
        plan: whose money is shown, as of its day.
        words: the reader's language.
        dossier: for titles of funds; without it their codes are shown.
        width_px: of the picture, in pixels.
    """
    needs = needs_by_fund(plan)
    columns = tuple(
        words.say(f"figure-column-{name}")
        for name in ("holder", "stage", "amount", "contributions", "unknown-amounts")
    )
    by_holder: dict[str, list[MoneyStage]] = {fund: [] for fund in needs}
    for row in plan.money_stages:
        by_holder.setdefault(row.holder, []).append(row)
    highest = max(
        [*needs.values(), *(money_of(row.amount) for row in plan.money_stages)], default=0
    )
    scale = MoneyScale.of(highest, plan.currency)
    title = words.say(
        "figure-money-by-stage-title", day=words.day(plan.as_of_on), unit=scale.title(words)
    )
    if not by_holder:
        return empty_figure(NAME, title, columns, _NUMERIC, words, width_px)
    groups: list[BarGroup] = []
    table: list[tuple[str | int | None, ...]] = []
    for holder, rows in _in_order(by_holder, needs):
        called = holder_title(dossier, holder, words)
        rows.sort(key=lambda row: (_ORDER.get(row.stage, len(_ORDER)), row.stage))
        bars = [_bar(row, scale, words) for row in rows]
        need = needs.get(holder, 0)
        if need:
            bars.append(_need_bar(need, scale, words))
        groups.append(BarGroup(called, tuple(bars), need))
        table += [_table_row(called, row, words) for row in rows]
        if need:
            said = words.money(Money(need, plan.currency))
            table.append((called, words.say("figure-need"), said, None, None))
    return Figure(
        name=NAME,
        title=title,
        spec=grouped_bars(groups, width_px),
        table=FigureTable(columns, tuple(table), _NUMERIC),
        alt=_alt(plan, needs, words),
    )


def needs_by_fund(plan: Plan) -> dict[str, int]:
    """What each fund pays over the horizon, in minor units, with programme support cost."""
    needs: dict[str, int] = {}
    for row in plan.obligations:
        if row.payer not in _NOT_FUNDS:
            due = money_of(row.amount) + money_of(row.support_cost)
            needs[row.payer] = needs.get(row.payer, 0) + due
    return {fund: need for fund, need in sorted(needs.items()) if need}


def _in_order(
    by_holder: dict[str, list[MoneyStage]], needs: dict[str, int]
) -> list[tuple[str, list[MoneyStage]]]:
    """Funds first, the greatest need on top; what is beside the funds after them."""
    return sorted(by_holder.items(), key=lambda item: (-needs.get(item[0], 0), item[0]))


def _bar(row: MoneyStage, scale: MoneyScale, words: Words) -> Bar:
    amount = money_of(row.amount)
    value = scale.text(amount, words)
    if row.unknown_amounts:
        count = words.number(row.unknown_amounts)
        value = words.say("figure-money-by-stage-unknown", amount=value, number=count)
    return Bar(
        name=words.say(f"stage-{row.stage}"),
        length=amount,
        value=value,
        color=ACCENT if row.stage in _ARRIVED else LINE,
        data=(("stage", row.stage), ("contributions", row.contributions)),
    )


def _need_bar(need: int, scale: MoneyScale, words: Words) -> Bar:
    return Bar(
        name=words.say("figure-need"),
        length=need,
        value=scale.text(need, words),
        color=INK,
        bold=True,
    )


def _table_row(holder: str, row: MoneyStage, words: Words) -> tuple[str | int | None, ...]:
    amount = words.money(row.amount) if row.amount is not None else None
    stage = words.say(f"stage-{row.stage}")
    return (holder, stage, amount, row.contributions, row.unknown_amounts)


def _alt(plan: Plan, needs: dict[str, int], words: Words) -> str:
    received = sum(
        money_of(row.amount)
        for row in plan.money_stages
        if row.stage == "received" and row.holder in needs
    )
    return words.say(
        "figure-money-by-stage-alt",
        day=words.day(plan.as_of_on),
        received=words.money(Money(received, plan.currency)),
        need=words.money(Money(sum(needs.values()), plan.currency)),
    )
