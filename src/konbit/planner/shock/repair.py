"""The repaired plan: as good as a tolerance asks, and as near the plan before as can be.

In order, each begun from the one before:

1. the months kept: how few changes there must be in them, whatever is covered;
2. afresh: the most that can be covered with no more changes than that in the months kept;
3. repaired: among plans that cover all but a tolerance of it, the one with the fewest changes, and
   among equals the one that covers most.

What is asked of the repaired plan is never more than what the plan before covered.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from konbit.dossier.plan import FULL
from konbit.planner.fitting import is_large
from konbit.planner.problem import assemble
from konbit.planner.settle import payable, settle, stage
from konbit.planner.shock.closest import nearly
from konbit.planner.shock.distance import changes, layout_of
from konbit.planner.shock.everywhere import Everywhere
from konbit.planner.shock.nearby import Nearby
from konbit.planner.whole import round_units

if TYPE_CHECKING:
    from konbit.planner.constraints.money import Treasury
    from konbit.planner.problem import Problem
    from konbit.planner.searched import Watching
    from konbit.planner.settle import Solved
    from konbit.planner.shock.wish import Point, Wish
    from konbit.planner.world import World


class Looking(Protocol):
    """How repairs of one shocked problem are looked for."""

    is_near: bool

    def keep(self) -> int:
        """How few weighted changes there must be in the months kept; then there are no more."""

    def afresh(self) -> tuple[Point, float]:
        """The most that can be covered, and what no plan covers more than."""

    def nearest(self, least: float, start: Point, tolerance: int) -> Point:
        """The fewest changes at a coverage, which a tolerance leads to, from a point with it."""

    def relieved(self, point: Point) -> Point:
        """The same plan with no relief more or sooner than it takes."""


@dataclass(frozen=True, eq=False)
class Repaired:
    """The two plans of a shocked problem.

    Attributes:
        afresh: the best found that keeps the months kept.
        repaired: the one with the fewest changes.
        kept_changes: weighted changes in the months kept, the fewest possible.
        curve: points covered and weighted changes of further plans.
        is_near: whether both were looked for around the plan before only.
    """

    afresh: Solved
    repaired: Solved
    kept_changes: int
    curve: tuple[tuple[int, int], ...]
    is_near: bool


def repair(world: World, treasury: Treasury, wish: Wish, watching: Watching) -> Repaired:
    """Repair a plan.

    Args:
        world: the shocked problem.
        treasury: its money.
        wish: what is asked for.
        watching: who is told how far it has come, and who may end it once there is a repaired plan.
    """
    return payable(treasury, lambda kept_back: _repair(world, kept_back, wish, watching))


def _repair(world: World, treasury: Treasury, wish: Wish, watching: Watching) -> Repaired:
    whole = assemble(world, treasury, wide=False)
    how = Nearby if is_large(whole) else Everywhere
    looking: Looking = how(whole, wish, watching)
    progress = watching.progress
    progress("kept", 0.0)
    kept_changes = looking.keep()
    progress("afresh", 0.1)
    best, bound = looking.afresh()
    asked = min(best.covered, wish.before_points / FULL)
    wanted = sorted({wish.tolerance, *wish.curve}, reverse=True)
    found: dict[int, Point] = {}
    last: Point | None = None
    for done, tolerance in enumerate(wanted):
        progress("repair", 0.4 + 0.6 * done / len(wanted))
        least = asked * (1 - tolerance / FULL)
        if last is None or last.covered < nearly(least):
            last = looking.nearest(least, best, tolerance)
        # Where less is asked of a plan and it covers this much as well, no other is nearer.
        found[tolerance] = last
    most = max(found.values(), key=lambda point: point.covered)
    if nearly(most.covered) > best.covered:  # looked for near the plan before, it covers more
        best = most
    points = {(round(p.covered * FULL), _changes(whole, wish, p)) for p in found.values()}

    def settled(point: Point) -> Solved:
        coverage = stage("coverage", point.covered * FULL, bound * FULL)
        return settle(whole, point.values, (coverage,))

    return Repaired(
        afresh=settled(best),
        repaired=settled(looking.relieved(found[wish.tolerance])),
        kept_changes=kept_changes,
        curve=_undominated(points),
        is_near=looking.is_near,
    )


def _changes(problem: Problem, wish: Wish, point: Point) -> int:
    """Weighted changes of the plan that a point is, once rounded and without idle orders."""
    made = layout_of(problem, round_units(problem, point.values), wish.split)
    return changes(wish.before, made).weighted


def _undominated(points: set[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Points than which none covers more with no more changes, from least coverage to most."""
    return tuple(
        sorted(
            (covers, changes)
            for covers, changes in points
            if not any(
                (c, -n) != (covers, -changes) and c >= covers and n <= changes for c, n in points
            )
        )
    )
