"""Pages that do something to a fund: open it, enter a record, decide a proposal."""

from __future__ import annotations

import secrets
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from konbit.fund import KINDS, Draft
from konbit.fund.transparency import withhold
from konbit.web.bridge.numbers import whole
from konbit.web.ledger import actions
from konbit.web.ledger.banks.closing import standings_for
from konbit.web.ledger.banks.models import BankEntryRow
from konbit.web.ledger.forms import ENTERED, EntryForm, OpenForm
from konbit.web.ledger.models import LedgerFund, LedgerOpening, LedgerProposal
from konbit.web.ledger.planned import plan_of, planned, propose_month
from konbit.web.ledger.queries import books_of, funds_for
from konbit.web.ledger.refusing import AlreadyDecidedError, LedgerRefusedError
from konbit.web.ledger.reminders import month_to_close
from konbit.web.ledger.views import fund_named, may_enter, today
from konbit.web.ledger.wording import worded
from konbit.web.people.models import User
from konbit.web.people.roles import Role
from konbit.web.people.rooms import Visit, in_mission

if TYPE_CHECKING:
    from konbit.terms import Month


@require_http_methods(["GET", "HEAD", "POST"])
@in_mission
def open_one(request: Visit) -> HttpResponse:
    """Open a fund: its first record is proposed to a second person."""
    if not request.standing.may("post-money"):
        raise PermissionDenied("post-money")
    approvers = _approvers(request)
    form = OpenForm(request.POST or None, approvers=_choices(approvers), words=request.words)
    problem = ""
    if form.is_valid():
        told = form.cleaned_data
        taken = funds_for(request.reader, request.mission).filter(code=told["code"]).exists()
        if not taken:
            approver = next(u for u in approvers if str(u.pk) == told["approver"])
            with transaction.atomic():
                fund = actions.open_fund(
                    request.reader, request.mission, told["code"], told["title"], told["currency"]
                )
                draft = actions.opening(
                    fund,
                    request.reader,
                    approver,
                    on=told["on"].isoformat(),
                    authority=told["authority"],
                )
                actions.propose(request.reader, fund, [draft])
            return redirect("ledger_fund", request.mission.code, fund.code)
        problem = request.words.say("ledger-taken")
    context = {"form": form, "problem": problem}
    return render(request, "ledger/open.html", context, status=422 if request.POST else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@in_mission
def enter(request: Visit, code: str, kind: str) -> HttpResponse:
    """Enter one record: done at once, or proposed where two are needed."""
    if kind not in ENTERED:
        raise Http404
    fund = fund_named(request, code)
    if not may_enter(request, kind):
        raise PermissionDenied("enter-ledger")
    closing = month_to_close(fund, today()) if kind == "period_closed" else None
    form = EntryForm(
        request.POST or None,
        kind=kind,
        books=books_of(fund),
        fund=fund,
        words=request.words,
        initial={
            "on": today().isoformat(),
            "contributor": _own_code(request),
            **_period(closing),
            **{name: request.GET[name] for name in KINDS[kind].members if name in request.GET},
        },
    )
    problem, back = "", _back(request, fund)
    if form.is_valid():
        try:
            _sent(request, fund, kind, form)
            return redirect(back)
        except LedgerRefusedError as error:
            problem = worded(error.finding, request.words, fund)
    context = {
        "fund": fund,
        "form": form,
        "kind": f"kind-{kind.replace('_', '-')}",
        "needs_two": KINDS[kind].two,
        "problem": problem,
        "back": back,
        "key": request.POST.get("key") or secrets.token_hex(12),
        "banks": standings_for(request, fund, closing.last_on if closing else None)
        if kind == "period_closed"
        else [],
    }
    return render(request, "ledger/enter.html", context, status=422 if request.POST else 200)


@require_POST
@in_mission
def decide(request: Visit, code: str, number: int) -> HttpResponse:
    """Approve or refuse a proposal, or take the own one back."""
    fund = fund_named(request, code)
    proposal = LedgerProposal.objects.filter(fund=fund, pk=number).first()
    if proposal is None:
        raise Http404
    problem = ""
    try:
        if request.POST.get("decision") == "approve":
            actions.approve(request.reader, proposal)
        else:
            actions.refuse(request.reader, proposal, request.POST.get("why", "").strip()[:500])
    except AlreadyDecidedError:
        problem = request.words.say("approval-decided")
    except LedgerRefusedError as error:
        problem = worded(error.finding, request.words, fund)
    if problem:
        context = {"fund": fund, "problem": problem}
        return render(request, "ledger/refused.html", context, status=409)
    is_approved = request.POST.get("decision") == "approve"
    said = "approvals-recorded" if is_approved else "approvals-refused"
    messages.success(request, request.words.say(said, fund=fund.title))
    if request.POST.get("back") == "approvals":
        return redirect("approvals", request.mission.code)
    return redirect("ledger_fund", request.mission.code, fund.code)


@require_POST
@in_mission
def allot(request: Visit, code: str) -> HttpResponse:
    """Propose what the approved plan pays from the fund in a month, all at once."""
    fund = fund_named(request, code)
    if not request.standing.may("post-money"):
        raise PermissionDenied("post-money")
    plan, month = plan_of(fund), request.POST.get("month", "")
    asked = None
    if plan is not None:
        asked = planned(plan, fund, month, books_of(fund), today().isoformat())
    problem = ""
    if asked is None or not asked.drafts:
        problem = request.words.say("ledger-nothing-planned")
    else:
        try:
            propose_month(request.reader, fund, asked, f"{month} {', '.join(asked.left)}".strip())
        except LedgerRefusedError as error:
            problem = worded(error.finding, request.words, fund)
    if problem:
        left = asked.left if asked is not None else ()
        context = {"fund": fund, "problem": problem, "left": left}
        return render(request, "ledger/refused.html", context, status=409)
    return redirect("ledger_fund", request.mission.code, fund.code)


def _back(request: Visit, fund: LedgerFund) -> str:
    """Where one goes on afterwards: at the bank's entry that the form was filled from, if any."""
    number = whole(request.GET.get("entry", ""))
    entry = BankEntryRow.objects.filter(fund=fund, pk=number).first() if number else None
    if entry is not None:
        place = reverse("ledger_bank_match", args=[request.mission.code, fund.code, entry.bank])
        return f"{place}#e{entry.pk}"
    return reverse("ledger_fund", args=[request.mission.code, fund.code])


def _sent(request: Visit, fund: LedgerFund, kind: str, form: EntryForm) -> Any:
    note = form.cleaned_data["note"]
    # With a note, both are kept or neither; without one, the log is held no longer than it must be.
    with transaction.atomic() if note else nullcontext():
        body = form.body
        if note:
            body["note"] = _withheld(request.reader, fund, note)
        draft = Draft(
            kind=kind,
            body=body,
            key=f"form-{request.POST.get('key', '')[:60] or secrets.token_hex(12)}",
            authority=form.cleaned_data["authority"],
            document_sha256=form.cleaned_data["document_sha256"] or None,
        )
        if draft.needs_two:
            return actions.propose(request.reader, fund, [draft])
        return actions.post(request.reader, fund, [draft])


def _withheld(user: User, fund: LedgerFund, text: str) -> dict[str, str]:
    """What stands in the record for a note; the note itself is kept beside it."""
    salt = secrets.token_bytes(32)
    member = withhold(text, salt)
    LedgerOpening.objects.create(
        fund=fund, commitment=member["withheld"], salt=salt.hex(), text=text, by=user
    )
    return member


def _period(month: Month | None) -> dict[str, str]:
    """The fields of a close, filled with the month that is next."""
    if month is None:
        return {}
    return {"period": str(month), "until_on": (month + 1).first_on.isoformat()}


def _own_code(request: Visit) -> str:
    """The code of a contributor's officer in the mission; nothing for who keeps the fund."""
    is_of_fund = request.standing.may("post-money")
    return "" if is_of_fund else request.standing.own_code


def _approvers(request: Visit) -> list[User]:
    held = User.objects.filter(
        assignments__mission=request.mission,
        assignments__role=str(Role.FUND_APPROVER),
        assignments__ended_at__isnull=True,
        is_active=True,
    )
    return list(held.exclude(pk=request.reader.pk).order_by("name").distinct())


def _choices(users: list[User]) -> list[tuple[str, str]]:
    return [(str(user.pk), user.name) for user in users]
