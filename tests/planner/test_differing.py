"""Two states of a dossier: their plans, and the rows in which they differ."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from konbit.dossier.difference import changed_rows
from konbit.dossier.tables.pledge import Offer
from konbit.planner import DossierFaultyError, plan
from konbit.planner.differing import differ
from limited_missions import plain
from missions import AS_OF, dossier, offer

if TYPE_CHECKING:
    from collections.abc import Callable

    from konbit.dossier import Row


def with_units(count: int) -> list[Row]:
    return [replace(r, unit_count=count) if isinstance(r, Offer) else r for r in plain()]


def test_both_plans_are_those_that_are_made_alone() -> None:
    one, two = dossier(plain()), dossier(with_units(1))
    found = differ((one, AS_OF), (two, AS_OF))
    assert found.earlier.digest == plan(one, AS_OF, explain=False, calls=False).digest
    assert found.later.digest == plan(two, AS_OF, explain=False, calls=False).digest
    assert found.later.covered_points * 2 == found.earlier.covered_points
    assert found.later.is_verified
    assert not found.is_ended


def test_rows_added_taken_out_and_cells_changed_are_told_once_each() -> None:
    more = offer("NEW", "CCC", "police", 50)
    one, two = dossier(plain()), dossier([*with_units(1), more])
    rows = {(r.table, r.row, r.column): (r.before, r.after) for r in changed_rows(one, two)}
    assert rows.pop(("offers", "O", "unit_count")) == ("2", "1")
    [((table, row, column), (before, after))] = rows.items()
    assert (table, row, column, before) == ("offers", "NEW", "", "")
    assert "strength_persons = 50" in after
    back = {(r.table, r.row, r.column): (r.before, r.after) for r in changed_rows(two, one)}
    assert back == {("offers", "O", "unit_count"): ("1", "2"), ("offers", "NEW", ""): (after, "")}
    assert changed_rows(one, one) == ()


def test_each_plan_has_its_own_time() -> None:
    begun: list[int] = []

    def limit() -> Callable[[], bool]:
        begun.append(1)
        return lambda: True

    one = dossier(plain())
    differ((one, AS_OF), (one, AS_OF), limit=limit)
    assert len(begun) == 2


def test_a_faulty_dossier_is_refused() -> None:
    good = dossier(plain())
    bad = dossier([replace(r, capability="NONE") if isinstance(r, Offer) else r for r in plain()])
    for one, two in ((good, bad), (bad, good)):
        with pytest.raises(DossierFaultyError):
            differ((one, AS_OF), (two, AS_OF))
