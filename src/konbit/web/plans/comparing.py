"""Two plans side by side: what each covers, and how many people are there month by month."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from konbit.briefing.sections.compare import side_by_side
from konbit.dossier import Comparison
from konbit.terms import Month

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from konbit.briefing.page import Table
    from konbit.dossier import Dossier, Plan
    from konbit.web.words import PageWords


# Deployed and effective people of each plan in a month; none where a plan does not reach so far.
_Counts = tuple[tuple[int, int | None], ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """Plans side by side.

    Attributes:
        measures: strength, coverage, months to full strength, cost by payer, runway.
        months: for each month, or run of months in which no number changes, its name, deployed
            and effective people of each plan, and whether the plans differ.
        is_same: whether the plans are the same to the last byte.
    """

    measures: Table
    months: tuple[tuple[str, _Counts, bool], ...]
    is_same: bool


def compared(made: Sequence[tuple[Dossier, Plan]], words: PageWords) -> Compared:
    """Plans side by side, in the words of the first one's dossier."""
    plans = tuple(plan for _, plan in made)
    measures = side_by_side(Comparison(plans), made[0][0], words)
    counts = [
        {Month.parse(h.month): (h.deployed_persons, h.effective_persons) for h in plan.headcounts}
        for plan in plans
    ]
    by_month = {
        month: tuple(of_plan.get(month, (0, None)) for of_plan in counts)
        for month in sorted({month for of_plan in counts for month in of_plan})
    }
    return Compared(
        measures,
        tuple(
            (_span(first, last, words), told, len(set(told)) > 1)
            for first, last, told in _runs(by_month)
        ),
        len({plan.digest for plan in plans}) == 1,
    )


def _runs(by_month: Mapping[Month, _Counts]) -> list[tuple[Month, Month, _Counts]]:
    """First and last month of each run of months that follow each other with the same numbers."""
    runs: list[tuple[Month, Month, _Counts]] = []
    for month, told in by_month.items():
        if runs and runs[-1][2] == told and runs[-1][1] + 1 == month:
            runs[-1] = (runs[-1][0], month, told)
        else:
            runs.append((month, month, told))
    return runs


def _span(first: Month, last: Month, words: PageWords) -> str:
    if first == last:
        return words.month(first)
    return words.say("month-span", first=words.month(first), last=words.month(last))
