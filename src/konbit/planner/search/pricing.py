"""Finding prices under which the bound is low: step by step against what is overrun."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from konbit.planner.search.relaxed import Prices

if TYPE_CHECKING:
    from konbit.planner.search.relaxed import Relaxed

    Real = np.ndarray[Any, np.dtype[np.float64]]

_FAST, _SLOW = 0.9, 0.99
_STEP = 10.0
_LAST_STEP = 0.001
_TINY = 1e-12


@dataclass(frozen=True, eq=False)
class Priced:
    """The lowest bound found, the prices that prove it, and what columns took on the average.

    The average of what columns take nears a best continuous plan as prices settle.
    """

    bound: float
    prices: Prices
    average: Real


class Pricing:
    """Descends on the bound, each price with a step of its own (Adam; Kingma and Ba 2015).

    Raise the price of what is overrun, lower that of what is spare. Steps shrink geometrically over
    `steps`, from a thousandth-fold range that suits limits in people as well as in money.
    """

    def __init__(self, relaxed: Relaxed, steps: int) -> None:
        self._relaxed = relaxed
        self._steps = steps
        self._done = 0
        size = len(relaxed.scale_rows)
        cash = relaxed.cash.shape
        self._scale = (
            np.concatenate([relaxed.scale_rows, np.full(cash[0] * cash[1], relaxed.scale_cash)])
            * relaxed.worth
        )
        self._split = size
        self._at, self._mean, self._square = (np.zeros(len(self._scale)) for _ in range(3))
        self._best = np.zeros(len(self._scale))
        self.bound = np.inf
        self._average: Real | None = None

    @property
    def is_done(self) -> bool:
        """Whether all steps have been taken."""
        return self._done >= self._steps

    def advance(self, steps: int) -> Priced:
        """Take some more steps."""
        for _ in range(min(steps, self._steps - self._done)):
            self._one()
        average = self._average if self._average is not None else np.zeros(0)
        return Priced(float(self.bound), self._prices(self._best), average)

    def _prices(self, at: Real) -> Prices:
        real = at * self._scale
        return Prices(real[: self._split], real[self._split :].reshape(self._relaxed.cash.shape))

    def _one(self) -> None:
        self._done += 1
        valued = self._relaxed.value(self._prices(self._at))
        if valued.bound < self.bound:
            self.bound = valued.bound
            self._best = self._at
        spare = np.concatenate([valued.spare_rows, valued.spare_cash.ravel()]) * self._scale
        self._mean = _FAST * self._mean + (1 - _FAST) * spare
        self._square = _SLOW * self._square + (1 - _SLOW) * spare * spare
        mean = self._mean / (1 - _FAST**self._done)
        square = self._square / (1 - _SLOW**self._done)
        step = _STEP * _LAST_STEP ** (self._done / self._steps)
        self._at = np.maximum(0.0, self._at - step * mean / (np.sqrt(square) + _TINY))
        if self._average is None:
            self._average = valued.values
        elif self._done * 2 > self._steps:
            self._average = 0.98 * self._average + 0.02 * valued.values
