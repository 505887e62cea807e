"""How records come into a log: asked by every rule while the log is held, then appended."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import DatabaseError, connection, transaction
from procrastinate.contrib.django import app

from konbit.fund import REGISTRY, Draft, Record, admit, compose
from konbit.web.ledger.identities import opaque, roles
from konbit.web.ledger.loading import Held, hold, keep
from konbit.web.ledger.models import LedgerFund, LedgerProposal, LedgerRefusal
from konbit.web.ledger.refusing import AlreadyDecidedError, LedgerRefusedError, refusal, told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from konbit.web.people.models import User


def record_drafts(
    fund: LedgerFund,
    drafts: Sequence[Draft],
    *,
    actor: User,
    approver: User | None,
    proposal: LedgerProposal | None,
) -> list[int]:
    """Record drafts in one transaction, and wait for the disk; numbers of the records.

    Args:
        fund: whose log.
        drafts: what is wanted.
        actor: who asked for it.
        approver: the second person, where one is needed.
        proposal: what that person approves.

    Raises:
        PermissionDenied: one of them may not.
        AlreadyDecidedError: the proposal was decided before.
        LedgerRefusedError: a rule does not allow one of them; none is recorded.
    """
    flushes_later = not connection.in_atomic_block
    people = [actor] if approver is None else [actor, approver]
    try:
        with transaction.atomic():
            held = hold(fund, drafts, people, flushes_later=flushes_later)
            held.demand(approver or actor, "enter-ledger" if approver is None else "approve-money")
            if held.known:
                numbers = _again(fund, drafts, held)
            elif proposal is not None and is_decided(proposal):
                raise AlreadyDecidedError
            else:
                lines = _composed(fund, drafts, held, actor, approver)
                until = _append(fund, lines, proposal) + len(lines)
                numbers = list(range(until - len(drafts), until))
                transaction.on_commit(lambda: keep(fund, held.books, lines[-1]))
                if any(draft.kind == "period_closed" for draft in drafts):
                    _ask_for_checkpoint(fund)
        if flushes_later:
            _flush()
    except DatabaseError as error:
        raise refusal(error) from error
    return numbers


def is_decided(proposal: LedgerProposal) -> bool:
    """Whether somebody approved, refused or took it back."""
    is_refused = LedgerRefusal.objects.filter(proposal=proposal).exists()
    return (
        is_refused or LedgerProposal.objects.filter(pk=proposal.pk, append__isnull=False).exists()
    )


def _flush() -> None:
    """Wait until everything that was committed before is on disk; many wait for one write.

    The log is let go of at commit, before the disk has it, so that others need not wait for the
    disk one after the other. Nobody is told that a record is kept before this has passed.
    """
    with connection.cursor() as cursor:
        # A transaction that writes to the write-ahead log, after ours: its commit takes ours along.
        cursor.execute("SELECT konbit_ledger_waits(), pg_logical_emit_message(true, 'konbit', '')")


def _ask_for_checkpoint(fund: LedgerFund) -> None:
    """A close is signed at once, in the background; `konbit.web.transparency` does it."""
    app.configure_task("checkpoint-fund", queue="ledger").defer(fund=fund.pk)


def _again(fund: LedgerFund, drafts: Sequence[Draft], held: Held) -> list[int]:
    """Numbers of records that were recorded before, if they are just these drafts."""
    _flush()  # they may be another's, who still waits for the disk
    numbers = [held.known.get(draft.key, -1) for draft in drafts]
    found = fund.records.filter(sequence__in=numbers).values_list("key", "bytes")
    before = {key: Record.from_bytes(bytes(line)) for key, line in found}
    for draft in drafts:
        record = before.get(draft.key)
        if record is None or record.kind != draft.kind or _bare(record) != dict(draft.body):
            raise LedgerRefusedError(told("ledger-idempotency", key=draft.key))
    return numbers


def _bare(record: Record) -> dict[str, Any]:
    return {name: value for name, value in record.body.items() if name != "postings"}


def _composed(
    fund: LedgerFund, drafts: Sequence[Draft], held: Held, actor: User, approver: User | None
) -> list[bytes]:
    """The bytes of the records that drafts become, after those that say who holds which role."""
    lines: list[bytes] = []
    names = {"actor": opaque(fund, actor), "approver": opaque(fund, approver) if approver else None}
    is_first = held.books.size == 0
    everything = [*(() if is_first else roles(fund, held, actor, approver)), *drafts]
    for number, draft in enumerate(everything):
        is_of_registry = draft.kind in {"actor_granted", "actor_ended"}
        record = compose(
            draft,
            held.books,
            actor=REGISTRY if is_of_registry else str(names["actor"]),
            approver=names["approver"],
            recorded_at=held.now,
            fund=fund.code,
        )
        problem = admit(record, held.books)
        if problem is not None:
            raise LedgerRefusedError(problem, number - (len(everything) - len(drafts)))
        lines.append(record.to_bytes())
    return lines


def _append(fund: LedgerFund, lines: list[bytes], proposal: LedgerProposal | None) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT konbit_ledger_append(%s, %s, %s)",
            [fund.pk, b"\n".join(lines).decode(), proposal.pk if proposal else None],
        )
        row = cursor.fetchone()
    return int(row[0]) if row else 0
