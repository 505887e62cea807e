"""Rows with every required cell filled, so that a file can hold them."""

from __future__ import annotations

from typing import Any, TypeVar

from konbit.dossier import Dossier, Kind, Row, columns_of
from konbit.dossier.tables.mandate import Mission
from tiny_rows import make

R = TypeVar("R", bound=Row)


def whole(table: type[R], **values: Any) -> R:
    """A row of a table with these values; required references left out lead to `A`."""
    needed = {c.name: "A" for c in columns_of(table) if c.required and c.kind is Kind.REFERENCE}
    return make(table, **{**needed, **values})


def whole_dossier(*rows: Row) -> Dossier:
    """A dossier of a mission and these rows."""
    return Dossier.of((whole(Mission, code="M"), *rows))
