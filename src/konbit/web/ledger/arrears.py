"""Pages of what contributors are owed on a day: by age, as a workbook, and on to the tables."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from konbit.dossier.tables.arrears import ClaimStanding
from konbit.fund.standing import AGES_MONTHS, by_age, rows_of
from konbit.package.list_writing import workbook_of
from konbit.terms import Money
from konbit.web.bridge.addresses import in_address
from konbit.web.imports.actions import take_in
from konbit.web.ledger.forms import StatementForm
from konbit.web.ledger.queries import claims_on
from konbit.web.ledger.views import EXCEL, fund_named, today
from konbit.web.people.rooms import Visit, in_mission
from konbit.web.tables.headings import workbook_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from konbit.web.ledger.models import LedgerFund


@require_safe
@in_mission
def arrears(request: Visit, code: str) -> HttpResponse:
    """What each contributor is owed at the end of a day, and since when."""
    found, asked = _asked(request, code)
    claims = claims_on(found, asked["on"], asked["known"])
    ages = [
        (who, [_money(minor, found) for minor in sums], _money(sum(sums), found))
        for who, sums in by_age(claims.values(), asked["on"]).items()
    ]
    rows = [
        {
            "claim": claim,
            "last": claim.served_until_on - timedelta(days=1),
            "unpaid": _money(claim.unpaid_minor, found),
            "paid": _money(claim.paid_minor, found),
            "claimed": _money(claim.claimed_minor, found),
            "approved": None
            if claim.approved_minor is None
            else _money(claim.approved_minor, found),
        }
        for claim in claims.values()
    ]
    context = {
        "fund": found,
        "asked": asked,
        "limits": AGES_MONTHS,
        "ages": ages,
        "rows": rows,
        "query": request.GET.urlencode(),
        "may_import": request.standing.may("import"),
    }
    return render(request, "ledger/arrears.html", context)


@require_safe
@in_mission
def workbook(request: Visit, code: str) -> HttpResponse:
    """The same as rows of the table `arrears`, in a form that can be imported."""
    found, asked = _asked(request, code)
    content = workbook_in(request.words, ClaimStanding, _rows(found, asked))
    response = HttpResponse(content, content_type=EXCEL)
    response["Content-Disposition"] = f'attachment; filename="{_name(found, asked)}"'
    return response


@require_POST
@in_mission
def take(request: Visit, code: str) -> HttpResponse:
    """Take the rows in as a file, to be looked at cell by cell before they are stored."""
    found, asked = _asked(request, code)
    why = request.words.say("arrears-why", fund=found.title)
    content = workbook_of(ClaimStanding, _rows(found, asked))  # kept: in no reader's language
    sent = take_in(request.reader, request.mission, _name(found, asked), content, why=why)
    return redirect("import", request.mission.code, sent.pk)


def _asked(request: Visit, code: str) -> tuple[LedgerFund, dict[str, Any]]:
    found = fund_named(request, code)
    given = request.POST if request.method == "POST" else request.GET
    form = StatementForm(given if "on" in given else {"on": today().isoformat()})
    if not form.is_valid():
        raise Http404
    return found, form.cleaned_data


def _rows(fund: LedgerFund, asked: dict[str, Any]) -> Sequence[ClaimStanding]:
    return rows_of(
        claims_on(fund, asked["on"], asked["known"]).values(),
        fund=fund.code,
        currency=fund.currency,
        on=asked["on"],
        known=asked["known"],
        is_reconstruction=fund.is_reconstruction,
    )


def _name(fund: LedgerFund, asked: dict[str, Any]) -> str:
    day: date = asked["on"]
    return f"arrears-{in_address(fund.code)}-{day.isoformat()}.xlsx"


def _money(minor: int, fund: LedgerFund) -> Money:
    return Money(minor, fund.currency)
