"""Spendable cash by earmark, and what each earmark accepts."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING

from konbit.dossier.tables.fund import (
    Contribution,
    ContributionEvent,
    CostHead,
    Earmark,
    EarmarkRule,
    Fund,
)
from konbit.dossier.tables.requirement import EquipmentType

if TYPE_CHECKING:
    from konbit.dossier.dossier import Dossier
    from konbit.planner.verifying.calendar import Calendar
    from konbit.planner.verifying.prices import Exchange
    from konbit.planner.verifying.roster import Entity

OPEN = "-"
"""Earmark of money without earmark."""

Pocket = tuple[str, str]
"""A fund and an earmark."""

_CASH_STAGES = frozenset({"received", "refunded", "frozen", "released", "obligated", "disbursed"})


class Purse:
    """Cash of each fund and earmark by month, from what was received and from nothing else."""

    def __init__(self, known: Dossier, calendar: Calendar, exchange: Exchange) -> None:
        self._calendar = calendar
        self._funds = {f.code: f for f in known.rows(Fund) if f.kind == "trust_fund"}
        self._pocket_of = {
            row.code: (row.fund, row.earmark or OPEN)
            for row in known.rows(Contribution)
            if row.instrument == "trust_fund"
            and row.fund in self._funds
            and not (row.cumulative or row.reannounces or row.part_of)
        }
        self._events = sorted(
            (event.on, event.contribution, event.stage, _amount(event, calendar, exchange))
            for event in known.rows(ContributionEvent)
            if event.contribution in self._pocket_of and event.stage in _CASH_STAGES
        )
        self.received: dict[Pocket, list[int]] = {}
        self.spendable: dict[Pocket, list[int]] = {}
        for pocket in sorted(set(self._pocket_of.values())):
            months = [self._state(pocket, t) for t in calendar.indices]
            self.received[pocket] = [received for received, _ in months]
            self.spendable[pocket] = [spendable for _, spendable in months]

    def _state(self, pocket: Pocket, t: int) -> tuple[int, int]:
        """Received and spendable by the month's first day."""
        stages: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        for on, contribution, stage, amount in self._events:
            if on > self._calendar.day(t):
                break
            if self._pocket_of[contribution] == pocket:
                stages[contribution][stage] += amount
        held = sum(_held(by_stage) for by_stage in stages.values())
        received = sum(by_stage["received"] for by_stage in stages.values())
        refunded = sum(by_stage["refunded"] for by_stage in stages.values())
        share = Fraction(self._funds[pocket[0]].reserve_share)
        return received, max(0, held - ceil(share * (received - refunded)))


def _amount(event: ContributionEvent, calendar: Calendar, exchange: Exchange) -> int:
    if event.amount is None:
        return 0
    return exchange.minor(event.amount, min(event.on, calendar.as_of_on))


def _held(by_stage: dict[str, int]) -> int:
    """What is left of one contribution."""
    frozen = max(0, by_stage["frozen"] - by_stage["released"])
    gone = max(by_stage["obligated"], by_stage["disbursed"])
    return by_stage["received"] - by_stage["refunded"] - frozen - gone


class Acceptance:
    """Whether an earmark accepts a cost."""

    def __init__(self, known: Dossier, calendar: Calendar, heads: dict[str, CostHead]) -> None:
        self._calendar = calendar
        self._heads = heads
        self._earmarks = known.by_code(Earmark)
        self._lethal = {row.code for row in known.rows(EquipmentType) if row.lethal}
        self._rules: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for rule in known.rows(EarmarkRule):
            self._rules[rule.earmark][rule.dimension].add(rule.allows)

    def accepts(self, earmark: str, t: int, head: str, entity: Entity | None, site: str) -> bool:
        """Judged on the month's first day. An earmark of which no row is known accepts nothing."""
        if earmark == OPEN:
            return True
        row = self._earmarks.get(earmark)
        if row is None or not self._calendar.holds(row.from_on, row.until_on, t):
            return False
        if not row.lethal_allowed and self._is_lethal(head, entity):
            return False
        about = {
            "cost_head": head,
            "contributor": entity.offer.contributor if entity else "",
            "capability": entity.offer.capability if entity else "",
            "site": site,
        }
        return all(about[named] in allowed for named, allowed in self._rules[earmark].items())

    def _is_lethal(self, head: str, entity: Entity | None) -> bool:
        """An equipment cost of a unit that brings equipment of a lethal type."""
        counted = self._heads[head].counted if head in self._heads else ""
        return (
            entity is not None
            and counted == "equipment_month"
            and any(row.brings and row.equipment_type in self._lethal for row in entity.equipment)
        )
