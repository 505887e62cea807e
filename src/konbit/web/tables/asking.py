"""What a list shows: filter, order, day of knowledge, state of the record.

One answer for page, workbook and API.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from django.db.models import F, Q

from konbit.dossier.cells import EARLIEST, LATEST, CellError, read_cell
from konbit.dossier.columns import Kind, columns_of
from konbit.dossier.facts import Fact
from konbit.web.bridge.mapping import field_of
from konbit.web.bridge.numbers import whole
from konbit.web.history.queries import change_at_end_of
from konbit.web.tables.amounts import amount_is, amount_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from konbit.dossier.columns import Column, Row
    from konbit.web.missions.models import Mission
    from konbit.web.tables.queries import States

SEARCHED = frozenset({Kind.CODE, Kind.REFERENCE, Kind.TEXT})
CHOSEN = frozenset({Kind.CHOICE, Kind.BOOLEAN, Kind.COUNTRY, Kind.CURRENCY})
RANGED = frozenset({Kind.DATE, Kind.INTEGER, Kind.DECIMAL, Kind.MONEY})
_LONGEST = 200


class NotAskedWellError(ValueError):
    """A parameter cannot be understood.

    Attributes:
        name: of the parameter.
    """

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asks of a table.

    Attributes:
        table: the table.
        words: searched for in codes and texts.
        equal: value by column, as text.
        least: smallest value by column, as text.
        most: largest value by column, as text.
        sort: column, with `-` before it for the other way round; empty for the key.
        known_on: only facts known, and still believed, on this day.
        recorded_on: as the record stood at the end of this day.
        change: as the record stood after this change, by its number.
    """

    table: type[Row]
    words: str = ""
    equal: Mapping[str, str] = field(default_factory=dict)
    least: Mapping[str, str] = field(default_factory=dict)
    most: Mapping[str, str] = field(default_factory=dict)
    sort: str = ""
    known_on: date | None = None
    recorded_on: date | None = None
    change: int | None = None

    @classmethod
    def read(cls, table: type[Row], told: Mapping[str, str]) -> Asked:
        """From the parameters of an address; those of other names are passed over.

        Raises:
            NotAskedWellError: one cannot be understood.
        """
        # `known_on` asks what was known on a day, and not for a cell of that column.
        names = {column.name for column in columns_of(table)} - {"known_on"}
        sort = told.get("sort", "")
        if sort and sort.removeprefix("-") not in names:
            raise NotAskedWellError("sort")
        return cls(
            table,
            told.get("q", "").strip()[:_LONGEST],
            {n: told[n].strip() for n in names if told.get(n, "").strip()},
            {n: told[f"{n}.from"] for n in names if told.get(f"{n}.from", "").strip()},
            {n: told[f"{n}.to"] for n in names if told.get(f"{n}.to", "").strip()},
            sort,
            _day("known_on", told),
            _day("recorded_on", told),
            _number("change", told),
        )

    @property
    def narrowing(self) -> tuple[object, ...]:
        """All that decides which rows are asked for, and not in which order."""
        chosen = (tuple(sorted(c.items())) for c in (self.equal, self.least, self.most))
        days = (self.known_on, self.recorded_on, self.change)
        return (self.table.TABLE, self.words, *chosen, *days)

    @property
    def is_narrowed(self) -> bool:
        """Whether rows are left out by a filter."""
        return bool(self.words or self.equal or self.least or self.most or self.known_on)

    def at(self, mission: Mission) -> int | None:
        """The change after which the record is asked; None for now."""
        if self.change is not None:
            return self.change
        return None if self.recorded_on is None else change_at_end_of(mission, self.recorded_on)

    def of(self, mission: Mission, states: States) -> States:
        """The states asked for, in order.

        Raises:
            NotAskedWellError: a value is none of its column.
        """
        found = states.of(mission.pk).after(self.at(mission)).known(self.known_on)
        columns = {column.name: column for column in columns_of(self.table)}
        for name, text in self.equal.items():
            found = found.filter(_equals(columns[name], text))
        for bounds, side in ((self.least, "gte"), (self.most, "lte")):
            for name, text in bounds.items():
                found = found.filter(_bound(columns[name], text, side))
        if self.words:
            found = found.filter(self._searched(columns))
        return found.order_by(*self._order(columns))

    def _searched(self, columns: Mapping[str, Column]) -> Q:
        named = [Q(row_key__icontains=self.words)]
        named += [
            Q(**{f"{column.name}__icontains": self.words})
            for column in columns.values()
            if column.kind in SEARCHED and column.name != "code"
        ]
        return reduce(or_, named)

    def _order(self, columns: Mapping[str, Column]) -> tuple[Any, ...]:
        if not self.sort:
            return ("row_key",)
        column = columns[self.sort.removeprefix("-")]
        value = field_of(column)
        wanted = amount_of(value) if column.kind is Kind.MONEY else F(value)
        return (wanted.desc() if self.sort.startswith("-") else wanted.asc(), "row_key")


def parameters(table: type[Row]) -> tuple[str, ...]:
    """Names of all parameters that a table understands."""
    names = ["q", "sort", "recorded_on", "change"]
    names += ["known_on"] if issubclass(table, Fact) else []
    columns = columns_of(table)
    names += [column.name for column in columns if column.name != "known_on"]
    ranged = [column.name for column in columns if column.kind in RANGED and column.name in names]
    return (*names, *(f"{name}.{side}" for name in ranged for side in ("from", "to")))


def _day(name: str, told: Mapping[str, str]) -> date | None:
    text = told.get(name, "").strip()
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise NotAskedWellError(name) from None
    if not EARLIEST <= day < LATEST:
        raise NotAskedWellError(name)
    return day


def _number(name: str, told: Mapping[str, str]) -> int | None:
    text = told.get(name, "").strip()
    if not text:
        return None
    found = whole(text)
    if found is None:
        raise NotAskedWellError(name)
    return found


def _equals(column: Column, text: str) -> Q:
    if column.kind is Kind.TEXT:
        return Q(**{f"{column.name}__icontains": text[:_LONGEST]})
    return _bound(column, text, "exact")


def _bound(column: Column, text: str, side: str) -> Q:
    if column.kind is Kind.MONEY:
        try:
            return amount_is(field_of(column), text, side)
        except ValueError:
            raise NotAskedWellError(column.name) from None
    return Q(**{f"{column.name}__{side}": _value(column, text)})


def _value(column: Column, text: str) -> Any:
    try:
        return read_cell(text, column)
    except CellError:
        raise NotAskedWellError(column.name) from None
