"""Tables of a plan about what would help: limits lifted, and whom to ask for what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from konbit.dossier.columns import Row, choice, flag, integer, money, reference, text
from konbit.dossier.plan.needs import FAMILIES

if TYPE_CHECKING:
    from konbit.terms import Money


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
