"""Laws of units: presence, minimum stay, numbers offered, carry-over at a transfer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from konbit.planner.model import NONE, Terms
from konbit.planner.variables import earlier

if TYPE_CHECKING:
    from konbit.planner.model import Model
    from konbit.planner.variables import Variables
    from konbit.planner.world import World


def presence(model: Model, world: World, v: Variables) -> None:
    """Nobody is present who was not there the month before or starts: x[t] ≤ x[t−1] + z[t].

    Opening units stand at their home before the first month. Units, by unit, site, month.
    """
    for u, unit in enumerate(world.units):
        x, z = v.present[u], v.start[u]
        place = np.nonzero(x != NONE)
        columns = np.stack([x[place], z[place], earlier(x, 1)[place]], axis=1)
        there = np.zeros(len(columns))
        if unit.home is not None:
            there[(place[0] == unit.home) & (place[1] == 0)] = unit.count
        terms = Terms.beside(columns, (1.0, -1.0, -1.0))
        model.rows(len(columns), terms, "presence", u, *place, upper=there)


def minimum_stay(model: Model, world: World, v: Variables) -> None:
    """Who starts stays: Σ_{r=t−m+1..t} z[r] ≤ x[t] (Rajan and Takriti 2005). Units.

    With r = t this says z ≤ x: a start that nobody needs is not counted.
    """
    for u in range(len(world.units)):
        x, z = v.present[u], v.start[u]
        recent = [earlier(z, back) for back in range(min(world.minimum_stay, world.horizon))]
        place = np.nonzero(np.any([columns != NONE for columns in recent], axis=0))
        columns = np.stack([*(columns[place] for columns in recent), x[place]], axis=1)
        terms = Terms.beside(columns, (*(1.0 for _ in recent), -1.0))
        model.rows(len(columns), terms, "minimum_stay", u, *place, upper=0)


def offered(model: Model, world: World, v: Variables) -> None:
    """No more than were offered: Σ_s x ≤ n; those who left do not come back. Units."""
    for u, unit in enumerate(world.units):
        x = v.present[u].T
        if not unit.is_opening:
            starts = v.start[u].reshape(1, -1)
            if (starts != NONE).any():
                model.rows(1, Terms.beside(starts, 1.0), "offered_starts", u, upper=unit.count)
        alone = (x != NONE).sum(axis=1) < (1 if unit.is_opening else 2)
        months = np.flatnonzero(~alone)
        if unit.is_opening:
            later = months[months > 0]
            columns = np.concatenate([x[later], x[later - 1]], axis=1)
            signs = np.repeat([1.0, -1.0], x.shape[1])
            terms = Terms.beside(columns, signs)
            model.rows(len(later), terms, "offered_leaving", u, later, upper=0)
            months = months[months == 0]
        terms = Terms.beside(x[months], 1.0)
        model.rows(len(months), terms, "offered", u, months, upper=unit.count)


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
        columns, values = [], []
        for u, unit in enumerate(world.units):
            people = float(unit.strength_persons)
            if not people:
                continue
            signs = (people, 0.0 if unit.is_opening else -people, -share * people)
            for part, sign in zip(
                (v.present[u][:, t], v.start[u][:, t], v.present[u][:, t - 1]), signs, strict=True
            ):
                if sign:
                    columns.append(part)
                    values.append(np.full(len(part), sign))
        if columns:
            row = np.concatenate(columns)[None, :]
            terms = Terms.beside(row, np.concatenate(values)[None, :])
            model.rows(1, terms, "carry_over", t, upper=0)
