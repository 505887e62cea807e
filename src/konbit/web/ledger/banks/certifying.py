"""The reconciliation of an account on a day: as a page and as files, and a second person's word."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from konbit.fund.transparency import canonical
from konbit.web.bridge.addresses import in_address
from konbit.web.ledger.banks import actions, sheet
from konbit.web.ledger.banks.actions import BankRefusedError
from konbit.web.ledger.banks.presenting import of_account, worded
from konbit.web.ledger.banks.states import Standing, standing_of
from konbit.web.ledger.banks.views import account_named, latest
from konbit.web.people.rooms import Visit, in_mission

if TYPE_CHECKING:
    from konbit.web.ledger.banks.queries import Account
    from konbit.web.words import PageWords

_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MOST_LEFT = 250


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
        "told": _told(account, standing, request.words),
        "may_certify": request.standing.may("certify-bank"),
        "problem": problem,
    }
    status = 409 if problem else 200
    return render(request, "ledger/banks/reconciliation.html", context, status=status)


def _told(account: Account, standing: Standing, words: PageWords) -> dict[str, Any] | None:
    """The figures, and as many rows as a page bears; the workbook holds all."""
    if standing.made is None:
        return None
    told = of_account(account, words, standing.made)
    for side in ("entries", "records"):
        told[f"shown_{side}"] = told[side][:_MOST_LEFT]
        told[f"more_{side}"] = len(told[side][_MOST_LEFT:])
    return told


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


def _day_asked(request: Visit, account: Account) -> date:
    """The day of the address; without one the end of the last statement."""
    text = request.GET.get("on", "")
    try:
        return date.fromisoformat(text) if text else latest(account)
    except ValueError:
        raise Http404 from None
