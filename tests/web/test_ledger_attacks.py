"""Raw SQL against the ledger: each attempt to change, delete, overdraw, unbalance or pretend.

Nothing of our Python stands between: what refuses here is the database. The sessions are those of
an officer or an approver, who may do most.
"""

from __future__ import annotations

import dataclasses
import json
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest
from django.db import DatabaseError, connection, connections, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from konbit.fund import Record
from konbit.fund.transparency import canonical, parse_canonical
from konbit.web.guards.ledger_written import written as written_in_sql
from konbit.web.ledger.actions import propose, written
from konbit.web.ledger.identities import opaque
from konbit.web.ledger.models import LedgerProposal, LedgerRecord
from konbit.web.people.acting import act_as, acting
from ledger_fund import Desk, allotment, desk_of, draft, obligation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from konbit.web.people.models import User
    from konbit.web.serving.embedded import Embedded
    from web_world import World

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


def said(statement: str, *values: Any, using: str = "default") -> str:
    """What the database says to a statement; nothing when it does it and touches a row."""
    asked = connections[using]
    try:
        with transaction.atomic(using=using), asked.cursor() as cursor:
            cursor.execute(statement, values)
            touched = cursor.rowcount
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            return "" if touched else "nothing touched"
    except DatabaseError as error:
        return str(error.__cause__).splitlines()[0]


def appended(desk: Desk, *records: Record, proposal: LedgerProposal | None = None) -> str:
    """What the database says to records that are sent to it without the program."""
    return said(
        "SELECT konbit_ledger_append(%s, %s, %s)",
        desk.fund.pk,
        "\n".join(record.to_bytes().decode() for record in records),
        proposal.pk if proposal else None,
    )


def forged(desk: Desk, kind: str, postings: list[list[Any]] | None = None, **change: Any) -> Record:
    """A record as the officer's program would make it, with whatever else is wanted."""
    last = LedgerRecord.objects.filter(fund=desk.fund).order_by("-sequence")[0]
    body = {"on": "2026-01-15", **change.pop("body", {})}
    if postings is not None:
        body["postings"] = postings
    record = Record(
        kind=kind,
        fund=desk.fund.code,
        sequence=last.sequence + 1,
        recorded_at=datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z"),
        actor=opaque(desk.fund, desk.officer),
        approver=None,
        authority="Financial rule 1",
        rule=kind.replace("_", "-"),
        document_sha256=None,
        idempotency_key=f"forged-{last.sequence}",
        body=body,
    )
    return dataclasses.replace(record, **change)


def receipt(desk: Desk, amount: int = 5, **change: Any) -> Record:
    """A receipt that is right."""
    postings = usd(
        ("bank:MAIN:A", amount),
        ("signed:A:USA-1", -amount),
        ("free:A", amount),
        ("purse:A", -amount),
    )
    body = {"contribution": "USA-1", "bank": "MAIN", "amount_minor": amount}
    return forged(desk, "received", postings, body=body, **change)


@pytest.fixture
def desk(world: World) -> Desk:
    made = desk_of(world, money=1_000)
    made.two(allotment("A1", 600))
    act_as(made.officer)
    return made


def test_a_receipt_that_is_right_is_taken(desk: Desk) -> None:
    assert appended(desk, receipt(desk)) == ""


_CHANGES = (
    "DELETE FROM {table}",
    "TRUNCATE {table} CASCADE",
    "UPDATE {table} SET {column} = {column}",
    "ALTER TABLE {table} DISABLE TRIGGER ALL",
    "ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY",
    "DROP TABLE {table}",
    "CREATE TRIGGER mine BEFORE INSERT ON {table} EXECUTE FUNCTION konbit_ledger_fixed()",
)


@pytest.mark.parametrize("name", ["fund_officer", "fund_approver"])
def test_the_role_changes_nothing(name: str, desk: Desk, world: World) -> None:
    world[name]
    for table, statement in product(_TABLES, _CHANGES):
        column = "mission_id" if table == "ledger_fund" else "fund_id"
        answer = said(statement.format(table=table, column=column))
        assert answer.startswith(("permission denied", "must be owner")), (table, statement, answer)


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


def test_the_role_has_no_other_way_in(desk: Desk) -> None:
    for statement in _WAYS:
        answer = said(statement.format(fund=desk.fund.pk, by=desk.officer.pk))
        assert "permission denied" in answer or "must be owner" in answer, answer


def usd(*moves: tuple[str, int]) -> list[list[Any]]:
    return [[account, "USD", amount, amount] for account, amount in moves]


_UNBALANCED = (
    (usd(("bank:MAIN:A", 5), ("signed:A:USA-1", -5), ("free:A", 5)), "zero-sum"),
    (
        usd(("bank:MAIN:A", 5), ("signed:A:USA-1", -5), ("free:A", 6), ("purse:A", -5)),
        "zero-sum",
    ),
    (usd(("bank:MAIN:A", -5), ("signed:A:USA-1", 5)), "postings"),
    (
        usd(("bank:MAIN:A", 5), ("signed:A:USA-1", -5), ("free:B", 5), ("purse:B", -5)),
        "postings",
    ),
    (usd(("allotted:A:A1", 5), ("purse:A", -5)), "postings"),
    (
        usd(
            ("bank:MAIN:A", 10**9),
            ("signed:A:USA-1", -(10**9)),
            ("free:A", 10**9),
            ("purse:A", -(10**9)),
        ),
        "overdrawn",
    ),
    (
        [
            ["bank:MAIN:A", "USD", 5, 5],
            ["signed:A:USA-1", "CAD", -5, -5],
            ["free:A", "USD", 5, 5],
            ["purse:A", "USD", -5, -5],
        ],
        "overdrawn",
    ),
)


def test_nothing_unbalanced_or_overdrawn_comes_in(desk: Desk) -> None:
    for postings, code in _UNBALANCED:
        body = {"contribution": "USA-1", "bank": "MAIN", "amount_minor": 5}
        record = forged(desk, "received", postings, body=body)
        assert appended(desk, record) == f"ledger-{code}", postings


def _clock(**shift: int) -> str:
    at = datetime.now(UTC) + timedelta(**shift)
    return at.isoformat(timespec="microseconds").replace("+00:00", "Z")


def _lies() -> Iterator[tuple[dict[str, Any], str]]:
    yield from (
        ({"sequence": 99}, "sequence"),
        ({"sequence": 0}, "sequence"),
        ({"fund": "OTHER"}, "sequence"),
        ({"kind": "gift"}, "shape"),
        ({"kind": "fund_opened"}, "sequence"),
        ({"recorded_at": _clock(hours=1)}, "clock"),
        ({"recorded_at": _clock(days=-1)}, "clock"),
        ({"actor": "p-00000000000000000000"}, "authority"),
        ({"actor": "registry"}, "authority"),
        ({"approver": "p-00000000000000000000"}, "four-eyes"),
    )


def test_no_record_lies_about_who_when_or_where(desk: Desk) -> None:
    for change, code in _lies():
        record = dataclasses.replace(receipt(desk), **change)
        assert appended(desk, record) == f"ledger-{code}", change


def _otherwise_written(line: str) -> Iterator[str]:
    """The same record, and records like it, in bytes that no auditor would take."""
    yield line.replace('"amount_minor":5', '"amount_minor": 5')
    yield line.replace('"amount_minor":5', '"amount_minor":5.0')
    yield line.replace('"amount_minor":5', '"amount_minor":5e0')
    yield line.replace('"amount_minor":5', '"amount_minor":"5"')
    yield line.replace('"amount_minor":5,', "")
    yield line.replace('"amount_minor":5,', '"amount_minor":4,"amount_minor":5,')
    yield line.replace('"amount_minor":5,"bank":"MAIN"', '"bank":"MAIN","amount_minor":5')
    yield line.replace('"bank":"MAIN"', '"bank":"MAIN","bonus":1')
    yield line.replace('"bank":"MAIN"', '"bank":{"b": 1}')
    yield line.replace('"bank":"MAIN"', '"bank":["MAIN"]')
    yield line.replace('"bank":"MAIN"', '"bank":null')
    yield line.replace('"bank":"MAIN"', '"bank":"M\\u0041IN"')
    yield line.replace('"on":', '"note":{"withheld":"%s","x":1},"on":' % ("ab" * 32))
    yield line.replace('"on":', '"note":"seen by all","on":')
    yield line.replace('"on":', '"known":true,"on":')
    yield line.replace('"USD",5,5]', '"USD", 5,5]')
    yield line.replace('"rule":"received"', '"rule":"signed"')
    yield line.replace('"authority":"Financial', '"authority":"\\u0046inancial')
    yield line.replace('"authority":"Financial rule 1"', '"authority":{"a": 1}')
    yield line.replace('{"actor"', '{"a":1,"actor"')
    yield line.replace('"fund":', '"fund":"TF","fund":')
    yield line.replace(',"document_sha256":null', "")
    yield f" {line}"
    yield f"{line} "
    yield f"{line}\r"


def test_bytes_that_no_auditor_would_take_do_not_come_in(desk: Desk) -> None:
    line = receipt(desk).to_bytes().decode()
    for number, told in enumerate(_otherwise_written(line)):
        assert told != line
        answer = said("SELECT konbit_ledger_append(%s, %s, NULL)", desk.fund.pk, told)
        assert answer.startswith(("ledger-", "invalid input syntax for type")), (number, told)
    assert said("SELECT konbit_ledger_append(%s, %s, NULL)", desk.fund.pk, line) == ""
    act_as(desk.officer)
    lines = LedgerRecord.objects.filter(fund=desk.fund).values_list("bytes", flat=True)
    for kept in lines:
        assert canonical(parse_canonical(bytes(kept))) == bytes(kept)


def _says(line: str) -> Any:
    try:
        return json.loads(line)
    except ValueError:
        return None


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_law_the_database_writes_a_record_as_the_program_does(desk: Desk, data: Any) -> None:
    """Whatever stands in a text, quotes and signs of other scripts too; and never otherwise."""
    letters = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=9)
    record = receipt(desk, authority=data.draw(letters), idempotency_key=data.draw(letters))
    line = record.to_bytes().decode()
    told = written_in_sql("l", "l::jsonb", "(l::jsonb->'body')", "(l::jsonb->>'kind')")
    asked = f"SELECT {told} FROM (SELECT %s::text AS l) x"
    with connection.cursor() as cursor:
        cursor.execute(asked, [line])
        assert cursor.fetchone() == (True,)
        at = data.draw(st.integers(0, len(line)))
        spaced = f"{line[:at]} {line[at:]}"
        if _says(spaced) == _says(line):
            cursor.execute(asked, [spaced])
            assert cursor.fetchone() == (False,)


def test_a_day_that_has_not_come_is_refused(desk: Desk) -> None:
    record = receipt(desk)
    later = dataclasses.replace(record, body={**record.body, "on": "2999-01-01"})
    assert appended(desk, later) == "ledger-day"


def test_a_key_is_used_once(desk: Desk) -> None:
    first = receipt(desk)
    again = dataclasses.replace(first, sequence=first.sequence + 1)
    assert "ledger_key_once" in appended(desk, first, again)


def test_before_it_is_received_nothing_is_spent_even_within_one_batch(desk: Desk) -> None:
    first = receipt(desk)
    early = forged(
        desk,
        "frozen",
        usd(("free:A", -404), ("frozen:A:USA-1", 404)),
        body={"contribution": "USA-1", "amount_minor": 404},
    )
    late = dataclasses.replace(first, sequence=first.sequence + 1, idempotency_key="late",
                               recorded_at=early.recorded_at)  # fmt: skip
    assert appended(desk, early, late) == "ledger-overdrawn"


def moved(desk: Desk, amount: int, **change: Any) -> Record:
    """An allotment as it would be recorded."""
    body = dict(allotment("A9", amount).body)
    return forged(
        desk,
        "allotted",
        usd(("free:A", -amount), ("allotted:A:A9", amount)),
        body=body,
        **{"approver": opaque(desk.fund, desk.approver), "idempotency_key": "nine", **change},
    )


def proposed(desk: Desk, amount: int, by: User | None = None) -> LedgerProposal:
    """A proposal of that allotment."""
    who = by or desk.officer
    sent = dataclasses.replace(allotment("A9", amount), key="nine")
    with acting(who):
        return propose(who, desk.fund, [sent])


def test_the_second_person_takes_what_was_proposed_and_nothing_else(desk: Desk) -> None:
    proposal = proposed(desk, 100)
    act_as(desk.approver)
    assert appended(desk, moved(desk, 101), proposal=proposal) == "ledger-four-eyes"
    assert appended(desk, moved(desk, 100)) == "ledger-authority"
    unlike = moved(desk, 100, authority="Another rule")
    assert appended(desk, unlike, proposal=proposal) == "ledger-four-eyes"
    assert appended(desk, moved(desk, 100, approver=None), proposal=proposal) == "ledger-four-eyes"
    assert appended(desk, moved(desk, 100), proposal=proposal) == ""


def test_once_decided_a_proposal_is_decided(desk: Desk) -> None:
    proposal = proposed(desk, 100)
    act_as(desk.approver)
    insert = "INSERT INTO ledger_refusal (proposal_id, fund_id, by_id, why) VALUES (%s, %s, %s, '')"
    values = (proposal.pk, desk.fund.pk, desk.approver.pk)
    with connection.cursor() as cursor:
        cursor.execute(insert, values)
    assert appended(desk, moved(desk, 100), proposal=proposal) == "ledger-decided"


def test_nobody_approves_the_own_proposal_nor_in_anothers_name(desk: Desk, world: World) -> None:
    proposal = proposed(desk, 100)
    act_as(desk.officer)
    assert appended(desk, moved(desk, 100), proposal=proposal) == "ledger-four-eyes"
    own = moved(desk, 100, approver=opaque(desk.fund, desk.officer))
    assert appended(desk, own, proposal=proposal) == "ledger-four-eyes"
    for name in ("viewer", "planner", "auditor", "kenya_officer", "coordination_officer"):
        world[name]
        assert appended(desk, moved(desk, 100), proposal=proposal) == "ledger-four-eyes"
    world["outsider"]
    fund = desk.fund.pk
    answer = said("SELECT konbit_ledger_append(%s, %s, NULL)", fund, '{"kind": "received"}')
    assert "insufficient_privilege" in answer


def test_nobody_proposes_in_anothers_name(desk: Desk, world: World) -> None:
    insert = (
        "INSERT INTO ledger_proposal (fund_id, by_id, why, drafts, first_key) "
        "VALUES (%s, %s, '', %s, 'x')"
    )
    drafts = json.dumps([written(allotment("A9", 5))])
    world["fund_approver"]
    for by in (desk.officer, desk.approver):
        answer = said(insert, desk.fund.pk, by.pk, drafts)
        assert "row-level security" in answer


def test_the_purses_terms_hold_in_the_database(desk: Desk) -> None:
    for change in (
        {"cost_head": "personnel"},
        {"cost_head": "food", "lethal": True},
    ):
        sent = dataclasses.replace(allotment("A9", 5, "B", **change), key="nine")
        with transaction.atomic():
            act_as(desk.officer)
            proposal = LedgerProposal.objects.create(
                fund=desk.fund, by=desk.officer, drafts=[written(sent)], first_key="nine"
            )
            act_as(desk.approver)
            record = forged(
                desk,
                "allotted",
                usd(("free:B", -5), ("allotted:B:A9", 5)),
                body=dict(sent.body),
                approver=opaque(desk.fund, desk.approver),
                idempotency_key="nine",
            )
            assert appended(desk, record, proposal=proposal) == "ledger-earmark"
            transaction.set_rollback(True)


def test_roles_of_the_log_are_those_of_the_record(desk: Desk, world: World) -> None:
    for name, role, party in (
        ("viewer", "officer", ""),
        ("fund_officer", "approver", ""),
        ("kenya_officer", "contributor", "CAN"),
    ):
        body = {"who": opaque(desk.fund, world.users[name]), "role": role, "party": party}
        record = forged(desk, "actor_granted", body=body, actor="registry")
        assert appended(desk, record) == "ledger-authority"
    body = {"who": opaque(desk.fund, desk.officer), "role": "officer", "party": ""}
    assert appended(desk, forged(desk, "actor_ended", body=body, actor="registry")) == (
        "ledger-authority"
    )


def test_a_reversal_is_the_opposite_of_its_record_and_once(desk: Desk) -> None:
    number = desk.one(draft("interest", purse="A", bank="MAIN", amount_minor=7))[0]

    def reversal(amount: int, name: str = "undo") -> tuple[Record, LedgerProposal]:
        sent = dataclasses.replace(draft("reversed", sequence=number), key=f"{name}-{amount}")
        act_as(desk.officer)
        proposal = LedgerProposal.objects.create(
            fund=desk.fund, by=desk.officer, drafts=[written(sent)], first_key=sent.key
        )
        act_as(desk.approver)
        postings = usd(
            ("bank:MAIN:A", -amount),
            ("interest:A", amount),
            ("free:A", -amount),
            ("purse:A", amount),
        )
        record = forged(
            desk,
            "reversed",
            postings,
            body=dict(sent.body),
            approver=opaque(desk.fund, desk.approver),
            idempotency_key=sent.key,
        )
        return record, proposal

    record, proposal = reversal(6)
    assert appended(desk, record, proposal=proposal) == "ledger-reversal"
    record, proposal = reversal(7)
    assert appended(desk, record, proposal=proposal) == ""
    record, proposal = reversal(7, "again")
    assert appended(desk, record, proposal=proposal) == "ledger-reversal"


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


def test_an_obligation_keeps_to_its_allotment_in_the_database(desk: Desk) -> None:
    desk.two(allotment("KEN", 100, contributor="KEN"))
    sent = dataclasses.replace(obligation("KEN", "O9", 10, contributor="TCD"), key="nine")
    act_as(desk.officer)
    proposal = LedgerProposal.objects.create(
        fund=desk.fund, by=desk.officer, drafts=[written(sent)], first_key="nine"
    )
    act_as(desk.approver)
    record = forged(
        desk,
        "obligated",
        usd(("allotted:A:KEN", -11), ("obligated:A:O9", 10), ("support_held:A:O9", 1)),
        body=dict(sent.body),
        approver=opaque(desk.fund, desk.approver),
        idempotency_key="nine",
    )
    assert appended(desk, record, proposal=proposal) == "ledger-earmark"
