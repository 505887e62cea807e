"""Laws of units: presence, minimum stay, numbers offered, carry-over at a transfer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from konbit.planner.variables import NONE

if TYPE_CHECKING:
    from konbit.planner.model import Model
    from konbit.planner.variables import Variables
    from konbit.planner.world import World


def presence(model: Model, world: World, v: Variables) -> None:
    """Nobody is present who was not there the month before or starts: x[t] ≤ x[t−1] + z[t].

    Opening units stand at their home before the first month. Units, by unit, site, month.
    """
    for u, unit in enumerate(world.units):
        for s in range(len(world.sites)):
            for t in range(world.horizon):
                x, z = int(v.present[u][s, t]), int(v.start[u][s, t])
                if x == NONE:
                    continue
                terms = [(x, 1.0)]
                if z != NONE:
                    terms.append((z, -1.0))
                before = int(v.present[u][s, t - 1]) if t else NONE
                if before != NONE:
                    terms.append((before, -1.0))
                there = unit.count if t == 0 and s == unit.home else 0
                model.row(terms, "presence", u, s, t, upper=there)


def minimum_stay(model: Model, world: World, v: Variables) -> None:
    """Who starts stays: Σ_{r=t−m+1..t} z[r] ≤ x[t] (Rajan and Takriti 2005). Units.

    With r = t this says z ≤ x: a start that nobody needs is not counted.
    """
    for u in range(len(world.units)):
        for s in range(len(world.sites)):
            starts = [(t, int(z)) for t, z in enumerate(v.start[u][s]) if z != NONE]
            if not starts:
                continue
            for t in range(world.horizon):
                recent = [z for r, z in starts if t - world.minimum_stay < r <= t]
                if not recent:
                    continue
                terms = [(z, 1.0) for z in recent]
                if v.present[u][s, t] != NONE:
                    terms.append((int(v.present[u][s, t]), -1.0))
                model.row(terms, "minimum_stay", u, s, t, upper=0)


def offered(model: Model, world: World, v: Variables) -> None:
    """No more than were offered: Σ_s x ≤ n; those who left do not come back. Units."""
    for u, unit in enumerate(world.units):
        sites = range(len(world.sites))
        if not unit.is_opening:
            starts = [(int(z), 1.0) for z in v.start[u].ravel() if z != NONE]
            if starts:
                model.row(starts, "offered_starts", u, upper=unit.count)
        for t in range(world.horizon):
            terms = [(int(v.present[u][s, t]), 1.0) for s in sites if v.present[u][s, t] != NONE]
            if not terms:
                continue
            if len(terms) > 1 or unit.is_opening:
                if unit.is_opening and t:
                    terms += [
                        (int(v.present[u][s, t - 1]), -1.0)
                        for s in sites
                        if v.present[u][s, t - 1] != NONE
                    ]
                    model.row(terms, "offered_leaving", u, t, upper=0)
                else:
                    model.row(terms, "offered", u, t, upper=unit.count)


def carry_over(model: Model, world: World, v: Variables) -> None:
    """At a transfer at most a share stays on: Σ h (x[t] − z[t]) ≤ share × Σ h x[t−1]. People.

    Starts count for candidates only; a move inside the mission is no arrival.
    Source: re-hatting practice, facts on INTERFET, ECOMIL, MIF.
    """
    for t in world.transfers:
        model_then = world.models[t]
        if model_then is None or model_then.carry_over_share >= 1:
            continue
        share = float(model_then.carry_over_share)
        terms: list[tuple[int, float]] = []
        for u, unit in enumerate(world.units):
            people = unit.strength_persons
            if not people:
                continue
            for s in range(len(world.sites)):
                if v.present[u][s, t] != NONE:
                    terms.append((int(v.present[u][s, t]), people))
                if not unit.is_opening and v.start[u][s, t] != NONE:
                    terms.append((int(v.start[u][s, t]), -people))
                if v.present[u][s, t - 1] != NONE:
                    terms.append((int(v.present[u][s, t - 1]), -share * people))
        if terms:
            model.row(terms, "carry_over", t, upper=0)
