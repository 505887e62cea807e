"""What every row that states a fact carries: where it is from, since when known, how sure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from konbit.dossier.columns import Row, choice, day, flag, text

if TYPE_CHECKING:
    from datetime import date

CONFIDENCE = {
    "official": "issuer's own page, government or UN text, UN data",
    "reported": "press or another third party",
    "estimate": "projection, analyst's figure, or computed from other facts",
    "unverified": "general knowledge; no source was found: check before use",
    "assumption": "no source gives it; planning needs a value; the basis says why this one",
    "placeholder": "order of magnitude only; replace by the official table before real use",
}

RESTS_ON_ASSUMPTION = frozenset({"assumption", "placeholder"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact(Row):
    """A row that states something about the world.

    A row is known on a day when `known_on` (or, where empty, `source_on`) is not after it and
    `superseded_on` is. Rows with `used` = no are kept beside the one that is used, with the reason.
    """

    source: str = text(
        "Source", "Address or symbol of the document in which the fact was read.", required=True
    )
    source_on: date = day("Date of the source", required=True)
    confidence: str = choice("Confidence", CONFIDENCE, "How far the row can be trusted.")
    basis: str = text(
        "Basis", "What an assumption, estimate or placeholder rests on. Needed for assumptions."
    )
    known_on: date | None = day(
        "Known since", "First day on which this could be known. Empty: the date of the source."
    )
    superseded_on: date | None = day(
        "Believed until", "Day from which this was no longer believed. Empty: still believed."
    )
    used: bool = flag(
        "Used", "No for a contradicting source that is kept beside the one used.", default=True
    )
    alternative_to: str = text(
        "Alternative to", "Key of the row that is used instead, when this one is not."
    )
    note: str = text("Note", "Anything else worth knowing; why a row is or is not used.")

    @property
    def known_since(self) -> date:
        """First day on which the row could be known."""
        return self.known_on or self.source_on

    def is_known(self, on: date) -> bool:
        """Whether the row was known, and still believed, on a day."""
        return self.known_since <= on and (self.superseded_on is None or on < self.superseded_on)

    @property
    def is_assumed(self) -> bool:
        """Whether the row rests on an assumption or a placeholder."""
        return self.confidence in RESTS_ON_ASSUMPTION
