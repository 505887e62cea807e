"""Exchange of money at dated rates, each with its source named."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from konbit.terms.money import EXACT, Money, decimals_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from decimal import Decimal


class NoRateError(LookupError):
    """No rate between two currencies is known on a day."""


@dataclass(frozen=True, slots=True)
class DatedRate:
    """One unit of `currency_from` bought `rate` units of `currency_to` from `on` onwards."""

    currency_from: str
    currency_to: str
    on: date
    rate: Decimal
    source: str


@dataclass(frozen=True, slots=True)
class Conversion:
    """A converted amount and the rate used; `rate` is empty when no exchange was needed."""

    money: Money
    rate: DatedRate | None


class ExchangeTable:
    """Dated rates between currencies. The newest rate on or before the day counts."""

    def __init__(self, rates: Iterable[DatedRate]) -> None:
        self._rates: dict[tuple[str, str], list[DatedRate]] = {}
        for rate in sorted(rates, key=lambda r: (r.on, r.source)):
            self._rates.setdefault((rate.currency_from, rate.currency_to), []).append(rate)

    def rate_on(self, currency_from: str, currency_to: str, on: date) -> DatedRate:
        """The newest rate not after `on`.

        Raises:
            NoRateError: there is none.
        """
        known = [r for r in self._rates.get((currency_from, currency_to), ()) if r.on <= on]
        if not known:
            raise NoRateError(f"no rate from {currency_from} to {currency_to} on {on}")
        return known[-1]

    def convert(self, money: Money, currency_to: str, on: date) -> Conversion:
        """Convert, rounding half to even to the minor unit.

        Raises:
            NoRateError: no rate is known on that day.
        """
        if money.currency == currency_to:
            return Conversion(money, None)
        rate = self.rate_on(money.currency, currency_to, on)
        steps = decimals_of(currency_to) - decimals_of(money.currency)
        minor = Money(money.amount_minor, currency_to).scaled(rate.rate.scaleb(steps, EXACT))
        return Conversion(minor, rate)
