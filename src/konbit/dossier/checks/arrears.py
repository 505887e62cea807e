"""Rules on what funds owe contributors: claims that add up, and limits to hold them against."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from konbit.dossier.tables.arrears import ClaimStanding
from konbit.dossier.tables.pledge import ContributorTerm
from konbit.terms import Finding, Money, Severity
from konbit.terms.finding import finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from konbit.dossier.checks.scope import Rule, Scope


def paid_within_approval(scope: Scope) -> Iterator[Finding]:
    """No more was paid on a claim than was approved."""
    for row in scope.known.rows(ClaimStanding):
        approved, paid = row.approved, row.paid
        if approved is not None and paid is not None and paid.amount_minor > approved.amount_minor:
            yield finding(
                "paid-above-approved",
                Severity.WARNING,
                row.TABLE,
                row.label,
                "paid",
                paid=paid,
                approved=approved,
            )


def owed_have_terms(scope: Scope) -> Iterator[Finding]:
    """A contributor that is owed money states what it will advance, or its arrears limit nothing.

    One that is owed more than that, in the currency of its limit, sends nobody.
    """
    terms = {term.organisation: term for term in scope.known.rows(ContributorTerm)}
    for contributor, owed in sorted(_owed(scope).items()):
        term = terms.get(contributor)
        limit = None if term is None else term.prefinancing_limit
        if limit is None:
            yield finding(
                "arrears-without-limit",
                Severity.NOTE,
                ClaimStanding.TABLE,
                contributor,
                "contributor",
            )
        elif owed.get(limit.currency, 0) > limit.amount_minor:
            yield finding(
                "arrears-above-limit",
                Severity.WARNING,
                ClaimStanding.TABLE,
                contributor,
                "contributor",
                owed=Money(owed[limit.currency], limit.currency),
                limit=limit,
            )


def _owed(scope: Scope) -> dict[str, dict[str, int]]:
    """Minor units unpaid by contributor and currency, each claim as it last stood."""
    last: dict[tuple[str, str], ClaimStanding] = {}
    for row in sorted(scope.known.rows(ClaimStanding), key=lambda row: row.on):
        if row.on <= scope.as_of_on:
            last[row.fund, row.claim] = row
    owed: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in last.values():
        unpaid = row.unpaid
        if unpaid is not None and unpaid.amount_minor:
            owed[row.contributor][unpaid.currency] += unpaid.amount_minor
    return owed


RULES: tuple[Rule, ...] = (paid_within_approval, owed_have_terms)
