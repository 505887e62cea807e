"""Every figure of the sample plan, for tests that hold for all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from konbit.briefing.figures.bottleneck_bars import bottleneck_bars
from konbit.briefing.figures.cost_by_payer import cost_by_payer
from konbit.briefing.figures.cost_of_delay import cost_of_delay
from konbit.briefing.figures.coverage_heat_map import coverage_heat_map
from konbit.briefing.figures.gantt import gantt
from konbit.briefing.figures.mission_map import mission_map
from konbit.briefing.figures.money_by_stage import money_by_stage
from konbit.briefing.figures.rotation import rotation
from konbit.briefing.figures.runway import runway
from konbit.briefing.figures.s_curve import s_curve
from konbit.briefing.figures.scenario_strength import scenario_strength
from sample_dossier import sample_dossier
from sample_plan import sample_comparison, sample_plan

if TYPE_CHECKING:
    from konbit.briefing.figures.figure import Figure
    from konbit.briefing.figures.words import Words
    from konbit.dossier.dossier import Dossier
    from konbit.dossier.plan import Comparison, Plan

NAMES = (
    "s-curve",
    "money-by-stage",
    "gantt",
    "rotation",
    "coverage-heat-map",
    "bottleneck-bars",
    "cost-of-delay",
    "scenario-strength",
    "cost-by-payer",
    "runway",
    "mission-map",
)


def figures_of(
    plan: Plan, dossier: Dossier, comparison: Comparison, words: Words, width_px: int
) -> dict[str, Figure]:
    """All figures of a plan by name; the map shows the eighth month of the sample's horizon."""
    figures = (
        s_curve(plan, words, width_px=width_px),
        money_by_stage(plan, words, dossier=dossier, width_px=width_px),
        gantt(plan, dossier, words, width_px=width_px),
        rotation(plan, dossier, words, width_px=width_px),
        coverage_heat_map(plan, words, dossier=dossier, width_px=width_px),
        bottleneck_bars(plan, words, width_px=width_px),
        cost_of_delay(comparison, words, width_px=width_px),
        scenario_strength(comparison, words, width_px=width_px),
        cost_by_payer(comparison, words, dossier=dossier, width_px=width_px),
        runway(plan, words, dossier=dossier, width_px=width_px),
        mission_map(plan, dossier, "2026-11", words, width_px=width_px),
    )
    return {figure.name: figure for figure in figures}


def every_figure(words: Words, width_px: int = 760) -> dict[str, Figure]:
    """All figures of the sample plan by name."""
    return figures_of(sample_plan(), sample_dossier(), sample_comparison(), words, width_px)
