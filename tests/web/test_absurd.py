"""Numbers and days that no mission has are told where they are entered, and never stored."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import translation

from konbit.dossier.tables.fund import Contribution
from konbit.web.history.models import Change, Proposal
from konbit.web.imports.actions import take_in
from konbit.web.imports.preview import preview
from konbit.web.people.acting import act_as
from konbit.web.pledges.stages import money_steps
from konbit.web.tables.days import DayField
from konbit.web.tables.dossiers import dossier_of
from konbit.web.tables.mirrored import MODELS
from web_files import workbook

if TYPE_CHECKING:
    from web_world import World

RATE: dict[str, str] = {
    "currency_from": "HTG", "currency_to": "USD", "on": "2026-01-01", "rate": "0.0076",
    "source": "a bank", "source_on": "2026-01-01", "confidence": "official",
}  # fmt: skip
NO_RATES = ["0", "0.00", "-1", "-0.000000000001", "1000000001"]
STEP: dict[str, str] = {
    "on": "2026-06-01", "source": "a letter", "source_on": "2026-06-01",
    "confidence": "official", "why": "a letter came",
}  # fmt: skip


def as_(world: World, name: str) -> Client:
    act_as(world.users[name])
    client = Client(SERVER_NAME="localhost")
    client.force_login(world.users[name])
    return client


def stored(world: World) -> int:
    world["viewer"]
    done = Change.objects.filter(mission=world.mission).count()
    return done + Proposal.objects.filter(mission=world.mission).count()


@pytest.mark.parametrize("rate", NO_RATES)
def test_no_money_is_exchanged_for_nothing(world: World, rate: str) -> None:
    """By form, by file, by program, and in the database itself."""
    before = stored(world)
    officer = as_(world, "fund_officer")
    sent = {**{f"c.{name}": text for name, text in RATE.items()}, "why": "w", "seen": ""}
    page = officer.post("/m/M/tables/exchange_rates/new", {**sent, "c.rate": rate})
    assert page.status_code == 422
    told = page.content.decode()
    assert "more than" in told or "less than" in told

    line = [*RATE.values()]
    line[list(RATE).index("rate")] = rate
    lead = as_(world, "lead")
    file = take_in(world.users["lead"], world.mission, "r.xlsx", workbook(
        "exchange_rates", [[*RATE], line]
    ))  # fmt: skip
    found = preview(file).findings
    assert {f.code for f in found if f.column == "rate"} <= {"not-above", "too-small", "too-large"}
    assert any(f.column == "rate" for f in found)

    path = "/api/v1/missions/M/tables/exchange_rates/rows/HTG:USD:2026-01-01"
    asked: dict[str, Any] = {"row": {**RATE, "rate": rate}, "why": "w", "state": None}
    assert lead.put(path, asked, content_type="application/json").status_code == 422
    assert stored(world) == before


def test_the_database_itself_holds_no_such_rate(world: World) -> None:
    """In a change that may write a rate, and writes one."""
    act_as(world.users["fund_officer"])
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO history_change (mission_id, by_id, verb, why, document, counts) "
            "VALUES (%s, %s, 'row-saved', '', '', '{}') RETURNING id",
            [world.mission.pk, world.users["fund_officer"].pk],
        )
        change = cursor.fetchone()
    assert change is not None
    _write_rate(world, change[0], "0.5")
    for rate in NO_RATES:
        with pytest.raises(DatabaseError, match="check constraint"), transaction.atomic():
            _write_rate(world, change[0], rate)


def _write_rate(world: World, change: int, rate: str) -> None:
    table = MODELS["exchange_rates"]._meta.db_table
    same = "source, source_on, confidence, basis, alternative_to, note, used"
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (row_mission_id, row_key, row_opened_id, currency_from, "
            f"currency_to, \"on\", rate, {same}) SELECT row_mission_id, %s, %s, 'HTG', "
            f'currency_to, "on", %s, {same} FROM {table} WHERE row_mission_id = %s LIMIT 1',
            [f"odd/{rate}", change, rate, world.mission.pk],
        )
        assert cursor.rowcount == 1


def test_a_rate_of_some_size_is_stored(world: World) -> None:
    officer = as_(world, "fund_officer")
    sent = {**{f"c.{name}": text for name, text in RATE.items()}, "why": "w", "seen": ""}
    assert officer.post("/m/M/tables/exchange_rates/new", sent).status_code == 302


ABSURD = [
    {"on": "0001-01-01"}, {"on": "9999-12-31"}, {"source_on": "1944-12-31"},
    {"source_on": "2200-01-01"}, {"amount": "-5"}, {"amount": "0.001"}, {"amount": "1" + "0" * 16},
]  # fmt: skip


@pytest.mark.parametrize("absurd", ABSURD)
def test_a_step_is_within_reason(world: World, absurd: dict[str, str]) -> None:
    world["viewer"]
    dossier = dossier_of(world.mission)
    key = next(
        row.code
        for row in dossier.rows(Contribution)
        if row.used and "announced" in money_steps(dossier, row.code)
    )
    before = stored(world)
    officer = as_(world, "fund_officer")
    sent = {**STEP, "stage": "announced", "amount": "5", "currency": "USD", **absurd}
    page = officer.post(f"/m/M/pledges/contributions/{key}/", sent)
    assert page.status_code == 422
    assert 'class="error"' in page.content.decode()
    path = f"/api/v1/missions/M/steps/contributions/{key}"
    assert officer.post(path, sent, content_type="application/json").status_code == 422
    assert stored(world) == before


@pytest.mark.parametrize("day", ["0001-01-01", "1944-12-31", "2200-01-01", "9999-12-31"])
@pytest.mark.parametrize(("language", "told"), [("fr", "est pas entre"), ("es", "no está entre")])
def test_a_day_outside_is_told_with_its_bounds(day: str, language: str, told: str) -> None:
    from django.core.exceptions import ValidationError

    with translation.override(language), pytest.raises(ValidationError, match=told):
        DayField().clean(day)


def test_no_plan_is_asked_for_a_day_that_no_mission_has(world: World) -> None:
    planner = as_(world, "planner")
    page = planner.post("/m/M/plans/freeze", follow=True)
    asked = planner.post(page.request["PATH_INFO"], {"as_of": "0001-01-01", "scenario": ""})
    assert asked.status_code == 422
    assert 'class="error"' in asked.content.decode()
