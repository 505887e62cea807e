"""What the units at work are worth: weighted shares met, enablers first, surplus standing in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from peers.arrays import Mission

    Array = np.ndarray[Any, np.dtype[Any]]


class Worth:
    """Quantities and weights needed, by capability, site and month.

    Where several requirements ask for the same at once they are taken together, which a desk
    officer would do too; plans are scored by other code, exactly.
    """

    def __init__(self, mission: Mission, capabilities: Sequence[str]) -> None:
        world = mission.world
        shape = (len(capabilities), len(world.sites), world.horizon)
        self.quantity = np.zeros(shape)
        self.weight = np.zeros(shape)
        place = {capability: k for k, capability in enumerate(capabilities)}
        for need in world.needs:
            months = list(need.months)
            self.quantity[place[need.capability], need.site, months] += need.quantity
            self.weight[place[need.capability], need.site, months] += need.weight
        self.needed = self.quantity > 0
        self._safe = np.where(self.needed, self.quantity, 1.0)
        self.rules = [
            (place[rule.enabler], place[rule.enables], rule.site)
            for rule in world.enabler_rules
            if rule.enabler in place and rule.enables in place
        ]
        self._stands = [
            (place[needed], place[offered], float(share))
            for (needed, offered), share in world.substitutes.items()
            if needed in place and offered in place
        ]

    def shares(self, supply: Array) -> Array:
        """Share of each need that is met; 1 where nothing is needed."""
        given = supply.copy()
        for needed, offered, share in self._stands:
            spare = np.maximum(0.0, supply[offered] - self.quantity[offered])
            lacking = np.maximum(0.0, self.quantity[needed] - given[needed])
            lent = np.minimum(spare, lacking / share)
            given[needed] += lent * share
            given[offered] -= lent
        met = np.where(self.needed, np.minimum(1.0, given / self._safe), 1.0)
        own = met.copy()
        for enabler, enabled, site in self.rules:
            # A rule with a site looks there; elsewhere each site has its own enabler.
            bound = own[enabler] if site is None else own[enabler, site][None, :]
            met[enabled] = np.minimum(met[enabled], bound)
        return np.asarray(met)

    def value(self, supply: Array) -> float:
        """Weighted requirement-months met."""
        return float((self.shares(supply) * self.weight).sum())
