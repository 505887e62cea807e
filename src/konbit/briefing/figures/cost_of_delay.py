"""What each month by which the transfer comes later costs in coverage."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from konbit.briefing.figures.axes import axis_of, nice_ticks
from konbit.briefing.figures.empty import empty_figure
from konbit.briefing.figures.figure import Figure, FigureTable
from konbit.briefing.figures.labels import shortened, widest
from konbit.briefing.figures.pixels import placed_text, rules, texts_layers
from konbit.briefing.figures.theme import ACCENT, INK, MUTED, NARROW, TEXT_SIZE, WIDE, view
from konbit.dossier.plan import FULL

if TYPE_CHECKING:
    from konbit.briefing.figures.words import Words
    from konbit.dossier.plan import Comparison, DelayPoint

NAME = "cost-of-delay"
_NUMERIC = (False, True, True, True)
_INSET = 22
_NUMBER_ROOM = 44
_TICK_ROOM = 20
_LEGEND_LINE = 16
_SWATCH = 20

Curve = list[tuple[int, int, int]]
"""Months of delay, coverage and its bound, the shortest delay first."""


@dataclass(frozen=True, slots=True)
class _Style:
    color: str
    dash: tuple[int, int] | None = None


_STYLES = (_Style(ACCENT), _Style(MUTED, (6, 2)), _Style(INK, (2, 2)), _Style(MUTED, (10, 4)))


def cost_of_delay(comparison: Comparison, words: Words, *, width_px: int = WIDE) -> Figure:
    """Coverage against months of delay; the band goes up to the bound, which no plan can pass.

    The scale of coverage does not begin at zero; every point carries its number.

    Args:
        comparison: with `delays` and the plans of their scenarios.
        words: the reader's language.
        width_px: of the picture, in pixels.
    """
    title = words.say("figure-cost-of-delay-title")
    columns = tuple(
        words.say(f"figure-column-{name}") for name in ("scenario", "delay", "coverage", "at-most")
    )
    curves = {
        scenario: [
            (p.delay_months, *_shares(p, _needed(comparison, scenario)))
            for p in sorted(points, key=lambda p: p.delay_months)
        ]
        for scenario, points in comparison.delays
        if points
    }
    if not curves:
        return empty_figure(NAME, title, columns, _NUMERIC, words, width_px)
    titles = {plan.scenario: plan.scenario_title for plan in comparison.plans}
    called = {scenario: titles.get(scenario, scenario) for scenario in curves}
    return Figure(
        name=NAME,
        title=title,
        spec=_spec(curves, called, words, width_px),
        table=FigureTable(
            columns,
            tuple(
                (called[scenario], delay, words.share(covered), words.share(bound))
                for scenario, curve in curves.items()
                for delay, covered, bound in curve
            ),
            _NUMERIC,
        ),
        alt=words.say(
            "figure-cost-of-delay-alt",
            parts="; ".join(
                words.say(
                    "figure-cost-of-delay-part",
                    scenario=called[scenario],
                    now=words.share(curve[0][1]),
                    then=words.share(curve[-1][1]),
                    months=words.number(curve[-1][0]),
                )
                for scenario, curve in curves.items()
            ),
        ),
    )


def _needed(comparison: Comparison, scenario: str) -> int:
    plans = [plan for plan in comparison.plans if plan.scenario == scenario]
    return (plans or list(comparison.plans))[0].needed_points


def _shares(point: DelayPoint, needed: int) -> tuple[int, int]:
    """Coverage and its bound in parts of ten thousand of the weighted need."""
    covered = point.covered_points * FULL // max(needed, 1)
    bound = point.bound_points * FULL // max(needed, 1)
    return covered, max(covered, min(bound, FULL))


def _spec(
    curves: dict[str, Curve], called: dict[str, str], words: Words, width_px: int
) -> dict[str, Any]:
    height = 200 if width_px < NARROW else 240
    every = [point for curve in curves.values() for point in curve]
    highest, lowest = max(bound for *_, bound in every), min(least for _, least, _ in every)
    # An eighth of the span below the lowest point leaves room for its number.
    ticks = nice_ticks(highest, 4, max(0, lowest - (highest - lowest) // 8))
    y_labels = {tick: words.share(tick) for tick in ticks}
    left = widest(list(y_labels.values())) + 14
    inner = width_px - left - 4
    delays = sorted({delay for delay, *_ in every})
    shown = _spaced(delays, inner - 2 * _INSET, _TICK_ROOM)
    x = {
        "field": "delay_months",
        "type": "quantitative",
        "scale": {
            "domain": [0, max(delays[-1], 1)],
            "range": [_INSET, inner - _INSET],
            "nice": False,
        },
        "axis": axis_of(
            {delay: words.number(delay) for delay in shown},
            title=words.say("figure-cost-of-delay-axis"),
            titleColor=MUTED,
            titleFontSize=TEXT_SIZE,
            titleFontWeight="normal",
            titlePadding=6,
        ),
    }
    y = {
        "field": "coverage",
        "type": "quantitative",
        "scale": {"domain": [ticks[0], ticks[-1]], "nice": False, "zero": False},
        "axis": axis_of(y_labels, grid=True, ticks=False, labelPadding=8),
    }
    layers: list[dict[str, Any]] = []
    top_curve = max(curves, key=lambda scenario: curves[scenario][-1][1])
    styles = [_STYLES[order % len(_STYLES)] for order in range(len(curves))]
    for (scenario, curve), style in zip(curves.items(), styles, strict=True):
        numbered = _numbered(curve, inner - 2 * _INSET, ends_only=len(curves) > 2)
        over = scenario == top_curve and len(curves) > 1
        values = _values(scenario, curve, numbered, words)
        layers += _curve(values, {"x": x, "y": y}, style, over=over)
    named = list(called.values()) if len(called) > 1 else []
    layers += _legend(named, styles, width_px - 8, left)
    top = 16 + _LEGEND_LINE * len(named)
    return view(layers, width=width_px, height=height, left=left, right=4, top=top, bottom=42)


def _spaced(places: list[int], width: int, room: int) -> list[int]:
    """Those of some rising places that stand `room` pixels apart, always the last one."""
    end = max(places[-1], 1)
    kept = [places[-1]]
    for place in reversed(places[:-1]):
        if (kept[-1] - place) * width >= room * end:
            kept.append(place)
    return sorted(kept)


def _numbered(curve: Curve, width: int, *, ends_only: bool) -> set[int]:
    """The delays whose coverage is written at their point."""
    delays = [delay for delay, *_ in curve]
    return {delays[0], delays[-1]} if ends_only else set(_spaced(delays, width, _NUMBER_ROOM))


def _values(scenario: str, curve: Curve, numbered: set[int], words: Words) -> list[dict[str, Any]]:
    return [
        {
            "scenario": scenario,
            "delay_months": delay,
            "coverage": covered,
            "bound": bound,
            "label": words.share(covered) if delay in numbered else "",
        }
        for delay, covered, bound in curve
    ]


def _curve(
    values: list[dict[str, Any]], encoding: dict[str, Any], style: _Style, *, over: bool
) -> list[dict[str, Any]]:
    """One scenario: its band, its line, its points with their numbers over or under them."""
    line: dict[str, Any] = {"type": "line", "color": style.color, "strokeWidth": 2}
    if style.dash:
        line["strokeDash"] = list(style.dash)
    return [
        {
            "data": {"values": values},
            "mark": {"type": "area", "color": style.color, "opacity": 0.15},
            "encoding": {**encoding, "y2": {"field": "bound"}},
        },
        {
            "data": {"values": values},
            "mark": {**line, "point": {"color": style.color, "filled": True, "size": 40}},
            "encoding": encoding,
        },
        {
            "data": {"values": values},
            "mark": {"type": "text", "dy": -14 if over else 14, "color": style.color},
            "encoding": {**encoding, "text": {"field": "label"}},
        },
    ]


def _legend(named: list[str], styles: list[_Style], room: int, left: int) -> list[dict[str, Any]]:
    """The scenarios by name over the plot, each beside a piece of its line."""
    layers: list[dict[str, Any]] = []
    texts: list[dict[str, Any]] = []
    for order, (name, style) in enumerate(zip(named, styles, strict=False)):
        y = (order - len(named)) * _LEGEND_LINE - 2
        x = 4 - left
        dash = {"strokeDash": list(style.dash)} if style.dash else {}
        swatch = [{"x": x, "x2": x + _SWATCH, "y": y, "y2": y}]
        layers += rules("", swatch, color=style.color, strokeWidth=2, **dash)
        text = shortened(name, room - _SWATCH - 6)
        texts.append(placed_text(text, x + _SWATCH + 6, y, style.color))
    return [*layers, *texts_layers(texts)]
