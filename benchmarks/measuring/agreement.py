"""How well quick answers about one change agree with planning afresh: the pure arithmetic."""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Compared:
    """One ask, answered three ways; all gains are points over the plan.

    Attributes:
        name: what is asked.
        quick: gain in the continuous model.
        least: gain confirmed in whole units.
        most: more than this is not possible.
        fresh: gain of a plan searched afresh with the change in it; negative where that search
            stopped at a worse plan than the one there was.
        unproven: how far the fresh plan may be from the best one.
        seconds: of the fresh search.
    """

    name: str
    quick: int
    least: int
    most: int
    fresh: int
    unproven: int
    seconds: float

    @property
    def verdict(self) -> str:
        """Where the fresh gain lies: inside the interval, below it within its own gap, or not."""
        if self.least <= self.fresh <= self.most:
            return "inside"
        if self.fresh < self.least <= self.fresh + self.unproven:
            return "below, in its gap"
        return "OUTSIDE"


def rank_correlation(first: Sequence[float], second: Sequence[float]) -> float | None:
    """Spearman's, ties sharing their mean rank; None where all of one are equal or one is alone."""
    if len(set(first)) < 2 or len(set(second)) < 2:
        return None
    table = pd.DataFrame({"first": first, "second": second}, dtype=float)
    return float(table.corr(method="spearman").to_numpy()[0, 1])


def spread(seconds: Sequence[float]) -> tuple[float, float]:
    """Median and 95th percentile, the latter interpolated between neighbours."""
    if len(seconds) < 2:
        return seconds[0], seconds[0]
    return statistics.median(seconds), statistics.quantiles(seconds, n=20, method="inclusive")[-1]


def timing_line(what: str, seconds: Sequence[float], target: float | None) -> str:
    """Median, 95th percentile and slowest of some tries, against a target for the percentile."""
    if not seconds:
        return f"  {what:<34} none"
    middle, high = spread(seconds)
    line = f"  {what:<34} {middle:7.3f} {high:7.3f} {max(seconds):7.3f} {len(seconds):5d}"
    if target is None:
        return line
    return f"{line}   {'within' if high <= target else 'OVER'} {target:g} s"


def table(rows: Sequence[Compared], needed: int) -> str:
    """Every ask in per cent of the whole need, and then what they say together."""
    lines = [
        f"  {'ask':<32} {'quick':>7} {'least':>7} {'most':>7} {'fresh':>7} {'gap':>6} {'s':>6}"
    ]
    for row in rows:
        gains = (row.quick, row.least, row.most, row.fresh)
        told = " ".join(f"{100 * gain / needed:7.2f}" for gain in gains)
        gap = 100 * row.unproven / needed
        lines.append(f"  {row.name:<32} {told} {gap:6.2f} {row.seconds:6.1f}  {row.verdict}")
    inside = sum(row.verdict == "inside" for row in rows)
    outside = sum(row.verdict == "OUTSIDE" for row in rows)
    fresh = [row.fresh for row in rows]
    quick = _told([row.quick for row in rows], fresh)
    sure = _told([row.least for row in rows], fresh)
    lines += [
        f"  inside {inside} of {len(rows)}, outside {outside}; others below, in the fresh gap",
        f"  rank correlation with fresh gains: quick {quick}, confirmed {sure}",
    ]
    return "\n".join(lines)


def _told(first: Sequence[int], second: Sequence[int]) -> str:
    found = rank_correlation(first, second)
    return "none" if found is None else f"{found:.2f}"
