"""Requirement: what the mission needs, where, from when, how badly; and what it lives on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from konbit.dossier.columns import (
    choice,
    code,
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

# What people call the measure, in the languages of Konbit.
_PERSONS = frozenset(
    {"person", "persons", "people", "personne", "personnes", "persona", "personas", "moun"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Capability(Fact):
    """Something a mission must be able to do, with its measure."""

    TABLE: ClassVar[str] = "capabilities"
    TITLE: ClassVar[str] = "Capabilities"
    ABOUT: ClassVar[str] = "What units and services bring: patrols, medevac, camp, water and fuel."
    LINK: ClassVar[str] = "requirement"

    code: str = code("Code")
    title: str = text("Title", required=True)
    measure: str = text(
        "Measured in",
        "Persons, helicopters, beds, vehicles ... Persons are added up as people required.",
        required=True,
    )
    group: str = text("Group", "Heading under which screens and figures list it.")
    enabler: bool = flag(
        "Enabler", "Yes when other capabilities count as effective only where this one is met."
    )

    @property
    def is_in_persons(self) -> bool:
        """Whether it is measured in people, so that its need counts among those required."""
        return self.measure.casefold() in _PERSONS


@dataclass(frozen=True, slots=True, kw_only=True)
class Substitution(Fact):
    """One capability stands in for another, at a share."""

    TABLE: ClassVar[str] = "substitutions"
    TITLE: ClassVar[str] = "Substitutions"
    ABOUT: ClassVar[str] = "Which offered capability may stand in for which needed one."
    LINK: ClassVar[str] = "requirement"
    KEY: ClassVar[tuple[str, ...]] = ("needed", "offered")

    needed: str = reference("capabilities", "Needed capability")
    offered: str = reference("capabilities", "Offered capability")
    share: Decimal = decimal(
        "Counts as",
        "How much of the needed measure one of the offered gives.",
        required=True,
        maximum=1_000,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Serviceability(Fact):
    """What a capability gives falls with the months since the contingent arrived."""

    TABLE: ClassVar[str] = "serviceability"
    TITLE: ClassVar[str] = "Serviceability"
    ABOUT: ClassVar[str] = (
        "Steps by which units that give a capability wear out: from so many months after their "
        "contingent arrived they give only a share of it. Relief starts the count anew. A "
        "capability without rows never wears out."
    )
    LINK: ClassVar[str] = "requirement"
    KEY: ClassVar[tuple[str, ...]] = ("capability", "since_arrival_months")

    capability: str = reference("capabilities", "Capability")
    since_arrival_months: int = stated_count(
        "From",
        "Months since the contingent arrived; its first month is 0.",
        unit="months",
        required=True,
        minimum=1,
    )
    share: Decimal = decimal(
        "Still gives",
        "Share of what was offered. Falls from step to step.",
        required=True,
        maximum=1,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Enabler(Fact):
    """A capability counts as effective only as far as an enabler is met."""

    TABLE: ClassVar[str] = "enablers"
    TITLE: ClassVar[str] = "Enablers"
    ABOUT: ClassVar[str] = (
        "Enablers first: the share of a requirement that counts is never more than the share of "
        "the enabler's requirement met at the same site (or, for the mission as a whole, at the "
        "site named)."
    )
    LINK: ClassVar[str] = "requirement"
    KEY: ClassVar[tuple[str, ...]] = ("enabler", "enables")

    enabler: str = reference("capabilities", "Enabler")
    enables: str = reference("capabilities", "Enables", "Capability that depends on it.")
    site: str = reference(
        "sites",
        "Provided at",
        "Empty: needed at the same site. Otherwise the site from which it serves all others.",
        required=False,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase(Fact):
    """A phase of the mission: a title and its months."""

    TABLE: ClassVar[str] = "phases"
    TITLE: ClassVar[str] = "Phases"
    ABOUT: ClassVar[str] = "Phases of the concept of operations, half-open in days."
    LINK: ClassVar[str] = "requirement"

    code: str = code("Code")
    title: str = text("Title", required=True)
    from_on: date = day("From", required=True)
    until_on: date | None = day("Until", "First day after it. Empty: open.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement(Fact):
    """So much of a capability is needed at a site during a phase."""

    TABLE: ClassVar[str] = "requirements"
    TITLE: ClassVar[str] = "Requirements"
    ABOUT: ClassVar[str] = "Need by capability, site and phase, with priority and paragraph."
    LINK: ClassVar[str] = "requirement"

    code: str = code("Code")
    capability: str = reference("capabilities", "Capability")
    site: str = reference("sites", "Site")
    phase: str = reference("phases", "Phase", "Empty: all the time.", required=False)
    quantity: int = stated_count(
        "Quantity", "In the capability's measure.", required=True, minimum=1
    )
    priority: int = stated_count(
        "Priority weight",
        "Weight of one month of this requirement fully met, 1 to 1000. Higher comes first.",
        minimum=1,
        maximum=1000,
        default=10,
    )
    paragraph: str = reference(
        "paragraphs", "Paragraph", "The paragraph that it serves.", required=False
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Site(Fact):
    """A camp or base. Its place is given no finer than a commune."""

    TABLE: ClassVar[str] = "sites"
    TITLE: ClassVar[str] = "Sites"
    ABOUT: ClassVar[str] = "Camps and forward bases with the people they can house."
    LINK: ClassVar[str] = "requirement"

    code: str = code("Code")
    title: str = text("Title", required=True)
    location: str = reference("locations", "Location")
    kind: str = choice(
        "Kind",
        {
            "main": "main base",
            "forward": "forward base",
            "support": "support base",
            "abroad": "outside the host country",
        },
        default="forward",
    )
    capacity_persons: int = stated_count(
        "Capacity",
        "People it can house from its first day; changes are rows of site_capacities.",
        unit="persons",
        default=0,
    )
    available_from_on: date | None = day("Usable from", "Empty: already usable.")
    available_until_on: date | None = day("Usable until", "First day after. Empty: open.")
    critical_mass_persons: int = stated_count(
        "Critical mass",
        "Fewest people with whom it may be held; 0 for none.",
        unit="persons",
        default=0,
    )
    limit_persons: int | None = stated_count(
        "Most people", "Never more than this, whatever is built. Empty: no limit.", unit="persons"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteCapacity(Fact):
    """The capacity of a site changes on a day."""

    TABLE: ClassVar[str] = "site_capacities"
    TITLE: ClassVar[str] = "Site capacities"
    ABOUT: ClassVar[str] = "Capacity of a site from a day on; the newest row on a day counts."
    LINK: ClassVar[str] = "requirement"
    KEY: ClassVar[tuple[str, ...]] = ("site", "from_on")

    site: str = reference("sites", "Site")
    from_on: date = day("From", required=True)
    capacity_persons: int = stated_count("Capacity", unit="persons", required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildingOption(Fact):
    """Something that can be built to house more people; ordered at most once."""

    TABLE: ClassVar[str] = "building_options"
    TITLE: ClassVar[str] = "Building options"
    ABOUT: ClassVar[str] = "Camp extensions that a plan may order, with lead time and cost."
    LINK: ClassVar[str] = "requirement"

    code: str = code("Code")
    title: str = text("Title", required=True)
    site: str = reference("sites", "Site")
    adds_persons: int = stated_count("Adds", unit="persons", required=True, minimum=1)
    lead_time_months: int = stated_count(
        "Lead time", "Months from order to use.", unit="months", required=True, maximum=60
    )
    cost: Money | None = stated_amount("Cost", "Paid when ordered. Empty: none.")
    cost_head: str = reference("cost_heads", "Cost head", required=False)
    available_from_on: date | None = day("Can be ordered from", "Empty: at once.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Lift(Fact):
    """What can be moved into the mission each month."""

    TABLE: ClassVar[str] = "lifts"
    TITLE: ClassVar[str] = "Lift"
    ABOUT: ClassVar[str] = (
        "Passengers and cargo that can enter each month, by provider. A dossier without lift rows "
        "has no lift limit. Interruptions are rows of lift_interruptions."
    )
    LINK: ClassVar[str] = "requirement"

    code: str = code("Code")
    title: str = text("Title", required=True)
    mode: str = choice("Mode", {"air": "air", "sea": "sea", "land": "land"})
    provider: str = reference("organisations", "Provider", required=False)
    passengers_per_month: int = stated_count("Passengers", unit="persons a month", default=0)
    cargo_tonnes_per_month: int = stated_count("Cargo", unit="tonnes a month", default=0)
    from_on: date | None = day("From", "Empty: already there.")
    until_on: date | None = day("Until", "First day after. Empty: open.")


@dataclass(frozen=True, slots=True, kw_only=True)
class LiftInterruption(Fact):
    """A flight ban, port closure or the like takes away a share of a lift."""

    TABLE: ClassVar[str] = "lift_interruptions"
    TITLE: ClassVar[str] = "Lift interruptions"
    ABOUT: ClassVar[str] = "Shares of lift lost from a day to a day."
    LINK: ClassVar[str] = "requirement"

    code: str = code("Code")
    lift: str = reference("lifts", "Lift")
    title: str = text("Title", required=True)
    from_on: date = day("From", required=True)
    until_on: date | None = day("Until", "First day after. Empty: open.")
    share_lost: Decimal = decimal("Share lost", required=True, maximum=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class EquipmentType(Fact):
    """A kind of major equipment."""

    TABLE: ClassVar[str] = "equipment_types"
    TITLE: ClassVar[str] = "Equipment types"
    ABOUT: ClassVar[str] = "Armoured vehicles, helicopters, hospitals ... by kind."
    LINK: ClassVar[str] = "requirement"

    code: str = code("Code")
    title: str = text("Title", required=True)
    lethal: bool = flag("Lethal", "Yes when earmarks may forbid paying for it.")


@dataclass(frozen=True, slots=True, kw_only=True)
class EquipmentPool(Fact):
    """Equipment given to the mission rather than brought by a unit."""

    TABLE: ClassVar[str] = "equipment_pools"
    TITLE: ClassVar[str] = "Equipment pools"
    ABOUT: ClassVar[str] = (
        "Donated or mission-owned equipment that units without their own may use, from a day, at a "
        "share in working order that may fall month by month. Rows add up."
    )
    LINK: ClassVar[str] = "requirement"

    code: str = code("Code")
    equipment_type: str = reference("equipment_types", "Equipment type")
    quantity: int = stated_count("Quantity", required=True)
    serviceable_share: Decimal = decimal(
        "Share in working order", "At the start.", maximum=1, required=False, default=1
    )
    monthly_loss_share: Decimal | None = decimal(
        "Lost each month",
        "Taken from the share in working order for each month since the pool's first. Empty: none.",
        maximum=1,
    )
    lowest_share: Decimal | None = decimal(
        "Never below", "Share in working order at which the loss ends. Empty: 0.", maximum=1
    )
    from_on: date | None = day("From", "Empty: already there.")
    until_on: date | None = day("Until", "First day after. Empty: open.")
    contribution: str = reference(
        "contributions", "Given by", "The in-kind contribution it is.", required=False
    )
