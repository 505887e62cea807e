"""Pages that show where things stand: each contribution, and each claim until it is paid."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from konbit.fund import Record
from konbit.fund.books import spent_account
from konbit.fund.claiming import arrears_by_contributor, claim_states
from konbit.fund.presented import used_by_gift
from konbit.terms import Money
from konbit.web.bridge.numbers import whole
from konbit.web.ledger.models import LedgerFund, LedgerRecord
from konbit.web.ledger.queries import books_of, last_payments, statement, undone_by
from konbit.web.ledger.views import fund_named, money, today
from konbit.web.people.rooms import Visit, in_mission

if TYPE_CHECKING:
    from collections.abc import Mapping

    from konbit.fund import Books

_MOST_RECEIPTS = 200  # listed on one page, of all contributions; older ones are in the journal


@require_safe
@in_mission
def contributions(request: Visit, code: str) -> HttpResponse:
    """Contributions by stage, what of each was used, and what is frozen."""
    found = fund_named(request, code)
    books = books_of(found)
    now = statement(found, until=(today() + timedelta(days=1)).isoformat())
    purse_of = {gift: body["purse"] for gift, body in books.contributions.items()}
    used = used_by_gift(now, purse_of)
    guessed = {record.body.get("contribution", "") for record in found.placeholders or ()}
    undone, exact = undone_by(found), request.words.money_exact
    received = _received(found, undone)
    rows = [
        {
            "code": gift,
            "records": received.get(gift, ()),
            "placeholder": gift in guessed,
            **books.contributions[gift],
            **{
                stage: exact(Money(figures[stage], figures["currency"]))
                for stage in ("announced", "pledged", "signed", "received")
            },
            **{
                name: exact(money(figures[name], found)) for name in ("value", "refunded", "frozen")
            },
            "used": exact(money(used.get(gift, 0), found)),
        }
        for gift, figures in now["contributions"].items()
    ]
    came = _came(found, request, books, undone)
    return render(request, "ledger/contributions.html", {"fund": found, "rows": rows, "came": came})


def _came(
    fund: LedgerFund, request: Visit, books: Books, undone: Mapping[int, int]
) -> dict[str, object] | None:
    """The money that the address asks for by the number of its record; None where there is none."""
    number = whole(request.GET.get("record", ""))
    if number is None:
        return None
    row = LedgerRecord.objects.filter(fund=fund, kind="received", sequence=number).first()
    if row is None:
        return None
    body = Record.from_bytes(bytes(row.bytes)).body
    gift = books.contributions[str(body["contribution"])]
    amount = Money(body["amount_minor"], str(gift["currency"]))
    told = {"amount": request.words.money_exact(amount), "title": gift["title"]}
    return {"number": row.sequence, "on": row.on, "undone": undone.get(row.sequence), **told}


def _received(
    fund: LedgerFund, undone: Mapping[int, int]
) -> dict[str, list[tuple[int, date, int | None]]]:
    """The newest records of money received, by contribution, newest first.

    Number, day, and the number of the record that reversed it.
    """
    found: dict[str, list[tuple[int, date, int | None]]] = {}
    rows = LedgerRecord.objects.filter(fund=fund, kind="received").order_by("-sequence")
    for row in rows[:_MOST_RECEIPTS]:
        gift = str(Record.from_bytes(bytes(row.bytes)).body["contribution"])
        found.setdefault(gift, []).append((row.sequence, row.on, undone.get(row.sequence)))
    return found


@require_safe
@in_mission
def claims(request: Visit, code: str) -> HttpResponse:
    """Where the money of each claim stands, and since when; what each contributor waits for."""
    found = fund_named(request, code)
    books, exact = books_of(found), request.words.money_exact
    since = _since(found, books)
    rows = [
        {
            "claim": claim,
            "months": [request.words.month(month) for month in claim.months],
            "state_word": f"claim-{claim.state.replace('_', '-')}",
            "since": since.get(claim.claim),
            **{
                name: exact(money(getattr(claim, f"{name}_minor"), found))
                for name in ("claimed", "paid", "acknowledged", "arrears")
            },
            "approved": None
            if claim.state == "claimed"
            else exact(money(claim.approved_minor, found)),
        }
        for claim in claim_states(books)
    ]
    owed = sorted(arrears_by_contributor(books).items())
    arrears = [(who, exact(money(minor, found))) for who, minor in owed]
    months = [
        {
            "unit": unit,
            "month": request.words.month(month),
            "returned": at["returned"],
            "verified": at.get("verified"),
        }
        for (unit, month), at in sorted(books.presence.items())
    ]
    context = {"fund": found, "rows": rows, "arrears": arrears, "months": months}
    return render(request, "ledger/claims.html", context)


def _since(fund: LedgerFund, books: Books) -> dict[str, date]:
    """Day since which each claim stands where it stands."""
    found: dict[str, date] = {}
    steps = ("claimed", "claim_approved", "claim_rejected", "payment_acknowledged")
    rows = LedgerRecord.objects.filter(fund=fund, kind__in=(*steps, "obligated"))
    for row in rows.exclude(kind="obligated", claim__isnull=True).order_by("sequence"):
        claim = row.claim or Record.from_bytes(bytes(row.bytes)).body["claim"]
        found[claim] = row.on
    paid = last_payments(fund)
    for claim, body in books.claims.items():
        for code in body["obligations"]:
            last = paid.get(spent_account(books.obligations[code], code))
            if last is not None and last > found[claim]:
                found[claim] = last
    return found
