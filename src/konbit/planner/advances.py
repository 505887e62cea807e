"""What each contributor will advance, how long it waits, and what it is owed from before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from konbit.dossier.tables.arrears import ClaimStanding
from konbit.dossier.tables.pledge import ContributorTerm
from konbit.terms import Month

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from konbit.dossier import Dossier
    from konbit.planner.prices import Prices


@dataclass(frozen=True, slots=True)
class Advance:
    """The limit of one contributor.

    Attributes:
        contributor: code of the organisation.
        limit_minor: the most that it will advance, in minor units of the planning currency.
        lag_months: months from service to payment.
        owed_minor: by month, what it is owed from before the plan and is not paid yet.
    """

    contributor: str
    limit_minor: int
    lag_months: int
    owed_minor: tuple[int, ...]

    def left_minor(self, t: int) -> int:
        """What it would advance in a month beside what it is owed from before."""
        return max(0, self.limit_minor - self.owed_minor[t])


def advances(
    known: Dossier, months: Sequence[Month], as_of_on: date, prices: Prices
) -> tuple[Advance, ...]:
    """The limits of all contributors that state one, in order of the rows."""
    claims = _newest(known.rows(ClaimStanding), as_of_on)
    found = []
    for term in known.rows(ContributorTerm):
        if term.prefinancing_limit is None:
            continue
        lag = term.reimbursement_lag_months
        owed = [0] * len(months)
        for claim in claims:
            if claim.contributor == term.organisation and claim.unpaid is not None:
                amount = prices.convert(claim.unpaid, as_of_on).amount_minor
                for t in range(min(len(owed), _paid_from(claim, lag, months[0], as_of_on))):
                    owed[t] += amount
        limit = prices.convert(term.prefinancing_limit, as_of_on).amount_minor
        found.append(Advance(term.organisation, limit, lag, tuple(owed)))
    return tuple(found)


def _newest(rows: Iterable[ClaimStanding], as_of_on: date) -> list[ClaimStanding]:
    """Of each claim the row of the latest day, not after the as-of day."""
    newest: dict[tuple[str, str], ClaimStanding] = {}
    for row in rows:
        at = (row.fund, row.claim)
        if row.on <= as_of_on and (at not in newest or newest[at].on < row.on):
            newest[at] = row
    return list(newest.values())


def _paid_from(claim: ClaimStanding, lag: int, first: Month, as_of_on: date) -> int:
    """Index of the first month in which a claim is no longer outstanding; at least 0."""
    if claim.expected_on is not None and claim.expected_on > as_of_on:
        day = claim.expected_on
        return max(0, Month.of(day) + (0 if day.day == 1 else 1) - first)
    served = Month.of(claim.served_until_on - timedelta(days=1)) - first
    return served + lag if served + lag > 0 else lag
