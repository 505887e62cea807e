"""Fund: money by stage and earmark, what things cost, and who pays under which model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from konbit.dossier.columns import (
    LARGEST_EXCHANGE_RATE,
    LARGEST_RATE,
    choice,
    code,
    currency,
    day,
    decimal,
    flag,
    reference,
    stated_amount,
    stated_count,
    text,
)
from konbit.dossier.facts import Fact

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from konbit.terms import Money

MONEY_STAGES = (
    "announced",
    "pledged",
    "signed",
    "received",
    "allotted",
    "obligated",
    "disbursed",
)
MONEY_SIDE_STATES = ("frozen", "released", "expired", "withdrawn", "refunded")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fund(Fact):
    """A trust fund or an assessed account."""

    TABLE: ClassVar[str] = "funds"
    TITLE: ClassVar[str] = "Funds"
    ABOUT: ClassVar[str] = "Where money is kept: voluntary trust funds and assessed accounts."
    LINK: ClassVar[str] = "fund"

    code: str = code("Code")
    title: str = text("Title", required=True)
    kind: str = choice(
        "Kind",
        {
            "trust_fund": "voluntary contributions; spends only cash received",
            "assessed": "assessed contributions; spends its budget of the period",
        },
    )
    currency: str = currency("Currency")
    manager: str = reference("organisations", "Manager", required=False)
    support_cost_share: Decimal = decimal(
        "Programme support cost",
        "Share added to every cost that the fund pays.",
        maximum=1,
        default=0,
    )
    reserve_share: Decimal = decimal(
        "Operating reserve", "Share of receipts that is not spent.", maximum=1, default=0
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Earmark(Fact):
    """What a donor allows its money to be used for."""

    TABLE: ClassVar[str] = "earmarks"
    TITLE: ClassVar[str] = "Earmarks"
    ABOUT: ClassVar[str] = (
        "Named sets of uses. Rows of earmark_rules narrow them; within one dimension any row will "
        "do, between dimensions all must hold. An earmark without rules allows everything."
    )
    LINK: ClassVar[str] = "fund"

    code: str = code("Code")
    title: str = text("Title", required=True)
    modality: str = text("Modality", "Grand Bargain earmarking letter A to L, where known.")
    lethal_allowed: bool = flag("Lethal equipment", "Whether it may pay for it.", default=True)
    from_on: date | None = day("Usable from", "Empty: at once.")
    until_on: date | None = day("Usable until", "First day after. Empty: open.")


@dataclass(frozen=True, slots=True, kw_only=True)
class EarmarkRule(Fact):
    """One permitted use of an earmark."""

    TABLE: ClassVar[str] = "earmark_rules"
    TITLE: ClassVar[str] = "Earmark rules"
    ABOUT: ClassVar[str] = "One allowed cost head, contributor, capability or site per row."
    LINK: ClassVar[str] = "fund"

    code: str = code("Code")
    earmark: str = reference("earmarks", "Earmark")
    dimension: str = choice(
        "Dimension",
        {
            "cost_head": "may pay only these cost heads",
            "contributor": "may pay only for units of these contributors",
            "capability": "may pay only for units of these main capabilities",
            "site": "may pay only for what is at these sites",
        },
    )
    allows: str = reference("cost_heads organisations capabilities sites", "Allows")


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution(Fact):
    """A gift of money or in kind, from one donor, for one purpose."""

    TABLE: ClassVar[str] = "contributions"
    TITLE: ClassVar[str] = "Contributions"
    ABOUT: ClassVar[str] = (
        "Money and help in kind. Amounts stand in contribution_events, by stage and day. In-kind "
        "and bilateral help is beside the fund, never in it."
    )
    LINK: ClassVar[str] = "fund"

    code: str = code("Code")
    title: str = text("Title", required=True)
    donor: str = reference("organisations", "Donor")
    instrument: str = choice(
        "Instrument",
        {
            "trust_fund": "paid into a fund",
            "assessed": "assessed contribution",
            "bilateral": "paid by the donor itself",
            "in_kind": "goods or services",
        },
    )
    fund: str = reference("funds", "Fund", required=False)
    earmark: str = reference("earmarks", "Earmark", "Empty: not earmarked.", required=False)
    recipient: str = reference("organisations", "Recipient", required=False)
    item: str = text("Item", "What is given in kind.")
    quantity: int | None = stated_count("Quantity", "Of the item.")
    quantity_unit: str = text("Measured in", "Vehicles, firearms, kits ...")
    reannounces: str = reference(
        "contributions",
        "Announces again",
        "An earlier contribution that this row repeats: never added up with it.",
        required=False,
    )
    part_of: str = reference(
        "contributions",
        "Part of",
        "A larger contribution, or cumulative count, that includes this one.",
        required=False,
    )
    cumulative: bool = flag(
        "Cumulative count", "Yes when the row is a source's running total, never added up."
    )
    paragraph: str = reference(
        "paragraphs", "Answers paragraph", "The appeal it answers.", required=False
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ContributionEvent(Fact):
    """A contribution reached a stage on a day, with an amount."""

    TABLE: ClassVar[str] = "contribution_events"
    TITLE: ClassVar[str] = "Contribution events"
    ABOUT: ClassVar[str] = (
        "Dated stages of money: announced → pledged → signed → received → allotted → obligated → "
        "disbursed; frozen and released, expired, withdrawn, refunded beside them. An amount is at "
        "its stage only; no total adds two stages."
    )
    LINK: ClassVar[str] = "fund"

    code: str = code("Code")
    contribution: str = reference("contributions", "Contribution")
    stage: str = choice(
        "Stage",
        {
            "announced": "said in public",
            "pledged": "promised in writing or at a conference",
            "signed": "agreement signed",
            "received": "money arrived in the fund, or goods arrived",
            "allotted": "set aside for a purpose",
            "obligated": "committed to a payee",
            "disbursed": "paid out",
            "frozen": "may not be spent, by the donor's word",
            "released": "frozen money set free again",
            "expired": "the agreement ended unspent",
            "withdrawn": "the promise was taken back",
            "refunded": "paid back to the donor",
        },
        source="IATI TransactionType and OCHA FTS, mapped in the exchange rules",
    )
    on: date = day("On", required=True)
    on_precision: str = choice(
        "Precision of the day", {"day": "day", "month": "month", "year": "year"}, default="day"
    )
    amount: Money | None = stated_amount("Amount", "Empty: not known, or in kind.")
    document: str = reference("documents", "Document", required=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget(Fact):
    """Assessed money of a budget period; what is not used lapses."""

    TABLE: ClassVar[str] = "budgets"
    TITLE: ClassVar[str] = "Assessed budgets"
    ABOUT: ClassVar[str] = "Appropriations by period and the share that comes in as cash."
    LINK: ClassVar[str] = "fund"

    code: str = code("Code")
    fund: str = reference("funds", "Fund")
    title: str = text("Title", required=True)
    from_on: date = day("From", required=True)
    until_on: date = day("Until", "First day after.", required=True)
    amount: Money | None = stated_amount("Appropriation", required=True)
    cash_share: Decimal = decimal(
        "Comes in as cash", "Appropriation is not cash.", maximum=1, default=1
    )
    scenario: str = reference("scenarios", "Only in scenario", "Empty: in all.", required=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class CostHead(Fact):
    """A kind of cost and how it is counted."""

    TABLE: ClassVar[str] = "cost_heads"
    TITLE: ClassVar[str] = "Cost heads"
    ABOUT: ClassVar[str] = "What is paid for, and by what it is counted."
    LINK: ClassVar[str] = "fund"

    code: str = code("Code")
    title: str = text("Title", required=True)
    counted: str = choice(
        "Counted",
        {
            "person_month": "per person and month present",
            "unit_month": "per unit and month present",
            "equipment_month": "per piece of equipment brought and month present",
            "person_arrival": "per person, when a unit arrives",
            "unit_arrival": "per unit, when it arrives",
            "tonne_arrival": "per tonne of cargo, when a unit arrives",
            "person_departure": "per person, when a unit leaves",
            "unit_departure": "per unit, when it leaves",
            "site_month": "per site held and month",
            "building": "as a building option costs",
        },
    )
    scope: str = choice(
        "Scope",
        {
            "direct": "cost of a unit itself",
            "support": "life support, camps, air and services",
            "overhead": "headquarters and the mission as a whole",
        },
        default="direct",
    )
    reimbursable: bool = flag(
        "Advanced by the contributor",
        "Yes when the contributor pays first and is paid back.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate(Fact):
    """The price of one count of a cost head from a day on."""

    TABLE: ClassVar[str] = "rates"
    TITLE: ClassVar[str] = "Rates"
    ABOUT: ClassVar[str] = (
        "Dated prices. The most special row counts (offer before equipment type, capability and "
        "site, these before none), and among equals the newest not after the month's first day."
    )
    LINK: ClassVar[str] = "fund"

    code: str = code("Code")
    cost_head: str = reference("cost_heads", "Cost head")
    offer: str = reference("offers", "Only for the offer", required=False)
    capability: str = reference("capabilities", "Only for the main capability", required=False)
    equipment_type: str = reference(
        "equipment_types", "Only for the equipment type", required=False
    )
    site: str = reference("sites", "Only for the site", required=False)
    from_on: date = day("From", required=True)
    amount: Money | None = stated_amount("Rate", required=True, maximum=LARGEST_RATE)
    edition: str = text("Edition", "Edition of the manual or resolution that sets it.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangeRate(Fact):
    """A dated rate between two currencies."""

    TABLE: ClassVar[str] = "exchange_rates"
    TITLE: ClassVar[str] = "Exchange rates"
    ABOUT: ClassVar[str] = "Units of the second currency that one unit of the first buys."
    LINK: ClassVar[str] = "fund"
    KEY: ClassVar[tuple[str, ...]] = ("currency_from", "currency_to", "on")

    currency_from: str = currency("From")
    currency_to: str = currency("To")
    on: date = day("On", required=True)
    rate: Decimal = decimal(
        "Rate", required=True, exceeds_minimum=True, maximum=LARGEST_EXCHANGE_RATE
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class FundingModel(Fact):
    """A way of paying: who pays which cost head."""

    TABLE: ClassVar[str] = "funding_models"
    TITLE: ClassVar[str] = "Funding models"
    ABOUT: ClassVar[str] = (
        "Voluntary, hybrid, assessed, or any a user writes. Rows of payer_rules say who pays each "
        "cost head."
    )
    LINK: ClassVar[str] = "plan"

    code: str = code("Code")
    title: str = text("Title", required=True)
    requires_clearance: bool = flag(
        "Needs due diligence", "Only units cleared or mitigated may serve under it."
    )
    requires_agreement: bool = flag(
        "Needs an agreement", "Only units with a signed agreement may serve under it."
    )
    requires_equipment: bool = flag(
        "Needs equipment",
        "Only units that bring nine tenths of their equipment may serve under it.",
    )
    grace_months: int = stated_count(
        "Grace",
        "Months after the transfer in which units may serve under waiver.",
        unit="months",
        default=0,
        maximum=24,
    )
    carry_over_share: Decimal = decimal(
        "Carry-over",
        "Largest share of the people present in the month before the transfer who stay on.",
        maximum=1,
        default=1,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PayerRule(Fact):
    """Who pays a cost head under a funding model."""

    TABLE: ClassVar[str] = "payer_rules"
    TITLE: ClassVar[str] = "Payer rules"
    ABOUT: ClassVar[str] = "For each funding model and cost head, one payer."
    LINK: ClassVar[str] = "plan"
    KEY: ClassVar[tuple[str, ...]] = ("funding_model", "cost_head")

    funding_model: str = reference("funding_models", "Funding model")
    cost_head: str = reference("cost_heads", "Cost head")
    payer: str = choice(
        "Payer",
        {
            "fund": "the fund named: trust fund cash or assessed budget",
            "contributor": "the contributor itself",
            "bilateral": "a donor directly, outside any fund",
        },
    )
    fund: str = reference("funds", "Fund", "Needed when a fund pays.", required=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario(Fact):
    """A possible course: funding models by date, and edits to the dossier."""

    TABLE: ClassVar[str] = "scenarios"
    TITLE: ClassVar[str] = "Scenarios"
    ABOUT: ClassVar[str] = "What if: a dated sequence of funding models and edits of cells."
    LINK: ClassVar[str] = "plan"

    code: str = code("Code")
    title: str = text("Title", required=True)
    as_of_on: date | None = day(
        "Meant for", "Day as of which it is compared unless another is given."
    )
    summary: str = text("Summary")
    based_on: str = reference(
        "scenarios", "Based on", "A scenario whose edits are applied first.", required=False
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioStep(Fact):
    """From a day, a funding model holds."""

    TABLE: ClassVar[str] = "scenario_steps"
    TITLE: ClassVar[str] = "Scenario steps"
    ABOUT: ClassVar[str] = "Dated switches of the funding model. A switch is a transfer."
    LINK: ClassVar[str] = "plan"
    KEY: ClassVar[tuple[str, ...]] = ("scenario", "from_on")

    scenario: str = reference("scenarios", "Scenario")
    from_on: date = day("From", required=True)
    funding_model: str = reference("funding_models", "Funding model")


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioEdit(Fact):
    """A scenario changes one cell, takes a row away, or brings one in."""

    TABLE: ClassVar[str] = "scenario_edits"
    TITLE: ClassVar[str] = "Scenario edits"
    ABOUT: ClassVar[str] = (
        "Cells that differ in a scenario. A row that is meant for a scenario only is written in "
        "its table with used = no and brought in here by column `used`, value `yes`."
    )
    LINK: ClassVar[str] = "plan"
    KEY: ClassVar[tuple[str, ...]] = ("scenario", "table", "row", "column")

    scenario: str = reference("scenarios", "Scenario")
    table: str = text("Table", required=True)
    row: str = text("Row", "Key of the row; parts joined by ` / `.", required=True)
    column: str = text("Column", required=True)
    value: str = text("Value", "As it would be written in the cell; empty to clear it.")
