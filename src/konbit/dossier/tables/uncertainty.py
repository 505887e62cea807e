"""Uncertainty: what may come otherwise than promised, and how likely that is thought to be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from konbit.dossier.columns import choice, code, decimal, reference, stated_count
from konbit.dossier.facts import Fact

if TYPE_CHECKING:
    from decimal import Decimal

# Kinds whose low, likely and high are shares of a whole, and those of which they are months.
SHARES = frozenset({"cash_received_share", "cash_freeze", "cash_release", "units_realised_share"})
MONTHS = frozenset({"cash_delay_months", "unit_delay_months", "lift_interruption"})
# Kinds that happen or do not, and so need a probability.
EVENTS = frozenset({"cash_freeze", "cash_release", "unit_withdraws", "lift_interruption"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Prior(Fact):
    """How one thing may come otherwise than promised, before anything more is known."""

    TABLE: ClassVar[str] = "priors"
    TITLE: ClassVar[str] = "Uncertainty"
    ABOUT: ClassVar[str] = (
        "What may come otherwise than promised: cash late or never, money frozen, units that stay "
        "away, are late or leave, lift that fails. Futures are drawn from these rows; without "
        "rows nothing is uncertain. The row that names an organisation counts before the row for "
        "anybody."
    )
    LINK: ClassVar[str] = "pledge"

    code: str = code("Code")
    kind: str = choice(
        "Kind",
        {
            "cash_received_share": "share of what is promised to a trust fund that is received",
            "cash_delay_months": "months from the as-of day until what is promised is received",
            "cash_freeze": "a share of the donor's unspent money is frozen, and no more comes",
            "cash_release": "money now frozen is set free: the share of it",
            "cash_new_share": "further gifts nobody has promised, as a share of the donor's pace",
            "units_realised_share": "share of an offer's units still to come that do come",
            "unit_delay_months": "months by which units to come are later than their lead time",
            "unit_withdraws": "the contributor ends an offer; who is there completes its stay",
            "lift_interruption": "a lift is lost for some months",
        },
        "What it is about. Low, likely and high are in the kind's own measure.",
    )
    organisation: str = reference(
        "organisations",
        "About whom",
        "Donor, contributor or provider of lift. Empty: anybody without a row of its own.",
        required=False,
    )
    probability_share: Decimal | None = decimal(
        "Probability",
        "That it happens at all, from 0 to 1. Needed where something happens or does not (freeze, "
        "release, withdrawal, loss of lift); elsewhere empty says 1.",
        maximum=1,
    )
    low: Decimal | None = decimal("Low", "Least that is thought possible. Empty: as likely.")
    likely: Decimal | None = decimal(
        "Likely", "The most likely value: a share, or months. Needed by all but withdrawal."
    )
    high: Decimal | None = decimal("High", "Most that is thought possible. Empty: as likely.")
    within_months: int | None = stated_count(
        "Within",
        "It begins in one of so many planned months, each as likely. Empty: the whole horizon.",
        unit="months",
        minimum=1,
        maximum=600,
    )
