"""The columns of the model: presence, starts, sites held, orders, coverage, substitutes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from konbit.planner.model import NONE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from konbit.planner.draft import Region
    from konbit.planner.model import Model
    from konbit.planner.world import Unit, World

    Columns = np.ndarray[Any, np.dtype[np.int64]]
    Flags = np.ndarray[Any, np.dtype[np.bool_]]
    Bounds = tuple[
        float | np.ndarray[Any, np.dtype[np.float64]], float | np.ndarray[Any, np.dtype[np.float64]]
    ]

MOVES_EVERY = 3  # months between the months in which units inside the mission may move


@dataclass(frozen=True, eq=False)
class Variables:
    """Column indices; `NONE` where a variable does not exist.

    Attributes:
        present: by unit, a site × month array of presence columns.
        start: by unit, the same for starts (arrivals, or moves of opening units).
        held: site × month, whether it is held; none where holding it costs and asks nothing.
        ordered: building option × month of order.
        met: need × month, the effective share met.
        stand: by offered and needed capability, site × month: substitutes used.
        relief: by unit, a site × month array of relief contingents arriving.
        rotating: units to whose contingents the law of rotation applies.
        young: by unit and months since arrival, site × month: units at work whose contingent
            arrived less than so long ago.
    """

    present: tuple[Columns, ...]
    start: tuple[Columns, ...]
    held: Columns
    ordered: Columns
    met: Columns
    stand: Mapping[tuple[str, str], Columns]
    relief: tuple[Columns, ...]
    rotating: frozenset[int]
    young: Mapping[tuple[int, int], Columns]

    def outgoing(self, world: World, u: int) -> Iterator[Columns]:
        """Contingents that are still there beside their relief: columns that add up."""
        tour = world.units[u].tour
        if tour is not None and u in self.rotating:
            for back in range(tour.overlap):
                yield earlier(self.relief[u], back)

    def kept(self, world: World, u: int) -> Iterator[Columns]:
        """Places kept for a relief to come: columns that add up."""
        tour = world.units[u].tour
        if tour is not None and u in self.rotating:
            for ahead in range(1, tour.gap + 1):
                yield later(self.relief[u], ahead)

    def working(self, world: World, u: int) -> Iterator[tuple[Columns, float]]:
        """Units at work, as site × month arrays of columns, each with its sign.

        Present less places kept and those that arrived within the operational lag.
        """
        exists = self.present[u] != NONE
        yield self.present[u], 1.0
        for columns in self.kept(world, u):
            yield np.where(exists, columns, NONE), -1.0
        if not world.units[u].is_opening:
            for back in range(world.operational_lag):
                yield np.where(exists, earlier(self.start[u], back), NONE), -1.0

    def giving(self, world: World, u: int, capability: str) -> Iterator[tuple[Columns, float]]:
        """Units at work as in `working`, each counted for the share that it still gives.

        All give the share of the last step, those that came more recently what the steps took off.
        """
        steps = world.wear.get(capability, ())
        least = float(steps[-1].share) if steps else 1.0
        for columns, sign in self.working(world, u):
            yield columns, sign * least
        for step in steps:
            yield self.young[u, step.since_arrival], float(step.lost)


def earlier(columns: Columns, months: int) -> Columns:
    """The columns of some months before, in the place of each month; none before the first."""
    if not months:
        return columns
    found = np.full_like(columns, NONE)
    found[:, months:] = columns[:, :-months]
    return found


def later(columns: Columns, months: int) -> Columns:
    """The columns of some months later, in the place of each month; none after the last."""
    if not months:
        return columns
    found = np.full_like(columns, NONE)
    found[:, :-months] = columns[:, months:]
    return found


def add_variables(
    model: Model,
    world: World,
    held_sites: frozenset[int],
    *,
    wide: bool,
    region: Region | None = None,
) -> Variables:
    """Add all columns but those of money.

    Args:
        model: where they are added.
        world: the problem.
        held_sites: sites that cost something to hold or have a critical mass.
        wide: whether what is possible but not allowed, not ready or not offered has a column too,
            closed at 0, which a lever may open to see what it would change.
        region: where a plan may be changed; elsewhere there are columns only for what the plan
            has, held at its values.
    """
    places = [
        _unit_columns(model, world, u, unit, wide=wide, region=region)
        for u, unit in enumerate(world.units)
    ]
    shape = (len(world.sites), world.horizon)
    held = np.isin(np.arange(shape[0]), list(held_sites))[:, None] & np.ones(shape, dtype=bool)
    ordered = np.zeros((len(world.options), world.horizon), dtype=bool)
    for q, months in enumerate(world.option_months):
        ordered[q, list(months)] = True
    held_bounds: Bounds = (0.0, 1.0)
    ordered_bounds: Bounds = (0.0, 1.0)
    if region is not None:
        draft = region.draft
        held, held_bounds = region.within(held, 1.0, draft.held, region.free_sites)
        free = region.free_options
        ordered, ordered_bounds = region.within(ordered, 1.0, draft.ordered, free)
    met = np.zeros((len(world.needs), world.horizon), dtype=bool)
    for n, need in enumerate(world.needs):
        met[n, list(need.months)] = True
    rotating = frozenset(u for u in range(len(world.units)) if rotates(world, u, wide=wide))
    present = tuple(x for x, _ in places)
    return Variables(
        present,
        tuple(z for _, z in places),
        columns_where(model, held, held_bounds, "held", whole=True),
        columns_where(model, ordered, ordered_bounds, "ordered", whole=True),
        columns_where(model, met, (0.0, 1.0), "met"),
        _stands(model, world),
        tuple(_reliefs(model, world, u, x, u in rotating) for u, x in enumerate(present)),
        rotating,
        _young(model, world, present),
    )


def rotates(world: World, u: int, *, wide: bool) -> bool:
    """Whether a tour of the unit can be over in the plan, or relief can bring back what is worn.

    In a wide model candidates may come from the first month on.
    """
    unit = world.units[u]
    if unit.tour is None:
        return False
    if unit.is_opening:
        ends = min(unit.due, default=world.horizon)
    else:
        ends = (0 if wide else unit.earliest) + unit.tour.months
    return ends < world.horizon or world.wears_out(unit)


def _reliefs(model: Model, world: World, u: int, x: Columns, is_rotating: bool) -> Columns:
    """Reliefs where and when the unit may be; closed at 0 where only a lever would let it be."""
    unit, months = world.units[u], np.arange(world.horizon)
    if unit.tour is None or not is_rotating:
        return np.full_like(x, NONE)
    exists = (x != NONE) & (months >= unit.tour.first_relief)
    is_open = unit.allowed & rotates(world, u, wide=False)
    if not unit.is_opening:
        is_open &= (months > unit.earliest)[None, :]
    most = np.where(is_open, float(unit.count), 0.0)
    return columns_where(model, exists, (0.0, most), "relief", u, whole=True)


def _young(
    model: Model, world: World, present: tuple[Columns, ...]
) -> dict[tuple[int, int], Columns]:
    found = {}
    for u, unit in enumerate(world.units):
        steps = {step.since_arrival for c in unit.gives for step in world.wear.get(c, ())}
        for months in sorted(steps):
            exists = present[u] != NONE
            most = float(unit.count)
            found[u, months] = columns_where(model, exists, (0.0, most), "young", u, months)
    return found


def columns_where(
    model: Model,
    exists: Flags,
    bounds: Bounds,
    first: str,
    *keys: str | int,
    whole: bool = False,
) -> Columns:
    """A column for every true cell of an array, named by its place in it; `NONE` elsewhere."""
    found = np.full(exists.shape, NONE, dtype=np.int64)
    places = np.nonzero(exists)
    lower, upper = (np.broadcast_to(bound, exists.shape)[places] for bound in bounds)
    found[places] = model.columns(len(lower), lower, upper, first, *keys, *places, whole=whole)
    return found


def _unit_columns(
    model: Model, world: World, u: int, unit: Unit, *, wide: bool, region: Region | None
) -> tuple[Columns, Columns]:
    exists, starts = may_be(world, u)
    most = np.full(exists.shape, float(unit.count))
    if wide:
        exists, starts = unit.possible, _possible_starts(unit, world.horizon)
        is_open = unit.allowed & (np.arange(world.horizon) >= unit.earliest)[None, :]
        most = np.where(is_open & (not unit.asked), most, 0.0)
    bounds: Bounds = (0.0, most)
    come: Bounds = (0.0, most)
    if region is not None:
        draft, free = region.draft, region.free[u]
        exists, bounds = region.within(exists, most, draft.present[u], free)
        starts, come = region.within(starts, most, draft.starts[u], free)
    x = columns_where(model, exists, bounds, "present", u, whole=True)
    return x, columns_where(model, starts, come, "start", u, whole=True)


def _possible_starts(unit: Unit, horizon: int) -> Flags:
    found = unit.possible.copy()
    if unit.home is not None:
        found[unit.home] = False
        found[:, np.arange(horizon) % MOVES_EVERY != 0] = False
    return found


def may_be(world: World, u: int) -> tuple[Flags, Flags]:
    """Site × month: where units of an entity may be present, and where they may start.

    A candidate starts only where its minimum stay may follow, as far as the horizon reaches.
    """
    unit = world.units[u]
    months = np.arange(world.horizon)
    present = unit.allowed & (months >= unit.earliest)[None, :] & (not unit.asked)
    starts = present.copy()
    if unit.home is not None:
        starts[unit.home] = False
        starts[:, months % MOVES_EVERY != 0] = False
        return present, starts
    starts &= _stays(present, world.minimum_stay)
    return present & np.logical_or.accumulate(starts, axis=1), starts


def _stays(
    is_open: np.ndarray[Any, np.dtype[np.bool_]], minimum_stay: int
) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Where a start may be followed by the minimum stay, as far as the horizon reaches."""
    found = is_open.copy()
    for ahead in range(1, min(minimum_stay, is_open.shape[1])):
        found[:, :-ahead] &= is_open[:, ahead:]
    return found


def _stands(model: Model, world: World) -> dict[tuple[str, str], Columns]:
    given = {capability for unit in world.units for capability in unit.gives}
    found = {}
    for needed, offered in sorted(world.substitutes):
        if offered in given:
            most = lendable(world, offered, needed)
            found[offered, needed] = columns_where(
                model, most > 0, (0.0, most), "stand", offered, needed
            )
    return found


def quantity_needed(world: World, capability: str) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Site × month: how much of a capability all requirements there ask for."""
    found = np.zeros((len(world.sites), world.horizon))
    for need in world.needs:
        if need.capability == capability:
            found[need.site, list(need.months)] += need.quantity
    return found


def needed_where(world: World, capability: str) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Site × month: whether some requirement there asks for a capability."""
    found: np.ndarray[Any, np.dtype[np.bool_]] = quantity_needed(world, capability) > 0
    return found


def lendable(world: World, offered: str, needed: str) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Site × month: how much of an offered capability could stand in for a needed one."""
    return quantity_needed(world, needed) / float(world.substitutes[needed, offered])
