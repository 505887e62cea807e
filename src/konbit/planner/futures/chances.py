"""Where the numbers of a future come from: drawn by a counter, or their expectation.

A draw depends on the seed, the number of the future and what it is about, and on nothing else:
future 17 is the same among twenty futures and among two thousand, whoever draws it and in whatever
order, and one more prior moves no draw of another.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from math import floor, sqrt
from typing import Protocol

_ONE = 2**53


class Chances(Protocol):
    """What a future asks of chance. `about` names the draw, so that each is its own."""

    def weight(self, probability: float, *about: str) -> float:
        """1 if it happens and 0 if not; the probability where futures are not told apart."""

    def between(self, low: float, likely: float, high: float, *about: str) -> float:
        """A value of the triangular distribution with these corners."""

    def month(self, within: int, *about: str) -> int:
        """A month from 0 to `within` - 1, each as likely."""

    def whole(self, value: float, *about: str) -> int:
        """A whole number next to the value, whose expectation is the value."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """Chance as it falls in one future."""

    seed: int
    number: int
    stream: str = "shown"

    def _uniform(self, *about: str) -> float:
        name = "|".join((self.stream, str(self.seed), str(self.number), *about))
        drawn = int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), "big")
        return (drawn >> 11) / _ONE

    def weight(self, probability: float, *about: str) -> float:
        """1 with this probability, else 0."""
        return float(self._uniform(*about, "happens") < probability)

    def between(self, low: float, likely: float, high: float, *about: str) -> float:
        """By the inverse of the triangular distribution."""
        width = high - low
        if width <= 0:
            return likely
        at = self._uniform(*about, "value")
        bend = (likely - low) / width
        if at < bend:
            return low + sqrt(at * width * (likely - low))
        return high - sqrt((1 - at) * width * (high - likely))

    def month(self, within: int, *about: str) -> int:
        """Each month of the window with the same probability."""
        return floor(self._uniform(*about, "month") * within)

    def whole(self, value: float, *about: str) -> int:
        """Rounded up with the probability of the fraction, else down."""
        return floor(value + self._uniform(*about, "whole"))


@dataclass(frozen=True, slots=True)
class Expected:
    """Everything as expected on average; what is whole, rounded."""

    def weight(self, probability: float, *_about: str) -> float:
        """The probability."""
        return probability

    def between(self, low: float, likely: float, high: float, *_about: str) -> float:
        """The mean of the triangular distribution."""
        return (low + likely + high) / 3

    def month(self, within: int, *_about: str) -> int:
        """The middle of the window."""
        return (within - 1) // 2

    def whole(self, value: float, *_about: str) -> int:
        """The nearest whole number, half to even."""
        return round(value)
