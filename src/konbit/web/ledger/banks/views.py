"""Pages of bank accounts: all of a fund, and one with its statements, where another is sent."""

from __future__ import annotations

import hashlib
from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from konbit.exchange.banks import read_bank_files
from konbit.web.ledger.banks import actions
from konbit.web.ledger.banks.actions import BankRefusedError, Sent
from konbit.web.ledger.banks.forms import StatementFileForm
from konbit.web.ledger.banks.models import BankCertificate, BankStatementRow
from konbit.web.ledger.banks.presenting import (
    Presenter,
    jump_of,
    shown_standing,
    skipped_as,
    worded,
)
from konbit.web.ledger.banks.queries import account_of, accounts_of, bank_currencies
from konbit.web.ledger.banks.states import findings_of_close, standing_of
from konbit.web.ledger.models import LedgerRecord
from konbit.web.ledger.queries import books_of
from konbit.web.ledger.views import fund_named, today
from konbit.web.people.rooms import Visit, in_mission

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from konbit.web.ledger.banks.queries import Account
    from konbit.web.ledger.models import LedgerFund
    from konbit.web.words import PageWords

_MOST_FINDINGS = 50
_LISTED = 60
_LONG = timedelta(days=10)  # without a statement; shorter ones are weekends and feasts
_DAY = timedelta(days=1)


def account_named(request: Visit, code: str, bank: str) -> Account:
    """The account of a code in a fund.

    Raises:
        Http404: the reader sees no such fund, or it has no such account.
        PermissionDenied: the reader sees the fund and not what banks say.
    """
    fund = fund_named(request, code)
    demand_sight(request)
    currency = bank_currencies(fund).get(bank)
    if currency is None:
        raise Http404
    return account_of(fund, bank, currency)


def demand_sight(request: Visit) -> None:
    """Go on only for those who see what banks say.

    Raises:
        PermissionDenied: the reader is none of them.
    """
    if not request.standing.may("see-bank"):
        raise PermissionDenied("see-bank")


@require_safe
@in_mission
def banks(request: Visit, code: str) -> HttpResponse:
    """Every bank account of a fund and how far it was reconciled; closes and what they left out."""
    found = fund_named(request, code)
    demand_sight(request)
    there = accounts_of(found)
    context = {
        "fund": found,
        "rows": [
            shown_standing(standing_of(account, latest(account)), request.words)
            for account in there
        ],
        "closes": list(_closes(found, there, request.words)),
    }
    return render(request, "ledger/banks/banks.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@in_mission
def bank(request: Visit, code: str, bank: str) -> HttpResponse:
    """One account: its statements, and the form by which another is sent."""
    account = account_named(request, code, bank)
    if request.method == "POST" and not request.standing.may("reconcile-bank"):
        raise PermissionDenied("reconcile-bank")
    form = StatementFileForm(words=request.words)
    problems: list[str] = []
    if request.method == "POST":
        form = StatementFileForm(request.POST, request.FILES, words=request.words)
        if form.is_valid():
            form, problems = _sent(request, account, form)
            if not problems:
                return redirect("ledger_bank", request.mission.code, code, bank)
    return _page(request, account, form, problems)


@require_POST
@in_mission
def withdraw(request: Visit, code: str, bank: str) -> HttpResponse:
    """Take a statement back."""
    account = account_named(request, code, bank)
    number = request.POST.get("statement", "")
    rows = {str(row.pk): row for row in account.statements}
    if number not in rows:
        raise Http404
    try:
        why = request.POST.get("why", "").strip()[:500]
        actions.withdraw(request.reader, rows[number], why)
    except BankRefusedError as error:
        return _page(request, account, None, [worded(error.finding, request.words)])
    return redirect("ledger_bank", request.mission.code, code, bank)


def _sent(
    request: Visit, account: Account, form: StatementFileForm
) -> tuple[StatementFileForm, list[str]]:
    """Read a file and keep what it says; the form again, and what stands against it."""
    words, fund = request.words, account.fund
    files = [(str(one.name), one.read()) for one in form.cleaned_data["file"]]
    wishes = form.wishes(secret=fund.salt, currency=account.currency, known=_known_codes(fund))
    reading = read_bank_files(files, wishes)
    told = [worded(found, words) for found in reading.findings[:_MOST_FINDINGS]]
    if not reading.statements:
        again = StatementFileForm(
            request.POST, request.FILES, words=words, headings=reading.headings
        )
        return again, told
    try:
        sent = [
            Sent(one, _digest(files[place][1] for place in source.files), source.is_csv)
            for one, source in zip(reading.statements, reading.sources, strict=True)
        ]
        taken = actions.take_in(request.reader, fund, account.bank, sent)
    except BankRefusedError as error:
        return form, [worded(error.finding, words)]
    for line in (*told, *(worded(one, words) for one in taken.findings[:_MOST_FINDINGS])):
        messages.info(request, line)
    for name, count in (("new", taken.new), ("same", taken.same), ("others", taken.others)):
        if count:
            messages.info(request, words.say(f"bank-taken-{name}", count=count))
    return form, []


def _digest(parts: Iterable[bytes]) -> str:
    """SHA-256 of files one after the other."""
    made = hashlib.sha256()
    for part in parts:
        made.update(part)
    return made.hexdigest()


def _known_codes(fund: LedgerFund) -> set[str]:
    books = books_of(fund)
    groups: Iterable[Iterable[str]] = (books.contributions, books.obligations, books.claims)
    return {code for group in groups for code in group}


def _page(
    request: Visit, account: Account, form: StatementFileForm | None, problems: list[str]
) -> HttpResponse:
    present = Presenter(account, request.words, ())
    counts = Counter(row.statement_id for row in account.rows.values() if row.number)
    before = request.GET.get("before", "")
    chosen = [row for row in account.statements if not before or row.from_on.isoformat() < before]
    rows = [
        {
            "row": row,
            "last_on": row.until_on - _DAY,
            "opening": present.amount(row.opening_minor),
            "closing": present.amount(row.closing_minor),
            "count": counts[row.pk],
        }
        for row in chosen[: -_LISTED - 1 : -1]
    ]
    standing = standing_of(account, latest(account))
    context = {
        "fund": account.fund,
        "account": account,
        "rows": rows,
        "older": chosen[-_LISTED].from_on if len(chosen) > _LISTED else None,
        "gaps": [
            *(jump_of(jump, present) for jump in account.jumps if jump.amount_minor),
            *(skipped_as(one, request.words) for one in account.skipped),
        ],
        "uncovered": [
            jump_of(jump, present)
            for jump in account.jumps
            if not jump.amount_minor and jump.until_on - jump.since_on > _LONG
        ],
        "standing": shown_standing(standing, request.words),
        "open": len(account.open_entries) + len(account.open_cash),
        "form": form or StatementFileForm(words=request.words),
        "problems": problems,
        "is_about_csv": form is not None and form.is_about_csv,
        "may_reconcile": request.standing.may("reconcile-bank"),
        "withdrawn": BankStatementRow.objects.filter(
            fund=account.fund, bank=account.bank, withdrawal__isnull=False
        ).select_related("withdrawal__by"),
        "certificates": BankCertificate.objects.filter(
            fund=account.fund, bank=account.bank
        ).select_related("by")[:12],
    }
    status = 422 if problems or (form is not None and form.errors) else 200
    return render(request, "ledger/banks/bank.html", context, status=status)


def latest(account: Account) -> date:
    """The last day that the bank tells; today before there is a statement."""
    return account.last_on or today()


def _closes(fund: LedgerFund, accounts: list[Account], words: PageWords) -> Iterator[Any]:
    """Each close, the newest first, and how the accounts stand on its last day."""
    from konbit.fund import Record

    rows = LedgerRecord.objects.filter(fund=fund, kind="period_closed").order_by("-sequence")
    for row in rows[:12]:
        body = Record.from_bytes(bytes(row.bytes)).body
        last = date.fromisoformat(body["until_on"]) - _DAY
        standings = [standing_of(account, last) for account in accounts]
        yield {
            "period": body["period"],
            "last_on": last,
            "accounts": [shown_standing(one, words) for one in standings],
            "findings": [worded(found, words) for found in findings_of_close(standings)],
        }
