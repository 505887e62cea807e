"""Laws of rotation: who is relieved, within which tour, and how capabilities wear out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from konbit.planner.constraints.places import by_month, by_place, only
from konbit.planner.model import NONE
from konbit.planner.variables import earlier, later

if TYPE_CHECKING:
    from konbit.planner.constraints.money import Gathering
    from konbit.planner.model import Model
    from konbit.planner.variables import Variables
    from konbit.planner.world import Tour, World


def relief(model: Model, world: World, v: Variables) -> None:
    """Who is relieved stays on and was there: Σ_{r=t−max(v,1)+1..t+g} w[r] + z[t] ≤ x[t]. Units.

    v months of overlap, g of gap; starts of candidates only, for a move is no arrival. Candidates
    with no gap and at most a month of overlap gain nothing from more reliefs than units that stay
    and need no rows; where the search leaves some they are dropped from the finished plan.
    """
    for u, unit in enumerate(world.units):
        if unit.tour is None or not (v.relief[u] != NONE).any():
            continue
        at_once = unit.tour.overlap < 2 and not unit.tour.gap
        if at_once and not unit.is_opening:
            continue
        coming = [
            *(earlier(v.relief[u], back) for back in range(max(unit.tour.overlap, 1))),
            *v.kept(world, u),
        ]
        asked = [by_place(columns, 1.0) for columns in coming]
        place = np.unique(np.concatenate([part[0] for part in asked]))
        started = [] if unit.is_opening else [by_place(v.start[u], 1.0)]
        terms, place = only([*asked, *started, by_place(v.present[u], -1.0)], place)
        site, t = np.divmod(place, world.horizon)
        model.rows(len(place), terms, "relief", u, site, t, upper=0)


def tour(model: Model, world: World, v: Variables) -> None:
    """Every contingent there arrived within its tour: x + O − K ≤ Σ_{r=t−L+1..t} (z + w)[r]. Units.

    Site by site for candidates. Opening units may move, so theirs is one sum over all sites, with
    the contingents there at the start that are not yet due on the right.
    """
    for u, unit in enumerate(world.units):
        if unit.tour is None or u not in v.rotating:
            continue
        manned = _manned(v, world, u, unit.tour)
        months = np.arange(world.horizon)
        if unit.is_opening:
            left = np.array([sum(due > t for due in unit.due) for t in range(world.horizon)])
            parts = [by_month(columns, value) for columns, value in manned]
            terms, t = only(parts, np.flatnonzero(left < unit.count))
            model.rows(len(t), terms, "tour", u, t, upper=left[t].astype(float))
            continue
        starts = [(earlier(v.start[u], back), -1.0) for back in range(unit.tour.months)]
        parts = [by_place(columns, value) for columns, value in (*manned, *starts)]
        first = np.flatnonzero((v.start[u] != NONE).any(axis=0))
        over = months >= (first[0] if len(first) else world.horizon) + unit.tour.months
        terms, place = only(parts, np.flatnonzero((v.present[u] != NONE) & over))
        site, t = np.divmod(place, world.horizon)
        model.rows(len(place), terms, "tour", u, site, t, upper=0)


def _manned(
    v: Variables, world: World, u: int, tour: Tour
) -> list[tuple[np.ndarray[tuple[int, int], np.dtype[np.int64]], float]]:
    """Contingents there less the reliefs that arrived within the tour.

    A relief within its overlap stands on both sides and so on neither.
    """
    months = range(tour.overlap, tour.months)
    return [
        (v.present[u], 1.0),
        *((columns, -1.0) for columns in v.kept(world, u)),
        *((earlier(v.relief[u], back), -1.0) for back in months),
    ]


def wear(model: Model, world: World, v: Variables) -> None:
    """Units at work whose contingent came less than A months ago: young ≤ op, ≤ arrivals. Units.

    As the oldest leave first, the lesser of the two is how many there are.
    """
    for (u, months), young in v.young.items():
        unit = world.units[u]
        parts = [by_place(young, 1.0)]
        parts += [by_place(columns, -sign) for columns, sign in v.working(world, u)]
        terms, place = only(parts, np.flatnonzero(young != NONE))
        site, t = np.divmod(place, world.horizon)
        model.rows(len(place), terms, "wear_work", u, months, site, t, upper=0)
        parts = [by_place(young, 1.0)]
        parts += [by_place(earlier(v.relief[u], back), -1.0) for back in range(months)]
        there = np.zeros(world.horizon)
        if unit.is_opening:
            there += [sum(came > t - months for came in unit.arrived) for t in range(world.horizon)]
        else:
            lag = range(world.operational_lag, months)
            parts += [by_place(earlier(v.start[u], back), -1.0) for back in lag]
        terms, place = only(parts, np.flatnonzero(young != NONE))
        site, t = np.divmod(place, world.horizon)
        model.rows(len(place), terms, "wear", u, months, site, t, upper=there[t])


def of_relief(g: Gathering, v: Variables, u: int) -> None:
    """Of units that rotate: (O − K) × person month, w × way in, w[t−v+g] × way home, and its tail.

    The tail: the way home of outgoing contingents, O; and for candidates, whose own is set aside
    as present, less K.
    """
    tour = g.world.units[u].tour
    if tour is None:
        return
    horizon, w = g.world.horizon, v.relief[u]
    relieved = earlier(w, tour.overlap) if tour.overlap else later(w, tour.gap)
    for flow in g.treasury.costs.of_persons(u):
        home = flow.leaving[:, 1 : horizon + 1]
        g.due(flow, w, flow.coming[:, :horizon])
        g.due(flow, relieved, flow.leaving[:, :horizon])
        for columns in v.outgoing(g.world, u):
            g.due(flow, columns, flow.monthly[:, :horizon])
            g.keep(flow, columns, home)
        for columns in v.kept(g.world, u):
            g.due(flow, columns, -flow.monthly[:, :horizon])
            if not g.world.units[u].is_opening:
                g.keep(flow, columns, -home)
