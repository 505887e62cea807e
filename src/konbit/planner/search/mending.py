"""Sites that too few hold are left: no month with anybody there and less than the critical mass."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from konbit.planner.search.book import Posting
from konbit.planner.search.stays import Stay, least_until

if TYPE_CHECKING:
    import numpy as np

    from konbit.planner.search.book import Book
    from konbit.planner.world import World

    Flags = np.ndarray[Any, np.dtype[np.bool_]]


def mended(world: World, empty: Book, book: Book) -> Book:
    """The same stays without months in which a site would be held by too few.

    Args:
        world: the problem.
        empty: a book without stays.
        book: the stays.
    """
    while (thin := book.thin()).any():
        kept = [shorter for posting in book.postings for shorter in _shorter(world, posting, thin)]
        book = empty.of(kept)
    return book


def _shorter(world: World, posting: Posting, thin: Flags) -> list[Posting]:
    """The stay without thin months at its ends; nothing where that leaves no whole stay."""
    unit, legs = posting.stay
    if not any(thin[s, first:until].any() for s, first, until in legs):
        return [posting]
    if len(legs) > 1:
        return []
    ((s, first, until),) = legs
    is_there = world.units[unit].is_opening
    while first < until and thin[s, first] and not is_there:
        first += 1
    while first < until and thin[s, until - 1]:
        until -= 1
    left = Stay(unit, (legs[0]._replace(first=first, until=until),))
    if until <= first or until < least_until(world, left, 0) or thin[s, first:until].any():
        return []
    return [Posting(left, posting.units)]
