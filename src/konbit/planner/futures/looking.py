"""Uncertain futures: decide what to start now, and say what may come of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from konbit.dossier.checks import check
from konbit.dossier.futures import Candidate, Futures
from konbit.dossier.plan import FULL
from konbit.dossier.scenario import under
from konbit.dossier.tables.fund import Scenario
from konbit.dossier.tables.uncertainty import Prior
from konbit.planner.fitting import too_large
from konbit.planner.futures import judging
from konbit.planner.futures.case import case_of
from konbit.planner.futures.deciding import (
    CASH,
    EXPECTED,
    candidates,
    deterministic,
    first_of,
    ranked,
)
from konbit.planner.futures.spreading import in_turn
from konbit.planner.futures.trying import tried
from konbit.planner.planning import DossierFaultyError, silent
from konbit.terms import Severity
from konbit.terms.finding import finding

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date

    from konbit.dossier import Dossier, Plan
    from konbit.planner.futures import deciding
    from konbit.planner.futures.case import Case
    from konbit.planner.futures.first_stage import FirstStage
    from konbit.planner.futures.spreading import Spread
    from konbit.planner.futures.trying import Tried
    from konbit.planner.world import World

    Progress = Callable[[str, float], None]

T = TypeVar("T")

DECIDE_MONTHS = 3
SET_APART = 40


def futures(
    dossier: Dossier,
    as_of_on: date,
    scenario: str = "",
    *,
    count: int,
    seed: int,
    decide_months: int = DECIDE_MONTHS,
    worst_percent: int = 0,
    set_apart: int = SET_APART,
    spread: Spread = in_turn,
    progress: Progress | None = None,
) -> Futures:
    """Decide what to start now with many futures in view, and measure it on others.

    Args:
        dossier: the whole dossier, with its table of priors.
        as_of_on: only what was known on this day counts.
        scenario: code of a scenario; empty for the mission's own.
        count: how many futures are shown, at least one.
        seed: of all draws; a future depends on it and on its own number only.
        decide_months: how many months are decided now, before anything more is known.
        worst_percent: how much the worst tenth counts in choosing, beside the mean.
        set_apart: on how many futures, not among those shown, candidates are compared.
        spread: how work is spread over workers; the result does not depend on it.
        progress: called with the name of a step and the share done.

    Raises:
        DossierFaultyError: the dossier has errors, is too large to be followed so often, or nothing
            is required of it.
        ValueError: no future, or no month to decide or none after.
    """
    if min(count, set_apart) < 1 or not 1 <= decide_months < dossier.mission.horizon_months:
        raise ValueError("at least one future, one month to decide and one after it")
    tell = progress or silent
    chosen = scenario or dossier.mission.scenario
    tell("checks", 0.0)
    faults = (*check(dossier, as_of_on), *under(dossier, chosen)[1])
    if any(found.severity is Severity.ERROR for found in faults):
        raise DossierFaultyError(faults)
    case = case_of(dossier, as_of_on, chosen, seed, decide_months, set_apart)
    if not case.problem().world.needs:
        nothing = finding("nothing-required", Severity.ERROR, "requirements", on=as_of_on)
        raise DossierFaultyError((nothing,))
    faults = too_large(case.problem(), "too-large-for-futures")
    if faults:
        raise DossierFaultyError(faults)
    tell("coverage", 0.02)
    cash_plan, expected_plan = spread(deterministic, case, (CASH, EXPECTED))
    cash, expected = first_of(case, CASH, cash_plan), first_of(case, EXPECTED, expected_plan)
    tell("candidates", 0.08)
    tries = candidates(case, cash, expected, spread)
    tell("choosing", 0.15)
    order = ranked(case, tries, worst_percent, spread)
    firsts = _distinct((order[0].first, cash, expected))
    tell("futures", 0.3)
    results = tuple(
        _counted(spread(tried, replace(case, firsts=firsts), range(count)), count, tell)
    )
    return _told(
        dossier, case, results, firsts, (cash_plan, expected_plan), (cash, expected), order,
        worst_percent,
    )  # fmt: skip


def _counted(results: Iterable[T], count: int, tell: Progress) -> Iterator[T]:
    for done, result in enumerate(results):
        tell("futures", 0.3 + 0.7 * done / count)
        yield result


def _distinct(firsts: Sequence[FirstStage]) -> tuple[FirstStage, ...]:
    kept: list[FirstStage] = []
    for first in firsts:
        if not any(first.same_as(other) for other in kept):
            kept.append(first)
    return tuple(kept)


def _place(first: FirstStage, among: Sequence[FirstStage]) -> int:
    return next(i for i, other in enumerate(among) if first.same_as(other))


def _told(
    dossier: Dossier,
    case: Case,
    results: tuple[Tried, ...],
    firsts: tuple[FirstStage, ...],
    plans: tuple[Plan, Plan],
    deterministic_firsts: tuple[FirstStage, FirstStage],
    order: tuple[deciding.Candidate, ...],
    worst_percent: int,
) -> Futures:
    world, _ = case.world()
    months, currency = world.months, world.dossier.mission.currency
    cash_plan, expected_plan = plans
    cash, expected = (_place(first, firsts) for first in deterministic_firsts)
    rows = judging.future_rows(results, cash, expected)
    titles = world.dossier.by_code(Scenario)
    priors = world.dossier.rows(Prior)
    return Futures(
        mission=cash_plan.mission,
        title=cash_plan.title,
        currency=currency,
        dossier_digest=dossier.digest,
        as_of_on=case.as_of_on,
        scenario=case.scenario,
        scenario_title=titles[case.scenario].title if case.scenario in titles else "",
        first_month=months[0],
        until_month=months[-1] + 1,
        decide_months=case.months,
        seed=case.seed,
        worst_percent=worst_percent,
        needed_points=cash_plan.needed_points,
        priors=len(priors),
        assumed_priors=sum(row.is_assumed for row in priors),
        verified=all(plan.is_verified for plan in plans)
        and not any(one.checked is False for one in results),
        checked=sum(one.checked is not None for one in results),
        measures=judging.measures(
            rows, cash_plan.needed_points, cash_plan.covered_points, expected_plan.covered_points
        ),
        decisions=judging.decision_rows(firsts[0], months),
        candidates=tuple(
            Candidate(
                rank=rank,
                name=one.first.name,
                mean_points=one.mean_points,
                worst_points=one.worst_points,
                whole=one.whole,
            )
            for rank, one in enumerate(order, 1)
        ),
        futures=rows,
        events=judging.event_rows(results, months, currency),
        bands=judging.band_rows(results, months, _needed(world), currency),
        units=judging.unit_rows(results, months),
    )


def _needed(world: World) -> list[int]:
    """What is needed in each month, in points."""
    needed = [0] * world.horizon
    for need in world.needs:
        for t in need.months:
            needed[t] += need.weight * FULL
    return needed
