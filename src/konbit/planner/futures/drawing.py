"""Drawing a future: what of the promised comes, when, and what is taken away."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor
from typing import TYPE_CHECKING

from konbit.dossier.plan import FULL
from konbit.dossier.tables.requirement import Lift
from konbit.planner.futures.happening import Happening
from konbit.planner.futures.holdings import holdings
from konbit.planner.futures.priors import Priors

if TYPE_CHECKING:
    from collections.abc import Iterator

    from konbit.dossier.tables.pledge import Offer
    from konbit.planner.constraints.money import Treasury
    from konbit.planner.futures.chances import Chances
    from konbit.planner.futures.holdings import Holding
    from konbit.planner.world import World

GIFTS_EVERY = 3  # months from one further gift of a donor to its next


@dataclass(frozen=True, slots=True)
class _Coming:
    """An offer with units still to come."""

    offer: Offer
    count: int
    earliest: int


class Drawer:
    """Draws futures of one dossier, day and scenario."""

    def __init__(self, world: World, treasury: Treasury) -> None:
        known = world.dossier
        self._horizon = world.horizon
        self._priors = Priors(known)
        self._holdings = holdings(known, world.as_of_on, treasury.prices)
        named = {u.offer.code: u.offer for u in world.units if not u.asked}
        self._offers = [offer for _, offer in sorted(named.items())]
        self._coming = [
            _Coming(u.offer, u.count, u.earliest)
            for u in world.units
            if not u.is_opening and not u.asked
        ]
        self._lifts = known.rows(Lift)

    def draw(self, chances: Chances) -> tuple[Happening, ...]:
        """Everything that happens in a future, in order."""
        return (
            *(h for holding in self._holdings for h in self._money(holding, chances)),
            *(h for coming in self._coming for h in self._arrivals(coming, chances)),
            *(h for offer in self._offers for h in self._withdrawals(offer, chances)),
            *(h for lift in self._lifts for h in self._lift(lift, chances)),
        )

    def _money(self, held: Holding, chances: Chances) -> Iterator[Happening]:
        """A freeze takes a share of what is unspent, and what would have come after it."""
        weight, month = 0.0, self._horizon
        freeze = self._priors.of("cash_freeze", held.donor)
        if freeze is not None:
            weight = self._priors.weight(freeze, chances, held.donor)
            month = self._priors.month(freeze, chances, held.donor, self._horizon)
            share = self._priors.value(freeze, chances, held.donor)
            yield from self._some("frozen", held, month, held.unspent_minor * weight * share)
        for kind, at, amount in self._receipts(held, chances):
            kept = amount * (1 - weight) if at >= month else amount
            yield from self._some(kind, held, at, kept)
        release = self._priors.of("cash_release", held.donor)
        if release is not None and held.frozen_minor:
            share = self._priors.weight(release, chances, held.donor)
            share *= self._priors.value(release, chances, held.donor)
            at = self._priors.month(release, chances, held.donor, self._horizon)
            yield from self._some("released", held, at, held.frozen_minor * share)

    def _receipts(self, held: Holding, chances: Chances) -> Iterator[tuple[str, int, float]]:
        promised = self._priors.of("cash_received_share", held.donor)
        if promised is not None and held.promised_minor:
            share = self._priors.weight(promised, chances, held.code)
            share *= self._priors.value(promised, chances, held.code)
            yield "received", self._delay(held, chances), held.promised_minor * share
        further = self._priors.of("cash_new_share", held.donor)
        if further is not None and held.monthly_minor:
            share = self._priors.weight(further, chances, held.donor)
            share *= self._priors.value(further, chances, held.donor)
            for month in range(GIFTS_EVERY - 1, self._horizon, GIFTS_EVERY):
                yield "new", month, held.monthly_minor * GIFTS_EVERY * share

    def _delay(self, held: Holding, chances: Chances) -> int:
        late = self._priors.of("cash_delay_months", held.donor)
        if late is None:
            return 0
        months = self._priors.value(late, chances, held.code)
        return chances.whole(months, late.kind, held.code)

    def _some(self, kind: str, held: Holding, month: int, amount: float) -> Iterator[Happening]:
        if month < self._horizon and floor(amount) > 0:
            yield Happening(kind, held.code, month=month, amount_minor=floor(amount))

    def _arrivals(self, coming: _Coming, chances: Chances) -> Iterator[Happening]:
        offer = coming.offer
        realised = self._priors.of("units_realised_share", offer.contributor)
        comes = coming.count
        if realised is not None:
            share = self._priors.weight(realised, chances, offer.code)
            share *= self._priors.value(realised, chances, offer.code)
            comes = min(
                coming.count, chances.whole(share * coming.count, realised.kind, offer.code)
            )
            if comes < coming.count:
                yield Happening("stays_away", offer.code, units=coming.count - comes)
        late = self._priors.of("unit_delay_months", offer.contributor)
        if late is not None and comes:
            months = self._priors.weight(late, chances, offer.code)
            months *= self._priors.value(late, chances, offer.code)
            delay = chances.whole(months, late.kind, offer.code)
            if delay > 0:
                yield Happening("late", offer.code, month=coming.earliest + delay)

    def _withdrawals(self, offer: Offer, chances: Chances) -> Iterator[Happening]:
        prior = self._priors.of("unit_withdraws", offer.contributor)
        if prior is not None and self._priors.weight(prior, chances, offer.code) > 1 / 2:
            month = self._priors.month(prior, chances, offer.code, self._horizon)
            yield Happening("withdraws", offer.code, month=month)

    def _lift(self, lift: Lift, chances: Chances) -> Iterator[Happening]:
        """A loss of lift; where futures are not told apart, a part of it all through the window."""
        prior = self._priors.of("lift_interruption", lift.provider)
        if prior is None:
            return
        weight = self._priors.weight(prior, chances, lift.code)
        lasts = self._priors.value(prior, chances, lift.code)
        if 0 < weight < 1:
            window = prior.within_months or self._horizon
            share = floor(FULL * min(1.0, weight * lasts / window))
            yield Happening("lift_lost", lift.code, until=window, share=share)
        elif weight and (months := chances.whole(lasts, prior.kind, lift.code)) > 0:
            at = self._priors.month(prior, chances, lift.code, self._horizon)
            yield Happening("lift_lost", lift.code, month=at, until=at + months, share=FULL)
