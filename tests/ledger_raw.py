"""What a session of the role that serves says to the ledger in raw SQL, and records to send it.

Nothing of our Python stands between: what refuses here is the database. The sessions are those of
an officer or an approver, who may do most.
"""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.db import DatabaseError, connections, transaction

from konbit.fund import Record
from konbit.web.ledger.actions import propose
from konbit.web.ledger.identities import opaque
from konbit.web.ledger.models import LedgerProposal, LedgerRecord
from konbit.web.people.acting import act_as, acting
from ledger_fund import Desk, allotment, desk_of

if TYPE_CHECKING:
    from konbit.web.people.models import User
    from web_world import World


def desk_of_officer(world: World) -> Desk:
    """A fund with money and an allotment, as its officer."""
    made = desk_of(world, money=1_000)
    made.two(allotment("A1", 600))
    act_as(made.officer)
    return made


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


def usd(*moves: tuple[str, int]) -> list[list[Any]]:
    return [[account, "USD", amount, amount] for account, amount in moves]


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
