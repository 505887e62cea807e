"""Situation: what was observed, and the milestones of the country's own road."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from konbit.dossier.columns import choice, code, day, decimal, reference, text
from konbit.dossier.facts import Fact

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator(Fact):
    """Something that is counted or measured over time."""

    TABLE: ClassVar[str] = "indicators"
    TITLE: ClassVar[str] = "Indicators"
    ABOUT: ClassVar[str] = (
        "What is observed: violence, displacement, police, force, money, economy."
    )
    LINK: ClassVar[str] = "situation"

    code: str = code("Code")
    title: str = text("Title", required=True)
    unit: str = text("Unit", required=True)
    theme: str = choice(
        "Theme",
        {
            "violence": "killed, injured, kidnapped",
            "displacement": "people on the move",
            "need": "hunger and humanitarian need",
            "police": "the national police and army",
            "force": "the multinational force",
            "support": "logistics and services",
            "fund": "state of the funds",
            "cost": "what the mission is said to cost",
            "economy": "the economy and public money",
            "elections": "elections and institutions",
            "lead_time": "days between two events",
        },
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation(Fact):
    """A value of an indicator over a period at a place, as a source gives it."""

    TABLE: ClassVar[str] = "observations"
    TITLE: ClassVar[str] = "Observations"
    ABOUT: ClassVar[str] = "Values as sources give them; rival values stand side by side."
    LINK: ClassVar[str] = "situation"

    code: str = code("Code")
    indicator: str = reference("indicators", "Indicator")
    location: str = reference("locations", "Place", required=False)
    organisation: str = reference("organisations", "About", required=False)
    from_on: date | None = day("From", "Empty: on the last day only.")
    on: date = day(
        "On or until", "Last day of the period, inclusive, as sources print it.", required=True
    )
    value: Decimal = decimal("Value", required=True, minimum=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone(Fact):
    """An event, held or planned, on the country's or the mission's road."""

    TABLE: ClassVar[str] = "milestones"
    TITLE: ClassVar[str] = "Milestones"
    ABOUT: ClassVar[str] = "Elections, transfers, bans, attacks: dated, with what became of them."
    LINK: ClassVar[str] = "benchmark"

    code: str = code("Code")
    title: str = text("Title", required=True)
    kind: str = choice(
        "Kind",
        {
            "governance": "institutions and government",
            "election": "elections",
            "force": "the force",
            "support": "support and logistics",
            "security": "security",
            "economy": "economy and budget",
            "legal": "courts and law",
            "casualty": "loss of mission members",
        },
    )
    on: date = day("On", required=True)
    status: str = choice(
        "Status",
        {
            "held": "happened",
            "planned": "planned",
            "missed": "was planned and did not happen on the day",
            "dropped": "given up",
        },
    )
    location: str = reference("locations", "Place", required=False)
