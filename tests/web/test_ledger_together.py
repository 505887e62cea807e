"""Several people's records in one commit: in sessions of their own, and who breaks a rule alone."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from django.db import DatabaseError, connection

from konbit.fund import Record, replay
from konbit.web.ledger import at_once
from konbit.web.ledger.actions import LedgerRefusedError, opaque, post
from konbit.web.ledger.loading import lend
from konbit.web.ledger.models import LedgerAppend, LedgerFund, LedgerRecord
from konbit.web.people.acting import act_as
from ledger_fund import Desk, draft
from ledger_people import desk_of_their_own

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from konbit.web.serving.embedded import Embedded

GIFT = {"contribution": "USA-1", "bank": "MAIN"}


@pytest.fixture(scope="module")
def desk(server: Embedded) -> Iterator[Desk]:
    """A fund in a mission where nobody else is, for what is committed stays."""
    made = desk_of_their_own("TOGETHER")
    act_as(made.officer)
    post(made.officer, made.fund, [draft("received", **GIFT, amount_minor=5)])
    yield made
    act_as(None)


def receipt(key: str, amount: int = 5) -> Any:
    return draft("received", **GIFT, amount_minor=amount, key=key)


def while_held(server: Embedded, desk: Desk, *wants: Callable[[], Any]) -> list[Any]:
    """What each is told who wanted something while another held the log."""
    said: list[Any] = [None] * len(wants)

    def want(number: int) -> None:
        act_as(desk.officer)
        try:
            said[number] = wants[number]()
        except LedgerRefusedError as error:
            said[number] = error.finding.code
        except DatabaseError as error:
            said[number] = str(error.__cause__).splitlines()[0]
        finally:
            connection.close()

    with psycopg.connect(server.url("postgres")) as holder:
        holder.execute("SELECT pg_advisory_xact_lock(7302, %s)", [desk.fund.pk])
        threads = [threading.Thread(target=want, args=(number,)) for number in range(len(wants))]
        for number, thread in enumerate(threads):
            thread.start()
            _until(lambda: _waiting(holder, desk) > number)  # noqa: B023 # it is called here only
        holder.rollback()
    for thread in threads:
        thread.join()
    return said


def _waiting(holder: psycopg.Connection, desk: Desk) -> int:
    found = holder.execute(
        "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND classid = 7302 "
        "AND objid = %s AND NOT granted",
        [desk.fund.pk],
    ).fetchone()
    return int(found[0]) if found else 0


def _until(question: Callable[[], bool]) -> None:
    end = time.monotonic() + 30
    while not question():
        assert time.monotonic() < end
        time.sleep(0.01)


def posted(desk: Desk, *keys: str, amount: int = 5) -> Callable[[], list[int]]:
    """Somebody who posts receipts."""
    fund = LedgerFund.objects.select_related("mission").get(pk=desk.fund.pk)
    return lambda: post(desk.officer, fund, [receipt(key, amount) for key in keys])


def raw(desk: Desk, key: str, swap: tuple[str, str]) -> Callable[[], Any]:
    """Somebody who sends records without the program, with one word swapped for another."""
    with lend(desk.fund) as (books, leaf):
        asked = at_once._asked(
            opaque(desk.fund, desk.officer), desk.fund, [receipt(key)], books, leaf
        )
    assert asked is not None
    asked[-1] = asked[-1].replace(*swap)

    def call() -> Any:
        with connection.cursor() as cursor:
            cursor.execute(at_once._RECORD, asked)
            return cursor.fetchone()

    return call


def test_those_who_wait_are_recorded_in_one_commit(server: Embedded, desk: Desk) -> None:
    said = while_held(server, desk, *(posted(desk, f"w{n}", f"v{n}") for n in range(5)))
    assert sorted(number for numbers in said for number in numbers) == list(
        range(min(said)[0], min(said)[0] + 10)
    )
    act_as(desk.officer)
    for number, numbers in enumerate(said):
        keys = LedgerRecord.objects.filter(fund=desk.fund, sequence__in=numbers)
        assert [row.key for row in keys] == [f"w{number}", f"v{number}"]
    entries = LedgerAppend.objects.filter(fund=desk.fund, first__in=[told[0] for told in said])
    assert len({entry.transaction for entry in entries}) == 1
    assert {entry.by_id for entry in entries} == {desk.officer.pk}
    _assert_sound(desk)


def test_who_breaks_a_rule_breaks_it_for_nobody_else(server: Embedded, desk: Desk) -> None:
    """One takes more than there is, one speaks for another, one does not balance, one twice."""
    other = (opaque(desk.fund, desk.officer), opaque(desk.fund, desk.approver))
    said = while_held(
        server,
        desk,
        posted(desk, "good-1"),
        posted(desk, "too-much", amount=10**15),
        raw(desk, "forged", other),
        raw(desk, "unbalanced", ('["free:A","USD",5,5]', '["free:A","USD",6,6]')),
        raw(desk, "numbered", ('"sequence":\x02', '"sequence":3')),
        raw(desk, "early", ('"recorded_at":"\x01"', '"recorded_at":"2026-01-01T00:00:00.000000Z"')),
        posted(desk, "good-2"),
        posted(desk, "good-1"),
    )
    refused = ["overdrawn", "authority", "zero-sum", "sequence", "clock"]
    assert said[1:6] == [f"ledger-{code}" for code in refused]
    assert said[0] == said[7] != said[6]
    _assert_sound(desk)


def test_with_other_facts_the_sender_looks_again(desk: Desk) -> None:
    """A new purse, another's log, other roles: nothing is recorded on what was known before."""
    assert desk.one(receipt("known"))
    with lend(desk.fund) as (books, leaf):
        asked = at_once._asked(
            opaque(desk.fund, desk.officer), desk.fund, [receipt("old")], books, leaf
        )
    assert asked is not None
    lies = ([*asked[:1], 1, *asked[2:]], [*asked[:2], "00" * 32, *asked[3:]],
            [*asked[:3], ["approver:", "officer:"], asked[4]])  # fmt: skip
    for lie in lies:
        with connection.cursor() as cursor:
            cursor.execute(at_once._RECORD, lie)
            assert cursor.fetchone() == (None,)
    desk.one(draft("announced", contribution="USA-1", amount_minor=7))
    with connection.cursor() as cursor:
        cursor.execute(at_once._RECORD, asked)
        assert cursor.fetchone() == (None,)
    assert desk.one(receipt("old"))


def _assert_sound(desk: Desk) -> None:
    act_as(desk.officer)
    records = LedgerRecord.objects.filter(fund=desk.fund).order_by("sequence")
    read = [Record.from_bytes(bytes(line)) for line in records.values_list("bytes", flat=True)]
    assert replay(read)[1] is None
