"""Scenarios side by side, and what each month of delay of a transfer costs."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from konbit.dossier.plan import FULL, Comparison, DelayPoint
from konbit.dossier.scenario import shift_steps, steps, under
from konbit.planner.goals import never, solve
from konbit.planner.planning import ALL_AT_ONCE, Ends, plan, silent
from konbit.planner.problem import assemble, prepare
from konbit.planner.searched import COVERAGE_GAP
from konbit.planner.solve import Solver, SolverError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from konbit.dossier import Dossier, Plan
    from konbit.planner.searched import Enough, Limit, Watch

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
    watch: Watch | None = None,
    enough: Enough | None = None,
    limit: Limit | None = None,
) -> Comparison:
    """Plans under several scenarios, and coverage when the transfers of each come later.

    Args:
        dossier: the whole dossier.
        as_of_on: only what was known on this day counts.
        scenarios: codes of scenarios.
        delays: months of delay to try for scenarios that have a transfer after the as-of day.
        progress: called with a scenario's code and the share done.
        watch: told of each plan, once it is there and while it is bettered, the shares of the need
            covered and at most coverable.
        enough: asked once there is a plan; yes makes the best so far of each plan that was begun
            the answer, and leaves out what was not.
        limit: called when a plan is begun; what it gives is asked as well, of that plan alone.

    Raises:
        DossierFaultyError: the dossier, or an edit of a scenario, has errors.
    """
    tell = progress or silent
    late = [code for code in scenarios if delays and has_transfer(dossier, as_of_on, code)]
    ending = _Ending(enough or never, limit or (lambda: never), watch or _unheard)
    with ThreadPoolExecutor(_WORKERS) as pool:
        planned = [pool.submit(_planned, dossier, as_of_on, code, ending) for code in scenarios]
        shifted = {
            code: [
                pool.submit(_delayed, dossier, as_of_on, code, months, ending) for months in delays
            ]
            for code in late
        }
        plans = []
        for done, (code, made) in enumerate(zip(scenarios, planned, strict=True)):
            tell(code, done / (2 * len(scenarios)))
            plans.append(made.result())
        costs = []
        for done, code in enumerate(late):
            tell(code, 0.5 + done / (2 * len(late)))
            costs.append((code, [point.result() for point in shifted[code]]))
    there = tuple(plan for plan in plans if plan is not None)
    looked = tuple((code, tuple(p for p in points if p is not None)) for code, points in costs)
    is_short = len(there) < len(plans) or any(None in points for _, points in costs)
    return Comparison(there, looked, is_short or any(plan.is_ended for plan in there))


@dataclass(frozen=True, slots=True)
class _Ending:
    """Who may end what is not done yet, and who is told of the plans that are there."""

    enough: Enough
    limit: Limit
    watch: Watch


def _unheard(_reached: float, _most: float) -> None:
    """Tell nobody."""


def _planned(dossier: Dossier, as_of_on: date, scenario: str, ending: _Ending) -> Plan | None:
    """The plan of a scenario; nothing where it was not begun before somebody had enough."""
    if ending.enough():
        return None
    made = plan(
        dossier, as_of_on, scenario, explain=False, calls=False,
        watch=ending.watch, enough=ending.enough, late=ending.limit(),
    )  # fmt: skip
    needed = max(1, made.needed_points)
    most = made.most_points
    ending.watch(made.covered_points / needed, min(1.0, most / needed))
    return made


def has_transfer(dossier: Dossier, as_of_on: date, scenario: str) -> bool:
    """Whether a scenario switches its funding model after the day."""
    return any(step.from_on > as_of_on for step in steps(dossier, scenario)[1:])


def _delayed(
    dossier: Dossier, as_of_on: date, scenario: str, months: int, ending: _Ending
) -> DelayPoint | None:
    """What the plan covers when every transfer after the first step comes later.

    Nothing where it was not known before somebody had enough.
    """
    if ending.enough():
        return None
    edited, _ = under(shift_steps(dossier, scenario, months), scenario)
    world, treasury = prepare(edited.known_on(as_of_on), as_of_on, scenario)
    problem = assemble(world, treasury)
    if problem.model.whole.sum() > ALL_AT_ONCE:
        ends = Ends(ending.enough, ending.limit())
        coverage = solve(world, treasury, silent, enough=ends).stages[0]
        if ending.enough():
            return None
        return DelayPoint(months, coverage.value, coverage.bound)
    try:
        solver = Solver(problem.model, ending.enough)
        answer = solver.best(problem.coverage, gap=COVERAGE_GAP, nodes=_NODES)
    except SolverError:
        if not ending.enough():
            raise
        return None
    if ending.enough():
        return None  # what was cut short would be told as a loss by the delay
    return DelayPoint(months, round(answer.goal * FULL), round(answer.bound * FULL))
