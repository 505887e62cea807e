"""Where a large mission's repair is looked for: the places and months around the plan before.

A shock moves units in time, sends some home and lets others come in their place. So each unit may
be where the plan before has it, at a few more sites that need it most, and some months around the
plan's own; the larger the mission, the fewer of both.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import numpy as np

from konbit.planner.draft import Draft, Region
from konbit.planner.shock.distance import whole_unit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from konbit.planner.shock.distance import Layout
    from konbit.planner.world import Unit, World

    Flags = np.ndarray[Any, np.dtype[np.bool_]]
    Stays = Mapping[str, Mapping[int, tuple[int, int]]]

_REACH = ((2, None), (1, None), (1, 12), (0, 12), (0, 6), (0, 2))
"""More sites for each unit, and months around those planned (none: all), widest first."""

_MOST = 3_000
"""Places and months of units that a repair should have at most."""


def around(world: World, before: Layout, split: Mapping[str, str]) -> Region:
    """The region of a repair: nothing is held in it, and nothing is outside.

    Args:
        world: the shocked problem.
        before: the layout of the plan before.
        split: offers that a shock parted in two, the new code to the old.
    """
    stays = _stays(world, before)
    sites = _sites_by_need(world)
    free: tuple[Flags, ...] = ()
    for more, months in _REACH:
        free = tuple(
            _free(world, unit, stays.get(whole_unit(unit.code, split), {}), sites, more, months)
            for unit in world.units
        )
        if sum(int(cells.sum()) for cells in free) <= _MOST:
            break
    return Region.of_units(Draft.nobody(world), free)


def _stays(world: World, before: Layout) -> Stays:
    """By unit and site, the first month of the plan before and the first after its last."""
    at = {site: s for s, site in enumerate(world.sites)}
    found: defaultdict[str, dict[int, tuple[int, int]]] = defaultdict(dict)
    for unit, site, t in before.present:
        if site in at:
            first, until = found[unit].get(at[site], (t, t + 1))
            found[unit][at[site]] = (min(first, t), max(until, t + 1))
    return found


def _sites_by_need(world: World) -> Mapping[str, list[int]]:
    """By capability, sites in order of what their needs of it weigh, the weightiest first."""
    weights: defaultdict[str, defaultdict[int, int]] = defaultdict(lambda: defaultdict(int))
    for need in world.needs:
        weights[need.capability][need.site] += need.weight * len(need.months)
    return {
        capability: sorted(found, key=lambda s: (-found[s], s))
        for capability, found in weights.items()
    }


def _free(
    world: World,
    unit: Unit,
    stays: Mapping[int, tuple[int, int]],
    sites: Mapping[str, list[int]],
    more: int,
    months: int | None,
) -> Flags:
    """Site × month: where a unit may be in the repair."""
    found = np.zeros((len(world.sites), world.horizon), dtype=bool)
    if unit.asked:
        return found
    reach = world.horizon if months is None else months
    for s, (first, until) in stays.items():
        found[s, max(0, first - reach) : until + reach] = True
    if unit.home is not None:
        found[unit.home] = True
    for capability in unit.gives:
        usable = [s for s in sites.get(capability, ()) if unit.possible[s].any()]
        found[usable[:more]] = True
    return found & unit.possible
