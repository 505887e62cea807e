"""Scenarios side by side, and what each month of delay of a transfer costs."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from konbit.dossier.plan import FULL, Comparison, DelayPoint
from konbit.dossier.scenario import shift_steps, steps, under
from konbit.planner.goals import solve
from konbit.planner.planning import ALL_AT_ONCE, plan, silent
from konbit.planner.problem import assemble, prepare
from konbit.planner.searched import COVERAGE_GAP
from konbit.planner.solve import Solver

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from konbit.dossier import Dossier

    Progress = Callable[[str, float], None]

_NODES = 1
_WORKERS = 2


def compare(
    dossier: Dossier,
    as_of_on: date,
    scenarios: Sequence[str],
    *,
    delays: Sequence[int] = (),
    progress: Progress | None = None,
) -> Comparison:
    """Plans under several scenarios, and coverage when the transfers of each come later.

    Args:
        dossier: the whole dossier.
        as_of_on: only what was known on this day counts.
        scenarios: codes of scenarios.
        delays: months of delay to try for scenarios that have a transfer after the as-of day.
        progress: called with a scenario's code and the share done.

    Raises:
        DossierFaultyError: the dossier, or an edit of a scenario, has errors.
    """
    tell = progress or silent
    late = [code for code in scenarios if delays and has_transfer(dossier, as_of_on, code)]
    with ThreadPoolExecutor(_WORKERS) as pool:
        planned = [
            pool.submit(plan, dossier, as_of_on, code, explain=False, calls=False)
            for code in scenarios
        ]
        shifted = {
            code: [pool.submit(_delayed, dossier, as_of_on, code, months) for months in delays]
            for code in late
        }
        plans = []
        for done, (code, made) in enumerate(zip(scenarios, planned, strict=True)):
            tell(code, done / (2 * len(scenarios)))
            plans.append(made.result())
        costs = []
        for done, code in enumerate(late):
            tell(code, 0.5 + done / (2 * len(late)))
            costs.append((code, tuple(point.result() for point in shifted[code])))
    return Comparison(tuple(plans), tuple(costs))


def has_transfer(dossier: Dossier, as_of_on: date, scenario: str) -> bool:
    """Whether a scenario switches its funding model after the day."""
    return any(step.from_on > as_of_on for step in steps(dossier, scenario)[1:])


def _delayed(dossier: Dossier, as_of_on: date, scenario: str, months: int) -> DelayPoint:
    """What the plan covers when every transfer after the first step comes later."""
    edited, _ = under(shift_steps(dossier, scenario, months), scenario)
    world, treasury = prepare(edited.known_on(as_of_on), as_of_on, scenario)
    problem = assemble(world, treasury)
    if problem.model.whole.sum() > ALL_AT_ONCE:
        coverage = solve(world, treasury, silent).stages[0]
        return DelayPoint(months, coverage.value, coverage.bound)
    answer = Solver(problem.model).best(problem.coverage, gap=COVERAGE_GAP, nodes=_NODES)
    return DelayPoint(months, round(answer.goal * FULL), round(answer.bound * FULL))
