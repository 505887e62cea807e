"""Who pays how much under each scenario."""

from __future__ import annotations

from typing import TYPE_CHECKING

from konbit.briefing.figures.axes import MoneyScale, money_of
from konbit.briefing.figures.bars import Bar, BarGroup, grouped_bars
from konbit.briefing.figures.empty import empty_figure
from konbit.briefing.figures.figure import Figure, FigureTable
from konbit.briefing.figures.labels import shortened, text_width
from konbit.briefing.figures.names import payer_title
from konbit.briefing.figures.theme import ACCENT, LINE, WIDE
from konbit.terms import Money

if TYPE_CHECKING:
    from konbit.briefing.figures.words import Words
    from konbit.dossier.dossier import Dossier
    from konbit.dossier.plan import Comparison, Plan

NAME = "cost-by-payer"
_NUMERIC = (False, False, True)
_SINGLE_GIVERS = frozenset({"contributor", "bilateral"})


def cost_by_payer(
    comparison: Comparison, words: Words, *, dossier: Dossier | None = None, width_px: int = WIDE
) -> Figure:
    """Cost over the horizon by payer, programme support cost included, scenario by scenario.

    Funds are drawn in the accent colour, contributors and single donors in grey.

    Args:
        comparison: the plans side by side, at least one.
        words: the reader's language.
        dossier: for titles of funds; without it their codes are shown.
        width_px: of the picture, in pixels.
    """
    columns = tuple(words.say(f"figure-column-{name}") for name in ("scenario", "payer", "amount"))
    costs = [(plan, _costs(plan)) for plan in comparison.plans]
    currency = comparison.plans[0].currency
    scale = MoneyScale.of(
        max((cost for _, by_payer in costs for cost in by_payer.values()), default=0), currency
    )
    title = words.say("figure-cost-by-payer-title", unit=scale.title(words))
    if not any(by_payer for _, by_payer in costs):
        return empty_figure(NAME, title, columns, _NUMERIC, words, width_px)
    groups: list[BarGroup] = []
    table: list[tuple[str | int | None, ...]] = []
    for plan, by_payer in costs:
        total = Money(sum(by_payer.values()), plan.currency)
        bars = [
            Bar(
                name=payer_title(dossier, payer, words),
                length=cost,
                value=scale.text(cost, words),
                color=LINE if payer in _SINGLE_GIVERS else ACCENT,
                data=(("payer", payer), ("scenario", plan.scenario)),
            )
            for payer, cost in by_payer.items()
        ]
        heading = _heading(plan, scale.text(total.amount_minor, words), words, width_px)
        groups.append(BarGroup(heading, tuple(bars)))
        table += [
            (plan.scenario_title, bar.name, words.money(Money(bar.length, plan.currency)))
            for bar in bars
        ]
    return Figure(
        name=NAME,
        title=title,
        spec=grouped_bars(groups, width_px),
        table=FigureTable(columns, tuple(table), _NUMERIC),
        alt=_alt(comparison, words),
    )


def _heading(plan: Plan, total: str, words: Words, width_px: int) -> str:
    """Scenario and total; where room is short, the scenario's name gives way."""
    code = "figure-cost-by-payer-heading"
    rest = text_width(words.say(code, scenario="", total=total), bold=True)
    scenario = shortened(plan.scenario_title, width_px - rest - 12, bold=True)
    return words.say(code, scenario=scenario, total=total)


def _costs(plan: Plan) -> dict[str, int]:
    """Minor units by payer, the largest first."""
    costs: dict[str, int] = {}
    for row in plan.obligations:
        due = money_of(row.amount) + money_of(row.support_cost)
        costs[row.payer] = costs.get(row.payer, 0) + due
    return dict(sorted(costs.items(), key=lambda item: (-item[1], item[0])))


def _alt(comparison: Comparison, words: Words) -> str:
    parts = [
        words.say(
            "figure-cost-by-payer-part",
            scenario=plan.scenario_title,
            total=words.money(Money(sum(_costs(plan).values()), plan.currency)),
        )
        for plan in comparison.plans
    ]
    return words.say("figure-cost-by-payer-alt", parts="; ".join(parts))
