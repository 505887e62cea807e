"""What each family of limits holds back: the plan solved again with the family lifted."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from konbit.dossier.plan import FULL, Relaxation
from konbit.planner.family import FAMILY_OF_ASK
from konbit.planner.levers import FAMILIES, families
from konbit.planner.resolve import Gain

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from konbit.dossier.plan import Ask
    from konbit.planner.explain import Reasons
    from konbit.planner.levers import Lever
    from konbit.planner.resolve import Base

_CONFIRMED = 3


def relaxations(
    base: Base, reasons: Iterable[Reasons], asks: Sequence[Ask] = ()
) -> tuple[Relaxation, ...]:
    """The bottlenecks in order of gain.

    In a small problem each family is lifted and the mission planned afresh. In a larger one the
    three that gain most in the continuous model are confirmed in whole units, and the others are
    estimates from it. A family never gains less than a confirmed ask that lifts a part of it.
    None where there was enough before all were lifted.
    """
    held = Counter(family for why in reasons for family in why.families)
    lifted = families(base.solved.problem)
    levers = [FAMILIES[family](base.solved.problem) for family in lifted]
    gains = _gains(base, levers)
    if gains is None:
        return ()
    rows = [
        Relaxation(
            family=family.value,
            gain_points=gain.least_points,
            upper_points=gain.most_points,
            held_back_months=held[family.value],
            confirmed=sure,
        )
        for family, (gain, sure) in zip(lifted, gains, strict=True)
    ]
    return _ranked([_with_asks(row, asks) for row in rows], base.needed)


def _gains(base: Base, levers: Sequence[Lever]) -> list[tuple[Gain, bool]] | None:
    """What each lever gains and whether that is confirmed; nothing where not all were tried."""
    quick = base.quick(levers)
    if quick is None:
        return None
    order = sorted(range(len(levers)), key=lambda i: (-quick[i], i))
    chosen = range(len(levers)) if base.is_small else sorted(order[:_CONFIRMED])
    found = [(Gain(max(0, gain), base.most_points(gain)), False) for gain in quick]
    sure = base.full([levers[i] for i in chosen], [quick[i] for i in chosen])
    for i, gain in zip(chosen, sure, strict=True):
        if gain is not None:
            found[i] = (gain, True)
    return found


def _with_asks(row: Relaxation, asks: Sequence[Ask]) -> Relaxation:
    best = max(
        (a.gain_points for a in asks if a.confirmed and FAMILY_OF_ASK[a.kind] == row.family),
        default=0,
    )
    if best <= row.gain_points:
        return row
    return replace(row, gain_points=best, upper_points=max(best, row.upper_points), confirmed=True)


def _ranked(rows: Sequence[Relaxation], needed: int) -> tuple[Relaxation, ...]:
    order = sorted(rows, key=lambda r: (-r.gain_points, -r.held_back_months, r.family))
    return tuple(
        replace(row, rank=rank, gain_share=row.gain_points * FULL // max(1, needed))
        for rank, row in enumerate(order, start=1)
    )
