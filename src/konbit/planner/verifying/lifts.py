"""What the lifts of a month carry."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from math import floor
from typing import TYPE_CHECKING

from konbit.dossier.tables.requirement import Lift, LiftInterruption

if TYPE_CHECKING:
    from konbit.dossier.dossier import Dossier
    from konbit.planner.verifying.calendar import Calendar


class Lifts:
    """Passengers and tonnes by month, interruptions taken off.

    Attributes:
        limits_passengers: whether some known row states passengers; else nobody is held back.
        limits_cargo: likewise for cargo.
        passengers: people carried in each planned month.
        cargo_tonnes: tonnes carried in each planned month.
    """

    def __init__(self, known: Dossier, calendar: Calendar) -> None:
        self._lifts = known.rows(Lift)
        self._interruptions = known.rows(LiftInterruption)
        self._calendar = calendar
        self.limits_passengers = any(row.passengers_per_month for row in self._lifts)
        self.limits_cargo = any(row.cargo_tonnes_per_month for row in self._lifts)
        carried = [self._carried(t) for t in calendar.indices]
        self.passengers = [passengers for passengers, _ in carried]
        self.cargo_tonnes = [tonnes for _, tonnes in carried]

    def _carried(self, t: int) -> tuple[int, int]:
        lost: dict[str, Fraction] = defaultdict(Fraction)
        for interruption in self._interruptions:
            if self._calendar.holds(interruption.from_on, interruption.until_on, t):
                lost[interruption.lift] += Fraction(interruption.share_lost)
        passengers = cargo = 0
        for row in self._lifts:
            if self._calendar.holds(row.from_on, row.until_on, t):
                left = 1 - min(Fraction(1), lost[row.code])
                passengers += floor(row.passengers_per_month * left)
                cargo += floor(row.cargo_tonnes_per_month * left)
        return passengers, cargo
