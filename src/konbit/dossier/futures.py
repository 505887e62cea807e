"""Uncertain futures: what to decide now, and what it leads to, as tables.

Coverage is in points of a ten-thousandth of a weighted requirement-month, as in a plan; shares are
whole parts in ten thousand; amounts are whole minor units. Nothing here is a float.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from konbit.dossier.columns import Row, choice, flag, integer, money, reference, text
from konbit.dossier.dossier import texts_of
from konbit.terms.digest import digest_of

if TYPE_CHECKING:
    from datetime import date

    from konbit.terms import Money, Month

MEASURES = {
    "mean": "what is decided now covers on average",
    "worst_tenth": "the same in the worst tenth of the futures",
    "best_tenth": "the same in the best tenth of the futures",
    "gap": "the mean could be higher by this at most, if every continuation were the best",
    "promise_cash": "the plan on the cash at hand promises",
    "mean_cash": "its first months, followed as well as possible, cover on average",
    "worst_cash": "the same in the worst tenth of the futures",
    "gain_cash": "deciding now with the futures in view gains over it",
    "promise_expected": "the plan on what is expected on average promises",
    "mean_expected": "its first months, followed as well as possible, cover on average",
    "worst_expected": "the same in the worst tenth of the futures",
    "gain_expected": "value of the stochastic solution: the gain over it",
    "known_at_most": "with the future known beforehand the mean would be at most",
    "unearmarked": "with the same money un-earmarked after the first months the mean is",
    "earmark_cost": "so earmarks cost",
}
"""What is measured, in the order in which it is told."""

NAMES = {
    "cash": "plan on the cash at hand",
    "expected": "plan on what is expected on average",
    "two-stage": "two-stage plan over representative futures",
    "low": "plan for a poor future",
    "middle": "plan for a middling future",
    "high": "plan for a good future",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure(Row):
    """One figure about all futures."""

    TABLE: ClassVar[str] = "futures_measures"
    TITLE: ClassVar[str] = "Measures"
    ABOUT: ClassVar[str] = "Coverage over all futures, in points and as a share of the need."
    LINK: ClassVar[str] = "plan"
    KEY: ClassVar[tuple[str, ...]] = ("measure",)

    measure: str = choice("Measure", MEASURES)
    points: int = integer("Points", minimum=None)
    share: int = integer("Of the need", unit="parts in 10,000", minimum=None)
    low_points: int | None = integer(
        "From, in points", "95 in 100 such samples hold the true mean between.", minimum=None
    )
    high_points: int | None = integer("To, in points", minimum=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision(Row):
    """Something decided now."""

    TABLE: ClassVar[str] = "futures_decisions"
    TITLE: ClassVar[str] = "Decided now"
    ABOUT: ClassVar[str] = "Units present and starting, and orders, in the months decided now."
    LINK: ClassVar[str] = "plan"
    KEY: ClassVar[tuple[str, ...]] = ("kind", "subject", "site", "month")

    kind: str = choice(
        "Kind", {"present": "units present", "start": "units that start", "order": "ordered"}
    )
    subject: str = text("Unit or option", required=True)
    site: str = reference("sites", "Site", required=False)
    month: str = text("Month", required=True)
    units: int = integer("Units", unit="units")


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate(Row):
    """A first stage that was tried on the futures set apart for choosing."""

    TABLE: ClassVar[str] = "futures_candidates"
    TITLE: ClassVar[str] = "Candidates"
    ABOUT: ClassVar[str] = (
        "First stages compared on futures that are not among those shown; the first was chosen."
    )
    LINK: ClassVar[str] = "plan"
    KEY: ClassVar[tuple[str, ...]] = ("rank",)

    rank: int = integer("Rank", minimum=1, required=True)
    name: str = choice("First months of the", NAMES)
    mean_points: int = integer("Mean, in points")
    worst_points: int = integer("Worst tenth, in points")
    whole: bool = flag("In whole units", "No: by the continuous model, which promises more.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Future(Row):
    """One future, and what each first stage covers in it."""

    TABLE: ClassVar[str] = "futures"
    TITLE: ClassVar[str] = "Futures"
    ABOUT: ClassVar[str] = "Coverage of each future, in points, after each first stage."
    LINK: ClassVar[str] = "plan"
    KEY: ClassVar[tuple[str, ...]] = ("future",)

    future: int = integer("Future", required=True)
    covered_points: int = integer("Covered, in points")
    bound_points: int = integer("At most", "By the continuous model, after the same first months.")
    cash_points: int = integer("After the plan on the cash at hand, in points")
    expected_points: int = integer("After the plan on what is expected, in points")
    unearmarked_points: int = integer("Without earmarks, in points")
    known_points: int = integer("Known beforehand, at most, in points")
    undone_persons: int = integer(
        "Undone", "People-months decided now that this future does not let happen."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class FutureEvent(Row):
    """Something that happens in a future."""

    TABLE: ClassVar[str] = "futures_events"
    TITLE: ClassVar[str] = "What happens"
    ABOUT: ClassVar[str] = "What each future has that the dossier does not."
    LINK: ClassVar[str] = "plan"
    KEY: ClassVar[tuple[str, ...]] = ("future", "number")

    future: int = integer("Future", required=True)
    number: int = integer("Number", required=True)
    kind: str = choice(
        "What",
        {
            "received": "promised money is received",
            "new": "a further gift is received",
            "frozen": "money is frozen",
            "released": "frozen money is set free",
            "stays_away": "units never come",
            "late": "units come later",
            "withdraws": "the offer ends",
            "lift_lost": "lift is lost",
        },
    )
    subject: str = text("Contribution, offer or lift", required=True)
    month: str = text("Month", "For late units the first in which they can come.")
    until_month: str = text("Until", "For lost lift the first month after.")
    amount: Money | None = money("Amount")
    units: int = integer("Units", unit="units")


@dataclass(frozen=True, slots=True, kw_only=True)
class Band(Row):
    """A month over all futures: a tenth of them are below the low, a tenth above the high."""

    TABLE: ClassVar[str] = "futures_months"
    TITLE: ClassVar[str] = "Months"
    ABOUT: ClassVar[str] = "People, coverage and cash by month: low, middle and high tenth."
    LINK: ClassVar[str] = "plan"
    KEY: ClassVar[tuple[str, ...]] = ("month",)

    month: str = text("Month", required=True)
    low_persons: int = integer("People, low", unit="persons")
    middle_persons: int = integer("People, middle", unit="persons")
    high_persons: int = integer("People, high", unit="persons")
    low_share: int = integer("Coverage, low", unit="parts in 10,000")
    middle_share: int = integer("Coverage, middle", unit="parts in 10,000")
    high_share: int = integer("Coverage, high", unit="parts in 10,000")
    low_cash: Money | None = money("Cash, low")
    middle_cash: Money | None = money("Cash, middle")
    high_cash: Money | None = money("Cash, high")


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitChance(Row):
    """How likely units of an offer are there in a month."""

    TABLE: ClassVar[str] = "futures_units"
    TITLE: ClassVar[str] = "Who is there"
    ABOUT: ClassVar[str] = (
        "Share of the futures in which units of an offer are present, by month. They are absent "
        "because they stay away, or because the money is better used otherwise."
    )
    LINK: ClassVar[str] = "plan"
    KEY: ClassVar[tuple[str, ...]] = ("offer", "month")

    offer: str = reference("offers", "Offer")
    month: str = text("Month", required=True)
    share: int = integer("Some are there", unit="parts in 10,000")
    mean_units: int = integer("Units on average", "In hundredths of a unit.")


FUTURES_TABLES: tuple[type[Row], ...] = (
    Measure, Decision, Candidate, Future, FutureEvent, Band, UnitChance,
)  # fmt: skip


@dataclass(frozen=True)
class Futures:
    """What to decide now under uncertainty, and what it leads to.

    Attributes:
        mission: its code.
        title: its title.
        currency: of all amounts.
        dossier_digest: what was read.
        as_of_on: only what was known on this day counts.
        scenario: code of the scenario, empty for none.
        scenario_title: its title.
        first_month: first month planned.
        until_month: first month after.
        decide_months: how many months are decided now.
        seed: of all draws.
        worst_percent: how much the worst tenth counted in choosing, beside the mean.
        needed_points: all that is needed.
        priors: rows of the table priors used.
        assumed_priors: how many of them are assumptions or placeholders.
        verified: whether the two deterministic plans, and the continuations that were settled to
            the cent, kept every rule when recomputed by separate arithmetic.
        checked: how many continuations were settled and recomputed so.
        measures: figures over all futures.
        decisions: what is decided now.
        candidates: what it was chosen from.
        futures: every future.
        events: what happens in them.
        bands: months over all futures.
        units: who is there.
    """

    mission: str
    title: str
    currency: str
    dossier_digest: str
    as_of_on: date
    scenario: str
    scenario_title: str
    first_month: Month
    until_month: Month
    decide_months: int
    seed: int
    worst_percent: int
    needed_points: int
    priors: int
    assumed_priors: int
    verified: bool
    checked: int
    measures: tuple[Measure, ...]
    decisions: tuple[Decision, ...]
    candidates: tuple[Candidate, ...]
    futures: tuple[Future, ...]
    events: tuple[FutureEvent, ...]
    bands: tuple[Band, ...]
    units: tuple[UnitChance, ...]

    @property
    def tables(self) -> dict[type[Row], tuple[Row, ...]]:
        """The tables by row class, in the order in which they are written."""
        return {
            Measure: self.measures,
            Decision: self.decisions,
            Candidate: self.candidates,
            Future: self.futures,
            FutureEvent: self.events,
            Band: self.bands,
            UnitChance: self.units,
        }

    def measure(self, name: str) -> Measure:
        """A figure by its name.

        Raises:
            KeyError: there is no such measure.
        """
        for row in self.measures:
            if row.measure == name:
                return row
        raise KeyError(name)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the tables and of what they were made from."""
        return digest_of(
            {
                "dossier": self.dossier_digest,
                "as_of": str(self.as_of_on),
                "scenario": self.scenario,
                "seed": self.seed,
                "decide_months": self.decide_months,
                "worst_percent": self.worst_percent,
                "tables": {
                    table.TABLE: [texts_of(row) for row in rows]
                    for table, rows in self.tables.items()
                },
            }
        )
