"""The planning problem as sets and numbers: units, sites, months, requirements, limits.

Made once from the rows of a dossier known on a day; nothing here depends on a solver.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from decimal import Decimal
    from fractions import Fraction

    import numpy as np

    from konbit.dossier import Dossier
    from konbit.dossier.tables.fund import FundingModel
    from konbit.dossier.tables.pledge import Offer
    from konbit.dossier.tables.requirement import BuildingOption
    from konbit.terms import Month

    Allowed = np.ndarray[tuple[int, int], np.dtype[np.bool_]]


@dataclass(frozen=True, slots=True)
class Tour:
    """How long a unit's contingents stay, and how relief takes over. All in months.

    Attributes:
        months: the longest that a contingent stays, the month of its arrival counted.
        overlap: how long an outgoing contingent stays beside its relief.
        gap: how long nobody is there between the two; 0 where there is an overlap.
        first_relief: first month index in which relief can come.
    """

    months: int
    overlap: int
    gap: int
    first_relief: int


@dataclass(frozen=True, eq=False)
class Unit:
    """Like units of one offer: candidates to come, or those already at a site.

    Attributes:
        code: the offer's code, with `@site` for opening units.
        offer: the offer.
        home: index of the site where opening units stand; None for candidates.
        count: how many there are.
        strength_persons: people per unit, 0 for a service.
        gives: capability code to quantity per unit.
        earliest: first month index in which a candidate can arrive.
        allowed: by site and month, whether it may be present.
        possible: the same, were it eligible under every funding model.
        cleared: the same, were only its due diligence complete.
        asked: nobody offers it; it is there to see what such an offer would change.
        tour: how its contingents rotate; None where they do not.
        arrived: of opening units, month indices in which their contingents came, the oldest first.
        due: of opening units with a tour, by contingent the first month in which it may not stay.
    """

    code: str
    offer: Offer
    home: int | None
    count: int
    strength_persons: int
    gives: Mapping[str, int]
    needs_equipment: Mapping[str, tuple[int, int]]
    earliest: int
    allowed: Allowed
    possible: Allowed
    cleared: Allowed
    asked: bool = False
    tour: Tour | None = None
    arrived: tuple[int, ...] = ()
    due: tuple[int, ...] = ()

    @property
    def is_opening(self) -> bool:
        """Whether the units were already in the mission on the as-of day."""
        return self.home is not None


@dataclass(frozen=True, slots=True)
class Need:
    """A requirement with the month indices in which it holds."""

    code: str
    capability: str
    site: int
    quantity: int
    weight: int
    months: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Wear:
    """From so many months after a contingent's arrival a capability gives `share` of it.

    `lost` is what the step takes off the share before it.
    """

    since_arrival: int
    share: Fraction
    lost: Fraction


@dataclass(frozen=True, slots=True)
class EnablerRule:
    """`enabler` must be met for `enables` to count; at the same site, or at the site given."""

    enabler: str
    enables: str
    site: int | None


@dataclass(frozen=True, slots=True)
class Cap:
    """A ceiling on people of some components, by month; None where it does not hold."""

    code: str
    components: frozenset[str]
    strength_persons: tuple[int | None, ...]


@dataclass(frozen=True, eq=False)
class World:
    """Everything a plan depends on but money."""

    dossier: Dossier
    as_of_on: date
    months: tuple[Month, ...]
    sites: tuple[str, ...]
    units: tuple[Unit, ...]
    needs: tuple[Need, ...]
    substitutes: Mapping[tuple[str, str], Decimal]
    enabler_rules: tuple[EnablerRule, ...]
    capacity: tuple[tuple[int, ...], ...]
    limit: tuple[int | None, ...]
    critical_mass: tuple[int, ...]
    options: tuple[BuildingOption, ...]
    option_months: tuple[tuple[int, ...], ...]
    passengers: tuple[int, ...] | None
    cargo: tuple[int, ...] | None
    caps: tuple[Cap, ...]
    pools: Mapping[str, tuple[int, ...]]
    models: tuple[FundingModel | None, ...]
    transfers: tuple[int, ...]
    operational_lag: int
    minimum_stay: int
    wear: Mapping[str, tuple[Wear, ...]]

    @property
    def horizon(self) -> int:
        """Number of months planned."""
        return len(self.months)

    def wears_out(self, unit: Unit) -> bool:
        """Whether a unit gives a capability that wears out."""
        return not self.wear.keys().isdisjoint(unit.gives)
