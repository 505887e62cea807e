"""Fund: what it owes contributors that have advanced the cost of their units."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from konbit.dossier.columns import day, reference, stated_amount, text
from konbit.dossier.facts import Fact
from konbit.terms import Money

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimStanding(Fact):
    """How a contributor's claim on a fund stood on a day: what it advanced and did not get back."""

    TABLE: ClassVar[str] = "arrears"
    TITLE: ClassVar[str] = "Arrears"
    ABOUT: ClassVar[str] = (
        "How each claim of a contributor stood on a day. What is approved (or claimed, while "
        "nobody has decided) and not paid counts against what the contributor will advance. Of "
        "each claim the latest day counts. No rows: nothing is owed from before."
    )
    LINK: ClassVar[str] = "fund"
    KEY: ClassVar[tuple[str, ...]] = ("fund", "claim", "on")

    fund: str = reference("funds", "Fund")
    claim: str = text("Claim", "Its code in the fund's ledger.", required=True)
    on: date = day("Stands so on", "The last day that is counted.", required=True)
    contributor: str = reference("organisations", "Contributor")
    unit: str = text("Unit", "Whose service it is for, as the ledger names it.")
    served_until_on: date = day("Served until", "First day after the service.", required=True)
    claimed_on: date | None = day("Claimed on")
    claimed: Money | None = stated_amount("Claimed", required=True)
    approved: Money | None = stated_amount("Approved", "Empty: not decided. 0: rejected.")
    paid: Money | None = stated_amount("Paid", "Empty: nothing.")
    expected_on: date | None = day(
        "Payment expected on",
        "A day that the fund states. Empty: after the contributor's usual wait.",
    )

    @property
    def unpaid(self) -> Money | None:
        """What is approved, or claimed and not decided, less what is paid; never below zero."""
        owed = self.claimed if self.approved is None else self.approved
        if owed is None:
            return None
        unpaid = owed if self.paid is None else owed - self.paid
        return unpaid if unpaid.amount_minor > 0 else Money(0, owed.currency)
