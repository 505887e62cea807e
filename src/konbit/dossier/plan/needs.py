"""Tables of a plan about what is needed: what is covered, what stands in for what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from konbit.dossier.columns import Row, choice, integer, reference, text

FULL = 10_000
"""The whole, in parts of ten thousand: shares in a plan are whole parts of it, rounded down."""

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
"""What may hold a need back, by its code."""


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
