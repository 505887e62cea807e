"""Deployed and effective strength under each scenario, side by side on one scale."""

from __future__ import annotations

from typing import TYPE_CHECKING

from konbit.briefing.figures.axes import nice_ticks, plan_months
from konbit.briefing.figures.empty import empty_figure
from konbit.briefing.figures.figure import Figure, FigureTable
from konbit.briefing.figures.panels import Panel, Series, grid_of_panels
from konbit.briefing.figures.theme import ACCENT, ACCENT_PALE, INK, WIDE

if TYPE_CHECKING:
    from konbit.briefing.figures.words import Words
    from konbit.dossier.plan import Comparison, HeadCount, Plan
    from konbit.terms import Month

NAME = "scenario-strength"
_COUNTS = ("ceiling", "deployed", "effective")
_NUMERIC = (False, False, True, True, True)


def scenario_strength(comparison: Comparison, words: Words, *, width_px: int = WIDE) -> Figure:
    """One panel for each scenario: ceiling, deployed and effective people by planned month.

    Args:
        comparison: the plans side by side.
        words: the reader's language.
        width_px: of the picture, in pixels.
    """
    title = words.say("figure-scenario-strength-title")
    columns = (
        words.say("figure-column-scenario"),
        words.say("figure-column-month"),
        *(words.say(f"count-{count}") for count in _COUNTS),
    )
    planned = [(plan, _planned(plan)) for plan in comparison.plans]
    rows = [row for _, rows in planned for row in rows.values()]
    if not rows:
        return empty_figure(NAME, title, columns, _NUMERIC, words, width_px)
    months = plan_months([row.month for row in rows])
    highest = max(_of(row, count) or 0 for row in rows for count in _COUNTS)
    ticks = {tick: words.number(tick) for tick in nice_ticks(highest, 3)}
    panels = [_panel(plan, by_month, months, ticks, words) for plan, by_month in planned]
    return Figure(
        name=NAME,
        title=title,
        spec=grid_of_panels(panels, months, words, width_px, height=120),
        table=FigureTable(
            columns,
            tuple(
                (plan.scenario_title, words.month(row.month), *(_of(row, c) for c in _COUNTS))
                for plan, by_month in planned
                for row in by_month.values()
            ),
            _NUMERIC,
        ),
        alt=words.say(
            "figure-scenario-strength-alt",
            month=words.month(months[-1]),
            parts="; ".join(_part(plan, by_month, words) for plan, by_month in planned),
        ),
    )


def _planned(plan: Plan) -> dict[str, HeadCount]:
    rows = sorted(plan.headcounts, key=lambda row: row.month)
    return {row.month: row for row in rows if row.kind == "plan"}


def _of(row: HeadCount | None, count: str) -> int | None:
    value: int | None = getattr(row, f"{count}_persons", None)
    return value


def _panel(
    plan: Plan,
    by_month: dict[str, HeadCount],
    months: tuple[Month, ...],
    ticks: dict[int, str],
    words: Words,
) -> Panel:
    def series(count: str, color: str, **style: object) -> Series:
        values = tuple(_of(by_month.get(str(month)), count) for month in months)
        known = [value for value in values if value is not None]
        last = words.number(known[-1]) if known else words.say("figure-unknown")
        legend = words.say("figure-label", name=words.say(f"count-{count}"), value=last)
        return Series(count, legend, values, color, color, **style)  # type: ignore[arg-type] # fields of Series

    return Panel(
        plan.scenario_title,
        (
            series("effective", ACCENT, width=3, fill=ACCENT_PALE, bold=True),
            series("deployed", ACCENT),
            series("ceiling", INK, width=1.2, dash=(6, 3)),
        ),
        ticks,
    )


def _part(plan: Plan, by_month: dict[str, HeadCount], words: Words) -> str:
    last = list(by_month.values())[-1:]
    deployed = last[0].deployed_persons if last else 0
    effective = (last[0].effective_persons if last else None) or 0
    return words.say(
        "figure-scenario-strength-part",
        scenario=plan.scenario_title,
        deployed=words.number(deployed),
        effective=words.number(effective),
    )
