"""Coverage by capability and month: the number in each cell, a stroke where nothing is required."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from konbit.briefing.figures.axes import plan_months
from konbit.briefing.figures.empty import empty_figure
from konbit.briefing.figures.figure import Figure, FigureTable
from konbit.briefing.figures.labels import shortened, widest
from konbit.briefing.figures.met import Met, met_by
from konbit.briefing.figures.names import capability_title
from konbit.briefing.figures.pixels import boxes, placed_text, rules, texts_layers
from konbit.briefing.figures.theme import (
    INK,
    LINE,
    NARROW,
    SHARE_FILLS,
    SHARE_INKS,
    SHARE_LIMITS,
    WIDE,
    view,
)
from konbit.briefing.figures.timeline import LABEL_HEIGHT, Timeline
from konbit.terms import Month

if TYPE_CHECKING:
    from konbit.briefing.figures.words import Words
    from konbit.dossier.dossier import Dossier
    from konbit.dossier.plan import Plan

NAME = "coverage-heat-map"
_ROW = 22
_CELL = 21
"""A cell is at least so wide that `100` can be read in it."""


def coverage_heat_map(
    plan: Plan, words: Words, *, dossier: Dossier | None = None, width_px: int = WIDE
) -> Figure:
    """Percent of each capability met and effective by month, weighted by priority; all on top.

    Where months would be too narrow for their numbers, three, six or twelve of them share a cell,
    in the table too.

    Args:
        plan: whose coverage is shown.
        words: the reader's language.
        dossier: for titles of capabilities; without it their codes are shown.
        width_px: of the picture, in pixels.
    """
    heading = words.say("figure-column-capability")
    capabilities = list(dict.fromkeys(row.capability for row in _by_need(plan)))
    if not capabilities:
        title = words.say("figure-coverage-heat-map-title")
        return empty_figure(NAME, title, (heading,), (False,), words, width_px)
    everything = words.say("figure-all")
    called = {code: capability_title(dossier, code) for code in capabilities}
    months = plan_months([row.month for row in plan.coverage])
    room = width_px * (36 if width_px < NARROW else 28) // 100
    names = [shortened(name, room) for name in called.values()]
    left = max(widest(names), widest([everything], bold=True)) + 14
    step = _months_in_cell(len(months), width_px - left - 4)
    rows = {everything: met_by(plan.coverage, lambda row: _cell_of(row.month, months, step))}
    for code in capabilities:
        own = (row for row in plan.coverage if row.capability == code)
        rows[called[code]] = met_by(own, lambda row: _cell_of(row.month, months, step))
    cells = range(-(-len(months) // step))
    timeline = Timeline(months, 0, width_px - left - 4)
    drawing = _Drawing(timeline, step)
    for line, (name, met) in enumerate(zip([everything, *names], rows.values(), strict=True)):
        drawing.row(line, name, [met.get(cell) for cell in cells], bold=line == 0)
    periods = [words.month(months[cell * step]) for cell in cells]
    code = "figure-coverage-heat-map-title" + ("" if step == 1 else "-periods")
    worst = min(rows, key=lambda name: sum(rows[name].values(), Met()).share)
    return Figure(
        name=NAME,
        title=words.say(code, months=words.number(step)),
        spec=view(
            drawing.layers(words, len(rows) * _ROW + 6),
            width=width_px, height=len(rows) * _ROW + 6, left=left, right=4, top=4,
            bottom=LABEL_HEIGHT,
        ),
        table=FigureTable(
            (heading, *periods),
            tuple(
                (name, *(_said(met.get(cell), words) for cell in cells))
                for name, met in rows.items()
            ),
            (False, *(True for _ in periods)),
        ),
        alt=words.say(
            "figure-coverage-heat-map-alt",
            share=words.share(sum(rows[everything].values(), Met()).share),
            capability=worst,
            least=words.share(sum(rows[worst].values(), Met()).share),
        ),
    )  # fmt: skip


def _by_need(plan: Plan) -> list[Any]:
    """Coverage rows of the weightiest capability first."""
    weights = met_by(plan.coverage, lambda row: row.capability)
    return sorted(plan.coverage, key=lambda row: (-weights[row.capability].weight, row.capability))


def _months_in_cell(months: int, width: int) -> int:
    return next((step for step in (1, 3, 6) if width * step >= months * _CELL), 12)


def _cell_of(month: str, months: tuple[Month, ...], step: int) -> int:
    return (Month.parse(month) - months[0]) // step


def _said(met: Met | None, words: Words) -> str | None:
    return None if met is None else words.share(met.share // 100 * 100)


def _shade(share: int) -> int:
    return sum(share >= limit for limit in SHARE_LIMITS)


class _Drawing:
    """Collects cells, row by row."""

    def __init__(self, timeline: Timeline, step: int) -> None:
        self._timeline = timeline
        self._step = step
        self._cells: list[dict[str, Any]] = []
        self._strokes: list[dict[str, Any]] = []
        self._texts: list[dict[str, Any]] = []

    def row(self, line: int, name: str, cells: list[Met | None], *, bold: bool) -> None:
        """One capability; the first row, all together, stands a little apart."""
        y = line * _ROW + (6 if line else 0)
        middle = y + _ROW // 2
        self._texts.append(placed_text(name, -8, middle, INK, align="right", bold=bold))
        for cell, met in enumerate(cells):
            x, x2 = self._between(cell)
            place = {"name": name, "month": str(self._timeline.months[cell * self._step])}
            if met is None:
                self._strokes.append({**place, "x": x + 3, "y": y + _ROW - 4, "x2": x2 - 4,
                                      "y2": y + 3})  # fmt: skip
                continue
            shade = _shade(met.share)
            self._cells.append({**place, "share": met.share, "x": x, "x2": x2 - 1, "y": y,
                                "y2": y + _ROW - 1, "color": SHARE_FILLS[shade]})  # fmt: skip
            self._texts.append(
                placed_text(str(met.share // 100), (x + x2) // 2, middle, SHARE_INKS[shade],
                            align="center", bold=bold)
            )  # fmt: skip

    def layers(self, words: Words, height: int) -> list[dict[str, Any]]:
        """Everything laid out, as layers."""
        ticks, texts = self._timeline.labels(height, words, self._step)
        return [
            *boxes("cells", self._cells, stroke=LINE, strokeWidth=0.5),
            *rules("not-required", self._strokes, color=LINE, strokeWidth=1),
            *rules("ticks", ticks, color=LINE),
            *texts_layers([*self._texts, *texts]),
        ]

    def _between(self, cell: int) -> tuple[int, int]:
        last = len(self._timeline.months)
        first = cell * self._step
        return self._timeline.at(first), self._timeline.at(min(first + self._step, last))


__all__ = ["coverage_heat_map"]
