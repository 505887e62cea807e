"""Who is told of a record is told when the disk has it, whatever a session is set to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from django.db import connection

from konbit.web.ledger.recording import _flush
from konbit.web.people.acting import acting
from konbit.web.transparency.actions import make_checkpoint
from ledger_fund import desk_of
from ledger_waiting import asked_of, funded_desk, left, receipt
from signed_logs import log_named

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger_fund import Desk
    from web_world import World

_POST = "SELECT first FROM konbit_ledger_post(%s, %s, %s, %s, %s)"
_TURN = "SELECT first FROM konbit_ledger_turn(%s, %s)"
_BEGIN = "SELECT konbit_ledger_begin(%s, 0, jsonb_build_object('flushes_later', %s::boolean))"


@pytest.fixture(scope="module")
def desk(server: Any) -> Iterator[Desk]:  # there is a server
    with funded_desk("DURABLE") as made:
        yield made


def waits(desk: Desk, setting: str, statement: str, values: list[Any]) -> str:
    """How the commit of a statement waits, in a session that is set to something."""
    with psycopg.connect(**connection.get_connection_params()) as session:
        session.execute("SELECT set_config('konbit.user', %s, false)", [str(desk.officer.pk)])
        session.execute("SELECT set_config('synchronous_commit', %s, false)", [setting])
        done = session.execute(statement, values).fetchone()
        assert done is not None
        assert done[0] is not None
        found = session.execute("SHOW synchronous_commit").fetchone()
        session.rollback()
    assert found is not None
    return str(found[0])


@pytest.mark.parametrize(
    ("setting", "waits_as"), [("off", "on"), ("local", "local"), ("remote_apply", "remote_apply")]
)
def test_records_are_told_when_the_disk_has_them(desk: Desk, setting: str, waits_as: str) -> None:
    """Set to `off`, by the server or a role, a power cut took away what was acknowledged."""
    assert desk.one(receipt(f"before-{setting}"))
    asked = asked_of(desk, f"alone-{setting}")
    assert waits(desk, setting, _POST, asked) == waits_as
    assert desk.one(receipt(f"again-{setting}"))
    ticket = left(desk, f"waiting-{setting}")
    assert waits(desk, setting, _TURN, [desk.fund.pk, ticket]) == waits_as
    assert waits(desk, setting, _BEGIN, [desk.fund.pk, False]) == waits_as
    assert waits(desk, setting, _BEGIN, [desk.fund.pk, True]) == "off", "and then they flush"


def test_a_flush_waits_for_the_disk(desk: Desk) -> None:
    asked: list[str] = []

    def note(execute: Any, sql: str, *rest: Any) -> Any:
        asked.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        _flush()
    (statement,) = asked
    flushing = statement.replace("SELECT ", "SELECT 1, ", 1)
    assert waits(desk, "off", flushing, []) == "on"


def test_a_checkpoint_is_handed_out_when_the_disk_has_it(world: World) -> None:
    made = desk_of(world)
    with connection.cursor() as cursor, acting(made.officer):
        cursor.execute("SET LOCAL synchronous_commit TO off")
        assert make_checkpoint(log_named("TF")) is not None
        cursor.execute("SHOW synchronous_commit")
        assert cursor.fetchone() == ("on",)
