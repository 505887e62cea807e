"""What must hold of every drawn mission, or it would teach nothing about planning."""

from __future__ import annotations

from typing import TYPE_CHECKING

from konbit.planner.problem import prepare
from made_missions.frame import AS_OF

if TYPE_CHECKING:
    from konbit.dossier import Dossier
    from konbit.planner.constraints.money import Treasury
    from konbit.planner.world import Unit, World

_MOST_CASH = 0.95  # share of what the whole need costs, above which money would hold nobody back


def check_sound(dossier: Dossier, whole_dollars: float) -> None:
    """Refuse a degenerate mission.

    Args:
        dossier: the mission.
        whole_dollars: what the whole need would cost the trust fund, in dollars.

    Raises:
        AssertionError: a unit can never come, money buys nothing or everything, a capability is not
            offered, a site needs nothing, or everybody offered may come.
    """
    scenario = dossier.mission.scenario
    world, treasury = prepare(dossier.known_on(AS_OF), AS_OF, scenario)
    units = [unit for unit in world.units if not unit.asked]
    _movable(world, units)
    _payable(treasury, units, whole_dollars)
    offered = {capability for unit in units for capability in unit.gives}
    assert offered >= {need.capability for need in world.needs}, "a capability nobody offers"
    assert {need.site for need in world.needs} == set(range(len(world.sites))), "a site in vain"
    people = sum(unit.count * unit.strength_persons for unit in units)
    highest = max(strength or 0 for cap in world.caps for strength in cap.strength_persons)
    assert people > highest, "everybody offered may come"


def _movable(world: World, units: list[Unit]) -> None:
    """The largest unit fits into the lift of some month and, when all is built, into some camp."""
    largest = max(units, key=lambda unit: unit.strength_persons)
    assert world.passengers is not None
    assert world.cargo is not None
    assert largest.strength_persons <= max(world.passengers), "the lift carries no battalion"
    assert max(unit.offer.cargo_tonnes for unit in units) <= max(world.cargo), "cargo too large"
    built = [
        min(
            world.limit[s] or largest.strength_persons,
            max(world.capacity[s])
            + sum(option.adds_persons for option in world.options if option.site == site),
        )
        for s, site in enumerate(world.sites)
        if largest.allowed[s].any()
    ]
    assert largest.strength_persons <= max(built, default=0), "no camp for the largest unit"


def _payable(treasury: Treasury, units: list[Unit], whole_dollars: float) -> None:
    """Cash pays for some formed unit's year, and not for the whole need."""
    cash = sum(available[-1] for available in treasury.purses.cash.values()) / 100
    smallest = min(u.strength_persons for u in units if u.offer.capability == "formed_police")
    assert cash > smallest * 12 * 3_500, "money for nothing"
    assert cash < whole_dollars * _MOST_CASH, "money for everything"
