"""Tables of a plan about people: who is where, who relieves whom, what is built, five counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from konbit.dossier.columns import Row, choice, integer, reference, text


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
