"""What each month by which the transfer comes later costs in coverage."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from konbit.briefing.figures.axes import axis_of, nice_ticks
from konbit.briefing.figures.empty import empty_figure
from konbit.briefing.figures.figure import Figure, FigureTable
from konbit.briefing.figures.labels import shortened, spread, text_width, widest
from konbit.briefing.figures.theme import ACCENT, ACCENT_PALE, INK, LINE, MUTED, NARROW, WIDE, view
from konbit.dossier.plan import FULL

if TYPE_CHECKING:
    from konbit.briefing.figures.words import Words
    from konbit.dossier.plan import Comparison, DelayPoint

NAME = "cost-of-delay"
_NUMERIC = (False, True, True, True)
_LABEL_GAP = 15
_LABEL_ROOM = 44


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
    curves: dict[str, list[tuple[int, int, int]]],
    called: dict[str, str],
    words: Words,
    width_px: int,
) -> dict[str, Any]:
    height = 200 if width_px < NARROW else 240
    every = [point for curve in curves.values() for point in curve]
    ticks = nice_ticks(
        max(bound for *_, bound in every), 4, min(covered for _, covered, _ in every)
    )
    delays = sorted({delay for delay, *_ in every})
    y_labels = {tick: words.share(tick) for tick in ticks}
    x_labels = {delay: words.number(delay) for delay in delays}
    left = widest([words.share(tick) for tick in ticks]) + 14
    room = width_px * 35 // 100
    names = [shortened(name, room) for name in called.values()] if len(called) > 1 else []
    right = max(widest(names), text_width(words.share(FULL - 1)) // 2) + 14
    axis_title = words.say("figure-cost-of-delay-axis")
    x = {
        "field": "delay_months",
        "type": "quantitative",
        "scale": {"domain": [0, max(delays[-1], 1)], "nice": False},
        "axis": axis_of(x_labels, title=axis_title, titleColor=MUTED, titleFontWeight="normal",
                        titlePadding=6, titleFontSize=11),
    }  # fmt: skip
    y = {
        "field": "coverage",
        "type": "quantitative",
        "scale": {"domain": [ticks[0], ticks[-1]], "nice": False, "zero": False},
        "axis": axis_of(y_labels, grid=True, ticks=False, labelPadding=8),
    }
    layers: list[dict[str, Any]] = []
    for order, (scenario, curve) in enumerate(curves.items()):
        labelled = _labelled(curve, width_px - left - right)
        layers += _curve(scenario, curve, labelled, x, y, words, first=order == 0)
    wanted = [
        height - (curve[-1][1] - ticks[0]) * height // (ticks[-1] - ticks[0])
        for curve in curves.values()
    ]
    places = spread(wanted, _LABEL_GAP, 0, height)
    for name, place in zip(names, places, strict=False):
        layers.append(
            {
                "data": {"values": [{}]},
                "mark": {"type": "text", "align": "left", "baseline": "middle", "dx": 8,
                         "color": INK, "text": name},
                "encoding": {"x": {"value": width_px - left - right}, "y": {"value": place}},
            }
        )  # fmt: skip
    return view(layers, width=width_px, height=height, left=left, right=right, top=16, bottom=42)


def _labelled(curve: list[tuple[int, int, int]], width: int) -> set[int]:
    """The delays whose numbers fit beside each other, always the last one."""
    end = max(curve[-1][0], 1)
    kept = [curve[-1][0]]
    for delay, *_ in reversed(curve[:-1]):
        if (kept[-1] - delay) * width >= _LABEL_ROOM * end:
            kept.append(delay)
    return set(kept)


def _curve(
    scenario: str,
    curve: list[tuple[int, int, int]],
    labelled: set[int],
    x: dict[str, Any],
    y: dict[str, Any],
    words: Words,
    *,
    first: bool,
) -> list[dict[str, Any]]:
    """One scenario: its band, its line, its points with their numbers."""
    color = ACCENT if first else LINE
    values = [
        {"scenario": scenario, "delay_months": delay, "coverage": covered, "bound": bound,
         "label": words.share(covered) if delay in labelled else ""}
        for delay, covered, bound in curve
    ]  # fmt: skip
    encoding = {"x": x, "y": y}
    return [
        {
            "data": {"values": values},
            "mark": {"type": "area", "color": ACCENT_PALE if first else LINE, "opacity": 0.4},
            "encoding": {**encoding, "y2": {"field": "bound"}},
        },
        {
            "data": {"values": values},
            "mark": {"type": "line", "color": color, "strokeWidth": 2,
                     "point": {"color": color, "filled": True, "size": 40}},
            "encoding": encoding,
        },
        {
            "data": {"values": values},
            "mark": {"type": "text", "dy": 14, "color": ACCENT if first else MUTED,
                     "fontWeight": "bold" if first else "normal"},
            "encoding": {**encoding, "text": {"field": "label"}},
        },
    ]  # fmt: skip
