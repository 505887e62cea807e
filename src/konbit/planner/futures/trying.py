"""What workers do: one future, all first stages of a case. Results are plain values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from konbit.dossier.plan import FULL
from konbit.planner.futures import layout
from konbit.planner.futures.recourse import Recourse
from konbit.planner.futures.settling import settled

if TYPE_CHECKING:
    from collections.abc import Mapping

    from konbit.planner.futures.case import Case
    from konbit.planner.futures.happening import Happening
    from konbit.planner.futures.recourse import Followed

CHECK_EVERY = 10  # every so many futures is settled to the cent and checked


@dataclass(frozen=True, slots=True)
class Screened:
    """Bounds on coverage in one future, in points.

    Attributes:
        number: of the future.
        bound_points: after each first stage of the case.
    """

    number: int
    bound_points: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Reached:
    """Coverage reached after a first stage in one future, and its bound, in points."""

    points: int
    bound_points: int
    undone_persons: int


@dataclass(frozen=True, slots=True)
class Tried:
    """One future and what each first stage leads to in it.

    Attributes:
        number: of the future.
        happenings: what happens in it.
        free_points: the most had everything been known from the start.
        reached: after each first stage that is followed in whole units.
        unearmarked: after the first of them, when money loses its earmarks afterwards.
        persons: people present by month, after the first of them.
        coverage: coverage by month in points, likewise.
        cash_minor: cash not yet paid out at the end of each month, likewise.
        units: units present by offer and month, likewise.
        checked: whether the continuation, as a plan to the cent, keeps every rule when recomputed
            by separate arithmetic; None where that was not tried.
    """

    number: int
    happenings: tuple[Happening, ...]
    free_points: int
    reached: tuple[Reached, ...]
    unearmarked: Reached
    persons: tuple[int, ...]
    coverage: tuple[int, ...]
    cash_minor: tuple[int, ...]
    units: Mapping[str, tuple[int, ...]]
    checked: bool | None


def screened(case: Case, number: int) -> Screened:
    """Quick bounds of a future set apart for choosing."""
    recourse = Recourse(case.problem(case.set_apart(number)))
    bounds = tuple(recourse.bound_points(first) for first in case.firsts)
    return Screened(number, bounds)


def compared(case: Case, number: int) -> tuple[Reached, ...]:
    """Whole-unit coverage of such a future after each first stage."""
    recourse = Recourse(case.problem(case.set_apart(number)))
    return tuple(_reached(recourse.follow(first)) for first in case.firsts)


def tried(case: Case, number: int) -> Tried:
    """A future that is shown, after each first stage of the case."""
    happenings = case.happenings(number)
    recourse = Recourse(case.problem(happenings))
    followed = [recourse.follow(first) for first in case.firsts]
    best, problem = followed[0], recourse.problem
    without = recourse.without_earmarks(case.firsts[0], best)
    return Tried(
        number,
        happenings,
        _free(case, recourse),
        tuple(_reached(one) for one in followed),
        _reached(without),
        layout.people_by_month(problem, best.values),
        layout.coverage_by_month(problem, best.values, FULL),
        layout.cash_left(problem, best.values, best.cash),
        layout.units_by_month(problem, best.values),
        _checked(case, happenings, best) if number % CHECK_EVERY == 0 else None,
    )


def _checked(case: Case, happenings: tuple[Happening, ...], followed: Followed) -> bool | None:
    plan = settled(case, case.firsts[0], happenings, followed.values)
    return None if plan is None else plan.is_verified


def _reached(followed: Followed) -> Reached:
    return Reached(followed.points, followed.bound_points, followed.undone_persons)


def _free(case: Case, recourse: Recourse) -> int:
    _, treasury = case.world()
    return recourse.free_bound_points(treasury.purses.cash, case.months)
