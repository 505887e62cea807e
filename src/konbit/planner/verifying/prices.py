"""Prices of a month, who pays them, and exchange into the planning currency."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from typing import TYPE_CHECKING

from konbit.dossier.tables.fund import ExchangeRate, Fund, PayerRule, Rate
from konbit.terms import ExchangeTable
from konbit.terms.exchange import DatedRate
from konbit.terms.money import decimals_of

if TYPE_CHECKING:
    from datetime import date

    from konbit.dossier.dossier import Dossier
    from konbit.dossier.tables.pledge import Offer
    from konbit.planner.verifying.calendar import Calendar, Models
    from konbit.terms import Money

NOT_FUNDS = frozenset({"contributor", "bilateral"})


class Exchange:
    """Amounts in whole minor units of the planning currency."""

    def __init__(self, known: Dossier) -> None:
        self.currency = known.mission.currency
        self._table = ExchangeTable(
            DatedRate(row.currency_from, row.currency_to, row.on, row.rate, row.source)
            for row in known.rows(ExchangeRate)
        )

    def minor(self, money: Money, on: date) -> int:
        """The amount at the newest rate by a day, rounded half to even.

        Raises:
            NoRateError: no rate is known on that day.
        """
        if money.currency == self.currency:
            return money.amount_minor
        rate = Fraction(self._table.rate_on(money.currency, self.currency, on).rate)
        finer = Fraction(10) ** (decimals_of(self.currency) - decimals_of(money.currency))
        return round(money.amount_minor * rate * finer)


class Prices:
    """The rate of a cost head for a unit, a piece of its equipment or a site, in a month."""

    def __init__(self, known: Dossier, calendar: Calendar, exchange: Exchange) -> None:
        self._calendar = calendar
        self._rates: dict[tuple[str, str], list[tuple[Rate, int]]] = defaultdict(list)
        for rate in known.rows(Rate):
            if rate.amount is not None:
                amount = exchange.minor(rate.amount, calendar.as_of_on)
                self._rates[rate.cost_head, rate.offer].append((rate, amount))
        self._found: dict[tuple[str, str, str, str, int], int] = {}

    def price(self, head: str, offer: Offer | None, equipment_type: str, site: str, t: int) -> int:
        """Minor units for one count; 0 where no rate row matches."""
        key = (head, offer.code if offer else "", equipment_type, site, t)
        if key not in self._found:
            self._found[key] = self._newest(head, offer, equipment_type, site, t)
        return self._found[key]

    def _newest(
        self, head: str, offer: Offer | None, equipment_type: str, site: str, t: int
    ) -> int:
        day = self._calendar.day(t)
        code, capability = (offer.code, offer.capability) if offer else ("", "")
        about = (code, equipment_type, capability, site)
        best: tuple[int, date, str] | None = None
        amount = 0
        rates = [*self._rates.get((head, ""), ())]
        if code:
            rates += self._rates.get((head, code), ())
        for rate, minor in rates:
            weight = _weight(rate, about)
            if weight is None or rate.from_on > day:
                continue
            rank = (weight, rate.from_on, rate.code)
            if best is None or rank > best:
                best, amount = rank, minor
        return amount


def _weight(rate: Rate, about: tuple[str, str, str, str]) -> int | None:
    """How special a row is to what is priced; none when it is about something else."""
    weight = 0
    named = (rate.offer, rate.equipment_type, rate.capability, rate.site)
    for worth, name, wanted in zip((8, 4, 2, 1), named, about, strict=True):
        if name and name != wanted:
            return None
        weight += worth if name else 0
    return weight


class Payers:
    """Who pays a cost head in a month, and the support cost that a fund adds."""

    def __init__(self, known: Dossier, models: Models) -> None:
        self._models = models
        self.funds = known.by_code(Fund)
        self._support_shares = {
            code: Fraction(fund.support_cost_share) for code, fund in self.funds.items()
        }
        self._rules = {(r.funding_model, r.cost_head): r for r in known.rows(PayerRule)}

    def payer(self, head: str, t: int) -> str:
        """A fund's code, `contributor` or `bilateral`."""
        rule = self._rules.get((self._models.code(t), head))
        if rule is not None and rule.payer in NOT_FUNDS:
            return rule.payer
        if rule is not None and rule.fund:
            return rule.fund
        return min(self.funds, default="contributor")

    def is_trust_fund(self, payer: str) -> bool:
        """Whether a payer spends cash of contributions."""
        fund = self.funds.get(payer)
        return fund is not None and fund.kind == "trust_fund"

    def support_cost(self, payer: str, amount: int) -> int:
        """Support cost on a line, rounded half to even; 0 where no fund pays."""
        share = self._support_shares.get(payer)
        return round(amount * share) if share else 0
