"""What units, sites and building options cost, as arrays by site and month, payer by payer."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

from konbit.planner.lines import ARRIVAL, DEPARTURE, MONTHLY, PER_PERSON

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from konbit.planner.cash import Purses
    from konbit.planner.lines import Line, Lines
    from konbit.planner.prices import Prices
    from konbit.planner.purse import Purse
    from konbit.planner.world import World
    from konbit.terms import Month

    Amounts = np.ndarray[Any, np.dtype[np.float64]]

Acceptance = tuple[frozenset["Purse"], ...]
Kind = tuple[str, Acceptance, bool]


@dataclass(frozen=True, slots=True)
class Flow:
    """What one payer bears of one unit, in minor units before support cost.

    Attributes:
        payer: a fund's code, `contributor` or `bilateral`.
        accepting: for a trust fund, the purses that may pay, by epoch of earmarks' windows.
        reimbursable: whether the contributor advances it.
        contributor: whose unit it is; empty for sites and buildings.
        monthly: by site and month, while it is there.
        coming: when it arrives.
        leaving: when it leaves.

    Arrays reach beyond the horizon by the minimum stay and a month, for what is set aside.
    """

    payer: str
    accepting: Acceptance
    reimbursable: bool
    contributor: str
    monthly: Amounts
    coming: Amounts
    leaving: Amounts


class Costs:
    """Flows of every unit, site and option of a world.

    Attributes:
        months: the months planned and those beyond for which something is set aside.
        epoch: for each of them, the epoch of earmarks' windows, counted from 0.
    """

    def __init__(self, world: World, lines: Lines, purses: Purses, prices: Prices) -> None:
        self._world = world
        self._lines = lines
        self._purses = purses
        self._prices = prices
        length = world.horizon + world.minimum_stay + 1
        self.months = tuple(world.months[0] + e for e in range(length)) if world.months else ()
        windows = [purses.epoch(month) for month in self.months]
        order = sorted(set(windows))
        self.epoch = np.array([order.index(epoch) for epoch in windows], dtype=np.int64)
        self._first_of = [self.months[windows.index(epoch)] for epoch in order]
        self._priced = _runs(self.months, prices)
        self._groups = _groups(lines.like_site)

    def loaded(self, payer: str, amounts: Amounts) -> Amounts:
        """Whole minor units with the support cost that a payer adds."""
        share = 1 + Fraction(self._prices.support_share(payer))
        return amounts * share.numerator / share.denominator

    def of_unit(self, u: int) -> list[Flow]:
        """What one unit of an entity costs; entities already there neither arrive nor leave."""
        opening = self._world.units[u].is_opening
        return self._of_unit(u, (MONTHLY,) if opening else (MONTHLY, ARRIVAL, DEPARTURE))

    def of_persons(self, u: int) -> list[Flow]:
        """Of that, what is counted per person, for contingents that relieve others."""
        return self._of_unit(u, PER_PERSON)

    def _of_unit(self, u: int, counted: Sequence[tuple[str, ...]]) -> list[Flow]:
        found: dict[Kind, list[Amounts]] = {}
        for sites in self._groups:
            for months in self._priced:
                for kind, how in enumerate(counted):
                    month = self.months[months[0]]
                    for line in self._lines.of_unit(u, int(sites[0]), month, how):
                        amounts = self._amounts(found, line)[kind]
                        amounts[np.ix_(sites, months)] += line.each_minor
        contributor = self._world.units[u].offer.contributor
        return [Flow(*kind, contributor, *amounts) for kind, amounts in found.items()]

    def of_site(self, s: int) -> list[Flow]:
        """What holding a site costs; all in `monthly`, in the site's row."""
        found: dict[Kind, list[Amounts]] = {}
        for months in self._priced:
            for line in self._lines.of_site(s, self.months[months[0]]):
                self._amounts(found, line)[0][s, months] += line.each_minor
        return [Flow(*kind, "", *amounts) for kind, amounts in found.items()]

    def of_option(self, q: int) -> list[Flow]:
        """What ordering an option costs; all in `monthly`, in its site's row."""
        found: dict[Kind, list[Amounts]] = {}
        s = self._world.sites.index(self._world.options[q].site)
        for months in self._priced:
            for line in self._lines.of_option(q, self.months[months[0]]):
                self._amounts(found, line)[0][s, months] += line.each_minor
        return [Flow(*kind, "", *amounts) for kind, amounts in found.items()]

    def _amounts(self, found: dict[Kind, list[Amounts]], line: Line) -> list[Amounts]:
        accepting: Acceptance = ()
        if self._prices.is_trust_fund(line.payer):
            accepting = tuple(
                self._purses.accepting(line.payer, line.subject, month) for month in self._first_of
            )
        kind = (line.payer, accepting, line.reimbursable)
        if kind not in found:
            shape = (len(self._world.sites), len(self.months))
            found[kind] = [np.zeros(shape) for _ in range(3)]
        return found[kind]


def _runs(months: Sequence[Month], prices: Prices) -> list[np.ndarray[Any, np.dtype[np.int64]]]:
    """Months with the same prices and payers, put together."""
    found: defaultdict[object, list[int]] = defaultdict(list)
    for e, month in enumerate(months):
        found[prices.epoch(month)].append(e)
    return [np.array(run, dtype=np.int64) for run in found.values()]


def _groups(like_site: Iterable[int]) -> list[np.ndarray[Any, np.dtype[np.int64]]]:
    """Sites with the same costs, put together."""
    found: defaultdict[int, list[int]] = defaultdict(list)
    for s, like in enumerate(like_site):
        found[like].append(s)
    return [np.array(group, dtype=np.int64) for group in found.values()]


def set_aside(flow: Flow, horizon: int, minimum_stay: int) -> Iterator[tuple[int, Amounts]]:
    """What a start some months ago still commits to at the end of a month, by how long ago.

    For a start d months before t: the monthly costs from t + 1 up to, not including, the end of the
    minimum stay. Yields d and the amounts by site and month t.
    """
    sums = np.concatenate([np.zeros((len(flow.monthly), 1)), flow.monthly.cumsum(axis=1)], axis=1)
    months = np.arange(horizon)
    for ago in range(minimum_stay - 1):
        yield ago, sums[:, np.maximum(0, months - ago + minimum_stay)] - sums[:, months + 1]
