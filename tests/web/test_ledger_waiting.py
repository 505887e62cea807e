"""Records that wait for the log: what may become of them, and what somebody hostile makes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from django.db import DatabaseError, connection, connections, transaction
from django.utils import timezone

from konbit.web.guards.ledger_post import MOST_WAITING
from konbit.web.ledger import at_once
from konbit.web.ledger.actions import open_fund
from konbit.web.people.acting import act_as, acting
from konbit.web.people.models import Assignment
from ledger_fund import Desk, draft
from ledger_people import desk_of_their_own
from ledger_waiting import (
    GIFT,
    asked_of,
    assert_sound,
    funded_desk,
    held,
    keys_of,
    left,
    posted,
    receipt,
    while_held,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from konbit.web.serving.embedded import Embedded


@pytest.fixture(scope="module")
def desk(server: Embedded) -> Iterator[Desk]:
    with funded_desk("WAITING") as made:
        yield made


def test_what_was_refused_is_not_recorded_later(server: Embedded, desk: Desk) -> None:
    """Not even if it would be allowed by then, and others who wait take along what is left."""
    assert desk.one(receipt("before"))
    too_much = posted(desk, "refused", amount=1_500_000)
    assert while_held(server, desk, too_much) == ["ledger-overdrawn"], "more than was signed"
    desk.two(draft("signed", contribution="USA-1", amount_minor=1_000_000))
    said = while_held(server, desk, posted(desk, "after-1"), posted(desk, "after-2"))
    assert all(isinstance(numbers, list) for numbers in said)
    assert "refused" not in keys_of(desk)
    assert too_much()
    assert_sound(desk)


_HOSTILE: tuple[dict[str, Any], ...] = (
    {"leaf": "zz"},
    {"leaf": ""},
    {"since": -(2**63)},
    {"since": 2**63 - 1},
    {"sent": ""},
    {"sent": "\n"},
    {"sent": "null"},
    {"sent": "[" * 100_000},
    {"sent": '{"kind":"received","body":{"on":"0-0-0","postings":[["free:A","USD",1e400,1]]}}'},
    {"given": []},
    {"given": [None]},
    {"given": ["approver:", "officer:"]},
    {"leaf": "00" * 32},
    {"since": 1},
    {"sent": "x" * 10_000_000},
)


@pytest.mark.parametrize("change", _HOSTILE, ids=range(len(_HOSTILE)))
def test_what_is_left_by_somebody_hostile_keeps_nobody_from_recording(
    server: Embedded, desk: Desk, change: dict[str, Any]
) -> None:
    for who in (desk.officer, desk.approver):
        key = f"hostile-{_HOSTILE.index(change)}-{who.pk}"
        assert desk.one(receipt(f"{key}-before"))
        left(desk, key, who, **change)
        said = while_held(server, desk, posted(desk, f"{key}-1"), posted(desk, f"{key}-2"))
        assert all(isinstance(numbers, list) for numbers in said), said
        assert key not in keys_of(desk)


def _turn(desk: Desk, ticket: int) -> Any:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM konbit_ledger_turn(%s, %s)", [desk.fund.pk, ticket])
        return cursor.fetchone()


def test_two_who_wait_do_not_overdraw_together(server: Embedded, desk: Desk) -> None:
    desk.one(receipt("for-two"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT amount_minor FROM ledger_balance WHERE fund_id = %s "
                       "AND account = 'signed:A:USA-1'", [desk.fund.pk])  # fmt: skip
        (signed,) = cursor.fetchone()
    wants = [posted(desk, f"half-{number}", amount=signed * 3 // 5) for number in range(3)]
    said = while_held(server, desk, *wants)
    assert sorted(map(str, said))[1:] == ["ledger-overdrawn"] * 2, said
    assert sum(key.startswith("half-") for key in keys_of(desk)) == 1
    assert_sound(desk)


def test_a_key_is_of_one_content_also_among_those_who_wait(server: Embedded, desk: Desk) -> None:
    desk.one(receipt("for-one"))
    said = while_held(
        server, desk, posted(desk, "same", amount=5), posted(desk, "same", amount=6),
        posted(desk, "same", amount=5),
    )  # fmt: skip
    assert said[0] == said[2]
    assert said[1] == "ledger-idempotency"
    assert keys_of(desk).count("same") == 1


def test_who_lost_the_right_meanwhile_records_nothing(server: Embedded, desk: Desk) -> None:
    """Neither taken along by others nor when it is their turn, nor once they have it back."""
    desk.one(receipt("with-right"))
    roles = Assignment.objects.using("owner").filter(user_id=desk.officer.pk)
    ticket, other = left(desk, "right-lost"), left(desk, "right-lost-too")
    roles.update(ended_at=timezone.now(), ended_by_id=desk.officer.pk)
    try:
        act_as(desk.officer)
        assert _turn(desk, ticket) == (None, None)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            left(desk, "right-lost-again")
        mine = left(desk, "not-an-officer", desk.approver, given=["approver:"])
        act_as(desk.approver)
        assert _turn(desk, mine)[1][:2] == ["23514", "ledger-authority"]
    finally:
        roles.update(ended_at=None, ended_by_id=None)
    act_as(desk.officer)
    assert not {"right-lost", "right-lost-too", "not-an-officer"} & set(keys_of(desk))
    _turn(desk, other)
    assert "right-lost" not in keys_of(desk)


def test_what_is_left_is_taken_in_the_name_of_who_left_it(server: Embedded, desk: Desk) -> None:
    """Nobody has another's turn, of another fund neither, nor sees or changes what another left."""
    desk.one(receipt("for-names"))
    ticket = left(desk, "mine")
    act_as(desk.approver)
    assert _turn(desk, ticket) == (None, None)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM ledger_waiting WHERE id = %s", [ticket])
        assert cursor.fetchone() == (0,)
    for statement in (
        "UPDATE ledger_waiting SET lines = '{}'",
        "UPDATE ledger_waiting SET by_id = 1",
        "DELETE FROM ledger_waiting",
        "TRUNCATE ledger_waiting",
    ):
        with pytest.raises(DatabaseError, match="permission denied"), connection.cursor() as cursor:
            cursor.execute(statement)
    act_as(desk.officer)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT first FROM konbit_ledger_turn(%s, %s)", [desk.fund.pk + 1_000, ticket]
        )
        assert cursor.fetchone() == (None,)
    assert "mine" not in keys_of(desk)
    assert _turn(desk, ticket)[0] == len(keys_of(desk)) - 1
    assert keys_of(desk)[-1] == "mine"
    assert _turn(desk, ticket) == (None, None)


def test_what_was_taken_along_and_rolled_back_is_taken_once_by_the_next(
    server: Embedded, desk: Desk
) -> None:
    desk.one(receipt("for-rollback"))
    first, second = left(desk, "rolled-1"), left(desk, "rolled-2")
    act_as(desk.officer)
    with transaction.atomic():
        assert _turn(desk, first)[0] is not None
        transaction.set_rollback(True)
    assert not {"rolled-1", "rolled-2"} & set(keys_of(desk))
    number = _turn(desk, second)[0]
    assert {"rolled-1", "rolled-2"} <= set(keys_of(desk))
    assert _turn(desk, first)[0] == keys_of(desk).index("rolled-1")
    assert number == keys_of(desk).index("rolled-2")
    assert len(keys_of(desk)) == len(set(keys_of(desk)))
    assert_sound(desk)


def test_out_of_time_is_no_answer_and_sent_again_is_recorded_once(
    server: Embedded, desk: Desk
) -> None:
    desk.one(receipt("for-time"))
    act_as(desk.officer)
    late = posted(desk, "late")
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = '200ms'")
    with held(desk.fund.pk), pytest.raises(DatabaseError, match="timeout"):
        late()
    with connection.cursor() as cursor:
        cursor.execute("RESET statement_timeout")
    assert "late" not in keys_of(desk)
    said = while_held(server, desk, posted(desk, "while-late"), posted(desk, "late"))
    again = late()
    assert said[1] == again
    assert keys_of(desk).count("late") == 1
    assert_sound(desk)


def test_two_funds_do_not_wait_for_each_other(server: Embedded, desk: Desk) -> None:
    desk.one(receipt("for-two-funds"))
    other = desk_of_their_own("WAITING-2")
    other.one(draft("received", **GIFT, amount_minor=5))
    with held(desk.fund.pk), acting(other.officer):
        assert posted(other, "meanwhile")()
    with psycopg.connect(**connection.get_connection_params()) as session:
        session.execute("SELECT set_config('konbit.user', %s, false)", [str(other.officer.pk)])
        asked = asked_of(desk, "for-another")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            session.execute(at_once._RECORD, asked)
        session.rollback()
        session.execute("SELECT set_config('konbit.user', %s, false)", [str(other.officer.pk)])
    for place in (desk.fund.pk, desk.fund.pk + 1_000, 2**31 - 1):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            left(desk, "for-another", other.officer, place=place)
    assert not waiting("for-another")
    said = while_held(server, desk, posted(desk, "own-1"), posted(desk, "own-2"))
    assert all(isinstance(numbers, list) for numbers in said)
    assert "for-another" not in keys_of(desk)


def test_what_was_asked_about_before_a_newer_fact_is_not_taken_along(
    server: Embedded, desk: Desk
) -> None:
    desk.one(receipt("for-facts"))
    ticket = left(desk, "old-facts")
    desk.one(draft("announced", contribution="USA-1", amount_minor=7))
    said = while_held(server, desk, posted(desk, "new-facts-1"), posted(desk, "new-facts-2"))
    assert all(isinstance(numbers, list) for numbers in said)
    act_as(desk.officer)
    assert _turn(desk, ticket) == (None, None)
    assert "old-facts" not in keys_of(desk)


def waiting(key: str) -> int:
    """How many wait with a key, in any fund."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM ledger_waiting WHERE lines::text LIKE %s", [f"%{key}%"]
        )
        (count,) = cursor.fetchone()
    return int(count)


def aged(key: str, **change: Any) -> None:
    """Whoever waits with a key has waited for eleven seconds, perhaps in another fund."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "UPDATE ledger_waiting SET at = at - interval '11 seconds', fund_id = "
            "coalesce(%s, fund_id) WHERE lines::text LIKE %s",
            [change.get("place"), f"%{key}%"],
        )


def test_what_waits_for_a_fund_that_is_gone_is_cleared_by_any_other(
    server: Embedded, desk: Desk
) -> None:
    """A few at a time, and what is not old is let be."""
    desk.one(receipt("for-clearing"))
    for number in range(70):
        left(desk, f"gone-{number:02d}")
    aged("gone-", place=2**31 - 1)
    left(desk, "young")
    turns = 0
    while waiting("gone-"):
        turns += 1
        said = while_held(server, desk, posted(desk, f"clears-{turns}"))
        assert isinstance(said[0], list)
        assert turns < 4, "64 at a time"
    assert turns <= 3
    assert not set(keys_of(desk)) & {f"gone-{number:02d}" for number in range(70)}
    assert "young" in keys_of(desk), "who is not gone was taken along"
    assert_sound(desk)


def test_so_many_wait_at_most_and_who_comes_later_waits_by_itself(
    server: Embedded, desk: Desk
) -> None:
    desk.one(receipt("for-crowd"))
    ticket = left(desk, "crowd")
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "INSERT INTO ledger_waiting (fund_id, by_id, since, leaf, given, lines) "
            "SELECT fund_id, by_id, -1, '', given, lines FROM ledger_waiting, "
            "generate_series(2, %s) WHERE id = %s",
            [MOST_WAITING, ticket],
        )
    assert isinstance(while_held(server, desk, posted(desk, "after-crowd"))[0], list)
    assert not waiting("after-crowd"), "recorded the slower way"
    assert waiting("crowd") == MOST_WAITING
    aged("crowd")
    act_as(desk.officer)
    turns = 0
    while waiting("crowd"):
        turns += 1
        _turn(desk, ticket + MOST_WAITING - turns)  # each clears some, whoever has it
    assert turns <= MOST_WAITING // 64 + 2, "what others left before is cleared as well"
    assert "crowd" not in keys_of(desk)
    assert_sound(desk)


def test_what_was_left_long_ago_is_not_recorded(server: Embedded, desk: Desk) -> None:
    desk.one(receipt("for-age"))
    ticket = left(desk, "long-ago")
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "UPDATE ledger_waiting SET at = at - interval '11 seconds' WHERE id = %s", [ticket]
        )
    said = while_held(server, desk, posted(desk, "now-1"), posted(desk, "now-2"))
    assert all(isinstance(numbers, list) for numbers in said)
    act_as(desk.officer)
    assert _turn(desk, ticket) == (None, None)
    assert "long-ago" not in keys_of(desk)


def test_what_is_left_for_another_fund_stays_there(server: Embedded, desk: Desk) -> None:
    """The same people have a second fund: its records are taken along in its own log alone."""
    desk.one(receipt("for-second"))
    with acting(desk.officer):
        second = open_fund(desk.officer, desk.fund.mission, "SECOND", "Second", "USD")
    ticket = left(desk, "of-second", place=second.pk)
    said = while_held(server, desk, posted(desk, "of-first-1"), posted(desk, "of-first-2"))
    assert all(isinstance(numbers, list) for numbers in said)
    assert "of-second" not in keys_of(desk)
    act_as(desk.officer)
    assert _turn(desk, ticket) == (None, None), "it is none of the first fund's"
