"""Stays that agree with what is kept of a plan until a month, and differ from then on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from konbit.planner.model import NONE
from konbit.planner.search.stays import Stay, columns_of, least_until

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from konbit.planner.problem import Problem


def going_on(problem: Problem, stays: Iterable[Stay], own: Iterable[Stay], month: int) -> set[Stay]:
    """What becomes of stays somebody thought of when the months before one are kept.

    Those that begin later are as they were. Of the others a unit of the plan that is where they
    are goes on as they do, or one that is still to come begins so much later.

    Args:
        problem: whose columns the stays are in.
        stays: those thought of.
        own: those of the plan.
        month: the first that is not kept.
    """
    of_unit: dict[int, list[Stay]] = {}
    for stay in own:
        of_unit.setdefault(stay.unit, []).append(stay)
    found = {other for stay in stays for other in _others(stay, of_unit.get(stay.unit, ()), month)}
    return {stay for stay in found if _is_possible(problem, stay)}


def _others(stay: Stay, own: Iterable[Stay], month: int) -> Iterator[Stay]:
    if stay.legs[0].first >= month:
        yield stay
        return
    rest = [leg for leg in stay.legs if leg.until > month]
    if not rest:
        return
    leg, *further = rest
    if leg.first < month and len(stay.legs) == len(rest):
        yield Stay(stay.unit, (leg._replace(first=month), *further))
    for mine in own:
        *before, last = (at for at in mine.legs if at.first < month or at is mine.legs[0])
        if last.first < month <= last.until and last.site == leg.site:
            yield Stay(stay.unit, (*before, last._replace(until=leg.until), *further))


def _is_possible(problem: Problem, stay: Stay) -> bool:
    """Whether a stay has its columns, and is nowhere shorter than it may be."""
    world = problem.world
    unit = world.units[stay.unit]
    for number, leg in enumerate(stay.legs):
        if leg.until < least_until(world, stay, number):
            return False
    return bool((columns_of(problem.variables, unit, stay) != NONE).all())
