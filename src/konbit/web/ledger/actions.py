"""What is done to a fund's log: recorded by one person, proposed, approved or refused by another.

Each is one transaction. The log itself is the history: every record says who, who agreed, when, by
which authority and from which document.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from konbit.fund import KINDS, Draft, Record, Role, compose
from konbit.web.bridge import locks
from konbit.web.bridge.locks import Lock
from konbit.web.ledger.at_once import post_at_once
from konbit.web.ledger.identities import opaque
from konbit.web.ledger.loading import Held, hold
from konbit.web.ledger.models import LedgerFund, LedgerProposal, LedgerRefusal
from konbit.web.ledger.recording import is_decided, record_drafts
from konbit.web.ledger.refusing import AlreadyDecidedError, LedgerRefusedError, told
from konbit.web.people.access import demand

if TYPE_CHECKING:
    from collections.abc import Sequence

    from konbit.terms import Finding
    from konbit.web.missions.models import Mission
    from konbit.web.people.models import User


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
    return record_drafts(fund, drafts, actor=user, approver=None, proposal=None)


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
                raise LedgerRefusedError(told("ledger-idempotency", key=drafts[0].key))
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
    return record_drafts(
        fund, drafts_of(proposal), actor=proposal.by, approver=user, proposal=proposal
    )


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
    """The first rule broken, but for those on a second person, who is asked when it is recorded.

    That who proposes may not for what they did before is known already.
    """
    from konbit.fund.rules import RULES

    for code, rule in RULES.items():
        if code not in {"authority", "four-eyes"}:
            for values in rule(record, held.books):
                return told(f"ledger-{code}", kind=record.kind, **values)
    held.books.apply(record)
    return None
