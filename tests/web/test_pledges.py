"""Pledges through their stages: what may follow, by whom, what a loss does to the approved plan."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from konbit.dossier import Dossier
from konbit.dossier.plan import CashPosition, Presence
from konbit.dossier.tables.fund import Contribution, ContributionEvent, Fund
from konbit.dossier.tables.mandate import Mission as MissionRow
from konbit.dossier.tables.pledge import Agreement, Offer, UnitEvent
from konbit.terms import Month
from konbit.web.history.models import Change, Proposal
from konbit.web.plans.actions import approve_plan, ask_for_plan
from konbit.web.plans.archives import plan_archive
from konbit.web.plans.frozen import pack
from konbit.web.plans.models import Revision, Run
from konbit.web.pledges.actions import (
    PaperRefusedError,
    StepNotPossibleError,
    attach,
    step_money,
    step_units,
)
from konbit.web.pledges.effects import effect_of_money, effect_of_units
from konbit.web.pledges.papers import kind_of
from konbit.web.pledges.pipeline import pipeline
from konbit.web.pledges.reminders import reminders
from konbit.web.pledges.stages import money_steps, unit_steps, units_for
from konbit.web.tables.dossiers import dossier_of
from konbit.web.words import words_in
from sample_dossier import sample_dossier
from sample_plan import sample_plan
from tiny_rows import event, gift, make, offered, paid, tiny, usd
from web_world import a_step, new_offer

if TYPE_CHECKING:
    from konbit.dossier import Plan, Row
    from web_world import World

DAY = date(2026, 6, 1)


def a_plan(*rows: Row) -> Plan:
    """The sample plan with these tables instead of its own."""
    presence = tuple(row for row in rows if isinstance(row, Presence))
    cash = tuple(row for row in rows if isinstance(row, CashPosition))
    return dataclasses.replace(sample_plan(), presence=presence, cash=cash, currency="USD")


def there(month: str, units: int) -> Presence:
    return make(Presence, unit=f"A/{month}", offer="A", month=month, units=units)


def purse(month: str, closing: int) -> CashPosition:
    return make(
        CashPosition, fund="F", earmark="-", month=month, opening=usd(0), used=usd(0),
        closing=usd(closing), set_aside=usd(0),
    )  # fmt: skip


def test_steps_of_units_go_forward_only() -> None:
    dossier = tiny(offered("A", units=2), event("A", "agreed", DAY, units=1))
    steps = unit_steps(dossier, "A", DAY)
    assert "agreed" in steps, "for the other"
    assert "arrived" in steps
    assert "withdrawn" in steps
    assert "offered" not in steps
    assert "departed" not in steps, "nobody is there"
    gone = tiny(offered("A"), event("A", "withdrawn", DAY))
    assert unit_steps(gone, "A", DAY) == ()


def test_steps_of_money_go_forward_only_and_never_past_withdrawal() -> None:
    promised = tiny(gift("G"), paid("G", "pledged", DAY, usd(5)))
    assert set(money_steps(promised, "G")) >= {"signed", "received", "expired", "withdrawn"}
    assert "frozen" not in money_steps(promised, "G"), "what has not come cannot be frozen"
    frozen = tiny(gift("G"), paid("G", "received", DAY, usd(5)), paid("G", "frozen", DAY, usd(5)))
    assert "released" in money_steps(frozen, "G")
    over = tiny(gift("G"), paid("G", "withdrawn", DAY, usd(5)))
    assert money_steps(over, "G") == ()


def test_units_that_the_plan_counts_on_are_missed_month_by_month() -> None:
    """Three units of a hundred; the plan has two, then three; two are withdrawn: one stays."""
    dossier = tiny(offered("A", units=3, persons=100))
    plan = a_plan(there("2026-05", 3), there("2026-06", 2), there("2026-07", 3))
    found = effect_of_units(dossier, plan, "A", 2, DAY)
    assert [(str(m.month), m.units, m.persons) for m in found.units] == [
        ("2026-06", 1, 100),
        ("2026-07", 2, 200),
    ]
    assert not effect_of_units(dossier, plan, "A", 0, DAY).is_relied_on
    assert effect_of_units(dossier, plan, "B", 1, DAY) == effect_of_units(
        dossier, plan, "B", 9, DAY
    )


def test_units_that_depart_are_missed_though_others_are_still_to_come() -> None:
    """Two of four are there; the plan keeps two, and has three from July on."""
    dossier = tiny(offered("A", units=4, persons=100), event("A", "arrived", DAY, units=2))
    plan = a_plan(there("2026-06", 2), there("2026-07", 3), there("2026-08", 0))
    lost = effect_of_units(dossier, plan, "A", 2, DAY, departs=True)
    assert [(str(m.month), m.units) for m in lost.units] == [("2026-06", 2), ("2026-07", 2)]
    one = effect_of_units(dossier, plan, "A", 1, DAY, departs=True)
    assert [m.units for m in one.units] == [1, 1]
    never_come = effect_of_units(dossier, plan, "A", 2, DAY)
    assert [(str(m.month), m.units) for m in never_come.units] == [("2026-07", 1)]


def test_frozen_money_overdraws_the_purse_from_the_month_in_which_the_plan_spends_it() -> None:
    dossier = tiny(
        make(Fund, code="F", kind="trust_fund"),
        gift("G", instrument="trust_fund", fund="F"),
        paid("G", "received", DAY, usd(100)),
    )
    plan = a_plan(purse("2026-06", 100), purse("2026-07", 40), purse("2026-08", 10))
    found = effect_of_money(dossier, plan, "G", "frozen", usd(50), DAY)
    assert [(m.month, m.after) for m in found.cash] == [
        (Month.parse("2026-07"), usd(-10)),
        (Month.parse("2026-08"), usd(-40)),
    ]
    assert not effect_of_money(dossier, plan, "G", "frozen", usd(10), DAY).is_relied_on
    assert not effect_of_money(dossier, plan, "G", "withdrawn", usd(99), DAY).is_relied_on, (
        "a promise never paid for anything"
    )


def test_what_waits_and_what_ends_is_remembered() -> None:
    today = date(2026, 6, 30)
    dossier = tiny(
        offered("A", source_on=date(2026, 1, 1)),
        event("A", "notified", date(2026, 2, 1)),
        offered("B", source_on=date(2026, 6, 1)),
        gift("G"),
        paid("G", "pledged", date(2026, 1, 1), usd(5)),
        gift("H"),
        paid("H", "pledged", date(2026, 1, 1), usd(5)),
        paid("H", "received", date(2026, 1, 2), usd(5)),
        make(Agreement, code="MOU", signed_on=date(2025, 1, 1), valid_until_on=date(2026, 7, 30)),
    )
    found = [(r.code, r.key, r.days, r.stage) for r in reminders(dossier, today)]
    assert found == [
        ("reminder-ends", "MOU", 30, ""),
        ("reminder-waits", "G", 180, "pledged"),
        ("reminder-waits", "A", 149, "notified"),
    ]


def test_every_pledge_stands_at_one_stage_only() -> None:
    dossier = sample_dossier()
    today = dossier.last_known_on
    found = pipeline(dossier, today)
    for stages in (found.units, found.money, found.in_kind):
        keys = [line.key for _, lines in stages for line in lines]
        assert len(keys) == len(set(keys))
    known = dossier.known_on(today)
    assert {line.key for _, lines in found.units for line in lines} == {
        row.code for row in known.rows(Offer)
    }


def test_a_contributor_steps_its_own_units_and_no_others(world: World) -> None:
    new_offer(world, "KEN-NEW")
    done = step_units(world["kenya_officer"], world.mission, "KEN-NEW", a_step("agreed"), 1)
    assert isinstance(done, Change)
    rows = dossier_of(world.mission).rows(UnitEvent)
    (new,) = [row for row in rows if row.code == "KEN-NEW-agreed-20260601"]
    assert (new.stage, new.on, new.source) == ("agreed", DAY, "a letter")
    with pytest.raises(PermissionDenied):
        step_units(world["canada_officer"], world.mission, "KEN-NEW", a_step("agreed"), 1)
    for name in ("viewer", "auditor", "fund_approver"):
        with pytest.raises(PermissionDenied):
            step_units(world[name], world.mission, "KEN-NEW", a_step("agreed"), 1)
    with pytest.raises(StepNotPossibleError):
        step_units(world["kenya_officer"], world.mission, "KEN-NEW", a_step("offered"), 1)


def test_promised_money_takes_two_people_and_announced_money_one(world: World) -> None:
    world["viewer"]
    dossier = dossier_of(world.mission)
    code = next(
        row.code
        for row in dossier.rows(Contribution)
        if "pledged" in money_steps(dossier, row.code) and row.used
    )
    officer = world["fund_officer"]
    done = step_money(officer, world.mission, code, a_step("pledged"), usd(5))
    assert isinstance(done, Proposal)
    assert done.verb == "money-step"
    assert dossier_of(world.mission).rows(ContributionEvent) == dossier.rows(ContributionEvent)


def test_a_loss_shows_its_effect_before_it_is_confirmed(world: World) -> None:
    new_offer(world, "KEN-NEW")
    world["planner"]
    plan = dataclasses.replace(
        sample_plan(),
        presence=(
            make(Presence, unit="K/1", offer="KEN-NEW", site="S", month="2027-01", units=10),
        ),
    )
    dossier = Dossier.of((make(MissionRow, code="M"),))
    revision = Revision.objects.create(
        mission=world.mission, digest=dossier.digest, change=0, by=world.users["planner"],
        content=pack(dossier), rows=1,
    )  # fmt: skip
    run = ask_for_plan(world.users["planner"], revision, DAY)
    Run.objects.filter(pk=run.pk).update(state="done", content=plan_archive(plan))
    approve_plan(world["fund_approver"], Run.objects.get(pk=run.pk))

    client = Client(SERVER_NAME="localhost")
    client.force_login(world.users["kenya_officer"])
    path = "/m/M/pledges/offers/KEN-NEW/"
    sent: dict[str, Any] = {
        "stage": "withdrawn", "on": "2026-11-01", "units": "10", "source": "a letter",
        "source_on": "2026-11-01", "confidence": "official", "why": "recalled",
    }  # fmt: skip
    looked = client.post(path, sent, follow=True)
    page = looked.content.decode()
    assert "The approved plan counts on these units." in page
    assert "January 2027" in page
    before = Change.objects.filter(mission=world.mission).count()
    assert before == 2, "the load and the offer; nothing else is stored yet"
    done = client.post(path, {**sent, "confirmed": "yes"})
    assert done.status_code == 302
    assert Change.objects.filter(mission=world.mission).count() == 3


PAPERS = [
    (b"%PDF-1.7", "application/pdf"),
    (b"\x89PNG\r\n\x1a\nabc", "image/png"),
    ("A letter: é".encode(), "text/plain"),
    (b"<html><script>", None),
    (b"MZ\x90\x00", None),
    (b"PK\x03\x04 no archive", None),
    (b"", None),
    (b"text\x00with zero", None),
]


@pytest.mark.parametrize(("content", "kind"), PAPERS)
def test_papers_are_known_by_their_bytes(content: bytes, kind: str | None) -> None:
    assert kind_of(content) == kind


def test_no_more_units_leave_than_came_and_no_more_come_than_are_left(world: World) -> None:
    """Four units are pledged and two arrived; each step asks what the one before left."""
    planner = world["planner"]

    def step(stage: str, units: int, day: int) -> None:
        step_units(
            planner, world.mission, "TCD-GENDARMES", a_step(stage, date(2026, 7, day)), units
        )

    for stage, units in (("withdrawn", 3), ("arrived", 3), ("departed", 3), ("verified", 5)):
        with pytest.raises(StepNotPossibleError):
            step(stage, units, 1)
    step("withdrawn", 1, 1)
    step("arrived", 1, 2)
    with pytest.raises(StepNotPossibleError):
        step("arrived", 1, 3)
    step("departed", 3, 4)
    with pytest.raises(StepNotPossibleError):
        step("departed", 1, 5)


def stepping(world: World, name: str, key: str, table: str = "offers") -> Any:
    client = Client(SERVER_NAME="localhost")
    client.force_login(world.users[name])
    return client, client.get(f"/m/M/pledges/{table}/{key}/").context["form"]


def test_a_form_proposes_the_units_that_are_left(world: World) -> None:
    """Of four units two arrived and one was withdrawn: one may come, two may leave."""
    gone = a_step("withdrawn", date(2026, 7, 1))
    step_units(world["planner"], world.mission, "TCD-GENDARMES", gone, 1)
    client, form = stepping(world, "planner", "TCD-GENDARMES")
    assert form["units"].value() == 1
    left = dict(form.fields["stage"].choices)
    assert left["arrived"] == "arrived (up to 1)"
    assert left["departed"] == "departed (up to 2)"
    assert left["withdrawn"] == "withdrawn (up to 1)"
    assert 'max="2"' in str(form["units"])
    sent = {
        "stage": "withdrawn", "on": "2026-11-01", "units": "2", "source": "a letter",
        "source_on": "2026-11-01", "confidence": "official", "why": "recalled",
    }  # fmt: skip
    path = "/m/M/pledges/offers/TCD-GENDARMES/"
    refused = client.post(path, sent)
    assert refused.status_code == 422, "its effect is not even looked at"
    told = words_in("en").say("step-units-beyond", count=1)
    assert told in refused.content.decode()
    before = client.post(path, {**sent, "stage": "departed", "on": "2026-01-01"})
    assert words_in("en").say("step-not-possible") in before.content.decode(), "nobody was there"


def test_units_are_verified_and_leave_only_where_they_arrived() -> None:
    dossier = tiny(offered("A", units=3), event("A", "agreed", DAY, units=3))
    assert not {"verified", "operational", "departed"} & set(unit_steps(dossier, "A", DAY))
    there = tiny(offered("A", units=3), event("A", "arrived", DAY, units=2))
    assert [units_for(there, "A", stage, DAY) for stage in ("verified", "departed", "arrived")] == [
        2, 2, 1,
    ]  # fmt: skip
    part = tiny(offered("A", units=3), event("A", "withdrawn", DAY, units=1))
    assert units_for(part, "A", "agreed", DAY) == 2
    every = tiny(
        offered("A", units=3),
        event("A", "agreed", DAY, units=3),
        event("A", "arrived", DAY, units=3),
        event("A", "verified", DAY, units=2),
    )
    assert "agreed" not in unit_steps(every, "A", DAY), "all of them are"
    assert units_for(every, "A", "agreed", DAY) == 0
    assert units_for(every, "A", "verified", DAY) == 1
    assert units_for(every, "A", "departed", DAY) == 3
    assert units_for(part, "B", "agreed", DAY) == 0


def test_units_arrive_at_a_site(world: World) -> None:
    client, form = stepping(world, "planner", "TCD-GENDARMES")
    assert ("PAP", "PAP: Main base at the airport") in form.fields["site"].choices
    sent = {
        "stage": "arrived", "on": "2026-11-01", "units": "1", "site": "PAP", "source": "a letter",
        "source_on": "2026-11-01", "confidence": "official", "why": "they came",
    }  # fmt: skip
    path = "/m/M/pledges/offers/TCD-GENDARMES/"
    assert client.post(path, {**sent, "site": "NOWHERE"}).status_code == 422
    assert client.post(path, sent).status_code == 302
    world["planner"]
    rows = dossier_of(world.mission).rows(UnitEvent)
    assert [row.site for row in rows if row.code == "TCD-GENDARMES-arrived-20261101"] == ["PAP"]


def test_money_is_asked_for_in_the_currency_in_which_it_was_stated(world: World) -> None:
    _, form = stepping(world, "fund_officer", "CAN-HNP-2023", "contributions")
    assert form["currency"].value() == "CAD"
    assert form["amount"].help_text == "Empty: not known, or in kind."


def test_pledges_of_one_organisation_are_shown_alone(world: World) -> None:
    client = Client(SERVER_NAME="localhost")
    client.force_login(world.users["kenya_officer"])
    whole = client.get("/m/M/pledges/").content.decode()
    assert 'href="?of=KEN"' in whole, "the own organisation's are one click away"
    page = client.get("/m/M/pledges/?of=KEN")
    shown = page.content.decode().split("</form>")[-1]
    assert "/pledges/offers/KEN-POLICE/" in shown
    assert "/pledges/offers/TCD-GENDARMES/" not in shown
    assert {reminder.key for reminder in page.context["reminders"]} == {"KEN-ADVANCE-2025"}
    assert client.get("/m/M/pledges/?of=NOBODY").context["of"] == ""
    world["planner"]
    dossier = dossier_of(world.mission)
    found = pipeline(dossier, dossier.last_known_on)
    parts = [found.of(code).keys for code in found.organisations]
    assert sum(len(part) for part in parts) == len(found.keys), "each belongs to one"
    assert frozenset().union(*parts) == found.keys


def test_what_may_still_come_stands_beside_what_was_offered(world: World) -> None:
    gone = a_step("withdrawn", date(2026, 7, 1))
    step_units(world["planner"], world.mission, "TCD-GENDARMES", gone, 1)
    found = pipeline(dossier_of(world.mission), date(2026, 11, 1))
    (line,) = [line for _, lines in found.units for line in lines if line.key == "TCD-GENDARMES"]
    assert (line.units, line.persons, line.coming, line.deployed) == (4, 800, 1, 400)


def test_without_an_approved_plan_no_page_speaks_of_one(world: World) -> None:
    client, _ = stepping(world, "planner", "TCD-GENDARMES")
    sent = {
        "stage": "withdrawn", "on": "2026-11-01", "units": "1", "source": "a letter",
        "source_on": "2026-11-01", "confidence": "official", "why": "recalled",
    }  # fmt: skip
    page = client.post("/m/M/pledges/offers/TCD-GENDARMES/", sent).content.decode()
    words = words_in("en")
    assert words.say("effect-no-plan") in page
    assert words.say("effect-title") not in page


def test_a_pledge_says_why_it_has_no_form(world: World) -> None:
    words = words_in("en")
    told = {}
    for name, key in (("viewer", "KEN-POLICE"), ("canada_officer", "TCD-GENDARMES"),
                      ("planner", "TCD-1500"), ("planner", "TCD-GENDARMES")):  # fmt: skip
        client = Client(SERVER_NAME="localhost")
        client.force_login(world.users[name])
        page = client.get(f"/m/M/pledges/offers/{key}/").content.decode()
        codes = ("pledge-no-step", "pledge-not-yours", "step-take")
        told[name, key] = [code for code in codes if words.say(code) in page]
    assert told["canada_officer", "TCD-GENDARMES"] == ["pledge-not-yours"]
    assert told["planner", "TCD-1500"] == ["pledge-no-step"], "it is not believed any more"
    assert told["planner", "TCD-GENDARMES"] == ["step-take"]
    assert told["viewer", "KEN-POLICE"] != ["step-take"]


@pytest.mark.parametrize(
    ("table", "key", "name", "code"),
    [
        ("offers", "TCD-GENDARMES", "coordination_officer", "step-take"),
        ("offers", "TCD-GENDARMES", "fund_officer", "pledge-not-yours"),
        ("contributions", "CAN-HNP-2023", "fund_officer", "step-take"),
        ("contributions", "CAN-HNP-2023", "planner", "pledge-not-yours-money"),
        ("contributions", "CAN-HNP-2023", "kenya_officer", "pledge-not-yours-money"),
    ],
)
def test_who_enters_the_next_step_is_told_to_all_others(
    table: str, key: str, name: str, code: str, world: World
) -> None:
    client = Client(SERVER_NAME="localhost")
    client.force_login(world.users[name])
    page = client.get(f"/m/M/pledges/{table}/{key}/").content.decode()
    codes = ("pledge-not-yours", "pledge-not-yours-money", "step-take")
    assert [one for one in codes if words_in("en").say(one) in page] == [code]


def test_papers_are_attached_to_rows_of_ones_own_organisation_only(world: World) -> None:
    letter = SimpleUploadedFile("letter.pdf", b"%PDF-1.7")
    page = "/m/M/papers/offers/KEN-POLICE/"
    for name, status in (("outsider", 404), ("viewer", 403), ("canada_officer", 403)):
        client = Client(SERVER_NAME="localhost")
        client.force_login(world.users[name])
        assert client.post(page, {"file": letter}).status_code == status, name
        assert client.post(
            "/api/v1/missions/M/papers/offers/KEN-POLICE", {"file": letter}
        ).status_code == status, name  # fmt: skip
        if status != 404:
            assert 'type="file"' not in client.get(page).content.decode(), name
    with pytest.raises(PermissionDenied):
        attach(world["kenya_officer"], world.mission, Offer, "NONE", "x.pdf", b"%PDF-1.7")
    client = Client(SERVER_NAME="localhost")
    client.force_login(world.users["kenya_officer"])
    assert 'type="file"' in client.get(page).content.decode()


def test_a_paper_is_attached_once_and_saved_never_opened(world: World) -> None:
    officer = world["kenya_officer"]
    one = attach(officer, world.mission, Offer, "KEN-POLICE", "<b>.pdf", b"%PDF-1.7")
    same = attach(officer, world.mission, Offer, "KEN-POLICE", "b.pdf", b"%PDF-1.7")
    assert one.pk == same.pk
    with pytest.raises(PaperRefusedError):
        attach(officer, world.mission, Offer, "KEN-POLICE", "x.pdf", b"<script>")
    with pytest.raises(PaperRefusedError):
        attach(officer, world.mission, Offer, "KEN-POLICE", "x.pdf", b"%PDF-" + bytes(10**7))
    client = Client(SERVER_NAME="localhost")
    client.force_login(world.users["viewer"])
    saved = client.get(f"/m/M/papers/file/{one.digest}")
    assert saved.content == b"%PDF-1.7"
    assert saved["Content-Disposition"].startswith("attachment")
    assert "sandbox" in saved["Content-Security-Policy"]
    assert "&lt;b&gt;.pdf" in client.get("/m/M/papers/offers/KEN-POLICE/").content.decode()
