"""Rules on where facts are from, and how much rests on less than a fact."""

from __future__ import annotations

from typing import TYPE_CHECKING

from konbit.dossier.facts import Fact
from konbit.dossier.registry import TABLES
from konbit.dossier.tables.fund import ScenarioEdit
from konbit.terms import Finding, Severity
from konbit.terms.finding import finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from konbit.dossier.checks.scope import Rule, Scope

_BASIS_NEEDED = {
    "assumption": Severity.ERROR,
    "placeholder": Severity.ERROR,
    "estimate": Severity.WARNING,
}


def _facts(scope: Scope) -> Iterator[Fact]:
    for row in scope.whole.all_rows:
        if isinstance(row, Fact):
            yield row


def facts_have_sources(scope: Scope) -> Iterator[Finding]:
    """Every fact says where it was read."""
    for row in _facts(scope):
        if not row.source.strip():
            yield finding("source-missing", Severity.ERROR, row.TABLE, row.label, "source")


def assumptions_have_bases(scope: Scope) -> Iterator[Finding]:
    """An assumption, placeholder or estimate says what it rests on."""
    for row in _facts(scope):
        severity = _BASIS_NEEDED.get(row.confidence)
        if severity is not None and not row.basis.strip():
            yield finding(
                "basis-missing",
                severity,
                row.TABLE,
                row.label,
                "basis",
                confidence=row.confidence,
            )


def unused_have_reasons(scope: Scope) -> Iterator[Finding]:
    """A row kept beside the one used says why; one that a scenario brings in needs no reason."""
    brought_in = {
        (edit.table, edit.row) for edit in scope.whole.rows(ScenarioEdit) if edit.column == "used"
    }
    for row in _facts(scope):
        if not row.used and not row.note.strip() and (row.TABLE, row.label) not in brought_in:
            yield finding("unused-without-reason", Severity.WARNING, row.TABLE, row.label, "note")


def placeholders_counted(scope: Scope) -> Iterator[Finding]:
    """Placeholders in use, by table: to be replaced before anybody relies on the plan."""
    for table in TABLES:
        rows = scope.known.rows(table)
        count = sum(isinstance(row, Fact) and row.confidence == "placeholder" for row in rows)
        if count:
            yield finding("placeholder-in-use", Severity.WARNING, table.TABLE, count=count)


RULES: tuple[Rule, ...] = (
    facts_have_sources,
    assumptions_have_bases,
    unused_have_reasons,
    placeholders_counted,
)
