"""A contributor's officer settles what the own organisation answers for, and nothing else."""

from __future__ import annotations

import dataclasses
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction

from konbit.dossier.tables.follow_up import FollowUp
from konbit.dossier.tables.mandate import Paragraph
from konbit.web.bridge.mapping import fields_of
from konbit.web.mandates.actions import NotSettledError, Settled, settle, take_up
from konbit.web.people.roles import SETTLED
from konbit.web.site.reminding import remind_all
from konbit.web.tables.actions import store
from konbit.web.tables.dossiers import dossier_of
from konbit.web.tables.edits import Edit
from konbit.web.tables.mirrored import MODELS
from konbit.web.tables.settling import keys_answered_for
from mandate_forms import browser

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from web_world import World

DAY = date(2026, 6, 1)
OWNED, ADDRESSED, OTHERS = "F-OWNED", "F-ADDRESSED", "F-OTHERS"
THEIRS = frozenset({OWNED, ADDRESSED})


@pytest.fixture
def asked(world: World) -> World:
    """Kenya owns one follow-up, is addressed by name in another, and has no part in the third."""
    planner, mission = world["planner"], world.mission
    dossier = dossier_of(mission)
    paragraph = dossier.by_code(Paragraph)["2699-04"]
    named = dataclasses.replace(paragraph, code="2699-KEN", addressee="Benin; Kenya")
    near = dataclasses.replace(paragraph, code="2699-NEAR", addressee="Kenya's neighbours")
    follow_up = dossier.by_code(FollowUp)["F-2814-04"]
    rows = [
        dataclasses.replace(follow_up, code=OWNED, paragraph="2699-04", owner="KEN"),
        dataclasses.replace(follow_up, code=ADDRESSED, paragraph="2699-KEN", owner="UN-SG"),
        dataclasses.replace(follow_up, code=OTHERS, paragraph="2699-NEAR", owner="BEN"),
    ]
    changed = {"status": "open", "due_on": date(2026, 5, 1), "evidence": "", "answered_on": None}
    edits = [Edit.new(row) for row in (named, near)]
    edits += [Edit.new(dataclasses.replace(row, **changed)) for row in rows]  # type: ignore[arg-type]
    store(planner, mission, "row-saved", edits, why="a test")
    return world


def seen(world: World, key: str) -> int:
    states = MODELS["follow_ups"].objects.of(world.mission.pk).current()
    return next(states.filter(row_key=key).rows_with_states())[0]


def held(world: World, key: str) -> FollowUp:
    return dossier_of(world.mission).by_code(FollowUp)[key]


def told(**values: Any) -> Settled:
    plain: dict[str, Any] = {
        "status": "done", "owner": "", "due_on": None, "evidence": "S-RES-2699", "answered_on": DAY,
        "answered_by": "KEN", "answer": "Sent on 1 June.", "source": "a letter", "source_on": DAY,
        "confidence": "official", "why": "it was sent",
    }  # fmt: skip
    return Settled(**{**plain, **values})


@pytest.mark.parametrize(
    ("name", "may"),
    [
        ("outsider", frozenset()),
        ("viewer", frozenset()),
        ("auditor", frozenset()),
        ("fund_officer", frozenset()),
        ("fund_approver", frozenset()),
        ("administrator", frozenset()),
        ("kenya_administrator", frozenset()),
        ("canada_officer", frozenset()),
        ("kenya_officer", THEIRS),
        ("planner", THEIRS | {OTHERS}),
        ("coordination_officer", THEIRS | {OTHERS}),
    ],
)
def test_who_settles_which(name: str, may: frozenset[str], asked: World) -> None:
    asked["viewer"]
    states = {key: seen(asked, key) for key in (OWNED, ADDRESSED, OTHERS)}
    user = asked[name]
    for key, state in states.items():
        if key in may:
            settle(user, asked.mission, key, state, told())
            continue
        with pytest.raises((PermissionDenied, NotSettledError)):
            settle(user, asked.mission, key, state, told())
    asked["viewer"]
    assert {key for key in states if held(asked, key).status == "done"} == may


THE_GOVERNMENT = (
    "Kenya", "KEN", "the Government of Kenya", "The Kenya", "the Governments of Benin and Kenya",
    "Benin, Kenya and Chad", "Kenya, as lead country", "le Gouvernement du Kenya",
    "au Gouvernement du Kenya et aux États voisins", "al Gobierno de Kenya",
    "the authorities of Kenya; the mission",
)  # fmt: skip
NEAR_IT_IN_WORDS = (
    "Kenya's neighbours", "the Government of Kenya\u2019s focal point", "States neighbouring Kenya",
    "the friends of Kenya", "all States, including Kenya", "the Government of South Kenya",
    "the police officers from Kenya", "Government of", "the", "",
)  # fmt: skip


def test_whose_government_is_addressed(asked: World) -> None:
    """The organisation itself, and nobody who is only near it in words."""
    mission = asked.mission

    def addressed_as(addressee: str) -> None:
        planner = asked["planner"]
        states = MODELS["paragraphs"].objects.of(mission.pk).current()
        number, row = next(states.filter(row_key="2699-KEN").rows_with_states())
        assert isinstance(row, Paragraph)
        edit = Edit(Paragraph, "2699-KEN", number, dataclasses.replace(row, addressee=addressee))
        store(planner, mission, "row-saved", [edit], why="a test")

    for addressee in (*NEAR_IT_IN_WORDS, *THE_GOVERNMENT):
        addressed_as(addressee)
        may = addressee in THE_GOVERNMENT
        assert (ADDRESSED in keys_answered_for(mission, "KEN", FollowUp)) is may, addressee
        assert ADDRESSED not in keys_answered_for(mission, "CAN", FollowUp), addressee
    addressed_as("States neighbouring Kenya")
    state = seen(asked, ADDRESSED)
    for name in ("outsider", "viewer", "canada_officer", "kenya_officer"):
        user = asked[name]
        with pytest.raises((PermissionDenied, NotSettledError)):
            settle(user, mission, ADDRESSED, state, told())
    addressed_as("the Government of Kenya and all Member States")
    for name in ("outsider", "viewer", "canada_officer"):
        user = asked[name]
        with pytest.raises((PermissionDenied, NotSettledError)):
            settle(user, mission, ADDRESSED, state, told())
    settle(asked["kenya_officer"], mission, ADDRESSED, state, told())
    asked["viewer"]
    assert held(asked, ADDRESSED).status == "done"


def test_an_officer_settles_in_a_browser_and_leaves_owner_and_day(asked: World) -> None:
    client = browser(asked.users["kenya_officer"])
    page = client.get("/m/M/mandate/follow-ups/?own=yes").content.decode()
    assert f"follow-ups/{OWNED}/" in page
    assert f"follow-ups/{ADDRESSED}/" in page
    assert f"follow-ups/{OTHERS}/" not in page.split("<tbody>")[1]
    place = f"/m/M/mandate/follow-ups/{ADDRESSED}/"
    page = client.get(place).content.decode()
    assert 'name="evidence"' in page
    assert 'name="owner"' not in page
    sent = {
        "status": "done", "owner": "KEN", "due_on": "2030-01-01", "evidence": "S-RES-2699",
        "answered_on": "2026-06-01", "answered_by": "KEN", "source": "a letter",
        "source_on": "2026-06-01", "confidence": "official", "why": "it was sent",
        "seen": seen(asked, ADDRESSED),
    }  # fmt: skip
    assert client.post(place, {**sent, "evidence": ""}).status_code == 422
    assert client.post(place, {**sent, "answered_by": "BEN"}).status_code == 403
    assert client.post(place, sent).status_code == 302
    row = held(asked, ADDRESSED)
    assert (row.status, row.owner, row.due_on) == ("done", "UN-SG", date(2026, 5, 1))
    assert client.post(place, sent).status_code == 409
    place = f"/m/M/mandate/follow-ups/{OTHERS}/"
    assert 'name="evidence"' not in client.get(place).content.decode()
    assert client.post(place, {**sent, "seen": seen(asked, OTHERS)}).status_code == 403
    assert client.get("/m/M/tables/follow_ups/row/F-OWNED/edit").status_code in {403, 404}


def test_an_officers_program_settles_the_same(asked: World) -> None:
    client = browser(asked.users["kenya_officer"])
    sent = {
        "status": "partly", "answered_on": "2026-06-01", "source": "a letter",
        "source_on": "2026-06-01", "confidence": "official", "why": "sent in part",
    }  # fmt: skip
    for key, status in ((OWNED, 200), (OTHERS, 403)):
        path = f"/api/v1/missions/M/follow-ups/{key}/settle"
        answer = client.post(path, {**sent, "state": seen(asked, key)}, "application/json")
        assert answer.status_code == status, answer.content
    row = held(asked, OWNED)
    assert (row.status, row.owner, row.due_on) == ("partly", "KEN", date(2026, 5, 1))


def test_an_officer_changes_nothing_else_of_such_a_row(asked: World) -> None:
    user = asked["kenya_officer"]
    row, state = held(asked, OWNED), seen(asked, OWNED)
    for wrong in (
        {"task": "Less"}, {"owner": "BEN"}, {"due_on": date(2030, 1, 1)}, {"paragraph": "2699-06"},
        {"note": "no"}, {"answered_by": "BEN"},
    ):  # fmt: skip
        after = dataclasses.replace(row, status="partly", **wrong)
        with pytest.raises(PermissionDenied):
            store(user, asked.mission, "row-saved", [Edit(FollowUp, OWNED, state, after)])
    for edit in (
        Edit(FollowUp, OWNED, state, None),
        Edit.new(dataclasses.replace(row, code="F-NEW")),
    ):
        with pytest.raises(PermissionDenied):
            store(user, asked.mission, "row-saved", [edit])
    with pytest.raises(PermissionDenied):
        take_up(user, asked.mission, "2699-KEN", "a task", told(status="open"))
    assert held(asked, OWNED) == row


# The database itself, asked in raw SQL.


class Raw:
    """One transaction of somebody, with a change of their own."""

    def __init__(self, world: World, name: str) -> None:
        self._mission = world.mission.pk
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO history_change (mission_id, by_id, verb, why, document, counts) "
                "VALUES (%s, %s, 'follow-up-settled', '', '', '{}') RETURNING id",
                [self._mission, world[name].pk],
            )
            self.change = int(cursor.fetchone()[0])

    def close(self, key: str) -> int:
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE tables_follow_ups SET row_closed_id = %s WHERE row_key = %s "
                "AND row_closed_id IS NULL",
                [self.change, key],
            )
            return int(cursor.rowcount)

    def open_again(self, key: str, **values: str) -> int:
        names = fields_of(FollowUp)
        chosen = ", ".join(values.get(name, f'"{name}"') for name in names)
        listed = ", ".join(f'"{name}"' for name in names)
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO tables_follow_ups ({listed}, row_mission_id, row_key, row_opened_id) "
                f"SELECT {chosen}, row_mission_id, row_key, %s FROM tables_follow_ups "
                f"WHERE row_key = %s ORDER BY id DESC LIMIT 1",
                [self.change, key],
            )
            return int(cursor.rowcount)

    @staticmethod
    def end() -> None:
        """What waits for the end of the transaction is asked now."""
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def touched(question: Callable[[], int]) -> int:
    """Rows that a statement touches; none where it is refused."""
    try:
        with transaction.atomic():
            return question()
    except DatabaseError:
        return 0


@pytest.fixture
def tried() -> Iterator[None]:
    """Whatever a test does to the database is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize("key", sorted(THEIRS))
def test_the_database_lets_an_officer_settle(key: str, asked: World, tried: None) -> None:
    raw = Raw(asked, "kenya_officer")
    assert raw.close(key) == 1
    assert raw.open_again(key, status="'partly'", answered_by="'KEN'", answered_on="now()") == 1
    Raw.end()


@pytest.mark.parametrize("name", ["kenya_officer", "canada_officer"])
def test_the_database_refuses_others_follow_ups(name: str, asked: World, tried: None) -> None:
    raw = Raw(asked, name)
    for key in (OTHERS, "F-2814-04", *(THEIRS if name == "canada_officer" else ())):
        assert touched(lambda key=key: raw.close(key)) == 0, key  # type: ignore[misc] # bound now
    assert touched(lambda: raw.open_again(OTHERS, status="'done'")) == 0


@pytest.mark.parametrize(
    "values",
    [
        {name: value}
        for name, value in {
            "owner": "'BEN'", "due_on": "'2030-01-01'::date", "task": "'less'", "code": "'F-X'",
            "paragraph": "'2699-06'", "note": "'n'", "answered_by": "'BEN'", "cycle": "'C'",
            "used": "false",
        }.items()
    ],
    ids=lambda v: next(iter(v)),
)  # fmt: skip
def test_the_database_keeps_every_other_column(
    values: dict[str, str], asked: World, tried: None
) -> None:
    assert not set(values) & SETTLED["follow_ups"] or "answered_by" in values
    raw = Raw(asked, "kenya_officer")
    assert raw.close(OWNED) == 1
    with pytest.raises(DatabaseError), transaction.atomic():
        raw.open_again(OWNED, **values)


def test_the_database_keeps_a_follow_up_from_being_taken_out(asked: World, tried: None) -> None:
    assert Raw(asked, "kenya_officer").close(OWNED) == 1
    with pytest.raises(DatabaseError, match="settled and not taken out"), transaction.atomic():
        Raw.end()


def test_the_database_opens_none_that_was_not_closed(asked: World, tried: None) -> None:
    raw = Raw(asked, "kenya_officer")
    with pytest.raises(DatabaseError), transaction.atomic():
        raw.open_again(OWNED, code="'F-MINE'")


def test_planners_take_a_follow_up_out_as_before(asked: World, tried: None) -> None:
    raw = Raw(asked, "planner")
    assert raw.close(OWNED) == 1
    Raw.end()


def test_the_database_says_what_an_organisation_answers_for(asked: World) -> None:
    asked["kenya_officer"]
    assert keys_answered_for(asked.mission, "KEN", FollowUp) == THEIRS
    assert keys_answered_for(asked.mission, "", FollowUp) == frozenset()
    assert keys_answered_for(asked.mission, "KEN", Paragraph) == frozenset()
    assert keys_answered_for(asked.empty, "KEN", FollowUp) == frozenset()


# Reminders.


def test_an_officer_is_reminded_once_and_only_of_the_own(asked: World) -> None:
    now = datetime(2026, 6, 1, 9, tzinfo=UTC)
    mail.outbox = []
    remind_all(now)
    own = [m for m in mail.outbox if m.to == [asked.users["kenya_officer"].email]]
    assert len(own) == 1
    assert OWNED in own[0].body
    assert ADDRESSED in own[0].body
    assert OTHERS not in own[0].body
    assert "F-2814" not in own[0].body
    mail.outbox = []
    remind_all(now)
    assert not mail.outbox
