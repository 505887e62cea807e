"""A plan whose written tables were changed is caught, whatever was changed."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from konbit.dossier.plan import BuildingOrder, Plan
from konbit.terms import Money
from mission_to_check import mission, usd
from plan_to_check import Books, violated

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random


def _with(plan: Plan, table: str, rows: tuple[Any, ...]) -> Plan:
    changes: dict[str, Any] = {table: rows}
    return replace(plan, **changes)


def _in(table: str, key: str, **changes: Any) -> Callable[[Plan], Plan]:
    """Change one row of a table of the plan."""

    def plant(plan: Plan) -> Plan:
        rows = getattr(plan, table)
        assert key in {row.label for row in rows}
        return _with(
            plan, table, tuple(replace(r, **changes) if r.label == key else r for r in rows)
        )

    return plant


# Things planted in the written tables.
FORGED: dict[str, tuple[Callable[[Plan], Plan], set[str]]] = {
    "of another dossier": (lambda plan: replace(plan, dossier_digest="0" * 64), {"digest"}),
    "another horizon": (lambda plan: replace(plan, until_month=plan.first_month), {"digest"}),
    "strength": (
        _in("presence", "KEN-police / base / 2026-05", strength_persons=49),
        {"presence"},
    ),
    "departures": (
        _in("presence", "KEN-police / base / 2026-08", departing_units=0),
        {"presence"},
    ),
    "units at work": (
        _in("presence", "KEN-police / base / 2026-05", operational_units=1),
        {"coverage"},
    ),
    "share": (_in("coverage", "N-port / 2026-08", share=8334), {"coverage", "headcounts"}),
    "present": (_in("coverage", "N-port / 2026-08", present=51), {"coverage"}),
    "points": (lambda plan: replace(plan, covered_points=plan.covered_points + 1), {"coverage"}),
    "substitute": (
        _in("substituted", "2026-06 / base / patrol / guard", offered="medevac"),
        {"coverage"},
    ),
    "usable too early": (
        _in("building_orders", "port-camp", usable_from="2026-05"),
        {"building"},
    ),
    "an option nobody knows": (
        lambda plan: replace(
            plan,
            building_orders=(
                *plan.building_orders,
                BuildingOrder(option="palace", month="2026-04", usable_from="2026-05"),
            ),
        ),
        {"building"},
    ),
    "payer": (
        _in("obligations", "2026-04 / camp / base / base", payer="contributor"),
        {"obligations"},
    ),
    "support cost": (
        _in("obligations", "2026-04 / camp / base / base", support_cost=usd(0)),
        {"obligations"},
    ),
    "currency": (
        _in("obligations", "2026-04 / camp / base / base", amount=Money(5_000, "EUR")),
        {"obligations"},
    ),
    "cash table": (_in("cash", "TF / - / 2026-09", closing=usd(1)), {"cash"}),
    "effective people": (_in("headcounts", "2026-07", effective_persons=101), {"headcounts"}),
    "ceiling people": (_in("headcounts", "2026-07", ceiling_persons=None), {"headcounts"}),
    "a unit of nobody": (
        _in("presence", "MDM-teams / base / 2026-09", unit="GHOST"),
        {"allowed", "presence", "coverage", "obligations"},
    ),
}


@pytest.mark.parametrize("planted", FORGED)
def test_forged_row_is_caught(planted: str) -> None:
    plant, rules = FORGED[planted]
    dossier = mission()
    assert violated(dossier, plant(Books().plan(dossier))) == rules


TABLES = (
    "presence",
    "building_orders",
    "coverage",
    "substituted",
    "obligations",
    "payments",
    "cash",
    "headcounts",
)


@dataclass(frozen=True)
class _Cell:
    table: str
    place: int
    column: str


def _cells(plan: Plan) -> list[_Cell]:
    """Every number and amount of the plan's checked tables."""
    return [
        _Cell(table, place, item.name)
        for table in TABLES
        for place, row in enumerate(getattr(plan, table))
        for item in fields(row)
        if type(getattr(row, item.name)) in {int, Money}
    ]


DOSSIER = mission()
PLAN = Books().plan(DOSSIER)


@settings(max_examples=150, deadline=None)
@given(
    cell=st.sampled_from(_cells(PLAN)),
    step=st.one_of(st.integers(-100_000, -1), st.integers(1, 100_000)),
)
def test_no_number_of_a_plan_can_be_changed_unseen(cell: _Cell, step: int) -> None:
    rows = list(getattr(PLAN, cell.table))
    value = getattr(rows[cell.place], cell.column)
    changed = value + usd(step) if isinstance(value, Money) else value + step
    rows[cell.place] = replace(rows[cell.place], **{cell.column: changed})
    assert violated(DOSSIER, _with(PLAN, cell.table, tuple(rows)))


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_no_row_of_a_plan_can_be_taken_away_or_repeated_unseen(data: st.DataObject) -> None:
    table = data.draw(st.sampled_from(TABLES))
    rows = getattr(PLAN, table)
    place = data.draw(st.integers(0, len(rows) - 1))
    times = data.draw(st.sampled_from((0, 2)))
    changed = (*rows[:place], *rows[place : place + 1] * times, *rows[place + 1 :])
    assert violated(DOSSIER, _with(PLAN, table, changed))


@given(seed=st.randoms(use_true_random=False), table=st.sampled_from(TABLES))
@settings(max_examples=20, deadline=None)
def test_order_of_rows_says_nothing(seed: Random, table: str) -> None:
    rows = list(getattr(PLAN, table))
    seed.shuffle(rows)
    assert violated(DOSSIER, _with(PLAN, table, tuple(rows))) == set()
