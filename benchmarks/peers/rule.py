"""The best rule of practice: what a good officer does with a spreadsheet, in several tunings.

Site by site a package is put together: a formed unit, and the camp crew, vehicles, water, signals
and medical support without which it would not count. Everything in a package arrives together, when
lift, beds (built in time), posts and pools allow; it goes if its critical mass is reached and
everything decided so far can still be paid with the way home set aside, narrow earmarks first. The
package that ranks first is taken, again and again, until none fits. How packages rank is the
tuning; the best tuning for a mission is its baseline.
"""

from __future__ import annotations

import heapq
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from peers.packages import Package, Packages
from peers.sheet import Sheet
from peers.worth import Worth

if TYPE_CHECKING:
    from collections.abc import Iterable

    from konbit_runs import Choice
    from peers.arrays import Mission

_LEAST = 1e-6


@dataclass(frozen=True, slots=True)
class Tuning:
    """How packages rank: gain / dollars^cost / people^lift, or another order in front of it.

    Attributes:
        name: for the tables.
        cost: how much dollars count against a package.
        lift: how much people to be moved count against it.
        first: `priority` for the weight of the site's needs, `fair` for the site served least so
            far, `readiness` for the unit that can come first; empty for none.
        keeps: whether all who are there stay before anybody else is thought of; otherwise they are
            weighed like those who may come, and go home where others are worth more.
        helped: whether units come in packages; otherwise each comes for what it gives by itself.
    """

    name: str
    cost: float = 0.0
    lift: float = 0.0
    first: str = ""
    keeps: bool = True
    helped: bool = True


TUNINGS = (
    Tuning("by value per dollar", cost=1.0),
    Tuning("by value per dollar, those present too", cost=1.0, keeps=False),
    Tuning("unit by unit, by value per dollar", cost=1.0, keeps=False, helped=False),
    Tuning("unit by unit, those present first", cost=1.0, helped=False),
    Tuning("by value per dollar and seat", cost=0.7, lift=0.3),
    Tuning("by value, dollars counting less", cost=0.7),
    Tuning("by value per root of dollars", cost=0.5),
    Tuning("by value per root of people", lift=0.5),
    Tuning("by value"),
    Tuning("by priority", cost=0.5, first="priority"),
    Tuning("pro rata", cost=0.5, first="fair"),
    Tuning("first come, first served", cost=0.5, first="readiness"),
)


@dataclass(frozen=True, eq=False)
class Practice:
    """The plan of the best tuning, and what each was worth by the officer's own reckoning."""

    choice: Choice
    tuning: str
    values: dict[str, float]


def best_practice(
    mission: Mission, tunings: Iterable[Tuning] = TUNINGS, seconds: float = float("inf")
) -> Practice:
    """Try every tuning, or as many as begin within so many seconds, and keep the best."""
    began = time.perf_counter()
    best: tuple[float, str, Sheet] | None = None
    values = {}
    for tuning in tunings:
        if best is not None and time.perf_counter() - began > seconds:
            break
        sheet, value = follow(mission, tuning)
        values[tuning.name] = value
        if best is None or value > best[0]:
            best = (value, tuning.name, sheet)
    assert best is not None
    return Practice(best[2].choice(), best[1], values)


def follow(mission: Mission, tuning: Tuning) -> tuple[Sheet, float]:
    """Plan by one tuning.

    Packages wait in a queue by their rank when last looked at. The first is looked at again and
    goes if it still ranks before the next, so that not all are reckoned anew each time.
    """
    sheet = _opening(Sheet(mission)) if tuning.keeps else Sheet(mission)
    worth = Worth(mission, sheet.capabilities)
    packages = Packages(mission, worth, helped=tuning.helped)
    waiting: list[tuple[tuple[float, ...], int, int, int]] = []
    for version, (u, s) in enumerate(packages.leaders(sheet)):
        found = packages.best(sheet, u, s)
        if found is not None:
            heapq.heappush(waiting, (_rank(tuning, mission, worth, sheet, found), version, u, s))
    put_off: list[tuple[int, int]] = []
    while waiting:
        _, version, u, s = heapq.heappop(waiting)
        found = packages.best(sheet, u, s)
        if found is None:
            put_off.append((u, s))
            continue
        rank = _rank(tuning, mission, worth, sheet, found)
        if waiting and rank > waiting[0][0]:
            heapq.heappush(waiting, (rank, version, u, s))
            continue
        sheet = found.sheet
        # What did not fit or was worth nothing may be worth something beside the newcomers.
        for leader in (*put_off, (u, s)):
            again = packages.best(sheet, *leader)
            if again is not None:
                rank = _rank(tuning, mission, worth, sheet, again)
                heapq.heappush(waiting, (rank, version, *leader))
        put_off = [leader for leader in put_off if not _is_waiting(waiting, leader)]
    return sheet, worth.value(sheet.supply)


def _is_waiting(waiting: list[Any], leader: tuple[int, int]) -> bool:
    return any((u, s) == leader for _, _, u, s in waiting)


def _opening(sheet: Sheet) -> Sheet:
    """Those who are there stay as long as there is money for all of them."""
    mission = sheet.mission
    for u in np.flatnonzero(mission.opening & (mission.count > 0)):
        unit = mission.world.units[u]
        home, end = unit.home or 0, sheet.end_of(int(u), unit.home or 0, 0)
        while end > 0:
            trial = sheet.copy()
            if trial.post(int(u), home, 0, int(mission.count[u]), end) and trial.is_paid():
                sheet = trial
                break
            end -= 3
    return sheet


def _rank(
    tuning: Tuning, mission: Mission, worth: Worth, sheet: Sheet, package: Package
) -> tuple[float, ...]:
    """Smaller goes first."""
    dollars = max(1.0, package.dollars)
    people = max(1.0, package.people)
    score = package.gain / dollars**tuning.cost / people**tuning.lift
    if tuning.first == "priority":
        return (-float(worth.weight[:, package.site].max()), -score)
    if tuning.first == "fair":
        here = worth.shares(sheet.supply)[:, package.site] * worth.weight[:, package.site]
        return (
            round(float(here.sum() / max(_LEAST, worth.weight[:, package.site].sum())), 1),
            -score,
        )
    if tuning.first == "readiness":
        return (float(mission.world.units[package.leader].earliest), -score)
    return (-score,)
