"""Whether what a row refers to is there: the record keeps no row that leads nowhere."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from konbit.dossier.columns import Kind, columns_of
from konbit.dossier.registry import TABLES
from konbit.terms import Severity
from konbit.terms.code import nearest
from konbit.terms.finding import finding
from konbit.web.tables.mirrored import MODELS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from konbit.dossier import Row
    from konbit.terms import Finding
    from konbit.web.missions.models import Mission
    from konbit.web.tables.edits import Edit


def leading_nowhere(mission: Mission, edits: Sequence[Edit]) -> tuple[Finding, ...]:
    """References of the edited rows to rows that will not be there, and to rows taken out."""
    missing = _missing(mission, edits)
    return (*missing, *_left_behind(mission, edits))


def references_to(table: str) -> Iterator[tuple[type[Row], str]]:
    """Tables, and their columns, that may refer to a table."""
    for other in TABLES:
        for column in columns_of(other):
            if table in column.refers_to:
                yield other, column.name


def _missing(mission: Mission, edits: Sequence[Edit]) -> list[Finding]:
    wanted: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for _, _, tables, value in _references(edits):
        wanted[tables].add(value)
    there = {tables: _there(mission, tables, values) for tables, values in wanted.items()}
    brought = {(edit.table.TABLE, edit.key) for edit in edits if edit.row is not None}
    gone = {(edit.table.TABLE, edit.key) for edit in edits if edit.row is None}
    found = []
    for row, column, tables, value in _references(edits):
        places = {(table, value) for table in tables}
        held = {(table, value) for table in there[tables].get(value, ())}
        if (held | (places & brought)) - gone:
            continue
        found.append(
            finding(
                "reference-missing",
                Severity.ERROR,
                row.TABLE,
                row.label,
                column,
                value=value,
                tables=", ".join(tables),
                suggestion=nearest(value, _codes(mission, tables)),
            )
        )
    return found


def _references(edits: Iterable[Edit]) -> Iterator[tuple[Row, str, tuple[str, ...], str]]:
    for edit in edits:
        if edit.row is None:
            continue
        for column in columns_of(edit.table):
            value = getattr(edit.row, column.name) if column.kind is Kind.REFERENCE else ""
            if value:
                yield edit.row, column.name, column.refers_to, value


def _there(mission: Mission, tables: tuple[str, ...], values: set[str]) -> dict[str, set[str]]:
    """Of these keys, in which of the tables each is."""
    held: dict[str, set[str]] = defaultdict(set)
    for table in tables:
        states = MODELS[table].objects.of(mission.pk).current().filter(row_key__in=values)
        for key in states.values_list("row_key", flat=True):
            held[key].add(table)
    return held


def _codes(mission: Mission, tables: tuple[str, ...]) -> list[str]:
    return [
        key
        for table in tables
        for key in MODELS[table]
        .objects.of(mission.pk)
        .current()
        .values_list("row_key", flat=True)[:2_000]
    ]


def _left_behind(mission: Mission, edits: Sequence[Edit]) -> Iterator[Finding]:
    """Rows that stay although what they refer to is taken out."""
    touched = {(edit.table.TABLE, edit.key) for edit in edits}
    for edit in edits:
        if edit.row is not None:
            continue
        for table, column in references_to(edit.table.TABLE):
            states = MODELS[table.TABLE].objects.of(mission.pk).current()
            for key in states.filter(**{column: edit.key}).values_list("row_key", flat=True)[:5]:
                if (table.TABLE, key) not in touched:
                    yield finding(
                        "still-referred-to",
                        Severity.ERROR,
                        edit.table.TABLE,
                        edit.key,
                        by_table=table.TABLE,
                        by_row=key,
                    )
