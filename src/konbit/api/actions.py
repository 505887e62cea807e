"""Read, check, plan, compare, shock, look ahead. The heavy rooms are fetched when first used."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from konbit.api.comparison_view import ComparisonView
from konbit.api.findings import (
    DossierError,
    FindingsView,
    UnknownScenarioError,
    WrongShockError,
    in_order,
)
from konbit.api.futures_view import FuturesView
from konbit.api.plan_view import PlanView
from konbit.api.replay_view import ReplayView
from konbit.dossier import Fact
from konbit.dossier.cells import EARLIEST
from konbit.dossier.plan import FULL

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from konbit.dossier import Dossier, Plan
    from konbit.dossier.shocks import Shock

    Progress = Callable[[str, float], None]
    Watch = Callable[[float, float], None]
    Enough = Callable[[], bool]
    Limit = Callable[[], Enough]

DELAYS_MONTHS = (0, 3, 6, 9, 12)


def read(path: str | Path, *, language: str = "en") -> Dossier:
    """Read a dossier: a folder of tables, or an Excel workbook.

    Raises:
        DossierError: it cannot be read, or has errors; the message lists all of them.
    """
    from konbit.package import read as read_package

    reading = read_package(Path(path))
    if reading.dossier is None or FindingsView(reading.findings).errors:
        raise DossierError(reading.everything, language)
    return reading.dossier


def check(
    dossier: Dossier, as_of: date | str | None = None, *, language: str = "en"
) -> FindingsView:
    """Everything worth knowing about the rows of a dossier, as known on a day.

    Args:
        dossier: what was read.
        as_of: the day, or the newest day of the dossier when none is given.
        language: in which the findings print themselves.

    Raises:
        ValueError: `as_of` is no day.
    """
    from konbit.dossier.checks import check as check_dossier

    return FindingsView(in_order(check_dossier(dossier, as_of_day(dossier, as_of))), language)


def plan(
    dossier: Dossier,
    as_of: date | str | None = None,
    scenario: str = "",
    *,
    language: str = "en",
    explain: bool = True,
    calls: bool = True,
    progress: Progress | None = None,
    watch: Watch | None = None,
    enough: Enough | None = None,
    late: Enough | None = None,
) -> PlanView:
    """Plan a dossier as it was known on a day, under a scenario.

    Args:
        dossier: what was read.
        as_of: the day; without it the newest day on which a row became known. The clock is never
            asked.
        scenario: code of a scenario; without it the one that the mission's row names.
        language: of figures and findings.
        explain: whether to find what lifting each family of limits gains, by planning again.
        calls: whether to draw up the call list, by planning again with each ask.
        progress: told what is being done and the share done, from 0 to 1.
        watch: in a long search, told the share of the weighted need that the best plan so far
            covers, and the most that any plan could.
        enough: in a long search, asked between steps, and while asks and lifted limits are tried;
            yes makes the best plan so far the answer, and nothing is tried any more.
        late: asked as well of what is being done, first the search, then what is tried after it:
            yes ends that, and what was found by then stands.

    Raises:
        DossierError: the dossier has errors.
        UnknownScenarioError: it has no such scenario.
        ValueError: `as_of` is no day.
    """
    known_scenarios(dossier, (scenario,) if scenario else ())
    on = as_of_day(dossier, as_of)
    from konbit.planner import DossierFaultyError
    from konbit.planner import plan as make_plan

    try:
        made = make_plan(
            dossier,
            on,
            scenario,
            progress=progress,
            explain=explain,
            calls=calls,
            watch=watch,
            enough=enough,
            late=late,
        )
    except DossierFaultyError as error:
        raise DossierError(error.findings, language) from error
    return PlanView(dossier, made, language)


def compare(
    dossier: Dossier,
    as_of: date | str | None = None,
    scenarios: Sequence[str] = (),
    *,
    delays: Sequence[int] = DELAYS_MONTHS,
    language: str = "en",
    progress: Progress | None = None,
    watch: Watch | None = None,
    enough: Enough | None = None,
    limit: Limit | None = None,
) -> ComparisonView:
    """Plans under several scenarios side by side, and what a later transfer costs.

    Args:
        dossier: what was read.
        as_of: the day, as for `plan`.
        scenarios: codes; without any, those meant for the day, or else all.
        delays: months by which each transfer is put off, to see the cost of delay.
        language: of figures.
        progress: told what is being done and the share done, from 0 to 1.
        watch: told of each plan, as for `plan`.
        enough: asked once there is a plan; yes makes the best so far of each plan that was begun
            the answer, and leaves out what was not.
        limit: called when a plan is begun; what it gives is asked as well, of that plan alone.

    Raises:
        DossierError: the dossier has errors.
        UnknownScenarioError: it has no scenario, or not one of these.
        ValueError: `as_of` is no day.
    """
    on = as_of_day(dossier, as_of)
    chosen = tuple(scenarios) or scenarios_for(dossier, on)
    known_scenarios(dossier, chosen or ("",))
    from konbit.planner import DossierFaultyError
    from konbit.planner import compare as compare_plans

    try:
        made = compare_plans(
            dossier,
            on,
            chosen,
            delays=tuple(delays),
            progress=progress,
            watch=watch,
            enough=enough,
            limit=limit,
        )
    except DossierFaultyError as error:
        raise DossierError(error.findings, language) from error
    return ComparisonView(dossier, made, language)


def futures(
    dossier: Dossier,
    as_of: date | str | None = None,
    scenario: str = "",
    *,
    count: int = 200,
    seed: int = 1,
    decide_months: int = 3,
    worst_percent: int = 0,
    workers: int = 1,
    cluster: str = "",
    language: str = "en",
    progress: Progress | None = None,
) -> FuturesView:
    """What to decide now when much is uncertain, and what may come of it.

    Args:
        dossier: what was read, with its table of priors.
        as_of: the day, as for `plan`.
        scenario: code of a scenario; without it the one that the mission's row names.
        count: how many futures are drawn and followed.
        seed: of all draws; the same seed gives the same futures.
        decide_months: how many months are decided now, before anything more is known.
        worst_percent: how much the worst tenth counts in choosing, beside the mean.
        workers: processes of this machine; the result does not depend on it.
        cluster: address of a `dask.distributed` scheduler whose workers do it instead.
        language: of figures and findings.
        progress: told what is being done and the share done, from 0 to 1.

    Raises:
        DossierError: the dossier has errors.
        UnknownScenarioError: it has no such scenario.
        ClusterMissingError: `konbit[cluster]` is not installed.
        ClusterUnreachableError: no scheduler with a worker answers at the address.
        ClusterDiffersError: a worker has other versions than are here.
        ValueError: `as_of` is no day, or there are no futures, months or workers.
    """
    known_scenarios(dossier, (scenario,) if scenario else ())
    on = as_of_day(dossier, as_of)
    from konbit.api.workers import workers as working
    from konbit.planner import DossierFaultyError
    from konbit.planner.futures import futures as look_ahead

    try:
        with working(workers, cluster) as spread:
            made = look_ahead(
                dossier,
                on,
                scenario,
                count=count,
                seed=seed,
                decide_months=decide_months,
                worst_percent=worst_percent,
                spread=spread,
                progress=progress,
            )
    except DossierFaultyError as error:
        raise DossierError(error.findings, language) from error
    return FuturesView(dossier, made, language)


def shock(
    dossier: Dossier,
    *shocks: Shock,
    as_of: date | str | None = None,
    scenario: str = "",
    before: Plan | PlanView | None = None,
    tolerance: float = 0.005,
    keep_months: int | None = None,
    language: str = "en",
    progress: Progress | None = None,
    watch: Watch | None = None,
    enough: Enough | None = None,
    limit: Limit | None = None,
) -> ReplayView:
    """Replay shocks on a plan: what slips, by how long, and what it costs.

    Args:
        dossier: what was read.
        shocks: what goes wrong, together: `Freeze`, `Withdraw`, `Close`, `Delay`, `CutAssessed`.
        as_of: the day, as for `plan`; with `before`, the plan's own.
        scenario: code of a scenario, as for `plan`; with `before`, the plan's own.
        before: a plan of the dossier that was made before; without it one is made.
        tolerance: share of the coverage that may be given up for fewer changes, from 0 to 1.
        keep_months: months, from the first, in which the plan before is kept where it can be;
            without it those before the first shock strikes, and at least one.
        language: of figures and findings.
        progress: told what is being done and the share done, from 0 to 1.
        watch: told of the plan, and of its repair, as for `plan`.
        enough: asked once there is a plan, and a repaired one; yes makes the best so far stand.
        limit: called when the plan before is begun, and when its repair is; what it gives is asked
            as well, of that alone.

    Raises:
        DossierError: the dossier has errors.
        WrongShockError: a shock names what is not there, or would change nothing.
        UnknownScenarioError: it has no such scenario.
        ValueError: `as_of` is no day, `tolerance` no share, or `before` of another dossier.
    """
    if not 0 <= tolerance <= 1:
        raise ValueError("a tolerance is a share from 0 to 1")
    given = before.plan if isinstance(before, PlanView) else before
    if given is not None:
        as_of, scenario = given.as_of_on, given.scenario
    known_scenarios(dossier, (scenario,) if scenario else ())
    from konbit.planner import DossierFaultyError
    from konbit.planner.shock import ShockError, replay

    try:
        made = replay(
            dossier,
            as_of_day(dossier, as_of),
            scenario,
            shocks,
            before=given,
            tolerance=round(tolerance * FULL),
            keep_months=keep_months,
            progress=progress,
            watch=watch,
            enough=enough,
            limit=limit,
        )
    except DossierFaultyError as error:
        raise DossierError(error.findings, language) from error
    except ShockError as error:
        raise WrongShockError(error.findings, language) from error
    return ReplayView(dossier, made, language)


def as_of_day(dossier: Dossier, as_of: date | str | None) -> date:
    """The day as of which a dossier is read: the one given, or its newest.

    A dossier without a single fact has no newest day; any day will do to say what it lacks.

    Raises:
        ValueError: the text is no day.
    """
    if as_of is None:
        has_facts = any(isinstance(row, Fact) for row in dossier.all_rows)
        return dossier.last_known_on if has_facts else EARLIEST
    return date.fromisoformat(as_of) if isinstance(as_of, str) else as_of


def scenario_codes(dossier: Dossier) -> tuple[str, ...]:
    """The codes of all scenarios of a dossier."""
    from konbit.dossier.tables.fund import Scenario

    return tuple(scenario.code for scenario in dossier.rows(Scenario) if scenario.used)


def scenarios_for(dossier: Dossier, on: date) -> tuple[str, ...]:
    """The scenarios meant for a day, or all when none is."""
    from konbit.dossier.tables.fund import Scenario

    meant = [s.code for s in dossier.rows(Scenario) if s.used and s.as_of_on == on]
    return tuple(meant) or scenario_codes(dossier)


def known_scenarios(dossier: Dossier, scenarios: Sequence[str]) -> None:
    """See that a dossier has some scenarios.

    Raises:
        UnknownScenarioError: it lacks one.
    """
    known = scenario_codes(dossier)
    for scenario in scenarios:
        if scenario not in known:
            raise UnknownScenarioError(scenario, known)
