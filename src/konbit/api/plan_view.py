"""A plan in a notebook: tables as data frames, figures that show themselves."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from konbit.api.findings import words_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from konbit.briefing.figures.figure import Figure
    from konbit.dossier import Dossier, Plan, Row


@dataclass(frozen=True)
class PlanView:
    """A plan with its tables as data frames and figures that show themselves.

    Attributes:
        dossier: what was planned.
        plan: the plan itself, an immutable value.
        language: of the figures.
    """

    dossier: Dossier
    plan: Plan
    language: str = "en"

    @property
    def presence(self) -> pd.DataFrame:
        """Who is where in each month."""
        return frame_of(self.plan.presence)

    @property
    def contingents(self) -> pd.DataFrame:
        """Contingents of units with a tour, from arrival to the month in which they are gone."""
        return frame_of(self.plan.contingents)

    @property
    def building_orders(self) -> pd.DataFrame:
        """Camp extensions ordered."""
        return frame_of(self.plan.building_orders)

    @property
    def coverage(self) -> pd.DataFrame:
        """How far each requirement is met in each month, and what holds the rest back."""
        return frame_of(self.plan.coverage)

    @property
    def substituted(self) -> pd.DataFrame:
        """What stood in for what."""
        return frame_of(self.plan.substituted)

    @property
    def obligations(self) -> pd.DataFrame:
        """Every cost and who pays it."""
        return frame_of(self.plan.obligations)

    @property
    def payments(self) -> pd.DataFrame:
        """Which earmark's cash covers which obligation."""
        return frame_of(self.plan.payments)

    @property
    def cash(self) -> pd.DataFrame:
        """Spendable cash by earmark and month."""
        return frame_of(self.plan.cash)

    @property
    def headcounts(self) -> pd.DataFrame:
        """The five head-counts by month."""
        return frame_of(self.plan.headcounts)

    @property
    def money_stages(self) -> pd.DataFrame:
        """Money by fund and stage."""
        return frame_of(self.plan.money_stages)

    @property
    def bottlenecks(self) -> pd.DataFrame:
        """What lifting each family of limits gains."""
        return frame_of(self.plan.relaxations)

    @property
    def call_list(self) -> pd.DataFrame:
        """Whom to ask, for what, by when, and what it unlocks."""
        return frame_of(self.plan.asks)

    @property
    def verification(self) -> pd.DataFrame:
        """The rules recomputed on the finished plan."""
        return frame_of(self.plan.verification)

    @property
    def reliance(self) -> pd.DataFrame:
        """How much of the plan rests on assumptions."""
        return frame_of(self.plan.reliance)

    def s_curve(self, width_px: int | None = None) -> Figure:
        """The five head-counts by month, against the ceiling and the need."""
        from konbit.briefing.figures.s_curve import s_curve

        return s_curve(self.plan, words_in(self.language), **wide(width_px))

    def money_by_stage(self, width_px: int | None = None) -> Figure:
        """Money of each fund by stage, against what the plan needs of it."""
        from konbit.briefing.figures.money_by_stage import money_by_stage

        words = words_in(self.language)
        return money_by_stage(self.plan, words, dossier=self.dossier, **wide(width_px))

    def gantt(self, width_px: int | None = None) -> Figure:
        """What is required when and where, and how far it is met."""
        from konbit.briefing.figures.gantt import gantt

        return gantt(self.plan, self.dossier, words_in(self.language), **wide(width_px))

    def rotation(self, width_px: int | None = None) -> Figure:
        """Contingents of units with a tour, one after the other."""
        from konbit.briefing.figures.rotation import rotation

        return rotation(self.plan, self.dossier, words_in(self.language), **wide(width_px))

    def coverage_heat_map(self, width_px: int | None = None) -> Figure:
        """Per cent of each capability met, by month."""
        from konbit.briefing.figures.coverage_heat_map import coverage_heat_map

        words = words_in(self.language)
        return coverage_heat_map(self.plan, words, dossier=self.dossier, **wide(width_px))

    def bottleneck_bars(self, width_px: int | None = None) -> Figure:
        """What lifting each family of limits gains."""
        from konbit.briefing.figures.bottleneck_bars import bottleneck_bars

        return bottleneck_bars(self.plan, words_in(self.language), **wide(width_px))

    def runway(self, width_px: int | None = None) -> Figure:
        """Cash by fund and earmark, month by month."""
        from konbit.briefing.figures.runway import runway

        words = words_in(self.language)
        return runway(self.plan, words, dossier=self.dossier, **wide(width_px))

    def mission_map(self, month: str = "", width_px: int | None = None) -> Figure:
        """Strength and need by region in a month; without one, in the last of the plan."""
        from konbit.briefing.figures.mission_map import mission_map

        on = month or str(self.plan.until_month + -1)
        return mission_map(self.plan, self.dossier, on, words_in(self.language), **wide(width_px))

    def figures(self, width_px: int | None = None) -> dict[str, Figure]:
        """Every figure of the plan, by its permanent name."""
        made = (
            self.s_curve(width_px),
            self.money_by_stage(width_px),
            self.gantt(width_px),
            *((self.rotation(width_px),) if self.plan.contingents else ()),
            self.coverage_heat_map(width_px),
            self.bottleneck_bars(width_px),
            self.runway(width_px),
            self.mission_map(width_px=width_px),
        )
        return {figure.name: figure for figure in made}

    def _repr_html_(self) -> str:
        """The five head-counts of the plan, as a notebook shows it."""
        title = f"{self.plan.title} \u00b7 {self.plan.as_of_on} \u00b7 {self.plan.scenario_title}"
        return f"<p>{escape(title)}</p>{self.headcounts.to_html(index=False)}"


def wide(width_px: int | None) -> dict[str, int]:
    """The width asked for, or none, so that the figure's own stands."""
    return {} if width_px is None else {"width_px": width_px}


def frame_of(rows: Sequence[Row]) -> pd.DataFrame:
    """Rows of one table as a data frame."""
    from konbit.briefing import frame

    return frame(rows)
