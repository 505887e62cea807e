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
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from konbit.dossier import Row
    from konbit.terms import Finding

_FILES = "resources"
_TABLES = "table_digests"
_TEXTS = ("mission", "currency", "dossier_digest", "scenario", "scenario_title")


@dataclass(frozen=True)
class PlanReading:
    """A plan as read.

    Attributes:
        plan: the plan; None when any finding is an error. It carries no findings about its dossier.
        stated_digest: the digest that the package gives; equal to the plan's own unless somebody
            changed one of them.
        findings: what was found on the way.
        changed: files of the tables that are not as the package says that they were written.
    """

    plan: Plan | None
    stated_digest: str
    findings: tuple[Finding, ...]
    changed: tuple[str, ...] = ()


def write_plan(plan: Plan, folder: Path) -> None:
    """Write the tables of a plan, and in the descriptor what it is a plan of.

    Raises:
        FileExistsError: the folder holds other files.
        OSError: the system refuses to write. Nothing is left half-written.
    """
    about = {
        "digest": plan.digest,
        _TABLES: plan.table_digests,
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
        if file.name in about.get(_FILES, ()) and not file.is_file():
            tally.add("plan-table-missing", Severity.ERROR, path=file.name)
        tables[table] = read_table(file, table, tally) if file.is_file() else ()
        findings += tally.findings
    plan = None if whole.has_errors else _plan(about, tables, whole)
    findings += whole.findings
    if any(found.severity is Severity.ERROR for found in findings):
        plan = None
    changed = _changed(plan, about.get(_TABLES)) if plan else ()
    return PlanReading(plan, str(about.get("digest", "")), tuple(findings), changed)


def _changed(plan: Plan, stated: object) -> tuple[str, ...]:
    """Files whose rows have another digest than is stated; what is not stated is not known."""
    known = stated if isinstance(stated, dict) else {}
    found = plan.table_digests.items()
    return tuple(f"{table}.csv" for table, digest in found if known.get(table, digest) != digest)


def _about(folder: Path, whole: Tally) -> dict[str, Any]:
    """What the descriptor says that the plan is of.

    Raises:
        OSError: the folder is none, or the system refuses to read it.
    """
    if DESCRIPTOR not in {file.name for file in folder.iterdir()}:
        whole.add("plan-descriptor-missing", Severity.ERROR, file=DESCRIPTOR, path=folder)
        return {}
    try:
        described = json.loads((folder / DESCRIPTOR).read_bytes())
    except ValueError:
        whole.add("plan-descriptor-broken", Severity.ERROR, file=DESCRIPTOR, path=folder)
        return {}
    about = described.get("plan") if isinstance(described, dict) else None
    if not isinstance(about, dict):
        whole.add("not-a-plan", Severity.ERROR, path=folder)
        return {}
    resources = described.get("resources")
    listed = resources if isinstance(resources, list) else []
    files = [r.get("path") for r in listed if isinstance(r, dict)]
    return {**about, "title": str(described.get("title", "")), _FILES: files}


_MONTHS = ("first_month", "until_month")
_POINTS = ("covered_points", "needed_points")


def _plan(
    about: dict[str, Any], tables: Mapping[type[Row], tuple[Row, ...]], whole: Tally
) -> Plan | None:
    told: dict[str, Any] = {name: str(about.get(name, "")) for name in _TEXTS}
    read: dict[str, Callable[[Any], Any]] = {
        "title": str,
        "as_of": date.fromisoformat,
        **dict.fromkeys(_MONTHS, Month.parse),
        **dict.fromkeys(_POINTS, int),
        "goals": lambda goals: tuple(SolveStage(**goal) for goal in goals),
    }
    given: dict[str, Any] = {}
    for name, reader in read.items():
        try:
            given[name] = reader(about[name])
        except (KeyError, TypeError, ValueError):
            whole.add("plan-value-broken", Severity.ERROR, file=DESCRIPTOR, name=name)
    if whole.has_errors:
        return None
    fields: dict[str, Any] = {table.TABLE: rows for table, rows in tables.items()}
    return Plan(
        title=given["title"],
        as_of_on=given["as_of"],
        **{name: given[name] for name in (*_MONTHS, *_POINTS)},
        stages=given["goals"],
        findings=(),
        **told,
        **fields,
    )
