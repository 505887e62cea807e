"""A dossier: every table of one mission, frozen, with what was known on a day."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar, cast

from konbit.dossier.cells import write_cell
from konbit.dossier.columns import Kind, Row, columns_of
from konbit.dossier.facts import Fact
from konbit.dossier.registry import TABLES
from konbit.dossier.tables.mandate import Mission
from konbit.terms.digest import digest_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

R = TypeVar("R", bound=Row)


@dataclass(frozen=True)
class Dossier:
    """Tables by row class, each a tuple of rows in order of key.

    Two dossiers with the same rows are equal, whatever the order in which the rows were read.
    Make one with `Dossier.of`.
    """

    tables: Mapping[type[Row], tuple[Row, ...]]

    @classmethod
    def of(cls, rows: Iterable[Row]) -> Dossier:
        """A dossier of these rows, in any order.

        Raises:
            ValueError: two rows of one table have the same key.
        """
        found: dict[type[Row], dict[tuple[str, ...], Row]] = {table: {} for table in TABLES}
        for row in rows:
            table = found[type(row)]
            if row.key in table:
                raise ValueError(f"two rows {row.label!r} in {row.TABLE}")
            table[row.key] = row
        return cls({t: tuple(row for _, row in sorted(by.items())) for t, by in found.items()})

    def rows(self, table: type[R]) -> tuple[R, ...]:
        """All rows of a table, used or not, known or not, in order of key."""
        return cast("tuple[R, ...]", self.tables.get(table, ()))

    def by_code(self, table: type[R]) -> dict[str, R]:
        """Rows of a table by the text of their key."""
        return {row.label: row for row in self.rows(table)}

    @property
    def mission(self) -> Mission:
        """The one row of the table `missions`.

        Raises:
            ValueError: the dossier has none, or several.
        """
        rows = self.rows(Mission)
        if len(rows) != 1:
            raise ValueError("a dossier has exactly one mission")
        return rows[0]

    @property
    def all_rows(self) -> tuple[Row, ...]:
        """Every row of every table, in the order of the chain."""
        return tuple(row for table in TABLES for row in self.rows(table))

    @property
    def last_known_on(self) -> date:
        """The newest day on which some row became known: the as-of day when none is given.

        Raises:
            ValueError: no row states a fact.
        """
        days = [row.known_since for row in self.all_rows if isinstance(row, Fact)]
        if not days:
            raise ValueError("no row of the dossier states a fact")
        return max(days)

    def known_on(self, on: date) -> Dossier:
        """The dossier as it was known on a day, without the rows that are not used."""
        return Dossier(
            {
                table: tuple(
                    row
                    for row in self.rows(table)
                    if not isinstance(row, Fact) or (row.used and row.is_known(on))
                )
                for table in TABLES
            }
        )

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the canonical text of every row: the name of this revision."""
        return digest_of(
            {
                table.TABLE: [texts_of(row) for row in self.rows(table)]
                for table in TABLES
                if self.rows(table)
            }
        )


def texts_of(row: Row) -> dict[str, str]:
    """A row as written in a file: column name to text, empty cells left out, with `currency`."""
    texts: dict[str, str] = {}
    for column in columns_of(type(row)):
        value: Any = getattr(row, column.name)
        written = write_cell(value, column)
        if column.kind is Kind.MONEY and value is not None:
            texts["currency"] = value.currency
        if written:
            texts[column.name] = written
    return texts
