"""What a shock did to a plan: plans before and after, units that slip, rows that were changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from konbit.dossier.columns import Row, choice, integer, reference, text
from konbit.dossier.plan import FAMILIES

if TYPE_CHECKING:
    from konbit.dossier.dossier import Dossier
    from konbit.dossier.plan import Plan
    from konbit.dossier.shocks import Shock
    from konbit.terms import Money, Month

WITHDRAWN = "withdrawn"
DELAYED = "delayed"
UNNEEDED = "unneeded"

START_WEIGHT = 3
"""How many unit-months of presence a start, or an order of a camp, that is not in the plan before
the shock counts as: it moves people, papers and contracts, not only days."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip(Row):
    """What a shock does to the units of an offer: one arrival, or one stay, that changes."""

    TABLE: ClassVar[str] = "slips"
    TITLE: ClassVar[str] = "Slips"
    ABOUT: ClassVar[str] = (
        "Arrivals and stays that differ between the plan before a shock and the repaired one."
    )
    LINK: ClassVar[str] = "plan"
    KEY: ClassVar[tuple[str, ...]] = ("unit", "number")

    unit: str = text("Unit", "Offer, or offer and `@site` for units already there.", required=True)
    number: int = integer("Number", "Of the unit's changes, from 1.", minimum=1, default=1)
    offer: str = reference("offers", "Offer")
    units: int = integer("Units", "Like units that change alike.", unit="units", default=1)
    change: str = choice(
        "Change",
        {
            "later": "arrives later",
            "earlier": "arrives earlier",
            "never": "does not arrive",
            "new": "arrives, though it was not to come",
            "moved": "arrives in the same month at another site",
            "leaves-earlier": "stays for fewer months",
            "leaves-later": "stays for more months",
        },
    )
    site_before: str = text("Site before")
    site_after: str = text("Site after")
    before: str = text("Month before", "Of arrival; for stays, the first month away.")
    after: str = text("Month after", "Empty: never, or not within the horizon.")
    months: int | None = integer(
        "Slips by", "Months later; negative for earlier.", unit="months", minimum=None
    )
    lost_unit_months: int = integer(
        "Presence lost",
        "Months present before less months present after, over these units; negative for gained.",
        unit="unit-months",
        minimum=None,
    )
    reason: str = choice(
        "Held back by",
        {
            **FAMILIES,
            WITHDRAWN: "withdrawn",
            DELAYED: "itself delayed",
            UNNEEDED: "nothing: the repaired plan covers about as much without it",
            "none": "nothing: it is not held back",
        },
        default="none",
    )
    detail: str = text("Detail", "The offer, site, month or fund that the reason is about.")


@dataclass(frozen=True, slots=True)
class Changes:
    """How far one plan is from another.

    Attributes:
        unit_months: Σ |units present before − units present after| over units, sites and months.
        starts: units that start at a site in a month in which the plan before has fewer.
        orders: building options ordered in another month, newly, or no longer.
    """

    unit_months: int
    starts: int
    orders: int

    @property
    def weighted(self) -> int:
        """All together, in unit-months: a start or an order counts as `START_WEIGHT`."""
        return self.unit_months + START_WEIGHT * (self.starts + self.orders)


@dataclass(frozen=True, slots=True)
class Effect:
    """What one shock takes away.

    Attributes:
        shock: the shock.
        struck: the first month in which it is felt.
        amount: money that can no longer be spent; None where the shock takes no money.
        units: units that are taken back; 0 where it takes none.
    """

    shock: Shock
    struck: Month
    amount: Money | None = None
    units: int = 0


@dataclass(frozen=True, slots=True)
class Edited:
    """One cell of the dossier that a shock changed, or a whole row that it added.

    `row` is the key of the row, `column` is empty for a row that is new, `before` and `after` are
    texts as in files.
    """

    table: str
    row: str
    column: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class TradeOff:
    """A plan under the shock: how much it covers, and how far it is from the plan before."""

    covered_points: int
    changes: int


@dataclass(frozen=True)
class Replay:
    """A shock replayed.

    Attributes:
        effects: what each shock takes away.
        shocked: the dossier with the shocks as rows, the scenario's edits written in.
        edits: what was changed in it.
        before: the plan before the shock.
        after: the repaired plan of the shocked dossier.
        kept_until: month up to which, not including, the plan before was kept where it could be.
        kept_changes: changes that could not be avoided in the months kept.
        tolerance: share of the coverage reached that was given up for fewer changes, in parts of
            ten thousand.
        afresh_points: coverage of the best plan found that keeps the same months.
        bound_points: what no such plan can surpass.
        changes: of the repaired plan.
        afresh_changes: of the plan made afresh.
        trade_off: plans between fewest changes and most coverage, by coverage.
        slips: arrivals and stays that change.
        parted: offers that a shock parted in two: the new code, and the code it had.
        is_near: whether the repair was looked for around the plan before only, the mission being
            too large for more; `bound_points` holds for the whole mission all the same.
        is_ended: whether the plan before or the repair was ended before it was done.
    """

    effects: tuple[Effect, ...]
    shocked: Dossier
    edits: tuple[Edited, ...]
    before: Plan
    after: Plan
    kept_until: Month
    kept_changes: int
    tolerance: int
    afresh_points: int
    bound_points: int
    changes: Changes
    afresh_changes: Changes
    trade_off: tuple[TradeOff, ...]
    slips: tuple[Slip, ...]
    parted: tuple[tuple[str, str], ...] = ()
    is_near: bool = False
    is_ended: bool = False

    @property
    def lost_points(self) -> int:
        """Coverage lost, in ten-thousandths of a weighted requirement-month."""
        return self.before.covered_points - self.after.covered_points

    @property
    def lost_at_least_points(self) -> int:
        """What the best plan loses to the shock at least: neither plan is proven the best."""
        return max(0, self.before.covered_points - self.bound_points)

    @property
    def lost_at_most_points(self) -> int:
        """What the best plan loses to the shock at most, likewise."""
        most = self.before.most_points
        return max(0, self.lost_points, most - self.after.covered_points)
