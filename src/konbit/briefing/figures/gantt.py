"""What is required and what of it is secured, by capability and site, over time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from konbit.briefing.figures.axes import plan_months
from konbit.briefing.figures.empty import empty_figure
from konbit.briefing.figures.figure import Figure, FigureTable
from konbit.briefing.figures.labels import shortened, text_width, widest
from konbit.briefing.figures.met import Met, met_by
from konbit.briefing.figures.names import capability_title, site_title
from konbit.briefing.figures.pixels import boxes, placed_text, rules, texts_layers
from konbit.briefing.figures.theme import (
    ACCENT,
    GRID,
    INK,
    LINE,
    NARROW,
    PALE,
    WIDE,
    view,
)
from konbit.briefing.figures.timeline import LABEL_HEIGHT, Timeline
from konbit.dossier.plan import FULL
from konbit.dossier.tables.requirement import Capability

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from konbit.briefing.figures.words import Words
    from konbit.dossier.dossier import Dossier
    from konbit.dossier.plan import Coverage, Plan
    from konbit.terms import Month

NAME = "gantt"
MOST_ROWS = 40
"""With more rows than these, sites of a capability are taken together."""

_NUMERIC = (False, False, False, False, False, True, True)
_BAR = 14
_HEAD = 24
_ROW = 22
_TALL_ROW = 36


@dataclass(frozen=True, slots=True)
class _Line:
    """One row: a capability at a site, or at all sites, month by month."""

    group: str
    name: str
    site: str
    measure: str
    months: dict[str, Met]

    @property
    def heading(self) -> str:
        """What it stands under: its capability, or where its sites are taken together its group."""
        return self.name if self.site else self.group

    @property
    def together(self) -> Met:
        return sum(self.months.values(), Met())

    @property
    def most_needed(self) -> int:
        return max(met.needed for met in self.months.values())


def gantt(plan: Plan, dossier: Dossier, words: Words, *, width_px: int = WIDE) -> Figure:
    """Outer bar: required. Inner bar: met and effective, as high as its share.

    Sites stand under their capability; where they are taken together, capabilities stand under
    their group. A gap in the outer bar is a time in which nothing is required.

    Args:
        plan: whose coverage is shown.
        dossier: for titles, groups and measures.
        words: the reader's language.
        width_px: of the picture, in pixels.
    """
    title = words.say("figure-gantt-title")
    columns = tuple(
        words.say(f"figure-column-{name}")
        for name in ("group", "capability", "site", "first-month", "last-month", "needed", "met")
    )
    if not plan.coverage:
        return empty_figure(NAME, title, columns, _NUMERIC, words, width_px)
    months = plan_months([row.month for row in plan.coverage])
    lines = _lines(plan, dossier, words)
    groups = sorted({line.group for line in lines})
    grouped = [line for group in groups for line in lines if line.group == group]
    drawing = _Drawing(months, grouped, width_px, words)
    for position, line in enumerate(grouped):
        if not position or grouped[position - 1].heading != line.heading:
            drawing.heading(line.heading)
        drawing.line(line)
    best = max(lines, key=lambda line: line.together.share)
    worst = min(lines, key=lambda line: line.together.share)
    return Figure(
        name=NAME,
        title=title,
        spec=drawing.spec(),
        table=FigureTable(
            columns,
            tuple(_table_row(line, words) for line in grouped),
            _NUMERIC,
        ),
        alt=words.say(
            "figure-gantt-alt",
            number=words.number(len(lines)),
            best=_place(best.name, best.site, words),
            most=words.share(best.together.share),
            worst=_place(worst.name, worst.site, words),
            least=words.share(worst.together.share),
        ),
    )


def _lines(plan: Plan, dossier: Dossier, words: Words) -> list[_Line]:
    """Rows by capability and site, the weightiest capability first.

    When they are too many, the sites of a capability are taken together.
    """
    by_site = len({(row.capability, row.site) for row in plan.coverage}) <= MOST_ROWS
    found: dict[tuple[str, str], list[Coverage]] = {}
    for row in plan.coverage:
        found.setdefault((row.capability, row.site if by_site else ""), []).append(row)
    weights = met_by(plan.coverage, lambda row: row.capability)
    order = sorted(
        found.items(),
        key=lambda item: (-weights[item[0][0]].weight, item[0][0], -_weight(item[1]), item[0][1]),
    )
    return [_line(key, rows, dossier, words) for key, rows in order]


def _weight(rows: Sequence[Coverage]) -> int:
    return sum(row.weight for row in rows)


def _line(key: tuple[str, str], rows: Sequence[Coverage], dossier: Dossier, words: Words) -> _Line:
    capability = dossier.by_code(Capability).get(key[0])
    return _Line(
        group=(capability.group if capability else "") or words.say("figure-other"),
        name=capability_title(dossier, key[0]),
        site=site_title(dossier, key[1]) if key[1] else "",
        measure=capability.measure if capability else "",
        months=met_by(rows, lambda row: row.month),
    )


def _place(name: str, site: str, words: Words) -> str:
    """A capability and its site; without a site it stands for all sites."""
    return words.say("figure-gantt-place", capability=name, site=site) if site else name


def _with_need(line: _Line, words: Words, room: int | None = None) -> str:
    """The site, or the capability, of a row with what it needs; where room is short, shortened."""

    def said(name: str) -> str:
        return words.say("figure-gantt-line", name=name, needed=_needed(line, words))

    name = line.site or line.name
    return said(name if room is None else shortened(name, room - text_width(said(""))))


def _needed(line: _Line, words: Words) -> str:
    return f"{words.number(line.most_needed)} {line.measure}".strip()


def _table_row(line: _Line, words: Words) -> tuple[str | int | None, ...]:
    return (
        line.group,
        line.name,
        line.site or words.say("figure-all-sites"),
        words.month(min(line.months)),
        words.month(max(line.months)),
        _needed(line, words),
        words.share(line.together.share // 100 * 100),
    )


class _Drawing:
    """Collects rows from the top. On a phone names stand over their bars, else to their left."""

    def __init__(
        self, months: tuple[Month, ...], lines: Sequence[_Line], width_px: int, words: Words
    ) -> None:
        self._narrow = width_px < NARROW
        self._width_px = width_px
        self._words = words
        room = 0 if self._narrow else width_px * 42 // 100
        names = [_with_need(line, words) for line in lines]
        self._left = 4 if self._narrow else min(room, widest(names) + 12)
        self._right = widest([words.share(FULL)], bold=True) + 12
        self._timeline = Timeline(months, 0, width_px - self._left - self._right)
        self._y = 0
        self._outer: list[dict[str, Any]] = []
        self._inner: list[dict[str, Any]] = []
        self._texts: list[dict[str, Any]] = []

    def heading(self, group: str) -> None:
        """The name of a group of capabilities."""
        y = self._y + _HEAD // 2 + 2
        self._texts.append(placed_text(group, 4 - self._left, y, INK, bold=True))
        self._y += _HEAD

    def line(self, line: _Line) -> None:
        """One row."""
        if self._narrow:
            name = _with_need(line, self._words, self._width_px - 8)
            self._texts.append(placed_text(name, 0, self._y + 8, INK))
            top = self._y + 17
        else:
            name = _with_need(line, self._words, self._left - 12)
            self._texts.append(placed_text(name, -8, self._y + _ROW // 2, INK, align="right"))
            top = self._y + (_ROW - _BAR) // 2
        bottom = top + _BAR
        for first, last, needed in self._runs(line, lambda met: met.needed):
            place = self._place(line, first, last)
            self._outer.append({**place, "needed": needed, "y": top, "y2": bottom, "color": PALE})
        for first, last, height in self._runs(line, _height):
            if height:
                place = self._place(line, first, last)
                self._inner.append({**place, "y": bottom - height, "y2": bottom, "color": ACCENT})
        share = self._words.share(line.together.share // 100 * 100)
        end = self._timeline.width + 6
        self._texts.append(placed_text(share, end, top + _BAR // 2, INK, bold=True))
        self._y += _TALL_ROW if self._narrow else _ROW

    def spec(self) -> dict[str, Any]:
        """Everything laid out, as a specification."""
        height = self._y + 6
        ticks, texts = self._timeline.labels(height, self._words)
        grid = [{**tick, "y": 0, "y2": height} for tick in ticks]
        layers = [
            *rules("grid", grid, color=GRID),
            *boxes("required", self._outer, stroke=LINE, strokeWidth=0.75),
            *boxes("secured", self._inner),
            *rules("ticks", ticks, color=LINE),
            *texts_layers([*self._texts, *texts], halo=True),
        ]
        return view(layers, width=self._width_px, height=height, left=self._left,
                    right=self._right, top=4, bottom=LABEL_HEIGHT)  # fmt: skip

    def _place(self, line: _Line, first: int, last: int) -> dict[str, Any]:
        return {
            "name": line.name,
            "site": line.site,
            "month": str(self._timeline.months[first]),
            "x": self._timeline.at(first),
            "x2": self._timeline.at(last),
        }

    def _runs(self, line: _Line, of: Callable[[Met], int]) -> list[tuple[int, int, int]]:
        """Stretches of required months that look the same: first, last + 1, how they look."""
        runs: list[tuple[int, int, int]] = []
        for position, month in enumerate(self._timeline.months):
            met = line.months.get(str(month))
            if met is None:
                continue
            if runs and runs[-1][1] == position and runs[-1][2] == of(met):
                runs[-1] = (runs[-1][0], position + 1, runs[-1][2])
            else:
                runs.append((position, position + 1, of(met)))
        return runs


def _height(met: Met) -> int:
    """Height of the inner bar: full only when nothing is missing, none only when nothing is met."""
    return max(_BAR * met.share // FULL, 1) if met.share else 0
