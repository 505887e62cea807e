"""What a file would change: row by row and cell by cell, before anything is stored."""

from __future__ import annotations

import dataclasses
import tempfile
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from konbit.dossier.registry import TABLES
from konbit.package import read
from konbit.terms import Severity
from konbit.terms.digest import digest_of
from konbit.web.people.access import standing
from konbit.web.tables.cells import Cell, cells_between
from konbit.web.tables.edits import Edit, is_guarded
from konbit.web.tables.mirrored import MODELS
from konbit.web.tables.references import leading_nowhere

if TYPE_CHECKING:
    from collections.abc import Sequence

    from konbit.dossier import Row
    from konbit.package import Reading
    from konbit.terms import Finding
    from konbit.web.imports.models import Import
    from konbit.web.people.access import Standing


@dataclass(frozen=True, slots=True)
class Difference:
    """One row that would be new or changed.

    Attributes:
        edit: what would be stored.
        before: the row as it is; None for a new one.
    """

    edit: Edit
    before: Row | None

    @property
    def is_new(self) -> bool:
        """Whether the row is not there yet."""
        return self.before is None

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The cells that differ, in the order of the columns."""
        return cells_between(self.before, self.edit.row)


@dataclass(frozen=True)
class TablePreview:
    """What a file would change in one table.

    Attributes:
        table: the table.
        differences: rows new or changed, in the order of the file.
        unchanged: how many rows of the file are as they are.
        not_in_file: how many rows of the record the file does not have; they stay.
        may_edit: whether the sender may edit rows of the table.
    """

    table: type[Row]
    differences: tuple[Difference, ...]
    unchanged: int
    not_in_file: int
    may_edit: bool

    @property
    def name(self) -> str:
        """Name of the table, for templates: they would call a class."""
        return self.table.TABLE

    @cached_property
    def new(self) -> int:
        """How many rows would be new."""
        return sum(difference.is_new for difference in self.differences)

    @property
    def changed(self) -> int:
        """How many rows would be changed."""
        return len(self.differences) - self.new


@dataclass(frozen=True)
class Preview:
    """What a file would change in a mission.

    Attributes:
        tables: table by table, those that the file has.
        findings: what is wrong or worth knowing: of reading, and of references.
        rejected: keys, or numbers of lines, of rows that cannot be read, by table.
    """

    tables: tuple[TablePreview, ...]
    findings: tuple[Finding, ...]
    rejected: dict[str, tuple[str, ...]]

    @property
    def edits(self) -> tuple[Edit, ...]:
        """What would be stored."""
        return tuple(d.edit for table in self.tables for d in table.differences)

    @cached_property
    def digest(self) -> str:
        """What would be stored, and over which states: by it one knows that nothing changed."""
        return digest_of([[e.table.TABLE, e.key, e.seen] for e in self.edits])

    @property
    def errors(self) -> tuple[Finding, ...]:
        """What keeps the file from being stored."""
        return tuple(f for f in self.findings if f.severity is Severity.ERROR)

    @property
    def not_allowed(self) -> tuple[TablePreview, ...]:
        """Tables with differences in which the sender may edit nothing."""
        return tuple(t for t in self.tables if t.differences and not t.may_edit)

    @property
    def can_be_stored(self) -> bool:
        """Whether it may be committed: something differs, and nothing stands against it."""
        return bool(self.edits) and not self.errors and not self.not_allowed

    @property
    def needs_second_person(self) -> bool:
        """Whether money is promised or set free by it."""
        return any(
            is_guarded(d.edit.row) or is_guarded(d.before)
            for table in self.tables
            for d in table.differences
        )


def reading_of(content: bytes, name: str) -> Reading:
    """The rows of a file and everything wrong with it; its name tells only what kind it is."""
    suffix = Path(name).suffix.casefold()
    kind = suffix if suffix in {".xlsx", ".xlsm", ".zip"} else ".other"
    with tempfile.TemporaryDirectory(prefix="konbit-") as place:
        file = Path(place) / f"upload{kind}"
        file.write_bytes(content)
        return _named(read(file), name)


def _named(reading: Reading, name: str) -> Reading:
    """Findings with the name that the sender knows, instead of where the file lay while read."""
    told = tuple(
        dataclasses.replace(
            finding,
            values=tuple((k, name if k == "path" else value) for k, value in finding.values),
        )
        for finding in reading.findings
    )
    return dataclasses.replace(reading, findings=told)


def preview(sent: Import) -> Preview:
    """What a file would change in its mission as it is now, for its sender."""
    reading = reading_of(bytes(sent.content), sent.name)
    found = standing(sent.by, sent.mission)
    by_table: dict[type[Row], list[Row]] = {}
    for row in reading.rows:
        by_table.setdefault(type(row), []).append(row)
    rejected = _rejected(reading)
    tables = tuple(
        _of_table(sent.mission.pk, table, by_table[table], found, rejected.get(table.TABLE, ()))
        for table in TABLES
        if table in by_table
    )
    edits = [d.edit for table in tables for d in table.differences]
    nowhere = leading_nowhere(sent.mission, edits) if edits else ()
    return Preview(tables, (*reading.findings, *nowhere), rejected)


def _of_table(
    mission: int,
    table: type[Row],
    rows: Sequence[Row],
    found: Standing,
    rejected: tuple[str, ...],
) -> TablePreview:
    states = MODELS[table.TABLE].objects.of(mission).current()
    now = {row.key: (number, row) for number, row in states.rows_with_states()}
    differences = []
    for row in rows:
        number, before = now.get(row.key, (None, None))
        if row != before:
            differences.append(Difference(Edit(table, row.label, number, row), before))
    keys = {row.key for row in rows}
    return TablePreview(
        table,
        tuple(differences),
        len(rows) - len(differences),
        sum(row.key not in keys and row.label not in rejected for _, row in now.values()),
        found.edits(table),
    )


def _rejected(reading: Reading) -> dict[str, tuple[str, ...]]:
    """Rows with an error, by table; errors of a table as a whole have no row."""
    found: dict[str, dict[str, None]] = {}
    for finding in reading.findings:
        if finding.severity is Severity.ERROR and finding.table and finding.row:
            found.setdefault(finding.table, {})[finding.row] = None
    return {table: tuple(rows) for table, rows in found.items()}
