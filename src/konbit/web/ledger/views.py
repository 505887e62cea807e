"""Pages that show a fund: overview, statement, journal."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from konbit.fund import KINDS, Record
from konbit.fund.presented import runway_months, source_and_use
from konbit.fund.transparency import canonical
from konbit.terms import Money, Month
from konbit.web.bridge.addresses import in_address
from konbit.web.bridge.numbers import whole
from konbit.web.ledger import sheets
from konbit.web.ledger.actions import drafts_of
from konbit.web.ledger.banks.closing import notes_on_close
from konbit.web.ledger.forms import STEPS, StatementForm
from konbit.web.ledger.models import LedgerFund, LedgerRecord
from konbit.web.ledger.names import Names
from konbit.web.ledger.proposed import members_in_words, people_of, shown_proposal
from konbit.web.ledger.queries import funds_for, statement, waiting
from konbit.web.people.rooms import Visit, in_mission

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from konbit.web.words import PageWords

_PAGE = 50
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def fund_named(request: Visit, code: str) -> LedgerFund:
    """The fund of a code.

    Raises:
        Http404: the reader sees none.
    """
    found = funds_for(request.reader, request.mission).filter(code=code).first()
    if found is None:
        raise Http404
    return found


def today() -> date:
    """The day, in UTC, as records count it."""
    return datetime.now(UTC).date()


@require_safe
@in_mission
def funds(request: Visit) -> HttpResponse:
    """The mission's funds."""
    context = {
        "funds": funds_for(request.reader, request.mission),
        "may_post": request.standing.may("post-money"),
    }
    return render(request, "ledger/funds.html", context)


@require_safe
@in_mission
def fund(request: Visit, code: str) -> HttpResponse:
    """A fund at a glance: what there is for which purpose, how long it lasts, what waits."""
    found = fund_named(request, code)
    until = (today() + timedelta(days=1)).isoformat()
    earlier = (Month.of(today()) + -3).first_on.isoformat()
    now = statement(found, until=until)
    context = {
        "fund": found,
        "purses": list(_purses(now, statement(found, until=earlier))) if found.size else [],
        "held": money(sum(p["held"] for p in now["purses"].values()), found),
        "waiting": [
            {
                **shown_proposal(found, proposal, request.reader, request.words),
                "notes": notes_on_close(request, found, drafts_of(proposal)),
            }
            for proposal in waiting(found)
        ],
        "may_see_banks": request.standing.may("see-bank"),
        "may_approve": request.standing.may("approve-money"),
        "may_post": request.standing.may("post-money"),
        "steps": list(_steps(request)),
    }
    return render(request, "ledger/fund.html", context)


def _steps(request: Visit) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """What the reader may enter, step by step."""
    for step, kinds in STEPS.items():
        mine = [(k, f"kind-{k.replace('_', '-')}") for k in kinds if may_enter(request, k)]
        if mine:
            yield f"ledger-step-{step}", mine


@require_safe
@in_mission
def statement_page(request: Visit, code: str, form: str = "") -> HttpResponse:
    """A statement on a day, as known on a day: as page, workbook, PDF, or canonical JSON."""
    found = fund_named(request, code)
    asked = StatementForm(request.GET or {"on": today().isoformat()})
    if not asked.is_valid() or not found.size:
        raise Http404
    made = _statement(found, asked.cleaned_data["on"], asked.cleaned_data["known"])
    names = Names(found, request.words)
    if form:
        return _file(made, form, request, names, _remark(found, request.words))
    beside = asked.cleaned_data["beside"]
    other = _statement(found, beside, asked.cleaned_data["known"]) if beside else None
    context = {
        "fund": found,
        "asked": asked.cleaned_data,
        "title": sheets.title(made, request.words),
        "purses": [(code, names.title("purse", code)) for code in made["purses"]],
        "lines": list(_shown_lines(made, request, other, names)),
        "banks": sheets.banks(made, request.words),
        "beside": beside,
        "query": request.GET.urlencode(),
    }
    return render(request, "ledger/statement.html", context)


@require_safe
@in_mission
def journal(request: Visit, code: str) -> HttpResponse:
    """The log itself, the newest first: every record with who, who agreed, and its leaf."""
    found = fund_named(request, code)
    asked = whole(request.GET.get("before", ""))
    before = found.size if asked is None else asked
    rows = LedgerRecord.objects.filter(fund=found, sequence__lt=before).order_by("-sequence")
    shown = _shown_records(found, rows[:_PAGE], request)
    context = {"fund": found, "records": shown, "older": shown[-1]["sequence"] if shown else 0}
    return render(request, "ledger/journal.html", context)


def may_enter(request: Visit, kind: str) -> bool:
    """Whether the reader holds a role that makes records of a kind."""
    roles = KINDS[kind].roles
    verbs = {
        "officer": "post-money",
        "verifier": "verify-presence",
        "contributor": "return-presence",
    }
    return any(request.standing.may(verbs[role]) for role in roles)


def _statement(fund: LedgerFund, on: date, known: date | None) -> dict[str, Any]:
    until = (on + timedelta(days=1)).isoformat()
    return statement(fund, until=until, known_until=known.isoformat() if known else None)


def _remark(fund: LedgerFund, words: PageWords) -> str:
    """What a statement of a log that was put together afterwards says of its figures."""
    if fund.placeholders is None:
        return ""
    return words.say("ledger-rebuilt", count=len(fund.placeholders), size=fund.size)


def _file(
    made: dict[str, Any], form: str, request: Visit, names: Names, remark: str
) -> HttpResponse:
    kinds: dict[str, tuple[str, Callable[[], bytes]]] = {
        "xlsx": (EXCEL, lambda: sheets.workbook(made, request.words, names, remark)),
        "pdf": ("application/pdf", lambda: sheets.pdf(made, request.words, names, remark)),
        "json": ("application/json", lambda: canonical(made) + b"\n"),
    }
    if form not in kinds:
        raise Http404
    kind, content = kinds[form]
    response = HttpResponse(content(), content_type=kind)
    name = f"{in_address(made['fund'])}-{made['on']}.{form}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _shown_lines(
    made: dict[str, Any], request: Visit, other: dict[str, Any] | None, names: Names
) -> Iterator[dict[str, Any]]:
    before: dict[tuple[str, str], int] = {}
    if other is not None:
        before = {(line.code, line.detail): line.total for line in source_and_use(other)}
    currency, words = made["currency"], request.words
    columns = [*made["purses"], words.say("statement-total")]
    for line in source_and_use(made):
        was = before.get((line.code, line.detail), 0)
        yield {
            "label": sheets.label(line, words, names),
            "is_total": line.is_total,
            "cells": [
                (column, sheets.amount(minor, currency, words))
                for column, minor in zip(columns, (*line.amounts, line.total), strict=True)
            ],
            "before": sheets.amount(was, currency, words),
            "change": sheets.amount(line.total - was, currency, words),
        }


def _purses(now: dict[str, Any], before: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for code, purse in now["purses"].items():
        money = {
            name: Money(purse[name], now["currency"])
            for name in ("received", "held", "free", "frozen", "reserve", "allotted", "obligated")
        }
        spent = Money(sum(purse["spent"].values()), now["currency"])
        yield {"code": code, "spent": spent, "runway": runway_months(now, before, code), **money}


def money(minor: int, fund: LedgerFund) -> Money:
    """An amount in the fund's currency."""
    return Money(minor, fund.currency)


def _shown_records(
    fund: LedgerFund, rows: Iterable[LedgerRecord], request: Visit
) -> list[dict[str, Any]]:
    """Records as one reads them, each with the bytes that the log has of it."""
    kept = [(row, Record.from_bytes(bytes(row.bytes))) for row in rows]
    names, people = Names(fund, request.words), people_of(fund)
    told = members_in_words(fund, (record for _, record in kept), request.words, names)
    return [
        {
            "sequence": row.sequence,
            "kind": f"kind-{record.kind.replace('_', '-')}",
            "on": row.on,
            "known_on": _known_on(record),
            "placeholder": bool(record.body.get("placeholder")),
            "recorded_at": datetime.fromisoformat(record.recorded_at),
            "actor": people.get(record.actor, record.actor),
            "approver": people.get(record.approver or "", record.approver),
            "members": members,
            "raw": bytes(row.bytes).decode(),
            "postings": [
                (names.account(account), account, Money(amount, currency))
                for account, currency, amount, _ in record.postings
            ],
            "leaf": bytes(row.leaf).hex(),
        }
        for (row, record), members in zip(kept, told, strict=True)
    ]


def _known_on(record: Record) -> date | None:
    told = record.body.get("known_on")
    return date.fromisoformat(told) if told else None
