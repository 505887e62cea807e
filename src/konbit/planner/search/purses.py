"""What is left in every purse: costs are paid as they come, by the narrowest purse that may."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from konbit.planner.search.relaxed import Relaxed

    Real = np.ndarray[Any, np.dtype[np.float64]]
    Index = np.ndarray[Any, np.dtype[np.int64]]

_SLIP = 1e-6
_CENT = 1e-4


class PurseBook:
    """Cash left by pool and month, after what is paid up to then and set aside then."""

    def __init__(self, relaxed: Relaxed) -> None:
        self._horizon = relaxed.horizon
        self.left = relaxed.cash.copy()
        pairs = (relaxed.pays, relaxed.asides)
        rows = np.unique(np.concatenate([part.rows for part in pairs]))
        self._due = (-relaxed.limits[rows]).tocsc()
        self._is_aside = np.isin(rows, relaxed.asides.rows)
        self._month = np.zeros(len(rows), dtype=np.int64)
        accepts = np.zeros(len(self.left), dtype=np.int64)
        for part in pairs:
            accepts += np.bincount(part.cells // self._horizon, minlength=len(self.left))
        payers: list[list[int]] = [[] for _ in rows]
        for part in pairs:
            at = np.searchsorted(rows, part.rows)
            self._month[at] = part.cells % self._horizon
            pools = part.cells // self._horizon
            for row, pool in zip(at.tolist(), pools.tolist(), strict=True):
                payers[row].append(pool)
        self._payers = tuple(
            tuple(sorted(pools, key=lambda pool: (accepts[pool], pool))) for pools in payers
        )

    def copy(self) -> PurseBook:
        """The same, to be gone on with."""
        other = copy(self)
        other.left = self.left.copy()
        return other

    def pay(self, columns: Index, values: Real) -> bool:
        """Pay and set aside what some columns cost; if that is not possible nothing is changed."""
        due = self._dues(columns, values)
        rows = np.flatnonzero(np.abs(due) > _CENT)
        rows = rows[np.lexsort((self._is_aside[rows], self._month[rows]))]
        left = self.left.copy()
        for row in rows.tolist():
            if not self._pay(left, row, float(due[row])):
                return False
        self.left = left
        return True

    def _pay(self, left: Real, row: int, amount: float) -> bool:
        t, is_aside = int(self._month[row]), self._is_aside[row]
        for pool in self._payers[row]:
            room = left[pool, t] if is_aside else left[pool, t:].min()
            part = min(amount, float(room))
            if part <= 0 < amount:
                continue
            if is_aside:
                left[pool, t] -= part
            else:
                left[pool, t:] -= part
            amount -= part
            if amount <= _SLIP:
                return True
        return amount <= _SLIP

    def _dues(self, columns: Index, values: Real) -> Real:
        found: Real = np.asarray(self._due[:, columns] @ values)
        return found
