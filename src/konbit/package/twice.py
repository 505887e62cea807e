"""A table that a file holds twice: nobody could say which of the two was meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from konbit.terms import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from konbit.package.tally import Tally

_MOST_NAMED = 20


class TwiceError(Exception):
    """Names are there twice.

    Attributes:
        names: each of them once.
    """

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__(", ".join(names))
        self.names = names


def refuse_twice(names: Iterable[str]) -> None:
    """Let names pass of which each is there once; large and small letters make no difference.

    Raises:
        TwiceError: some are there twice.
    """
    seen: set[str] = set()
    again: dict[str, None] = {}
    for name in names:
        if name.casefold() in seen:
            again[name] = None
        seen.add(name.casefold())
    if again:
        raise TwiceError(tuple(again))


def note_twice(tally: Tally, names: tuple[str, ...]) -> None:
    """A finding for each name that is there twice."""
    for name in names[:_MOST_NAMED]:
        tally.add("table-twice", Severity.ERROR, name=name)
