"""How coverage is spread over the futures, and where each plan's promise lies in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from konbit.briefing.figures.axes import axis_of, nice_ticks, percent
from konbit.briefing.figures.empty import empty_figure
from konbit.briefing.figures.figure import Figure, FigureTable
from konbit.briefing.figures.labels import spread, text_width, widest
from konbit.briefing.figures.theme import ACCENT, ACCENT_PALE, INK, NARROW, PAPER, WIDE, view
from konbit.dossier.plan import FULL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from konbit.briefing.figures.words import Words
    from konbit.dossier.futures import Futures

NAME = "future-coverage"
_NUMERIC = (True, True, True)
_STEPS = (100, 200, 500, 1_000, 2_000)  # widths of a bar, in parts of ten thousand
_MOST_BARS = 16
_LINE = 16
_MARKED = ("promise_cash", "mean", "worst_tenth")


def future_coverage(futures: Futures, words: Words, *, width_px: int = WIDE) -> Figure:
    """Bars of how many futures cover how much; rules for the mean, the worst tenth, a promise.

    Args:
        futures: what is shown.
        words: the reader's language.
        width_px: of the picture, in pixels.
    """
    title = words.say("figure-future-coverage-title")
    columns = tuple(words.say(f"figure-column-{name}") for name in ("from", "to", "futures"))
    if not futures.futures or not futures.needed_points:
        return empty_figure(NAME, title, columns, _NUMERIC, words, width_px)
    shares = [row.covered_points * FULL // futures.needed_points for row in futures.futures]
    marks = {name: futures.measure(name).share for name in _MARKED}
    bars = _bars(shares, marks.values())
    return Figure(
        name=NAME,
        title=title,
        spec=_spec(bars, marks, words, width_px),
        table=FigureTable(
            columns,
            tuple((percent(low, words), percent(high, words), n) for low, high, n in bars),
            _NUMERIC,
        ),
        alt=words.say(
            "figure-future-coverage-alt",
            number=words.number(len(shares)),
            low=words.share(min(shares)),
            high=words.share(max(shares)),
            mean=words.share(marks["mean"]),
            worst=words.share(marks["worst_tenth"]),
        ),
    )


def _bars(shares: Sequence[int], marks: Any) -> list[tuple[int, int, int]]:
    lowest, highest = min((*shares, *marks)), max((*shares, *marks))
    step = next((s for s in _STEPS if (highest - lowest) // s < _MOST_BARS), _STEPS[-1])
    first, last = lowest // step, highest // step
    return [
        (at * step, (at + 1) * step, sum(share // step == at for share in shares))
        for at in range(first, last + 1)
    ]


def _spec(
    bars: Sequence[tuple[int, int, int]], marks: dict[str, int], words: Words, width_px: int
) -> dict[str, Any]:
    height = 150 if width_px < NARROW else 180
    ticks = {tick: words.number(tick) for tick in nice_ticks(max(n for *_, n in bars), 3)}
    left, right = widest(list(ticks.values())) + 12, 20
    inner = width_px - left - right
    low, high = bars[0][0], bars[-1][1]
    each = max(1, -(-len(bars) * 44 // inner))
    edges = {edge: percent(edge, words) for edge, *_ in bars[::each]}
    x = {
        "field": "from",
        "type": "quantitative",
        "scale": {"domain": [low, high], "nice": False},
        "axis": axis_of(edges),
    }
    y = {
        "field": "futures",
        "type": "quantitative",
        "scale": {"domain": [0, max(ticks)], "nice": False},
        "axis": axis_of(ticks, grid=True, ticks=False, labelPadding=6),
    }
    top = _LINE * len(marks) + 8
    layers = [
        {
            "name": "futures",
            "data": {"values": [{"from": a, "to": b, "futures": n} for a, b, n in bars]},
            "mark": {"type": "rect", "color": ACCENT_PALE, "stroke": ACCENT, "strokeWidth": 1},
            "encoding": {"x": x, "x2": {"field": "to"}, "y": y, "y2": {"datum": 0}},
        },
        *_rules(marks, low, high, inner, top, words),
    ]
    return view(layers, width=width_px, height=height, left=left, right=right, top=top, bottom=24)


def _rules(
    marks: dict[str, int], low: int, high: int, inner: int, top: int, words: Words
) -> list[dict[str, Any]]:
    """A rule for each mark, then their names over the bars, one line for each."""
    heights = spread([0] * len(marks), _LINE, -top + _LINE - 4, 0)
    rules, names = [], []
    for (name, share), y in zip(marks.items(), heights, strict=True):
        rules.append(_rule(share, y - 4, dashed=name == "promise_cash"))
        text = words.say(f"figure-future-{name.replace('_', '-')}", share=words.share(share))
        at = (share - low) * inner // max(1, high - low)
        flips = at + text_width(text) + 6 > inner
        # What a rule would cross is cleared first, so that the name stays readable.
        names += [
            _named(text, share, y, flips=flips, stroke=PAPER, strokeWidth=5),
            _named(text, share, y, flips=flips),
        ]
    return [*rules, *names]


def _rule(share: int, y: int, *, dashed: bool) -> dict[str, Any]:
    return {
        "data": {"values": [{}]},
        "mark": {
            "type": "rule",
            "color": INK,
            "strokeWidth": 1.6,
            "strokeDash": [4, 3] if dashed else [1, 0],
            "y": y,
        },
        "encoding": {"x": {"datum": share, "type": "quantitative"}},
    }


def _named(text: str, share: int, y: int, *, flips: bool, **style: Any) -> dict[str, Any]:
    return {
        "data": {"values": [{}]},
        "mark": {
            "type": "text",
            "text": text,
            "align": "right" if flips else "left",
            "dx": -5 if flips else 5,
            "color": INK,
            **style,
        },
        "encoding": {"x": {"datum": share, "type": "quantitative"}, "y": {"value": y}},
    }


__all__ = ["future_coverage"]
