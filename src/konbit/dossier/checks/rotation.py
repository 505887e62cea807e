"""Rules on tours, relief and wear: can it be meant, and whose tour is over?"""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from konbit.dossier.tables.pledge import Offer, UnitEvent
from konbit.dossier.tables.requirement import EquipmentPool, Serviceability
from konbit.dossier.unit_stages import states_on
from konbit.terms import Finding, Month, Severity
from konbit.terms.finding import finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from konbit.dossier.checks.scope import Rule, Scope


def relief_can_be_meant(scope: Scope) -> Iterator[Finding]:
    """Overlap and gap exclude each other, mean nothing without a tour, and overlap ends in it."""
    for offer in scope.whole.rows(Offer):
        overlap, gap = offer.overlap_months or 0, offer.gap_months or 0
        if overlap and gap:
            values = {"overlap_months": overlap, "gap_months": gap}
            yield finding("overlap-and-gap", Severity.ERROR, offer.TABLE, offer.label,
                          "gap_months", **values)  # fmt: skip
        if offer.tour_months is None and (overlap or gap):
            column = "overlap_months" if overlap else "gap_months"
            yield finding("relief-without-tour", Severity.WARNING, offer.TABLE, offer.label, column)
        if offer.tour_months is not None and overlap >= offer.tour_months:
            yield finding(
                "overlap-beyond-tour",
                Severity.ERROR,
                offer.TABLE,
                offer.label,
                "overlap_months",
                overlap_months=overlap,
                tour_months=offer.tour_months,
            )


def tours_over(scope: Scope) -> Iterator[Finding]:
    """Which units have a contingent whose tour is over on the as-of day.

    At each site the contingents are those that arrived there last.
    """
    arrived: dict[tuple[str, str], list[UnitEvent]] = defaultdict(list)
    for event in sorted(scope.known.rows(UnitEvent), key=lambda e: (e.on, e.code)):
        if event.stage == "arrived" and event.on <= scope.as_of_on:
            arrived[event.offer, event.site].append(event)
    states = states_on(scope.known, scope.as_of_on)
    for offer in scope.known.rows(Offer):
        if offer.tour_months is None or offer.code not in states:
            continue
        since: list[Month] = []
        for site, at in states[offer.code].present.items():
            months = [Month.of(e.on) for e in arrived[offer.code, site] for _ in range(e.units)]
            since += months[len(months) - at.units :] if at.units else []
        over = [month for month in since if month + offer.tour_months <= Month.of(scope.as_of_on)]
        if over:
            yield finding(
                "tour-over",
                Severity.WARNING,
                offer.TABLE,
                offer.label,
                "tour_months",
                units=len(over),
                month=min(over),
                tour_months=offer.tour_months,
            )


def wear_never_mends(scope: Scope) -> Iterator[Finding]:
    """What a capability still gives falls from step to step; only relief brings it back."""
    steps: dict[str, list[Serviceability]] = defaultdict(list)
    for row in scope.known.rows(Serviceability):
        steps[row.capability].append(row)
    for rows in steps.values():
        rows.sort(key=lambda row: row.since_arrival_months)
        for before, row in pairwise(rows):
            if row.share > before.share:
                yield finding(
                    "serviceability-rises",
                    Severity.ERROR,
                    row.TABLE,
                    row.label,
                    "share",
                    share=row.share,
                    before=before.share,
                    since_arrival_months=before.since_arrival_months,
                )


def pools_only_lose(scope: Scope) -> Iterator[Finding]:
    """The share at which a pool's loss ends is not above the one at which it begins."""
    for pool in scope.whole.rows(EquipmentPool):
        if pool.lowest_share is not None and pool.lowest_share > pool.serviceable_share:
            yield finding(
                "pool-share-rises",
                Severity.ERROR,
                pool.TABLE,
                pool.label,
                "lowest_share",
                lowest_share=pool.lowest_share,
                serviceable_share=pool.serviceable_share,
            )


RULES: tuple[Rule, ...] = (
    relief_can_be_meant,
    tours_over,
    wear_never_mends,
    pools_only_lose,
)
