"""Rules on uncertainty: every prior can be drawn from, and no two say the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from konbit.dossier.tables.uncertainty import EVENTS, SHARES, Prior
from konbit.terms import Finding, Severity
from konbit.terms.finding import finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from konbit.dossier.checks.scope import Rule, Scope


def priors_complete(scope: Scope) -> Iterator[Finding]:
    """A prior has the cells that its kind is drawn from."""
    for row in scope.whole.rows(Prior):
        if row.kind in EVENTS and row.probability_share is None:
            yield _missing(row, "probability_share")
        if row.kind != "unit_withdraws" and row.likely is None:
            yield _missing(row, "likely")


def _missing(row: Prior, column: str) -> Finding:
    return finding("prior-incomplete", Severity.ERROR, row.TABLE, row.label, column, kind=row.kind)


def priors_even(scope: Scope) -> Iterator[Finding]:
    """Low, likely and high are in order, and no share of a whole is above it."""
    for row in scope.whole.rows(Prior):
        if row.likely is None:
            continue
        low = row.likely if row.low is None else row.low
        high = row.likely if row.high is None else row.high
        if not low <= row.likely <= high:
            yield finding(
                "prior-uneven",
                Severity.ERROR,
                row.TABLE,
                row.label,
                "likely",
                low=low,
                likely=row.likely,
                high=high,
            )
        elif row.kind in SHARES and high > 1:
            yield finding(
                "prior-above-one", Severity.ERROR, row.TABLE, row.label, "high", value=high
            )


def priors_single(scope: Scope) -> Iterator[Finding]:
    """Of one kind there is one row for an organisation, and one for anybody."""
    first: dict[tuple[str, str], Prior] = {}
    for row in scope.known.rows(Prior):
        other = first.setdefault((row.kind, row.organisation), row)
        if other is not row:
            yield finding(
                "prior-double",
                Severity.ERROR,
                row.TABLE,
                row.label,
                other=other.label,
                kind=row.kind,
            )


RULES: tuple[Rule, ...] = (priors_complete, priors_even, priors_single)
