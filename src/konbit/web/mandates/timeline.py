"""The chain of documents as a picture: a lane a body, a mark a document, a line what it follows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from konbit.dossier.tables.mandate import Document, Organisation

if TYPE_CHECKING:
    from datetime import date

    from konbit.dossier import Dossier

WIDTH = 1_080
_LEFT, _RIGHT, _TOP, _LANE = 110, 24, 34, 46
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
    first, last = rows[0].adopted_on, rows[-1].adopted_on
    marks = _marks(rows, places, first, last)
    by_code = {mark.row.code: mark for mark in marks}
    lines = tuple(
        Line(kind, by_code[earlier].x, by_code[earlier].y, mark.x, mark.y)
        for mark in marks
        for kind, earlier in (("renews", mark.row.renews), ("answers", mark.row.answers))
        if earlier in by_code
    )
    years = tuple(
        (year, _x(first.replace(year=year, month=1, day=1), first, last))
        for year in range(first.year + 1, last.year + 1)
    )
    lanes = tuple(Lane(_short(body), titles.get(body, body), places[body]) for body in bodies)
    return Timeline(WIDTH, _TOP + len(bodies) * _LANE + 10, lanes, years, marks, lines)


def _marks(
    rows: list[Document], places: dict[str, int], first: date, last: date
) -> tuple[Mark, ...]:
    found: list[Mark] = []
    furthest: dict[tuple[str, int], int] = {}
    for row in rows:
        x = _x(row.adopted_on, first, last)
        free = (k for k in (0, 1, 2) if x - furthest.get((row.body, k), -_NEAR) >= _NEAR)
        level = next(free, 2)
        furthest[row.body, level] = x
        found.append(Mark(row, x, places[row.body] + level * 13 - 6))
    return tuple(found)


def _x(day: date, first: date, last: date) -> int:
    whole = max(1, (last - first).days)
    return _LEFT + (day - first).days * (WIDTH - _LEFT - _RIGHT) // whole


def _short(code: str) -> str:
    return f"{code[:13]}…" if len(code) > 14 else code or "\u2013"
