"""Requirements by month, and the capability that is at work against them."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from typing import TYPE_CHECKING

from konbit.dossier.tables.requirement import (
    Capability,
    Enabler,
    Phase,
    Requirement,
    Substitution,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from konbit.dossier.dossier import Dossier
    from konbit.planner.verifying.calendar import Calendar

Spot = tuple[str, str, int]
"""A capability at a site in a month."""


class Needs:
    """Which requirements are active in which month, and what may stand in for what."""

    def __init__(self, known: Dossier, calendar: Calendar) -> None:
        phases = known.by_code(Phase)
        self.capabilities = known.by_code(Capability)
        self.enablers = known.rows(Enabler)
        self.shares = {
            (row.offered, row.needed): Fraction(row.share) for row in known.rows(Substitution)
        }
        self.active: dict[tuple[str, int], Requirement] = {}
        self.in_month: dict[int, list[Requirement]] = defaultdict(list)
        self.at: dict[Spot, list[Requirement]] = defaultdict(list)
        self._wanted: dict[str, set[str]] = defaultdict(set)
        for row in known.rows(Requirement):
            phase = phases.get(row.phase)
            for t in calendar.indices:
                if row.phase and not (phase and calendar.holds(phase.from_on, phase.until_on, t)):
                    continue
                self.active[row.code, t] = row
                self.in_month[t].append(row)
                self.at[row.capability, row.site, t].append(row)
                self._wanted[row.site].add(row.capability)

    def can_use(self, site: str, gives: Mapping[str, int]) -> bool:
        """Whether some requirement at the site, in some month, can use one of the capabilities."""
        wanted = self._wanted.get(site, set())
        return any(
            capability == needed or (capability, needed) in self.shares
            for capability in gives
            for needed in wanted
        )
