"""The chain of documents as a picture: a lane a body, a mark a document, a line what it follows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from konbit.dossier.tables.mandate import Document, Organisation

if TYPE_CHECKING:
    from datetime import date

    from konbit.dossier import Dossier

WIDTH = 1_080
_LEFT, _RIGHT, _TOP, _LANE = 110, 24, 34, 46
_YEAR = 36  # the least width of a year, so that it can be written
_NEAR = 15  # marks nearer than this are set one below the other


@dataclass(frozen=True, slots=True)
class Lane:
    """A body by its code, its name in full, and where its lane lies."""

    label: str
    title: str
    y: int


@dataclass(frozen=True, slots=True)
class Mark:
    """A document, and where its mark stands."""

    row: Document
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Line:
    """One document answers (`answers`) or renews (`renews`) another."""

    kind: str
    x1: int
    y1: int
    x2: int
    y2: int


@dataclass(frozen=True, slots=True)
class Timeline:
    """The picture, in its own units."""

    width: int
    height: int
    lanes: tuple[Lane, ...]
    years: tuple[tuple[int, int], ...]
    marks: tuple[Mark, ...]
    lines: tuple[Line, ...]


def timeline(dossier: Dossier) -> Timeline | None:
    """The chain of all documents; None where there is none."""
    rows = sorted(dossier.rows(Document), key=lambda d: (d.adopted_on, d.code))
    if not rows:
        return None
    titles = {row.code: row.title for row in dossier.rows(Organisation)}
    bodies = list(dict.fromkeys(row.body for row in rows))
    places = {body: _TOP + 20 + at * _LANE for at, body in enumerate(bodies)}
    scale = _Scale([row.adopted_on for row in rows])
    marks = _marks(rows, places, scale)
    by_code = {mark.row.code: mark for mark in marks}
    lines = tuple(
        Line(kind, by_code[earlier].x, by_code[earlier].y, mark.x, mark.y)
        for mark in marks
        for kind, earlier in (("renews", mark.row.renews), ("answers", mark.row.answers))
        if earlier in by_code
    )
    years = tuple((day.year, scale.x(day)) for day in scale.starts[1:])
    lanes = tuple(Lane(_short(body), titles.get(body, body), places[body]) for body in bodies)
    return Timeline(WIDTH, _TOP + len(bodies) * _LANE + 10, lanes, years, marks, lines)


class _Scale:
    """Where a day stands: a year is the wider the more documents are of it, none is lost to sight.

    Args:
        days: of all documents, in order.
    """

    def __init__(self, days: list[date]) -> None:
        first, last = days[0], days[-1]
        years = range(first.year, last.year + 1)
        self.starts = [first, *(first.replace(year=y, month=1, day=1) for y in years[1:])]
        self._ends = [*self.starts[1:], last + timedelta(days=1)]
        counts = [sum(day.year == year for day in days) for year in years]
        whole = WIDTH - _LEFT - _RIGHT
        least = min(_YEAR, whole // len(years))
        spare = whole - least * len(years)
        self._widths = [least + spare * count // len(days) for count in counts]
        self._lefts = [_LEFT + sum(self._widths[:at]) for at in range(len(years))]

    def x(self, day: date) -> int:
        """The place of a day from the left."""
        at = day.year - self.starts[0].year
        start, end = self.starts[at], self._ends[at]
        share = (day - start).days * self._widths[at] // max(1, (end - start).days)
        return self._lefts[at] + share


def _marks(rows: list[Document], places: dict[str, int], scale: _Scale) -> tuple[Mark, ...]:
    found: list[Mark] = []
    furthest: dict[tuple[str, int], int] = {}
    for row in rows:
        x = scale.x(row.adopted_on)
        free = (k for k in (0, 1, 2) if x - furthest.get((row.body, k), -_NEAR) >= _NEAR)
        level = next(free, 2)
        furthest[row.body, level] = x
        found.append(Mark(row, x, places[row.body] + level * 13 - 6))
    return tuple(found)


def _short(code: str) -> str:
    return f"{code[:13]}…" if len(code) > 14 else code or "\u2013"
