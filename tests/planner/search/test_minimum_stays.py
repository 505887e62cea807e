"""Stays that are shortened keep the minimum stay of whoever came or moved."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from konbit.planner.problem import assemble, prepare
from konbit.planner.search.book import Book, Posting
from konbit.planner.search.diving import Depth, Dive
from konbit.planner.search.mending import mended
from konbit.planner.search.pricing import Descent
from konbit.planner.search.relaxed import Kept, Relaxed
from konbit.planner.search.stays import Leg, Stay, least_until
from limited_missions import arrived
from missions import AS_OF, capability, dossier, mission, need, offer, place, state

if TYPE_CHECKING:
    from konbit.dossier import Row
    from konbit.planner.problem import Problem

MONTHS, MINIMUM = 12, 6
HOME, AWAY = 0, 1


def two_sites() -> list[Row]:
    """A unit is there at each site; the second site is held by two or not at all."""
    return [
        mission(MONTHS, minimum_stay_months=MINIMUM),
        state("AAA"),
        *place("S", 300),
        *place("T", 300, critical_mass_persons=150),
        capability("police"),
        need("R", "police", "S", 100),
        need("R2", "police", "T", 200),
        offer("O", "AAA", "police", 100),
        arrived(1),
        offer("P", "AAA", "police", 100),
        replace(arrived(1), code="P-arrived", offer="P", site="T"),
    ]


def problem() -> Problem:
    """The problem without what only levers open."""
    world, treasury = prepare(dossier(two_sites()).known_on(AS_OF), AS_OF, "")
    return assemble(world, treasury, wide=False)


def unit(made: Problem, code: str) -> int:
    """Which unit is there of an offer, by its code."""
    return next(u for u, unit in enumerate(made.world.units) if unit.offer.code == code)


def stays_too_short(made: Problem, book: Book) -> int:
    """In how many rows units would leave before their minimum stay is over."""
    model = made.model
    values = book.draft().values(made)
    broken = 0
    for row in model.rows_of("minimum_stay"):
        terms = slice(model.starts[row], model.starts[row + 1])
        total = float((model.values[terms] * values[model.indices[terms]]).sum())
        broken += total > model.row_upper[row] + 1e-6
    return broken


@pytest.mark.parametrize(
    ("legs", "number", "least"),
    [
        ((Leg(HOME, 0, 9),), 0, 1),  # who was there may leave at once
        ((Leg(AWAY, 0, 9),), 0, MINIMUM),  # who moves in the first month may not
        ((Leg(HOME, 0, 3), Leg(AWAY, 3, 12)), 0, 1),
        ((Leg(HOME, 0, 3), Leg(AWAY, 3, 12)), 1, 3 + MINIMUM),
        ((Leg(AWAY, 0, 6), Leg(HOME, 6, 12)), 1, MONTHS),  # back home: moved as well
        ((Leg(HOME, 0, 9), Leg(AWAY, 9, 12)), 1, MONTHS),  # the plan ends before
    ],
)
def test_only_who_stays_where_it_was_may_leave_at_once(
    legs: tuple[Leg, ...], number: int, least: int
) -> None:
    made = problem()
    there = unit(made, "O")
    assert least_until(made.world, Stay(there, legs), number) == least


def test_a_site_that_is_too_thin_takes_no_minimum_stay_away() -> None:
    made = problem()
    empty = Book(made, Relaxed(made))
    stays = [
        Posting(Stay(unit(made, "O"), (Leg(AWAY, 0, MONTHS),)), 1),
        Posting(Stay(unit(made, "P"), (Leg(AWAY, 0, MINIMUM - 2),)), 1),
    ]
    book = empty.of(stays)
    assert len(book.postings) == 2
    thin = book.thin()
    assert thin[AWAY].any()  # the other leaves before, and one alone is too few
    assert not stays_too_short(made, mended(made.world, empty, book))


def test_what_is_tried_in_place_of_a_stay_is_no_shorter_than_it_may_be() -> None:
    made = problem()
    there = unit(made, "O")
    relaxed = Relaxed(made)
    dive = Dive(made.world, Descent(relaxed), Depth(20, 0.1), Kept.nothing(made).closed)
    tried = list(dive.alike(Stay(there, (Leg(AWAY, 0, MONTHS),))))
    assert {other.legs[-1].until for other in tried} == set(range(MINIMUM, MONTHS + 1))
    books = [Book(made, relaxed).of([Posting(other, 1)]) for other in tried]
    assert not any(stays_too_short(made, book) for book in books)
