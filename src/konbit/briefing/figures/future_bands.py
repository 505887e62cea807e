"""Months over all futures: the middle one, and the band that eight of ten stay in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from konbit.briefing.figures.axes import (
    MoneyScale,
    axis_of,
    money_of,
    month_axis,
    nice_ticks,
    note,
    plan_months,
)
from konbit.briefing.figures.empty import empty_figure
from konbit.briefing.figures.figure import Figure, FigureTable
from konbit.briefing.figures.labels import widest
from konbit.briefing.figures.theme import ACCENT, ACCENT_PALE, NARROW, WIDE, view

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from konbit.briefing.figures.words import Words
    from konbit.dossier.futures import Band, Futures

PEOPLE = "future-people"
CASH = "future-cash"
_NUMERIC = (False, True, True, True)

Tenths = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class _Measured:
    """What a band is of, and how its numbers are written."""

    name: str
    title: str
    tenths: tuple[Tenths, ...]
    label: Callable[[int], str]
    ticks: dict[int, str]


def future_people(futures: Futures, words: Words, *, width_px: int = WIDE) -> Figure:
    """People deployed by month: the S-curve of all futures.

    Args:
        futures: whose months are shown.
        words: the reader's language.
        width_px: of the picture, in pixels.
    """
    tenths = tuple((b.low_persons, b.middle_persons, b.high_persons) for b in futures.bands)
    ticks = nice_ticks(max((high for *_, high in tenths), default=0))
    measured = _Measured(
        PEOPLE,
        words.say("figure-future-people-title"),
        tenths,
        words.number,
        {tick: words.number(tick) for tick in ticks},
    )
    return _figure(measured, futures.bands, words, width_px)


def future_cash(futures: Futures, words: Words, *, width_px: int = WIDE) -> Figure:
    """Cash received and not yet paid out at the end of each month.

    Args:
        futures: whose months are shown.
        words: the reader's language.
        width_px: of the picture, in pixels.
    """
    tenths = tuple(
        (money_of(b.low_cash), money_of(b.middle_cash), money_of(b.high_cash))
        for b in futures.bands
    )
    highest = max((high for *_, high in tenths), default=0)
    scale = MoneyScale.of(highest, futures.currency)
    measured = _Measured(
        CASH,
        words.say("figure-future-cash-title", unit=scale.title(words)),
        tenths,
        lambda amount: scale.text(amount, words),
        scale.labels(nice_ticks(highest), words),
    )
    return _figure(measured, futures.bands, words, width_px)


def _figure(measured: _Measured, bands: Sequence[Band], words: Words, width_px: int) -> Figure:
    columns = tuple(
        words.say(f"figure-column-{name}") for name in ("month", "tenth-low", "half", "tenth-high")
    )
    if not bands:
        return empty_figure(measured.name, measured.title, columns, _NUMERIC, words, width_px)
    last = measured.tenths[-1]
    return Figure(
        name=measured.name,
        title=measured.title,
        spec=_spec(measured, bands, words, width_px),
        table=FigureTable(
            columns,
            tuple(
                (words.month(band.month), *(measured.label(value) for value in tenths))
                for band, tenths in zip(bands, measured.tenths, strict=True)
            ),
            _NUMERIC,
        ),
        alt=words.say(
            f"figure-{measured.name}-alt",
            month=words.month(bands[-1].month),
            low=measured.label(last[0]),
            middle=measured.label(last[1]),
            high=measured.label(last[2]),
        ),
    )


def _spec(
    measured: _Measured, bands: Sequence[Band], words: Words, width_px: int
) -> dict[str, Any]:
    months = plan_months([band.month for band in bands])
    height = 220 if width_px < NARROW else 260
    left = widest(list(measured.ticks.values())) + 12
    right = 8
    inner = width_px - left - right
    values = [
        {"month": band.month, "at": t, "low": low, "middle": middle, "high": high}
        for t, (band, (low, middle, high)) in enumerate(zip(bands, measured.tenths, strict=True))
    ]
    # A month is a step: its last value lasts until the month's end.
    values.append({**values[-1], "at": len(months)})
    top = max(measured.ticks)
    x = {
        "field": "at",
        "type": "quantitative",
        "scale": {"domain": [0, len(months)], "nice": False},
        "axis": month_axis(months, inner, words),
    }
    y = {
        "field": "high",
        "type": "quantitative",
        "scale": {"domain": [min(measured.ticks), top], "nice": False},
        "axis": axis_of(measured.ticks, grid=True, ticks=False, labelPadding=6),
    }
    layers = [
        {
            "name": "band",
            "mark": {"type": "area", "interpolate": "step-after", "color": ACCENT_PALE},
            "encoding": {"x": x, "y": y, "y2": {"field": "low"}},
        },
        {
            "name": "middle",
            "mark": {
                "type": "line",
                "interpolate": "step-after",
                "color": ACCENT,
                "strokeWidth": 2.5,
            },
            "encoding": {"x": x, "y": {**y, "field": "middle"}},
        },
        note(words.say("figure-future-band-key"), x=0, y=-10),
    ]
    return view(
        layers,
        width=width_px, height=height, left=left, right=right, top=26, bottom=36,
        data={"values": values},
    )  # fmt: skip
