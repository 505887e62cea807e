"""Months of the plan, the first-day rule, and the funding model of each month."""

from __future__ import annotations

from typing import TYPE_CHECKING

from konbit.dossier.scenario import steps
from konbit.dossier.tables.fund import FundingModel
from konbit.terms import Month, Period

if TYPE_CHECKING:
    from datetime import date

    from konbit.dossier.dossier import Dossier


class Calendar:
    """Months by index; index 0 is the month after the one of the as-of day.

    Months after the horizon have an index too: the tail of a plan is priced in them.
    """

    def __init__(self, as_of_on: date, horizon_months: int) -> None:
        self.as_of_on = as_of_on
        self.first = Month.of(as_of_on) + 1
        self.until = self.first + horizon_months
        self.indices = range(horizon_months)
        self._index = {str(self.first + t): t for t in self.indices}
        self._names: dict[int, str] = {}
        self._first_days: dict[int, date] = {}

    def index(self, month: str) -> int | None:
        """Index of a month as written in a plan; none outside the horizon."""
        return self._index.get(month)

    def name(self, t: int) -> str:
        """The month as written in a plan."""
        if t not in self._names:
            self._names[t] = str(self.first + t)
        return self._names[t]

    def day(self, t: int) -> date:
        """First day of a month."""
        if t not in self._first_days:
            self._first_days[t] = (self.first + t).first_on
        return self._first_days[t]

    def first_from(self, day: date) -> int:
        """Index of the first month whose first day is not before a day; may lie before the plan."""
        return Month.of(day) + (0 if day.day == 1 else 1) - self.first

    def holds(self, from_on: date | None, until_on: date | None, t: int) -> bool:
        """The first-day rule: whatever is dated holds when the month's first day lies within."""
        return self.day(t) in Period(from_on, until_on)


class Models:
    """The funding model of each month, by the steps of a scenario."""

    def __init__(self, known: Dossier, scenario: str, calendar: Calendar) -> None:
        self._calendar = calendar
        self._steps = steps(known, scenario)
        self._models = known.by_code(FundingModel)
        # Without steps the first model by code holds all the time; no step, so no grace.
        self._default = min(self._models, default="")
        self._step_of: dict[int, int | None] = {}

    def step(self, t: int) -> int | None:
        """Place of the month's step among the steps; before the first step it is the first."""
        if not self._steps:
            return None
        if t not in self._step_of:
            begun = [
                place
                for place, step in enumerate(self._steps)
                if step.from_on <= self._calendar.day(t)
            ]
            self._step_of[t] = begun[-1] if begun else 0
        return self._step_of[t]

    def code(self, t: int) -> str:
        """Code of the month's model, empty without any."""
        step = self.step(t)
        return self._default if step is None else self._steps[step].funding_model

    def model(self, t: int) -> FundingModel | None:
        """The month's model."""
        return self._models.get(self.code(t))

    def is_transfer(self, t: int) -> bool:
        """Whether the month's step differs from that of the month before."""
        return self.step(t) != self.step(t - 1)

    def in_grace(self, t: int) -> bool:
        """Whether units that are not eligible may still serve in the month."""
        step, model = self.step(t), self.model(t)
        if step is None or model is None:
            return False
        from_on = self._steps[step].from_on
        begins = self._calendar.first_from(from_on)
        return begins <= t < begins + model.grace_months
