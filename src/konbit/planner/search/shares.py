"""What units at work cover, in a moment and without a solver.

Each capability serves its own requirements first, the weightiest for their size before others, and
lends what is left; never more than enablers let count. Where all requirements of a capability weigh
alike for their size, no division covers more; otherwise this is what is covered at least.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from konbit.planner.search.reliefs import gaps

if TYPE_CHECKING:
    from collections.abc import Iterable

    from konbit.planner.problem import Problem
    from konbit.planner.search.book import Posting
    from konbit.planner.world import Unit

    Real = np.ndarray[Any, np.dtype[np.float64]]


class Shares:
    """Requirements as arrays: by capability, site and month a quantity and a weight.

    Where several requirements ask for a capability at once, each has a layer of its own.
    """

    def __init__(self, problem: Problem) -> None:
        self._world = world = problem.world
        lent = {offered for offered, _ in problem.variables.stand}
        names = sorted({need.capability for need in world.needs} | lent)
        self._of = {name: k for k, name in enumerate(names)}
        self._shape = (len(names), len(world.sites), world.horizon)
        self._layers = self._stacked()
        self._rules = [
            (self._of[rule.enabler], self._of[rule.enables], rule.site)
            for rule in world.enabler_rules
            if rule.enabler in self._of and rule.enables in self._of
        ]
        self._lending = sorted(
            (-float(world.substitutes[needed, offered]), self._of[offered], self._of[needed])
            for offered, needed in problem.variables.stand
        )
        self._depth = self._depths()
        self._gives = [self._given(unit) for unit in world.units]

    def covered(self, postings: Iterable[Posting]) -> float:
        """Weighted requirement-months covered by some stays."""
        supply = np.zeros(self._shape)
        for posting in postings:
            unit = self._world.units[posting.stay.unit]
            if unit.is_opening:
                self._there(supply, posting)
            else:
                self._come(supply, posting)
        return self._met(supply)

    def _there(self, supply: Real, posting: Posting) -> None:
        """What units give that were there at the start, less the gaps between contingents."""
        (u, legs), units = posting.stay, posting.units
        for k, quantity in self._gives[u]:
            for s, first, until in legs:
                supply[k, s, first:until] += units * quantity[: until - first]
            for s, first, until, contingents in gaps(self._world.units[u].tour, posting.reliefs):
                supply[k, s, first:until] -= contingents * quantity[: until - first]

    def _come(self, supply: Real, posting: Posting) -> None:
        """What units give that come, each contingent as new; a relief is at work at once."""
        (u, ((s, first, until),)), units = posting.stay, posting.units
        tour = self._world.units[u].tour
        comes = [first, *(relief.month for relief in posting.reliefs)]
        lag = self._world.operational_lag
        for number, came in enumerate(comes):
            last = number + 1 == len(comes)
            gone = until if last or tour is None else comes[number + 1] - tour.gap
            begin = came if number else came + lag
            for k, quantity in self._gives[u]:
                supply[k, s, begin:gone] += units * quantity[begin - came : gone - came]

    def _given(self, unit: Unit) -> list[tuple[int, Real]]:
        """By capability what a unit gives, month by month since it came.

        What wears out is counted for units already there as if it were worn already.
        """
        found = []
        for name, quantity in unit.gives.items():
            if name in self._of:
                given = np.full(self._world.horizon, float(quantity))
                for step in self._world.wear.get(name, ()):
                    worn = 0 if unit.is_opening else step.since_arrival
                    given[worn:] = quantity * float(step.share)
                found.append((self._of[name], given))
        return found

    def _stacked(self) -> list[tuple[Real, Real]]:
        world = self._world
        layers: list[tuple[Real, Real]] = []
        first = sorted(
            world.needs, key=lambda need: (-need.weight / max(1, need.quantity), need.code)
        )
        for need in first:
            k, months = self._of[need.capability], list(need.months)
            for quantity, _ in layers:
                if not quantity[k, need.site, months].any():
                    break
            else:
                layers.append((np.zeros(self._shape), np.zeros(self._shape)))
            at = next(i for i, (q, _) in enumerate(layers) if not q[k, need.site, months].any())
            layers[at][0][k, need.site, months] = need.quantity
            layers[at][1][k, need.site, months] = need.weight
        return layers

    def _depths(self) -> list[int]:
        """How many rules deep each capability stands on others."""
        depth = [0] * len(self._of)
        for _ in depth:
            for enabler, enables, _site in self._rules:
                depth[enables] = min(len(depth), max(depth[enables], depth[enabler] + 1))
        return depth

    def _met(self, rest: Real) -> float:
        most = np.ones(self._shape)
        shares = [np.zeros(self._shape) for _ in self._layers]
        total = 0.0
        for depth in sorted(set(self._depth)):
            here = [k for k, d in enumerate(self._depth) if d == depth]
            for share, (quantity, _) in zip(shares, self._layers, strict=True):
                for k in here:
                    use = np.minimum(rest[k], most[k] * quantity[k])
                    rest[k] -= use
                    share[k] = _divided(use, quantity[k])
            self._lend(depth, rest, most, shares)
            for share, (_, weight) in zip(shares, self._layers, strict=True):
                total += float((share[here] * weight[here]).sum())
            for enabler, enables, site in self._rules:
                if self._depth[enabler] == depth:
                    for share, (quantity, _) in zip(shares, self._layers, strict=True):
                        met = np.where(quantity[enabler] > 0, share[enabler], 1.0)
                        most[enables] = np.minimum(
                            most[enables], met if site is None else met[site]
                        )
        return total

    def _lend(self, depth: int, rest: Real, most: Real, shares: list[Real]) -> None:
        for minus, offered, needed in self._lending:
            if self._depth[needed] != depth:
                continue
            for share, (quantity, _) in zip(shares, self._layers, strict=True):
                wanted = np.maximum(0.0, (most[needed] - share[needed]) * quantity[needed])
                lent = np.minimum(rest[offered], wanted / -minus)
                rest[offered] -= lent
                share[needed] += _divided(lent * -minus, quantity[needed])


def _divided(amount: Real, by: Real) -> Real:
    found: Real = np.divide(amount, by, out=np.zeros_like(amount), where=by > 0)
    return found
