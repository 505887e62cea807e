"""What each family of limits holds back: the plan solved again with the family lifted."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from konbit.dossier.plan import FULL, Relaxation
from konbit.planner.levers import FAMILIES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from konbit.planner.explain import Reasons
    from konbit.planner.resolve import Base


def relaxations(base: Base, reasons: Iterable[Reasons]) -> tuple[Relaxation, ...]:
    """The bottlenecks in order of gain."""
    held = Counter(family for why in reasons for family in why.families)
    levers = [lift(base.solved.problem) for lift in FAMILIES.values()]
    found = base.full(levers, base.quick(levers))
    gains = dict(zip(FAMILIES, found, strict=True))
    ranked = sorted(FAMILIES, key=lambda f: (-gains[f].least_points, -held[f.value], f.value))
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
