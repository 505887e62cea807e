"""Scenarios side by side, and what each month of a later transfer costs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from konbit.briefing import reckoning, sentences
from konbit.briefing.names import Names
from konbit.briefing.page import FigurePlace, Section, Table, cell
from konbit.terms import Money

if TYPE_CHECKING:
    from collections.abc import Callable

    from konbit.briefing.page import Cell
    from konbit.briefing.words import Words
    from konbit.dossier.dossier import Dossier
    from konbit.dossier.plan import Comparison, DelayPoint, Plan

MOST_SCENARIOS = 4


def scenarios(comparison: Comparison, dossier: Dossier, words: Words) -> Section:
    """At most four scenarios side by side, and the cost of delay."""
    return Section(
        "scenarios",
        words.say("section-scenarios"),
        (words.say("lead-scenarios"),),
        (
            side_by_side(comparison, dossier, words),
            FigurePlace("scenario-strength"),
            FigurePlace("cost-by-payer"),
            FigurePlace("cost-of-delay"),
            *cost_of_delay(comparison, words),
        ),
    )


def side_by_side(comparison: Comparison, dossier: Dossier, words: Words) -> Table:
    """Strength, coverage, months to full strength, cost by payer and runway of each scenario."""
    plans = comparison.plans[:MOST_SCENARIOS]
    names = Names(dossier, words)
    payers = sorted({payer for plan in plans for payer in reckoning.cost_by(plan, "payer")})
    rows = [
        (cell(words.say(f"row-{code}")), *(cell(told(plan, words)) for plan in plans))
        for code, told in _MEASURES
    ]
    rows += [
        (
            cell(words.say("row-cost-payer", payer=names.payer(payer))),
            *(cell(_paid_by(plan, payer, words)) for plan in plans),
        )
        for payer in payers
    ]
    notes = ("note-scenarios", *(("note-scenarios-ended",) if comparison.is_ended else ()))
    rows.append((cell(words.say("row-runway")), *(cell(runway(plan, words)) for plan in plans)))
    return Table(
        "scenario-table",
        words.say("caption-scenarios"),
        (words.say("heading-measure"), *(plan.scenario_title or plan.scenario for plan in plans)),
        (False, *(True for _ in plans)),
        tuple(rows),
        note=" ".join(words.say(note) for note in notes),
        left_out=0,
    )


def _coverage(plan: Plan, words: Words) -> str:
    return sentences.coverage(plan, words)


def _last_coverage(plan: Plan, words: Words) -> str:
    share = reckoning.coverage_in(plan, str(plan.until_month + -1))
    return words.say("not-needed") if share is None else words.share(share)


def _last_deployed(plan: Plan, words: Words) -> str:
    rows = reckoning.planned(plan)
    return words.number(rows[-1].deployed_persons) if rows else words.say("not-known")


def _last_effective(plan: Plan, words: Words) -> str:
    rows = reckoning.planned(plan)
    count = rows[-1].effective_persons if rows else None
    return words.say("not-known") if count is None else words.number(count)


def _full(plan: Plan, words: Words) -> str:
    months = reckoning.full_strength_month(plan)
    return words.say("not-reached") if months is None else words.say("months", count=months)


def _cost(plan: Plan, words: Words) -> str:
    return words.money(reckoning.cost(plan))


_MEASURES: tuple[tuple[str, Callable[[Plan, Words], str]], ...] = (
    ("coverage", _coverage),
    ("coverage-last", _last_coverage),
    ("deployed-last", _last_deployed),
    ("effective-last", _last_effective),
    ("full-strength", _full),
    ("cost", _cost),
)


def _paid_by(plan: Plan, payer: str, words: Words) -> str:
    paid = reckoning.cost_by(plan, "payer").get(payer, Money(0, plan.currency))
    return words.money(paid)


def runway(plan: Plan, words: Words) -> str:
    """Until when the last free cash of any earmark lasts."""
    found = reckoning.runways(plan)
    if not found:
        return words.say("runway-no-cash")
    if not all(row.empty_from for row in found):
        return words.say("runway-lasts")
    return words.say("runway-empty", month=words.month_short(max(row.empty_from for row in found)))


def cost_of_delay(comparison: Comparison, words: Words) -> tuple[Table, ...]:
    """One table for each scenario whose transfer was delayed."""
    plans = {plan.scenario: plan for plan in comparison.plans}
    return tuple(
        Table(
            f"delay-{scenario}",
            words.say("caption-delay", scenario=plans[scenario].scenario_title or scenario),
            tuple(words.say(f"heading-{h}") for h in ("delay", "covered", "lost", "covered-most")),
            (False, True, True, True),
            tuple(_delay_row(point, points[0], plans[scenario], words) for point in points),
        )
        for scenario, points in comparison.delays
        if points and scenario in plans
    )


def _delay_row(point: DelayPoint, prompt: DelayPoint, plan: Plan, words: Words) -> tuple[Cell, ...]:
    def share(points: int) -> str:
        return words.share(reckoning.share_of(points, plan.needed_points))

    return (
        cell(words.say("months", count=point.delay_months)),
        cell(share(point.covered_points)),
        cell(share(prompt.covered_points - point.covered_points)),
        cell(share(point.bound_points)),
    )
