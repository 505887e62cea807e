"""What changed between two states of a dossier, and in their plans."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from konbit.api.actions import as_of_day, known_scenarios
from konbit.api.findings import DossierError
from konbit.api.plan_view import PlanView

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd

    from konbit.api.actions import Enough, Limit, Progress, Watch
    from konbit.dossier import Dossier
    from konbit.dossier.difference import Difference


@dataclass(frozen=True)
class DifferenceView:
    """What changed, with both plans and the rows that differ as a data frame.

    Attributes:
        dossiers: the earlier and the later.
        difference: the plans and the rows, an immutable value.
        language: of figures and findings.
    """

    dossiers: tuple[Dossier, Dossier]
    difference: Difference
    language: str = "en"

    @property
    def earlier(self) -> PlanView:
        """The plan of the earlier dossier."""
        return PlanView(self.dossiers[0], self.difference.earlier, self.language)

    @property
    def later(self) -> PlanView:
        """The plan of the later dossier."""
        return PlanView(self.dossiers[1], self.difference.later, self.language)

    @property
    def rows(self) -> pd.DataFrame:
        """Rows added, taken out, and cells changed in the dossier."""
        import pandas as pd

        columns = ["table", "row", "column", "before", "after"]
        rows = [[getattr(row, name) for name in columns] for row in self.difference.rows]
        return pd.DataFrame(rows, columns=columns)


def difference(
    earlier: Dossier,
    later: Dossier,
    as_of: date | str | None = None,
    scenario: str = "",
    *,
    language: str = "en",
    progress: Progress | None = None,
    watch: Watch | None = None,
    enough: Enough | None = None,
    limit: Limit | None = None,
) -> DifferenceView:
    """Plan two states of a dossier, say last month's and this month's, and say what changed.

    Args:
        earlier: the one.
        later: the other.
        as_of: the day of both; without it the newest of each.
        scenario: code of a scenario of both; without it the one that each mission's row names.
        language: of figures and findings.
        progress: told what is being done and the share done, from 0 to 1.
        watch: told of both plans, as for `plan`.
        enough: asked once there is a plan; yes makes the best so far of both the answer.
        limit: called when a plan is begun; what it gives is asked as well, of that plan alone.

    Raises:
        DossierError: a dossier has errors.
        UnknownScenarioError: one has no such scenario.
        ValueError: `as_of` is no day.
    """
    from konbit.planner import DossierFaultyError
    from konbit.planner.differing import differ

    both = (earlier, later)
    for dossier in both:
        known_scenarios(dossier, (scenario,) if scenario else ())
    one, two = ((dossier, as_of_day(dossier, as_of)) for dossier in both)
    try:
        found = differ(
            one, two, scenario, progress=progress, watch=watch, enough=enough, limit=limit
        )
    except DossierFaultyError as error:
        raise DossierError(error.findings, language) from error
    return DifferenceView(both, found, language)
