"""What the reader of a bank's file is told beside the file."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

# What a column of a CSV may hold.
ROLES = ("booked_on", "value_on", "amount", "debit", "credit", "sign", "balance", "currency",
         "reference", "text", "account")  # fmt: skip
DAY_FIRST, MONTH_FIRST = "day", "month"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What a file may not tell by itself. All but the secret may be left out.

    Attributes:
        secret: with which digests of account numbers are made.
        currency: of the account, for a CSV that tells none.
        known: codes that mean something to whoever reads; kept wherever they stand in a text.
        columns: heading of a CSV by what it holds (`ROLES`), where it is not found by itself.
        day_order: `day` or `month`, whichever is first in 03/04/2026.
        decimal: `,` or `.`, whichever marks decimals.
        from_on: first day of a CSV.
        until_on: first day after.
        opening: balance before the first day, as written by a person.
        closing: balance after the last.
    """

    secret: str
    currency: str = ""
    known: frozenset[str] = frozenset()
    columns: Mapping[str, str] = field(default_factory=dict)
    day_order: str = ""
    decimal: str = ""
    from_on: date | None = None
    until_on: date | None = None
    opening: str = ""
    closing: str = ""
