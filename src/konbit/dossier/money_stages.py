"""Money by holder and stage on a day. Stages stand beside each other and are never added.

A contribution that announces another again, is part of another, or is a source's running total is
never added up: its money is in another row.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from konbit.dossier.columns import Kind, columns_of
from konbit.dossier.plan import MoneyStage
from konbit.dossier.registry import TABLES
from konbit.dossier.tables.fund import (
    MONEY_SIDE_STATES,
    MONEY_STAGES,
    Contribution,
    ContributionEvent,
    ExchangeRate,
)
from konbit.terms import ExchangeTable, Finding, Money, NoRateError, Severity
from konbit.terms.exchange import DatedRate
from konbit.terms.finding import finding

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from konbit.dossier.columns import Row
    from konbit.dossier.dossier import Dossier

# `released` has no row of its own: what is frozen is shown net of it.
SHOWN_STAGES = tuple(s for s in (*MONEY_STAGES, *MONEY_SIDE_STATES) if s != "released")


def exchange_table(dossier: Dossier) -> ExchangeTable:
    """The dated rates of a dossier, with their sources."""
    return ExchangeTable(
        DatedRate(row.currency_from, row.currency_to, row.on, row.rate, row.source)
        for row in dossier.rows(ExchangeRate)
    )


def is_counted(contribution: Contribution) -> bool:
    """Whether a contribution's money is its own and so may be added up with others'."""
    return not (contribution.cumulative or contribution.reannounces or contribution.part_of)


def holder_of(contribution: Contribution) -> str:
    """The fund that holds a contribution; beside the funds, or without one, its instrument."""
    in_a_fund = contribution.instrument in {"trust_fund", "assessed"}
    return (contribution.fund if in_a_fund else "") or contribution.instrument


def amounts_by_stage(dossier: Dossier, on: date) -> tuple[MoneyStage, ...]:
    """Money by holder and stage on a day, as known that day, in the mission's currency.

    The amount of a contribution at a stage is the sum of its events at that stage; amounts are
    exchanged at the rate of the event's day. A contribution whose amount, or whose rate, is not
    known at a stage is counted there as unknown, with the amounts that are known.

    Raises:
        ValueError: the dossier has no mission, or several.
    """
    found = _sums(dossier, on)
    return tuple(
        _row(holder, stage, by_stage, dossier.mission.currency)
        for holder, by_stage in sorted(found.items())
        for stage in SHOWN_STAGES
        if by_stage[stage]
    )


def missing_rates(dossier: Dossier, on: date) -> tuple[Finding, ...]:
    """Amounts that cannot be exchanged: for each table and currency the first row that needs it.

    Contributions are exchanged at the rate of their event's day, prices, budgets and other amounts
    at that of the day asked about, as known that day. Contributions never added up need no rate.
    """
    view = dossier.known_on(on)
    rates, currency = exchange_table(view), dossier.mission.currency
    uncounted = {c.code for c in view.rows(Contribution) if not is_counted(c)}
    lacking: dict[tuple[str, str], tuple[date, str, str]] = {}
    for row, column, amount in _amounts(view):
        if isinstance(row, ContributionEvent) and row.contribution in uncounted:
            continue
        day = min(row.on, on) if isinstance(row, ContributionEvent) else on
        if _exchanged(amount, currency, day, rates) is None:
            need = (day, row.label, column)
            place = (row.TABLE, amount.currency)
            lacking[place] = min(need, lacking.get(place, need))
    return tuple(
        finding(
            "exchange-rate-missing",
            Severity.ERROR,
            table,
            label,
            column,
            currency_from=currency_from,
            currency_to=currency,
            on=day,
        )
        for (table, currency_from), (day, label, column) in sorted(lacking.items())
    )


def _amounts(view: Dossier) -> Iterator[tuple[Row, str, Money]]:
    for table in TABLES:
        names = [c.name for c in columns_of(table) if c.kind is Kind.MONEY]
        for row in view.rows(table) if names else ():
            for name in names:
                amount = getattr(row, name)
                if amount is not None:
                    yield row, name, amount


@dataclass(frozen=True, slots=True)
class _Sum:
    """Money of one contribution at one stage: what is known, and whether something is not."""

    known_minor: int = 0
    is_unknown: bool = False

    def plus(self, minor: int | None) -> _Sum:
        return _Sum(self.known_minor + (minor or 0), self.is_unknown or minor is None)

    def less(self, other: _Sum) -> _Sum:
        left = max(0, self.known_minor - other.known_minor)
        return _Sum(left, self.is_unknown or other.is_unknown)


# By stage, then by code of the contribution.
_ByStage = dict[str, dict[str, _Sum]]


def _sums(dossier: Dossier, on: date) -> dict[str, _ByStage]:
    """By holder, stage and contribution; what is frozen is net of what was released."""
    view = dossier.known_on(on)
    rates, currency = exchange_table(view), dossier.mission.currency
    counted = {c.code: c for c in view.rows(Contribution) if is_counted(c)}
    found: dict[str, _ByStage] = defaultdict(lambda: defaultdict(dict))
    for event in view.rows(ContributionEvent):
        contribution = counted.get(event.contribution)
        if contribution is not None and event.on <= on:
            at = found[holder_of(contribution)][event.stage]
            minor = _minor(event, currency, rates)
            at[contribution.code] = at.get(contribution.code, _Sum()).plus(minor)
    for by_stage in found.values():
        by_stage["frozen"] = _net(by_stage["frozen"], by_stage["released"])
    return found


def _net(frozen: dict[str, _Sum], released: dict[str, _Sum]) -> dict[str, _Sum]:
    net = {code: at.less(released.get(code, _Sum())) for code, at in frozen.items()}
    return {code: at for code, at in net.items() if at.known_minor or at.is_unknown}


def _row(holder: str, stage: str, by_stage: _ByStage, currency: str) -> MoneyStage:
    sums = by_stage[stage].values()
    return MoneyStage(
        holder=holder,
        stage=stage,
        amount=Money(sum(at.known_minor for at in sums), currency),
        contributions=len(sums),
        unknown_amounts=sum(at.is_unknown for at in sums),
    )


def _minor(event: ContributionEvent, currency: str, rates: ExchangeTable) -> int | None:
    money = None
    if event.amount is not None:
        money = _exchanged(event.amount, currency, event.on, rates)
    return None if money is None else money.amount_minor


def _exchanged(amount: Money, currency: str, on: date, rates: ExchangeTable) -> Money | None:
    try:
        return rates.convert(amount, currency, on).money
    except NoRateError:
        return None
