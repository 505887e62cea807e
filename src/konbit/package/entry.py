"""One row while it is read: its texts, its values, and what is wrong with them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from konbit.dossier import Kind
from konbit.dossier.cells import CellError, read_cell
from konbit.package.characters import FORBIDDEN, is_formula_like, plain
from konbit.package.layout import CURRENCY
from konbit.terms import Severity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from konbit.dossier import Column, Row
    from konbit.package.tally import Tally

_DECIMAL_COMMA = re.compile("-?[0-9][0-9 \u00a0\u202f]*,[0-9]+")


@dataclass(slots=True)
class Entry:
    """One row while it is read.

    Attributes:
        number: of its line in the file.
        texts: what stands in the file, by column name.
        values: what was read of it, by column name.
        problems: code, severity, column and values of what is wrong.
    """

    number: int
    texts: dict[str, str]
    values: dict[str, Any] = field(default_factory=dict)
    problems: list[tuple[str, Severity, str, dict[str, object]]] = field(default_factory=list)

    def note(self, code: str, severity: Severity, column: str = "", **values: object) -> None:
        """Note what is wrong; it is told when the row is known by its key."""
        self.problems.append((code, severity, column, values))

    @property
    def faulty(self) -> set[str]:
        """Columns in which something stops the row; the empty name for the row itself."""
        return {column for _, severity, column, _ in self.problems if severity is Severity.ERROR}

    def read_cell(self, column: Column, *, decimal_comma: bool) -> None:
        """Read one cell into the values, or note why it cannot be read."""
        text = plain(self.texts[column.name])
        if FORBIDDEN.search(text):
            self.note("control-character", Severity.ERROR, column.name)
            return
        if column.kind is Kind.MONEY and CURRENCY in self.faulty:
            return
        if decimal_comma and _is_number(column) and _DECIMAL_COMMA.fullmatch(text):
            text = text.replace(",", ".")
        try:
            self.values[column.name] = read_cell(text, column, self.values.get(CURRENCY, ""))
        except CellError as error:
            self.note(error.code, Severity.ERROR, column.name, **error.values_named)
        if column.kind is Kind.TEXT and is_formula_like(text):
            self.note("formula-like-text", Severity.WARNING, column.name)

    def note_computed(self, column: str) -> None:
        """Note that a cell holds a formula: its value counts, unless it has none."""
        if self.texts.get(column, "").strip():
            self.note("formula-in-cell", Severity.WARNING, column)
            return
        self._forget_empty(column)
        self.note("formula-without-value", Severity.ERROR, column)

    def note_merged(self, column: str) -> None:
        """Note that a cell has no value of its own because it is merged into another."""
        missed = self._forget_empty(column)
        self.note("cell-merged", Severity.ERROR if missed else Severity.WARNING, column)

    def _forget_empty(self, column: str) -> bool:
        """Whether a cell was missed: it is not empty before the reader, who would look for it."""
        kept = [told for told in self.problems if (told[0], told[2]) != ("cell-empty", column)]
        was_missed = len(kept) < len(self.problems)
        self.problems = kept
        return was_missed

    def label(self, key: Sequence[str]) -> str:
        """The key as it stands in the file, or the number of the line where it cannot be read."""
        parts = [self.texts.get(name, "").strip() for name in key]
        if all(parts) and self.faulty.isdisjoint(key):
            return " / ".join(parts)
        return f"line {self.number}"

    def tell(self, tally: Tally, label: str) -> None:
        """Put what is wrong into the tally, under the name of the row."""
        for code, severity, column, values in self.problems:
            tally.add(code, severity, label, column, **values)

    def row(self, table: type[Row]) -> Row:
        """The row itself, once every cell is read."""
        values = self.values
        if CURRENCY in values and CURRENCY not in table.__dataclass_fields__:
            values = {name: value for name, value in values.items() if name != CURRENCY}
        return table(**values)


def _is_number(column: Column) -> bool:
    return column.kind in {Kind.DECIMAL, Kind.MONEY}
