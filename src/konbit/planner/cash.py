"""Cash of trust funds by earmark, what each earmark accepts, and assessed budgets."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING

from konbit.dossier.tables.fund import (
    Budget,
    Contribution,
    ContributionEvent,
    Fund,
)
from konbit.dossier.tables.requirement import EquipmentType
from konbit.planner.acceptance import Acceptance
from konbit.planner.months import holds
from konbit.planner.purse import FREE, Purse, Subject
from konbit.terms import Month

if TYPE_CHECKING:
    from collections.abc import Sequence

    from konbit.dossier import Dossier
    from konbit.planner.prices import Prices


@dataclass(frozen=True, slots=True)
class Appropriation:
    """Assessed money allowed over some months of the horizon."""

    code: str
    fund: str
    allowed_minor: int
    months: tuple[int, ...]


class Purses:
    """Spendable cash by purse and month, and what each purse may pay for.

    Args:
        known: the dossier known on the day, under the scenario.
        months: the months planned.
        prices: for exchange and funds.

    Every trust fund has a purse without earmark, and every promised gift its purse, if empty.
    """

    def __init__(
        self,
        known: Dossier,
        months: Sequence[Month],
        prices: Prices,
    ) -> None:
        self._months = months
        self._prices = prices
        self._reserve = {f.code: Fraction(f.reserve_share) for f in known.rows(Fund)}
        self._flows = _flows(known, prices)
        self.promised = self._promised(known)
        self.cash = self._cash()
        self.purses = tuple(sorted(self.cash))
        self._acceptance = Acceptance(known, self.purses)

    def _cash(self) -> dict[Purse, tuple[int, ...]]:
        empty = (0,) * len(self._months)
        found = {Purse(f, FREE): empty for f in self._reserve if self._prices.is_trust_fund(f)}
        for purse, contributions in self._flows.items():
            found[purse] = tuple(
                self._available(purse.fund, contributions, month) for month in self._months
            )
        return dict(sorted(found.items()))

    def _promised(self, known: Dossier) -> dict[Purse, int]:
        """All that is received, signed or pledged by anybody, as if it were there at once."""
        last = max((e.on for e in known.rows(ContributionEvent)), default=self._months[0].first_on)
        after = max(Month.of(last) + 1, self._months[-1])
        return {
            purse: self._available(purse.fund, contributions, after)
            + sum(self._outstanding(events) for events in contributions.values())
            for purse, contributions in sorted(self._flows.items())
        }

    def _available(
        self, fund: str, contributions: dict[str, list[ContributionEvent]], month: Month
    ) -> int:
        spendable = kept = 0
        for events in contributions.values():
            stage = dict.fromkeys(
                ("received", "refunded", "frozen", "released", "obligated", "disbursed"), 0
            )
            for event in events:
                if event.on <= month.first_on and event.stage in stage and event.amount:
                    amount = self._prices.convert(event.amount, event.on)
                    stage[event.stage] += amount.amount_minor
            net = stage["received"] - stage["refunded"]
            spent = max(stage["obligated"], stage["disbursed"])
            spendable += net - max(0, stage["frozen"] - stage["released"]) - spent
            kept += net
        reserve = ceil(self._reserve.get(fund, Fraction(0)) * kept)
        return max(0, spendable - reserve)

    def spendable(self, fund: str, received_minor: int) -> int:
        """What may be spent of a new receipt of a fund: all but the operating reserve."""
        return received_minor - ceil(self._reserve.get(fund, Fraction(0)) * received_minor)

    def _outstanding(self, events: list[ContributionEvent]) -> int:
        """What is promised and neither received nor taken back."""
        stage = dict.fromkeys(
            ("announced", "pledged", "signed", "received", "withdrawn", "expired"), 0
        )
        for event in events:
            if event.stage in stage and event.amount:
                stage[event.stage] += self._prices.convert(event.amount, event.on).amount_minor
        promised = stage["signed"] or stage["pledged"] or stage["announced"]
        gone = stage["received"] + stage["withdrawn"] + stage["expired"]
        return max(0, promised - gone)

    def epoch(self, month: Month) -> int:
        """What tells apart the months in which earmarks accept differently."""
        return self._acceptance.epoch(month)

    @property
    def named_sites(self) -> frozenset[str]:
        """Sites that some earmark names; for all others earmarks accept the same."""
        return self._acceptance.named_sites

    def accepting(self, fund: str, subject: Subject, month: Month) -> frozenset[Purse]:
        """The purses of a fund that may pay for a subject in a month."""
        return self._acceptance.accepting(fund, subject, month)


def _flows(known: Dossier, prices: Prices) -> dict[Purse, dict[str, list[ContributionEvent]]]:
    """Events of countable trust-fund contributions, by purse and contribution."""
    purse_of: dict[str, Purse] = {}
    for row in known.rows(Contribution):
        repeated = row.cumulative or row.reannounces or row.part_of
        if row.instrument == "trust_fund" and not repeated and prices.is_trust_fund(row.fund):
            purse_of[row.code] = Purse(row.fund, row.earmark or FREE)
    found: dict[Purse, dict[str, list[ContributionEvent]]] = {}
    for event in known.rows(ContributionEvent):
        purse = purse_of.get(event.contribution)
        if purse is not None:
            found.setdefault(purse, {}).setdefault(event.contribution, []).append(event)
    return found


def appropriations(
    known: Dossier, months: Sequence[Month], prices: Prices, scenario: str
) -> tuple[Appropriation, ...]:
    """Assessed budgets that hold in the horizon, with what they allow."""
    found = []
    for row in known.rows(Budget):
        held = tuple(t for t, month in enumerate(months) if holds(row.from_on, row.until_on, month))
        if not held or row.amount is None or row.scenario not in {"", scenario}:
            continue
        amount = prices.convert(row.amount, row.from_on).amount_minor
        allowed = floor(Fraction(amount) * Fraction(row.cash_share))
        found.append(Appropriation(row.code, row.fund, allowed, held))
    return tuple(found)


def lethal_types(known: Dossier) -> frozenset[str]:
    """Equipment types that earmarks may refuse to pay for."""
    return frozenset(row.code for row in known.rows(EquipmentType) if row.lethal)
