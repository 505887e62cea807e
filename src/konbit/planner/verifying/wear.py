"""What units at work supply, wear taken off."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from itertools import pairwise
from math import floor
from typing import TYPE_CHECKING

from konbit.dossier.plan import FULL
from konbit.dossier.tables.requirement import Serviceability

if TYPE_CHECKING:
    from konbit.dossier.dossier import Dossier
    from konbit.planner.verifying.calendar import Calendar
    from konbit.planner.verifying.movement import Movement
    from konbit.planner.verifying.needs import Spot
    from konbit.planner.verifying.roster import Entity


class Wear:
    """Steps by which capabilities wear out after a contingent's arrival.

    Attributes:
        since_arrival: months since the arrival at which each step begins, by capability.
    """

    def __init__(self, known: Dossier) -> None:
        rows = sorted(known.rows(Serviceability), key=lambda row: row.since_arrival_months)
        self.since_arrival: dict[str, list[int]] = defaultdict(list)
        shares: dict[str, list[Fraction]] = defaultdict(lambda: [Fraction(1)])
        for row in rows:
            self.since_arrival[row.capability].append(row.since_arrival_months)
            shares[row.capability].append(Fraction(row.share))
        self._last = {code: steps[-1] for code, steps in shares.items()}
        self._fall = {
            code: [before - after for before, after in pairwise(steps)]
            for code, steps in shares.items()
        }

    def is_worn_by(self, entity: Entity) -> bool:
        """Whether units give a capability that wears out."""
        return any(a and capability in self._last for capability, a in entity.gives.items())

    def left(self, capability: str, at_work: int, young: list[int]) -> int:
        """What is left of a quantity, in ten-thousandths rounded down.

        Args:
            capability: one that wears out.
            at_work: what units at work give when new.
            young: for each step, what units give that have not reached it.
        """
        falls = zip(self._fall[capability], young, strict=True)
        left = self._last[capability] * at_work + sum(fall * given for fall, given in falls)
        return floor(FULL * left)


def supplied(
    movement: Movement, wear: Wear, calendar: Calendar, lag_months: int
) -> dict[Spot, int]:
    """S: what units at work give, in ten-thousandths of each capability's measure.

    Medical teams give a half from the third month after their arrival on, a quarter from the
    sixth. One that arrived four months ago has passed the first step and not the second: of 1 at
    work, 0 is younger than 3 months and 1 younger than 6, so it gives 1/4 × 1 + (1 - 1/2) × 0 +
    (1/2 - 1/4) × 1 = 1/2. A relief in the next month brings it back to 1.
    """
    new: dict[Spot, int] = defaultdict(int)
    young: dict[Spot, list[int]] = {}
    for entity, site in movement.pairs():
        for t in calendar.indices:
            units = movement.at_work(entity.code, site, t, lag_months)
            for capability, quantity in entity.gives.items() if units else ():
                spot = (capability, site, t)
                new[spot] += units * quantity
                steps = wear.since_arrival.get(capability)
                if steps:
                    sums = young.setdefault(spot, [0] * len(steps))
                    for place, months in enumerate(steps):
                        count = movement.younger(entity.code, site, t, months, lag_months)
                        sums[place] += min(units, count) * quantity
    return {
        spot: wear.left(spot[0], quantity, young[spot]) if spot in young else FULL * quantity
        for spot, quantity in new.items()
    }
