"""Mandates in the record: who may not, links both ways, follow-ups, calendar, coverage."""

from __future__ import annotations

import dataclasses
import io
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import icalendar
import openpyxl
import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from konbit.dossier import Dossier
from konbit.dossier.reporting import months_later, occurrences
from konbit.dossier.tables.follow_up import Answer, FollowUp, ParagraphLink, ReportingCycle
from konbit.dossier.tables.fund import Contribution
from konbit.dossier.tables.mandate import Document, Paragraph
from konbit.dossier.tables.pledge import Offer
from konbit.dossier.tables.requirement import Requirement
from konbit.web.mandates.actions import (
    NotSettledError,
    Settled,
    make_feed,
    reader_of_feed,
    revoke_feed,
    settle,
    take_up,
)
from konbit.web.mandates.coverage import coverage, coverage_workbook
from konbit.web.mandates.due import calendar_of
from konbit.web.mandates.links import Paths
from konbit.web.mandates.models import Feed, Reading
from konbit.web.mandates.register import outline, register
from konbit.web.mandates.timeline import timeline
from konbit.web.people.models import Assignment, User
from konbit.web.pledges.reminders import reminders
from konbit.web.tables.dossiers import dossier_of
from konbit.web.tables.edits import EditConflictError
from konbit.web.tables.mirrored import MODELS
from konbit.web.words import words_in
from mandate_forms import browser
from tiny_rows import event, gift, make, offered, paid, tiny, usd

if TYPE_CHECKING:
    from web_world import World

DAY = date(2026, 6, 1)
WRITERS = frozenset({"planner", "coordination_officer"})


def told(**values: Any) -> Settled:
    plain: dict[str, Any] = {
        "status": "in_progress",
        "owner": "UNSC",
        "due_on": None,
        "evidence": "",
        "answered_on": None,
        "answered_by": "",
        "answer": "",
        "source": "a letter",
        "source_on": DAY,
        "confidence": "official",
        "why": "a test",
    }
    return Settled(**{**plain, **values})


def seen(world: World, key: str) -> int:
    states = MODELS["follow_ups"].objects.of(world.mission.pk).current()
    return next(states.filter(row_key=key).rows_with_states())[0]


# Who may not, the outsider first.


@pytest.mark.parametrize(
    "name", ["outsider", "viewer", "auditor", "fund_officer", "fund_approver", "kenya_officer"]
)
def test_who_does_not_write_mandates_settles_nothing(name: str, world: World) -> None:
    world["viewer"]
    state = seen(world, "F-2814-04")
    user = world[name]
    with pytest.raises((PermissionDenied, NotSettledError)):
        settle(user, world.mission, "F-2814-04", state, told())
    with pytest.raises((PermissionDenied, NotSettledError)):
        take_up(user, world.mission, "2814-04", "a task", told())


def raw(statement: str, *values: Any) -> int:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, values)
            return int(cursor.rowcount)
    except DatabaseError:
        return 0


@pytest.mark.parametrize("name", ["outsider", "administrator", "auditor", "kenya_officer"])
def test_a_calendar_address_is_nobody_elses(name: str, world: World) -> None:
    planner = world["planner"]
    made, _ = make_feed(planner, world.mission)
    user = world[name]
    assert raw("SELECT 1 FROM mandates_feed") == 0
    assert raw("UPDATE mandates_feed SET revoked_at = now()") == 0
    assert raw("DELETE FROM mandates_feed") == 0
    insert = (
        "INSERT INTO mandates_feed (user_id, mission_id, digest, start) VALUES (%s, %s, %s, 'x')"
    )
    assert raw(insert, planner.pk, world.mission.pk, "0" * 64) == 0
    assert raw(insert, user.pk, world.other.pk, "1" * 64) == (name == "outsider")
    assert not revoke_feed(user, world.mission, made.pk)


def test_a_revoked_address_stays_revoked_and_keeps_its_secret(world: World) -> None:
    planner = world["planner"]
    made, secret = make_feed(planner, world.mission)
    assert raw("UPDATE mandates_feed SET digest = %s", "2" * 64) == 0
    assert raw("UPDATE mandates_feed SET revoked_at = NULL") == 0
    assert revoke_feed(planner, world.mission, made.pk)
    assert not revoke_feed(planner, world.mission, made.pk)
    assert raw("UPDATE mandates_feed SET revoked_at = NULL WHERE id = %s", made.pk) == 0
    assert reader_of_feed(secret) is None
    assert secret not in str(Feed.objects.filter(pk=made.pk).values())


@pytest.mark.parametrize("name", ["outsider", "viewer", "fund_approver"])
def test_texts_are_added_by_those_who_edit_and_never_changed(name: str, world: World) -> None:
    planner = world["planner"]
    Reading.objects.create(mission=world.mission, by=planner, name="a", digest="3" * 64, text="t")
    assert raw("UPDATE mandates_reading SET text = 'other'") == 0
    assert raw("DELETE FROM mandates_reading") == 0
    user = world[name]
    statement = (
        "INSERT INTO mandates_reading (mission_id, by_id, name, digest, text) "
        "VALUES (%s, %s, 'b', %s, 't')"
    )
    assert raw(statement, world.mission.pk, user.pk, "4" * 64) == 0
    assert (raw("SELECT 1 FROM mandates_reading") > 0) == (name != "outsider")


# The feed.


def test_a_calendar_shows_what_its_owner_may_see_and_stops_with_their_role(world: World) -> None:
    viewer = world["viewer"]
    _, secret = make_feed(viewer, world.mission)
    nobody = Client(SERVER_NAME="localhost")
    answer = nobody.get(f"/calendar/{secret}.ics")
    assert answer["Content-Type"].startswith("text/calendar")
    events = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
    assert len(events) > 5
    assert len({str(e["uid"]) for e in events}) == len(events)
    assert answer.content == nobody.get(f"/calendar/{secret}.ics").content
    for wrong in ("x" * 43, secret[:-1], secret + "x"):
        assert nobody.get(f"/calendar/{wrong}.ics").status_code == 404
    held = Assignment.objects.using("owner").filter(user_id=viewer.pk, mission_id=world.mission.pk)
    numbers = list(held.values_list("pk", flat=True))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('konbit.user', %s, false)", [str(world["administrator"].pk)]
        )
        cursor.execute(
            "UPDATE people_assignment SET ended_at = now() WHERE id = ANY(%s)", [numbers]
        )
        assert cursor.rowcount == len(numbers) > 0
    assert nobody.get(f"/calendar/{secret}.ics").status_code == 404


def as_text(value: Any) -> str:
    return value.decode() if isinstance(value, bytes) else str(value)


def test_a_strict_reader_takes_the_calendar_and_it_speaks_its_owners_language(world: World) -> None:
    user = world["viewer"]
    client = browser(user)
    client.post("/language", {"language": "fr"})
    _, secret = make_feed(world["viewer"], world.mission)
    content = Client(SERVER_NAME="localhost").get(f"/calendar/{secret}.ics").content
    lines = content.split(b"\r\n")
    assert b"\n" not in b"".join(lines)
    assert all(len(line) <= 75 for line in lines)
    calendar = icalendar.Calendar.from_ical(content)
    assert not calendar.errors
    events = calendar.walk("VEVENT")
    assert any(str(e["summary"]).startswith("suivi") for e in events)
    for one in events:
        assert not one.errors
        # Whole days, the end left out: the same day in every time zone.
        begin, end, stamp = (one[name].to_ical() for name in ("dtstart", "dtend", "dtstamp"))
        assert one["dtstart"].params["VALUE"] == one["dtend"].params["VALUE"] == "DATE"
        assert date.fromisoformat(as_text(end)) - date.fromisoformat(as_text(begin)) == timedelta(1)
        assert as_text(stamp).endswith("Z")
    User.objects.filter(pk=user.pk).update(language="")


def test_pages_show_a_new_address_once(world: World) -> None:
    client = browser(world.users["viewer"])
    page = client.post("/m/M/mandate/calendar/").content.decode()
    assert "/calendar/" in page
    address = page.split("/calendar/")[-1].split(".ics")[0]
    assert len(address) == 43
    assert address not in client.get("/m/M/mandate/calendar/").content.decode()
    number = Feed.objects.latest("pk").pk
    outsider = browser(world.users["outsider"])
    assert outsider.post("/m/M/mandate/calendar/", {"revoke": number}).status_code == 404
    client.post("/m/M/mandate/calendar/", {"revoke": number})
    assert Client(SERVER_NAME="localhost").get(f"/calendar/{address}.ics").status_code == 404


# Follow-ups.


def test_what_is_done_needs_its_evidence_and_its_day(world: World) -> None:
    planner, mission = world["planner"], world.mission
    state = seen(world, "F-2814-04")
    for wrong, code in (
        (told(status="done", answered_on=DAY), "settle-evidence"),
        (told(status="done", evidence="S-RES-2814"), "settle-day"),
        (told(due_on=date(2020, 1, 1)), "settle-before"),
        (told(owner="NOBODY"), "settle-nowhere"),
        (told(answer="a\x01b"), "settle-unreadable"),
        (told(source="  "), "settle-unreadable"),
        (told(due_on=date(1, 1, 1)), "settle-range"),
        (told(evidence="NOTHING"), "settle-nowhere"),
    ):
        with pytest.raises(NotSettledError) as refused:
            settle(planner, mission, "F-2814-04", state, wrong)
        assert refused.value.code == code
    done = told(status="done", evidence="S-RES-2814", answered_on=DAY)
    change = settle(planner, mission, "F-2814-04", state, done)
    row = dossier_of(mission).by_code(FollowUp)["F-2814-04"]
    assert (row.status, row.evidence, row.answered_on) == ("done", "S-RES-2814", DAY)
    assert change.verb == "follow-up-settled"
    with pytest.raises(EditConflictError):
        settle(planner, mission, "F-2814-04", state, done)


def test_a_paragraph_is_taken_up_and_its_history_kept(world: World) -> None:
    client = browser(world.users["planner"])
    sent = {
        "task": "Write the strategy",
        "status": "open",
        "owner": "BINUH",
        "due_on": "2026-12-01",
        "source": "a letter",
        "source_on": "2026-06-01",
        "confidence": "official",
        "why": "nobody had it",
    }
    answer = client.post("/m/M/mandate/paragraph/2814-02/take-up", sent)
    assert answer.status_code == 302
    row = dossier_of(world.mission).by_code(FollowUp)["F-2814-02-2"]
    assert (row.owner, row.due_on) == ("BINUH", date(2026, 12, 1))
    page = client.get("/m/M/tables/follow_ups/row/F-2814-02-2").content.decode()
    assert "nobody had it" in page
    assert "Write the strategy" in client.get("/m/M/mandate/paragraph/2814-02/").content.decode()
    refused = client.post(
        "/m/M/mandate/follow-ups/F-2814-02-2/",
        {**sent, "status": "done", "seen": seen(world, "F-2814-02-2")},
    )
    assert refused.status_code == 422
    overtaken = client.post(
        "/m/M/mandate/follow-ups/F-2814-02-2/", {**sent, "status": "not_done", "seen": "1"}
    )
    assert overtaken.status_code == 409
    assert dossier_of(world.mission).by_code(FollowUp)["F-2814-02-2"] == row


# Links both ways.


def test_every_link_of_haiti_is_followed_both_ways(world: World) -> None:
    world["viewer"]
    dossier = dossier_of(world.mission)
    paths = Paths(dossier, DAY)
    tables: tuple[type[Any], ...] = (Requirement, Offer, Contribution)
    for table in tables:
        for row in list(dossier.rows(table))[::7]:
            if row.paragraph:
                back = {(to.key, to.relation) for to in paths.back(row.TABLE, row.code)}
                assert (row.paragraph, "serves") in back
    for link in dossier.rows(ParagraphLink):
        assert (link.linked_table, link.linked_row, link.relation) in {
            (to.table, to.key, to.relation) for to in paths.leads(link.paragraph).others
        }
        assert link.paragraph in {to.key for to in paths.back(link.linked_table, link.linked_row)}
    for answer in list(dossier.rows(Answer))[::5]:
        assert answer in paths.leads(answer.paragraph).answers


def test_money_is_never_added_across_stages_or_currencies() -> None:
    paragraph = make(Paragraph, code="P", document="D", force="appeal")
    rows = (
        make(Document, code="D", kind="resolution", adopted_on=date(2024, 1, 1)),
        paragraph,
        dataclasses.replace(gift("A"), paragraph="P"),
        dataclasses.replace(gift("B"), paragraph="P"),
        paid("A", "announced", DAY, usd(100)),
        paid("A", "received", DAY, usd(40)),
        paid("B", "announced", DAY, usd(5)),
        dataclasses.replace(offered("U", units=2), paragraph="P"),
        event("U", "arrived", DAY, units=1),
    )
    leads = Paths(tiny(*rows), DAY).leads("P")
    assert {(m.stage, m.amount) for m in leads.money} == {
        ("announced", usd(105)),
        ("received", usd(40)),
    }
    assert Paths(tiny(*rows), DAY - timedelta(days=1)).leads("P").money == ()
    assert [(u.stage, u.units) for u in leads.units] == [("arrived", 2)]


def test_coverage_of_haiti_goes_both_ways(world: World) -> None:
    world["viewer"]
    found = coverage(dossier_of(world.mission), DAY)
    bare = {c.row.code for c in found.bare}
    assert bare
    assert "2793-01" not in bare
    assert bare.isdisjoint(c.row.code for c in found.behind)
    assert all(not row.paragraph for row in found.loose)
    content = coverage_workbook(found, words_in("fr"))
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert len(book.sheetnames) == 4
    money = list(book["Argent"].iter_rows(min_row=2, values_only=True))
    assert len(money) == sum(len(m.events) for c in found.behind for m in c.leads.money)
    assert coverage_workbook(found, words_in("fr")) == content


def test_a_requirement_without_paragraph_is_named() -> None:
    row = make(Requirement, code="R", capability="", site="")
    assert coverage(tiny(row), DAY).loose == (row,)


def test_what_no_longer_holds_is_left_out_where_only_that_which_holds_is_asked() -> None:
    rows = [
        make(Document, code=code, adopted_on=DAY - timedelta(days=9), valid_until_on=until)
        for code, until in (("HOLDS", None), ("OVER", DAY))
    ]
    asks = [make(Paragraph, code=f"{d.code}.1", document=d.code, force="appeal") for d in rows]
    every = coverage(tiny(*rows, *asks), DAY)
    assert {c.row.code for c in every.bare} == {"HOLDS.1", "OVER.1"}
    holding = coverage(tiny(*rows, *asks), DAY, holding_only=True)
    assert {c.row.code for c in holding.bare} == {"HOLDS.1"}


# Days.


@settings(deadline=None)  # a busy machine is no fault
@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 600))
def test_months_later_keeps_the_day_where_the_month_has_it(day: date, months: int) -> None:
    found = months_later(day, months)
    assert (found.year * 12 + found.month) - (day.year * 12 + day.month) == months
    assert found.day <= day.day
    assert found.day == day.day or (found + timedelta(days=1)).day == 1


@settings(deadline=None)  # a busy machine is no fault
@given(
    st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    st.one_of(st.tuples(st.integers(1, 36), st.none()), st.tuples(st.none(), st.integers(1, 400))),
    st.integers(1, 3000),
)
def test_reports_come_in_order_and_stop_before_the_end(
    first: date, rhythm: tuple[int | None, int | None], length: int
) -> None:
    end = first + timedelta(days=length)
    cycle = make(
        ReportingCycle, code="C", paragraph="P", first_due_on=first, every_months=rhythm[0],
        every_days=rhythm[1], until_on=end,
    )  # fmt: skip
    days = list(occurrences(cycle, date(2200, 1, 1)))
    assert days[0] == first
    assert days == sorted(set(days))
    assert days[-1] < end


def test_a_calendar_tells_each_report_once_and_what_is_late_first() -> None:
    rows = (
        make(Document, code="D", kind="resolution", adopted_on=date(2024, 1, 1)),
        make(Paragraph, code="P", document="D", force="task"),
        make(ReportingCycle, code="C", paragraph="P", first_due_on=DAY, every_months=1),
        make(FollowUp, code="F", paragraph="P", task="a", due_on=DAY, cycle="C"),
        make(FollowUp, code="G", paragraph="P", task="b", due_on=date(2026, 5, 1), status="open"),
        make(
            FollowUp, code="H", paragraph="P", task="c", due_on=date(2026, 4, 1), status="not_done"
        ),
    )
    dues = calendar_of(tiny(*rows), DAY, date(2026, 9, 1))
    assert [(d.kind, d.on) for d in dues] == [
        ("follow-up", DAY),
        ("report", date(2026, 7, 1)),
        ("report", date(2026, 8, 1)),
    ]
    found = reminders(tiny(*rows), DAY + timedelta(days=1))
    assert {(r.code, r.key, r.on) for r in found} == {
        ("reminder-overdue", "G", date(2026, 5, 1)),
        ("reminder-overdue", "F", DAY),
        ("reminder-due", "C", date(2026, 7, 1)),
    }


def test_only_what_was_adopted_takes_the_place_of_an_authority_that_ends() -> None:
    old = make(
        Document,
        code="D",
        kind="resolution",
        adopted_on=date(2025, 1, 1),
        valid_until_on=date(2026, 7, 1),
    )
    for kind, is_closed in (("draft", False), ("resolution", True)):
        new = make(Document, code="E", kind=kind, renews="D", adopted_on=date(2026, 5, 1))
        (due,) = calendar_of(tiny(old, new), DAY, date(2026, 12, 1))
        assert (due.kind, due.is_closed) == ("document", is_closed)


def test_paragraphs_stand_in_the_order_of_the_text() -> None:
    document = make(Document, code="D", kind="resolution", adopted_on=DAY)
    numbers = {"D.op1": "1", "D.op10": "10", "D.op2": "2", "OLD-7": "3", "D.op2.a": "2.a"}
    rows = [
        make(Paragraph, code=code, document="D", number=number, number_status="confirmed",
             parent="D.op2" if "." in number else "")
        for code, number in numbers.items()
    ]  # fmt: skip
    rows += [make(Paragraph, code=code, document="D") for code in ("D-12", "D-9")]
    laid_out = [one.row.code for one in outline(tiny(document, *rows), "D")]
    assert laid_out == ["D.op1", "D.op2", "D.op2.a", "OLD-7", "D.op10", "D-9", "D-12"]


# The register and its picture.


def test_every_document_stands_in_the_register_and_in_the_picture(world: World) -> None:
    world["viewer"]
    dossier = dossier_of(world.mission)
    codes = {row.code for row in dossier.rows(Document)}
    assert {d.row.code for d in register(dossier, DAY)} == codes
    drawn = timeline(dossier)
    assert drawn is not None
    assert {m.row.code for m in drawn.marks} == codes
    assert all(0 < m.x < drawn.width and 0 < m.y < drawn.height for m in drawn.marks)
    renewals = sum(bool(d.renews) + bool(d.answers) for d in dossier.rows(Document))
    assert len(drawn.lines) == renewals
    assert timeline(Dossier.of(())) is None


def test_years_without_documents_take_little_of_the_picture() -> None:
    days = [date(2015, 5, 1), *(date(2025, month, 1) for month in range(1, 13))]
    rows = [make(Document, code=f"D{n}", adopted_on=day) for n, day in enumerate(days)]
    drawn = timeline(tiny(*rows))
    assert drawn is not None
    places = [mark.x for mark in drawn.marks]
    assert places == sorted(places)
    assert places[1] - places[0] < drawn.width / 2 < drawn.width - places[1]
    apart = [later[1] - earlier[1] for earlier, later in pairwise(drawn.years)]
    assert min(apart) > 30


@pytest.mark.parametrize("language", ["en", "fr", "es", "ht"])
def test_pages_are_small_and_speak_every_language(language: str, world: World) -> None:
    client = browser(world.users["viewer"])
    for path in (
        "",
        "document/S-RES-2793/",
        "paragraph/2699-06/",
        "paragraph/2793-06/",
        "coverage/",
        "follow-ups/",
        "follow-ups/F-2793-06/",
        "calendar/",
        "report/",
        "back/offers/KEN-POLICE/",
    ):
        answer = client.get(f"/m/M/mandate/{path}", headers={"Accept-Language": language})
        assert answer.status_code == 200, path
        assert len(answer.content) < 150_000, path
        assert "{" not in answer.content.decode().split("<main")[1].replace("{{", ""), path
