"""What one count of a cost head costs in a month, and who pays it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from konbit.dossier.tables.fund import CostHead, ExchangeRate, Fund, PayerRule, Rate
from konbit.planner.funding import model_of_month
from konbit.terms.exchange import DatedRate, ExchangeTable

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from konbit.dossier import Dossier
    from konbit.dossier.tables.pledge import Offer
    from konbit.terms import Money, Month

Epoch = tuple[int, tuple[str, ...]]

CONTRIBUTOR = "contributor"
BILATERAL = "bilateral"


@dataclass(frozen=True, slots=True)
class Price:
    """Minor units per count in the planning currency, and whether the rate is assumed."""

    amount_minor: int
    assumed: bool


_OF_PLACES = ("site_month", "building")
_FREE = Price(0, assumed=False)


class Prices:
    """Rates and payers of a dossier known on a day, under a scenario."""

    def __init__(self, known: Dossier, as_of_on: date, scenario: str) -> None:
        self._known = known
        self._as_of_on = as_of_on
        self._scenario = scenario
        self.currency = known.mission.currency
        self.heads = known.by_code(CostHead)
        self.funds = known.by_code(Fund)
        self._rates: dict[str, list[Rate]] = {}
        for rate in known.rows(Rate):
            self._rates.setdefault(rate.cost_head, []).append(rate)
        self._payers = {(r.funding_model, r.cost_head): r for r in known.rows(PayerRule)}
        self._exchange = ExchangeTable(
            DatedRate(r.currency_from, r.currency_to, r.on, r.rate, r.source)
            for r in known.rows(ExchangeRate)
        )
        self._found: dict[tuple[str, str, str, str, str, Month], Price] = {}
        self._paid_by: dict[tuple[str, Month], str] = {}
        self._epochs: dict[Month, Epoch] = {}
        self._rate_days = sorted({rate.from_on for rate in known.rows(Rate)})
        of_units = {head.code for head in self.heads.values() if head.counted not in _OF_PLACES}
        self._priced_sites = frozenset(
            rate.site for rate in known.rows(Rate) if rate.site and rate.cost_head in of_units
        )

    def epoch(self, month: Month) -> Epoch:
        """What tells apart the months in which prices or payers differ; equal where they do not."""
        found = self._epochs.get(month)
        if found is None:
            payers = tuple(self.payer(head, month) for head in self.heads)
            found = self._epochs[month] = (bisect_right(self._rate_days, month.first_on), payers)
        return found

    @property
    def priced_sites(self) -> frozenset[str]:
        """Sites that some rate of units names; at all others units cost the same."""
        return self._priced_sites

    def convert(self, money: Money, on: date) -> Money:
        """An amount in the planning currency, at the newest rate by `on` and the as-of day."""
        return self._exchange.convert(money, self.currency, min(on, self._as_of_on)).money

    def price(
        self,
        head: str,
        month: Month,
        *,
        offer: Offer | None = None,
        equipment_type: str = "",
        site: str = "",
    ) -> Price:
        """The most special, then newest rate of a cost head; nothing when there is none."""
        offer_code = offer.code if offer else ""
        capability = offer.capability if offer else ""
        key = (head, offer_code, capability, equipment_type, site, month)
        if key not in self._found:
            self._found[key] = self._newest(*key)
        return self._found[key]

    def _newest(
        self, head: str, offer: str, capability: str, equipment_type: str, site: str, month: Month
    ) -> Price:
        best: tuple[int, date, str] | None = None
        chosen: Rate | None = None
        for rate in self._rates.get(head, ()):
            wanted = ((rate.offer, offer, 8), (rate.equipment_type, equipment_type, 4),
                      (rate.capability, capability, 2), (rate.site, site, 1))  # fmt: skip
            if rate.from_on > month.first_on or any(w and w != has for w, has, _ in wanted):
                continue
            rank = (sum(points for w, _, points in wanted if w), rate.from_on, rate.code)
            if best is None or rank > best:
                best, chosen = rank, rate
        if chosen is None or chosen.amount is None:
            return _FREE
        money = self.convert(chosen.amount, self._as_of_on)
        return Price(money.amount_minor, chosen.is_assumed)

    def payer(self, head: str, month: Month) -> str:
        """A fund's code, `contributor` or `bilateral`."""
        key = (head, month)
        if key not in self._paid_by:
            self._paid_by[key] = self._find_payer(head, month)
        return self._paid_by[key]

    def _find_payer(self, head: str, month: Month) -> str:
        model, _ = model_of_month(self._known, self._scenario, month)
        rule = self._payers.get((model.code, head)) if model else None
        if rule is None:
            return next(iter(self.funds), CONTRIBUTOR)
        return rule.fund if rule.payer == "fund" else rule.payer

    def support_share(self, payer: str) -> Decimal | int:
        """Programme support cost of a fund; nothing for other payers."""
        fund = self.funds.get(payer)
        return fund.support_cost_share if fund else 0

    def is_trust_fund(self, payer: str) -> bool:
        """Whether a payer is a fund that spends only cash received."""
        fund = self.funds.get(payer)
        return fund is not None and fund.kind == "trust_fund"

    def heads_counted(self, *counted: str) -> tuple[CostHead, ...]:
        """Cost heads counted in one of these ways, in order of code."""
        return tuple(head for head in self.heads.values() if head.counted in counted)
