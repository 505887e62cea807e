"""Where each contribution to a trust fund stands on the as-of day, as futures go on from there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from konbit.dossier.tables.fund import Contribution, ContributionEvent
from konbit.terms import Month

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from konbit.dossier import Dossier
    from konbit.planner.prices import Prices

_PROMISES = ("signed", "pledged", "announced")  # the firmest that there is counts


@dataclass(frozen=True, slots=True)
class Holding:
    """A contribution on the as-of day, in minor units of the planning currency.

    Attributes:
        code: the contribution.
        donor: who gives it.
        promised_minor: promised, and neither received nor taken back.
        unspent_minor: received, and neither spent, nor refunded, nor frozen.
        frozen_minor: frozen and not released.
        monthly_minor: received in an average month since its fund's first receipt.
    """

    code: str
    donor: str
    promised_minor: int
    unspent_minor: int
    frozen_minor: int
    monthly_minor: int


def holdings(known: Dossier, as_of_on: date, prices: Prices) -> tuple[Holding, ...]:
    """The contributions that count for trust funds, in order of code."""
    events: dict[str, list[ContributionEvent]] = {}
    for event in known.rows(ContributionEvent):
        if event.on <= as_of_on:
            events.setdefault(event.contribution, []).append(event)
    counted = [
        (row, _by_stage(events.get(row.code, ()), prices))
        for row in known.rows(Contribution)
        if row.instrument == "trust_fund"
        and not (row.cumulative or row.reannounces or row.part_of)
        and prices.is_trust_fund(row.fund)
    ]
    first: dict[str, date] = {}
    for row, _ in counted:
        for event in events.get(row.code, ()):
            if event.stage == "received":
                first[row.fund] = min(event.on, first.get(row.fund, event.on))
    return tuple(_holding(row, stages, as_of_on, first) for row, stages in counted)


def _by_stage(events: Iterable[ContributionEvent], prices: Prices) -> dict[str, int]:
    found: dict[str, int] = {}
    for event in events:
        if event.amount is not None:
            amount = prices.convert(event.amount, event.on).amount_minor
            found[event.stage] = found.get(event.stage, 0) + amount
    return found


def _holding(
    row: Contribution, stages: dict[str, int], as_of_on: date, first: dict[str, date]
) -> Holding:
    received = stages.get("received", 0)
    promised = next((stages[stage] for stage in _PROMISES if stages.get(stage)), 0)
    gone = received + stages.get("withdrawn", 0) + stages.get("expired", 0)
    frozen = max(0, stages.get("frozen", 0) - stages.get("released", 0))
    spent = max(stages.get("obligated", 0), stages.get("disbursed", 0))
    months = Month.of(as_of_on) - Month.of(first.get(row.fund, as_of_on)) + 1
    return Holding(
        row.code,
        row.donor,
        max(0, promised - gone),
        max(0, received - stages.get("refunded", 0) - frozen - spent),
        frozen,
        received // months,
    )
