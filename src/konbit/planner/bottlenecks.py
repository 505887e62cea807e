"""What each family of limits holds back: the plan solved again with the family lifted."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from konbit.dossier.plan import FULL, Relaxation
from konbit.planner.problem import prepare
from konbit.planner.relax import Family
from konbit.planner.resolve import Base, Gain, in_parallel
from konbit.planner.typical import with_every_offer

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from konbit.dossier import Dossier
    from konbit.planner.explain import Reasons


def relaxations(
    base: Base,
    known: Dossier,
    as_of_on: date,
    scenario: str,
    reasons: Iterable[Reasons],
) -> tuple[Relaxation, ...]:
    """The bottlenecks in order of gain, each by a full re-solve from the plan."""
    held = Counter(family for why in reasons for family in why.families)

    def lifted(family: Family) -> Gain:
        world, treasury = prepare(known, as_of_on, scenario, frozenset({family}))
        if family is Family.OFFER:
            world = with_every_offer(world)
        return base.full(world, treasury)

    gains = dict(zip(Family, in_parallel(lifted, Family), strict=True))
    ranked = sorted(Family, key=lambda f: (-gains[f].least_points, -held[f.value], f.value))
    return tuple(
        Relaxation(
            rank=rank,
            family=family.value,
            gain_points=gains[family].least_points,
            gain_share=gains[family].least_points * FULL // max(1, base.needed),
            upper_points=gains[family].most_points,
            held_back_months=held[family.value],
        )
        for rank, family in enumerate(ranked, start=1)
    )
