"""What a repair is asked for, and a plan on the way to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from konbit.planner.problem import Vector
    from konbit.planner.shock.distance import Layout


@dataclass(frozen=True, slots=True)
class Wish:
    """What a repair is asked for.

    Attributes:
        before: the layout of the plan before.
        before_points: what that plan covers, in ten-thousandths.
        before_bound_points: what no plan could cover without the shocks.
        split: offers that a shock parted in two, the new code to the old.
        keep: months, from the first, in which the plan before is kept where it can be.
        tolerance: share of the coverage that may be given up, in parts of ten thousand.
        curve: further tolerances at which to see how many changes are needed.
    """

    before: Layout
    before_points: int
    before_bound_points: int
    split: Mapping[str, str]
    keep: int
    tolerance: int
    curve: Sequence[int]


@dataclass(frozen=True, eq=False)
class Point:
    """A plan in the columns of the whole shocked problem, and the coverage it reaches.

    Coverage is in weighted requirement-months.
    """

    values: Vector
    covered: float
