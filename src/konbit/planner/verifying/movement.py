"""What the plan's table `presence` says, by unit, site and month."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from konbit.dossier.plan import Plan
    from konbit.planner.verifying.calendar import Calendar
    from konbit.planner.verifying.roster import Entity


class Movement:
    """Units present (x) and starting (z), as the plan says; the rest is recomputed from them.

    Rows of unknown units and of months outside the horizon are passed over here; the rules
    `allowed` and `presence` report them.
    """

    def __init__(self, plan: Plan, roster: Mapping[str, Entity], calendar: Calendar) -> None:
        self._months = len(calendar.indices)
        self._roster = roster
        self._present: dict[tuple[str, str], list[int]] = {}
        self._starting: dict[tuple[str, str], list[int]] = {}
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

    def _open(self, unit: str, site: str) -> None:
        if (unit, site) not in self._present:
            self._present[unit, site] = [0] * self._months
            self._starting[unit, site] = [0] * self._months
            self.sites_of[unit].append(site)

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
        first = max(0, t - months + 1)
        return sum(self._starting[unit, site][first : t + 1])

    def departing(self, unit: str, site: str, t: int) -> int:
        """Units that were there, or start there, and are not present."""
        before = self.present(unit, site, t - 1) + self.starting(unit, site, t)
        return before - self.present(unit, site, t)

    def at_work(self, unit: str, site: str, t: int, lag_months: int) -> int:
        """op: units present less those that arrived within the lag; opening units have none."""
        units = self.present(unit, site, t)
        if self._roster[unit].is_candidate:
            units -= self.starts(unit, site, lag_months, t)
        return units
