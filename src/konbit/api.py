"""Read, check, plan and compare: the whole of Konbit in four functions.

What a notebook needs, and what the command line is a thin skin over. The heavy rooms are fetched
when they are first used.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from konbit.dossier import Fact
from konbit.dossier.cells import EARLIEST
from konbit.terms import Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import pandas as pd

    from konbit.briefing.figures.figure import Figure
    from konbit.briefing.words import Words
    from konbit.dossier import Comparison, Dossier, Plan, Row
    from konbit.terms import Finding

    Progress = Callable[[str, float], None]

DELAYS_MONTHS = (0, 3, 6, 9, 12)
_WEIGHT = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}


class DossierError(ValueError):
    """A dossier cannot be planned; the message lists every error in words.

    Attributes:
        findings: everything that was found, errors first.
    """

    def __init__(self, findings: Sequence[Finding], language: str = "en") -> None:
        self.findings = in_order(findings)
        words = _words(language)
        errors = [f for f in self.findings if f.severity is Severity.ERROR]
        super().__init__("\n".join(words.of_finding(f) for f in errors))


class UnknownScenarioError(ValueError):
    """A dossier has no scenario of this code.

    Attributes:
        scenario: the code asked for.
        known: the codes that the dossier has.
    """

    def __init__(self, scenario: str, known: Sequence[str]) -> None:
        self.scenario = scenario
        self.known = tuple(known)
        super().__init__(f"no scenario {scenario!r}; the dossier has {', '.join(known) or 'none'}")


@dataclass(frozen=True)
class FindingsView:
    """Findings, errors first, that print themselves in the reader's language."""

    findings: tuple[Finding, ...]
    language: str = "en"

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.findings)

    def __len__(self) -> int:
        return len(self.findings)

    def __str__(self) -> str:
        words = _words(self.language)
        return "\n".join(f"{f.severity.value}: {words.of_finding(f)}" for f in self.findings)

    @property
    def errors(self) -> tuple[Finding, ...]:
        """Those that stop a plan."""
        return tuple(f for f in self.findings if f.severity is Severity.ERROR)

    @property
    def frame(self) -> pd.DataFrame:
        """The findings as a data frame, one row each."""
        import pandas as pd

        words = _words(self.language)
        return pd.DataFrame(
            [
                {
                    "severity": f.severity.value,
                    "code": f.code,
                    "table": f.table,
                    "row": f.row,
                    "column": f.column,
                    "sentence": words.of_finding(f),
                }
                for f in self.findings
            ],
            columns=["severity", "code", "table", "row", "column", "sentence"],
        )

    def _repr_html_(self) -> str:
        return str(self.frame.to_html(index=False, escape=True))


def read(path: str | Path, *, language: str = "en") -> Dossier:
    """Read a dossier: a folder of tables, or an Excel workbook.

    Raises:
        DossierError: it cannot be read, or has errors; the message lists all of them.
    """
    from konbit.package import read as read_package

    reading = read_package(Path(path))
    if reading.dossier is None or FindingsView(reading.findings).errors:
        raise DossierError(reading.findings, language)
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

    Raises:
        DossierError: the dossier has errors.
        UnknownScenarioError: it has no such scenario.
        ValueError: `as_of` is no day.
    """
    _known(dossier, (scenario,) if scenario else ())
    on = as_of_day(dossier, as_of)
    from konbit.planner import DossierFaultyError
    from konbit.planner import plan as make_plan

    try:
        made = make_plan(dossier, on, scenario, progress=progress, explain=explain, calls=calls)
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
) -> ComparisonView:
    """Plans under several scenarios side by side, and what a later transfer costs.

    Args:
        dossier: what was read.
        as_of: the day, as for `plan`.
        scenarios: codes; without any, those meant for the day, or else all.
        delays: months by which each transfer is put off, to see the cost of delay.
        language: of figures.
        progress: told what is being done and the share done, from 0 to 1.

    Raises:
        DossierError: the dossier has errors.
        UnknownScenarioError: it has no scenario, or not one of these.
        ValueError: `as_of` is no day.
    """
    on = as_of_day(dossier, as_of)
    chosen = tuple(scenarios) or scenarios_for(dossier, on)
    _known(dossier, chosen or ("",))
    from konbit.planner import DossierFaultyError
    from konbit.planner import compare as compare_plans

    try:
        made = compare_plans(dossier, on, chosen, delays=tuple(delays), progress=progress)
    except DossierFaultyError as error:
        raise DossierError(error.findings, language) from error
    return ComparisonView(dossier, made, language)


@dataclass(frozen=True)
class PlanView:
    """A plan with its tables as data frames and figures that show themselves.

    Attributes:
        dossier: what was planned.
        plan: the plan itself, an immutable value.
        language: of the figures.
    """

    dossier: Dossier
    plan: Plan
    language: str = "en"

    @property
    def presence(self) -> pd.DataFrame:
        """Who is where in each month."""
        return _frame(self.plan.presence)

    @property
    def building_orders(self) -> pd.DataFrame:
        """Camp extensions ordered."""
        return _frame(self.plan.building_orders)

    @property
    def coverage(self) -> pd.DataFrame:
        """How far each requirement is met in each month, and what holds the rest back."""
        return _frame(self.plan.coverage)

    @property
    def substituted(self) -> pd.DataFrame:
        """What stood in for what."""
        return _frame(self.plan.substituted)

    @property
    def obligations(self) -> pd.DataFrame:
        """Every cost and who pays it."""
        return _frame(self.plan.obligations)

    @property
    def payments(self) -> pd.DataFrame:
        """Which earmark's cash covers which obligation."""
        return _frame(self.plan.payments)

    @property
    def cash(self) -> pd.DataFrame:
        """Spendable cash by earmark and month."""
        return _frame(self.plan.cash)

    @property
    def headcounts(self) -> pd.DataFrame:
        """The five head-counts by month."""
        return _frame(self.plan.headcounts)

    @property
    def money_stages(self) -> pd.DataFrame:
        """Money by fund and stage."""
        return _frame(self.plan.money_stages)

    @property
    def bottlenecks(self) -> pd.DataFrame:
        """What lifting each family of limits gains."""
        return _frame(self.plan.relaxations)

    @property
    def call_list(self) -> pd.DataFrame:
        """Whom to ask, for what, by when, and what it unlocks."""
        return _frame(self.plan.asks)

    @property
    def verification(self) -> pd.DataFrame:
        """The rules recomputed on the finished plan."""
        return _frame(self.plan.verification)

    @property
    def reliance(self) -> pd.DataFrame:
        """How much of the plan rests on assumptions."""
        return _frame(self.plan.reliance)

    def s_curve(self, width_px: int | None = None) -> Figure:
        """The five head-counts by month, against the ceiling and the need."""
        from konbit.briefing.figures.s_curve import s_curve

        return s_curve(self.plan, _words(self.language), **_wide(width_px))

    def money_by_stage(self, width_px: int | None = None) -> Figure:
        """Money of each fund by stage, against what the plan needs of it."""
        from konbit.briefing.figures.money_by_stage import money_by_stage

        words = _words(self.language)
        return money_by_stage(self.plan, words, dossier=self.dossier, **_wide(width_px))

    def gantt(self, width_px: int | None = None) -> Figure:
        """What is required when and where, and how far it is met."""
        from konbit.briefing.figures.gantt import gantt

        return gantt(self.plan, self.dossier, _words(self.language), **_wide(width_px))

    def coverage_heat_map(self, width_px: int | None = None) -> Figure:
        """Per cent of each capability met, by month."""
        from konbit.briefing.figures.coverage_heat_map import coverage_heat_map

        words = _words(self.language)
        return coverage_heat_map(self.plan, words, dossier=self.dossier, **_wide(width_px))

    def bottleneck_bars(self, width_px: int | None = None) -> Figure:
        """What lifting each family of limits gains."""
        from konbit.briefing.figures.bottleneck_bars import bottleneck_bars

        return bottleneck_bars(self.plan, _words(self.language), **_wide(width_px))

    def runway(self, width_px: int | None = None) -> Figure:
        """Cash by fund and earmark, month by month."""
        from konbit.briefing.figures.runway import runway

        words = _words(self.language)
        return runway(self.plan, words, dossier=self.dossier, **_wide(width_px))

    def mission_map(self, month: str = "", width_px: int | None = None) -> Figure:
        """Strength and need by region in a month; without one, in the last of the plan."""
        from konbit.briefing.figures.mission_map import mission_map

        on = month or str(self.plan.until_month + -1)
        return mission_map(self.plan, self.dossier, on, _words(self.language), **_wide(width_px))

    def figures(self, width_px: int | None = None) -> dict[str, Figure]:
        """Every figure of the plan, by its permanent name."""
        made = (
            self.s_curve(width_px),
            self.money_by_stage(width_px),
            self.gantt(width_px),
            self.coverage_heat_map(width_px),
            self.bottleneck_bars(width_px),
            self.runway(width_px),
            self.mission_map(width_px=width_px),
        )
        return {figure.name: figure for figure in made}

    def _repr_html_(self) -> str:
        """The five head-counts of the plan, as a notebook shows it."""
        title = f"{self.plan.title} \u00b7 {self.plan.as_of_on} \u00b7 {self.plan.scenario_title}"
        return f"<p>{escape(title)}</p>{self.headcounts.to_html(index=False)}"


@dataclass(frozen=True)
class ComparisonView:
    """Plans side by side, with data frames and figures.

    Attributes:
        dossier: what was planned.
        comparison: the plans and the cost of delay, an immutable value.
        language: of the figures.
    """

    dossier: Dossier
    comparison: Comparison
    language: str = "en"

    @property
    def plans(self) -> tuple[PlanView, ...]:
        """Each plan with its own tables and figures."""
        return tuple(PlanView(self.dossier, p, self.language) for p in self.comparison.plans)

    @property
    def delays(self) -> pd.DataFrame:
        """Coverage by scenario and months of delay."""
        import pandas as pd

        return pd.DataFrame(
            [
                {
                    "scenario": scenario,
                    "delay_months": point.delay_months,
                    "covered_points": point.covered_points,
                    "bound_points": point.bound_points,
                }
                for scenario, points in self.comparison.delays
                for point in points
            ],
            columns=["scenario", "delay_months", "covered_points", "bound_points"],
        )

    def scenario_strength(self, width_px: int | None = None) -> Figure:
        """Ceiling, deployed and effective people, scenario by scenario."""
        from konbit.briefing.figures.scenario_strength import scenario_strength

        return scenario_strength(self.comparison, _words(self.language), **_wide(width_px))

    def cost_by_payer(self, width_px: int | None = None) -> Figure:
        """Who pays how much, scenario by scenario."""
        from konbit.briefing.figures.cost_by_payer import cost_by_payer

        words = _words(self.language)
        return cost_by_payer(self.comparison, words, dossier=self.dossier, **_wide(width_px))

    def cost_of_delay(self, width_px: int | None = None) -> Figure:
        """What each month of a later transfer costs in coverage."""
        from konbit.briefing.figures.cost_of_delay import cost_of_delay

        return cost_of_delay(self.comparison, _words(self.language), **_wide(width_px))

    def figures(self, width_px: int | None = None) -> dict[str, Figure]:
        """Every figure of the comparison, by its permanent name."""
        made = (
            self.scenario_strength(width_px),
            self.cost_by_payer(width_px),
            self.cost_of_delay(width_px),
        )
        return {figure.name: figure for figure in made}


def in_order(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Findings without repetition, errors first, then warnings, then notes."""
    return tuple(sorted(set(findings), key=lambda f: (_WEIGHT[f.severity], f)))


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


def _known(dossier: Dossier, scenarios: Sequence[str]) -> None:
    known = scenario_codes(dossier)
    for scenario in scenarios:
        if scenario not in known:
            raise UnknownScenarioError(scenario, known)


def _words(language: str) -> Words:
    from konbit.briefing.words import Words

    return Words(language)


def _wide(width_px: int | None) -> dict[str, int]:
    """The width asked for, or none, so that the figure's own stands."""
    return {} if width_px is None else {"width_px": width_px}


def _frame(rows: Sequence[Row]) -> pd.DataFrame:
    from konbit.briefing import frame

    return frame(rows)
