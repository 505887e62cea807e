"""Finding prices under which the bound is low: step by step against what is overrun."""

from __future__ import annotations

from collections import Counter
from copy import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from konbit.planner.search.relaxed import Prices

if TYPE_CHECKING:
    from konbit.planner.search.relaxed import Kept, Open, Relaxed, Valued
    from konbit.planner.search.stays import Stay

    Real = np.ndarray[Any, np.dtype[np.float64]]

_GATHERING, _ANSWERING, _SLOW = 0.97, 0.9, 0.99  # momentum from nothing, gone on; of sizes
_STEP = 10.0
_LAST_STEP = 0.001
_TINY = 1e-12
_AGAIN = 3  # times that prices led to a stay, from which on it is remembered
_REMEMBERED = 600  # stays at most, those that prices led to most often


@dataclass(frozen=True, eq=False)
class Priced:
    """The lowest bound found, the prices that prove it, and what columns took on the average.

    The average of what columns take nears a best continuous plan as prices settle. `stays` are
    those that units came back to then, often.
    """

    bound: float
    prices: Prices
    average: Real
    stays: tuple[Stay, ...]


class Descent:
    """Prices that go down on the bound, each with a step of its own (Adam; Kingma and Ba 2015).

    Raise the price of what is overrun, lower that of what is spare. Prices are kept in units that
    suit limits in people as well as in money.

    Args:
        relaxed: the problem.
        is_far: whether prices have far to go: with much momentum, and those of money in steps of
            what a purse may have to bear in a month instead of the most that one holds. Gone on
            from, prices have less momentum, to answer sooner to what was decided.
    """

    def __init__(self, relaxed: Relaxed, *, is_far: bool = True) -> None:
        self._relaxed = relaxed
        self._momentum = _GATHERING if is_far else _ANSWERING
        scale_cash = relaxed.scale_borne if is_far else relaxed.scale_held
        cash = relaxed.cash.shape
        self._scale = (
            np.concatenate([relaxed.scale_rows, np.full(cash[0] * cash[1], scale_cash)])
            * relaxed.worth
        )
        self._split = len(relaxed.scale_rows)
        self._done = 0
        self.at, self._mean, self._square = (np.zeros(len(self._scale)) for _ in range(3))

    def onward(self, relaxed: Relaxed | None = None) -> Descent:
        """Another that begins at these prices, without their momentum, and gathers less of it."""
        other = copy(self)
        other._momentum = _ANSWERING
        other._relaxed = relaxed or self._relaxed
        other.at = self.at.copy()
        other._done = 0
        other._mean, other._square = (np.zeros(len(self._scale)) for _ in range(2))
        return other

    def prices(self, at: Real) -> Prices:
        """Prices in the units of the model."""
        real = at * self._scale
        return Prices(real[: self._split], real[self._split :].reshape(self._relaxed.cash.shape))

    def open(self, kept: Kept | None = None) -> Open:
        """What is left to decide beside something; nothing is kept if not said."""
        return self._relaxed.open(kept)

    def step(self, size: float, left: Open) -> Valued:
        """What the prices lead to; then one step on."""
        self._done += 1
        valued = self._relaxed.value(self.prices(self.at), left)
        spare = np.concatenate([valued.spare_rows, valued.spare_cash.ravel()]) * self._scale
        self._mean = self._momentum * self._mean + (1 - self._momentum) * spare
        self._square = _SLOW * self._square + (1 - _SLOW) * spare * spare
        mean = self._mean / (1 - self._momentum**self._done)
        square = self._square / (1 - _SLOW**self._done)
        self.at = np.maximum(0.0, self.at - size * mean / (np.sqrt(square) + _TINY))
        return valued


class Pricing:
    """Finds low prices in so many steps, which shrink geometrically."""

    def __init__(self, relaxed: Relaxed, steps: int, *, is_far: bool = True) -> None:
        self.descent = Descent(relaxed, is_far=is_far)
        self._everything = self.descent.open()
        self._steps = steps
        self._done = 0
        self._best = self.descent.at
        self.bound = np.inf
        self._average: Real | None = None
        self._seen: Counter[Stay] = Counter()

    @property
    def is_done(self) -> bool:
        """Whether all steps have been taken."""
        return self._done >= self._steps

    def advance(self, steps: int) -> Priced:
        """Take some more steps."""
        for _ in range(min(steps, self._steps - self._done)):
            self._one()
        average = self._average if self._average is not None else np.zeros(0)
        return Priced(float(self.bound), self.descent.prices(self._best), average, self._stays())

    def _stays(self) -> tuple[Stay, ...]:
        again = [(-times, stay) for stay, times in self._seen.items() if times >= _AGAIN]
        return tuple(stay for _, stay in sorted(again)[:_REMEMBERED])

    def _one(self) -> None:
        self._done += 1
        at = self.descent.at
        valued = self.descent.step(
            _STEP * _LAST_STEP ** (self._done / self._steps), self._everything
        )
        if valued.bound < self.bound:
            self.bound = valued.bound
            self._best = at
        if self._average is None:
            self._average = valued.values
        elif self._done * 2 > self._steps:
            self._average = 0.98 * self._average + 0.02 * valued.values
            self._seen.update(valued.stays)
