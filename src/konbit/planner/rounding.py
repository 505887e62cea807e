"""Rounding a limit to whole numbers: what no fraction of a unit can use is taken off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    Whole = np.ndarray[Any, np.dtype[np.int64]]
    Real = np.ndarray[Any, np.dtype[np.float64]]
    Flags = np.ndarray[Any, np.dtype[np.bool_]]

_SAME = 1e-9
_MOST_REST = 0.95  # with a rest nearer to a whole step what is divided would count for too much
_SIZES = 14  # of the sizes of units in a limit, how many are tried as steps
_PARTS = 8  # into how many parts a limit is divided at most


class Limit(NamedTuple):
    """Σ values × columns ≤ most, of columns that are never below 0."""

    columns: Whole
    values: Real
    most: float


def rounded(limit: Limit, is_whole: Flags, step: float) -> Limit | None:
    """The limit counted in whole steps, by mixed integer rounding (Nemhauser and Wolsey 1990).

    Whatever whole numbers keep the limit keep what comes back; fractions may not.

    Args:
        limit: the limit.
        is_whole: of each of its columns, whether it is a whole number.
        step: above 0; in the measure of the limit.

    Returns:
        The rounded limit, or nothing where it would be of no use.
    """
    steps = limit.most / step
    most = np.floor(steps + _SAME)
    rest = max(0.0, steps - most)
    each = limit.values / step
    down = np.floor(each + _SAME)
    if rest > _MOST_REST:
        if (limit.values[~is_whole] < 0).any():
            return None
        rest, each = 0.0, down
    beyond = np.maximum(0.0, np.maximum(0.0, each - down) - rest) / (1 - rest)
    values = np.where(is_whole, down + beyond, np.minimum(0.0, each) / (1 - rest))
    kept = np.abs(values) > _SAME
    if not (values[kept] > 0).any():
        return None
    return Limit(limit.columns[kept], values[kept], float(most))


def turned(limit: Limit, upper: Real) -> Limit:
    """The limit with each column counted down from an upper bound instead of up from 0.

    Args:
        limit: the limit.
        upper: of each of its columns the bound; infinite where it is not turned.
    """
    is_turned = np.isfinite(upper)
    most = limit.most - float((limit.values[is_turned] * upper[is_turned]).sum())
    return Limit(limit.columns, np.where(is_turned, -limit.values, limit.values), most)


def sizes(values: Real) -> list[float]:
    """The largest different sizes of what a limit counts."""
    found = np.unique(np.round(np.abs(values[values != 0]), 6))
    return [float(size) for size in found[-_SIZES:]]


def parts(most: float) -> list[float]:
    """Sizes of which just one, two, three ... go into a limit of whole numbers."""
    return [float(int(most) // (count + 1) + 1) for count in range(_PARTS)]
