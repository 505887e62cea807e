"""Who is present when: the plan before as an outline, the repaired plan solid inside it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from konbit.briefing.figures.axes import plan_months
from konbit.briefing.figures.empty import empty_figure
from konbit.briefing.figures.figure import Figure, FigureTable
from konbit.briefing.figures.labels import told_apart, widest, wrapped
from konbit.briefing.figures.names import title_of
from konbit.briefing.figures.pixels import boxes, placed_text, rules, texts_layers
from konbit.briefing.figures.theme import (
    ACCENT,
    GRID,
    INK,
    LINE,
    MUTED,
    NARROW,
    PAPER,
    WIDE,
    view,
)
from konbit.briefing.figures.timeline import LABEL_HEIGHT, Timeline
from konbit.dossier.tables.mandate import Organisation
from konbit.dossier.tables.pledge import Offer

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from konbit.briefing.figures.words import Words
    from konbit.dossier.plan import Plan
    from konbit.dossier.replay import Replay
    from konbit.terms import Month

NAME = "replay-gantt"
MOST_ROWS = 18

_NUMERIC = (False, False, True, True)
_BAR = 16
_ROW = 26
_TALL_ROW = 38
_LEGEND = 16


@dataclass(frozen=True, slots=True)
class _Line:
    """One offer: units present by month before and after."""

    name: str
    before: tuple[int, ...]
    after: tuple[int, ...]

    @property
    def lost(self) -> int:
        return sum(abs(b - a) for b, a in zip(self.before, self.after, strict=True))

    @property
    def most(self) -> int:
        return max(1, *self.before, *self.after)


def replay_gantt(replay: Replay, words: Words, *, width_px: int = WIDE) -> Figure:
    """A row for each offer, those that change most first; bars as high as the units present.

    Args:
        replay: whose plans are shown.
        words: the reader's language.
        width_px: of the picture, in pixels.
    """
    title = words.say("figure-replay-gantt-title")
    columns = tuple(
        words.say(f"figure-column-{name}") for name in ("unit", "month", "before", "after")
    )
    months = plan_months([str(replay.after.first_month), str(replay.after.until_month + -1)])
    lines = _lines(replay, months)
    if not lines:
        return empty_figure(NAME, title, columns, _NUMERIC, words, width_px)
    shown = [line for line in lines if line.lost] or lines
    shown = (shown + [line for line in lines if not line.lost and line not in shown])[:MOST_ROWS]
    drawing = _Drawing(months, shown, width_px, words)
    for line in shown:
        drawing.line(line)
    left_out = len(lines) - len(shown)
    if left_out:
        drawing.remark(words.say("figure-replay-gantt-more", number=words.number(left_out)))
    return Figure(
        name=NAME,
        title=title,
        spec=drawing.spec(),
        table=FigureTable(
            columns,
            tuple(
                (line.name, words.month(month), before, after)
                for line in lines
                if line.lost
                for month, before, after in zip(months, line.before, line.after, strict=True)
                if before != after
            ),
            _NUMERIC,
        ),
        alt=words.say(
            "figure-replay-gantt-alt",
            drawn=words.number(len(shown)),
            changed=words.number(sum(1 for line in shown if line.lost)),
            before=words.number(sum(sum(line.before) for line in lines)),
            after=words.number(sum(sum(line.after) for line in lines)),
        ),
    )


def _lines(replay: Replay, months: Sequence[Month]) -> list[_Line]:
    # Of an offer that a shock parted in two, the twin counts with the offer that it is of.
    parted = dict(replay.parted)
    before, after = _present(replay.before, parted), _present(replay.after, parted)
    offers = sorted({*(offer for offer, _ in before), *(offer for offer, _ in after)})
    times = Counter(_name(replay, offer) for offer in offers)
    lines = [
        _Line(
            _name(replay, offer) if times[_name(replay, offer)] == 1 else _coded(replay, offer),
            tuple(before.get((offer, str(month)), 0) for month in months),
            tuple(after.get((offer, str(month)), 0) for month in months),
        )
        for offer in offers
    ]
    return sorted(lines, key=lambda line: (-line.lost, line.name))


def _present(plan: Plan, parted: Mapping[str, str]) -> dict[tuple[str, str], int]:
    found: dict[tuple[str, str], int] = {}
    for row in plan.presence:
        key = (parted.get(row.offer, row.offer), row.month)
        found[key] = found.get(key, 0) + row.units
    return found


def _name(replay: Replay, offer: str) -> str:
    row = replay.shocked.by_code(Offer).get(offer)
    title = row.title if row is not None else offer
    who = title_of(replay.shocked, Organisation, row.contributor) if row is not None else ""
    return f"{who}: {title}" if who else title


def _coded(replay: Replay, offer: str) -> str:
    """An offer that is called like another, with its code."""
    return f"{_name(replay, offer)} ({offer})"


class _Drawing:
    """Collects rows from the top. On a phone names stand over their bars, else to their left."""

    def __init__(
        self, months: tuple[Month, ...], lines: Sequence[_Line], width_px: int, words: Words
    ) -> None:
        self._narrow = width_px < NARROW
        self._width_px = width_px
        self._words = words
        room = width_px * 40 // 100
        names = [line.name for line in lines]
        self._left = 4 if self._narrow else min(room, widest(names) + 12)
        self._labels = told_apart(names, (width_px if self._narrow else self._left) - 12)
        self._timeline = Timeline(months, 0, width_px - self._left - 8)
        self._y = 0
        self._ghosts: list[dict[str, Any]] = []
        self._solid: list[dict[str, Any]] = []
        self._texts: list[dict[str, Any]] = []
        for text in wrapped(words.say("figure-replay-gantt-legend"), width_px - 8):
            self.remark(text)
        self._y += 4

    def remark(self, text: str) -> None:
        """A line of text over or under the rows."""
        self._texts.append(placed_text(text, 4 - self._left, self._y + _LEGEND // 2, MUTED))
        self._y += _LEGEND

    def line(self, line: _Line) -> None:
        """One row: outline before, solid after, both standing on the row's foot."""
        if self._narrow:
            self._texts.append(placed_text(self._labels[line.name], 0, self._y + 8, INK))
            top = self._y + 18
        else:
            name = self._labels[line.name]
            self._texts.append(placed_text(name, -8, self._y + _ROW // 2, INK, align="right"))
            top = self._y + (_ROW - _BAR) // 2
        foot = top + _BAR
        for first, last, units in _runs(line.before):
            height = max(2, _BAR * units // line.most)
            self._ghosts.append(self._bar(line, first, last, foot - height, foot, PAPER))
        for first, last, units in _runs(line.after):
            height = max(2, (_BAR - 4) * units // line.most)
            self._solid.append(self._bar(line, first, last, foot - 2 - height, foot - 2, ACCENT))
        self._y += _TALL_ROW if self._narrow else _ROW

    def _bar(
        self, line: _Line, first: int, last: int, top: int, foot: int, color: str
    ) -> dict[str, Any]:
        return {
            "name": line.name,
            "month": str(self._timeline.months[first]),
            "x": self._timeline.at(first),
            "x2": self._timeline.at(last),
            "y": top,
            "y2": foot,
            "color": color,
        }

    def spec(self) -> dict[str, Any]:
        """Everything laid out, as a specification."""
        height = self._y + 6
        ticks, texts = self._timeline.labels(height, self._words)
        grid = [{**tick, "y": 2 * _LEGEND, "y2": height} for tick in ticks]
        layers = [
            *rules("grid", grid, color=GRID),
            *boxes("before", self._ghosts, stroke=INK, strokeWidth=1, strokeDash=[3, 2]),
            *boxes("after", self._solid),
            *rules("ticks", ticks, color=LINE),
            *texts_layers([*self._texts, *texts], halo=True),
        ]
        return view(layers, width=self._width_px, height=height, left=self._left, right=8,
                    top=4, bottom=LABEL_HEIGHT)  # fmt: skip


def _runs(units: Sequence[int]) -> list[tuple[int, int, int]]:
    """Stretches of months with the same number of units: first, last + 1, how many; none for 0."""
    runs: list[tuple[int, int, int]] = []
    for position, count in enumerate(units):
        if not count:
            continue
        if runs and runs[-1][1] == position and runs[-1][2] == count:
            runs[-1] = (runs[-1][0], position + 1, count)
        else:
            runs.append((position, position + 1, count))
    return runs
