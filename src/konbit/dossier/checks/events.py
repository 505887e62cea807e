"""Rules on days: periods that end after they begin, stages in their order, announcements."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from konbit.dossier.columns import columns_of
from konbit.dossier.facts import Fact
from konbit.dossier.registry import TABLES
from konbit.dossier.tables.fund import MONEY_STAGES, ContributionEvent
from konbit.dossier.tables.pledge import UNIT_STAGES, LeadTime, UnitEvent
from konbit.dossier.tables.situation import Observation
from konbit.terms import Finding, Severity
from konbit.terms.finding import finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from konbit.dossier.checks.scope import Rule, Scope
    from konbit.dossier.columns import Row

    Event = UnitEvent | ContributionEvent

_PERIODS = (
    ("from_on", "until_on"),
    ("available_from_on", "available_until_on"),
    ("adopted_on", "valid_until_on"),
    ("signed_on", "valid_until_on"),
)
_DIGITS_KEPT = {"day": 10, "month": 7, "year": 4}


def periods_in_order(scope: Scope) -> Iterator[Finding]:
    """A period ends after its first day: until is the first day that no longer counts."""
    for table in TABLES:
        names = {column.name for column in columns_of(table)}
        for first, last in _PERIODS:
            if first in names and last in names:
                for row in scope.whole.rows(table):
                    begins, ends = getattr(row, first), getattr(row, last)
                    if begins is not None and ends is not None and ends <= begins:
                        yield _reversed(row, last, begins, ends, Severity.ERROR)


def observations_in_order(scope: Scope) -> Iterator[Finding]:
    """The last day of an observation, which it includes, is not before its first."""
    for row in scope.whole.rows(Observation):
        if row.from_on is not None and row.on < row.from_on:
            yield _reversed(row, "on", row.from_on, row.on, Severity.ERROR)


def knowledge_in_order(scope: Scope) -> Iterator[Finding]:
    """A row is believed until a day after the one since which it is known; else it never shows."""
    for row in scope.whole.all_rows:
        ends = row.superseded_on if isinstance(row, Fact) else None
        if isinstance(row, Fact) and ends is not None and ends <= row.known_since:
            yield _reversed(row, "superseded_on", row.known_since, ends, Severity.WARNING)


def _reversed(row: Row, column: str, begins: date, ends: date, severity: Severity) -> Finding:
    return finding(
        "period-reversed", severity, row.TABLE, row.label, column, from_on=begins, until_on=ends
    )


def unit_stages_in_order(scope: Scope) -> Iterator[Finding]:
    """An offer first reaches a later stage no sooner than it first reached an earlier one.

    First days are compared, for an offer of several units goes through the stages in parts.
    """
    by_offer: dict[str, list[UnitEvent]] = defaultdict(list)
    for event in scope.known.rows(UnitEvent):
        by_offer[event.offer].append(event)
    for events in by_offer.values():
        yield from _out_of_order(events, UNIT_STAGES)


def money_stages_in_order(scope: Scope) -> Iterator[Finding]:
    """A contribution first reaches a later stage no sooner than it first reached an earlier one."""
    by_contribution: dict[str, list[ContributionEvent]] = defaultdict(list)
    for event in scope.known.rows(ContributionEvent):
        by_contribution[event.contribution].append(event)
    for events in by_contribution.values():
        yield from _out_of_order(events, MONEY_STAGES)


def _out_of_order(events: Iterable[Event], order: tuple[str, ...]) -> Iterator[Finding]:
    firsts: dict[str, Event] = {}
    for told in sorted(events, key=lambda e: (e.on, e.code)):
        firsts.setdefault(told.stage, told)
    latest: Event | None = None
    for stage in order:
        event = firsts.get(stage)
        if event is None:
            continue
        if latest is None or not _is_before(event, latest):
            latest = event
            continue
        yield finding(
            "stage-out-of-order",
            Severity.WARNING,
            event.TABLE,
            event.label,
            "on",
            stage=stage,
            on=event.on,
            earlier_stage=latest.stage,
            earlier_on=latest.on,
        )


def _is_before(one: Event, other: Event) -> bool:
    """Whether an event is before another, as far as the vaguer of the two days can tell."""
    kept = min(_DIGITS_KEPT[one.on_precision], _DIGITS_KEPT[other.on_precision])
    return str(one.on)[:kept] < str(other.on)[:kept]


def lead_times_forward(scope: Scope) -> Iterator[Finding]:
    """A step of force generation leads to a later stage."""
    for row in scope.whole.rows(LeadTime):
        if UNIT_STAGES.index(row.stage_to) <= UNIT_STAGES.index(row.stage_from):
            yield finding(
                "lead-time-backwards",
                Severity.ERROR,
                row.TABLE,
                row.label,
                "stage_to",
                stage_from=row.stage_from,
                stage_to=row.stage_to,
            )


def lead_times_even(scope: Scope) -> Iterator[Finding]:
    """The likely months of a step lie between the low and the high ones."""
    for row in scope.whole.rows(LeadTime):
        if not row.low_months <= row.likely_months <= row.high_months:
            yield finding(
                "lead-time-uneven",
                Severity.WARNING,
                row.TABLE,
                row.label,
                "likely_months",
                low=row.low_months,
                likely=row.likely_months,
                high=row.high_months,
            )


def arrivals_announced(scope: Scope) -> Iterator[Finding]:
    """An arrival dated after the as-of day is an announcement: those units are not there yet."""
    for event in scope.known.rows(UnitEvent):
        if event.stage == "arrived" and event.on > scope.as_of_on:
            yield finding(
                "arrival-in-future",
                Severity.NOTE,
                event.TABLE,
                event.label,
                "on",
                units=event.units,
                on=event.on,
                as_of_on=scope.as_of_on,
            )


def receipts_announced(scope: Scope) -> Iterator[Finding]:
    """Money received after the as-of day is counted on, but not there yet."""
    for event in scope.known.rows(ContributionEvent):
        if event.stage == "received" and event.on > scope.as_of_on:
            yield finding(
                "counts-on-future-money",
                Severity.WARNING,
                event.TABLE,
                event.label,
                "on",
                on=event.on,
                as_of_on=scope.as_of_on,
            )


RULES: tuple[Rule, ...] = (
    periods_in_order,
    observations_in_order,
    knowledge_in_order,
    unit_stages_in_order,
    money_stages_in_order,
    lead_times_forward,
    lead_times_even,
    arrivals_announced,
    receipts_announced,
)
