"""People who want to record while somebody else holds the log, and what they leave there."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import psycopg
from django.db import DatabaseError, connection

from konbit.fund import Record, replay
from konbit.web.bridge.locks import Lock
from konbit.web.ledger import at_once
from konbit.web.ledger.actions import post
from konbit.web.ledger.identities import opaque
from konbit.web.ledger.loading import lend
from konbit.web.ledger.models import LedgerFund, LedgerRecord
from konbit.web.ledger.refusing import LedgerRefusedError
from konbit.web.people.acting import act_as
from ledger_fund import Desk, draft
from ledger_people import desk_of_their_own

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from konbit.web.people.models import User
    from konbit.web.serving.embedded import Embedded

GIFT = {"contribution": "USA-1", "bank": "MAIN"}


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
        holder.execute("SELECT pg_advisory_xact_lock(%s, %s)", [Lock.FUND.value, desk.fund.pk])
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


def asked_of(desk: Desk, key: str, who: User | None = None) -> list[Any]:
    """What the database is asked to record for the officer, or for another in their own name."""
    with lend(desk.fund) as (books, leaf):
        asked = at_once._asked(
            opaque(desk.fund, who or desk.officer), desk.fund, [receipt(key)], books, leaf
        )
    assert asked is not None
    return asked


def raw(desk: Desk, key: str, swap: tuple[str, str]) -> Callable[[], Any]:
    """Somebody who sends records without the program, with one word swapped for another."""
    asked = asked_of(desk, key)
    asked[-1] = asked[-1].replace(*swap)

    def call() -> Any:
        with connection.cursor() as cursor:
            cursor.execute(at_once._RECORD, asked)
            return cursor.fetchone()

    return call


def assert_sound(desk: Desk) -> None:
    act_as(desk.officer)
    records = LedgerRecord.objects.filter(fund=desk.fund).order_by("sequence")
    read = [Record.from_bytes(bytes(line)) for line in records.values_list("bytes", flat=True)]
    assert replay(read)[1] is None


def left(desk: Desk, key: str, who: User | None = None, **change: Any) -> int:
    """Somebody's records left in the waiting table, and nobody there to wait; the ticket."""
    names = ("place", "since", "leaf", "given", "sent")
    asked = {**dict(zip(names, asked_of(desk, key), strict=True)), **change}
    with psycopg.connect(**connection.get_connection_params()) as session:
        session.execute(
            "SELECT set_config('konbit.user', %s, false)", [str((who or desk.officer).pk)]
        )
        with held(asked["place"]):
            found = session.execute(
                "SELECT ticket FROM konbit_ledger_post(%(place)s, %(since)s, %(leaf)s, %(given)s, "
                "%(sent)s)",
                asked,
            ).fetchone()
    assert found is not None
    return int(found[0])


@contextmanager
def funded_desk(name: str) -> Iterator[Desk]:
    """A fund in a mission where nobody else is, for what is committed stays; with a first gift."""
    made = desk_of_their_own(name)
    act_as(made.officer)
    post(made.officer, made.fund, [draft("received", **GIFT, amount_minor=5)])
    yield made
    act_as(None)


@contextmanager
def held(place: int) -> Iterator[None]:
    """Somebody else holds the log of a fund."""
    with psycopg.connect(**connection.get_connection_params()) as holder:
        holder.execute("SELECT pg_advisory_xact_lock(%s, %s)", [Lock.FUND.value, place])
        yield
        holder.rollback()


def keys_of(desk: Desk) -> list[str]:
    act_as(desk.officer)
    found = LedgerRecord.objects.filter(fund=desk.fund).order_by("sequence")
    return list(found.values_list("key", flat=True))
