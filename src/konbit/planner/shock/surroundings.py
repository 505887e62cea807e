"""Where a large mission's repair is looked for: where the plan before has its units."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import numpy as np

from konbit.planner.draft import Draft, Region
from konbit.planner.shock.distance import whole_unit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from konbit.planner.shock.wish import Wish
    from konbit.planner.world import World

    Flags = np.ndarray[Any, np.dtype[np.bool_]]


def of_plan(world: World, wish: Wish) -> Region:
    """Where the plan before has units, and where they are on the first day; any may be missing.

    Args:
        world: the shocked problem.
        wish: what the repair is asked for.
    """
    return _region(world, _own(world, wish))


def of_both(world: World, wish: Wish, other: Draft) -> Region:
    """The same, and where another plan has units."""
    own = _own(world, wish)
    return _region(world, (f | (x > 0) for f, x in zip(own, other.present, strict=True)))


def _own(world: World, wish: Wish) -> Iterable[Flags]:
    """By unit, site × month."""
    at = {site: s for s, site in enumerate(world.sites)}
    places: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for code, site, t in wish.before.present:
        if site in at:
            places[code].append((at[site], t))
    for unit in world.units:
        found = np.zeros((len(world.sites), world.horizon), dtype=bool)
        if not unit.asked:
            for s, t in places.get(whole_unit(unit.code, wish.split), ()):
                found[s, t] = True
            if unit.home is not None:
                found[unit.home] = True
        yield found & unit.possible


def _region(world: World, free: Iterable[Flags]) -> Region:
    return Region.of_units(Draft.nobody(world), tuple(free))
