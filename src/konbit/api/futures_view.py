"""Uncertain futures in a notebook: tables as data frames, figures that show themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from konbit.api.findings import words_in
from konbit.api.plan_view import frame_of, wide

if TYPE_CHECKING:
    import pandas as pd

    from konbit.briefing.figures.figure import Figure
    from konbit.dossier import Dossier
    from konbit.dossier.futures import Futures


@dataclass(frozen=True)
class FuturesView:
    """What to decide now and what may come of it, with data frames and figures.

    Attributes:
        dossier: what was planned.
        result: measures, decisions and futures, an immutable value.
        language: of the figures.
    """

    dossier: Dossier
    result: Futures
    language: str = "en"

    @property
    def measures(self) -> pd.DataFrame:
        """Mean, worst tenth, promises, value of the stochastic solution, cost of earmarks."""
        return frame_of(self.result.measures)

    @property
    def decisions(self) -> pd.DataFrame:
        """What is decided now."""
        return frame_of(self.result.decisions)

    @property
    def candidates(self) -> pd.DataFrame:
        """What it was chosen from."""
        return frame_of(self.result.candidates)

    @property
    def futures(self) -> pd.DataFrame:
        """Coverage of every future."""
        return frame_of(self.result.futures)

    @property
    def events(self) -> pd.DataFrame:
        """What happens in every future."""
        return frame_of(self.result.events)

    @property
    def months(self) -> pd.DataFrame:
        """People, coverage and cash by month: low, middle and high tenth."""
        return frame_of(self.result.bands)

    @property
    def units(self) -> pd.DataFrame:
        """How likely units of each offer are there, by month."""
        return frame_of(self.result.units)

    def coverage(self, width_px: int | None = None) -> Figure:
        """How coverage is spread over the futures."""
        from konbit.briefing.figures.future_coverage import future_coverage

        return future_coverage(self.result, words_in(self.language), **wide(width_px))

    def people(self, width_px: int | None = None) -> Figure:
        """People deployed by month, with the band of eight futures in ten."""
        from konbit.briefing.figures.future_bands import future_people

        return future_people(self.result, words_in(self.language), **wide(width_px))

    def cash(self, width_px: int | None = None) -> Figure:
        """Cash left at the end of each month, likewise."""
        from konbit.briefing.figures.future_bands import future_cash

        return future_cash(self.result, words_in(self.language), **wide(width_px))

    def figures(self, width_px: int | None = None) -> dict[str, Figure]:
        """Every figure by its permanent name."""
        made = (self.coverage(width_px), self.people(width_px), self.cash(width_px))
        return {figure.name: figure for figure in made}
