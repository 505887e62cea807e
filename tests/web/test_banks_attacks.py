"""Raw SQL against what banks say: to see it, to change it, to match or certify what is not so.

Nothing of our Python stands between: what refuses here is the database.
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest
from django.db import DatabaseError, connections, transaction

from bank_files import entry, statement
from konbit.web.guards.ledger_banks import TABLES
from konbit.web.ledger.banks import actions
from konbit.web.ledger.banks.models import BankMatch, BankRefusal
from konbit.web.ledger.banks.queries import account_of
from konbit.web.ledger.banks.states import standing_of
from konbit.web.people.acting import act_as, acting
from konbit.web.people.models import Assignment
from ledger_fund import Desk, desk_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from konbit.web.serving.embedded import Embedded
    from web_world import World

JAN, FEB = date(2026, 1, 1), date(2026, 2, 1)
SEEING = ("fund_officer", "fund_approver", "auditor")
BLIND = ("outsider", "viewer", "planner", "coordination_officer", "kenya_officer",
         "canada_officer", "administrator", "kenya_administrator")  # fmt: skip


_MATCH = (
    "SELECT konbit_bank_match(%s, 'MAIN', jsonb_build_array(jsonb_build_object("
    "'entries', %s::bigint[], 'records', %s::bigint[], 'rule', 'reference', "
    "'certainty', 'certain', 'others', 0, 'why', '')))"
)
_REFUSE = (
    "INSERT INTO ledger_bank_refusal (fund_id, by_id, bank, key) VALUES (%s, konbit_user(), "
    "'MAIN', 'x')"
)


def said(statement: str, *values: Any, using: str = "default") -> str:
    """What the database says to a statement; nothing when it does it and touches a row."""
    asked = connections[using]
    try:
        with transaction.atomic(using=using), asked.cursor() as cursor:
            cursor.execute(statement, values)
            return "" if cursor.rowcount else "nothing touched"
    except DatabaseError as error:
        return str(error.__cause__).splitlines()[0]


def count(table: str) -> int:
    """Rows that the present user sees."""
    with connections["default"].cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return int(cursor.fetchone()[0])


@pytest.fixture
def desk(world: World) -> Desk:
    """A fund with something in every table of banks."""
    made = desk_of(world, money=1_000)
    filled(made)
    act_as(made.officer)
    return made


def filled(made: Desk) -> None:
    entries = [entry(date(2026, 1, 16), 1_000, "USA-1"), entry(date(2026, 1, 17), -3)]
    told = statement(entries, from_on=JAN, until_on=FEB)
    later = statement([], from_on=FEB, until_on=date(2026, 3, 1), opening=997)
    with acting(made.officer):
        for one in (told, later):
            sent = [actions.Sent(one, "ab" * 32, is_csv=False)]
            actions.take_in(made.officer, made.fund, "MAIN", sent)
        there = account_of(made.fund, "MAIN", "USD")
        actions.withdraw(made.officer, there.statements[1], "of another account")
        one_entry, record = there.entries[0].key, there.cash[0].key
        told_by_hand = (made.officer, made.fund, "MAIN", [one_entry], [record], "seen")
        actions.match_by_hand(*told_by_hand)
        actions.undo(made.officer, BankMatch.objects.get(fund=made.fund), "by mistake")
        actions.match_by_hand(*told_by_hand)
        BankRefusal.objects.create(fund=made.fund, bank="MAIN", by=made.officer, key="cd" * 32)
    with acting(made.approver):
        there = account_of(made.fund, "MAIN", "USD")
        content = standing_of(there, date(2026, 1, 31)).content
        actions.certify(made.approver, made.fund, "MAIN", date(2026, 1, 31), content)


def test_officers_approvers_and_auditors_see_and_nobody_else(desk: Desk, world: World) -> None:
    for name in SEEING:
        world[name]
        assert all(count(table) > 0 for table in TABLES), name
    helpers = ("konbit_bank_statements({fund}, 'MAIN')", "konbit_bank_taken({fund}, 'MAIN')")
    for name in BLIND:
        world[name]
        assert [count(table) for table in TABLES] == [0] * len(TABLES), name
        assert [count(helper.format(fund=desk.fund.pk)) for helper in helpers] == [0, 0]
        assert count("konbit_bank_reads()") == 0
        balance = f"(SELECT konbit_bank_balance({desk.fund.pk}, 'MAIN', '2026-01-20') AS b) x"
        assert count(f"{balance} WHERE b IS NOT NULL") == 0
    act_as(None)
    assert [count(table) for table in TABLES] == [0] * len(TABLES)


def test_whoever_no_longer_holds_the_role_sees_no_longer(desk: Desk, world: World) -> None:
    world["auditor"]
    assert count("ledger_bank_entry") > 0
    who = world.users["auditor"].pk
    # Only the owner may; in a session of its own, so it is given back at the end.
    held = Assignment.objects.using("owner").filter(user_id=who, mission=world.mission)
    held.update(ended_at=datetime(2026, 1, 1, tzinfo=UTC))
    try:
        assert count("ledger_bank_entry") == 0
    finally:
        held.update(ended_at=None)
    assert count("ledger_bank_entry") > 0


_CHANGES = (
    "DELETE FROM {table}",
    "TRUNCATE {table} CASCADE",
    "UPDATE {table} SET fund_id = fund_id",
    "ALTER TABLE {table} DISABLE TRIGGER ALL",
    "DROP TABLE {table} CASCADE",
    "INSERT INTO {table} SELECT * FROM {table}",
)


@pytest.mark.parametrize("name", SEEING)
def test_nothing_is_changed_deleted_or_added_beside_the_functions(
    name: str, desk: Desk, world: World
) -> None:
    world[name]
    for table, change in product(TABLES, _CHANGES):
        if table == "ledger_bank_refusal" and change.startswith("INSERT"):
            continue
        answer = said(change.format(table=table))
        assert answer.startswith(("permission denied", "must be owner")), (table, change, answer)


def test_not_even_the_owner_changes_what_is_there(server: Embedded) -> None:
    for table, change in product(TABLES, _CHANGES[:3]):
        answer = said(change.format(table=table), using="owner")
        assert answer == "ledger-append-only", (table, change)


def _ways(desk: Desk) -> dict[str, tuple[str, tuple[Any, ...]]]:
    """Everything that adds, as an officer's or approver's program would ask it."""
    fund = desk.fund.pk
    with acting(desk.officer):
        there = account_of(desk.fund, "MAIN", "USD")
        last = BankMatch.objects.filter(fund=desk.fund)[0].pk
    march = statement([], from_on=date(2026, 3, 1), until_on=date(2026, 4, 1), opening=997)
    told = actions.told_by(actions.Sent(march, "ab" * 32, is_csv=False))
    content = json.dumps(standing_of(there, date(2026, 1, 20)).content)
    return {
        "take": ("SELECT konbit_bank_take(%s, 'MAIN', %s::jsonb)", (fund, json.dumps(told))),
        "withdraw": ("SELECT konbit_bank_withdraw(%s, 'why')", (there.statements[0].pk,)),
        "match": (
            _MATCH,
            (fund, [], [there.cash[1].key]),
        ),
        "undo": ("SELECT konbit_bank_undo(%s, 'why')", (last,)),
        "refuse": (
            _REFUSE,
            (fund,),
        ),
        "certify": (
            "SELECT konbit_bank_certify(%s, 'MAIN', '2026-01-20', %s)",
            (fund, content),
        ),
    }


def test_only_an_officer_adds_and_only_an_approver_certifies(desk: Desk, world: World) -> None:
    ways = _ways(desk)
    for name in (*BLIND, *SEEING):
        world[name]
        for what, (asked, values) in ways.items():
            answer = said(asked, *values)
            is_theirs = name == ("fund_approver" if what == "certify" else "fund_officer")
            is_refused = "insufficient_privilege" in answer or "row-level security" in answer
            assert is_refused == (not is_theirs), (name, what, answer)
            if name == "fund_officer" and what == "take":
                assert answer == ""
            if name == "fund_approver" and what == "certify":
                assert answer == ""


def test_nobody_acts_in_anothers_name(desk: Desk, world: World) -> None:
    world["fund_officer"]
    insert = "INSERT INTO ledger_bank_refusal (fund_id, by_id, bank, key) VALUES (%s, %s, 'M', 'x')"
    assert "row-level security" in said(insert, desk.fund.pk, desk.approver.pk)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"closing_minor": 1_000}, "bank-sum"),
        ({"currency": "EUR"}, "bank-account-currency"),
        ({"from_on": "2026-01-31"}, "bank-overlap"),
        ({"until_on": "2026-03-01"}, "bank-days-wrong"),
        ({"account_digest": "f" * 32}, "bank-account-other"),
    ],
)
def test_a_statement_that_lies_is_refused(change: dict[str, Any], code: str, desk: Desk) -> None:
    asked, (fund, told) = _ways(desk)["take"]
    assert said(asked, fund, json.dumps({**json.loads(told), **change})) == code


def test_a_match_adds_up_stays_in_its_account_and_uses_nothing_twice(
    desk: Desk, world: World
) -> None:
    other = desk_of(world, "TF2", money=1_000)
    filled(other)
    act_as(desk.officer)
    mine, theirs = (account_of(one.fund, "MAIN", "USD") for one in (desk, other))
    used, left = mine.entries[0].key, mine.entries[1].key
    free = mine.cash[1].key
    foreign = theirs.entries[0].key
    told: tuple[tuple[list[int], list[int], str], ...] = (
        ([left], [free], "bank-match-sum"),
        ([left], [], "bank-match-sum"),
        ([used], [free], "bank-match-taken"),
        ([foreign], [free], "bank-match-unknown"),
        ([left, left], [], "bank-match-unknown"),
        ([], [], "bank-why"),
        ([], [0], "bank-match-unknown"),
    )
    for entries, records, code in told:
        assert said(_MATCH, desk.fund.pk, entries, records) == code


def test_figures_that_are_not_so_are_not_certified(desk: Desk, world: World) -> None:
    asked, (fund, content) = _ways(desk)["certify"]
    told = json.loads(content)
    world["fund_approver"]
    for change, code in (
        ({"bank_minor": 1}, "bank-certificate-figures"),
        ({"books_minor": 1}, "bank-certificate-figures"),
        ({"on": "2026-01-21"}, "bank-certificate-figures"),
        ({"bank": "OTHER"}, "bank-certificate-figures"),
        ({"difference_minor": 1}, "bank-certificate-differs"),
    ):
        assert said(asked, fund, json.dumps({**told, **change})) == code
    assert said(asked, fund, content) == ""


@pytest.fixture
def both(desk: Desk) -> Callable[[], None]:
    """Gives the officer the approver's role as well, which four eyes must survive."""

    def given() -> None:
        Assignment.objects.using("owner").create(
            user_id=desk.officer.pk, mission_id=desk.fund.mission_id, role="fund_approver"
        )

    return given


def test_who_holds_both_roles_still_does_not_certify_the_own_work(
    desk: Desk, both: Callable[[], None]
) -> None:
    asked, values = _ways(desk)["certify"]
    try:
        both()
        act_as(desk.officer)
        assert said(asked, *values) == "bank-four-eyes"
    finally:
        Assignment.objects.using("owner").filter(
            user_id=desk.officer.pk, mission_id=desk.fund.mission_id, role="fund_approver"
        ).delete()
