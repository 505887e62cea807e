"""Pages on which entries and records are matched, as proposed or by hand, and matches undone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from konbit.fund.banking import CERTAIN, Proposal, propose
from konbit.web.bridge.numbers import whole
from konbit.web.ledger.banks import actions
from konbit.web.ledger.banks.actions import BankRefusedError
from konbit.web.ledger.banks.models import BankMatch
from konbit.web.ledger.banks.presenting import Presenter, entering, worded
from konbit.web.ledger.banks.queries import refused_of
from konbit.web.ledger.banks.views import account_named
from konbit.web.ledger.queries import books_of
from konbit.web.people.rooms import Visit, in_mission

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from konbit.fund.banking import Item
    from konbit.web.ledger.banks.presenting import Shown
    from konbit.web.ledger.banks.queries import Account
    from konbit.web.words import PageWords

_PAGE = 40
_MOST_LEFT = 100
_MATCHES = 50


@require_http_methods(["GET", "HEAD", "POST"])
@in_mission
def match(request: Visit, code: str, bank: str) -> HttpResponse:
    """What is proposed, with its reasons; what is left on either side, to match by hand."""
    account = account_named(request, code, bank)
    proposals = propose(account.open_entries, account.open_cash, refused_of(account.fund, bank))
    problem = ""
    if request.method == "POST":
        if not request.standing.may("reconcile-bank"):
            raise PermissionDenied("reconcile-bank")
        try:
            _do(request, account, proposals)
            return redirect("ledger_bank_match", request.mission.code, code, bank)
        except BankRefusedError as error:
            problem = worded(error.finding, request.words)
    context = _shown(request, account, proposals)
    context["problem"] = problem
    return render(request, "ledger/banks/match.html", context, status=409 if problem else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@in_mission
def matches(request: Visit, code: str, bank: str) -> HttpResponse:
    """What was matched, by whom and why; undone matches with their reason."""
    account = account_named(request, code, bank)
    problem = ""
    if request.method == "POST":
        if not request.standing.may("reconcile-bank"):
            raise PermissionDenied("reconcile-bank")
        number = whole(request.POST.get("match", ""))
        rows = BankMatch.objects.filter(fund=account.fund, bank=bank)
        found = rows.filter(pk=number).first() if number else None
        if found is None:
            raise Http404
        try:
            actions.undo(request.reader, found, request.POST.get("why", "").strip()[:500])
            return redirect("ledger_bank_matches", request.mission.code, code, bank)
        except BankRefusedError as error:
            problem = worded(error.finding, request.words)
    before = whole(request.GET.get("before", ""))
    rows = BankMatch.objects.filter(fund=account.fund, bank=bank)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    chosen = list(
        rows.select_related("by", "undoing__by").prefetch_related("matched__entry")[:_MATCHES]
    )
    context = {
        "fund": account.fund,
        "account": account,
        "matches": list(_shown_matches(account, chosen, request.words)),
        "older": chosen[-1].pk if len(chosen) == _MATCHES else 0,
        "may_reconcile": request.standing.may("reconcile-bank"),
        "problem": problem,
    }
    return render(request, "ledger/banks/matches.html", context, status=409 if problem else 200)


def _do(request: Visit, account: Account, proposals: Sequence[Proposal]) -> None:
    """Confirm or refuse what is ticked, or match by hand what was chosen."""
    told, reader, fund, bank = request.POST, request.reader, account.fund, account.bank
    ticked = set(told.getlist("proposal"))
    chosen = [one for one in proposals if one.key in ticked]
    if told.get("do") == "confirm":
        actions.confirm(reader, fund, bank, chosen)
    elif told.get("do") == "refuse":
        actions.refuse(reader, fund, bank, chosen)
    elif told.get("do") == "by-hand":
        entries, records = (
            [number for text in told.getlist(name) if (number := whole(text)) is not None]
            for name in ("entry", "record")
        )
        why = told.get("why", "").strip()[:500]
        actions.match_by_hand(reader, fund, bank, entries, records, why)
    else:
        raise Http404


def _shown(request: Visit, account: Account, proposals: Sequence[Proposal]) -> dict[str, Any]:
    used_entries = {key for one in proposals for key in one.entries}
    used_records = {key for one in proposals for key in one.records}
    entries = [item for item in account.open_entries if item.key not in used_entries]
    records = [item for item in account.open_cash if item.key not in used_records]
    listed = proposals[:_PAGE]
    wanted = {key for one in listed for key in one.records}
    shown = [item for item in account.open_cash if item.key in wanted]
    present = Presenter(account, request.words, [*shown, *records[:_MOST_LEFT]])
    return {
        "fund": account.fund,
        "account": account,
        "proposals": [_shown_proposal(one, account, present) for one in listed],
        "more": len(proposals) - len(listed),
        "entries": list(_with_links(request, account, present, entries[:_MOST_LEFT])),
        "records": [present.record(item) for item in records[:_MOST_LEFT]],
        "more_entries": max(0, len(entries) - _MOST_LEFT),
        "more_records": max(0, len(records) - _MOST_LEFT),
        "may_reconcile": request.standing.may("reconcile-bank"),
    }


def _shown_proposal(one: Proposal, account: Account, present: Presenter) -> dict[str, Any]:
    entries = {item.key: item for item in account.entries}
    records = {item.key: item for item in account.cash}
    side = [entries[key] for key in one.entries] or [records[key] for key in one.records]
    return {
        "key": one.key,
        "why": f"bank-rule-{one.rule}",
        "certainty": f"bank-{one.certainty}",
        "is_certain": one.certainty == CERTAIN,
        "others": one.others,
        "amount": present.amount(sum(item.amount_minor for item in side)),
        "entries": [present.entry(entries[key]) for key in one.entries],
        "records": [present.record(records[key]) for key in one.records],
    }


def _with_links(
    request: Visit, account: Account, present: Presenter, items: Sequence[Item]
) -> Iterator[dict[str, Any]]:
    """Entries that are left, each with the forms by which it becomes a record."""
    may_post = request.standing.may("post-money")
    names: dict[str, list[str]] = {}
    if may_post and items:
        books = books_of(account.fund)
        names = {"contribution": list(books.contributions), "obligation": list(books.obligations)}
    for item in items:
        row: Shown = present.entry(item)
        links = entering(account, row, names) if may_post else {}
        yield {
            "row": row,
            "links": [
                (
                    f"kind-{kind.replace('_', '-')}",
                    reverse("ledger_enter", args=[request.mission.code, account.fund.code, kind])
                    + f"?{query}",
                )
                for kind, query in links.items()
            ],
        }


def _shown_matches(
    account: Account, rows: Sequence[BankMatch], words: PageWords
) -> Iterator[dict[str, Any]]:
    cash = {item.key: item for item in account.cash}
    sides = {
        row.pk: (
            [one.entry for one in row.matched.all() if one.entry is not None],
            [one.sequence for one in row.matched.all() if one.sequence is not None],
        )
        for row in rows
    }
    every = [cash[key] for _, keys in sides.values() for key in keys if key in cash]
    present = Presenter(account, words, every)
    for row in rows:
        entries, records = sides[row.pk]
        yield {
            "match": row,
            "why": f"bank-rule-{row.rule}",
            "certainty": f"bank-{row.certainty}" if row.certainty else "",
            "undoing": getattr(row, "undoing", None),
            "entries": [present.told(entry) for entry in entries],
            "records": [present.record(cash[key]) for key in records if key in cash],
        }
