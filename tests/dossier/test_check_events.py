from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from konbit.dossier.tables.fund import Budget, Earmark
from konbit.dossier.tables.mandate import Ceiling, Document, Location
from konbit.dossier.tables.pledge import Agreement, LeadTime
from konbit.dossier.tables.requirement import Phase, Site
from konbit.dossier.tables.situation import Observation
from konbit.terms import Severity
from tiny_rows import AS_OF, event, found_in, gift, make, offered, paid, told, usd

if TYPE_CHECKING:
    from konbit.dossier.columns import Row

MARCH, APRIL, MAY = date(2025, 3, 1), date(2025, 4, 1), date(2025, 5, 1)
NEXT_YEAR = date(2026, 1, 1)


@pytest.mark.parametrize(
    ("table", "first", "last"),
    [
        (Phase, "from_on", "until_on"),
        (Ceiling, "from_on", "until_on"),
        (Earmark, "from_on", "until_on"),
        (Budget, "from_on", "until_on"),
        (Site, "available_from_on", "available_until_on"),
        (Document, "adopted_on", "valid_until_on"),
        (Agreement, "signed_on", "valid_until_on"),
    ],
)
@pytest.mark.parametrize("ends", [MARCH, APRIL])
def test_a_period_ends_after_its_first_day(
    table: type[Row], first: str, last: str, ends: date
) -> None:
    row = make(table, code="A", **{first: APRIL, last: ends})
    (only,) = found_in(row)
    assert (only.code, only.severity) == ("period-reversed", Severity.ERROR)
    assert (only.table, only.row, only.column) == (table.TABLE, "A", last)
    assert dict(only.values) == {"from_on": str(APRIL), "until_on": str(ends)}
    assert found_in(make(table, code="A", **{first: APRIL, last: MAY})) == ()


def test_an_observation_may_last_one_day_but_not_less() -> None:
    assert found_in(make(Observation, from_on=APRIL, on=APRIL)) == ()
    assert told(make(Observation, from_on=APRIL, on=MARCH)) == [
        ("period-reversed", "observations", "A", "on")
    ]


def test_a_row_believed_until_before_it_was_known_never_shows() -> None:
    never = make(Location, known_on=APRIL, superseded_on=APRIL)
    (only,) = found_in(never)
    assert (only.code, only.severity, only.column) == (
        "period-reversed", Severity.WARNING, "superseded_on",
    )  # fmt: skip
    assert found_in(make(Location, known_on=APRIL, superseded_on=MAY)) == ()


def test_units_arrive_after_they_are_agreed() -> None:
    offer = offered()
    (only,) = found_in(offer, event("A", "agreed", APRIL), event("A", "arrived", MARCH))
    assert (only.code, only.severity) == ("stage-out-of-order", Severity.WARNING)
    assert (only.table, only.row, only.column) == ("unit_events", "A-arrived-2025-03-01", "on")
    assert dict(only.values) == {
        "earlier_stage": "agreed",
        "earlier_on": "2025-04-01",
        "stage": "arrived",
        "on": "2025-03-01",
    }
    assert found_in(offer, event("A", "agreed", MARCH), event("A", "arrived", APRIL)) == ()


def test_units_of_an_offer_go_through_the_stages_in_parts() -> None:
    events = (
        event("A", "agreed", MARCH),
        event("A", "arrived", APRIL),
        event("A", "agreed", MAY),
        event("A", "departed", MAY),
    )
    assert found_in(offered(units=2), *events) == ()


@pytest.mark.parametrize(
    ("precision", "is_told"), [("day", True), ("month", False), ("year", False)]
)
def test_a_vague_day_is_not_held_against_an_exact_one(precision: str, is_told: bool) -> None:
    vague: dict[str, Any] = {"on_precision": precision}
    agreed = event("A", "agreed", date(2025, 3, 20))
    arrived = event("A", "arrived", date(2025, 3, 1), **vague)
    assert bool(found_in(offered(), agreed, arrived)) is is_told


def test_money_is_received_after_it_is_pledged() -> None:
    late = paid("G", "pledged", APRIL, usd(5))
    early = paid("G", "received", MARCH, usd(5))
    assert told(gift(), late, early) == [
        ("stage-out-of-order", "contribution_events", "G-received-2025-03-01", "on")
    ]
    assert found_in(gift(), late, paid("G", "received", MAY, usd(5))) == ()


def test_events_that_are_not_used_or_no_longer_believed_are_left_out() -> None:
    late = event("A", "agreed", APRIL)
    doubted = event("A", "arrived", MARCH, used=False, note="a rumour")
    denied = event("A", "arrived", MARCH, code="denied", superseded_on=APRIL)
    assert found_in(offered(), late, doubted, denied) == ()


def test_a_step_of_force_generation_leads_on() -> None:
    step = {"low_months": 1, "likely_months": 2, "high_months": 3}
    back = make(LeadTime, stage_from="agreed", stage_to="notified", **step)
    (only,) = found_in(back)
    assert (only.code, only.severity) == ("lead-time-backwards", Severity.ERROR)
    assert (only.row, only.column) == ("agreed / no", "stage_to")
    assert found_in(make(LeadTime, stage_from="agreed", stage_to="loaded", **step)) == ()


def test_likely_months_lie_between_low_and_high() -> None:
    step = {"stage_from": "agreed", "stage_to": "loaded", "low_months": 2, "high_months": 4}
    assert told(make(LeadTime, likely_months=5, **step)) == [
        ("lead-time-uneven", "lead_times", "agreed / no", "likely_months")
    ]
    assert found_in(make(LeadTime, likely_months=4, **step)) == ()


def test_an_arrival_in_the_future_is_an_announcement() -> None:
    rows = (offered(), event("A", "arrived", NEXT_YEAR))
    (only,) = found_in(*rows)
    assert (only.code, only.severity) == ("arrival-in-future", Severity.NOTE)
    assert dict(only.values) == {"units": "1", "on": str(NEXT_YEAR), "as_of_on": str(AS_OF)}
    assert found_in(*rows, as_of=NEXT_YEAR) == ()


def test_money_of_the_future_is_not_counted_on_unseen() -> None:
    rows = (gift(), paid("G", "received", NEXT_YEAR, usd(5)))
    (only,) = found_in(*rows)
    assert (only.code, only.severity) == ("counts-on-future-money", Severity.WARNING)
    assert found_in(*rows, as_of=NEXT_YEAR) == ()
    doubted = paid("G", "received", NEXT_YEAR, usd(5), used=False, note="a hope")
    assert found_in(gift(), doubted) == ()
