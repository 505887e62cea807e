"""What somebody asks to change: one row each, and the state that they saw."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from konbit.dossier import BY_NAME, texts_of
from konbit.dossier.cells import read_cell
from konbit.package.layout import CURRENCY, file_columns
from konbit.web.people.roles import GUARDED_STAGES, GUARDED_TABLE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from konbit.dossier import Row
    from konbit.terms import Finding


@dataclass(frozen=True, slots=True)
class Edit:
    """One row as somebody wants it.

    Attributes:
        table: of the row.
        key: of the row.
        seen: number of the state that the author saw; None for a row that was not there.
        row: as it shall be; None to take it out.
    """

    table: type[Row]
    key: str
    seen: int | None
    row: Row | None

    @classmethod
    def new(cls, row: Row) -> Edit:
        """A row that is not there yet."""
        return cls(type(row), row.label, None, row)


@dataclass(frozen=True, slots=True)
class State:
    """A row as it is now, and the number of that state."""

    number: int
    row: Row


@dataclass(frozen=True, slots=True)
class Conflict:
    """Somebody else was quicker.

    Attributes:
        edit: what was asked for.
        now: the row as it is now; None when it was taken out meanwhile.
    """

    edit: Edit
    now: State | None


class EditConflictError(Exception):
    """Rows changed since the author saw them; nothing was stored."""

    def __init__(self, conflicts: tuple[Conflict, ...]) -> None:
        super().__init__(f"{len(conflicts)} rows changed meanwhile")
        self.conflicts = conflicts


class LeadsNowhereError(EditConflictError):
    """Rows would refer to what is not there, or to what was taken out meanwhile.

    Attributes:
        findings: each of them.
    """

    def __init__(self, conflicts: tuple[Conflict, ...], findings: tuple[Finding, ...]) -> None:
        super().__init__(conflicts)
        self.findings = findings


class SecondPersonNeededError(Exception):
    """Money is promised or set free: the change must be proposed and approved."""


def is_guarded(row: Row | None) -> bool:
    """Whether a row promises money or sets it free."""
    return (
        row is not None
        and row.TABLE == GUARDED_TABLE
        and getattr(row, "stage", "") in GUARDED_STAGES
    )


def written(edit: Edit) -> dict[str, Any]:
    """An edit as a proposal keeps it."""
    return {
        "table": edit.table.TABLE,
        "key": edit.key,
        "seen": edit.seen,
        "texts": None if edit.row is None else texts_of(edit.row),
    }


def read(document: Mapping[str, Any]) -> Edit:
    """An edit that was written.

    Raises:
        CellError: limits have become narrower since, and it is no row any more.
    """
    table = BY_NAME[document["table"]]
    texts = document["texts"]
    row = None if texts is None else row_from_texts(table, texts)
    return Edit(table, document["key"], document["seen"], row)


def row_from_texts(table: type[Row], texts: Mapping[str, str]) -> Row:
    """The row of these cells, by name of the column.

    Raises:
        CellError: a cell cannot be read.
    """
    currency = texts.get(CURRENCY, "")
    values = {c.name: read_cell(texts.get(c.name, ""), c, currency) for c in file_columns(table)}
    own = {name: value for name, value in values.items() if name in table.__dataclass_fields__}
    return table(**own)
