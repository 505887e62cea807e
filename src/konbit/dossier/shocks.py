"""Shocks: what may go wrong with a plan, each a small value.

A shock is no row of a dossier: it is replayed on one, and what it changes are rows. `from_month` is
the first month in which it is felt; without one, the first month of the plan.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal

    from konbit.terms import Money, Month


@dataclass(frozen=True, slots=True)
class Freeze:
    """What is left of a gift to a trust fund may no longer be spent, or a part of it.

    Attributes:
        contribution: the gift.
        from_month: first month in which it may not be spent.
        amount: how much at the most; None for all that is left.
    """

    contribution: str
    from_month: Month | None = None
    amount: Money | None = None


@dataclass(frozen=True, slots=True)
class Withdraw:
    """Units of an offer are taken back: those still to come first, then those present.

    Attributes:
        offer: the offer.
        units: how many; None for all.
        from_month: first month in which they are not there.
    """

    offer: str
    units: int | None = None
    from_month: Month | None = None


@dataclass(frozen=True, slots=True)
class Close:
    """A lift carries nobody and nothing for some months: an airport, a port, a road."""

    lift: str
    months: int
    from_month: Month | None = None


@dataclass(frozen=True, slots=True)
class Delay:
    """A building option, a site or an offer comes later by some months."""

    subject: str
    months: int


@dataclass(frozen=True, slots=True)
class CutAssessed:
    """Assessed cash falls short by a share, in every month of every budget from a month on."""

    share: Decimal
    from_month: Month | None = None


Shock = Freeze | Withdraw | Close | Delay | CutAssessed


def struck_in(shock: Shock, first: Month) -> Month:
    """The first month in which a shock is felt, of a plan that begins with `first`."""
    return first if isinstance(shock, Delay) else shock.from_month or first
