"""Which funding model holds in each month, and where it changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from konbit.dossier.scenario import steps as scenario_steps
from konbit.dossier.tables.fund import FundingModel

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from konbit.dossier import Dossier
    from konbit.terms import Month


def model_of_month(
    known: Dossier, scenario: str, month: Month
) -> tuple[FundingModel | None, date | None]:
    """The funding model of a month and the day of the step that set it.

    The last step not after the month's first day; before the first step, the first step's; without
    a scenario the first model by code.
    """
    models = known.by_code(FundingModel)
    steps = scenario_steps(known, scenario) if scenario else ()
    if not steps:
        first = next(iter(models.values()), None)
        return first, None
    current = steps[0]
    for step in steps:
        if step.from_on <= month.first_on:
            current = step
    return models.get(current.funding_model), current.from_on


def models_of_months(
    known: Dossier, scenario: str, months: Sequence[Month]
) -> tuple[tuple[FundingModel | None, ...], tuple[date | None, ...]]:
    """The model of each month, and the day of its step."""
    found = [model_of_month(known, scenario, month) for month in months]
    return tuple(model for model, _ in found), tuple(day for _, day in found)


def transfer_months(steps: Sequence[date | None]) -> tuple[int, ...]:
    """Indices of the months whose step differs from the month before's."""
    return tuple(t for t in range(1, len(steps)) if steps[t] != steps[t - 1])
