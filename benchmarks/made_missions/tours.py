"""Tours, relief and wear, for missions that are asked to rotate: added to what is drawn already.

Formed units and what enables them rotate; staff come as individuals and do not. Vehicles and
aircraft wear out from contingent to contingent. Every number comes from a stream of its own, so
the rest of a mission is the same with tours and without.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from konbit.dossier import Dossier
from konbit.dossier.tables.pledge import Offer, UnitEvent
from konbit.dossier.tables.requirement import Serviceability
from konbit.planner.problem import prepare
from made_missions.frame import AS_OF, FACT, MINIMUM_STAY, Frame

if TYPE_CHECKING:
    from random import Random

_TOURS = (6, 9, 12, 12, 12)  # months
_STAYS = 0.15  # share of offers whose contingents are never relieved
_LARGE = 120  # people from which no camp is asked to hold two contingents at once
_WEAR = {
    "armoured_mobility": (((6, "0.9"), (10, "0.75")), ((8, "0.85"),)),
    "medevac_air": (((6, "0.85"),), ((4, "0.95"), (9, "0.8"))),
}


def with_tours(frame: Frame, dossier: Dossier) -> Dossier:
    """The mission with tours, overlaps or gaps, and wear.

    Raises:
        AssertionError: no tour would ever be over, or an overlap would find no room.
    """
    rng = frame.stream("tours")
    there = {event.offer for event in dossier.rows(UnitEvent) if event.stage == "arrived"}
    longest = max(MINIMUM_STAY, frame.horizon // 3)
    tours = tuple(months for months in _TOURS if months <= longest)
    offers = tuple(
        _touring(rng, offer, tours, is_there=offer.code in there) for offer in dossier.rows(Offer)
    )
    worn = tuple(
        Serviceability(capability=capability, since_arrival_months=since, share=Decimal(share),
                       **FACT)
        for capability, steps in sorted(_WEAR.items())
        for since, share in rng.choice(steps)
    )  # fmt: skip
    found = Dossier({**dossier.tables, Offer: offers, Serviceability: worn})
    _check_sound(found)
    return found


def _touring(rng: Random, offer: Offer, tours: tuple[int, ...], *, is_there: bool) -> Offer:
    months, stays, how = rng.choice(tours), rng.random() < _STAYS, rng.random()
    if offer.kind != "unit" or (stays and not is_there):
        return offer
    small = offer.strength_persons <= _LARGE
    overlap = 1 if how < 0.4 and small else None
    gap = 1 if how > 0.85 else None
    return replace(offer, tour_months=months, overlap_months=overlap, gap_months=gap)


def _check_sound(dossier: Dossier) -> None:
    """Refuse a mission in which rotation would teach nothing."""
    world, _ = prepare(dossier.known_on(AS_OF), AS_OF, dossier.mission.scenario)
    units = [unit for unit in world.units if unit.tour is not None and not unit.asked]
    over = [u for u in units if u.tour is not None and u.earliest + u.tour.months < world.horizon]
    assert 2 * len(over) > len(units) > 0, "hardly a tour is ever over"
    assert all(u.tour is not None and u.tour.months >= MINIMUM_STAY for u in units), "too short"
    there = [u for u in world.units if u.is_opening and u.offer.kind == "unit"]
    assert all(u.tour is not None for u in there), "somebody there is never relieved"
    most = max(u.strength_persons for u in units)
    assert most <= max(world.passengers or (most,)), "the lift carries no relief"
    doubled = max((2 * u.strength_persons for u in units if u.tour and u.tour.overlap), default=0)
    room = max(
        max(world.capacity[s]) + sum(o.adds_persons for o in world.options if o.site == site)
        for s, site in enumerate(world.sites)
    )
    assert doubled <= room, "no camp for an overlap"
