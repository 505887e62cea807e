"""Typical units of a capability: what one would ask for when nobody offers enough."""

from __future__ import annotations

from dataclasses import replace
from math import ceil
from typing import TYPE_CHECKING

import numpy as np

from konbit.dossier.tables.pledge import Offer
from konbit.dossier.tables.requirement import Capability
from konbit.planner.readiness import lead_months
from konbit.planner.world import Unit

if TYPE_CHECKING:
    from konbit.planner.world import World

PREFIX = "ask/"


def typical_unit(world: World, capability: str, count: int) -> Unit:
    """A unit that gives a capability: like the middle one of those offered, or made to measure.

    It can come as fast as an offer made on the as-of day, and serve wherever it is needed.
    """
    like = _middle(world, capability)
    offer = _made(world, capability) if like is None else _like(like, capability)
    gives = {capability: offer.quantity} if like is None else dict(like.gives)
    wanted = {n.site for n in world.needs if n.capability in gives}
    allowed = np.zeros((len(world.sites), world.horizon), dtype=bool)
    for s in wanted:
        allowed[s] = [bool(c) or not offer.strength_persons for c in world.capacity[s]]
    earliest = max(0, lead_months(world.dossier, "offered", rapid=False) - 1)
    return Unit(
        code=offer.code,
        offer=offer,
        home=None,
        count=count,
        strength_persons=offer.strength_persons,
        gives=gives,
        needs_equipment={} if like is None else like.needs_equipment,
        earliest=earliest,
        allowed=allowed,
        possible=allowed,
        cleared=allowed,
        asked=True,
    )


def _middle(world: World, capability: str) -> Unit | None:
    same = [u for u in world.units if u.offer.capability == capability and u.gives[capability]]
    same.sort(key=lambda u: (u.gives[capability], u.code))
    return same[len(same) // 2] if same else None


def _like(unit: Unit, capability: str) -> Offer:
    strength = 0 if unit.offer.kind == "service" else unit.offer.strength_persons
    return replace(
        unit.offer,
        code=PREFIX + capability,
        contributor="",
        unit_count=1,
        strength_persons=strength,
        available_from_on=None,
        available_until_on=None,
    )


def _made(world: World, capability: str) -> Offer:
    """A unit of a hundred people, or for other measures a service of the largest need."""
    largest = max((n.quantity for n in world.needs if n.capability == capability), default=1)
    people = any(c.is_in_persons for c in world.dossier.rows(Capability) if c.code == capability)
    return Offer(
        code=PREFIX + capability,
        title=capability,
        contributor="",
        kind="unit" if people else "service",
        strength_persons=100 if people else 0,
        capability=capability,
        quantity=100 if people else largest,
        source="-",
        source_on=world.as_of_on,
        confidence="assumption",
    )


def missing_units(world: World, capability: str) -> int:
    """Typical units that would meet every need of a capability at once."""
    unit = typical_unit(world, capability, 1)
    needed = [
        sum(n.quantity for n in world.needs if n.capability == capability and t in n.months)
        for t in range(world.horizon)
    ]
    return ceil(max(needed, default=0) / max(1, unit.gives[capability]))


def with_typical_units(world: World) -> World:
    """The world with typical units of every capability needed, for which one could ask."""
    asked = []
    for capability in sorted({n.capability for n in world.needs}):
        count = missing_units(world, capability)
        if count:
            asked.append(typical_unit(world, capability, count))
    return replace(world, units=(*world.units, *asked))
