"""Answers kept for a state of a mission.

After a change is made nothing alters the state that it left, so what was found in it never goes
stale. Whoever reads a mission reads all of it, so that one answer serves every reader.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Answer = TypeVar("Answer")


class Kept(Generic[Answer]):
    """Answers by what was asked, as many as fit; then it begins again.

    Args:
        most: how many are kept.
        fits: whether an answer is small enough to be kept; without it all are.
    """

    def __init__(self, most: int, fits: Callable[[Answer], bool] | None = None) -> None:
        self._most, self._fits = most, fits
        self._answers: dict[tuple[object, ...], Answer] = {}

    def of(self, asked: tuple[object, ...], find: Callable[[], Answer]) -> Answer:
        """The answer that is kept, or the one that is found now."""
        if asked in self._answers:
            return self._answers[asked]
        found = find()
        if self._fits is None or self._fits(found):
            if len(self._answers) >= self._most:
                self._answers.clear()
            self._answers[asked] = found
        return found
