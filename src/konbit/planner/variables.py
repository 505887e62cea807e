"""The columns of the model: presence, starts, sites held, orders, coverage, substitutes."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from konbit.planner.model import Model
    from konbit.planner.world import Unit, World

    Columns = np.ndarray[tuple[int, int], np.dtype[np.int64]]

NONE = -1
MOVES_EVERY = 3  # months between the months in which units inside the mission may move


@dataclass(frozen=True, eq=False)
class Variables:
    """Column indices; `NONE` where a variable does not exist.

    Attributes:
        present: by unit, a site × month array of presence columns.
        start: by unit, the same for starts (arrivals, or moves of opening units).
        held: by site, columns of months in which it is held; empty where that costs nothing.
        ordered: by building option, column by month of order.
        met: by need and month, the effective share met.
        stand: by offered capability, needed capability, site, month: substitutes used.
    """

    present: tuple[Columns, ...]
    start: tuple[Columns, ...]
    held: tuple[tuple[int, ...], ...]
    ordered: tuple[Mapping[int, int], ...]
    met: Mapping[tuple[int, int], int]
    stand: Mapping[tuple[str, str, int, int], int]

    def operational(self, world: World, u: int, s: int, t: int) -> list[tuple[int, float]]:
        """Units at work: present less those that arrived within the operational lag."""
        column = int(self.present[u][s, t])
        if column == NONE:
            return []
        terms = [(column, 1.0)]
        if not world.units[u].is_opening:
            first = max(0, t - world.operational_lag + 1)
            recent = (int(self.start[u][s, r]) for r in range(first, t + 1))
            terms.extend((z, -1.0) for z in recent if z != NONE)
        return terms


def add_variables(model: Model, world: World, held_sites: frozenset[int]) -> Variables:
    """Add all columns but those of money.

    What is possible but not allowed, not ready or not offered has a column too, closed at 0: a
    lever opens it to see what it would change.

    Args:
        model: where they are added.
        world: the problem.
        held_sites: sites that cost something to hold or have a critical mass.
    """
    present = []
    start = []
    for u, unit in enumerate(world.units):
        x, z = _unit_columns(model, world, u, unit)
        present.append(x)
        start.append(z)
    horizon = range(world.horizon)
    held = tuple(
        tuple(model.column(0, 1, "held", s, t, whole=True) for t in horizon)
        if s in held_sites
        else ()
        for s in range(len(world.sites))
    )
    ordered = tuple(
        {t: model.column(0, 1, "ordered", q, t, whole=True) for t in months}
        for q, months in enumerate(world.option_months)
    )
    met = {
        (n, t): model.column(0, 1, "met", n, t)
        for n, need in enumerate(world.needs)
        for t in need.months
    }
    return Variables(tuple(present), tuple(start), held, ordered, met, _stands(model, world))


def _unit_columns(model: Model, world: World, u: int, unit: Unit) -> tuple[Columns, Columns]:
    shape = (len(world.sites), world.horizon)
    x = np.full(shape, NONE, dtype=np.int64)
    z = np.full(shape, NONE, dtype=np.int64)
    for s in range(shape[0]):
        for t in range(shape[1]):
            if not unit.possible[s, t]:
                continue
            is_open = unit.allowed[s, t] and t >= unit.earliest and not unit.asked
            most = unit.count if is_open else 0
            x[s, t] = model.column(0, most, "present", u, s, t, whole=True)
            if s != unit.home and (not unit.is_opening or t % MOVES_EVERY == 0):
                z[s, t] = model.column(0, most, "start", u, s, t, whole=True)
    return x, z


def _stands(model: Model, world: World) -> dict[tuple[str, str, int, int], int]:
    needed_at = {(need.capability, need.site, t) for need in world.needs for t in need.months}
    given = {capability for unit in world.units for capability in unit.gives}
    found = {}
    for needed, offered in sorted(world.substitutes):
        if offered not in given:
            continue
        for capability, s, t in sorted(needed_at):
            if capability == needed:
                found[offered, needed, s, t] = model.column(0, inf, "stand", offered, needed, s, t)
    return found
