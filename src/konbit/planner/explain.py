"""What holds each uncovered requirement-month back, read off the finished plan."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from konbit.dossier.plan import FULL
from konbit.planner.family import Family
from konbit.planner.lines import ARRIVAL, DEPARTURE, MONTHLY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from konbit.planner.cash import Purse
    from konbit.planner.goals import Solved
    from konbit.planner.lines import Line
    from konbit.planner.world import Need, Unit, World
    from konbit.terms import Month

PRIORITY = "priority"
_ORDER = {name: rank for rank, name in enumerate([*(f.value for f in Family), PRIORITY])}


@dataclass(frozen=True, slots=True)
class Reasons:
    """Families that hold a requirement-month back, the weightiest first, and what about."""

    families: tuple[str, ...]
    detail: str


def reasons(solved: Solved) -> dict[tuple[int, int], Reasons]:
    """For every requirement-month not fully met, what holds the rest back."""
    slack = Slack(solved)
    found = {}
    for (n, t), share in sorted(solved.covered.shares.items()):
        if share < FULL:
            found[n, t] = _of(solved, slack, n, t, share)
    return found


def _of(solved: Solved, slack: Slack, n: int, t: int, share: int) -> Reasons:
    need = solved.problem.world.needs[n]
    at_work = max(0, solved.covered.at_work[n, t])
    votes: Counter[str] = Counter()
    about: dict[str, str] = {}
    if min(at_work * FULL // need.quantity, FULL) > share:
        votes[Family.ENABLER] += max(1, at_work)
        about[Family.ENABLER] = _missing_enabler(solved, need, t)
    if at_work < need.quantity:
        for family, weight, detail in _votes(solved, slack, need, t):
            votes[family] += weight
            about.setdefault(family, detail)
    if not votes:
        votes[Family.OFFER] += 1
        about[Family.OFFER] = need.capability
    ranked = sorted(votes, key=lambda family: (-votes[family], _ORDER[family]))
    return Reasons(tuple(ranked), about[ranked[0]])


def _missing_enabler(solved: Solved, need: Need, t: int) -> str:
    world = solved.problem.world
    least: tuple[int, str] = (FULL, "")
    for rule in world.enabler_rules:
        if rule.enables != need.capability:
            continue
        place = need.site if rule.site is None else rule.site
        for m, other in enumerate(world.needs):
            if other.capability == rule.enabler and other.site == place:
                share = solved.covered.shares.get((m, t), FULL)
                least = min(least, (share, f"{other.capability}@{world.sites[place]}"))
    return least[1]


def _votes(solved: Solved, slack: Slack, need: Need, t: int) -> Iterator[tuple[str, int, str]]:
    """Each unit that could help and does not: why not, for how much, which."""
    world, whole = solved.problem.world, solved.whole
    missing = need.quantity - max(0, solved.covered.at_work[_index(world, need), t])
    possible = elsewhere = 0
    for u, unit in enumerate(world.units):
        gives = 0 if unit.asked else _gives(world, unit, need)
        if not gives:
            continue
        here = int(whole.present[u][need.site, t])
        away = int(whole.present[u][:, t].sum()) - here
        started = int(whole.starts[u][:, : t + 1].sum())
        spare = 0 if unit.is_opening else unit.count - started
        gone = unit.count - spare - here - away
        possible += gives * unit.count
        elsewhere += gives * away
        if spare > 0:
            family, detail = slack.blocks(u, need.site, t)
            yield family, min(missing, gives * spare), detail
        if gone > 0:
            family, detail = slack.sent_home(u, need.site, t)
            yield family, min(missing, gives * gone), detail
    if elsewhere:
        yield PRIORITY, min(missing, elsewhere), need.capability
    if possible < need.quantity:
        yield Family.OFFER, min(missing, need.quantity - possible), need.capability


def _index(world: World, need: Need) -> int:
    return next(n for n, other in enumerate(world.needs) if other is need)


def _gives(world: World, unit: Unit, need: Need) -> int:
    """How much of a need one unit gives, substitutes counted at their share, rounded down."""
    own = unit.gives.get(need.capability, 0)
    stands = sum(
        int(quantity * world.substitutes.get((need.capability, capability), 0))
        for capability, quantity in unit.gives.items()
    )
    return own + stands


class Slack:
    """What is left of each limit in a finished plan, to see why one more unit is not there."""

    def __init__(self, solved: Solved) -> None:
        self._solved = solved
        world = solved.problem.world
        self._people = sum(
            (
                p * u.strength_persons
                for p, u in zip(solved.whole.present, world.units, strict=True)
            ),
            np.zeros((len(world.sites), world.horizon), dtype=np.int64),
        )
        self._arriving = sum(
            (
                z.sum(axis=0) * u.strength_persons
                for z, u in zip(solved.whole.starts, world.units, strict=True)
                if not u.is_opening
            ),
            np.zeros(world.horizon, dtype=np.int64),
        )
        self._free = _free_cash(solved)

    def blocks(self, u: int, s: int, t: int) -> tuple[str, str]:
        """The first limit that keeps one more unit from being at work at a site in a month."""
        world = self._solved.problem.world
        unit = world.units[u]
        start = t - world.operational_lag
        if start < unit.earliest or start < 0:
            return Family.READINESS, unit.offer.code
        place = self._blocks_place(unit, s, start, t)
        if place is not None:
            return place
        return self._blocks_money(u, s, start) or (PRIORITY, unit.offer.code)

    def sent_home(self, u: int, s: int, t: int) -> tuple[str, str]:
        """Why a unit that was there is no longer: what one more month would have needed."""
        unit = self._solved.problem.world.units[u]
        place = s if unit.home is None else unit.home
        if not unit.allowed[place, t]:
            return Family.ELIGIBILITY, unit.offer.code
        month = self._solved.problem.world.months[t]
        lines = self._solved.problem.treasury.lines.of_unit(u, place, month, MONTHLY)
        return self._beyond(((month, line) for line in lines), t) or (PRIORITY, unit.offer.code)

    def _blocks_place(self, unit: Unit, s: int, start: int, t: int) -> tuple[str, str] | None:
        world = self._solved.problem.world
        site = world.sites[s]
        people = unit.strength_persons
        if not unit.allowed[s, start : t + 1].all():
            usable = all(world.capacity[s][r] > 0 for r in range(start, t + 1))
            family = Family.ELIGIBILITY if usable else Family.CAMP
            return family, unit.offer.code if usable else site
        if people and self._people[s, t] + people > self._beds(s, t):
            return Family.CAMP, site
        for cap in world.caps:
            strength = cap.strength_persons[t]
            concerned = strength is not None and unit.offer.component in cap.components
            if concerned and self._strength(cap.components, t) + people > (strength or 0):
                return Family.CEILING, cap.code
        seats = world.passengers[start] if world.passengers is not None and people else None
        if seats is not None and self._arriving[start] + people > seats:
            return Family.LIFT, str(world.months[start])
        return self._blocks_equipment(unit, t)

    def _blocks_equipment(self, unit: Unit, t: int) -> tuple[str, str] | None:
        world = self._solved.problem.world
        for kind, (needs, brings) in unit.needs_equipment.items():
            if kind in world.pools and needs > brings:
                drawn = sum(
                    int(p[:, t].sum()) * max(0, needed - brought)
                    for p, other in zip(self._solved.whole.present, world.units, strict=True)
                    for needed, brought in [other.needs_equipment.get(kind, (0, 0))]
                )
                if drawn + needs - brings > world.pools[kind][t]:
                    return Family.EQUIPMENT, kind
        return None

    def _beds(self, s: int, t: int) -> int:
        world = self._solved.problem.world
        beds = world.capacity[s][t] + sum(
            world.options[q].adds_persons
            for q, ordered in self._solved.whole.ordered.items()
            if world.options[q].site == world.sites[s]
            and ordered + world.options[q].lead_time_months <= t
        )
        return min(beds, world.limit[s] or beds)

    def _strength(self, components: frozenset[str], t: int) -> int:
        world = self._solved.problem.world
        return sum(
            int(p[:, t].sum()) * unit.strength_persons
            for p, unit in zip(self._solved.whole.present, world.units, strict=True)
            if unit.offer.component in components
        )

    def _blocks_money(self, u: int, s: int, start: int) -> tuple[str, str] | None:
        """Whether the purses that accept a unit's minimum stay and way home can bear it."""
        return self._beyond(self._costs(u, s, start), start)

    def _beyond(self, costs: Iterable[tuple[Month, Line]], start: int) -> tuple[str, str] | None:
        """Which purses cannot bear costs from a month on, and whether others could, or later."""
        treasury = self._solved.problem.treasury
        owed: defaultdict[tuple[str, frozenset[Purse]], int] = defaultdict(int)
        for month, line in costs:
            if treasury.prices.is_trust_fund(line.payer):
                accepting = treasury.purses.accepting(line.payer, line.subject, month)
                owed[line.payer, accepting] += line.each_minor
        for (fund, accepting), amount in sorted(
            owed.items(), key=lambda item: (item[0][0], sorted(item[0][1]))
        ):
            free = sum(self._free[purse][start] for purse in accepting)
            if free >= amount:
                continue
            everywhere = sum(f[start] for purse, f in self._free.items() if purse.fund == fund)
            if everywhere >= amount:
                return Family.EARMARK, fund
            later = sum(f[-1] for purse, f in self._free.items() if purse.fund == fund)
            return (Family.TIMING if later >= amount else Family.MONEY), fund
        return None

    def _costs(self, u: int, s: int, start: int) -> Iterator[tuple[Month, Line]]:
        world, lines = self._solved.problem.world, self._solved.problem.treasury.lines
        first = world.months[start]
        yield from ((first, line) for line in lines.of_unit(u, s, first, ARRIVAL))
        for ahead in range(world.minimum_stay):
            month = first + ahead
            yield from ((month, line) for line in lines.of_unit(u, s, month, MONTHLY))
        last = first + world.minimum_stay
        yield from ((last, line) for line in lines.of_unit(u, s, last, DEPARTURE))


def _free_cash(solved: Solved) -> dict[Purse, list[int]]:
    """By purse and month, the least that stays free from that month to the end."""
    moved: defaultdict[tuple[str, Purse, int], int] = defaultdict(int)
    for share in solved.shares:
        moved[share.kind, share.purse, share.item.month] += share.amount_minor
    found = {}
    for purse, available in solved.problem.treasury.purses.cash.items():
        used = 0
        free = []
        for t, spendable in enumerate(available):
            used += moved["pay", purse, t]
            free.append(spendable - used - moved["aside", purse, t])
        for t in range(len(free) - 2, -1, -1):
            free[t] = min(free[t], free[t + 1])
        found[purse] = free
    return found
