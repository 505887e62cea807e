"""Units that rotate, and the contingents that man them, for tests of the check of plans."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from touring_mission import MONTHS

PEOPLE = {"Alpha": 50, "Beta": 10, "Epsilon": 20, "Gamma": 50, "Medics": 0}
GIVES = {"Alpha": "patrol", "Beta": "guard", "Epsilon": "guard", "Gamma": "patrol"}
STEPS = {
    "patrol": ((3, Decimal("0.8")), (5, Decimal("0.5"))),
    "medevac": ((12, Decimal("0.33335")),),
}


class Shift(NamedTuple):
    """A contingent: month of arrival and first month in which it is not there; due home by."""

    arrived: int
    gone: int
    due: int


class Stay(NamedTuple):
    """A unit at a site from a month up to, not including, another; month -1 is the start."""

    site: str
    start: int
    end: int = MONTHS


@dataclass(frozen=True)
class Unit:
    """One unit, the sites where it stands and the contingents that man it, in order."""

    offer: str
    stays: tuple[Stay, ...]
    shifts: tuple[Shift, ...]

    @property
    def opening(self) -> bool:
        """Whether it is there at the start."""
        return self.stays[0].start < 0

    @property
    def code(self) -> str:
        """As a plan names it."""
        return f"{self.offer}@{self.stays[0].site}" if self.opening else self.offer

    def stands(self, t: int) -> str:
        """Its site in a month, empty where it is not in the mission."""
        return next((stay.site for stay in self.stays if stay.start <= t < stay.end), "")

    def there(self, t: int) -> list[Shift]:
        """Contingents there in a month."""
        return [shift for shift in self.shifts if shift.arrived <= t < shift.gone]

    def works(self, t: int) -> bool:
        """At work: manned, and a candidate not in the month in which it comes."""
        begun = self.opening or t > self.stays[0].start
        return bool(self.stands(t) and self.there(t)) and begun

    def gives(self, t: int) -> Decimal:
        """Share of its capability that the newest contingent still gives."""
        age = t - max(shift.arrived for shift in self.there(t))
        steps = STEPS.get(GIVES.get(self.offer, "medevac"), ())
        return min([Decimal(1), *(share for months, share in steps if months <= age)])


def tours(
    tour: int, *arrived: int, overlap: int = 0, gap: int = 0, end: int = MONTHS
) -> tuple[Shift, ...]:
    """Contingents one after the other: each stays until its relief takes over."""
    after = [month + overlap - gap for month in arrived[1:]]
    return tuple(
        Shift(month, gone, month + tour) for month, gone in zip(arrived, [*after, end], strict=True)
    )


UNITS = (
    Unit("Alpha", (Stay("camp", 0),), tours(6, 0, 5, 10, 15, overlap=1)),
    Unit("Beta", (Stay("camp", 1, 17),), tours(6, 1, 8, 15, gap=1, end=17)),
    # Its tour would last until month 10; it moves to the post and is relieved there.
    Unit(
        "Epsilon",
        (Stay("camp", -1, 3), Stay("post", 3, 15)),
        tours(12, -2, 7, overlap=2, end=15),
    ),
    # Both tours are over long ago: due one after the other, as lift of 60 a month from month 2 on
    # carries 50 people by month 2 and 100 by month 3.
    Unit("Gamma", (Stay("camp", -1),), (Shift(-11, 2, 2), *tours(6, 2, 8, 13))),
    Unit("Gamma", (Stay("camp", -1),), (Shift(-7, 3, 3), *tours(6, 3, 9, 14))),
    Unit("Medics", (Stay("camp", 0),), (Shift(0, MONTHS, MONTHS),)),
)
