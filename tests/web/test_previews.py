"""A loss is looked at before it is confirmed: the approved plan repaired without what is lost."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client

from konbit.dossier import Dossier
from konbit.dossier.plan import Presence
from konbit.dossier.tables.pledge import UnitEvent
from konbit.terms import Month
from konbit.web.plans.actions import approve_plan, ask_for_plan, freeze, make
from konbit.web.plans.archives import plan_archive, read_plan_archive
from konbit.web.plans.frozen import pack
from konbit.web.plans.models import Revision, Run
from konbit.web.pledges import previews
from konbit.web.pledges.models import Preview
from konbit.web.pledges.previews import is_repairable, look, loss_of
from konbit.web.tables.actions import store
from konbit.web.tables.dossiers import dossier_of
from konbit.web.tables.edits import Edit
from konbit.web.tables.mirrored import MODELS
from konbit.web.words import COOKIE, LANGUAGES, words_in
from sample_plan import sample_plan
from tiny_rows import make as make_row
from tiny_rows import usd
from web_world import a_step, load_small

if TYPE_CHECKING:
    from konbit.dossier.plan import Plan
    from web_world import World


@pytest.fixture
def approved(world: World) -> Run:
    """A small mission with a plan that was made and approved."""
    load_small(world)
    revision = freeze(world["lead"], world.empty)
    day = dossier_of(world.empty).last_known_on
    run = ask_for_plan(world["planner"], revision, day)
    make(run)
    made = Run.objects.get(pk=run.pk)
    assert made.state == "done", made.trouble
    approve_plan(world["fund_approver"], made)
    return made


def plan_of(run: Run) -> Plan:
    plan = read_plan_archive(bytes(run.content or b"")).plan
    assert plan is not None
    return plan


def sent_for(plan: Plan) -> tuple[str, dict[str, str]]:
    """The offer that the plan relies on most, and the form that withdraws all units of it."""
    months: dict[str, dict[str, int]] = {}
    for row in plan.presence:
        held = months.setdefault(row.offer, {})
        held[row.month] = held.get(row.month, 0) + row.units
    offer = max(sorted(months), key=lambda code: sum(months[code].values()))
    units = str(max(months[offer].values()))
    day = f"{plan.first_month}-01"
    return offer, {
        "stage": "withdrawn", "on": day, "units": units, "source": "a letter", "source_on": day,
        "confidence": "official", "why": "recalled",
    }  # fmt: skip


def test_a_withdrawal_shows_which_units_slip_and_can_be_confirmed_at_any_time(
    world: World, approved: Run
) -> None:
    offer, sent = sent_for(plan_of(approved))
    client = Client(SERVER_NAME="localhost")
    client.force_login(world.users["lead"])
    path = f"/m/EMPTY/pledges/offers/{offer}/"
    looked = client.post(path, sent)
    preview = Preview.objects.get()
    assert looked["Location"] == f"/m/EMPTY/pledges/preview/{preview.pk}/"
    waiting = client.get(looked["Location"]).content.decode()
    assert "Being planned" in waiting
    assert "Confirm the step" in waiting, "nobody has to wait"
    again = client.post(path, sent)
    assert again["Location"] == looked["Location"], "the same question is asked once"

    previews.make(preview)
    preview.refresh_from_db()
    assert preview.state == "done", preview.trouble
    content = preview.content or {}
    assert set(content) == set(LANGUAGES)
    page = client.get(looked["Location"]).content.decode()
    assert content["en"]["key"] in page
    first = content["en"]["rows"][0]
    assert "does not arrive" in first
    assert "does not arrive" in page

    client.force_login(world.users["viewer"])
    others = client.get(looked["Location"]).content.decode()
    assert content["en"]["key"] in others
    assert "Confirm the step" not in others
    client.force_login(world.users["lead"])
    assert client.post(path, {**sent, "confirmed": "yes"}).status_code == 302


def test_the_page_says_what_changed_since_the_revision_was_frozen(
    world: World, approved: Run
) -> None:
    offer, sent = sent_for(plan_of(approved))
    client = Client(SERVER_NAME="localhost")
    client.force_login(world.users["lead"])
    address = client.post(f"/m/EMPTY/pledges/offers/{offer}/", sent)["Location"]
    assert "Nothing has changed since" in client.get(address).content.decode()

    states = MODELS["offers"].objects.of(world.empty.pk).current().filter(row_key=offer)
    seen, found = next(states.rows_with_states())
    held: Any = found
    changed = dataclasses.replace(held, title="Another title")
    edit = Edit(type(held), offer, seen, changed)
    store(world["lead"], world.empty, "row-saved", [edit], why="a test")
    readers = (("lead", "en", "changed in: Offers."), ("viewer", "fr", "Offres."))
    for name, language, said in readers:
        client.force_login(world.users[name])
        client.cookies[COOKIE] = language
        page = client.get(address).content.decode()
        assert said in page
        assert "/m/EMPTY/plans/" in page
    client.force_login(world.users["outsider"])
    assert client.get(address).status_code == 404


def test_what_cannot_be_replayed_is_said(world: World, approved: Run) -> None:
    """An offer that came after the plan was frozen is not in it."""
    loss = {"offer": "NOT-THERE", "units": 1, "month": "2030-01"}
    asked = sent_for(plan_of(approved))[1]
    preview = look(world["lead"], world.empty, approved, ("offers", "NOT-THERE"), loss, asked)
    previews.make(preview)
    preview.refresh_from_db()
    assert preview.state == "failed"
    assert [found.code for found in previews.findings_of(preview)] != []


def test_an_interrupted_preview_says_so_and_is_asked_for_again(world: World, approved: Run) -> None:
    offer, asked = sent_for(plan_of(approved))
    loss = {"offer": offer, "units": 1, "month": str(plan_of(approved).first_month)}
    lead = world["lead"]
    preview = look(lead, world.empty, approved, ("offers", offer), loss, asked)
    Preview.objects.filter(pk=preview.pk).update(state="running")
    preview.refresh_from_db()
    previews.tell_interrupted(preview)
    preview.refresh_from_db()
    assert preview.state == "interrupted"
    again = look(lead, world.empty, approved, ("offers", offer), loss, asked)
    assert again.pk != preview.pk
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs WHERE task_name = 'make-preview'")
    previews.tell_interrupted(again)
    again.refresh_from_db()
    assert again.state == "interrupted", "nobody will make it"


@pytest.mark.parametrize("name", ["outsider", "viewer", "auditor", "fund_approver"])
def test_who_may_edit_nothing_looks_at_nothing(name: str, world: World, approved: Run) -> None:
    loss = {"offer": "A", "units": 1, "month": "2030-01"}
    with pytest.raises(PermissionDenied):
        look(world[name], world.empty, approved, ("offers", "A"), loss, {})


def test_a_promise_lost_takes_nothing_from_a_plan() -> None:
    assert loss_of("contributions", "G", a_step("withdrawn"), 0, usd(5)) is None
    assert loss_of("contributions", "G", a_step("frozen"), 0, usd(5)) == {
        "contribution": "G",
        "amount": [500, "USD"],
        "month": str(Month(2026, 6)),
    }
    assert loss_of("offers", "A", a_step("agreed"), 1, None) is None


def test_a_departure_is_repaired_only_where_nobody_is_still_to_come(world: World) -> None:
    """The planner takes those to come first; it would say that a plan holds which loses people."""
    day = date(2026, 11, 1)
    key = "TCD-GENDARMES"
    world["planner"]
    some = dossier_of(world.mission)

    def approved_of(dossier: Dossier) -> Run:
        planner = world["planner"]
        revision = Revision.objects.create(
            mission=world.mission, digest=dossier.digest, change=0, by=planner,
            content=pack(dossier), rows=1,
        )  # fmt: skip
        run = ask_for_plan(planner, revision, day)
        there = make_row(Presence, unit="T/1", offer=key, site="S", month="2026-12", units=3)
        content = plan_archive(dataclasses.replace(sample_plan(), presence=(there,)))
        Run.objects.filter(pk=run.pk).update(state="done", content=content)
        made = Run.objects.get(pk=run.pk)
        approve_plan(world["fund_approver"], made)
        return made

    assert is_repairable(approved_of(some), key, a_step("withdrawn"))
    client = Client(SERVER_NAME="localhost")
    client.force_login(world.users["planner"])
    sent = {
        "stage": "departed", "on": "2026-11-01", "units": "2", "source": "a letter",
        "source_on": "2026-11-01", "confidence": "official", "why": "recalled",
    }  # fmt: skip
    path = f"/m/M/pledges/offers/{key}/"
    page = client.post(path, sent)
    assert page.status_code == 200
    words = words_in("en")
    for code in ("effect-units", "preview-not-here", "confirm-take"):
        assert words.say(code) in page.content.decode(), code
    came = next(e for e in some.rows(UnitEvent) if (e.offer, e.stage) == (key, "arrived"))
    others = dataclasses.replace(came, code="THE-OTHERS")
    every = Dossier.of((*some.all_rows, others))
    assert is_repairable(approved_of(every), key, a_step("departed"))
    assert client.post(path, sent).status_code == 302, "it is planned again in the background"
