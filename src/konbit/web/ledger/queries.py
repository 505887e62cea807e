"""What may be asked of the ledgers of a mission's funds."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import Max, Sum

from konbit.fund import Books, Record
from konbit.fund.kinds import MANY
from konbit.fund.standing import DECIDING, Standing, paid, standings
from konbit.fund.statement import Sums, statement_from, take_opened
from konbit.web.ledger.models import (
    LedgerBalance,
    LedgerFund,
    LedgerPosting,
    LedgerProposal,
    LedgerRecord,
)
from konbit.web.people.access import readable_missions

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from konbit.web.missions.models import Mission
    from konbit.web.people.models import User

# What opens nothing, so that its balances tell all of it.
_BALANCES_ONLY = tuple(kind for kind in MANY if kind not in {"allotted", "obligated"})
_OPENS = (
    "fund_opened",
    "purse_opened",
    "bank_opened",
    "contribution_opened",
    "announced",
    "pledged",
    "withdrawn",
    "expired",
)


def funds_for(user: User, mission: Mission) -> QuerySet[LedgerFund]:
    """Funds of a mission that a user may see."""
    return LedgerFund.objects.filter(mission=mission, mission__in=readable_missions(user))


def undone_by(fund: LedgerFund) -> dict[int, int]:
    """Numbers of records that were reversed, each with that of its reversal."""
    rows = LedgerRecord.objects.filter(fund=fund, kind="reversed").values_list("sequence", "bytes")
    return {Record.from_bytes(bytes(line)).body["sequence"]: number for number, line in rows}


def waiting(fund: LedgerFund) -> QuerySet[LedgerProposal]:
    """Proposals that nobody has decided yet, the oldest first: a later one may rest on it."""
    return _undecided().filter(fund=fund)


def waiting_in(user: User, mission: Mission) -> QuerySet[LedgerProposal]:
    """The same for every fund of a mission that a user may see."""
    found = _undecided().filter(fund__in=funds_for(user, mission))
    return found.select_related("fund", "fund__mission", "by", "by__organisation")


def _undecided() -> QuerySet[LedgerProposal]:
    found = LedgerProposal.objects.filter(append__isnull=True, refusal__isnull=True)
    return found.select_related("by", "by__organisation").order_by("pk")


def statement(
    fund: LedgerFund,
    *,
    until: str,
    known_until: str | None = None,
    known_before: int | None = None,
) -> dict[str, Any]:
    """The statement on the day before `until`, as `konbit.fund.statement` makes it from a log."""
    sums = Sums(fund=fund.code, currency=fund.currency)  # named whatever the day
    records = LedgerRecord.objects.filter(fund=fund, kind__in=_OPENS, on__lt=until)
    if known_until is not None:
        records = records.filter(known_on__lte=known_until)
    if known_before is not None:
        records = records.filter(sequence__lt=known_before)
    for line in records.order_by("sequence").values_list("bytes", flat=True):
        record = Record.from_bytes(bytes(line))
        take_opened(sums, record.kind, record.fund, record.body)
    sums.lines = _lines(fund, until, known_until, known_before)
    return statement_from(sums, until=until, known_until=known_until, known_before=known_before)


# Sums of whole blocks of records, and the postings after the last block that counts.
_LINES = """WITH summed AS (SELECT coalesce(max(s.until), 0) AS until FROM ledger_sum s
    WHERE s.fund_id = %(fund)s AND s.until <= %(before)s)
SELECT statement_line, currency, sum(amount_minor)::bigint, sum(value_minor)::bigint
FROM (SELECT s.statement_line, s.currency, s.amount_minor, s.value_minor FROM ledger_sum s
    WHERE s.fund_id = %(fund)s AND s.until <= %(before)s AND s."on" < %(until)s
    AND s.known_on <= %(known_until)s
UNION ALL SELECT p.statement_line, p.currency, p.amount_minor, p.value_minor FROM ledger_posting p
    WHERE p.fund_id = %(fund)s AND p.sequence >= (SELECT until FROM summed)
    AND p.sequence < %(before)s AND p."on" < %(until)s AND p.known_on <= %(known_until)s) counted
GROUP BY statement_line, currency"""


def _lines(
    fund: LedgerFund, until: str, known_until: str | None, known_before: int | None
) -> dict[tuple[str, str], tuple[int, int]]:
    with connection.cursor() as cursor:
        cursor.execute(
            _LINES,
            {
                "fund": fund.pk,
                "until": until,
                "known_until": known_until or "9999-12-31",
                "before": known_before if known_before is not None else 2**62,
            },
        )
        return {(line, money): (amount, value) for line, money, amount, value in cursor.fetchall()}


def books_of(fund: LedgerFund) -> Books:
    """Books with all that was opened and decided, and with every balance; not for posting."""
    books = Books()
    lines = LedgerRecord.objects.filter(fund=fund).exclude(kind__in=_BALANCES_ONLY)
    for line in lines.order_by("sequence").values_list("bytes", flat=True):
        books.learn(Record.from_bytes(bytes(line)))
    for row in LedgerBalance.objects.filter(fund=fund):
        books.balances[(row.account, row.currency)] = (row.amount_minor, row.value_minor)
    books.size = fund.size
    return books


def claims_on(fund: LedgerFund, on: date, known: date | None = None) -> dict[str, Standing]:
    """Claims by code as they stood at the end of a day, as known on a day."""
    until = (on + timedelta(days=1)).isoformat()
    records = LedgerRecord.objects.filter(fund=fund, kind__in=DECIDING)
    # Of the many obligations, those that pay a claim.
    records = records.exclude(kind="obligated", claim__isnull=True).order_by("sequence")
    lines = records.values_list("bytes", flat=True)
    found = standings(
        (Record.from_bytes(bytes(line)) for line in lines),
        until=until,
        known_until=known.isoformat() if known else None,
    )
    posted = LedgerPosting.objects.filter(fund=fund, account__startswith="spent:", on__lt=until)
    if known is not None:
        posted = posted.filter(known_on__lte=known)
    paid(found, dict(posted.values_list("account").annotate(paid=Sum("amount_minor"))))
    return found


def last_payments(fund: LedgerFund) -> dict[str, Any]:
    """Day of the last payment or return of each obligation, by account of what it has paid."""
    posted = LedgerPosting.objects.filter(fund=fund, account__startswith="spent:")
    return dict(posted.values_list("account").annotate(last=Max("on")))
