"""A comparison in a notebook: plans side by side, and the cost of delay."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from konbit.api.findings import words_in
from konbit.api.plan_view import PlanView, wide

if TYPE_CHECKING:
    import pandas as pd

    from konbit.briefing.figures.figure import Figure
    from konbit.dossier import Comparison, Dossier


@dataclass(frozen=True)
class ComparisonView:
    """Plans side by side, with data frames and figures.

    Attributes:
        dossier: what was planned.
        comparison: the plans and the cost of delay, an immutable value.
        language: of the figures.
    """

    dossier: Dossier
    comparison: Comparison
    language: str = "en"

    @property
    def plans(self) -> tuple[PlanView, ...]:
        """Each plan with its own tables and figures."""
        return tuple(PlanView(self.dossier, p, self.language) for p in self.comparison.plans)

    @property
    def delays(self) -> pd.DataFrame:
        """Coverage by scenario and months of delay."""
        import pandas as pd

        return pd.DataFrame(
            [
                {
                    "scenario": scenario,
                    "delay_months": point.delay_months,
                    "covered_points": point.covered_points,
                    "bound_points": point.bound_points,
                }
                for scenario, points in self.comparison.delays
                for point in points
            ],
            columns=["scenario", "delay_months", "covered_points", "bound_points"],
        )

    def scenario_strength(self, width_px: int | None = None) -> Figure:
        """Ceiling, deployed and effective people, scenario by scenario."""
        from konbit.briefing.figures.scenario_strength import scenario_strength

        return scenario_strength(self.comparison, words_in(self.language), **wide(width_px))

    def cost_by_payer(self, width_px: int | None = None) -> Figure:
        """Who pays how much, scenario by scenario."""
        from konbit.briefing.figures.cost_by_payer import cost_by_payer

        words = words_in(self.language)
        return cost_by_payer(self.comparison, words, dossier=self.dossier, **wide(width_px))

    def cost_of_delay(self, width_px: int | None = None) -> Figure:
        """What each month of a later transfer costs in coverage."""
        from konbit.briefing.figures.cost_of_delay import cost_of_delay

        return cost_of_delay(self.comparison, words_in(self.language), **wide(width_px))

    def figures(self, width_px: int | None = None) -> dict[str, Figure]:
        """Every figure of the comparison, by its permanent name."""
        made = (
            self.scenario_strength(width_px),
            self.cost_by_payer(width_px),
            self.cost_of_delay(width_px),
        )
        return {figure.name: figure for figure in made}
