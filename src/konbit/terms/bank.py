"""What a bank says of an account: a statement and its entries, without names of people.

Readers of files make these values and the ledger of a fund compares them with its records; so they
hold only what that comparison needs. Account numbers are a digest and their last four characters.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from konbit.terms.digest import digest_of

if TYPE_CHECKING:
    from datetime import date

INTEREST, CHARGE = "interest", "charge"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class BankEntry:
    """One booked movement on an account.

    Attributes:
        booked_on: day on which the bank booked it.
        amount_minor: into the account, or below zero out of it; minor units of its currency.
        references: what payer, payee and bank call it; sorted, none twice.
        value_on: day from which it counts for interest; the day of booking where none is told.
        purpose: `interest` or `charge` where the bank or its text says so, else empty.
        is_correction: whether the bank takes back an entry of its own.
        other_digest: digest of the other side's account; empty where none is told.
        other_last: its last four characters.
    """

    booked_on: date
    amount_minor: int
    references: tuple[str, ...] = ()
    value_on: date
    purpose: str = ""
    is_correction: bool = False
    other_digest: str = ""
    other_last: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BankStatement:
    """What a bank says of one account for some days.

    Attributes:
        reference: what the bank calls the statement; may be empty.
        number: which of its statements it is by the bank's count; None where that is not told.
        account_digest: digest of the account's number; empty where the file tells none.
        account_last: its last four characters.
        currency: of the account, ISO 4217.
        from_on: first day.
        until_on: first day after.
        opening_minor: balance before the first day.
        closing_minor: balance at the end of the last day.
        entries: sorted, so that the order in a file means nothing.
    """

    reference: str = ""
    number: int | None = None
    account_digest: str = ""
    account_last: str = ""
    currency: str
    from_on: date
    until_on: date
    opening_minor: int
    closing_minor: int
    entries: tuple[BankEntry, ...] = ()

    @property
    def identity(self) -> str:
        """The same for the same days, balances and movements, whichever file told them."""
        return digest_of(
            {
                "currency": self.currency,
                "from_on": self.from_on.isoformat(),
                "until_on": self.until_on.isoformat(),
                "opening_minor": self.opening_minor,
                "closing_minor": self.closing_minor,
                "entries": sorted([e.booked_on.isoformat(), e.amount_minor] for e in self.entries),
            }
        )
