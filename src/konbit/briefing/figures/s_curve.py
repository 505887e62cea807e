"""The S-curve: the five head-counts by month, as they were and as planned. Never one number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from konbit.briefing.figures.axes import axis_of, month_axis, nice_ticks, plan_months
from konbit.briefing.figures.empty import empty_figure
from konbit.briefing.figures.figure import Figure, FigureTable
from konbit.briefing.figures.labels import spread, text_width, widest
from konbit.briefing.figures.theme import (
    ACCENT,
    ACCENT_PALE,
    INK,
    LINE,
    MUTED,
    NARROW,
    PALE,
    WIDE,
    view,
)
from konbit.terms import Month

if TYPE_CHECKING:
    from collections.abc import Sequence

    from konbit.briefing.figures.words import Words
    from konbit.dossier.plan import HeadCount, Plan

NAME = "s-curve"
_LABEL_GAP = 15


@dataclass(frozen=True, slots=True)
class _Line:
    """One head-count: how it is drawn and in which ink it is named."""

    count: str
    color: str
    ink: str
    width: float
    dash: tuple[int, int] | None = None
    bold: bool = False


# In the order of the chain; later lines are drawn over earlier ones.
_LINES = (
    _Line("ceiling", INK, INK, 1.2, (6, 3)),
    _Line("required", LINE, MUTED, 1),
    _Line("offered", LINE, MUTED, 2, (2, 2)),
    _Line("ready", MUTED, MUTED, 1.6, (5, 2)),
    _Line("deployed", ACCENT, ACCENT, 1.6),
    _Line("effective", ACCENT, ACCENT, 3, bold=True),
)


def s_curve(plan: Plan, words: Words, *, width_px: int = WIDE) -> Figure:
    """Ceiling, required, offered, ready, deployed and effective people by month.

    Months of the record stand on grey, left of a rule at the as-of day; months of the plan right
    of it. Counts hold for a whole month, so lines are steps.

    Args:
        plan: whose head-counts are shown.
        words: the reader's language.
        width_px: of the picture, in pixels.
    """
    rows = sorted(plan.headcounts, key=lambda row: row.month)
    columns, numeric = _columns(words)
    title = words.say("figure-s-curve-title")
    if not rows:
        return empty_figure(NAME, title, columns, numeric, words, width_px)
    height = 260 if width_px < NARROW else 300
    months = plan_months([row.month for row in rows])
    highest = max(_count(row, line.count) or 0 for row in rows for line in _LINES)
    ticks = nice_ticks(highest)
    last = {line.count: _last(rows, line.count) for line in _LINES}
    named = [
        (line, value, _label(line, value, words))
        for line in _LINES
        if (value := last[line.count]) is not None
    ]
    y_labels = {tick: words.number(tick) for tick in ticks}
    left = widest(list(y_labels.values())) + 12
    right = widest([text for *_, text in named], bold=True) + 12
    inner = width_px - left - right
    x = {
        "field": "at",
        "type": "quantitative",
        "scale": {"domain": [0, len(months)], "nice": False},
        "axis": month_axis(months, inner, words),
    }
    y = {
        "field": "persons",
        "type": "quantitative",
        "scale": {"domain": [0, ticks[-1]], "nice": False},
        "axis": axis_of(y_labels, grid=True, ticks=False, labelPadding=6),
    }
    encoding = {"x": x, "y": y}
    layers = [
        *_border(plan, months, inner, words, ticks[-1]),
        *(_drawn(line, rows, months, encoding) for line in _LINES),
        *_names(named, len(months), ticks[-1], height),
    ]
    return Figure(
        name=NAME,
        title=title,
        spec=view(layers, width=width_px, height=height, left=left, right=right, top=22, bottom=36),
        table=FigureTable(columns, tuple(_table_row(row, words) for row in rows), numeric),
        alt=words.say(
            "figure-s-curve-alt",
            month=words.month(rows[-1].month),
            **{line.count: _said(last[line.count], words) for line in _LINES},
        ),
    )


def _columns(words: Words) -> tuple[tuple[str, ...], tuple[bool, ...]]:
    counts = [words.say(f"count-{line.count}") for line in _LINES]
    return (
        (words.say("figure-column-month"), words.say("figure-column-from"), *counts),
        (False, False, *(True for _ in counts)),
    )


def _table_row(row: HeadCount, words: Words) -> tuple[str | int | None, ...]:
    counts = (_count(row, line.count) for line in _LINES)
    return (words.month(row.month), words.say(f"from-{row.kind}"), *counts)


def _count(row: HeadCount, count: str) -> int | None:
    value: int | None = getattr(row, f"{count}_persons")
    return value


def _last(rows: Sequence[HeadCount], count: str) -> int | None:
    return _count(rows[-1], count)


def _said(value: int | None, words: Words) -> str:
    return words.say("figure-unknown") if value is None else words.number(value)


def _label(line: _Line, value: int, words: Words) -> str:
    name = words.say(f"count-{line.count}")
    return words.say("figure-label", name=name, value=words.number(value))


def _drawn(
    line: _Line, rows: Sequence[HeadCount], months: Sequence[Month], encoding: dict[str, Any]
) -> dict[str, Any]:
    """A stepped line, interrupted where the count is not known."""
    values: list[dict[str, Any]] = []
    run = 0
    for position, row in enumerate(rows):
        at = Month.parse(row.month) - months[0]
        persons = _count(row, line.count)
        if persons is None:
            run = position + 1
            continue
        point = {"month": row.month, "from": row.kind, "persons": persons, "run": run}
        values.append({**point, "at": at})
        follows = position + 1 < len(rows) and _count(rows[position + 1], line.count) is not None
        if not follows:
            values.append({**point, "at": at + 1})
    mark: dict[str, Any] = {
        "type": "line",
        "interpolate": "step-after",
        "color": line.color,
        "strokeWidth": line.width,
        "strokeJoin": "round",
    }
    if line.dash:
        mark["strokeDash"] = list(line.dash)
    if line.count == "effective":
        mark |= {"type": "area", "line": {"color": ACCENT, "strokeWidth": line.width},
                 "color": ACCENT_PALE, "fillOpacity": 0.45}  # fmt: skip
        del mark["strokeWidth"]
    return {
        "name": line.count,
        "data": {"values": values},
        "mark": mark,
        "encoding": {**encoding, "detail": {"field": "run"}},
    }


def _names(
    named: Sequence[tuple[_Line, int, str]], end: int, top: int, height: int
) -> list[dict[str, Any]]:
    """Each line's name and last value at its end, moved apart where they would touch."""
    wanted = [height - value * height // top for _, value, _ in named]
    # Equal heights keep the order of the chain, the ceiling on top.
    places = spread(wanted, _LABEL_GAP, 0, height)
    return [
        {
            "data": {"values": [{"label": text, "end": end}]},
            "mark": {
                "type": "text",
                "align": "left",
                "baseline": "middle",
                "dx": 6,
                "color": line.ink,
                "fontWeight": "bold" if line.bold else "normal",
            },
            "encoding": {
                "x": {"datum": end, "type": "quantitative"},
                "y": {"value": place},
                "text": {"field": "label"},
            },
        }
        for (line, _, text), place in zip(named, places, strict=True)
    ]


def _border(
    plan: Plan, months: Sequence[Month], width: int, words: Words, top: int
) -> list[dict[str, Any]]:
    """The record on grey, and the rule at the as-of day that parts it from the plan."""
    as_of = Month.of(plan.as_of_on)
    days = (as_of.last_on - as_of.first_on).days + 1
    # Hundredths of a month keep the position a short, exact number.
    at = (as_of - months[0]) + (plan.as_of_on.day - 1) * 100 // days / 100
    if not 0 <= at <= len(months):
        return []
    record, planned = words.say("from-record"), words.say("from-plan")
    place = at * width / len(months)
    label = words.say("figure-as-of", day=words.day(plan.as_of_on))
    texts = [(label, "left", 4)]
    if text_width(label) > width - place - 4:
        texts = [(label, "right", -4)]
    elif place > text_width(record) + 8:
        texts.append((record, "right", -4))
    if text_width(f"{label}   {planned}") + 8 < width - place:
        texts = [(f"{label} · {planned}" if a == "left" else t, a, dx) for t, a, dx in texts]
    x = {"datum": at, "type": "quantitative"}
    return [
        {
            "data": {"values": [{}]},
            "mark": {"type": "rect", "color": PALE, "opacity": 0.5},
            "encoding": {
                "x": {"datum": 0, "type": "quantitative"},
                "x2": {"datum": at},
                "y": {"datum": 0, "type": "quantitative"},
                "y2": {"datum": top},
            },
        },
        {
            "data": {"values": [{"on": str(plan.as_of_on)}]},
            "mark": {"type": "rule", "color": MUTED, "strokeWidth": 1, "y": -6},
            "encoding": {"x": x},
        },
        *(
            {
                "data": {"values": [{}]},
                "mark": {"type": "text", "text": text, "align": align, "dx": dx, "color": MUTED},
                "encoding": {"x": x, "y": {"value": -12}},
            }
            for text, align, dx in texts
        ),
    ]


__all__ = ["s_curve"]
