"""Two plans side by side: what each covers, and how many people are there month by month."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from konbit.briefing.sections.compare import side_by_side
from konbit.dossier import Comparison

if TYPE_CHECKING:
    from collections.abc import Sequence

    from konbit.briefing.page import Table
    from konbit.dossier import Dossier, Plan
    from konbit.web.words import PageWords


@dataclass(frozen=True, slots=True)
class Compared:
    """Plans side by side.

    Attributes:
        measures: strength, coverage, months to full strength, cost by payer, runway.
        months: for each month its name, and deployed and effective people of each plan.
        is_same: whether the plans are the same to the last byte.
    """

    measures: Table
    months: tuple[tuple[str, tuple[tuple[int, int | None], ...]], ...]
    is_same: bool


def compared(made: Sequence[tuple[Dossier, Plan]], words: PageWords) -> Compared:
    """Plans side by side, in the words of the first one's dossier."""
    plans = tuple(plan for _, plan in made)
    measures = side_by_side(Comparison(plans), made[0][0], words)
    counts = [
        {h.month: (h.deployed_persons, h.effective_persons) for h in plan.headcounts}
        for plan in plans
    ]
    months = sorted({month for by_month in counts for month in by_month})
    return Compared(
        measures,
        tuple(
            (words.month(month), tuple(by_month.get(month, (0, None)) for by_month in counts))
            for month in months
        ),
        len({plan.digest for plan in plans}) == 1,
    )
