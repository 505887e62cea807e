"""Axes whose every label is written beforehand, so that all renderers and languages agree."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from konbit.briefing.figures.theme import MUTED
from konbit.terms import Month
from konbit.terms.money import decimals_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from konbit.briefing.figures.words import Words
    from konbit.terms import Money

_MONTH_ROOM = 34
MINUS = "\u2212"
_STEPS = (1, 2, 3, 6, 12, 24, 48)


def axis_of(
    labels: Mapping[int, str] | Mapping[int, str | list[str]], **more: Any
) -> dict[str, Any]:
    """An axis with exactly these ticks and labels."""
    written = json.dumps({str(at): label for at, label in labels.items()}, ensure_ascii=False)
    return {
        "values": list(labels),
        # Without a count, renderers leave out every second value of a long list.
        "tickCount": max(len(labels), 1),
        "labelExpr": f"({written})[datum.value]",
        "labelOverlap": False,
        "labelFlush": False,
        **more,
    }


def nice_ticks(highest: int, count: int = 4, lowest: int = 0) -> tuple[int, ...]:
    """Round whole numbers from not above `lowest` to not below `highest`, about `count` apart."""
    step = _nice_step(max(highest - lowest, 1), count)
    first = lowest // step
    last = -(-max(highest, lowest + 1) // step)
    return tuple(at * step for at in range(first, last + 1))


def _nice_step(span: int, count: int) -> int:
    power = 1
    while True:
        for digit in (1, 2, 5):
            if digit * power * count >= span:
                return digit * power
        power *= 10


def month_labels(
    months: Sequence[Month], width: int, words: Words, every: int = 1
) -> dict[int, str | list[str]]:
    """Labels by position of a month, as many as fit.

    Args:
        months: consecutive months, position 0 first.
        width: of the axis, in pixels.
        words: for the short names of months.
        every: how many months stand together. With 1, labels keep in step with the calendar year;
            with more, the first month of each group has one.
    """
    fitting = max(1, width // _MONTH_ROOM)
    if every > 1:
        groups = -(-len(months) // every)
        positions = list(range(0, len(months), every * -(-groups // fitting)))
    else:
        step = next((s for s in _STEPS if len(months) <= s * fitting), _STEPS[-1])
        positions = [p for p, month in enumerate(months) if month.ordinal % step == 0] or [0]
    labels: dict[int, str | list[str]] = {}
    year = None
    for position in positions:
        month = months[position]
        name = words.say(f"month-short-{month.number}")
        labels[position] = name if month.year == year else [name, str(month.year)]
        year = month.year
    return labels


def month_axis(months: Sequence[Month], width: int, words: Words, **more: Any) -> dict[str, Any]:
    """The axis of a time scale on which month number i runs from i to i + 1."""
    labels = month_labels(months, width, words)
    return axis_of(labels, labelAlign="left", labelOffset=0, labelPadding=3, **more)


@dataclass(frozen=True, slots=True)
class MoneyScale:
    """How the amounts of one figure are written: in millions, in thousands, or plainly.

    Attributes:
        currency: ISO 4217 code.
        unit: `millions`, `thousands` or `units`.
        divisor: minor units in one of these.
    """

    currency: str
    unit: str
    divisor: int

    @classmethod
    def of(cls, highest_minor: int, currency: str) -> MoneyScale:
        """The scale for amounts up to `highest_minor` minor units."""
        major = 10 ** decimals_of(currency)
        for unit, factor in (("millions", 1_000_000), ("thousands", 1_000)):
            if highest_minor >= factor * major:
                return cls(currency, unit, factor * major)
        return cls(currency, "units", major)

    def title(self, words: Words) -> str:
        """What one unit of the scale is: `million USD`."""
        return words.say(f"figure-money-{self.unit}", currency=self.currency)

    def text(self, amount_minor: int, words: Words) -> str:
        """An amount in the scale's unit, to one decimal, rounded half up, without the currency."""
        tenths = (abs(amount_minor) * 20 + self.divisor) // (2 * self.divisor)
        sign = MINUS if amount_minor < 0 and tenths else ""
        return sign + _to_one_decimal(tenths, words)

    def labels(self, ticks: Sequence[int], words: Words) -> dict[int, str]:
        """Labels of whole amounts; one decimal only where some tick needs it."""
        if all(tick % self.divisor == 0 for tick in ticks):
            return {tick: words.number(tick // self.divisor) for tick in ticks}
        return {tick: self.text(tick, words) for tick in ticks}


def percent(share: int, words: Words) -> str:
    """Parts in ten thousand as whole percent, rounded down: full only when nothing is missing."""
    return words.share(share // 100 * 100)


def points(share: int, words: Words) -> str:
    """Parts in ten thousand as percentage points to one decimal, rounded towards zero."""
    tenths = abs(share) // 10
    sign = MINUS if share < 0 and tenths else ""
    return sign + _to_one_decimal(tenths, words)


def _to_one_decimal(tenths: int, words: Words) -> str:
    return f"{words.number(tenths // 10)}{words.say('mark-decimal')}{tenths % 10}"


def money_of(amount: Money | None) -> int:
    """Minor units of an amount; a missing one counts nothing."""
    return amount.amount_minor if amount is not None else 0


def note(text: str, *, x: int | str, y: int, align: str = "left", **more: Any) -> dict[str, Any]:
    """A layer with one text at a fixed place, in pixels, for units and remarks."""
    return {
        "data": {"values": [{}]},
        "mark": {"type": "text", "align": align, "color": MUTED, "text": text, **more},
        "encoding": {"x": {"value": x}, "y": {"value": y}},
    }


def plan_months(months: Sequence[str]) -> tuple[Month, ...]:
    """All months from the first to the last of those named, none left out."""
    if not months:
        return ()
    first, last = Month.parse(min(months)), Month.parse(max(months))
    return tuple(first + step for step in range(last - first + 1))
