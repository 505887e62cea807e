"""Small multiples: the same months in every panel, a heading and a legend over each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from konbit.briefing.figures.labels import shortened, text_width, widest
from konbit.briefing.figures.pixels import pixels, placed_text, rules, texts_layers
from konbit.briefing.figures.theme import GRID, INK, LINE, MUTED, NARROW, view
from konbit.briefing.figures.timeline import LABEL_HEIGHT, Timeline

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from konbit.briefing.figures.words import Words
    from konbit.terms import Month

_PAD = 4
_GAP = 24
_LINE = 16
_SWATCH = 16


@dataclass(frozen=True, slots=True)
class Series:
    """One line of a panel.

    Attributes:
        name: in the specification.
        legend: what is said over the panel, beside a piece of the line.
        values: a whole number for each month; nothing where it is not known.
        color: of the line.
        ink: of the legend.
        width: of the line, in pixels.
        dash: of the line, as dash and gap; none for a whole line.
        fill: colour of the area under the line; empty for none.
        bold: whether the legend is set in bold.
    """

    name: str
    legend: str
    values: tuple[int | None, ...]
    color: str
    ink: str
    width: float = 1.6
    dash: tuple[int, int] | None = None
    fill: str = ""
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Panel:
    """One of the multiples. `ticks` are its heights, from lowest to highest, with their labels."""

    heading: str
    series: tuple[Series, ...]
    ticks: dict[int, str]
    remark: str = ""


def grid_of_panels(
    panels: Sequence[Panel],
    months: tuple[Month, ...],
    words: Words,
    width_px: int,
    *,
    height: int = 96,
    footnote: str = "",
) -> dict[str, Any]:
    """A specification of panels in as many columns as the width allows, three at the most.

    Args:
        panels: in reading order.
        months: consecutive months, common to all.
        words: for the names of months.
        width_px: of the picture, in pixels.
        height: of each plot, in pixels.
        footnote: said under all of them.
    """
    columns = 1 if width_px < NARROW else min(3, len(panels))
    axis = widest([label for panel in panels for label in panel.ticks.values()]) + 8
    cell = (width_px - 2 * _PAD - _GAP * (columns - 1)) // columns
    timeline = Timeline(months, 0, cell - axis)
    drawing = _Drawing(axis, height)
    y = 0
    for start in range(0, len(panels), columns):
        row = panels[start : start + columns]
        legends = [_legend_lines(panel, cell) for panel in row]
        over = max(len(lines) + bool(p.remark) for lines, p in zip(legends, row, strict=True))
        top = y + _LINE * (1 + over) + 6
        for column, (panel, lines) in enumerate(zip(row, legends, strict=True)):
            left = column * (cell + _GAP)
            drawing.panel(panel, lines, timeline.moved(left + axis), left, y, top, words)
        y = top + height + LABEL_HEIGHT + 6
    if footnote:
        y = drawing.footnote(footnote, y)
    return view(
        drawing.layers(), width=width_px, height=y, left=_PAD, right=_PAD, top=_PAD, bottom=0
    )


def _legend_lines(panel: Panel, room: int) -> list[list[Series]]:
    """The legends of a panel, as many beside each other as fit."""
    lines: list[list[Series]] = []
    used = room + 1
    for series in panel.series:
        needed = _SWATCH + 4 + text_width(series.legend, bold=series.bold) + 12
        if used + needed > room:
            lines.append([])
            used = 0
        lines[-1].append(series)
        used += needed
    return lines


class _Drawing:
    """Collects what is drawn, panel by panel."""

    def __init__(self, axis: int, height: int) -> None:
        self._axis = axis
        self._height = height
        self._texts: list[dict[str, Any]] = []
        self._ticks: list[dict[str, Any]] = []
        self._grid: list[dict[str, Any]] = []
        self._lines: list[dict[str, Any]] = []

    def panel(
        self,
        panel: Panel,
        legends: list[list[Series]],
        timeline: Timeline,
        left: int,
        y: int,
        top: int,
        words: Words,
    ) -> None:
        """Lay out one panel: heading at `y`, plot from `top`."""
        room = self._axis + timeline.width
        heading = shortened(panel.heading, room, bold=True)
        self._texts.append(placed_text(heading, left, y + 8, INK, bold=True))
        for number, line in enumerate(legends, start=1):
            self._legend(line, left, y + 8 + _LINE * number)
        if panel.remark:
            line_y = y + 8 + _LINE * (1 + len(legends))
            self._texts.append(placed_text(shortened(panel.remark, room), left, line_y, MUTED))
        low, high = min(panel.ticks), max(panel.ticks)
        base = top + self._height

        def up(value: int) -> int:
            return base - (value - low) * self._height // max(high - low, 1)

        for tick, label in panel.ticks.items():
            self._grid.append(
                {"x": timeline.left, "x2": timeline.at(len(timeline.months)), "y": up(tick),
                 "y2": up(tick)}
            )  # fmt: skip
            self._texts.append(
                placed_text(label, timeline.left - 6, up(tick), MUTED, align="right")
            )
        for series in panel.series:
            self._lines.append(_stepped(series, panel.heading, timeline, up(0), up))
        ticks, texts = timeline.labels(base, words)
        self._ticks += ticks
        self._texts += texts

    def footnote(self, text: str, y: int) -> int:
        """A remark under everything."""
        self._texts.append(placed_text(text, 0, y + _LINE // 2, MUTED))
        return y + _LINE + 4

    def layers(self) -> list[dict[str, Any]]:
        """Everything laid out, as layers."""
        return [
            *rules("grid", self._grid, color=GRID),
            *rules("ticks", self._ticks, color=LINE),
            *self._lines,
            *texts_layers(self._texts),
        ]

    def _legend(self, line: list[Series], x: int, y: int) -> None:
        for series in line:
            mark: dict[str, Any] = {"color": series.color, "strokeWidth": series.width}
            if series.dash:
                mark["strokeDash"] = list(series.dash)
            swatch = {"x": x, "x2": x + _SWATCH, "y": y, "y2": y}
            if series.fill:
                self._lines += rules("", [{**swatch, "y": y + 3, "y2": y + 3}],
                                     color=series.fill, strokeWidth=6)  # fmt: skip
            self._lines += rules("", [swatch], **mark)
            x += _SWATCH + 4
            self._texts.append(placed_text(series.legend, x, y, series.ink, bold=series.bold))
            x += text_width(series.legend, bold=series.bold) + 12


def _stepped(
    series: Series, heading: str, timeline: Timeline, zero: int, up: Callable[[int], int]
) -> dict[str, Any]:
    """A stepped line, interrupted where the value is not known; level stretches have two points."""
    values: list[dict[str, Any]] = []
    run = 0
    for position, value in enumerate(series.values):
        if value is None:
            run = position + 1
            continue
        point = {"month": str(timeline.months[position]), "value": value, "run": run,
                 "y": up(value), "y2": zero}  # fmt: skip
        if not values or values[-1]["y"] != point["y"] or values[-1]["run"] != run:
            values.append({**point, "x": timeline.at(position)})
        after = series.values[position + 1 : position + 2]
        if not after or after[0] is None:
            values.append({**point, "x": timeline.at(position + 1)})
    mark: dict[str, Any] = {"type": "line", "interpolate": "step-after", "clip": False}
    line: dict[str, Any] = {"color": series.color, "strokeWidth": series.width}
    if series.dash:
        line["strokeDash"] = list(series.dash)
    encoding: dict[str, Any] = {
        "x": pixels("x"),
        "y": pixels("y"),
        "detail": {"field": "run"},
    }
    if series.fill:
        mark |= {"type": "area", "color": series.fill, "line": line}
        encoding["y2"] = {"field": "y2"}
    else:
        mark |= line
    return {
        "description": f"{heading}: {series.legend}",
        "data": {"values": values},
        "mark": mark,
        "encoding": encoding,
    }
