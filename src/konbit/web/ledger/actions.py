"""What is done to a fund's log: recorded by one person, proposed, approved or refused by another.

Each is one transaction. The log itself is the history: every record says who, who agreed, when, by
which authority and from which document.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from procrastinate.contrib.django import app

from konbit.fund import KINDS, REGISTRY, Draft, Record, Role, admit, compose
from konbit.terms import Severity
from konbit.terms.finding import finding
from konbit.web.bridge import locks
from konbit.web.bridge.locks import Lock
from konbit.web.ledger.at_once import post_at_once
from konbit.web.ledger.loading import Held, hold, keep
from konbit.web.ledger.models import LedgerFund, LedgerProposal, LedgerRefusal
from konbit.web.people.access import demand
from konbit.web.people.roles import LEDGER_ROLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from konbit.terms import Finding
    from konbit.web.missions.models import Mission
    from konbit.web.people.models import User

REFUSED_BY_RULE = "23514"  # SQLSTATE of our own refusals in the database


class LedgerRefusedError(Exception):
    """A rule does not allow a record; `finding` says which rule, of which draft."""

    def __init__(self, finding: Finding, number: int = 0) -> None:
        super().__init__(finding.code)
        self.finding = finding
        self.number = number


class AlreadyDecidedError(Exception):
    """A proposal was approved, refused or taken back before."""


def opaque(fund: LedgerFund, user: User) -> str:
    """By what a user is known in the log; only who knows the fund's secret can tell who it is."""
    text = f"{fund.salt}:{user.pk}".encode()
    return f"p-{hashlib.sha256(text).hexdigest()[:20]}"


def open_fund(user: User, mission: Mission, code: str, title: str, currency: str) -> LedgerFund:
    """Make a fund whose log is empty; its first record is proposed with `opening`.

    Raises:
        PermissionDenied: the user may not.
    """
    demand(user, mission, "post-money")
    return LedgerFund.objects.create(mission=mission, code=code, title=title, currency=currency)


def opening(fund: LedgerFund, officer: User, approver: User, *, on: str, authority: str) -> Draft:
    """The draft that opens a log, with its two founders."""
    founders = [
        {"who": opaque(fund, officer), "role": str(Role.OFFICER), "party": ""},
        {"who": opaque(fund, approver), "role": str(Role.APPROVER), "party": ""},
    ]
    body = {
        "on": on,
        "title": fund.title,
        "currency": fund.currency,
        "mission": fund.mission.code,
        "reconstruction": False,
        "founders": founders,
    }
    return Draft(kind="fund_opened", body=body, key="opened", authority=authority)


def post(user: User, fund: LedgerFund, drafts: Sequence[Draft]) -> list[int]:
    """Record what needs one person; numbers of the records. Sent again, the same numbers.

    Raises:
        PermissionDenied: the user may not, or a second person is needed.
        LedgerRefusedError: a rule does not allow one of them; none is recorded.
    """
    if any(draft.kind not in KINDS or KINDS[draft.kind].two for draft in drafts):
        raise PermissionDenied("second-person")
    numbers = post_at_once(opaque(fund, user), fund, drafts)
    if numbers is not None:
        return numbers
    return _record(fund, drafts, actor=user, approver=None, proposal=None)


def propose(
    user: User, fund: LedgerFund, drafts: Sequence[Draft], *, why: str = ""
) -> LedgerProposal:
    """Ask a second person. The drafts are tried on the books as they are now.

    Raises:
        PermissionDenied: the user may not.
        LedgerRefusedError: a rule would not allow one of them now.
    """
    demand(user, fund.mission, "post-money")
    with transaction.atomic():
        held = hold(fund, drafts)  # first: of two who send the same at once, one waits here
        there = LedgerProposal.objects.filter(fund=fund, first_key=drafts[0].key).first()
        if there is not None:
            if there.drafts != [written(draft) for draft in drafts]:
                raise LedgerRefusedError(_told("ledger-idempotency", key=drafts[0].key))
            return there
        _tried(fund, drafts, user, held)
        return LedgerProposal.objects.create(
            fund=fund,
            by=user,
            why=why,
            drafts=[written(draft) for draft in drafts],
            first_key=drafts[0].key,
        )


def approve(user: User, proposal: LedgerProposal) -> list[int]:
    """Record what another proposed; numbers of the records.

    Raises:
        PermissionDenied: the user may not, or proposed it.
        AlreadyDecidedError: it was decided before.
        LedgerRefusedError: a rule does not allow it any more; nothing is recorded.
    """
    fund = proposal.fund
    if proposal.by_id == user.pk:
        raise PermissionDenied("second-person")
    return _record(fund, drafts_of(proposal), actor=proposal.by, approver=user, proposal=proposal)


def refuse(user: User, proposal: LedgerProposal, why: str) -> LedgerRefusal:
    """Refuse a proposal as second person, or take one's own back.

    Raises:
        PermissionDenied: the user is neither.
        AlreadyDecidedError: it was decided before.
    """
    if proposal.by_id != user.pk:
        demand(user, proposal.fund.mission, "approve-money")
    with transaction.atomic():
        locks.hold(Lock.FUND, proposal.fund_id)
        if is_decided(proposal):
            raise AlreadyDecidedError
        return LedgerRefusal.objects.create(proposal=proposal, fund=proposal.fund, by=user, why=why)


def is_decided(proposal: LedgerProposal) -> bool:
    """Whether somebody approved, refused or took it back."""
    is_refused = LedgerRefusal.objects.filter(proposal=proposal).exists()
    return (
        is_refused or LedgerProposal.objects.filter(pk=proposal.pk, append__isnull=False).exists()
    )


def written(draft: Draft) -> dict[str, Any]:
    """A draft as a proposal keeps it."""
    return {
        "kind": draft.kind,
        "body": dict(draft.body),
        "key": draft.key,
        "authority": draft.authority,
        "document_sha256": draft.document_sha256,
    }


def drafts_of(proposal: LedgerProposal) -> list[Draft]:
    """The drafts that a proposal keeps."""
    return [Draft(**held) for held in proposal.drafts]


def _tried(fund: LedgerFund, drafts: Sequence[Draft], user: User, held: Held) -> None:
    """See whether drafts would be allowed, as far as can be said before somebody approves."""
    if held.books.size:
        for number, draft in enumerate(drafts):
            record = compose(
                draft,
                held.books,
                actor=opaque(fund, user),
                approver=None,
                recorded_at=held.now,
                fund=fund.code,
            )
            problem = _without_people(record, held)
            if problem is not None:
                raise LedgerRefusedError(problem, number)


def _without_people(record: Record, held: Held) -> Finding | None:
    """The first rule broken, but for those on people, who are asked when it is recorded."""
    from konbit.fund.rules import RULES

    for code, rule in RULES.items():
        if code not in {"authority", "four-eyes", "segregation"}:
            for values in rule(record, held.books):
                return _told(f"ledger-{code}", kind=record.kind, **values)
    held.books.apply(record)
    return None


def _record(
    fund: LedgerFund,
    drafts: Sequence[Draft],
    *,
    actor: User,
    approver: User | None,
    proposal: LedgerProposal | None,
) -> list[int]:
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
        raise _refusal(error) from error
    return numbers


def _flush() -> None:
    """Wait until everything that was committed before is on disk; many wait for one write.

    The log is let go of at commit, before the disk has it, so that others need not wait for the
    disk one after the other. Nobody is told that a record is kept before this has passed.
    """
    with connection.cursor() as cursor:
        # A transaction that writes to the write-ahead log, after ours: its commit takes ours along.
        cursor.execute("SELECT pg_logical_emit_message(true, 'konbit', '')")


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
            raise LedgerRefusedError(_told("ledger-idempotency", key=draft.key))
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
    everything = [*(() if is_first else _roles(fund, held, actor, approver)), *drafts]
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


def _roles(fund: LedgerFund, held: Held, actor: User, approver: User | None) -> Iterator[Draft]:
    """Drafts that bring the log's roles of these people in line with the register of people."""
    for user in (actor, approver) if approver is not None else (actor,):
        who = opaque(fund, user)
        held_now = _roles_given(user, fund, held)
        held_there = {grant for grant in held.books.grants if grant[0] == who}
        for kind, grants in (
            ("actor_granted", held_now - held_there),
            ("actor_ended", held_there - held_now),
        ):
            for _, role, party in sorted(grants):
                yield Draft(
                    kind=kind,
                    body={"on": held.now[:10], "who": who, "role": role, "party": party},
                    key=f"{kind}-{who}-{role}-{held.books.size}",
                    authority="Register of people",
                )


def _roles_given(user: User, fund: LedgerFund, held: Held) -> set[tuple[str, str, str]]:
    """What the register of people lets a user do in a fund's log."""
    found = held.trusted.get(user.pk)
    if found is None:
        return set()
    who = opaque(fund, user)
    return {
        (who, ours, found.own_code if ours == Role.CONTRIBUTOR else "")
        for ours, theirs in LEDGER_ROLES.items()
        if theirs in found.roles
    }


def _append(fund: LedgerFund, lines: list[bytes], proposal: LedgerProposal | None) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT konbit_ledger_append(%s, %s, %s)",
            [fund.pk, b"\n".join(lines).decode(), proposal.pk if proposal else None],
        )
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def _refusal(error: DatabaseError) -> Exception:
    """The database's own refusal as a finding; anything else as it is."""
    cause = error.__cause__
    state = getattr(cause, "sqlstate", "")
    said = str(getattr(getattr(cause, "diag", None), "message_primary", ""))
    if state == REFUSED_BY_RULE and said.startswith("ledger-"):
        return LedgerRefusedError(_told(said))
    return error


def _told(code: str, **values: Any) -> Finding:
    return finding(code, Severity.ERROR, **values)
