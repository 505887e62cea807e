"""A plan as a data package, and back: who has the dossier can check it without making it again."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from konbit.dossier import Plan
from konbit.dossier.plan import PLAN_TABLES, SolveStage
from konbit.package.folder_reading import DESCRIPTOR, read_table
from konbit.package.folder_writing import write_tables
from konbit.package.tally import Tally
from konbit.terms import Month, Severity

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from konbit.dossier import Row
    from konbit.terms import Finding

_TEXTS = ("mission", "currency", "dossier_digest", "scenario", "scenario_title")


@dataclass(frozen=True)
class PlanReading:
    """A plan as read.

    Attributes:
        plan: the plan; None when any finding is an error. It carries no findings about its dossier.
        stated_digest: the digest that the package gives; equal to the plan's own unless somebody
            changed one of them.
        findings: what was found on the way.
    """

    plan: Plan | None
    stated_digest: str
    findings: tuple[Finding, ...]


def write_plan(plan: Plan, folder: Path) -> None:
    """Write the tables of a plan, and in the descriptor what it is a plan of.

    Raises:
        FileExistsError: the folder holds other files.
        OSError: the system refuses to write. Nothing is left half-written.
    """
    about = {
        "digest": plan.digest,
        **{name: getattr(plan, name) for name in _TEXTS},
        "as_of": str(plan.as_of_on),
        "first_month": str(plan.first_month),
        "until_month": str(plan.until_month),
        "covered_points": plan.covered_points,
        "needed_points": plan.needed_points,
        "verified": plan.is_verified,
        "goals": [
            {"goal": s.goal, "value": s.value, "bound": s.bound, "gap": s.gap} for s in plan.stages
        ],
    }
    write_tables(plan.tables, folder, "plan", plan.title, {"plan": about})


def read_plan(folder: Path) -> PlanReading:
    """Read a plan that `write_plan` wrote.

    Raises:
        OSError: the system refuses to read.
    """
    whole = Tally()
    about = _about(folder, whole)
    tables: dict[type[Row], tuple[Row, ...]] = {}
    findings: list[Finding] = []
    for table in PLAN_TABLES:
        file = folder / f"{table.TABLE}.csv"
        tally = Tally(table.TABLE)
        tables[table] = read_table(file, table, tally) if file.is_file() else ()
        findings += tally.findings
    plan = None if whole.has_errors else _plan(folder, about, tables, whole)
    findings += whole.findings
    if any(found.severity is Severity.ERROR for found in findings):
        plan = None
    return PlanReading(plan, str(about.get("digest", "")), tuple(findings))


def _about(folder: Path, whole: Tally) -> dict[str, Any]:
    """What the descriptor says that the plan is of."""
    file = folder / DESCRIPTOR
    try:
        described = json.loads(file.read_bytes()) if file.is_file() else {}
        about = described.get("plan")
    except (ValueError, AttributeError):
        about = None
    if not isinstance(about, dict):
        whole.add("not-a-plan", Severity.ERROR, path=folder)
        return {}
    return {**about, "title": str(described.get("title", ""))}


def _plan(
    folder: Path, about: dict[str, Any], tables: Mapping[type[Row], tuple[Row, ...]], whole: Tally
) -> Plan | None:
    fields: dict[str, Any] = {table.TABLE: rows for table, rows in tables.items()}
    fields |= {name: str(about.get(name, "")) for name in _TEXTS}
    try:
        return Plan(
            title=about["title"],
            as_of_on=date.fromisoformat(about["as_of"]),
            first_month=Month.parse(about["first_month"]),
            until_month=Month.parse(about["until_month"]),
            covered_points=int(about["covered_points"]),
            needed_points=int(about["needed_points"]),
            stages=tuple(SolveStage(**goal) for goal in about["goals"]),
            findings=(),
            **fields,
        )
    except (KeyError, TypeError, ValueError):
        whole.add("not-a-plan", Severity.ERROR, path=folder)
        return None
