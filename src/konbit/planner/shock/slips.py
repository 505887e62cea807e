"""Which arrivals and stays a shock moves, by how long, and what holds them back."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import TYPE_CHECKING

from konbit.dossier.replay import DELAYED, UNNEEDED, WITHDRAWN, Slip
from konbit.dossier.shocks import Delay, Withdraw
from konbit.planner.family import CAVEAT, PRIORITY, Family
from konbit.planner.shock.distance import whole_unit
from konbit.planner.slack import Slack

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from konbit.dossier.replay import Effect
    from konbit.planner.settle import Solved
    from konbit.planner.shock.distance import Layout
    from konbit.terms import Month

_NOTHING = ("none", "")
# What is said of units that no limit of the plan holds back, but perhaps a withdrawal.
_NO_LIMIT = frozenset({Family.ELIGIBILITY, Family.READINESS, Family.OFFER, PRIORITY, CAVEAT})


@dataclass(frozen=True, slots=True, order=True)
class _Change:
    """One unit's arrival, or stay, before and after; month indices, site codes."""

    before: int | None
    site_before: str
    after: int | None
    site_after: str
    is_stay: bool


def slips(
    before: Layout,
    after: Layout,
    solved: Solved,
    split: Mapping[str, str],
    effects: Sequence[Effect],
) -> tuple[Slip, ...]:
    """Every arrival, move and stay that differs, unit by unit of the plan before.

    Arrivals of like units are paired in order of month, those at the same site first. Stays are
    told of units whose arrivals are the same, and of those that were there at the start.

    Args:
        before: layout of the plan before.
        after: layout of the repaired plan.
        solved: the repaired plan, for what holds units back.
        split: offers that a shock parted in two, the new code to the old.
        effects: the shocks, for units that they take away or delay themselves.
    """
    reasons = _Reasons(solved, split, effects)
    months = solved.problem.world.months
    found = []
    for unit in sorted({place[0] for place in (*before.present, *after.present)}):
        lost = _present(before, unit) - _present(after, unit)
        counted = Counter(_changes(before, after, unit, len(months)))
        made = [
            _slip(unit, number, change, units, months, reasons)
            for number, (change, units) in enumerate(sorted(counted.items(), key=_order), start=1)
        ]
        if made and not all(change.is_stay for change in counted):
            # Which of a moved arrival's months are lost is not one row's to say.
            made = [replace(slip, lost_unit_months=0 if n else lost) for n, slip in enumerate(made)]
        found += made
    return tuple(found)


def _order(item: tuple[_Change, int]) -> tuple[object, ...]:
    change = item[0]
    late = 10**6
    return (
        change.is_stay,
        late if change.before is None else change.before,
        late if change.after is None else change.after,
        change.site_before,
        change.site_after,
    )


def _present(layout: Layout, unit: str) -> int:
    return sum(units for place, units in layout.present.items() if place[0] == unit)


def _changes(before: Layout, after: Layout, unit: str, horizon: int) -> Iterator[_Change]:
    old, new = _arrivals(before, unit), _arrivals(after, unit)
    if "@" in unit or old == new:
        # Units that were there at the start may also move: what they start at is another site.
        yield from _stays(before, after, unit, horizon)
    for site in sorted({site for _, site in (*old, *new)}):
        gone = sorted((Counter(old) - Counter(new)).elements())
        come = sorted((Counter(new) - Counter(old)).elements())
        here = [month for month, place in gone if place == site]
        there = [month for month, place in come if place == site]
        for was, becomes in zip(here, there, strict=False):
            yield _Change(was, site, becomes, site, is_stay=False)
            old.remove((was, site))
            new.remove((becomes, site))
    gone = sorted((Counter(old) - Counter(new)).elements())
    come = sorted((Counter(new) - Counter(old)).elements())
    for leaves, comes in zip_longest(gone, come):
        before_, here_ = leaves or (None, "")
        after_, there_ = comes or (None, "")
        yield _Change(before_, here_, after_, there_, is_stay=False)


def _arrivals(layout: Layout, unit: str) -> list[tuple[int, str]]:
    return sorted(
        (t, site)
        for (code, site, t), units in layout.starts.items()
        if code == unit
        for _ in range(units)
    )


def _stays(before: Layout, after: Layout, unit: str, horizon: int) -> Iterator[_Change]:
    """Units whose last month present differs, the first to leave paired with the first to leave.

    Units that were there at the start may move; they are told of under the site where they stood.
    """
    home = unit.partition("@")[2]
    for site in [home] if home else sorted({site for _, site in _arrivals(before, unit)}):
        place = None if home else site
        old, new = _ends(before, unit, place, horizon), _ends(after, unit, place, horizon)
        for was, becomes in zip_longest(old, new, fillvalue=0):
            if was != becomes:
                yield _Change(was, site, becomes, site, is_stay=True)


def _ends(layout: Layout, unit: str, site: str | None, horizon: int) -> list[int]:
    """For each unit, the first month in which it is no longer present, in order."""
    there: defaultdict[int, int] = defaultdict(int)
    for (code, place, t), units in layout.present.items():
        if code == unit and site in {None, place}:
            there[t] += units
    found: list[int] = []
    for t in range(horizon):
        leaving = there[t] - (there[t + 1] if t + 1 < horizon else 0)
        found += [t + 1] * max(0, leaving)
    return found


def _slip(
    unit: str,
    number: int,
    change: _Change,
    units: int,
    months: Sequence[Month],
    reasons: _Reasons,
) -> Slip:
    def said(t: int | None) -> str:
        if t is None or (change.is_stay and t >= len(months)):
            return ""
        return str(months[t])

    both = change.before is not None and change.after is not None
    by = (change.after or 0) - (change.before or 0) if both else None
    kind = _kind(change, by)
    lost = -(by or 0) * units if change.is_stay else 0
    late = kind in {"later", "never", "leaves-earlier", "moved"}
    family, detail = reasons.of(unit, change, units, late=late)
    return Slip(
        unit=unit,
        number=number,
        offer=unit.partition("@")[0],
        units=units,
        change=kind,
        site_before=change.site_before,
        site_after=change.site_after,
        before=said(change.before),
        after=said(change.after),
        months=by,
        lost_unit_months=lost,
        reason=family,
        detail=detail,
    )


def _kind(change: _Change, by: int | None) -> str:
    if change.is_stay:
        return "leaves-earlier" if (by or 0) < 0 else "leaves-later"
    if by is None:
        return "never" if change.after is None else "new"
    if by:
        return "later" if by > 0 else "earlier"
    return "moved"


def _explained(change: _Change, months: int) -> bool:
    """Whether an arrival is later by no more than so many months."""
    known = change.before is not None and change.after is not None
    return known and (change.after or 0) - (change.before or 0) <= months


class _Reasons:
    """Why a unit is not where the plan before had it, read off what the repaired plan leaves."""

    def __init__(self, solved: Solved, split: Mapping[str, str], effects: Sequence[Effect]) -> None:
        self._solved = solved
        self._slack = Slack(solved)
        world = solved.problem.world
        self._members: defaultdict[str, list[int]] = defaultdict(list)
        for u, unit in enumerate(world.units):
            if not unit.asked:
                self._members[whole_unit(unit.code, split)].append(u)
        first = world.months[0]
        self._withdrawn = {
            effect.shock.offer: (effect.struck - first, effect.units)
            for effect in effects
            if isinstance(effect.shock, Withdraw)
        }
        self._delayed = {
            effect.shock.subject: effect.shock.months
            for effect in effects
            if isinstance(effect.shock, Delay)
        }

    def of(self, unit: str, change: _Change, units: int, *, late: bool) -> tuple[str, str]:
        """Family of limits, or what the shock itself did, and what about; nothing for gains."""
        if not late:
            return _NOTHING
        world = self._solved.problem.world
        offer = unit.partition("@")[0]
        t = (change.after if change.is_stay else change.before) or 0
        s = world.sites.index(change.site_before)
        family, detail = self._first(unit, s, t, change)
        late_months = 0 if change.is_stay else self._delayed.get(offer, 0)
        if family == Family.READINESS and late_months and not _explained(change, late_months):
            # It stays away for longer than it is itself late: what keeps it away by then?
            family, detail = self._first(unit, s, t + late_months, change)
        if self._is_withdrawn(offer, change, t, units, family):
            return WITHDRAWN, offer
        if family == Family.READINESS and offer in self._delayed:
            return DELAYED, offer
        return (UNNEEDED, offer) if family == PRIORITY else (family, detail)

    def _first(self, unit: str, s: int, t: int, change: _Change) -> tuple[str, str]:
        """What holds a unit back at a site in a month, the first of its like that can be told."""
        found = [self._told(u, s, t, change) for u in self._members[unit]]
        return next(
            (told for told in found if told[0] not in {Family.ELIGIBILITY, CAVEAT}),
            found[0] if found else (Family.OFFER, unit.partition("@")[0]),
        )

    def _is_withdrawn(self, offer: str, change: _Change, t: int, units: int, family: str) -> bool:
        """Whether units are gone because they were taken back; no more than were."""
        struck, left = self._withdrawn.get(offer, (0, 0))
        if not left or (change.is_stay and t < struck):
            return False
        on_the_day = change.is_stay and t == struck
        if not on_the_day and family not in _NO_LIMIT:
            return False
        self._withdrawn[offer] = (struck, max(0, left - units))
        return True

    def _told(self, u: int, s: int, t: int, change: _Change) -> tuple[str, str]:
        world = self._solved.problem.world
        last = world.horizon - 1
        if change.is_stay and world.units[u].is_opening:
            return self._slack.sent_home(u, s, min(t, last))
        return self._slack.blocks(u, s, min(t + world.operational_lag, last))
