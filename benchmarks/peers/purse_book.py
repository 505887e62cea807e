"""Money as a desk officer divides it: month by month, the narrowest earmark first."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from konbit.planner.purse import Purse
    from peers.arrays import Due, Mission

    Array = np.ndarray[Any, np.dtype[Any]]

_CENT = 0.01


class PurseBook:
    """Which purse pays for which class of costs, and whether everything can be paid.

    Attributes:
        classes: cost classes of the trust funds.
        due_of: by unit, what it costs in each class.
        aside_of: by unit, what must be set aside for it in each class.
    """

    def __init__(self, mission: Mission) -> None:
        self._mission = mission
        self.classes = list(
            {**mission.due, **mission.site_due, **mission.option_due, **mission.aside}
        )
        self.due_of: dict[int, list[tuple[int, Due]]] = defaultdict(list)
        self.aside_of: dict[int, list[tuple[int, tuple[Array, list[Array]]]]] = defaultdict(list)
        for j, cost_class in enumerate(self.classes):
            for u, due in mission.due.get(cost_class, {}).items():
                self.due_of[u].append((j, due))
            for u, kept in mission.aside.get(cost_class, {}).items():
                self.aside_of[u].append((j, kept))
        cash: dict[Purse, Array] = defaultdict(lambda: np.zeros(mission.horizon))
        for gift, amounts in mission.gifts.items():
            cash[mission.purse_of[gift]] += amounts
        purses = sorted(cash)
        self._cash = np.array([cash[p] for p in purses]).reshape(len(purses), mission.horizon)
        width = [sum(p in accepting for _, accepting in self.classes) for p in purses]
        self._order = sorted(range(len(self.classes)), key=lambda j: len(self.classes[j][1]))
        self._from = [
            sorted((i for i, p in enumerate(purses) if p in accepting), key=lambda i: width[i])
            for _, accepting in self.classes
        ]

    def is_payable(self, due: Array, aside: Array) -> bool:
        """Whether each month's costs are paid and what must be kept is there, narrow purses first.

        Args:
            due: dollars by cost class and month.
            aside: dollars to be there at the end of the month, by cost class and month.
        """
        spent = np.zeros(len(self._cash))
        for t in range(due.shape[1]):
            left = (self._cash[:, t] - spent).tolist()
            if min(left, default=0.0) < -_CENT or not self._take(due[:, t].tolist(), left):
                return False
            spent = self._cash[:, t] - np.array(left)
            if not self._take(aside[:, t].tolist(), left):
                return False
        return True

    def _take(self, amounts: list[float], left: list[float]) -> bool:
        for j in self._order:
            owed = amounts[j]
            if owed <= _CENT:
                continue
            for i in self._from[j]:
                paid = min(owed, max(0.0, left[i]))
                left[i] -= paid
                owed -= paid
                if owed <= _CENT:
                    break
            else:
                return False
        return True

    def within_budgets(self, assessed: Mapping[str, Array]) -> bool:
        """Whether assessed costs stay within each budget, and none falls outside one."""
        inside: dict[str, set[int]] = defaultdict(set)
        for fund, months, allowed in self._mission.budgets:
            inside[fund] |= set(months)
            if fund in assessed and assessed[fund][list(months)].sum() > allowed:
                return False
        return all(
            amounts[t] <= _CENT
            for fund, amounts in assessed.items()
            for t in range(len(amounts))
            if t not in inside[fund]
        )

    def within_advances(self, advanced: Mapping[str, Array]) -> bool:
        """Whether no contributor waits for more than it will advance."""
        for organisation, lag, limits in self._mission.limits:
            if organisation in advanced:
                sums = np.concatenate([np.zeros(lag), np.cumsum(advanced[organisation])])
                if (sums[lag:] - sums[:-lag] > limits).any():
                    return False
        return True
