"""JSON documents of findings, plans and comparisons, for programs that read what we print."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from konbit.briefing.finding_document import finding_document
from konbit.dossier.columns import Kind, columns_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from konbit.briefing.words import Words
    from konbit.dossier import Comparison, Dossier, Plan, Row
    from konbit.dossier.futures import Futures
    from konbit.dossier.replay import Replay
    from konbit.terms import Finding, Month

Document = dict[str, Any]


def check_document(
    dossier: Dossier | None, as_of_on: date | None, findings: Iterable[Finding], words: Words
) -> Document:
    """What `konbit check --json` prints."""
    return {
        "dossier_digest": dossier.digest if dossier else None,
        "as_of": str(as_of_on) if as_of_on else None,
        "findings": [finding_document(finding, words) for finding in findings],
    }


def row_document(row: Row) -> Document:
    """A row: whole numbers and yes or no as such, amounts and decimals as exact text."""
    document: Document = {}
    for column in columns_of(type(row)):
        value = getattr(row, column.name)
        if column.kind is Kind.MONEY:
            document[column.name] = None if value is None else format(value.major, "f")
            document["currency"] = document.get("currency") or (value and value.currency)
        elif value is None or isinstance(value, (bool, int)):
            document[column.name] = value
        else:
            document[column.name] = str(value)
    return document


def plan_document(plan: Plan, words: Words) -> Document:
    """What `konbit plan --json` prints: what the plan is of, how good it is, and its tables."""
    return {
        "mission": plan.mission,
        "title": plan.title,
        "currency": plan.currency,
        "digest": plan.digest,
        "dossier_digest": plan.dossier_digest,
        "as_of": str(plan.as_of_on),
        "scenario": plan.scenario,
        "first_month": str(plan.first_month),
        "until_month": str(plan.until_month),
        "covered_points": plan.covered_points,
        "needed_points": plan.needed_points,
        "verified": plan.is_verified,
        "goals": [
            {"goal": s.goal, "value": s.value, "bound": s.bound, "gap_in_10000": s.gap}
            for s in plan.stages
        ],
        "findings": [finding_document(finding, words) for finding in plan.findings],
        "tables": {
            table.TABLE: [row_document(row) for row in rows] for table, rows in plan.tables.items()
        },
    }


def comparison_document(comparison: Comparison, words: Words) -> Document:
    """What `konbit compare --json` prints."""
    return {
        "plans": [plan_document(plan, words) for plan in comparison.plans],
        "delays": {
            scenario: [
                {
                    "delay_months": point.delay_months,
                    "covered_points": point.covered_points,
                    "bound_points": point.bound_points,
                }
                for point in points
            ]
            for scenario, points in comparison.delays
        },
    }


def replay_document(replay: Replay, words: Words) -> Document:
    """What `konbit shock --json` prints: shocks, plans before and after, what slips and changes."""
    return {
        "effects": [
            {
                "kind": type(effect.shock).__name__,
                **{name: _text(value) for name, value in asdict(effect.shock).items()},
                "from_month": str(effect.struck),
                "amount": effect.amount and format(effect.amount.major, "f"),
                "currency": effect.amount and effect.amount.currency,
                "units": effect.units,
            }
            for effect in replay.effects
        ],
        "edits": [asdict(edit) for edit in replay.edits],
        "before": plan_document(replay.before, words),
        "after": plan_document(replay.after, words),
        "kept_until": str(replay.kept_until),
        "kept_changes": replay.kept_changes,
        "tolerance_in_10000": replay.tolerance,
        "lost_points": replay.lost_points,
        "lost_at_least_points": replay.lost_at_least_points,
        "lost_at_most_points": replay.lost_at_most_points,
        "near_plan_before": replay.is_near,
        "afresh_points": replay.afresh_points,
        "bound_points": replay.bound_points,
        "changes": {**asdict(replay.changes), "weighted": replay.changes.weighted},
        "afresh_changes": {
            **asdict(replay.afresh_changes),
            "weighted": replay.afresh_changes.weighted,
        },
        "trade_off": [asdict(point) for point in replay.trade_off],
        "slips": [row_document(slip) for slip in replay.slips],
    }


def _text(value: object) -> str | int | None:
    return value if value is None or isinstance(value, int) else str(value)


def futures_document(futures: Futures) -> Document:
    """What `konbit futures --json` prints: what they were drawn from, and their tables."""
    return {
        "mission": futures.mission,
        "title": futures.title,
        "currency": futures.currency,
        "digest": futures.digest,
        "dossier_digest": futures.dossier_digest,
        "as_of": str(futures.as_of_on),
        "scenario": futures.scenario,
        "first_month": str(futures.first_month),
        "until_month": str(futures.until_month),
        "seed": futures.seed,
        "decide_months": futures.decide_months,
        "worst_percent": futures.worst_percent,
        "needed_points": futures.needed_points,
        "priors": futures.priors,
        "assumed_priors": futures.assumed_priors,
        "verified": futures.verified,
        "checked": futures.checked,
        "tables": {
            table.TABLE: [row_document(row) for row in rows]
            for table, rows in futures.tables.items()
        },
    }


def explanation_document(plan: Plan, requirement: str, month: Month | None) -> Document:
    """What `konbit explain --json` prints: coverage rows asked for, and gains by family."""
    return {
        "dossier_digest": plan.dossier_digest,
        "as_of": str(plan.as_of_on),
        "scenario": plan.scenario,
        "covered_points": plan.covered_points,
        "needed_points": plan.needed_points,
        "coverage": [
            row_document(row)
            for row in plan.coverage
            if requirement in {"", row.requirement} and (month is None or row.month == str(month))
        ],
        "relaxations": [row_document(row) for row in plan.relaxations],
    }
