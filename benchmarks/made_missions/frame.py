"""What every drawn mission shares: its size, what is scarce in it, its calendar, its source."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

from konbit.terms import Money, Month

if TYPE_CHECKING:
    from collections.abc import Sequence

AS_OF = date(2025, 6, 15)
BEGAN_ON = date(2025, 1, 1)
FACT: dict[str, Any] = {
    "source": "Drawn at random by benchmarks/instances.py",
    "source_on": BEGAN_ON,
    "known_on": BEGAN_ON,
    "confidence": "assumption",
    "basis": "Magnitudes of the Haiti dossier and of comparable missions",
}
PRICE = {**FACT, "confidence": "placeholder"}
MINIMUM_STAY = 6
LAG = 1


@dataclass(frozen=True, slots=True)
class Size:
    """How large a mission is: rows of each kind, and months planned."""

    offers: int
    sites: int
    main_sites: int
    horizon_months: int
    contributions: int
    earmarks: int
    units_per_offer: tuple[int, ...]


_MANY = (1, 1, 1, 2, 2, 3, 3, 4, 5, 6, 8, 10)
_SOME = (1, 1, 1, 1, 2, 2, 2, 3, 3, 4, 6)
_FEW = (1, 1, 1, 1, 1, 1, 2, 2, 2, 3, 4)
SIZES = {
    "XS": Size(14, 4, 1, 15, 10, 4, _FEW),
    "S": Size(25, 8, 1, 36, 25, 6, _MANY),
    "M": Size(80, 15, 2, 48, 60, 14, _SOME),
    "L": Size(200, 30, 3, 60, 120, 26, _FEW),
    "XL": Size(300, 40, 4, 60, 200, 38, _FEW),
}


@dataclass(frozen=True, slots=True)
class Severity:
    """What a mission lacks.

    Attributes:
        cash: range of the share of the cost of the whole need that the money covers.
        lift_months: months in which the lift could bring everybody needed, early and later.
        interrupted: shares of lift lost in the interruptions of the first year and a half.
        enablers: range of enablers offered, as a share of what is needed.
        enablers_late: whether enablers become available in the second quarter of the horizon.
    """

    cash: tuple[float, float]
    lift_months: tuple[int, int]
    interrupted: tuple[float, ...]
    enablers: tuple[float, float]
    enablers_late: bool


SEVERITIES = {
    "tight_money": Severity((0.35, 0.45), (9, 9), (0.5,), (1.1, 1.4), False),
    "late_lift": Severity((0.75, 0.9), (26, 14), (0.8, 1.0, 0.6), (1.1, 1.4), False),
    "scarce_enablers": Severity((0.75, 0.9), (9, 9), (0.5,), (0.55, 0.75), True),
}


@dataclass(frozen=True, slots=True)
class Frame:
    """A mission to draw: size, severity and seed, with a random stream for every part."""

    size_name: str
    severity_name: str
    seed: int

    @property
    def size(self) -> Size:
        """The size's numbers."""
        return SIZES[self.size_name]

    @property
    def severity(self) -> Severity:
        """The severity's numbers."""
        return SEVERITIES[self.severity_name]

    @property
    def horizon(self) -> int:
        """Months planned."""
        return self.size.horizon_months

    def stream(self, part: str) -> Random:
        """The random numbers of one part; others are not moved when this one draws more."""
        return Random(f"{self.size_name}/{self.severity_name}/{self.seed}/{part}")

    @property
    def phases(self) -> tuple[int, int, int]:
        """Month indices at which entry, expansion and stabilisation begin; entry has begun."""
        return (-6, self.horizon // 4, self.horizon // 2)


def month_on(t: int) -> date:
    """First day of a planned month; negative before the first."""
    return (Month.of(AS_OF) + 1 + t).first_on


def before(rng: Random, days: int) -> date:
    """A day up to so many days before the as-of day, within the mission's life."""
    return max(BEGAN_ON, AS_OF - timedelta(days=rng.randint(1, days)))


def usd(dollars: float, step: int = 1) -> Money:
    """An amount in whole dollars, rounded to a step."""
    return Money(round(dollars / step) * step * 100, "USD")


def parts(total: int, weights: Sequence[float]) -> list[int]:
    """A whole number divided by weights; what rounding leaves goes to the largest rests."""
    exact = [total * w / sum(weights) for w in weights]
    found = [int(e) for e in exact]
    order = sorted(range(len(exact)), key=lambda i: (found[i] - exact[i], i))
    for i in order[: total - sum(found)]:
        found[i] += 1
    return found
