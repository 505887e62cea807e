"""The same questions asked of the database itself, in raw SQL, as the role that serves.

Nothing of our own code stands between: only grants and row-level security answer.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.db import DatabaseError, connection, transaction

import konbit.web
from konbit.dossier.registry import TABLES
from konbit.dossier.tables.mandate import Paragraph
from konbit.web.bridge.locks import Lock
from konbit.web.bridge.mapping import fields_of
from konbit.web.people.access import standing
from konbit.web.people.roles import MAY, OWNED, WRITES, Role
from konbit.web.plans.actions import ask_for_plan, freeze
from konbit.web.pledges.actions import attaches
from konbit.web.tables.mirrored import MODELS
from web_world import PEOPLE

if TYPE_CHECKING:
    from collections.abc import Callable

    from konbit.dossier import Row
    from konbit.web.plans.models import Run
    from web_world import World

_READERS = {name for name, (_, role) in PEOPLE.items() if role not in {"", "administrator"}}


def ask(statement: str, *values: Any) -> int:
    """Rows answered or touched."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        return int(cursor.rowcount)


def refused(question: Callable[[], int]) -> bool:
    """Whether the database refuses, or lets nothing be touched."""
    try:
        return question() == 0
    except DatabaseError:
        return True


def opened(world: World, name: str) -> int | None:
    """The number of a change that this user opens now; None when the database refuses."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO history_change (mission_id, by_id, verb, why, document, counts) "
                "VALUES (%s, %s, 'row-saved', '', '', '{}') RETURNING id",
                [world.mission.pk, world.users[name].pk],
            )
            found = cursor.fetchone()
    except DatabaseError:
        return None
    assert found is not None
    return int(found[0])


def copied(world: World, table: type[Row], change: int) -> int:
    """Insert a copy of a row under another key, opened by a change."""
    names = ", ".join(f'"{name}"' for name in fields_of(table))
    guard = "AND stage NOT IN ('pledged', 'signed', 'released')" * (
        table.TABLE == "contribution_events"
    )
    own = _own_rows(table)
    return ask(
        f"INSERT INTO tables_{table.TABLE} ({names}, row_mission_id, row_key, row_opened_id) "
        f"SELECT {names}, row_mission_id, row_key || '-copy', %s FROM tables_{table.TABLE} t "
        f"WHERE row_mission_id = %s AND row_closed_id IS NULL {guard} ORDER BY {own} DESC LIMIT 1",
        change,
        world.mission.pk,
    )


def _own_rows(table: type[Row]) -> str:
    """Kenya's rows first, where rows belong to somebody."""
    column = OWNED.get(table.TABLE, "")
    if column == "offer":
        return (
            "EXISTS (SELECT FROM tables_offers o WHERE o.row_key = t.offer "
            "AND o.contributor = 'KEN')"
        )
    if column == "contribution":
        return (
            "EXISTS (SELECT FROM tables_contributions o WHERE o.row_key = t.contribution "
            "AND o.donor = 'KEN')"
        )
    return f"({column} = 'KEN')" if column else "row_key"


def may_write(name: str, table: type[Row], world: World) -> bool:
    """What the policy says."""
    role = PEOPLE[name][1]
    if role == Role.CONTRIBUTOR_OFFICER:
        return name == "kenya_officer" and _kenya_has(table, world)
    return bool(role) and table.LINK in WRITES.get(Role(role), ())


def _kenya_has(table: type[Row], world: World) -> bool:
    if table.TABLE not in OWNED:
        return False
    world["viewer"]
    guard = "AND stage NOT IN ('pledged', 'signed', 'released')" * (
        table.TABLE == "contribution_events"
    )
    return bool(
        ask(
            f"SELECT 1 FROM tables_{table.TABLE} t WHERE row_mission_id = %s {guard} "
            f"AND {_own_rows(table)}",
            world.mission.pk,
        )
    )


@pytest.mark.parametrize("name", PEOPLE)
def test_rows_are_seen_by_those_with_a_role_and_by_nobody_else(name: str, world: World) -> None:
    world[name]
    for table in TABLES:
        seen = ask(f"SELECT 1 FROM tables_{table.TABLE}")
        assert (seen > 0) == (name in _READERS), table.TABLE
    for other in ("history_change", "history_proposal", "imports_import"):
        assert (ask(f"SELECT 1 FROM {other}") > 0) == (name in _READERS), other


def test_without_a_name_nothing_is_seen(world: World) -> None:
    for table in TABLES:
        assert ask(f"SELECT 1 FROM tables_{table.TABLE}") == 0


@pytest.mark.parametrize("name", PEOPLE)
def test_rows_are_added_and_closed_by_those_whose_role_says_so(name: str, world: World) -> None:
    expected = {table.TABLE: may_write(name, table, world) for table in TABLES}
    world[name]
    change = opened(world, name)
    found = {}
    for table in TABLES:
        found[table.TABLE] = change is not None and not refused(
            lambda table=table: copied(world, table, change or 0)  # type: ignore[misc] # bound now
        )
    assert found == expected
    if change is None:
        return
    for table in TABLES:
        closes = not refused(
            lambda table=table: ask(  # type: ignore[misc] # bound now
                f"UPDATE tables_{table.TABLE} SET row_closed_id = %s WHERE row_key LIKE '%%-copy'",
                change,
            )
        )
        assert closes == expected[table.TABLE], table.TABLE


@pytest.mark.parametrize("name", ["outsider", "lead", "administrator"])
def test_nobody_rewrites_or_deletes_what_is_recorded(name: str, world: World) -> None:
    world[name]
    for table in TABLES:
        for statement in (
            f"DELETE FROM tables_{table.TABLE}",
            f"UPDATE tables_{table.TABLE} SET row_key = row_key",
            f"UPDATE tables_{table.TABLE} SET row_opened_id = row_opened_id",
            f"TRUNCATE tables_{table.TABLE}",
        ):
            assert refused(lambda statement=statement: ask(statement)), statement  # type: ignore[misc]
    for other in ("history_change", "history_proposal", "plans_revision", "people_peopleentry"):
        assert refused(lambda other=other: ask(f"DELETE FROM {other}"))  # type: ignore[misc]
        assert refused(lambda other=other: ask(f"UPDATE {other} SET id = id"))  # type: ignore[misc]


def test_nothing_is_added_to_a_change_of_another_transaction(world: World) -> None:
    """The first load is a change of the lead's own; it is over."""
    world["lead"]
    first = ask("SELECT 1 FROM history_change")
    assert first == 1
    offers = next(table for table in TABLES if table.TABLE == "offers")
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM history_change")
        found = cursor.fetchone()
    assert found is not None
    assert refused(lambda: copied(world, offers, int(found[0])))


def test_a_change_is_opened_in_ones_own_name_only(world: World) -> None:
    world["viewer"]
    assert opened(world, "viewer") is None
    world["kenya_officer"]
    assert opened(world, "lead") is None, "in another's name"


def test_money_is_not_promised_by_one_person(world: World) -> None:
    world["fund_officer"]
    change = opened(world, "fund_officer")
    names = ", ".join(
        f'"{name}"'
        for table in TABLES
        if table.TABLE == "contribution_events"
        for name in fields_of(table)
    )
    for stage, fine in (("announced", True), ("pledged", False), ("released", False)):
        values = names.replace('"stage"', f"'{stage}'")
        assert fine != refused(
            lambda values=values, stage=stage: ask(  # type: ignore[misc] # bound now
                f"INSERT INTO tables_contribution_events ({names}, row_mission_id, row_key, "
                f"row_opened_id) SELECT {values}, row_mission_id, row_key || '-{stage}', %s "
                "FROM tables_contribution_events WHERE row_mission_id = %s LIMIT 1",
                change,
                world.mission.pk,
            )
        ), stage
    assert refused(
        lambda: ask(
            "UPDATE tables_contribution_events SET row_closed_id = %s "
            "WHERE stage = 'pledged' AND row_mission_id = %s",
            change,
            world.mission.pk,
        )
    )


def test_nobody_approves_what_was_not_proposed(world: World) -> None:
    """A change in another's name needs that other's open proposal."""
    world["fund_approver"]
    assert refused(
        lambda: ask(
            "INSERT INTO history_change (mission_id, by_id, second_id, proposal_id, verb, why, "
            "document, counts) SELECT mission_id, by_id, %s, id, verb, '', '', '{}' "
            "FROM history_proposal",
            world.users["fund_approver"].pk,
        )
    ), "the proposal of the first load was decided"


@pytest.fixture
def run(world: World) -> Run:
    """A plan asked for in the mission: what a loss is looked at against."""
    revision = freeze(world["lead"], world.mission)
    return ask_for_plan(world["planner"], revision, date(2026, 1, 1))


def looked(world: World, run: Run, by: str, **other: Any) -> int:
    """Rows added by a look at a loss, in somebody's name."""
    values = {"mission_id": world.mission.pk, "state": "waiting", "content": None, **other}
    return ask(
        'INSERT INTO pledges_preview (mission_id, run_id, "table", key, asked, loss, by_id, state, '
        "share, trouble, content) "
        "VALUES (%s, %s, 'offers', 'KEN-POLICE', '{}', '{}', %s, %s, 0, '[]', %s)",
        values["mission_id"],
        run.pk,
        world.users[by].pk,
        values["state"],
        values["content"],
    )


_EDITORS = {name for name, (_, role) in PEOPLE.items() if role in MAY["edit"]}


@pytest.mark.parametrize("name", PEOPLE)
def test_a_loss_is_looked_at_by_those_who_edit_and_seen_by_readers(
    name: str, world: World, run: Run
) -> None:
    world["kenya_officer"]
    looked(world, run, "kenya_officer")
    world[name]
    assert (ask("SELECT 1 FROM pledges_preview") > 0) == (name in _READERS)
    assert refused(lambda: looked(world, run, "lead")), "in another's name"
    assert refused(lambda: looked(world, run, name)) == (name not in _EDITORS)


@pytest.mark.parametrize("name", PEOPLE)
def test_what_a_loss_does_is_told_by_whoever_looked(name: str, world: World, run: Run) -> None:
    """Others may only say that it was interrupted, and only while it is being made."""
    world["kenya_officer"]
    looked(world, run, "kenya_officer")
    told = "UPDATE pledges_preview SET state = 'done', content = '{}'"
    world[name]
    assert refused(lambda: ask(told)) == (name != "kenya_officer")
    world["kenya_officer"]
    looked(world, run, "kenya_officer")
    world[name]
    stopped = "UPDATE pledges_preview SET state = 'interrupted' WHERE state = 'waiting'"
    assert refused(lambda: ask(stopped)) == (name not in _READERS)
    assert refused(lambda: ask(stopped)), "it is over"


@pytest.mark.parametrize("name", ["outsider", "kenya_officer", "lead"])
def test_nobody_rewrites_a_look_at_a_loss(name: str, world: World, run: Run) -> None:
    world["kenya_officer"]
    looked(world, run, "kenya_officer")
    world[name]
    for statement in (
        "DELETE FROM pledges_preview",
        "TRUNCATE pledges_preview",
        "UPDATE pledges_preview SET loss = '{}'",
        "UPDATE pledges_preview SET asked = '{}'",
        "UPDATE pledges_preview SET by_id = by_id",
        "UPDATE pledges_preview SET run_id = run_id",
        "UPDATE pledges_preview SET mission_id = mission_id",
    ):
        assert refused(lambda statement=statement: ask(statement)), statement  # type: ignore[misc]


def test_a_look_begins_empty_and_in_the_mission_of_its_plan(world: World, run: Run) -> None:
    world["kenya_officer"]
    for other in (
        {"state": "done", "content": "{}"},
        {"content": "{}"},
        {"state": "done"},
        {"mission_id": world.empty.pk},
    ):
        assert refused(lambda other=other: looked(world, run, "kenya_officer", **other)), other  # type: ignore[misc]
    assert looked(world, run, "kenya_officer") == 1


@pytest.mark.parametrize("name", PEOPLE)
def test_roles_are_given_by_administrators_to_their_own_people(name: str, world: World) -> None:
    for whom, role in (("viewer", "planner"), ("kenya_officer", "viewer"), ("outsider", "viewer")):
        by = world[name]
        home = PEOPLE[whom][0]
        fine = (name, home) in {("administrator", "un"), ("kenya_administrator", "kenya")}
        given = not refused(
            lambda whom=whom, role=role, by=by: ask(  # type: ignore[misc] # bound now
                "INSERT INTO people_assignment (user_id, mission_id, role, given_by_id) "
                "VALUES (%s, %s, %s, %s)",
                world.users[whom].pk,
                world.mission.pk,
                role,
                by.pk,
            )
        )
        assert given == fine, (name, whom)


def test_an_organisation_gives_only_roles_that_it_was_given(world: World) -> None:
    by = world["kenya_administrator"]
    assert refused(
        lambda: ask(
            "INSERT INTO people_assignment (user_id, mission_id, role, given_by_id) "
            "VALUES (%s, %s, 'fund_approver', %s)",
            world.users["kenya_officer"].pk,
            world.mission.pk,
            by.pk,
        )
    )


def keys_of(table: type[Row]) -> list[str]:
    """Keys of some rows: the first and the last, Kenya's and Canada's where rows are somebody's."""
    column = OWNED.get(table.TABLE, "")
    is_canadian = "false" if column in {"", "offer", "contribution"} else f"t.{column} = 'CAN'"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT row_key, {is_canadian} FROM tables_{table.TABLE} t "
            f"WHERE row_closed_id IS NULL ORDER BY {_own_rows(table)} DESC, row_key"
        )
        found = cursor.fetchall()
    canadian = [key for key, is_theirs in found if is_theirs]
    return sorted({*(key for key, _ in (*found[:1], *found[-1:])), *canadian[:1]})


def attached(world: World, name: str, table: str, key: str, mission: int) -> bool:
    """Whether the database takes a paper to a row from this user."""
    return not refused(
        lambda: ask(
            'INSERT INTO pledges_attachment (mission_id, "table", key, by_id, name, kind, digest, '
            "content) VALUES (%s, %s, %s, %s, 'x', 'text/plain', %s, 'x')",
            mission,
            table,
            key,
            world.users[name].pk,
            "0" * 64,
        )
    )


@pytest.mark.parametrize("name", PEOPLE)
def test_papers_are_attached_to_rows_of_which_one_may_change_something(
    name: str, world: World
) -> None:
    world["viewer"]
    keys = {table: keys_of(table) for table in TABLES}
    user, held = world[name], standing(world.users[name], world.mission)
    taken = set()
    for table, some in keys.items():
        for key in some:
            may = attaches(held, user, world.mission, table, key)
            assert attached(world, name, table.TABLE, key, world.mission.pk) is may, (table, key)
            taken |= {(table.TABLE, key)} if may else set()
        assert not attached(world, name, table.TABLE, "NO-SUCH-ROW", world.mission.pk)
    assert not attached(world, name, "no_table", "x", world.mission.pk)
    assert not attached(world, name, "offers", "KEN-POLICE", world.other.pk)
    assert bool(taken) is (PEOPLE[name][1] in MAY["attach"]), taken
    if PEOPLE[name][1] == Role.CONTRIBUTOR_OFFICER:
        theirs = {"kenya_officer": "KEN", "canada_officer": "CAN"}[name]
        offers = {row.code: row.contributor for row in _offers(world)}
        assert {offers[key] for table, key in taken if table == "offers"} <= {theirs}
        assert not attached(world, name, "paragraphs", keys[Paragraph][0], world.mission.pk)


def test_nobody_attaches_in_anothers_name(world: World) -> None:
    world["kenya_officer"]
    assert attached(world, "kenya_officer", "offers", "KEN-POLICE", world.mission.pk)
    assert not attached(world, "planner", "offers", "KEN-POLICE", world.mission.pk)


def _offers(world: World) -> list[Any]:
    return list(MODELS["offers"].objects.of(world.mission.pk).current().rows())


def test_no_two_kinds_of_locks_have_one_number() -> None:
    """A posting to a fund waited for the plan that happened to have the fund's number."""
    web = Path(konbit.web.__file__).parent
    taking = re.compile(r"advisory_\w*lock\((73\d\d), (\w+)")
    literal = {
        (file.parent.name, number)
        for file in web.rglob("*.py")
        for number, _ in taking.findall(file.read_text("utf-8"))
    }
    assert {number for _, number in literal} == {str(Lock.FUND.value), str(Lock.BANKS.value)}
    assert {room for room, _ in literal} == {"guards"}, "functions of the database only"
