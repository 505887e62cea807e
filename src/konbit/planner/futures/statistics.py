"""Means, tenths and intervals of whole numbers, in whole numbers."""

from __future__ import annotations

from math import isqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_NORMAL = 19_600  # 1.96 in ten-thousandths: 95 in 100


def mean(values: Sequence[int]) -> int:
    """The mean, rounded down."""
    return sum(values) // len(values)


def worst_tenth(values: Sequence[int]) -> int:
    """The mean of the lowest tenth of some values, at least of one."""
    return mean(sorted(values)[: _tenth_of(values)])


def best_tenth(values: Sequence[int]) -> int:
    """The mean of the highest tenth of some values, at least of one."""
    return mean(sorted(values, reverse=True)[: _tenth_of(values)])


def _tenth_of(values: Sequence[int]) -> int:
    """How many values are a tenth of them, rounded up."""
    return -(-len(values) // 10)


def tenth(values: Sequence[int], number: int) -> int:
    """The smallest value that at least `number` tenths of the values do not pass."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * number // 10) - 1)]


def half_width(values: Sequence[int]) -> int | None:
    """Half the interval in which the true mean lies in 95 of 100 samples, by the normal law.

    None for a single value, which says nothing about its neighbours.
    """
    count = len(values)
    if count < 2:
        return None
    total = sum(values)
    # Σ (x − mean)² · count = count · Σ x² − (Σ x)², in whole numbers.
    spread = count * sum(value * value for value in values) - total * total
    variance_of_mean = spread * _NORMAL**2 // (count * count * (count - 1))
    return isqrt(variance_of_mean) // 10_000 + 1
