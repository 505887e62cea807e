"""Rules on money: no stage above the one before it, nothing counted twice, no unlike sums."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from konbit.dossier.money_stages import is_counted, missing_rates
from konbit.dossier.tables.fund import (
    Budget,
    Contribution,
    ContributionEvent,
    ExchangeRate,
    Fund,
)
from konbit.dossier.tables.mandate import Mission
from konbit.terms import Finding, Money, Severity
from konbit.terms.finding import finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from konbit.dossier.checks.scope import Rule, Scope
    from konbit.dossier.dossier import Dossier

SAME_NEWS_DAYS = 180


def _events_of(known: Dossier) -> dict[str, list[ContributionEvent]]:
    """Events by contribution, in order of day."""
    found: dict[str, list[ContributionEvent]] = defaultdict(list)
    for event in sorted(known.rows(ContributionEvent), key=lambda e: (e.on, e.code)):
        found[event.contribution].append(event)
    return found


def _at(events: list[ContributionEvent], stage: str) -> dict[str, int] | None:
    """Minor units at a stage by currency; `None` when an amount is not known."""
    found: dict[str, int] = defaultdict(int)
    for event in events:
        if event.stage == stage:
            if event.amount is None:
                return None
            found[event.amount.currency] += event.amount.amount_minor
    return found


def receipts_within_promise(scope: Scope) -> Iterator[Finding]:
    """What was received, less what was paid back, is no more than was signed, or else pledged.

    Only amounts in the same currency are compared, and only where all of them are known.
    """
    for code, events in _events_of(scope.known).items():
        stage = next((s for s in ("signed", "pledged") if any(e.stage == s for e in events)), "")
        promised = _at(events, stage) if stage else None
        received, refunded = _at(events, "received"), _at(events, "refunded") or {}
        if promised is None or received is None or set(received) != set(promised):
            continue
        for currency, amount in received.items():
            net = amount - refunded.get(currency, 0)
            if net > promised[currency]:
                yield finding(
                    "received-above-signed",
                    Severity.WARNING,
                    Contribution.TABLE,
                    code,
                    received=Money(net, currency),
                    promised=Money(promised[currency], currency),
                    stage=stage,
                )


def frozen_within_receipts(scope: Scope) -> Iterator[Finding]:
    """No more is frozen, net of what was released, than was received and not paid back."""
    for code, events in _events_of(scope.known).items():
        frozen, received = _at(events, "frozen"), _at(events, "received")
        if not frozen or received is None:
            continue
        released, refunded = _at(events, "released") or {}, _at(events, "refunded") or {}
        for currency, amount in frozen.items():
            net = amount - released.get(currency, 0)
            held = received.get(currency, 0) - refunded.get(currency, 0)
            if net > held:
                yield finding(
                    "frozen-above-received",
                    Severity.WARNING,
                    Contribution.TABLE,
                    code,
                    frozen=Money(net, currency),
                    received=Money(held, currency),
                )


def announced_once(scope: Scope) -> Iterator[Finding]:
    """The same gift told twice is one gift: the later row should say what it announces again.

    Two contributions look the same when donor, instrument, amount and currency are equal and they
    were announced or pledged within 180 days, unless a row already says how they belong together.
    """
    events = _events_of(scope.known)
    alike: dict[tuple[str, str, Money], list[tuple[ContributionEvent, Contribution]]]
    alike = defaultdict(list)
    for contribution in scope.known.rows(Contribution):
        if is_counted(contribution):
            told = _first_told(events[contribution.code])
            if told is not None and told.amount is not None:
                key = (contribution.donor, contribution.instrument, told.amount)
                alike[key].append((told, contribution))
    for (_, _, amount), found in alike.items():
        found.sort(key=lambda pair: (pair[0].on, pair[1].code))
        for (earlier, before), (later, after) in pairwise(found):
            days = (later.on - earlier.on).days
            if days <= SAME_NEWS_DAYS:
                yield finding(
                    "possible-reannouncement",
                    Severity.WARNING,
                    after.TABLE,
                    after.label,
                    "reannounces",
                    other=before.code,
                    amount=amount,
                    days=days,
                )


def _first_told(events: list[ContributionEvent]) -> ContributionEvent | None:
    return next((e for e in events if e.stage in {"announced", "pledged"} and e.amount), None)


def amounts_exchangeable(scope: Scope) -> Iterator[Finding]:
    """Amounts in other currencies than the mission's have a dated rate, or no sum can be made."""
    if len(scope.known.rows(Mission)) == 1:
        yield from missing_rates(scope.known, scope.as_of_on)


def help_beside_funds(scope: Scope) -> Iterator[Finding]:
    """Help in kind and bilateral help is beside the funds: it names none."""
    for row in scope.whole.rows(Contribution):
        if row.instrument in {"in_kind", "bilateral"} and row.fund:
            yield finding(
                "beside-the-fund",
                Severity.ERROR,
                row.TABLE,
                row.label,
                "fund",
                fund=row.fund,
                instrument=row.instrument,
            )


def parts_like_wholes(scope: Scope) -> Iterator[Finding]:
    """A part of a contribution comes by the same instrument as the whole."""
    contributions = scope.whole.by_code(Contribution)
    for row in contributions.values():
        whole = contributions.get(row.part_of)
        if whole is not None and whole.instrument != row.instrument:
            yield finding(
                "part-of-other-instrument",
                Severity.WARNING,
                row.TABLE,
                row.label,
                "part_of",
                instrument=row.instrument,
                other=whole.code,
                other_instrument=whole.instrument,
            )


def budgets_assessed(scope: Scope) -> Iterator[Finding]:
    """Only an assessed account spends a budget; a trust fund spends cash."""
    funds = scope.whole.by_code(Fund)
    for row in scope.whole.rows(Budget):
        fund = funds.get(row.fund)
        if fund is not None and fund.kind != "assessed":
            yield finding(
                "budget-fund-not-assessed",
                Severity.ERROR,
                row.TABLE,
                row.label,
                "fund",
                fund=row.fund,
            )


def rates_positive(scope: Scope) -> Iterator[Finding]:
    """A rate of nothing, or of less, buys nothing: no amount can be counted by it."""
    for row in scope.whole.rows(ExchangeRate):
        if row.rate <= 0:
            yield finding(
                "rate-not-positive",
                Severity.ERROR,
                row.TABLE,
                row.label,
                "rate",
                currency_from=row.currency_from,
                currency_to=row.currency_to,
                value=row.rate,
            )


RULES: tuple[Rule, ...] = (
    receipts_within_promise,
    frozen_within_receipts,
    announced_once,
    amounts_exchangeable,
    help_beside_funds,
    parts_like_wholes,
    budgets_assessed,
    rates_positive,
)
