"""The first line of a table: which column stands where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from konbit.package.layout import file_columns
from konbit.package.limits import LONGEST_COMPARED
from konbit.terms import Severity
from konbit.terms.code import nearest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from konbit.dossier import Column, Row
    from konbit.package.tally import Tally


@dataclass(frozen=True, slots=True)
class Header:
    """The columns of a file by position, None where the file has one that is not read.

    Attributes:
        columns: the columns by position.
        missing: names of the required columns that the file lacks.
        blank: positions of columns without a name.
    """

    columns: tuple[Column | None, ...]
    missing: frozenset[str]
    blank: frozenset[int]


def read_header(table: type[Row], cells: Sequence[str], tally: Tally) -> Header:
    """The header of a table, with findings about what is missing, unknown or there twice."""
    known = {column.name: column for column in file_columns(table)}
    found: list[Column | None] = []
    names = [cell.strip() for cell in cells]
    seen: set[str] = set()
    for name in names:
        column = known.get(name)
        if name in seen:
            tally.add("column-duplicate", Severity.ERROR, column=name)
            column = None
        elif column is None and name:
            suggestion = nearest(name[:LONGEST_COMPARED], known.keys() - set(names))
            tally.add("column-unknown", Severity.WARNING, column=name, suggestion=suggestion)
        found.append(column)
        seen |= {name} - {""}
    missing = [c.name for c in known.values() if c.required and c.name not in seen]
    for name in missing:
        tally.add("column-missing", Severity.ERROR, column=name)
    blank = frozenset(place for place, name in enumerate(names) if not name)
    return Header(tuple(found), frozenset(missing), blank)
