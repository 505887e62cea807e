from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from konbit.dossier.tables.mandate import Ceiling
from konbit.terms import Severity
from tiny_rows import event, found_in, make, offered, told

if TYPE_CHECKING:
    from konbit.dossier.columns import Row

MARCH, APRIL, MAY = date(2025, 3, 1), date(2025, 4, 1), date(2025, 5, 1)


def ceiling(persons: int, component: str = "police", **more: Any) -> Ceiling:
    values: dict[str, Any] = {"from_on": date(2024, 1, 1), "strength_persons": persons}
    return make(Ceiling, **{**values, "component": component, **more})


def test_no_more_units_arrive_than_are_offered() -> None:
    first = event("A", "arrived", MARCH, 2)
    (only,) = found_in(offered(units=2), first, event("A", "arrived", APRIL))
    assert (only.code, only.severity) == ("more-units-than-offered", Severity.ERROR)
    assert (only.table, only.row) == ("unit_events", "A-arrived-2025-04-01")
    assert dict(only.values) == {"stage": "arrived", "units": "3", "offered_units": "2"}
    assert found_in(offered(units=2), first) == ()


def test_units_given_up_cannot_be_present_as_well() -> None:
    rows = (event("A", "arrived", MARCH, 2), event("A", "withdrawn", APRIL))
    assert told(offered(units=2), *rows) == [
        ("more-units-than-offered", "unit_events", "A-withdrawn-2025-04-01", "units")
    ]
    assert found_in(offered(units=3), *rows) == ()


def test_a_relief_on_one_day_is_no_error() -> None:
    relief = (event("A", "departed", APRIL, 2), event("A", "arrived", APRIL, 2))
    assert found_in(offered(units=2), event("A", "arrived", MARCH, 2), *relief) == ()


def test_no_more_units_depart_than_arrived() -> None:
    arrived = event("A", "arrived", MARCH)
    (only,) = found_in(offered(units=3), arrived, event("A", "departed", MAY, 2))
    assert (only.code, only.severity) == ("departed-more-than-arrived", Severity.ERROR)
    assert dict(only.values) == {"arrived_units": "1", "departed_units": "2", "on": str(MAY)}
    assert found_in(offered(units=3), arrived, event("A", "departed", MAY)) == ()


def test_units_at_work_have_arrived() -> None:
    at_work = event("A", "operational", APRIL)
    (only,) = found_in(offered(), at_work)
    assert (only.code, only.severity) == ("arrival-missing", Severity.WARNING)
    assert dict(only.values) == {"on": str(APRIL), "stage": "operational"}
    assert found_in(offered(), event("A", "arrived", MARCH), at_work) == ()


@pytest.mark.parametrize("component", ["police", "uniformed", "total"])
def test_a_ceiling_is_exceeded_on_the_day_with_most_people(component: str) -> None:
    events: tuple[Row, ...] = (
        event("A", "arrived", MARCH),
        event("A", "arrived", APRIL),
        event("A", "departed", MAY),
    )
    rows = (offered(units=2, persons=100), *events)
    findings = found_in(*rows, ceiling(199, component))
    (only,) = [f for f in findings if f.code == "ceiling-exceeded"]
    assert (only.severity, only.table) == (Severity.WARNING, "ceilings")
    assert dict(only.values) == {
        "ceiling_persons": "199",
        "component": component,
        "deployed_persons": "200",
        "on": str(APRIL),
    }
    assert found_in(*rows, ceiling(200, component)) == ()
    assert found_in(*rows, ceiling(10, "civilian")) == ()


def test_a_ceiling_that_begins_too_low_is_exceeded_on_its_first_day() -> None:
    rows = (offered(), event("A", "arrived", MARCH))
    (only,) = [f for f in found_in(*rows, ceiling(99, from_on=MAY)) if f.code == "ceiling-exceeded"]
    assert dict(only.values)["on"] == str(MAY)
    assert found_in(*rows, ceiling(99, until_on=MARCH)) == ()


def test_services_and_announced_arrivals_do_not_count_under_a_ceiling() -> None:
    service = offered("S", kind="service", persons=100)
    later = event("A", "arrived", date(2026, 1, 1))
    codes = [code for code, *_ in told(offered(), later, service, ceiling(100))]
    assert codes == ["arrival-in-future", "offer-without-readiness"]


def test_offers_may_add_up_to_more_than_a_ceiling() -> None:
    rows = (offered(units=3), event("A", "agreed", MARCH))
    (only,) = found_in(*rows, ceiling(299))
    assert (only.code, only.severity) == ("offers-above-ceiling", Severity.NOTE)
    assert dict(only.values)["offered_persons"] == "300"
    assert found_in(*rows, ceiling(300)) == ()
    assert found_in(*rows, event("A", "withdrawn", APRIL), ceiling(200)) == ()


def test_two_ceilings_of_a_component_do_not_hold_on_one_day() -> None:
    first = ceiling(100, code="A", until_on=APRIL)
    (only,) = found_in(first, ceiling(50, code="B", from_on=MARCH))
    assert (only.code, only.severity, only.row) == ("ceilings-overlap", Severity.WARNING, "B")
    assert dict(only.values) == {"component": "police", "other": "A"}
    assert found_in(first, ceiling(50, code="B", from_on=APRIL)) == ()
    assert found_in(first, ceiling(50, "military", code="B", from_on=MARCH)) == ()


def test_a_long_ceiling_overlaps_all_that_begin_within_it() -> None:
    rows = (
        ceiling(100, code="long"),
        ceiling(50, code="first", from_on=MARCH, until_on=APRIL),
        ceiling(50, code="second", from_on=APRIL, until_on=MAY),
    )
    found = [(f.row, dict(f.values)["other"]) for f in found_in(*rows)]
    assert found == [("first", "long"), ("second", "long")]


def test_an_offer_of_which_nothing_else_is_known_is_noted() -> None:
    (only,) = found_in(offered(), event("A", "offered", MARCH))
    assert (only.code, only.severity) == ("offer-without-readiness", Severity.NOTE)
    assert found_in(offered(), event("A", "notified", MARCH)) == ()
    assert found_in(offered(), event("A", "lapsed", MARCH)) == ()


def test_only_a_service_is_without_people() -> None:
    known = event("A", "agreed", MARCH)
    assert told(offered(persons=0), known) == [
        ("unit-without-strength", "offers", "A", "strength_persons")
    ]
    assert found_in(offered(persons=0, kind="service"), known) == ()


def test_an_offer_replaced_by_another_has_nothing_left_to_give() -> None:
    rows = (offered("old", units=2), offered("new", replaces="old"))
    known = (event("old", "notified", MARCH), event("new", "notified", MARCH))
    (only,) = found_in(*rows, *known)
    assert (only.code, only.severity, only.row) == ("replaced-but-open", Severity.WARNING, "old")
    assert dict(only.values) == {"other": "new", "units": "2"}
    assert found_in(*rows, *known, event("old", "withdrawn", APRIL, 2)) == ()
