"""A linear model with whole-number columns, held as plain lists until it is solved."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import inf
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Name = tuple[str | int, ...]


@dataclass(slots=True)
class Model:
    """Columns, rows and their names. Names start with the law that made them.

    Built once by the constraint functions, then read by `solve`; nothing here knows a solver.
    """

    lower: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    whole: list[bool] = field(default_factory=list)
    column_names: list[Name] = field(default_factory=list)
    row_lower: list[float] = field(default_factory=list)
    row_upper: list[float] = field(default_factory=list)
    row_names: list[Name] = field(default_factory=list)
    starts: list[int] = field(default_factory=lambda: [0])
    indices: list[int] = field(default_factory=list)
    values: list[float] = field(default_factory=list)

    def column(self, lower: float, upper: float, *name: str | int, whole: bool = False) -> int:
        """Add a column and return its index."""
        self.lower.append(lower)
        self.upper.append(upper)
        self.whole.append(whole)
        self.column_names.append(name)
        return len(self.lower) - 1

    def row(
        self,
        terms: Mapping[int, float] | Iterable[tuple[int, float]],
        *name: str | int,
        lower: float = -inf,
        upper: float = inf,
    ) -> int:
        """Add `lower ≤ Σ coefficient × column ≤ upper`; terms of one column are added up."""
        merged: dict[int, float] = {}
        for column, value in terms.items() if hasattr(terms, "items") else terms:
            merged[column] = merged.get(column, 0.0) + value
        for column, value in merged.items():
            if value:
                self.indices.append(column)
                self.values.append(value)
        self.starts.append(len(self.indices))
        self.row_lower.append(lower)
        self.row_upper.append(upper)
        self.row_names.append(name)
        return len(self.row_lower) - 1
