"""From a dossier, a day and a scenario to a plan, checked and explained."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil
from typing import TYPE_CHECKING

from konbit.dossier.checks import check
from konbit.dossier.money_stages import amounts_by_stage
from konbit.dossier.plan import Plan
from konbit.dossier.scenario import under
from konbit.dossier.tables.fund import Scenario
from konbit.dossier.unit_stages import record_headcounts
from konbit.planner import tables
from konbit.planner.asks import call_list
from konbit.planner.bottlenecks import relaxations
from konbit.planner.contingents import contingent_rows
from konbit.planner.explain import reasons
from konbit.planner.goals import never, solve
from konbit.planner.near import near
from konbit.planner.problem import prepare
from konbit.planner.reliance import reliance
from konbit.planner.resolve import Base
from konbit.planner.settle import points
from konbit.planner.solve import SolverError
from konbit.planner.verify import verify
from konbit.terms import Severity
from konbit.terms.finding import finding

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from konbit.dossier import Dossier
    from konbit.planner.searched import Enough, Watch
    from konbit.planner.settle import Solved
    from konbit.terms import Finding

    Progress = Callable[[str, float], None]


ALL_AT_ONCE = 8_000
"""Whole columns, those for levers included, up to which levers are tried on the whole model."""

OPEN_GAP = 200
"""Gap of coverage, in parts of 10,000, from which on a plan says that it is open."""


class DossierFaultyError(ValueError):
    """The dossier has findings that are errors; planning it would mean nothing.

    Attributes:
        findings: all findings of the dossier.
    """

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        errors = sum(f.severity is Severity.ERROR for f in findings)
        super().__init__(f"the dossier has {errors} errors")
        self.findings = findings


@dataclass
class Ends:
    """Whether a search is to end, and whether it was told so because its time was over."""

    enough: Enough
    late: Enough
    was_late: bool = False

    def __call__(self) -> bool:
        """Ask both; that time was over is remembered."""
        self.was_late = self.was_late or self.late()
        return self.was_late or self.enough()


def silent(_step: str, _share: float) -> None:
    """Report progress to nobody."""


def faultless(
    dossier: Dossier, as_of_on: date, scenario: str
) -> tuple[Dossier, tuple[Finding, ...]]:
    """A dossier with the edits of a scenario, and what is to be told of both.

    Args:
        dossier: the whole dossier.
        as_of_on: the day of the checks.
        scenario: code of a scenario; empty for none.

    Raises:
        DossierFaultyError: there is an error in it, or in the edits.
    """
    findings = tuple(check(dossier, as_of_on))
    if any(f.severity is Severity.ERROR for f in findings):
        raise DossierFaultyError(findings)
    edited, edits = under(dossier, scenario)
    told = (*findings, *edits)
    if any(f.severity is Severity.ERROR for f in edits):
        raise DossierFaultyError(told)
    return edited, told


def plan(
    dossier: Dossier,
    as_of_on: date,
    scenario: str = "",
    *,
    progress: Progress | None = None,
    explain: bool = True,
    calls: bool = True,
    watch: Watch | None = None,
    enough: Enough | None = None,
    late: Enough | None = None,
) -> Plan:
    """Plan a dossier as known on a day.

    Args:
        dossier: the whole dossier.
        as_of_on: only what was known on this day counts.
        scenario: code of a scenario; empty for the mission's own.
        progress: called with the name of a step and the share done.
        explain: whether to re-solve with each family of limits lifted.
        calls: whether to try asks for the call list.
        watch: told, while searching, the shares covered and at most coverable.
        enough: asked between steps of a long search, and while asks and lifted limits are tried;
            yes makes the best so far the answer, and nothing is tried any more.
        late: asked as well of what is being done, first the search, then what is tried after it:
            yes ends that, and what was found by then stands.

    Raises:
        DossierFaultyError: the dossier has errors.
    """
    tell = progress or silent
    tell("checks", 0.0)
    chosen = scenario or dossier.mission.scenario
    edited, findings = faultless(dossier, as_of_on, chosen)
    known = edited.known_on(as_of_on)
    tell("sets", 0.05)
    world, treasury = prepare(known, as_of_on, chosen)
    ends = Ends(enough or never, late or never)
    solved = solve(
        world,
        treasury,
        lambda step, share: tell(step, 0.1 + 0.3 * share),
        watch=watch,
        enough=ends,
    )
    tell("reasons", 0.4)
    why = reasons(solved)
    told = (*findings, *_notes(solved, as_of_on, findings))
    is_ended = ends.enough()
    if is_ended:
        told = (*told, finding("ended-early", Severity.NOTE))
    elif ends.was_late:
        told = (*told, finding("ended-in-time", Severity.NOTE))
    made = plan_of(dossier, known, as_of_on, chosen, solved, told)
    made = replace(made, coverage=tables.coverage_rows(solved, why))
    if (explain or calls) and not is_ended and made.needed_points:
        tell("calls" if calls else "bottlenecks", 0.5)
        tries = Ends(ends.enough, ends.late)
        base, notes = tried_on(solved, tries)
        made = replace(made, findings=(*told, *notes))
        if base is not None and calls:
            made = replace(made, asks=call_list(base, why))
        if base is not None and explain and not tries():
            tell("bottlenecks", 0.8)
            made = replace(made, relaxations=relaxations(base, why.values(), made.asks))
        if tries.was_late or ends.enough():
            short = finding("tries-ended", Severity.NOTE)
            made = replace(made, findings=(*made.findings, short))
    tell("verify", 0.95)
    checked = replace(made, verification=verify(dossier, made))
    tell("done", 1.0)
    return checked


def tried_on(
    solved: Solved, enough: Enough | None = None
) -> tuple[Base | None, tuple[Finding, ...]]:
    """What levers are tried on: the whole model, what is near the plan, or nothing; and a note.

    Args:
        solved: a finished plan.
        enough: asked while levers are tried; nothing where it says yes before any could be.
    """
    is_part = not solved.problem.is_wide or solved.problem.model.whole.sum() > ALL_AT_ONCE
    there = near(solved) if is_part else solved
    if there is None:
        return None, (finding("gains-not-tried", Severity.NOTE),)
    note = (finding("gains-near-plan", Severity.NOTE),) if is_part else ()
    try:
        return Base(there, is_part=is_part, enough=enough), note
    except SolverError:
        if enough is None or not enough():
            raise
        return None, ()


def _notes(solved: Solved, as_of_on: date, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """What a reader of the plan must not overlook: nothing needed, a gap, people sent home."""
    world = solved.problem.world
    found = []
    if not world.needs and not any(f.code == "no-requirement" for f in findings):
        found.append(finding("nothing-required", Severity.WARNING, "requirements", on=as_of_on))
    there = gone = 0
    for u, unit in enumerate(world.units):
        if unit.is_opening and unit.possible[unit.home or 0, 0]:
            there += unit.count * unit.strength_persons
            stay = int(solved.whole.present[u][:, 0].sum())
            gone += (unit.count - stay) * unit.strength_persons
    coverage = solved.stages[0]
    if coverage.gap > OPEN_GAP:
        more = ceil(100 * (coverage.bound - coverage.value) / max(1, coverage.value))
        found.append(finding("gap-open", Severity.WARNING, gap_percent=more))
    if gone:
        found.append(
            finding(
                "people-sent-home",
                Severity.WARNING,
                persons=gone,
                deployed_persons=there,
                month=world.months[0],
            )
        )
    return tuple(found)


def plan_of(
    dossier: Dossier,
    known: Dossier,
    as_of_on: date,
    scenario: str,
    solved: Solved,
    findings: tuple[Finding, ...],
) -> Plan:
    """The plan that a solved problem is, without reasons, bottlenecks, calls and checks.

    Args:
        dossier: the whole dossier, for its digest.
        known: what was known of it on the day, under the scenario.
        as_of_on: the day.
        scenario: code of the scenario.
        solved: the solved problem.
        findings: about the dossier and the plan.
    """
    mission = known.mission
    got, wanted = points(solved.problem, solved.covered)
    months = solved.problem.world.months
    titles = known.by_code(Scenario)
    return Plan(
        mission=mission.code,
        title=mission.title,
        currency=mission.currency,
        dossier_digest=dossier.digest,
        as_of_on=as_of_on,
        scenario=scenario,
        scenario_title=titles[scenario].title if scenario in titles else "",
        first_month=months[0],
        until_month=months[-1] + 1,
        covered_points=got,
        needed_points=wanted,
        stages=solved.stages,
        findings=findings,
        presence=tables.presence_rows(solved),
        contingents=contingent_rows(solved.problem.world, solved.whole),
        building_orders=tables.building_rows(solved),
        coverage=(),
        substituted=tables.stand_rows(solved),
        obligations=tables.obligation_rows(solved),
        payments=tables.payment_rows(solved),
        cash=tables.cash_rows(solved),
        headcounts=(*record_headcounts(known, as_of_on), *tables.headcount_rows(solved)),
        money_stages=amounts_by_stage(known, as_of_on),
        reliance=reliance(known),
    )
