"""Mandate: the mission, who takes part, the documents it rests on, and its ceilings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from konbit.dossier.columns import (
    FARTHEST_KM,
    Kind,
    Row,
    choice,
    code,
    column,
    country,
    currency,
    day,
    decimal,
    reference,
    stated_count,
    text,
)
from konbit.dossier.facts import Fact

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Mission(Row):
    """The one mission that the dossier is about."""

    TABLE: ClassVar[str] = "missions"
    TITLE: ClassVar[str] = "Mission"
    ABOUT: ClassVar[str] = "Exactly one row: what is planned, in which money, how far ahead."
    LINK: ClassVar[str] = "mandate"

    code: str = code("Code")
    title: str = text("Title", required=True)
    country: str = country("Host country")
    currency: str = currency(
        "Planning currency", "All amounts are converted into it at dated rates."
    )
    horizon_months: int = stated_count(
        "Planning horizon",
        "Months planned, counted from the month after the as-of day.",
        unit="months",
        minimum=1,
        maximum=120,
        default=24,
    )
    scenario: str = reference(
        "scenarios",
        "Scenario planned unless another is named",
        "Empty: the first funding model of the dossier, from the beginning.",
        required=False,
    )
    operational_lag_months: int = stated_count(
        "From arrival to operational",
        "Months between a unit's arrival and the first month in which it covers a requirement.",
        unit="months",
        maximum=12,
        default=1,
    )
    minimum_stay_months: int = stated_count(
        "Minimum stay",
        "Months that a unit, once started, stays; their cost is set aside before it moves.",
        unit="months",
        minimum=1,
        maximum=36,
        default=6,
    )
    disclaimer: str = text("Disclaimer", "Printed under every map and on every cover.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation(Fact):
    """A state, body, fund manager, police or firm that plays a part."""

    TABLE: ClassVar[str] = "organisations"
    TITLE: ClassVar[str] = "Organisations"
    ABOUT: ClassVar[str] = "Whoever mandates, offers, pays, commands, supports or is supported."
    LINK: ClassVar[str] = "mandate"

    code: str = code("Code", "ISO 3166-1 alpha-3 for states; the usual abbreviation otherwise.")
    title: str = text("Name", required=True)
    kind: str = choice(
        "Kind",
        {
            "state": "a state",
            "group": "several states counted together by a source",
            "un": "a United Nations body",
            "regional": "a regional organisation",
            "national": "an institution of the host country",
            "force": "a multinational force",
            "ifi": "an international financial institution",
            "contractor": "a firm",
            "other": "anything else",
        },
    )
    role: str = text("Role")
    distance_km: int | None = stated_count(
        "Distance to the mission",
        "Great-circle distance from its capital to the mission's main airport.",
        unit="km",
        maximum=FARTHEST_KM,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Document(Fact):
    """A resolution, request, letter, agreement or report."""

    TABLE: ClassVar[str] = "documents"
    TITLE: ClassVar[str] = "Documents"
    ABOUT: ClassVar[str] = "Requests, resolutions, letters and reports, in our own words."
    LINK: ClassVar[str] = "mandate"

    code: str = code("Code")
    symbol: str = text("Symbol", "Official symbol, such as S/RES/2699 (2023); empty if unknown.")
    title: str = text("Title", required=True)
    kind: str = choice(
        "Kind",
        {
            "resolution": "a decision of a body",
            "request": "a state asks",
            "letter": "a letter",
            "report": "a report",
            "agreement": "an agreement between parties",
            "draft": "not adopted",
            "press": "a press article or release",
        },
    )
    body: str = reference("organisations", "Body or author", required=False)
    adopted_on: date = day("Adopted or dated", required=True)
    valid_until_on: date | None = day("Valid until", "First day on which it no longer holds.")
    votes_for: int | None = stated_count("Votes for", unit="votes")
    votes_against: int | None = stated_count("Votes against", unit="votes")
    abstentions: int | None = stated_count("Abstentions", unit="votes")
    adopted_by: str = choice(
        "How adopted",
        {"vote": "by vote", "consensus": "without a vote", "none": "not put to a decision"},
        default="none",
    )
    answers: str = reference(
        "documents", "Answers", "The request or decision it replies to.", required=False
    )
    renews: str = reference(
        "documents", "Renews or replaces", "The document it follows.", required=False
    )
    text_seen: str = choice(
        "Text seen",
        {
            "original": "the text itself was read",
            "release": "the issuer's own release or extract was read",
            "secondary": "known from others' reports; to be replaced when the text arrives",
            "unknown": "not said",
        },
        default="unknown",
    )
    summary: str = text("Summary", "In our own words.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph(Fact):
    """A paragraph of a document that asks, allows or decides something."""

    TABLE: ClassVar[str] = "paragraphs"
    TITLE: ClassVar[str] = "Paragraphs"
    ABOUT: ClassVar[str] = "Operative paragraphs with verb, addressee and substance, paraphrased."
    LINK: ClassVar[str] = "mandate"

    code: str = code("Code")
    document: str = reference("documents", "Document")
    parent: str = reference("paragraphs", "Part of", required=False)
    number: str = text("Number", "As printed; empty where it was not seen.")
    number_status: str = choice(
        "Number seen",
        {
            "confirmed": "seen in the text",
            "from_memory": "from memory",
            "unknown": "not known",
        },
        default="unknown",
    )
    verb: str = text("Operative verb")
    force: str = choice(
        "Force",
        {
            "binding": "creates, changes or ends an entity, ceiling, date or measure",
            "authority": "a permission with scope and end",
            "task": "a task with an owner",
            "appeal": "a request to states for offers or conduct",
            "soft": "an encouragement or expression of support",
            "statement": "no task by itself",
        },
        default="statement",
        source="UN Charter arts 24, 25, 39-42",
    )
    addressee: str = text("Addressee")
    substance: str = text(
        "Substance", "What is asked, allowed or decided, paraphrased.", required=True
    )
    theme: str = text("Theme")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ceiling(Fact):
    """How many people a decision allows, by component, from a day to a day."""

    TABLE: ClassVar[str] = "ceilings"
    TITLE: ClassVar[str] = "Ceilings"
    ABOUT: ClassVar[str] = "Hard caps on strength by component, each with its decision and dates."
    LINK: ClassVar[str] = "mandate"

    code: str = code("Code")
    component: str = choice(
        "Component",
        {
            "total": "everybody",
            "uniformed": "military and police",
            "military": "military",
            "police": "police",
            "civilian": "civilians",
        },
    )
    strength_persons: int = stated_count("Strength", unit="persons", required=True)
    from_on: date = day("From", required=True)
    until_on: date | None = day("Until", "First day on which it no longer holds. Empty: open.")
    kind: str = choice(
        "Kind",
        {
            "authorised": "set by the mandating body",
            "planned": "working figure; the mandate sets none",
        },
        default="authorised",
    )
    paragraph: str = reference("paragraphs", "Paragraph", required=False)
    document: str = reference("documents", "Document", required=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Location(Fact):
    """A place: the country, its first-level regions, communes. Never finer than a commune."""

    TABLE: ClassVar[str] = "locations"
    TITLE: ClassVar[str] = "Locations"
    ABOUT: ClassVar[str] = "Places by code, with the outline of each region for coarse maps."
    LINK: ClassVar[str] = "requirement"

    code: str = code("Code")
    title: str = text("Name", required=True)
    kind: str = choice(
        "Kind",
        {
            "country": "the host country",
            "region": "a first-level region (department, province, state)",
            "commune": "a commune or district",
            "abroad": "a place outside the host country",
        },
    )
    pcode: str = column(
        Kind.PCODE, "Place code", "OCHA p-code.", required=False, source="OCHA common data sets"
    )
    parent: str = reference("locations", "Lies in", required=False)
    latitude: Decimal | None = decimal(
        "Latitude",
        "Of the centre, two decimals at the most.",
        unit="degrees",
        minimum=-90,
        maximum=90,
    )
    longitude: Decimal | None = decimal(
        "Longitude",
        "Of the centre, two decimals at the most.",
        unit="degrees",
        minimum=-180,
        maximum=180,
    )
    outline: str = text(
        "Outline",
        "Rings of the region, simplified: longitude and latitude pairs, `lon lat, lon lat; ...`.",
    )
