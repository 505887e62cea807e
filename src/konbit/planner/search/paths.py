"""The stays of a draft: who came when, where, and went or moved when; the oldest leave first."""

from __future__ import annotations

from collections import Counter, deque
from typing import TYPE_CHECKING

import numpy as np

from konbit.planner.search.stays import Leg, Stay

if TYPE_CHECKING:
    from konbit.planner.draft import Counts, Draft
    from konbit.planner.world import Unit, World

    Legs = tuple[Leg, ...]


def stays_of(world: World, draft: Draft) -> Counter[Stay]:
    """The stays that add up to a draft's units, and how many units stay so.

    At every site those who arrived first leave first, so that a stay is never shorter than the
    minimum where the draft keeps that. Of opening units those who leave may move on, in the order
    of sites.
    """
    found: Counter[Stay] = Counter()
    for u, unit in enumerate(world.units):
        if draft.present[u].any():
            for legs in _paths(unit, draft.present[u], draft.starts[u]):
                found[Stay(u, legs)] += 1
    return found


def _paths(unit: Unit, present: Counts, starts: Counts) -> list[Legs]:
    sites = np.flatnonzero(present.any(axis=1) | starts.any(axis=1)).tolist()
    at: dict[int, deque[Legs]] = {s: deque() for s in sites}
    if unit.home is not None:
        at.setdefault(unit.home, deque()).extend([(Leg(unit.home, 0, 0),)] * unit.count)
    ended: list[Legs] = []
    for t in range(present.shape[1]):
        gone: deque[Legs] = deque()
        for s in sorted(at):
            for _ in range(len(at[s]) - int(present[s, t] - starts[s, t])):
                *before, last = at[s].popleft()
                gone.append((*before, last._replace(until=t)))
        for s in sites:
            for _ in range(int(starts[s, t])):
                before = list(gone.popleft()) if unit.home is not None else []
                at[s].append((*before, Leg(s, t, t)))
        ended.extend(gone)
    until = present.shape[1]
    for s in sorted(at):
        ended.extend((*before, last._replace(until=until)) for *before, last in at[s])
    whole = (tuple(leg for leg in legs if leg.until > leg.first) for legs in ended)
    return [legs for legs in whole if legs]
