"""A finished plan in a model of what lies near it, where the whole model is too large to ask.

Near are the places where the plan has a unit, in all months; and for units that it does not have in
full, offered or asked for, the places that lack most of what they give. Where that is still too
much, near are the places and months in which the plan has a unit, the place that lacks most for
each typical unit to ask for, and of the others the places that lack most of all.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from konbit.dossier.plan import FULL
from konbit.planner.draft import Draft, Region
from konbit.planner.problem import assemble
from konbit.planner.searched import in_columns_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from konbit.planner.settle import Solved

    Flags = np.ndarray[Any, np.dtype[np.bool_]]
    Lacking = Mapping[str, Mapping[int, int]]

_PLACES = (3, 2, 1)  # where more of a unit might be, the fewer the larger the mission
_MOST = 4_000
"""Places and months of units that a model near a plan should have at most."""

_NARROW = 3_000
"""Places and months of units where not even one place for every unit fits into `_MOST`."""

_TOO_MANY = 8_000
"""Places and months of units above which such a model is not solved for lever after lever."""


def near(solved: Solved) -> Solved | None:
    """The same plan, in a model of its surroundings with columns that levers may open.

    Nothing where even that model is too large to be solved again for every lever.
    """
    problem = solved.problem
    draft = Draft.of(problem.variables, solved.values)
    region = _region(solved, draft)
    if sum(int(free.sum()) for free in region.free) > _TOO_MANY:
        return None
    around = assemble(problem.world, problem.treasury, region=region)
    return replace(solved, problem=around, values=in_columns_of(around, problem, solved.values))


def _region(solved: Solved, draft: Draft) -> Region:
    world = solved.problem.world
    lacking = _lacking(solved)
    free: tuple[Flags, ...] = ()
    for places in _PLACES:
        free = tuple(_free(solved, draft, u, lacking, places) for u in range(len(world.units)))
        if sum(int(f.sum()) for f in free) <= _MOST:
            break
    else:
        free = _narrow(solved, draft, lacking)
    return Region.of_units(draft, free)


def _narrow(solved: Solved, draft: Draft, lacking: Lacking) -> tuple[Flags, ...]:
    """Where and when the plan has units, and places that lack most while there is room."""
    units = solved.problem.world.units
    free = [unit.possible & (there > 0) for unit, there in zip(units, draft.present, strict=True)]
    room = _NARROW - sum(int(cells.sum()) for cells in free)
    for u, s in _further(solved, draft, lacking):
        more = units[u].possible[s] & ~free[u][s]
        if more.sum() > room:
            break
        room -= int(more.sum())
        free[u][s] |= more
    return tuple(free)


def _further(solved: Solved, draft: Draft, lacking: Lacking) -> list[tuple[int, int]]:
    """Units that could come and places where: typical units at their best one, then most lacking.

    A typical unit is what an ask is for, so every such ask is tried somewhere.
    """
    found = []
    for u, unit in enumerate(solved.problem.world.units):
        if unit.is_opening or int(draft.starts[u].sum()) >= unit.count:
            continue
        points: Counter[int] = Counter()
        for capability in unit.gives:
            for s, missing in lacking.get(capability, {}).items():
                if unit.possible[s].any():
                    points[s] = max(points[s], missing)
        best = sorted(points, key=lambda s: (-points[s], s))
        found += [(not (unit.asked and s == best[0]), -points[s], u, s) for s in best]
    return [(u, s) for _, _, u, s in sorted(found)]


def _lacking(solved: Solved) -> Lacking:
    """By capability and site, points lacking, sites that lack most first."""
    world = solved.problem.world
    points: defaultdict[str, Counter[int]] = defaultdict(Counter)
    for (n, _), share in solved.covered.shares.items():
        need = world.needs[n]
        points[need.capability][need.site] += need.weight * (FULL - share)
    return {
        capability: {s: found[s] for s in sorted(found, key=lambda s: (-found[s], s)) if found[s]}
        for capability, found in points.items()
    }


def _free(solved: Solved, draft: Draft, u: int, lacking: Lacking, places: int) -> Flags:
    unit = solved.problem.world.units[u]
    sites: Flags = np.asarray((draft.present[u] > 0).any(axis=1))
    if not unit.is_opening and int(draft.starts[u].sum()) < unit.count:
        may = {int(s) for s, _ in zip(*np.nonzero(unit.possible), strict=True)}
        for capability in unit.gives:
            best = [s for s in lacking.get(capability, ()) if s in may]
            sites[best[:places]] = True
    found: Flags = unit.possible & sites[:, None]
    return found
