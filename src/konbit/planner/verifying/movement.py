"""What the plan's tables `presence` and `contingents` say, by unit, site and month."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from konbit.dossier.plan import Plan
    from konbit.planner.verifying.calendar import Calendar
    from konbit.planner.verifying.roster import Entity

Pair = tuple[str, str]
"""A unit and a site."""


class Movement:
    """Units present (x), starting (z) and reliefs (w), as the plan says; the rest follows.

    Rows of unknown units and of months outside the horizon are passed over here; the rules
    `allowed`, `presence` and `contingents` report them. So are reliefs of units without a tour.

    One unit of 50 people with a tour of 6 months and an overlap of one, from month 0 on: reliefs
    arrive in the months 5, 10 and 15. In each of these x is 1, one outgoing contingent stands
    beside its relief (O), so M and P are 2: 100 people sleep there. With a gap of one month
    instead, reliefs arrive in 7 and 14. In the months 6 and 13 x is 1, its place is kept (K), M is
    0 and P is 1: nobody is there, and 50 places are taken.
    """

    def __init__(self, plan: Plan, roster: Mapping[str, Entity], calendar: Calendar) -> None:
        self._months = len(calendar.indices)
        self._roster = roster
        self._present: dict[Pair, list[int]] = {}
        self._starting: dict[Pair, list[int]] = {}
        self._reliefs: dict[Pair, list[int]] = {}
        self.sites_of: dict[str, list[str]] = {code: [] for code in roster}
        for entity in roster.values():
            if entity.home:
                self._open(entity.code, entity.home)
        for row in plan.presence:
            t = calendar.index(row.month)
            if t is None or row.unit not in roster:
                continue
            self._open(row.unit, row.site)
            self._present[row.unit, row.site][t] += row.units
            self._starting[row.unit, row.site][t] += row.arriving_units
        self._read_reliefs(plan, calendar)

    def _open(self, unit: str, site: str) -> None:
        if (unit, site) not in self._present:
            self._present[unit, site] = [0] * self._months
            self._starting[unit, site] = [0] * self._months
            self.sites_of[unit].append(site)

    def _read_reliefs(self, plan: Plan, calendar: Calendar) -> None:
        for row in plan.contingents:
            t, entity = calendar.index(row.arrived), self._roster.get(row.unit)
            if row.kind != "relief" or t is None or entity is None or not entity.tour_months:
                continue
            self._open(row.unit, row.site)
            reliefs = self._reliefs.setdefault((row.unit, row.site), [0] * self._months)
            reliefs[t] += row.contingents

    def pairs(self) -> Iterator[tuple[Entity, str]]:
        """Every unit entity with every site at which the plan or the start has it."""
        for unit, site in self._present:
            yield self._roster[unit], site

    def present(self, unit: str, site: str, t: int) -> int:
        """x: units present; month -1 is the start."""
        if t < 0:
            entity = self._roster[unit]
            return entity.units if entity.home == site else 0
        return self._present[unit, site][t]

    def starting(self, unit: str, site: str, t: int) -> int:
        """z: units that start there in the month."""
        return self._starting[unit, site][t] if t >= 0 else 0

    def starts(self, unit: str, site: str, months: int, t: int) -> int:
        """Units that started in the last so many months up to and with t."""
        return _sum(self._starting[unit, site], t - months + 1, t)

    def departing(self, unit: str, site: str, t: int) -> int:
        """Units that were there, or start there, and are not present."""
        before = self.present(unit, site, t - 1) + self.starting(unit, site, t)
        return before - self.present(unit, site, t)

    def reliefs(self, unit: str, site: str, first: int, last: int) -> int:
        """w: relief contingents that arrive in the months from first up to and with last."""
        arriving = self._reliefs.get((unit, site))
        return _sum(arriving, first, last) if arriving else 0

    def outgoing(self, unit: str, site: str, t: int) -> int:
        """O: outgoing contingents beside their relief."""
        overlap = self._roster[unit].overlap_months
        return self.reliefs(unit, site, t - overlap + 1, t) if overlap else 0

    def kept(self, unit: str, site: str, t: int) -> int:
        """K: places kept for a relief to come."""
        gap = self._roster[unit].gap_months
        return self.reliefs(unit, site, t + 1, t + gap) if gap else 0

    def contingents(self, unit: str, site: str, t: int) -> int:
        """M: contingents there; month -1 is the start."""
        if (unit, site) not in self._reliefs:
            return self.present(unit, site, t)
        return self.places(unit, site, t) - self.kept(unit, site, t)

    def places(self, unit: str, site: str, t: int) -> int:
        """P: places taken, kept ones included."""
        return self.present(unit, site, t) + self.outgoing(unit, site, t)

    def relieved(self, unit: str, site: str, t: int) -> int:
        """Contingents that go home in a month for a relief that came before or comes after it."""
        entity = self._roster[unit]
        month = t - entity.overlap_months + entity.gap_months
        return self.reliefs(unit, site, month, month)

    def at_work(self, unit: str, site: str, t: int, lag_months: int) -> int:
        """op: units present and manned, less those that started within the lag; never below 0.

        Opening units have no lag, and a relief takes over at once.
        """
        units = self.present(unit, site, t) - self.kept(unit, site, t)
        if self._roster[unit].is_candidate:
            units -= self.starts(unit, site, lag_months, t)
        return max(0, units)

    def younger(self, unit: str, site: str, t: int, months: int, lag_months: int) -> int:
        """Contingents that arrived less than so many months ago and are no longer in the lag."""
        since = t - months + 1
        reliefs = self.reliefs(unit, site, since, t)
        entity = self._roster[unit]
        if entity.is_candidate:
            return reliefs + _sum(self._starting[unit, site], since, t - lag_months)
        return reliefs + sum(arrived >= since for arrived in entity.arrived)


def _sum(by_month: list[int], first: int, last: int) -> int:
    """Sum over months, those of the plan only."""
    return sum(by_month[max(0, first) : max(0, last + 1)])
