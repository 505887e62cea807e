"""How work is spread: a function, a case, items; results in the order of the items."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from konbit.planner.futures.case import Case

T = TypeVar("T")
R = TypeVar("R")


class Spread(Protocol):
    """Calls `work(case, item)` for every item, anywhere, and gives the results in order.

    The work is a function of a module, and all it takes and gives can be pickled.
    """

    def __call__(
        self, work: Callable[[Case, T], R], case: Case, items: Sequence[T], /
    ) -> Iterator[R]:
        """The results, in the order of the items."""


def in_turn(work: Callable[[Case, T], R], case: Case, items: Sequence[T], /) -> Iterator[R]:
    """One after the other, here."""
    return (work(case, item) for item in items)
