"""Pages of bank accounts: all of a fund, one with its statements, and its reconciliation."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from konbit.exchange.banks import read_bank_file
from konbit.fund.transparency import canonical
from konbit.web.bridge.addresses import in_address
from konbit.web.ledger.banks import actions, sheet
from konbit.web.ledger.banks.actions import BankRefusedError
from konbit.web.ledger.banks.forms import StatementFileForm
from konbit.web.ledger.banks.models import BankCertificate, BankStatementRow
from konbit.web.ledger.banks.presenting import (
    Presenter,
    jump_of,
    of_account,
    shown_standing,
    worded,
)
from konbit.web.ledger.banks.queries import account_of, bank_currencies
from konbit.web.ledger.banks.states import Standing, findings_of_close, standing_of, standings_on
from konbit.web.ledger.models import LedgerRecord
from konbit.web.ledger.queries import books_of
from konbit.web.ledger.views import fund_named, today
from konbit.web.people.rooms import Visit, in_mission

if TYPE_CHECKING:
    from collections.abc import Iterable

    from konbit.web.ledger.banks.queries import Account
    from konbit.web.ledger.models import LedgerFund
    from konbit.web.words import PageWords

_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MOST_FINDINGS = 50
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
    rows = []
    for bank, currency in bank_currencies(found).items():
        account = account_of(found, bank, currency)
        rows.append(shown_standing(standing_of(account, _latest(account)), request.words))
    context = {"fund": found, "rows": rows, "closes": list(_closes(found, request.words))}
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


@require_http_methods(["GET", "HEAD", "POST"])
@in_mission
def reconciliation(request: Visit, code: str, bank: str) -> HttpResponse:
    """The account on a day: two balances and what lies between; a second person agrees to it."""
    account = account_named(request, code, bank)
    standing = standing_of(account, _day_asked(request, account))
    problem = ""
    if request.method == "POST":
        if not request.standing.may("certify-bank"):
            raise PermissionDenied("certify-bank")
        try:
            if request.POST.get("seen") != digest_seen(standing):
                problem = request.words.say("bank-changed-meanwhile")
            else:
                actions.certify(request.reader, account.fund, bank, standing.on, standing.content)
                standing = standing_of(account, standing.on)
        except BankRefusedError as error:
            problem = worded(error.finding, request.words)
    context = {
        "fund": account.fund,
        "account": account,
        "standing": standing,
        "state": f"bank-state-{standing.state}",
        "seen": digest_seen(standing),
        "last": account.last_on,
        "told": of_account(account, request.words, standing.made) if standing.made else None,
        "may_certify": request.standing.may("certify-bank"),
        "problem": problem,
    }
    status = 409 if problem else 200
    return render(request, "ledger/banks/reconciliation.html", context, status=status)


def digest_seen(standing: Standing) -> str:
    """By which it is known that who agrees saw these figures."""
    return hashlib.sha256(canonical(standing.content)).hexdigest()


@require_safe
@in_mission
def reconciliation_file(request: Visit, code: str, bank: str, form: str) -> HttpResponse:
    """The same as a workbook, or as canonical JSON."""
    account = account_named(request, code, bank)
    standing = standing_of(account, _day_asked(request, account))
    if standing.made is None or form not in {"xlsx", "json"}:
        raise Http404
    if form == "xlsx":
        told = of_account(account, request.words, standing.made)
        content, kind = sheet.workbook(standing, told, request.words), _EXCEL
    else:
        content, kind = canonical(standing.content) + b"\n", "application/json"
    response = HttpResponse(content, content_type=kind)
    name = f"{in_address(code)}-{in_address(bank)}-{standing.on}.{form}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _sent(
    request: Visit, account: Account, form: StatementFileForm
) -> tuple[StatementFileForm, list[str]]:
    """Read a file and keep what it says; the form again, and what stands against it."""
    words, fund = request.words, account.fund
    data = form.cleaned_data["file"].read()
    wishes = form.wishes(secret=fund.salt, currency=account.currency, known=_known_codes(fund))
    reading = read_bank_file(data, wishes)
    told = [worded(found, words) for found in reading.findings[:_MOST_FINDINGS]]
    if not reading.statements:
        again = StatementFileForm(
            request.POST, request.FILES, words=words, headings=reading.headings
        )
        return again, told
    try:
        taken = actions.take_in(
            request.reader,
            fund,
            account.bank,
            reading.statements,
            file_sha256=hashlib.sha256(data).hexdigest(),
            is_csv=bool(reading.headings),
        )
    except BankRefusedError as error:
        return form, [worded(error.finding, words)]
    for line in told:
        messages.info(request, line)
    for name, count in (("new", taken.new), ("same", taken.same), ("others", taken.others)):
        if count:
            messages.info(request, words.say(f"bank-taken-{name}", count=count))
    return form, []


def _known_codes(fund: LedgerFund) -> set[str]:
    books = books_of(fund)
    groups: Iterable[Iterable[str]] = (books.contributions, books.obligations, books.claims)
    return {code for group in groups for code in group}


def _page(
    request: Visit, account: Account, form: StatementFileForm | None, problems: list[str]
) -> HttpResponse:
    present = Presenter(account, request.words, ())
    jumps = {jump.until_on: jump_of(jump, present) for jump in account.jumps}
    rows = [
        {
            "row": row,
            "last_on": row.until_on - _DAY,
            "opening": present.amount(row.opening_minor),
            "closing": present.amount(row.closing_minor),
            "jump": jumps.get(row.from_on),
            "count": sum(e.statement_id == row.pk and e.number > 0 for e in account.rows.values()),
        }
        for row in account.statements
    ]
    standing = standing_of(account, _latest(account))
    context = {
        "fund": account.fund,
        "account": account,
        "rows": rows[::-1],
        "standing": shown_standing(standing, request.words),
        "open": len(account.open_entries) + len(account.open_cash),
        "form": form or StatementFileForm(words=request.words),
        "problems": problems,
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


def _day_asked(request: Visit, account: Account) -> date:
    """The day of the address; without one the end of the last statement."""
    text = request.GET.get("on", "")
    try:
        return date.fromisoformat(text) if text else _latest(account)
    except ValueError:
        raise Http404 from None


def _latest(account: Account) -> date:
    return account.last_on or today()


def _closes(fund: LedgerFund, words: PageWords) -> Any:
    """Each close, the newest first, and how the accounts stand on its last day."""
    from konbit.fund import Record

    rows = LedgerRecord.objects.filter(fund=fund, kind="period_closed").order_by("-sequence")
    for row in rows[:12]:
        body = Record.from_bytes(bytes(row.bytes)).body
        last = date.fromisoformat(body["until_on"]) - _DAY
        standings = standings_on(fund, last)
        yield {
            "period": body["period"],
            "last_on": last,
            "accounts": [shown_standing(one, words) for one in standings],
            "findings": [worded(found, words) for found in findings_of_close(standings)],
        }
