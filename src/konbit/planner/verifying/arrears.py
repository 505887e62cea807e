"""What contributors were owed when a plan began, month by month, for the check."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING

from konbit.dossier.tables.arrears import ClaimStanding

if TYPE_CHECKING:
    from konbit.dossier.dossier import Dossier
    from konbit.dossier.tables.pledge import ContributorTerm
    from konbit.planner.verifying.calendar import Calendar
    from konbit.planner.verifying.prices import Exchange


class Arrears:
    """The claims of each contributor as they last stood by the plan's day."""

    def __init__(self, known: Dossier, calendar: Calendar, exchange: Exchange) -> None:
        self._calendar = calendar
        last: dict[tuple[str, str], ClaimStanding] = {}
        for row in sorted(known.rows(ClaimStanding), key=lambda row: row.on):
            if row.on <= calendar.as_of_on:
                last[row.fund, row.claim] = row
        self._owed: dict[str, list[tuple[ClaimStanding, int]]] = defaultdict(list)
        for row in last.values():
            due = row.claimed if row.approved is None else row.approved
            paid = row.paid.amount_minor if row.paid else 0
            if due is not None and due.amount_minor > paid:
                unpaid = type(due)(due.amount_minor - paid, due.currency)
                self._owed[row.contributor].append((row, exchange.minor(unpaid, calendar.as_of_on)))

    def outstanding(self, terms: ContributorTerm, t: int) -> int:
        """What a contributor still waits for in a month, of what it was owed before the plan."""
        return sum(
            amount
            for row, amount in self._owed[terms.organisation]
            if self._is_open(row, terms.reimbursement_lag_months, t)
        )

    def _is_open(self, row: ClaimStanding, waits: int, t: int) -> bool:
        """Whether a claim is unpaid on the first day of a month."""
        stated = row.expected_on
        if stated is not None and stated > self._calendar.as_of_on:
            return self._calendar.day(t) < stated
        last_day = row.served_until_on - timedelta(days=1)
        served = self._calendar.first_from(last_day.replace(day=1))
        paid = served + waits
        if paid < 1:
            paid = waits
        return t < paid
