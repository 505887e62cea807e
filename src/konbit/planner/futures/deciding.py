"""Choosing what to decide now: candidates, and the one that leads to most on futures set apart.

Candidates are compared on futures of their own; what is shown afterwards is measured on
others, so that the choice does not flatter its own result.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from konbit.planner.futures import statistics
from konbit.planner.futures.extensive import shared_decisions
from konbit.planner.futures.first_stage import first_stage, first_stage_of
from konbit.planner.futures.layout import early_columns
from konbit.planner.futures.trying import compared, screened
from konbit.planner.goals import COVERAGE_NODES, SMALL
from konbit.planner.payments import NotPayableError
from konbit.planner.planning import plan
from konbit.planner.searched import COVERAGE_GAP
from konbit.planner.solve import Solver, SolverError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from konbit.dossier import Plan
    from konbit.planner.futures.case import Case
    from konbit.planner.futures.first_stage import FirstStage
    from konbit.planner.futures.layout import Key
    from konbit.planner.futures.spreading import Spread
    from konbit.planner.problem import Problem, Vector

REPRESENTATIVES = 10
FINALISTS = 3
CASH, EXPECTED, TWO_STAGE = "cash", "expected", "two-stage"
_TWENTIETHS = (("low", 1), ("middle", 10), ("high", 19))  # the first amid the worst tenth

Standing = tuple[tuple[int, ...], tuple[int, ...]]
"""Numbers of futures that stand for all, and how many each stands for."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """How a first stage did on the futures set apart.

    Attributes:
        first: the first stage.
        mean_points: mean coverage.
        worst_points: mean of the worst tenth.
        whole: whether measured in whole units; else by bounds, which are higher.
    """

    first: FirstStage
    mean_points: int
    worst_points: int
    whole: bool


def deterministic(case: Case, name: str) -> Plan:
    """The plan on the cash at hand, or on what is expected on average; checked like any plan."""
    happenings = case.held_back(case.expected()) if name == EXPECTED else ()
    return plan(case.dossier(happenings), case.as_of_on, case.scenario, explain=False, calls=False)


def first_of(case: Case, name: str, made: Plan) -> FirstStage:
    """The first months of a finished plan."""
    world, treasury = case.world()
    persons = {unit.code: unit.strength_persons for unit in world.units}
    return first_stage_of(name, made, persons, tuple(treasury.purses.cash), case.months)


def candidates(
    case: Case, cash: FirstStage, expected: FirstStage, spread: Spread
) -> tuple[FirstStage, ...]:
    """Different first stages worth trying, each payable from the cash at hand.

    Args:
        case: the case.
        cash: the first stage of the plan on the cash at hand.
        expected: that of the plan on what is expected.
        spread: how work is spread.
    """
    looked = list(spread(screened, replace(case, firsts=(cash,)), range(case.apart)))
    order = [one.number for one in sorted(looked, key=lambda s: (s.bound_points[0], s.number))]
    tasks: list[tuple[str, Standing]] = [(TWO_STAGE, _standing(order))]
    tasks += [(name, ((order[len(order) * part // 20],), (1,))) for name, part in _TWENTIETHS]
    found = [cash, expected]
    for first in spread(candidate, case, tasks):
        if first is not None and not any(first.same_as(other) for other in found):
            found.append(first)
    return tuple(found)


def _standing(order: Sequence[int]) -> Standing:
    """Futures in order of what they allow, cut into groups; the middle one stands for each."""
    groups = [
        list(part) for part in np.array_split(np.array(order), min(REPRESENTATIVES, len(order)))
    ]
    middles = tuple(int(group[len(group) // 2]) for group in groups)
    return middles, tuple(len(group) for group in groups)


def candidate(case: Case, task: tuple[str, Standing]) -> FirstStage | None:
    """A first stage; None when no exact payment of it is found."""
    name, (numbers, weights) = task
    drawn = [case.set_apart(number) for number in numbers]
    if name == TWO_STAGE:
        at_hand = case.problem()
        problems = [case.problem(happenings) for happenings in drawn]
        counts = shared_decisions(at_hand, problems, weights, case.months)
        return _paid(name, at_hand, counts, case.months)
    return _paid(name, case.problem(case.held_back(drawn[0])), {}, case.months)


def _paid(name: str, problem: Problem, counts: dict[Key, int], months: int) -> FirstStage | None:
    """The first stage of the best plan for a problem, with some of it held."""
    held = {
        column: (float(counts[key]), float(counts[key]))
        for key, column in early_columns(problem, months).items()
        if key in counts
    }
    try:
        return first_stage(name, problem, _best(problem, held), months)
    except (NotPayableError, SolverError):
        return None


def _best(problem: Problem, held: dict[int, tuple[float, float]]) -> Vector:
    solver = Solver(problem.model)
    solver.bound(held, {})
    gap = 0.0 if problem.model.whole.sum() <= SMALL else COVERAGE_GAP
    return solver.best(problem.coverage, gap=gap, nodes=COVERAGE_NODES).values


def ranked(
    case: Case,
    firsts: Sequence[FirstStage],
    worst_percent: int,
    spread: Spread,
) -> tuple[Candidate, ...]:
    """Candidates, best first: finalists in whole units, then the others by their bounds.

    Args:
        case: the case.
        firsts: candidates.
        worst_percent: how much the mean of the worst tenth counts beside the mean.
        spread: how work is spread.
    """

    def score(one: Candidate) -> int:
        return (100 - worst_percent) * one.mean_points + worst_percent * one.worst_points

    numbers = range(case.apart)
    bounds = list(spread(screened, replace(case, firsts=tuple(firsts)), numbers))
    loose = [
        _candidate(first, [one.bound_points[i] for one in bounds], whole=False)
        for i, first in enumerate(firsts)
    ]
    loose.sort(key=score, reverse=True)
    finalists = tuple(one.first for one in loose[:FINALISTS])
    reached = list(spread(compared, replace(case, firsts=finalists), numbers))
    tight = [
        _candidate(first, [one[i].points for one in reached], whole=True)
        for i, first in enumerate(finalists)
    ]
    tight.sort(key=score, reverse=True)
    return (*tight, *loose[FINALISTS:])


def _candidate(first: FirstStage, points: Sequence[int], *, whole: bool) -> Candidate:
    return Candidate(first, statistics.mean(points), statistics.worst_tenth(points), whole)
