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
    """The bottlenecks in order of gain, in the continuous model with and without each family.

    Against each other the two continuous models leave out what whole units cost on both sides; the
    upper points compare the lifted one with the plan itself.
    """
    held = Counter(family for why in reasons for family in why.families)
    levers = [lift(base.solved.problem) for lift in FAMILIES.values()]
    gains = dict(zip(FAMILIES, base.quick(levers), strict=True))
    ranked = sorted(FAMILIES, key=lambda f: (-gains[f], -held[f.value], f.value))
    return tuple(
        Relaxation(
            rank=rank,
            family=family.value,
            gain_points=gains[family],
            gain_share=gains[family] * FULL // max(1, base.needed),
            upper_points=base.relaxed_points + gains[family] - base.points,
            held_back_months=held[family.value],
        )
        for rank, family in enumerate(ranked, start=1)
    )
