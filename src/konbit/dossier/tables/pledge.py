"""Pledge: what states offer, with what readiness and caveats, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from konbit.dossier.columns import (
    choice,
    code,
    day,
    flag,
    reference,
    stated_amount,
    stated_count,
    text,
)
from konbit.dossier.facts import Fact

if TYPE_CHECKING:
    from datetime import date

    from konbit.terms import Money

# Stages in their order; side states stand apart (rules of force generation, PCRS 2019.01).
UNIT_STAGES = (
    "offered",
    "notified",
    "assessed",
    "agreed",
    "loaded",
    "arrived",
    "verified",
    "operational",
    "departed",
)
UNIT_SIDE_STATES = ("withdrawn", "lapsed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer(Fact):
    """A number of like units, teams or services that somebody offers."""

    TABLE: ClassVar[str] = "offers"
    TITLE: ClassVar[str] = "Offers"
    ABOUT: ClassVar[str] = (
        "Units, individuals and services offered. A row is one or several identical units; what "
        "became of them are rows of unit_events. Units are whole."
    )
    LINK: ClassVar[str] = "pledge"

    code: str = code("Code")
    title: str = text("Title", required=True)
    contributor: str = reference("organisations", "Contributor")
    kind: str = choice(
        "Kind",
        {
            "unit": "a formed unit",
            "individuals": "individual officers, staff or advisers",
            "service": "a service or equipment with crews, without strength under the ceiling",
        },
        default="unit",
    )
    component: str = choice(
        "Component",
        {"military": "military", "police": "police", "civilian": "civilian"},
        default="police",
    )
    unit_count: int = stated_count(
        "Units", "Number of identical units.", unit="units", default=1, minimum=1, maximum=1_000
    )
    strength_persons: int = stated_count(
        "Strength", "People per unit; 0 for a service.", unit="persons", required=True
    )
    capability: str = reference("capabilities", "Main capability")
    quantity: int = stated_count(
        "Gives", "Of the main capability per unit, in its measure.", required=True
    )
    available_from_on: date | None = day(
        "Can arrive from", "Earliest arrival that the contributor states. Empty: by lead times."
    )
    available_until_on: date | None = day("Stays until", "First day after. Empty: open.")
    tour_months: int | None = stated_count(
        "Tour",
        "Months after which a contingent is relieved or goes home. Empty: no rotation counted.",
        unit="months",
        minimum=1,
    )
    overlap_months: int | None = stated_count(
        "Overlap",
        "Months that the outgoing contingent stays beside its relief, in its tour. Empty: none.",
        unit="months",
    )
    gap_months: int | None = stated_count(
        "Gap",
        "Months between the outgoing contingent and its relief, in which nobody is there and the "
        "place is kept. Empty: none.",
        unit="months",
    )
    cargo_tonnes: int = stated_count("Cargo", "Per unit, on deployment.", unit="tonnes", default=0)
    rapid: bool = flag("Rapid deployment level", "Accepted to deploy within 60 days of request.")
    splittable: bool = flag("May be split", "Yes when the offer itself says that it may be split.")
    paragraph: str = reference(
        "paragraphs", "Answers paragraph", "The appeal it answers.", required=False
    )
    replaces: str = reference(
        "offers", "Replaces", "An earlier offer that this one takes the place of.", required=False
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferCapability(Fact):
    """A further capability of an offered unit."""

    TABLE: ClassVar[str] = "offer_capabilities"
    TITLE: ClassVar[str] = "Further capabilities of offers"
    ABOUT: ClassVar[str] = "What a unit gives beside its main capability, per unit."
    LINK: ClassVar[str] = "pledge"
    KEY: ClassVar[tuple[str, ...]] = ("offer", "capability")

    offer: str = reference("offers", "Offer")
    capability: str = reference("capabilities", "Capability")
    quantity: int = stated_count("Gives", "Per unit, in the capability's measure.", required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferEquipment(Fact):
    """Major equipment of an offered unit."""

    TABLE: ClassVar[str] = "offer_equipment"
    TITLE: ClassVar[str] = "Equipment of offers"
    ABOUT: ClassVar[str] = (
        "What a unit needs per unit, and whether it brings it or draws on a pool."
    )
    LINK: ClassVar[str] = "pledge"
    KEY: ClassVar[tuple[str, ...]] = ("offer", "equipment_type")

    offer: str = reference("offers", "Offer")
    equipment_type: str = reference("equipment_types", "Equipment type")
    quantity: int = stated_count("Needs", "Per unit.", required=True)
    brings: int = stated_count(
        "Brings", "Of these, per unit; the rest comes from a pool.", default=0
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Caveat(Fact):
    """A condition a contributor attaches to an offer."""

    TABLE: ClassVar[str] = "caveats"
    TITLE: ClassVar[str] = "Caveats"
    ABOUT: ClassVar[str] = "Where, when and under what a unit may be used."
    LINK: ClassVar[str] = "pledge"

    code: str = code("Code")
    offer: str = reference("offers", "Offer")
    kind: str = choice(
        "Kind",
        {
            "only_site": "may serve only at the sites named (several rows: any of them)",
            "not_site": "may not serve at the site named",
            "only_funding_model": "comes only under the funding models named",
            "statement": "a condition in words that the planner does not apply",
        },
    )
    site: str = reference("sites", "Site", required=False)
    funding_model: str = reference("funding_models", "Funding model", required=False)
    text: str = text("In words")


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitEvent(Fact):
    """Something happened to an offer: a stage was reached on a day."""

    TABLE: ClassVar[str] = "unit_events"
    TITLE: ClassVar[str] = "Unit events"
    ABOUT: ClassVar[str] = (
        "Dated stages of offers: offered → notified → assessed → agreed → loaded → arrived → "
        "verified → operational → departed, with the side states withdrawn and lapsed."
    )
    LINK: ClassVar[str] = "deployment"

    code: str = code("Code")
    offer: str = reference("offers", "Offer")
    stage: str = choice(
        "Stage",
        {
            "offered": "offered in public",
            "notified": "notified in writing",
            "assessed": "assessment and advisory visit passed",
            "agreed": "agreement signed",
            "loaded": "under way",
            "arrived": "in the mission area",
            "verified": "arrival inspection done",
            "operational": "at work",
            "departed": "left the mission area",
            "withdrawn": "no longer offered",
            "lapsed": "offer not renewed",
        },
        source="UN Peacekeeping Capability Readiness System, guidelines 2019.01",
    )
    on: date = day("On", "Day of the event; a future day is an announcement.", required=True)
    on_precision: str = choice(
        "Precision of the day", {"day": "day", "month": "month", "year": "year"}, default="day"
    )
    units: int = stated_count("Units", "Units concerned.", unit="units", default=1)
    strength_persons: int | None = stated_count(
        "People",
        "People concerned in all. Empty: units times the offered strength.",
        unit="persons",
    )
    site: str = reference("sites", "Site", "Where they stand after arrival.", required=False)
    document: str = reference("documents", "Document", required=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadTime(Fact):
    """How long a step of force generation takes."""

    TABLE: ClassVar[str] = "lead_times"
    TITLE: ClassVar[str] = "Lead times"
    ABOUT: ClassVar[str] = (
        "Months from one stage to the next: low, likely, high. The planner adds the likely months "
        "of all steps that a unit still has before it. Without rows, units can come next month."
    )
    LINK: ClassVar[str] = "deployment"
    KEY: ClassVar[tuple[str, ...]] = ("stage_from", "rapid")

    stage_from: str = choice("From stage", {s: s for s in UNIT_STAGES[:5]})
    stage_to: str = choice("To stage", {s: s for s in UNIT_STAGES[1:6]})
    rapid: bool = flag("For rapid deployment level")
    low_months: int = stated_count("Low", unit="months", required=True)
    likely_months: int = stated_count("Likely", unit="months", required=True)
    high_months: int = stated_count("High", unit="months", required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class DueDiligence(Fact):
    """Human-rights due diligence on an offer: a gate, not an annex."""

    TABLE: ClassVar[str] = "due_diligence"
    TITLE: ClassVar[str] = "Due diligence"
    ABOUT: ClassVar[str] = (
        "Status of human-rights due diligence by offer and day. The newest row on a day counts. "
        "A suspended offer is never planned; under a funding model that needs due diligence only "
        "cleared or mitigated ones are."
    )
    LINK: ClassVar[str] = "coordination"

    code: str = code("Code")
    offer: str = reference("offers", "Offer")
    status: str = choice(
        "Status",
        {
            "clear": "risk assessed, none that stops support",
            "mitigated": "risk found, measures in place",
            "pending": "not yet assessed",
            "suspended": "support suspended",
        },
        source="Human Rights Due Diligence Policy, A/67/775-S/2013/110",
    )
    on: date = day("On", required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement(Fact):
    """A signed paper between parties."""

    TABLE: ClassVar[str] = "agreements"
    TITLE: ClassVar[str] = "Agreements"
    ABOUT: ClassVar[str] = "Memoranda of understanding, letters of assist, status-of-forces, gifts."
    LINK: ClassVar[str] = "pledge"

    code: str = code("Code")
    title: str = text("Title", required=True)
    kind: str = choice(
        "Kind",
        {
            "mou": "memorandum of understanding on a unit",
            "loa": "letter of assist",
            "sofa": "status of forces or mission",
            "contribution": "contribution agreement",
            "land": "land use",
            "other": "other",
        },
    )
    party: str = reference("organisations", "Party")
    other_party: str = reference("organisations", "Other party", required=False)
    offer: str = reference("offers", "About the offer", required=False)
    contribution: str = reference("contributions", "About the contribution", required=False)
    signed_on: date = day("Signed", required=True)
    valid_until_on: date | None = day("Valid until", "First day after. Empty: open.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ContributorTerm(Fact):
    """How long a contributor waits for its money, and how much it will advance."""

    TABLE: ClassVar[str] = "contributor_terms"
    TITLE: ClassVar[str] = "Terms of contributors"
    ABOUT: ClassVar[str] = (
        "Payment is ex post: what a contributor is owed over the months it waits may not pass what "
        "it will advance. No row: no limit."
    )
    LINK: ClassVar[str] = "pledge"
    KEY: ClassVar[tuple[str, ...]] = ("organisation",)

    organisation: str = reference("organisations", "Contributor")
    prefinancing_limit: Money | None = stated_amount("Will advance at most", required=True)
    reimbursement_lag_months: int = stated_count(
        "Waits", "Months from service to payment.", unit="months", default=6, minimum=1, maximum=36
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackRecord(Fact):
    """What an organisation did in an earlier mission: a reason to ask it again."""

    TABLE: ClassVar[str] = "track_records"
    TITLE: ClassVar[str] = "Track records"
    ABOUT: ClassVar[str] = "Capabilities given, or money paid, elsewhere or before."
    LINK: ClassVar[str] = "pledge"

    code: str = code("Code")
    organisation: str = reference("organisations", "Organisation")
    capability: str = reference("capabilities", "Capability", "Empty: money.", required=False)
    mission: str = text("Mission", required=True)
    year: int = stated_count("Year", required=True, minimum=1945, maximum=2200)
    quantity: int | None = stated_count("How much", "In the capability's measure.")
