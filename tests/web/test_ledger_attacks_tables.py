"""Raw SQL against the tables of the ledger: attempts to change, delete, or add past the function.

Nothing of our Python stands between: what refuses here is the database. The sessions are those of
an officer or an approver, who may do most.
"""

from __future__ import annotations

import dataclasses
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connections, transaction

from konbit.fund import Record
from ledger_raw import appended, desk_of_officer, receipt, said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from konbit.web.serving.embedded import Embedded
    from ledger_fund import Desk
    from web_world import World


@pytest.fixture
def desk(world: World) -> Desk:
    return desk_of_officer(world)


_TABLES = (
    "ledger_fund",
    "ledger_append",
    "ledger_record",
    "ledger_posting",
    "ledger_balance",
    "ledger_sum",
    "ledger_proposal",
    "ledger_refusal",
    "ledger_opening",
    "ledger_waiting",
)


_CHANGES = (
    "DELETE FROM {table}",
    "TRUNCATE {table} CASCADE",
    "UPDATE {table} SET {column} = {column}",
    "ALTER TABLE {table} DISABLE TRIGGER ALL",
    "ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY",
    "DROP TABLE {table}",
    "CREATE TRIGGER mine BEFORE INSERT ON {table} EXECUTE FUNCTION konbit_ledger_fixed()",
)


_WAYS = (
    (
        "INSERT INTO ledger_append (fund_id, first, until, by_id) SELECT id, size, size + 1, {by} "
        "FROM ledger_fund WHERE id = {fund}"
    ),
    (
        'INSERT INTO ledger_record (fund_id, sequence, kind, "on", known_on, actor, key, '
        "bytes) "
        "VALUES ({fund}, 99, 'interest', now(), now(), 'x', 'x', 'x')"
    ),
    (
        "INSERT INTO ledger_posting (fund_id, sequence, line, account, statement_line, currency, "
        "amount_minor, value_minor, \"on\", known_on) VALUES ({fund}, 1, 9, 'free:A', 'free:A', "
        "'USD', 5, 5, now(), now())"
    ),
    "INSERT INTO ledger_balance VALUES ('free:Z', 'USD', 5, 5, {fund})",
    (
        'INSERT INTO ledger_sum (fund_id, until, statement_line, currency, "on", known_on, '
        "amount_minor, value_minor) VALUES ({fund}, 1, 'free:A', 'USD', now(), now(), 5, 5)"
    ),
    "SELECT konbit_ledger_sum({fund}, 99)",
    "SELECT konbit_ledger_held({fund})",
    "SELECT konbit_ledger_take(f, '{{}}', '{{}}', '{{}}', NULL) FROM ledger_fund f",
    "SELECT konbit_ledger_alone(f, 1, '', '{{}}', '{{}}') FROM ledger_fund f",
    (
        "INSERT INTO ledger_waiting (fund_id, by_id, since, leaf, given, lines) "
        "VALUES ({fund}, {by}, 1, '', '{{}}', '{{}}')"
    ),
    "SET session_replication_role = replica",
    (
        "CREATE OR REPLACE FUNCTION konbit_ledger_balanced() RETURNS trigger LANGUAGE plpgsql "
        "AS $$ BEGIN RETURN NULL; END $$"
    ),
    "SET ROLE konbit_owner",
)


@pytest.mark.parametrize("name", ["fund_officer", "fund_approver"])
def test_the_role_changes_nothing(name: str, desk: Desk, world: World) -> None:
    world[name]
    for table, statement in product(_TABLES, _CHANGES):
        column = "mission_id" if table == "ledger_fund" else "fund_id"
        answer = said(statement.format(table=table, column=column))
        assert answer.startswith(("permission denied", "must be owner")), (table, statement, answer)


def test_the_role_has_no_other_way_in(desk: Desk) -> None:
    for statement in _WAYS:
        answer = said(statement.format(fund=desk.fund.pk, by=desk.officer.pk))
        assert "permission denied" in answer or "must be owner" in answer, answer


def test_deferred_questions_cannot_be_asked_early_and_then_forgotten(desk: Desk) -> None:
    """Ask at once, then add postings to a record that was already asked about."""
    with transaction.atomic():
        assert appended(desk, receipt(desk)) == ""
        answer = said(
            "INSERT INTO ledger_posting (fund_id, sequence, line, account, statement_line, "
            'currency, amount_minor, value_minor, "on", known_on) SELECT fund_id, sequence, 9, '
            'account, statement_line, currency, amount_minor, value_minor, "on", known_on '
            "FROM ledger_posting WHERE line = 0 ORDER BY sequence DESC LIMIT 1"
        )
        assert "permission denied" in answer
        transaction.set_rollback(True)


def test_not_even_the_owner_changes_the_log(server: Embedded) -> None:
    statements = ("DELETE FROM {}", "TRUNCATE {} CASCADE", "UPDATE {} SET fund_id = 1")
    for table, statement in product(
        ("ledger_record", "ledger_posting", "ledger_append", "ledger_sum"), statements
    ):
        assert said(statement.format(table), using="owner") == "ledger-append-only"


def _owners_line(**change: Any) -> bytes:
    record = Record(
        kind="interest",
        fund="OWN",
        sequence=0,
        recorded_at="2026-01-15T10:00:00.000000Z",
        actor="x",
        approver=None,
        authority="",
        rule="interest",
        document_sha256=None,
        idempotency_key="x",
        body={"on": "2026-01-15"},
    )
    return dataclasses.replace(record, **change).to_bytes()


def _owners_lines() -> Iterator[tuple[bytes, str]]:
    """Bytes that are not those of the row's columns, or of a time that cannot be."""
    yield b"x", "canonical"
    for change in (
        {"sequence": 1},
        {"actor": "y"},
        {"approver": "y"},
        {"idempotency_key": "y"},
        {"kind": "received"},
        {"rule": "received"},
        {"recorded_at": "2026-01-15"},
    ):
        yield _owners_line(**change), "canonical"
    yield _owners_line(recorded_at="2026-01-14T10:00:00.000000Z"), "clock"


def test_not_even_the_owner_adds_what_does_not_balance(world: World) -> None:
    """A log of the owner's own, for that of the test is not committed."""
    begin = (
        "WITH f AS (INSERT INTO ledger_fund (mission_id, code, title, currency, salt, size, "
        "recorded_at) VALUES (%s, 'OWN', 'x', 'USD', 'x', 0, '') RETURNING id), a AS (INSERT INTO "
        "ledger_append (fund_id, first, until, by_id) SELECT id, 0, 1, %s FROM f) "
        "SELECT id FROM f"
    )
    with transaction.atomic(using="owner"):
        with connections["owner"].cursor() as cursor:
            cursor.execute(begin, [world.mission.pk, world.users["fund_officer"].pk])
            found = cursor.fetchone()
        assert found is not None
        record = (
            'INSERT INTO ledger_record (fund_id, sequence, kind, "on", known_on, actor, key, '
            "bytes) VALUES (%s, %s, 'interest', '2026-01-15', '2026-01-15', 'x', 'x', %s)"
        )
        assert said(record, found[0], 5, b"x", using="owner") == "ledger-append-only"
        for line, code in _owners_lines():
            assert said(record, found[0], 0, line, using="owner") == f"ledger-{code}", line
        posting = (
            "INSERT INTO ledger_posting (fund_id, sequence, line, account, statement_line, "
            "currency, amount_minor, value_minor, \"on\", known_on) VALUES (%s, 0, 0, 'free:A', "
            "'free:A', 'USD', 5, 5, now(), now())"
        )
        with connections["owner"].cursor() as cursor:
            cursor.execute(record, [found[0], 0, _owners_line()])
        assert said(posting, found[0], using="owner") == "ledger-zero-sum"
        balance = "INSERT INTO ledger_balance VALUES ('free:A', 'USD', -5, -5, %s)"
        assert "never_overdrawn" in said(balance, found[0], using="owner")
        transaction.set_rollback(True, using="owner")
