"""A shock replayed, in a notebook: plans before and after, slips, figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from konbit.api.findings import words_in
from konbit.api.plan_view import PlanView, frame_of, wide

if TYPE_CHECKING:
    import pandas as pd

    from konbit.briefing.figures.figure import Figure
    from konbit.dossier import Dossier
    from konbit.dossier.replay import Replay


@dataclass(frozen=True)
class ReplayView:
    """A shock replayed, with data frames and figures.

    Attributes:
        dossier: what was planned before.
        replay: the shock, the plans and what slips, an immutable value.
        language: of the figures.
    """

    dossier: Dossier
    replay: Replay
    language: str = "en"

    @property
    def before(self) -> PlanView:
        """The plan before the shock."""
        return PlanView(self.dossier, self.replay.before, self.language)

    @property
    def after(self) -> PlanView:
        """The repaired plan of the shocked dossier."""
        return PlanView(self.replay.shocked, self.replay.after, self.language)

    @property
    def slips(self) -> pd.DataFrame:
        """Arrivals and stays that change, by how long, and what holds them back."""
        return frame_of(self.replay.slips)

    @property
    def trade_off(self) -> pd.DataFrame:
        """Coverage of plans by the number of their changes."""
        import pandas as pd

        return pd.DataFrame(
            [
                {"changes": point.changes, "covered_points": point.covered_points}
                for point in self.replay.trade_off
            ],
            columns=["changes", "covered_points"],
        )

    @property
    def edits(self) -> pd.DataFrame:
        """What the shocks changed in the dossier."""
        import pandas as pd

        columns = ["table", "row", "column", "before", "after"]
        rows = [[getattr(edit, name) for name in columns] for edit in self.replay.edits]
        return pd.DataFrame(rows, columns=columns)

    def coverage_curve(self, width_px: int | None = None) -> Figure:
        """Coverage by month, before and after."""
        from konbit.briefing.figures.replay_coverage import replay_coverage

        return replay_coverage(self.replay, words_in(self.language), **wide(width_px))

    def gantt(self, width_px: int | None = None) -> Figure:
        """Units present by month, before as an outline and after solid."""
        from konbit.briefing.figures.replay_gantt import replay_gantt

        return replay_gantt(self.replay, words_in(self.language), **wide(width_px))

    def figures(self, width_px: int | None = None) -> dict[str, Figure]:
        """Every figure of the replay, by its permanent name."""
        made = (self.coverage_curve(width_px), self.gantt(width_px))
        return {figure.name: figure for figure in made}
