"""A linear model with whole-number columns, held as blocks of arrays until it is solved."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from itertools import repeat
from math import inf
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    Whole = np.ndarray[Any, np.dtype[np.int64]]
    Real = np.ndarray[Any, np.dtype[np.float64]]
    Flags = np.ndarray[Any, np.dtype[np.bool_]]

Name = tuple[str | int, ...]
Array = TypeVar("Array", bound="np.ndarray[Any, np.dtype[Any]]")

NONE = -1
"""In an array of columns: there is no such column."""


@dataclass(frozen=True, slots=True)
class _Names:
    """Names of a block: the law or kind, then for each key one value for all or one for each."""

    first: str
    keys: tuple[str | int | Sequence[str] | Whole, ...]
    count: int

    def __iter__(self) -> Iterator[Name]:
        parts: list[Iterable[str | int]] = [repeat(self.first, self.count)]
        for key in self.keys:
            if isinstance(key, np.ndarray):
                parts.append(key.ravel().tolist())
            elif isinstance(key, str | int):
                parts.append(repeat(key, self.count))
            else:
                parts.append(key)
        return zip(*parts, strict=True)


@dataclass(frozen=True, slots=True)
class Terms:
    """Coefficients of some rows: `row` counts from 0 and never falls, `column`, `value`.

    All three have the same length; a column stands at most once in a row.
    """

    row: Whole
    column: Whole
    value: Real

    @staticmethod
    def gather(parts: Iterable[tuple[Whole, Whole, Real]]) -> Terms:
        """Terms of parts in any order of rows."""
        listed = list(parts)
        if not listed:
            return Terms(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0))
        row, column, value = (np.concatenate([part[i] for part in listed]) for i in range(3))
        order = np.argsort(row, kind="stable")
        return Terms(row[order], column[order], value[order])

    @staticmethod
    def added(parts: Iterable[tuple[Whole, Whole, Real]]) -> Terms:
        """Terms of parts in which a column may stand more than once in a row: added up."""
        terms = Terms.gather(parts)
        if not len(terms.row):
            return terms
        key = terms.row * (int(terms.column.max()) + 1) + terms.column
        order = np.argsort(key, kind="stable")
        first = np.flatnonzero(np.diff(key[order], prepend=-1))
        value = np.add.reduceat(terms.value[order], first)
        kept = first[value != 0]
        return Terms(terms.row[order][kept], terms.column[order][kept], value[value != 0])

    @staticmethod
    def beside(columns: Whole, values: float | Sequence[float] | Real) -> Terms:
        """A row for each line of `columns` (rows × terms); where there is no column, no term."""
        exists = columns != NONE
        rows = np.broadcast_to(np.arange(len(columns))[:, None], columns.shape)
        wide = np.broadcast_to(np.asarray(values, dtype=float), columns.shape)
        return Terms(rows[exists], columns[exists], wide[exists])


@dataclass(slots=True)
class _Side:
    """Bounds and names of all columns, or of all rows."""

    lower: list[Real] = field(default_factory=list)
    upper: list[Real] = field(default_factory=list)
    names: list[_Names] = field(default_factory=list)
    count: int = 0

    def add(self, count: int, lower: float | Real, upper: float | Real, names: _Names) -> Whole:
        for bounds, given in ((self.lower, lower), (self.upper, upper)):
            bounds.append(np.broadcast_to(np.asarray(given, dtype=float), count))
        self.names.append(names)
        first = self.count
        self.count += count
        return np.arange(first, self.count)

    def copied(self) -> _Side:
        return _Side(list(self.lower), list(self.upper), list(self.names), self.count)

    def of(self, first: str) -> Whole:
        """The indices of the blocks whose names begin so."""
        found, here = [np.zeros(0, dtype=np.int64)], 0
        for names in self.names:
            if names.first == first:
                found.append(np.arange(here, here + names.count))
            here += names.count
        return np.concatenate(found)


class Model:
    """Columns, rows and their names. Names start with the law that made them.

    Written by the constraint functions in blocks, then read by `solve` as arrays (`starts`,
    `indices`, `values` are the rows one after the other); nothing here knows a solver.
    """

    def __init__(self) -> None:
        self._columns = _Side()
        self._rows = _Side()
        self._kinds: list[Flags] = []
        self._lengths: list[Whole] = []
        self._indices: list[Whole] = []
        self._values: list[Real] = []

    def columns(
        self,
        count: int,
        lower: float | Real,
        upper: float | Real,
        first: str,
        *keys: str | int | Sequence[str] | Whole,
        whole: bool = False,
    ) -> Whole:
        """Add some columns and return their indices.

        Args:
            count: how many.
            lower: for all, or one for each.
            upper: likewise.
            first: what they are, the first part of their names.
            keys: further parts of the names, each for all or one for each.
            whole: whether they are whole numbers.
        """
        self._forget()
        self._kinds.append(np.broadcast_to(np.bool_(whole), count))
        return self._columns.add(count, lower, upper, _Names(first, keys, count))

    def rows(
        self,
        count: int,
        terms: Terms,
        law: str,
        *keys: str | int | Sequence[str] | Whole,
        lower: float | Real = -inf,
        upper: float | Real = inf,
    ) -> Whole:
        """Add rows `lower ≤ Σ value × column ≤ upper` of a law and return their indices."""
        self._forget()
        self._lengths.append(np.bincount(terms.row, minlength=count).astype(np.int64))
        self._indices.append(terms.column)
        self._values.append(terms.value)
        return self._rows.add(count, lower, upper, _Names(law, keys, count))

    def column(self, lower: float, upper: float, *name: str | int, whole: bool = False) -> int:
        """Add one column and return its index."""
        first, *keys = name or ("",)
        return int(self.columns(1, lower, upper, str(first), *keys, whole=whole)[0])

    def row(
        self,
        terms: Mapping[int, float] | Iterable[tuple[int, float]],
        *name: str | int,
        lower: float = -inf,
        upper: float = inf,
    ) -> int:
        """Add one row; terms of one column are added up."""
        merged: dict[int, float] = {}
        for column, value in terms.items() if hasattr(terms, "items") else terms:
            merged[column] = merged.get(column, 0.0) + value
        kept = {column: value for column, value in merged.items() if value}
        single = Terms(
            np.zeros(len(kept), dtype=np.int64),
            np.fromiter(kept, dtype=np.int64, count=len(kept)),
            np.fromiter(kept.values(), dtype=float, count=len(kept)),
        )
        law, *keys = name or ("",)
        return int(self.rows(1, single, str(law), *keys, lower=lower, upper=upper)[0])

    def columns_of(self, *first: str) -> Whole:
        """Indices of all columns whose names begin with one of these, in order."""
        return np.sort(np.concatenate([self._columns.of(kind) for kind in first]))

    def rows_of(self, *laws: str) -> Whole:
        """Indices of all rows of some laws, in order."""
        return np.sort(np.concatenate([self._rows.of(law) for law in laws]))

    def copied(self) -> Model:
        """Another with the same columns and rows, to which more may be added."""
        other = Model()
        other._columns, other._rows = self._columns.copied(), self._rows.copied()
        for name in ("_kinds", "_lengths", "_indices", "_values"):
            setattr(other, name, list(getattr(self, name)))
        return other

    def _forget(self) -> None:
        for name in _JOINED:
            self.__dict__.pop(name, None)

    @property
    def column_count(self) -> int:
        """How many columns there are."""
        return self._columns.count

    @property
    def row_count(self) -> int:
        """How many rows there are."""
        return self._rows.count

    @cached_property
    def lower(self) -> Real:
        """Least value of every column."""
        return _joined(self._columns.lower, np.float64)

    @cached_property
    def upper(self) -> Real:
        """Largest value of every column."""
        return _joined(self._columns.upper, np.float64)

    @cached_property
    def whole(self) -> Flags:
        """Whether each column is a whole number."""
        return _joined(self._kinds, np.bool_)

    @cached_property
    def row_lower(self) -> Real:
        """Least value of every row."""
        return _joined(self._rows.lower, np.float64)

    @cached_property
    def row_upper(self) -> Real:
        """Largest value of every row."""
        return _joined(self._rows.upper, np.float64)

    @cached_property
    def starts(self) -> Whole:
        """Where each row's terms begin; one more at the end."""
        ends = np.cumsum(_joined(self._lengths, np.int64), dtype=np.int64)
        return np.concatenate((np.zeros(1, dtype=np.int64), ends))

    @cached_property
    def indices(self) -> Whole:
        """The column of every term."""
        return _joined(self._indices, np.int64)

    @cached_property
    def values(self) -> Real:
        """The coefficient of every term."""
        return _joined(self._values, np.float64)

    @cached_property
    def column_names(self) -> tuple[Name, ...]:
        """The name of every column, for people, tests and small models."""
        return tuple(name for block in self._columns.names for name in block)

    @cached_property
    def row_names(self) -> tuple[Name, ...]:
        """The name of every row, likewise."""
        return tuple(name for block in self._rows.names for name in block)


_JOINED = (
    "lower", "upper", "whole", "row_lower", "row_upper", "starts", "indices", "values",
    "column_names", "row_names",
)  # fmt: skip


def _joined(parts: Sequence[Array], kind: type[np.generic]) -> Array:
    """Blocks one after the other; of a kind where there is none."""
    return np.concatenate(parts) if parts else np.zeros(0, dtype=kind)  # type: ignore[return-value] # an empty array of the kind asked for
