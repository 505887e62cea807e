"""Where the numbers of a future come from: drawn by a counter, or their expectation.

A draw depends on the seed, the number of the future and what it is about, and on nothing else:
future 17 is the same among twenty futures and among two thousand, whoever draws it and in whatever
order, and one more prior moves no draw of another.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from math import floor, sqrt
from typing import Protocol

_ONE = 2**53


def _hashed(*name: object) -> int:
    """A whole number below 2^53 for a name."""
    told = "|".join(str(part) for part in name)
    return int.from_bytes(blake2b(told.encode(), digest_size=8).digest(), "big") >> 11


@lru_cache(maxsize=4_096)
def _shuffled(count: int, seed: int, about: tuple[str, ...]) -> tuple[int, ...]:
    """The numbers below `count` in an order of their own for each draw."""
    return tuple(sorted(range(count), key=lambda n: _hashed("slice", seed, n, *about)))


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
    """Chance as it falls in one future.

    Attributes:
        seed: of all draws.
        number: of the future.
        among: for a set of so many futures that is drawn as a whole: each number of each of its
            futures lies in a slice of its own (a Latin hypercube), so that a small set stands for
            all. 0 for a future that knows nothing of others.
    """

    seed: int
    number: int
    among: int = 0

    def _uniform(self, *about: str) -> float:
        drawn = _hashed(self.among, self.seed, self.number, *about) / _ONE
        if not self.among:
            return drawn
        place = _shuffled(self.among, self.seed, about).index(self.number)
        return (place + drawn) / self.among

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
