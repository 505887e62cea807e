"""A plan by prices, unit by unit: decide what prices are surest of, let them settle, go on.

At every step the prices say what the units not yet decided would do beside those that are. Where
they come back to the same stay again and again, it is decided, if every limit allows it; then the
prices move on from where they were. What was half a hospital becomes one, and then its place is
free for all whom it serves.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from konbit.planner.search.book import Posting
from konbit.planner.search.stays import Stay, least_until

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import numpy as np

    from konbit.planner.search.book import Book
    from konbit.planner.search.pricing import Descent
    from konbit.planner.world import World

    Flags = np.ndarray[Any, np.dtype[np.bool_]]
    Likely = tuple[float, Stay, int]

_SURE = 0.02  # units expected below which a stay is not tried
_NOBODY = 0.05  # units expected in all below which nothing is left to decide
_LATER = (0, 1, 2, 3, 4, 6, 8)
_SOONER = (0, 1, 2, 3, 4, 6, 9, 12, 18)


@dataclass(frozen=True, slots=True)
class Depth:
    """How a plan is made by prices.

    Attributes:
        steps: steps of prices before anything is decided, each round.
        share: of the units expected at first, how many are decided each round.
        local: how much sooner than others is decided what enables others at its site.
        everywhere: the same for what enables others at every site.
        idle: rounds without a decision after which it is over.
        first_step: size of a round's first step.
        last_step: and of its last one.
    """

    steps: int
    share: float
    local: float = 3.0
    everywhere: float = 10.0
    idle: int = 8
    first_step: float = 0.5
    last_step: float = 0.05


class Dive:
    """Decides for one unit after the other until nobody else would come.

    Args:
        world: the problem.
        descent: prices to begin from.
        depth: how.
        closed: unit × site, where candidates do not go.
    """

    def __init__(self, world: World, descent: Descent, depth: Depth, closed: Flags) -> None:
        self._world = world
        self._descent, self._depth = descent, depth
        self._closed = closed.copy()
        self._urgency = _urgency(self._world, depth)

    def run(self, book: Book, enough: Callable[[], bool]) -> Book:
        """Go on with a book, in place, and return it."""
        at_first, idle = 0.0, 0
        steps = self._depth.steps
        while idle < self._depth.idle and not enough():
            likely = self._likely(book, steps)
            expected = sum(units for units, _, _ in likely)
            at_first = max(at_first, expected)
            if expected < _NOBODY:
                break
            done = self._decide(book, likely, max(1.0, self._depth.share * at_first))
            idle = 0 if done else idle + 1
            steps = self._depth.steps if done else max(10, steps // 2)
        return book

    def _likely(self, book: Book, steps: int) -> list[Likely]:
        """Units expected of each way, the surest first, with its commonest stay."""
        seen: defaultdict[tuple[int, tuple[int, ...]], Counter[Stay]] = defaultdict(Counter)
        left = self._descent.open(book.kept(self._closed))
        ratio = self._depth.last_step / self._depth.first_step
        ignored = steps // 3
        for number in range(steps):
            size = self._depth.first_step * float(ratio ** ((number + 1) / steps))
            valued = self._descent.step(size, left)
            if number >= ignored:
                for stay in valued.stays:
                    seen[stay.unit, stay.sites][stay] += 1
        found = []
        for (unit, _), stays in seen.items():
            units = float(book.left[unit]) * stays.total() / (steps - ignored)
            found.append((units, stays.most_common(1)[0][0], max(1, int(units))))
        urgency = self._urgency
        return sorted(found, key=lambda likely: (-likely[0] * urgency[likely[1].unit], likely[1]))

    def _decide(self, book: Book, likely: Sequence[Likely], budget: float) -> int:
        done = 0
        for units, stay, wanted in likely:
            if done >= budget or units < _SURE:
                break
            added = self._add(book, stay, wanted)
            done += added
            if not added:
                self._closed[stay.unit, list(stay.sites)] = True
                if self._world.units[stay.unit].is_opening:
                    book.left[stay.unit] = 0
        return done

    def _add(self, book: Book, stay: Stay, wanted: int) -> int:
        for units in sorted({wanted, 1}, reverse=True):
            for other in self.alike(stay):
                if book.add(Posting(other, units)):
                    return units
        return 0

    def alike(self, stay: Stay) -> Iterator[Stay]:
        """The stay, then others that begin later or end sooner."""
        *before, (s, first, until) = stay.legs
        if self._world.units[stay.unit].is_opening:
            least = least_until(self._world, stay, len(before))
            for end in range(until, least - 1, -1):
                yield Stay(stay.unit, (*before, stay.legs[-1]._replace(until=end)))
            return
        for sooner in _SOONER:
            for later in _LATER:
                begin, end = first + later, until - sooner
                least = min(begin + self._world.minimum_stay, self._world.horizon)
                if (not later or not sooner or later % 2 == 0) and begin < end and end >= least:
                    yield Stay(stay.unit, (type(stay.legs[0])(s, begin, end),))


def _urgency(world: World, depth: Depth) -> list[float]:
    """By unit, how much sooner it is decided: what enables others before them, everywhere first."""
    urgency: dict[str, float] = {}
    for rule in world.enabler_rules:
        factor = depth.local if rule.site is None else depth.everywhere
        urgency[rule.enabler] = max(urgency.get(rule.enabler, 1.0), factor)
    return [urgency.get(unit.offer.capability, 1.0) for unit in world.units]
