"""What waits in the logs of a mission's funds, and who may do something about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from konbit.fund import Record
from konbit.fund.standing import obligation_of
from konbit.terms import Month
from konbit.web.ledger.models import LedgerFund, LedgerRecord
from konbit.web.ledger.queries import claims_on, last_payments, undone_by, waiting
from konbit.web.people.roles import Role
from konbit.web.pledges.reminders import Reminder

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from konbit.fund.standing import Standing as Claim
    from konbit.web.ledger.models import LedgerProposal
    from konbit.web.missions.models import Mission
    from konbit.web.people.access import Standing
    from konbit.web.people.models import User

PROPOSAL_DAYS = 3
CLAIM_DAYS = 30
RECEIPT_DAYS = 30
CLOSE_DAYS = 30
MONEY_DAYS = 30  # for so long a donor is told that money came
MONEY = "reminder-fund-money"
BETWEEN = "~"  # in a reminder's key, between the code of the fund and what waits: no code holds it


@dataclass(frozen=True, slots=True)
class Matter:
    """Something that waits in a fund.

    Attributes:
        reminder: of it.
        verb: what one must be allowed to do; empty where it is for a contributor.
        proposed_by: who asked for it, and so may not agree to it; None where nobody did.
        contributor: whose officers it is for; empty where it is for those who keep the fund.
    """

    reminder: Reminder
    verb: str = ""
    proposed_by: int | None = None
    contributor: str = ""

    def concerns(self, user: User, held: Standing) -> bool:
        """Whether a user may do something about it."""
        if self.contributor:
            return Role.CONTRIBUTOR_OFFICER in held.roles and held.own_code == self.contributor
        return held.may(self.verb) and self.proposed_by != user.pk


def matters(mission: Mission, now: datetime) -> tuple[Matter, ...]:
    """Everything that waits too long in the funds of a mission, fund by fund."""
    today = now.date()
    found: list[Matter] = []
    for fund in LedgerFund.objects.filter(mission=mission):
        own = list(waiting(fund))
        found += _proposals(fund, own, today)
        found += _claims(fund, own, today)
        found += _closes(fund, own, today)
        found += _money(fund, today)
    return tuple(found)


def _reminder(code: str, fund: LedgerFund, what: str, on: date, today: date) -> Reminder:
    key = f"{fund.code}{BETWEEN}{what}"
    return Reminder(f"reminder-fund-{code}", "", key, on, (today - on).days)


def _proposals(fund: LedgerFund, own: Sequence[LedgerProposal], today: date) -> Iterator[Matter]:
    """Records that wait for a second person."""
    for proposal in own:
        on = proposal.at.date()
        if (today - on).days >= PROPOSAL_DAYS:
            said = _reminder("proposal", fund, str(proposal.pk), on, today)
            yield Matter(said, "approve-money", proposed_by=proposal.by_id)


def _claims(fund: LedgerFund, own: Sequence[LedgerProposal], today: date) -> Iterator[Matter]:
    """Claims that nobody has decided or proposed to decide, and payments that nobody confirmed."""
    claims = claims_on(fund, today)
    proposed = {
        draft["body"].get("claim")
        for proposal in own
        for draft in proposal.drafts
        if draft["kind"] == "claim_approved"
    }
    for code, claim in claims.items():
        waits = (today - claim.claimed_on).days >= CLAIM_DAYS
        if claim.approved_minor is None and waits and code not in proposed:
            said = _reminder("claim", fund, code, claim.claimed_on, today)
            yield Matter(said, "post-money")
    yield from _receipts(fund, claims, today)


def _receipts(fund: LedgerFund, claims: dict[str, Claim], today: date) -> Iterator[Matter]:
    confirmed: dict[str, int] = {}
    rows = LedgerRecord.objects.filter(fund=fund, kind="payment_acknowledged")
    for line in rows.values_list("bytes", flat=True):
        body = Record.from_bytes(bytes(line)).body
        confirmed[body["claim"]] = confirmed.get(body["claim"], 0) + body["amount_minor"]
    last = {obligation_of(account): on for account, on in last_payments(fund).items()}
    for code, claim in claims.items():
        days = [last[obligation] for obligation in claim.obligations if obligation in last]
        if not days or confirmed.get(code, 0) >= claim.paid_minor:
            continue
        if (today - max(days)).days >= RECEIPT_DAYS:
            said = _reminder("receipt", fund, code, max(days), today)
            yield Matter(said, contributor=claim.contributor)


def _money(fund: LedgerFund, today: date) -> Iterator[Matter]:
    """Money that was recorded lately, for its donor; not of a log put together afterwards."""
    rows = LedgerRecord.objects.filter(fund=fund)
    lately = rows.filter(kind="received", known_on__gt=today - timedelta(days=MONEY_DAYS))
    received = [Record.from_bytes(bytes(line)) for line in lately.values_list("bytes", flat=True)]
    if not received or fund.is_reconstruction:
        return
    opened = rows.filter(kind="contribution_opened").values_list("bytes", flat=True)
    bodies = [Record.from_bytes(bytes(line)).body for line in opened]
    donors = {body["contribution"]: str(body["donor"]) for body in bodies}
    gone = undone_by(fund)
    for record in received:
        if record.sequence not in gone:
            on = date.fromisoformat(record.on)
            said = _reminder("money", fund, str(record.sequence), on, today)
            yield Matter(said, contributor=donors[record.body["contribution"]])


def month_to_close(fund: LedgerFund, today: date) -> Month | None:
    """The oldest month that is over and not closed; none of a log put together afterwards."""
    first = fund.records.filter(sequence=0).first()
    if first is None or fund.is_reconstruction:
        return None
    month = Month.of(fund.closed_until or first.on)
    return month if (month + 1).first_on <= today else None


def _closes(fund: LedgerFund, own: Sequence[LedgerProposal], today: date) -> Iterator[Matter]:
    """The month to close, unless somebody has proposed it."""
    month = month_to_close(fund, today)
    if month is None:
        return
    if any(draft["kind"] == "period_closed" for proposal in own for draft in proposal.drafts):
        return
    over_on = (month + 1).first_on
    if (today - over_on).days >= CLOSE_DAYS:
        said = _reminder("close", fund, str(month), over_on - timedelta(days=1), today)
        yield Matter(said, "post-money")
