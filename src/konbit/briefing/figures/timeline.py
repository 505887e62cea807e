"""A row of months laid out in pixels, with its labels."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from konbit.briefing.figures.axes import month_labels
from konbit.briefing.figures.labels import text_width
from konbit.briefing.figures.pixels import placed_text
from konbit.briefing.figures.theme import LINE, MUTED

if TYPE_CHECKING:
    from konbit.briefing.figures.words import Words
    from konbit.terms import Month

LABEL_HEIGHT = 36
"""Room below a row of months for its names and years, in pixels."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """Consecutive months between two places.

    Attributes:
        months: consecutive months.
        left: where the first begins, in pixels.
        width: of all together, in pixels.
    """

    months: tuple[Month, ...]
    left: int
    width: int

    def at(self, position: int) -> int:
        """Where month number `position` begins, in pixels."""
        return self.left + position * self.width // len(self.months)

    def index(self, month: Month) -> int:
        """The position of a month."""
        return month - self.months[0]

    def moved(self, left: int) -> Timeline:
        """The same months elsewhere."""
        return replace(self, left=left)

    def labels(
        self, y: int, words: Words, every: int = 1
    ) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        """Ticks hanging from height `y`, and the names of months and years under them."""
        ticks: list[dict[str, Any]] = []
        texts: list[dict[str, Any]] = []
        for position, label in month_labels(self.months, self.width, words, every).items():
            x = self.at(position)
            ticks.append({"x": x, "x2": x, "y": y, "y2": y + 4, "color": LINE})
            lines = label if isinstance(label, list) else [label]
            end = self.left + self.width + 6
            texts += [
                placed_text(line, x, y + 12 + 13 * row, MUTED)
                for row, line in enumerate(lines)
                if x + text_width(line) <= end
            ]
        return ticks, texts
