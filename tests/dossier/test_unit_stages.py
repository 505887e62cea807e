from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from konbit.dossier.tables.mandate import Ceiling
from konbit.dossier.tables.pledge import UNIT_SIDE_STATES, UNIT_STAGES, UnitEvent
from konbit.dossier.tables.requirement import Capability, Phase, Requirement, Site
from konbit.dossier.unit_stages import (
    Present,
    ceiling_persons,
    deployed_persons,
    offered_persons,
    persons_by_component,
    ready_persons,
    record_headcounts,
    required_persons,
    stage_on,
    states_on,
)
from tiny_rows import event, make, offered, tiny

if TYPE_CHECKING:
    from konbit.dossier.dossier import Dossier

MARCH, APRIL, MAY, JUNE = (date(2025, month, 1) for month in (3, 4, 5, 6))


def counts(dossier: Dossier, on: date) -> tuple[int, int, int]:
    """Offered, ready and deployed people."""
    return (
        offered_persons(dossier, on),
        ready_persons(dossier, on),
        deployed_persons(dossier, on),
    )


def test_people_are_offered_then_ready_then_deployed() -> None:
    dossier = tiny(
        offered(units=3, persons=100),
        event("A", "agreed", MARCH, 2),
        event("A", "arrived", APRIL, 1),
        event("A", "departed", MAY, 1),
        event("A", "withdrawn", JUNE, 1),
    )
    seen = [counts(dossier, on) for on in (date(2025, 2, 1), MARCH, APRIL, MAY, JUNE)]
    assert seen == [(300, 0, 0), (300, 200, 0), (300, 200, 100), (200, 100, 0), (100, 100, 0)]


def test_the_stage_is_the_most_advanced_one_until_no_unit_is_left() -> None:
    dossier = tiny(
        offered(units=2),
        event("A", "agreed", MARCH, 2),
        event("A", "notified", APRIL, 2),
        event("A", "arrived", MAY, 1),
        event("A", "withdrawn", JUNE, 1),
        event("A", "departed", date(2025, 7, 1), 1),
    )
    days = (date(2025, 2, 1), MARCH, APRIL, MAY, JUNE, date(2025, 7, 1))
    assert [stage_on(dossier, "A", on) for on in days] == [
        "offered", "agreed", "agreed", "arrived", "arrived", "departed",
    ]  # fmt: skip
    with pytest.raises(KeyError):
        stage_on(dossier, "B", MARCH)


def test_an_event_shows_on_its_day_and_only_when_known() -> None:
    late = event("A", "arrived", MARCH, known_on=MAY)
    assert deployed_persons(tiny(offered(), late), APRIL) == 0
    assert deployed_persons(tiny(offered(), late), MAY) == 100
    announced = event("A", "arrived", MAY)
    assert deployed_persons(tiny(offered(), announced), APRIL) == 0


def test_people_stand_where_they_arrived_and_leave_from_there_first() -> None:
    dossier = tiny(
        offered(units=4, persons=100),
        event("A", "arrived", MARCH, 2, site="S", code="1"),
        event("A", "arrived", MARCH, 2, site="T", code="2", strength_persons=150),
        event("A", "departed", APRIL, 1, site="T", strength_persons=80),
        event("A", "departed", MAY, 2),
    )
    assert states_on(dossier, APRIL)["A"].present == {"S": Present(2, 200), "T": Present(1, 70)}
    assert states_on(dossier, MAY)["A"].present == {"T": Present(1, 70)}
    assert states_on(dossier, MAY)["A"].deployed_units == 1


def test_a_relief_adds_nobody_to_those_who_are_ready() -> None:
    dossier = tiny(
        offered(units=2),
        event("A", "arrived", MARCH, 2),
        event("A", "departed", APRIL, 2),
        event("A", "arrived", APRIL, 2),
    )
    assert counts(dossier, MAY) == (200, 200, 200)


def test_a_service_has_units_but_no_people() -> None:
    dossier = tiny(offered(units=2, kind="service"), event("A", "arrived", MARCH, 1))
    assert counts(dossier, MAY) == (0, 0, 0)
    assert states_on(dossier, MAY)["A"].ready_units == 1


def test_people_are_counted_by_component() -> None:
    dossier = tiny(offered("A", component="police"), offered("B", component="military", units=2))
    states = states_on(dossier, MAY).values()
    people = persons_by_component(states, lambda state: state.offered_persons)
    assert people == {"police": 100, "military": 200}


unit_events = st.lists(
    st.builds(
        lambda stage, day, units: (stage, date(2025, 1, day), units),
        st.sampled_from((*UNIT_STAGES, *UNIT_SIDE_STATES)),
        st.integers(1, 28),
        st.integers(0, 4),
    ),
    max_size=12,
)


@given(unit_events, st.integers(1, 5), st.integers(1, 31))
def test_deployed_are_ready_and_ready_are_offered(
    events: list[tuple[str, date, int]], units: int, day: int
) -> None:
    """However wrong the events are, no count is negative and each lies within the next."""
    rows: list[UnitEvent] = [
        event("A", stage, on, count, code=str(number))
        for number, (stage, on, count) in enumerate(events)
    ]
    seen = counts(tiny(offered(units=units), *rows), date(2025, 1, day))
    assert seen[0] >= seen[1] >= seen[2] >= 0


def ceiling(component: str, persons: int, code: str, **more: date) -> Ceiling:
    values = {"component": component, "strength_persons": persons, "code": code}
    return make(Ceiling, **{"from_on": date(2024, 1, 1), **values, **more})


def test_the_ceiling_is_the_total_or_else_the_sum_of_its_parts() -> None:
    parts = [ceiling("police", 500, "A"), ceiling("civilian", 50, "B")]
    assert ceiling_persons(tiny(), MAY) is None
    assert ceiling_persons(tiny(*parts), MAY) == 550
    whole = ceiling("total", 600, "C", from_on=MAY)
    assert ceiling_persons(tiny(*parts, whole), APRIL) == 550
    assert ceiling_persons(tiny(*parts, whole), MAY) == 600
    uniformed = ceiling("uniformed", 520, "D")
    assert ceiling_persons(tiny(*parts, uniformed), MAY) == 570
    lower = ceiling("police", 400, "E")
    assert ceiling_persons(tiny(*parts, lower), MAY) == 450


def test_required_people_follow_the_phases() -> None:
    rows = (
        make(Site, code="S"),
        make(Capability, code="patrol", measure="persons"),
        make(Capability, code="medevac", measure="helicopters"),
        make(Phase, code="P", from_on=APRIL, until_on=MAY),
        make(Requirement, code="1", capability="patrol", quantity=300),
        make(Requirement, code="2", capability="patrol", quantity=200, phase="P"),
        make(Requirement, code="3", capability="medevac", quantity=2),
    )
    assert [required_persons(tiny(*rows), on) for on in (MARCH, APRIL, MAY)] == [300, 500, 300]


def test_the_record_runs_from_the_first_arrival_to_the_as_of_day() -> None:
    dossier = tiny(
        offered(units=3),
        event("A", "arrived", date(2025, 3, 31)),
        event("A", "arrived", date(2025, 5, 10)),
        event("A", "arrived", date(2025, 5, 20)),
        ceiling("total", 250, "C", until_on=MAY),
    )
    rows = record_headcounts(dossier, date(2025, 5, 15))
    assert [(r.month, r.kind, r.deployed_persons, r.ceiling_persons) for r in rows] == [
        ("2025-03", "record", 100, 250),
        ("2025-04", "record", 100, 250),
        ("2025-05", "record", 200, None),
    ]
    assert {r.effective_persons for r in rows} == {None}


def test_the_record_counts_an_offer_from_when_it_was_known() -> None:
    late = offered("B", source_on=date(2025, 5, 5))
    dossier = tiny(offered("A"), event("A", "arrived", date(2025, 4, 2)), late)
    rows = record_headcounts(dossier, date(2025, 5, 15))
    assert [r.offered_persons for r in rows] == [100, 200]


def test_a_mission_without_arrivals_has_a_record_of_one_month() -> None:
    (only,) = record_headcounts(tiny(offered()), MAY)
    assert (only.month, only.offered_persons, only.deployed_persons) == ("2025-05", 100, 0)
