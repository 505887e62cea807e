"""What holds each uncovered requirement-month back, read off the finished plan."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from konbit.dossier.plan import FULL
from konbit.planner.family import CAVEAT, PRIORITY, SETTLING, Family
from konbit.planner.slack import Slack

if TYPE_CHECKING:
    from collections.abc import Iterator

    from konbit.planner.settle import Solved
    from konbit.planner.world import Need, Unit, World

_ORDER = {
    name: rank for rank, name in enumerate([*(f.value for f in Family), PRIORITY, CAVEAT, SETTLING])
}


@dataclass(frozen=True, slots=True)
class Reasons:
    """Families that hold a requirement-month back, the weightiest first, and what about."""

    families: tuple[str, ...]
    detail: str


def reasons(solved: Solved) -> dict[tuple[int, int], Reasons]:
    """For every requirement-month not fully met, what holds the rest back."""
    slack, helpers = Slack(solved), _Helpers(solved)
    found = {}
    for (n, t), share in sorted(solved.covered.shares.items()):
        if share < FULL:
            found[n, t] = _of(solved, slack, helpers, n, t, share)
    return found


class _Helpers:
    """Who could help with a requirement, and how many of a unit are where: looked up once."""

    def __init__(self, solved: Solved) -> None:
        self._world = solved.problem.world
        self._gives: dict[str, list[tuple[int, int]]] = {}
        self.present = [present.sum(axis=0) for present in solved.whole.present]
        self.started = [starts.sum(axis=0).cumsum() for starts in solved.whole.starts]

    def of(self, need: Need) -> list[tuple[int, int]]:
        """Units offered that give something of what is needed, and how much one gives."""
        found = self._gives.get(need.capability)
        if found is None:
            every = enumerate(self._world.units)
            gives = ((u, 0 if unit.asked else _gives(self._world, unit, need)) for u, unit in every)
            found = self._gives[need.capability] = [(u, each) for u, each in gives if each]
        return found


def _of(solved: Solved, slack: Slack, helpers: _Helpers, n: int, t: int, share: int) -> Reasons:
    need = solved.problem.world.needs[n]
    votes: Counter[str] = Counter()
    about: dict[str, str] = {}
    held, enabler = _least_enabler(solved, need, t)
    if share >= held:
        votes[Family.ENABLER] += max(1, need.quantity * (FULL - held) // FULL)
        about[Family.ENABLER] = enabler
    beside = _met_beside(solved, n, t)
    missing = need.quantity - max(0, solved.covered.at_work[n, t] - beside)
    if missing > 0:
        if beside:
            votes[PRIORITY] += min(missing, beside)
            about[PRIORITY] = need.capability
        for family, weight, detail in _votes(solved, slack, helpers, need, t, missing):
            votes[family] += weight
            about.setdefault(family, detail)
    if not votes:
        votes[Family.OFFER] += 1
        about[Family.OFFER] = need.capability
    ranked = sorted(votes, key=lambda family: (-votes[family], _ORDER[family]))
    return Reasons(tuple(ranked), about[ranked[0]])


def _met_beside(solved: Solved, n: int, t: int) -> int:
    """What other requirements of the same capability at the same site and month make use of."""
    needs = solved.problem.world.needs
    same = (needs[n].capability, needs[n].site)
    return sum(
        other.quantity * solved.covered.shares[m, t] // FULL
        for m, other in enumerate(needs)
        if m != n and (other.capability, other.site) == same and t in other.months
    )


def _least_enabler(solved: Solved, need: Need, t: int) -> tuple[int, str]:
    """The least share to which an enabler of a need is met, and which; more than full for none."""
    world = solved.problem.world
    least = (FULL + 1, "")
    for rule in world.enabler_rules:
        if rule.enables != need.capability:
            continue
        place = need.site if rule.site is None else rule.site
        for m, other in enumerate(world.needs):
            if other.capability == rule.enabler and other.site == place:
                share = solved.covered.shares.get((m, t), FULL)
                least = min(least, (share, f"{other.capability}@{world.sites[place]}"))
    return least


def _votes(
    solved: Solved, slack: Slack, helpers: _Helpers, need: Need, t: int, missing: int
) -> Iterator[tuple[str, int, str]]:
    """Each unit that could help and does not: why not, for how much, which."""
    world, whole = solved.problem.world, solved.whole
    possible = 0
    elsewhere: Counter[tuple[str, str]] = Counter()
    for u, gives in helpers.of(need):
        unit = world.units[u]
        here = int(whole.present[u][need.site, t])
        away = int(helpers.present[u][t]) - here
        started = int(helpers.started[u][t])
        spare = 0 if unit.is_opening else unit.count - started
        gone = unit.count - spare - here - away
        settling = here - int(whole.working[u][need.site, t])
        possible += gives * unit.count
        if away > 0:
            why = slack.stays_away(u, need.site, t) or (PRIORITY, need.capability)
            elsewhere[why] += gives * away
        if settling > 0:
            detail = _at_work_from(solved, u, need.site, t)
            yield SETTLING, min(missing, gives * settling), detail
        if spare > 0:
            family, detail = slack.blocks(u, need.site, t)
            yield family, min(missing, gives * spare), detail
        if gone > 0:
            family, detail = slack.sent_home(u, need.site, t)
            yield family, min(missing, gives * gone), detail
    for (family, detail), weight in elsewhere.items():
        yield family, min(missing, weight), detail
    if possible < need.quantity:
        yield Family.OFFER, min(missing, need.quantity - possible), need.capability


def _at_work_from(solved: Solved, u: int, s: int, t: int) -> str:
    """An offer, and the month in which more of its units that are at a site will be at work.

    They settle in, or their place is kept for a relief. No month where it is beyond the plan.
    """
    world, whole = solved.problem.world, solved.whole
    code, lag = world.units[u].offer.code, world.operational_lag
    new = range(max(0, t - lag + 1), t + 1)
    came = [] if world.units[u].is_opening else [b for b in new if whole.starts[u][s, b]]
    if came:
        return f"{code} {world.months[0] + (came[0] + lag)}"
    working = whole.working[u][s]
    later = (after for after in range(t + 1, world.horizon) if working[after] > working[t])
    first = next(later, None)
    return code if first is None else f"{code} {world.months[first]}"


def _gives(world: World, unit: Unit, need: Need) -> int:
    """How much of a need one unit gives, substitutes counted at their share, rounded down."""
    own = unit.gives.get(need.capability, 0)
    stands = sum(
        int(quantity * world.substitutes.get((need.capability, capability), 0))
        for capability, quantity in unit.gives.items()
    )
    return own + stands
