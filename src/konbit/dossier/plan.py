"""A plan: the result of planning a dossier, as tables that can be written and checked.

Amounts are in the mission's planning currency, in whole minor units. Shares are whole parts in ten
thousand, rounded down, so that no number in a plan is a float.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from konbit.dossier.columns import Row, choice, code, flag, integer, money, reference, text
from konbit.dossier.dossier import texts_of
from konbit.terms.digest import digest_of

if TYPE_CHECKING:
    from datetime import date

    from konbit.terms import Finding, Money, Month

FULL = 10_000

FAMILIES = {
    "offer": "no offer",
    "readiness": "not ready",
    "camp": "no camp",
    "lift": "no lift",
    "enabler": "no enabler",
    "ceiling": "ceiling",
    "money": "no money",
    "earmark": "money with the wrong earmark",
    "timing": "money too late",
    "equipment": "no equipment",
    "eligibility": "not eligible under the funding model",
    "advance": "the contributor can advance no more",
    "arrears": "the contributor is owed from before",
    "priority": "used where it counts more",
    "caveat": "the contributor's own conditions",
    "settling": "there, but not yet at work",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence(Row):
    """Units of an offer present at a site during a month."""

    TABLE: ClassVar[str] = "presence"
    TITLE: ClassVar[str] = "Presence"
    ABOUT: ClassVar[str] = "Who is where in each month, with arrivals and departures."
    LINK: ClassVar[str] = "plan"
    KEY: ClassVar[tuple[str, ...]] = ("unit", "site", "month")

    unit: str = text(
        "Unit", "Offer, or offer and `@site` for units already there at the start.", required=True
    )
    offer: str = reference("offers", "Offer")
    site: str = reference("sites", "Site")
    month: str = text("Month", required=True)
    units: int = integer(
        "Units present", "Places kept for a relief to come are counted.", unit="units"
    )
    strength_persons: int = integer(
        "People present",
        "Outgoing contingents beside their relief are counted, kept places are not.",
        unit="persons",
    )
    arriving_units: int = integer("Units arriving", unit="units")
    departing_units: int = integer("Units leaving after the month before", unit="units")
    operational_units: int = integer("Units at work", unit="units")


@dataclass(frozen=True, slots=True, kw_only=True)
class Contingent(Row):
    """Contingents of a unit that rotates: when they came, by when they must leave, when they do."""

    TABLE: ClassVar[str] = "contingents"
    TITLE: ClassVar[str] = "Contingents"
    ABOUT: ClassVar[str] = (
        "Contingents that man the units of offers with a tour, first ones and reliefs, from the "
        "month in which they arrive to the one in which they are gone. The oldest leave first."
    )
    LINK: ClassVar[str] = "plan"
    KEY: ClassVar[tuple[str, ...]] = ("unit", "site", "kind", "arrived", "due", "until")

    unit: str = text("Unit", "As in presence.", required=True)
    offer: str = reference("offers", "Offer")
    site: str = reference("sites", "Site", "Where they arrived.")
    kind: str = choice(
        "Kind",
        {
            "there": "already there at the start",
            "first": "came with the unit",
            "relief": "relieved another contingent",
        },
    )
    arrived: str = text("Arrived in", "A month, before the plan for those already there.",
                        required=True)  # fmt: skip
    due: str = text("Due home in", "First month after the tour.", required=True)
    until: str = text("Gone in", "First month in which they are not there. Empty: not in the plan.")
    contingents: int = integer("Contingents", "One mans one unit.", minimum=1, default=1)
    strength_persons: int = integer("People", unit="persons")


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildingOrder(Row):
    """A building option ordered."""

    TABLE: ClassVar[str] = "building_orders"
    TITLE: ClassVar[str] = "Building orders"
    ABOUT: ClassVar[str] = "Camp extensions ordered, by month of the order."
    LINK: ClassVar[str] = "plan"
    KEY: ClassVar[tuple[str, ...]] = ("option",)

    option: str = reference("building_options", "Option")
    month: str = text("Ordered in", required=True)
    usable_from: str = text("Usable from", required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage(Row):
    """How far a requirement is met in a month."""

    TABLE: ClassVar[str] = "coverage"
    TITLE: ClassVar[str] = "Coverage"
    ABOUT: ClassVar[str] = (
        "Needed and effective quantity by requirement and month; what holds the rest back."
    )
    LINK: ClassVar[str] = "plan"
    KEY: ClassVar[tuple[str, ...]] = ("requirement", "month")

    requirement: str = reference("requirements", "Requirement")
    capability: str = reference("capabilities", "Capability")
    site: str = reference("sites", "Site")
    month: str = text("Month", required=True)
    needed: int = integer("Needed", "In the capability's measure.")
    present: int = integer("At work", "In the capability's measure, substitutes counted.")
    share: int = integer("Met and effective", unit="parts in 10,000", maximum=FULL)
    weight: int = integer("Priority weight")
    reason: str = choice(
        "Held back by",
        {**FAMILIES, "none": "nothing: fully met"},
        "The first reason.",
        default="none",
    )
    reasons: str = text("All reasons", "Every reason that applies, by spaces.")
    detail: str = text(
        "Detail",
        "The offer, site, lift, fund or other row that the reason is about, and the month in which "
        "units that are there will be at work.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand(Row):
    """One capability stood in for another at a site in a month."""

    TABLE: ClassVar[str] = "substituted"
    TITLE: ClassVar[str] = "Substitutes used"
    ABOUT: ClassVar[str] = "How much of an offered capability was used for another that was needed."
    LINK: ClassVar[str] = "plan"
    KEY: ClassVar[tuple[str, ...]] = ("month", "site", "offered", "needed")

    month: str = text("Month", required=True)
    site: str = reference("sites", "Site")
    offered: str = reference("capabilities", "Offered capability")
    needed: str = reference("capabilities", "Needed capability")
    quantity: int = integer("Used", "In ten-thousandths of the offered measure.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Obligation(Row):
    """A cost that falls due in a month, and who pays it."""

    TABLE: ClassVar[str] = "obligations"
    TITLE: ClassVar[str] = "Obligations"
    ABOUT: ClassVar[str] = "Every cost of the plan by month, cost head and subject."
    LINK: ClassVar[str] = "fund"
    KEY: ClassVar[tuple[str, ...]] = ("month", "cost_head", "subject", "site")

    month: str = text("Month", required=True)
    cost_head: str = reference("cost_heads", "Cost head")
    subject: str = text("Subject", "Unit, site or building option that costs.", required=True)
    site: str = reference("sites", "Site")
    payer: str = text("Payer", "A fund's code, `contributor` or `bilateral`.")
    amount: Money | None = money("Amount", "Before programme support cost.", required=True)
    support_cost: Money | None = money("Programme support cost", required=True)
    placeholder: bool = flag("Rests on a placeholder or assumed rate")


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment(Row):
    """Cash of an earmark that covers an obligation, or is set aside for the tail."""

    TABLE: ClassVar[str] = "payments"
    TITLE: ClassVar[str] = "Payments"
    ABOUT: ClassVar[str] = (
        "Cash of each earmark used in a month for an obligation (kind `pay`), and cash set aside "
        "at the end of a month for minimum stays and the way home (kind `aside`)."
    )
    LINK: ClassVar[str] = "fund"
    KEY: ClassVar[tuple[str, ...]] = (
        "kind",
        "month",
        "fund",
        "earmark",
        "cost_head",
        "subject",
        "site",
    )

    kind: str = choice("Kind", {"pay": "pays an obligation", "aside": "set aside for the tail"})
    month: str = text("Month", required=True)
    fund: str = reference("funds", "Fund")
    earmark: str = text("Earmark", "Code of the earmark; `-` for money without earmark.")
    cost_head: str = reference("cost_heads", "Cost head")
    subject: str = text("Subject", required=True)
    site: str = reference("sites", "Site")
    amount: Money | None = money("Amount", "With programme support cost.", required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class CashPosition(Row):
    """Cash of an earmark of a fund at the end of a month."""

    TABLE: ClassVar[str] = "cash"
    TITLE: ClassVar[str] = "Cash by earmark"
    ABOUT: ClassVar[str] = "Spendable cash by fund and earmark at the end of each month."
    LINK: ClassVar[str] = "fund"
    KEY: ClassVar[tuple[str, ...]] = ("fund", "earmark", "month")

    fund: str = reference("funds", "Fund")
    earmark: str = text("Earmark", "`-` for money without earmark.")
    month: str = text("Month", required=True)
    opening: Money | None = money("At the start", required=True)
    used: Money | None = money("Used", required=True)
    closing: Money | None = money("At the end", required=True)
    set_aside: Money | None = money("Of this set aside", required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadCount(Row):
    """The five head-counts of a month. Never one number."""

    TABLE: ClassVar[str] = "headcounts"
    TITLE: ClassVar[str] = "Five head-counts"
    ABOUT: ClassVar[str] = "Ceiling, offered, ready, deployed and effective people by month."
    LINK: ClassVar[str] = "plan"
    KEY: ClassVar[tuple[str, ...]] = ("month",)

    month: str = text("Month", required=True)
    kind: str = choice("From", {"record": "what happened", "plan": "this plan"})
    ceiling_persons: int | None = integer("Ceiling", unit="persons")
    required_persons: int = integer(
        "Required", "Sum of requirements measured in persons.", unit="persons"
    )
    offered_persons: int = integer("Offered", unit="persons")
    ready_persons: int = integer("Ready", unit="persons")
    deployed_persons: int = integer("Deployed", unit="persons")
    effective_persons: int | None = integer(
        "Effective", "Empty in months of the record, for which it is not known.", unit="persons"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyStage(Row):
    """Money of a fund, or beside it, at one stage, as of the plan's day."""

    TABLE: ClassVar[str] = "money_stages"
    TITLE: ClassVar[str] = "Money by stage"
    ABOUT: ClassVar[str] = (
        "Each row is one stage of one fund or instrument; stages are never added to each other."
    )
    LINK: ClassVar[str] = "fund"
    KEY: ClassVar[tuple[str, ...]] = ("holder", "stage")

    holder: str = text("Fund or instrument", required=True)
    stage: str = text("Stage", required=True)
    amount: Money | None = money(
        "Amount", "Amounts in other currencies at the dated rate.", required=True
    )
    contributions: int = integer("Contributions counted")
    unknown_amounts: int = integer("Contributions whose amount is not known")


@dataclass(frozen=True, slots=True, kw_only=True)
class Relaxation(Row):
    """What the plan gains when one family of limits is lifted."""

    TABLE: ClassVar[str] = "relaxations"
    TITLE: ClassVar[str] = "Bottlenecks"
    ABOUT: ClassVar[str] = (
        "Gain in weighted coverage when a family of limits is lifted and the plan solved again."
    )
    LINK: ClassVar[str] = "plan"
    KEY: ClassVar[tuple[str, ...]] = ("family",)

    rank: int = integer("Rank", minimum=1, default=1)
    family: str = choice("Family", FAMILIES)
    gain_points: int = integer(
        "Gain", "In ten-thousandths of a weighted requirement-month.", minimum=None
    )
    gain_share: int = integer("Gain over the plan", unit="parts in 10,000", minimum=None)
    upper_points: int = integer("Gain at most", "Over the plan itself, by it.", minimum=None)
    held_back_months: int = integer("Requirement-months held back", unit="months")
    confirmed: bool = flag(
        "Confirmed by a full re-solve", "No: an estimate by the continuous model."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask(Row):
    """A line of the call list: whom to ask, for what, by when, why them, what it unlocks."""

    TABLE: ClassVar[str] = "asks"
    TITLE: ClassVar[str] = "Call list"
    ABOUT: ClassVar[str] = "Concrete asks in order of gain, each found by re-planning with it."
    LINK: ClassVar[str] = "plan"
    KEY: ClassVar[tuple[str, ...]] = ("rank",)

    rank: int = integer("Rank", minimum=1, required=True)
    kind: str = choice(
        "Kind",
        {
            "unit": "a unit of a capability",
            "ready": "make an offered unit ready sooner",
            "money": "money for a purpose",
            "unfreeze": "set frozen money free",
            "unearmark": "widen an earmark",
            "camp": "a camp extension",
            "lift": "lift",
            "advance": "a longer advance",
            "arrears": "payment of what a contributor is owed",
            "equipment": "equipment for units that lack it",
            "clearance": "due diligence",
            "admission": "all that a funding model asks of an offer",
            "ceiling": "a higher ceiling",
        },
    )
    subject: str = text(
        "Subject", "Code of the capability, offer, earmark, site or lift asked about."
    )
    site: str = reference("sites", "Site", required=False)
    quantity: int | None = integer("How much", "In the subject's measure.")
    amount: Money | None = money("How much money")
    by_month: str = text("By", required=True)
    gain_points: int = integer(
        "Gain", "In ten-thousandths of a weighted requirement-month.", minimum=None
    )
    gain_upper_points: int = integer("Gain at most", minimum=None)
    confirmed: bool = flag("Confirmed by a full re-solve")
    extra_cost: Money | None = money(
        "What it adds to the cost of the plan",
        "At most: month by month to the end of the plan, whoever pays. Empty: not reckoned.",
    )
    organisations: str = text(
        "Whom to ask",
        "Codes of organisations, most likely first, each with its reasons: "
        "`KEN same-capability,lift-reach; USA past-gift`.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Check(Row):
    """A rule that was tested on the finished plan by separate arithmetic."""

    TABLE: ClassVar[str] = "verification"
    TITLE: ClassVar[str] = "Verification"
    ABOUT: ClassVar[str] = "Rules recomputed in whole numbers by code that did not make the plan."
    LINK: ClassVar[str] = "plan"
    KEY: ClassVar[tuple[str, ...]] = ("rule",)

    rule: str = code("Rule")
    tested: int = integer("Cases tested")
    violated: int = integer("Violations")
    first_violation: str = text("First violation")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reliance(Row):
    """How much of the plan rests on assumptions and placeholders."""

    TABLE: ClassVar[str] = "reliance"
    TITLE: ClassVar[str] = "What rests on assumptions"
    ABOUT: ClassVar[str] = (
        "Rows used by the plan, by table, and how many are assumed or placeholders."
    )
    LINK: ClassVar[str] = "plan"
    KEY: ClassVar[tuple[str, ...]] = ("about",)

    about: str = code("Table")
    rows_used: int = integer("Rows used")
    rows_assumed: int = integer("Of these assumed")
    rows_placeholder: int = integer("Of these placeholders")


PLAN_TABLES: tuple[type[Row], ...] = (
    Presence,
    Contingent,
    BuildingOrder,
    Coverage,
    Stand,
    Obligation,
    Payment,
    CashPosition,
    HeadCount,
    MoneyStage,
    Relaxation,
    Ask,
    Check,
    Reliance,
)


@dataclass(frozen=True, slots=True)
class SolveStage:
    """One of the lexicographic goals and how well it was solved.

    `value` and `bound` are in ten-thousandths of a weighted requirement-month for coverage and
    earliness, in minor units for cost. `gap` is in ten-thousandths of the bound.
    """

    goal: str
    value: int
    bound: int
    gap: int


@dataclass(frozen=True)
class Plan:
    """A plan of a dossier as known on a day, under a scenario.

    `covered_points` of `needed_points` is the weighted coverage, in ten-thousandths of a weighted
    requirement-month; the same bytes come out of the same dossier, day and scenario.
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
    covered_points: int
    needed_points: int
    stages: tuple[SolveStage, ...]
    findings: tuple[Finding, ...]
    presence: tuple[Presence, ...]
    building_orders: tuple[BuildingOrder, ...]
    coverage: tuple[Coverage, ...]
    substituted: tuple[Stand, ...]
    obligations: tuple[Obligation, ...]
    payments: tuple[Payment, ...]
    cash: tuple[CashPosition, ...]
    headcounts: tuple[HeadCount, ...]
    money_stages: tuple[MoneyStage, ...]
    relaxations: tuple[Relaxation, ...] = ()
    asks: tuple[Ask, ...] = ()
    verification: tuple[Check, ...] = ()
    reliance: tuple[Reliance, ...] = ()
    contingents: tuple[Contingent, ...] = ()

    @property
    def tables(self) -> dict[type[Row], tuple[Row, ...]]:
        """The tables of the plan by row class, in the order in which they are written."""
        return {
            Presence: self.presence,
            Contingent: self.contingents,
            BuildingOrder: self.building_orders,
            Coverage: self.coverage,
            Stand: self.substituted,
            Obligation: self.obligations,
            Payment: self.payments,
            CashPosition: self.cash,
            HeadCount: self.headcounts,
            MoneyStage: self.money_stages,
            Relaxation: self.relaxations,
            Ask: self.asks,
            Check: self.verification,
            Reliance: self.reliance,
        }

    @property
    def is_ended(self) -> bool:
        """Whether planning was ended before it was done, by somebody or after a time allowed."""
        return any(found.code in {"ended-early", "ended-in-time"} for found in self.findings)

    @property
    def most_points(self) -> int:
        """What no plan covers more than, by the plan's own word: only planning anew proves it."""
        return self.stages[0].bound if self.stages else self.needed_points

    @property
    def is_verified(self) -> bool:
        """Whether every rule was tested and none is violated."""
        return bool(self.verification) and not any(check.violated for check in self.verification)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the plan's tables and of what they were made from.

        Where no unit rotates the table of contingents is left out, so that such a plan keeps the
        name it had before there was rotation.
        """
        return digest_of(
            {
                "dossier": self.dossier_digest,
                "as_of": str(self.as_of_on),
                "scenario": self.scenario,
                "tables": {
                    table.TABLE: [texts_of(row) for row in rows]
                    for table, rows in self.tables.items()
                    if rows or table is not Contingent
                },
            }
        )

    @property
    def table_digests(self) -> dict[str, str]:
        """SHA-256 of each table by its name: which of them was changed, when the digest differs."""
        return {
            table.TABLE: digest_of([texts_of(row) for row in rows])
            for table, rows in self.tables.items()
        }


@dataclass(frozen=True, slots=True)
class DelayPoint:
    """A transfer `delay_months` later than the scenario says, and what the plan then covers."""

    delay_months: int
    covered_points: int
    bound_points: int


@dataclass(frozen=True)
class Comparison:
    """Plans of one dossier under several scenarios, side by side.

    Attributes:
        plans: one for each scenario.
        delays: for scenarios with a transfer, what is covered when it comes later.
        is_ended: whether some plan was ended before it was done, or something was left out.
    """

    plans: tuple[Plan, ...]
    delays: tuple[tuple[str, tuple[DelayPoint, ...]], ...] = ()
    is_ended: bool = False
