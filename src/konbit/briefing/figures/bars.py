"""Bars in groups, each with its name on the left and its value at its end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from konbit.briefing.figures.labels import shortened, text_width, widest
from konbit.briefing.figures.pixels import boxes, placed_text, rules, texts_layers
from konbit.briefing.figures.theme import ACCENT, INK, MUTED, NARROW, view

if TYPE_CHECKING:
    from collections.abc import Sequence

_ROW = 22
_HEAD = 26
_BAR = 13
_PAD = 4


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar.

    Attributes:
        name: said on the left.
        length: whole number, in the figure's measure.
        value: said at the end of the bar.
        reach: how far a thin line goes on from the bar, for what might be at most; 0 for none.
        color: of the bar.
        bold: whether name and value are set in bold.
        data: what else a reader of the specification wants to know.
    """

    name: str
    length: int
    value: str
    reach: int = 0
    color: str = ACCENT
    bold: bool = False
    data: tuple[tuple[str, str | int], ...] = ()


@dataclass(frozen=True, slots=True)
class BarGroup:
    """Bars under a heading, which may be empty; `limit` is drawn as a rule through all of them."""

    heading: str
    bars: tuple[Bar, ...]
    limit: int = 0


def grouped_bars(groups: Sequence[BarGroup], width_px: int) -> dict[str, Any]:
    """A specification of groups of bars on one scale from zero.

    Args:
        groups: in order from the top.
        width_px: of the picture, in pixels.
    """
    bars = [bar for group in groups for bar in group.bars]
    room = width_px * (38 if width_px < NARROW else 32) // 100
    names = [shortened(bar.name, room, bold=bar.bold) for bar in bars]
    left = max(text_width(name, bold=bar.bold) for name, bar in zip(names, bars, strict=True)) + 12
    right = widest([bar.value for bar in bars], bold=True) + 14
    longest = max(max(bar.length, bar.reach) for bar in bars)
    longest = max(longest, *(group.limit for group in groups), 1)
    rows = _Rows(left, right, width_px, longest)
    y = 0
    for group in groups:
        y = rows.add(group, y, names)
    return view(
        rows.layers(), width=width_px, height=y, left=left, right=right, top=_PAD, bottom=_PAD
    )


class _Rows:
    """Collects what is drawn, row by row. Places are pixels from the top left of the plot."""

    def __init__(self, left: int, right: int, width_px: int, longest: int) -> None:
        self._left = left
        self._width = width_px - left - right
        self._width_px = width_px
        self._longest = longest
        self._bars: list[dict[str, Any]] = []
        self._reaches: list[dict[str, Any]] = []
        self._limits: list[dict[str, Any]] = []
        self._texts: list[dict[str, Any]] = []

    def add(self, group: BarGroup, y: int, names: list[str]) -> int:
        """Lay out one group from `y` down and say where the next begins."""
        if group.heading:
            heading = shortened(group.heading, self._width_px - 2 * _PAD, bold=True)
            self._text(heading, _PAD - self._left, y + 15, align="left", bold=True)
            y += _HEAD
        top = y
        for bar in group.bars:
            self._row(group, bar, y, names[len(self._bars)])
            y += _ROW
        if group.limit:
            at = self._across(group.limit)
            rule = {"limit": group.limit, "x": at, "x2": at, "y": top - 2, "y2": y - 2}
            self._limits.append(rule)
        return y + (8 if group.heading else 0)

    def layers(self) -> list[dict[str, Any]]:
        """Everything laid out, as layers."""
        return [
            *boxes("bars", self._bars),
            *rules("reaches", self._reaches, color=MUTED, strokeWidth=1.5, strokeDash=[2, 2]),
            *rules("limits", self._limits, color=INK, strokeWidth=1.5),
            *texts_layers(self._texts, halo=True),
        ]

    def _row(self, group: BarGroup, bar: Bar, y: int, name: str) -> None:
        end = self._across(bar.length)
        middle = y + _ROW // 2
        top = middle - _BAR // 2
        data = {"group": group.heading, "name": bar.name, "length": bar.length, **dict(bar.data)}
        self._bars.append(
            {**data, "x": 0, "x2": end, "y": top, "y2": top + _BAR, "color": bar.color}
        )
        self._text(name, -8, middle, align="right", bold=bar.bold)
        if bar.reach > bar.length:
            reach = self._across(bar.reach)
            self._reaches.append({"name": bar.name, "reach": bar.reach, "x": end, "x2": reach,
                                  "y": middle, "y2": middle})  # fmt: skip
            end = reach
        self._text(bar.value, end + 6, middle, align="left", bold=bar.bold)

    def _text(self, text: str, x: int, y: int, *, align: str, bold: bool) -> None:
        self._texts.append(placed_text(text, x, y, INK, align=align, bold=bold))

    def _across(self, length: int) -> int:
        return length * self._width // self._longest
