"""A page on which anybody checks a receipt, without an account; nothing of it is kept."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from konbit.fund.receiving import proven_by
from konbit.fund.transparency import (
    NoteError,
    ReceiptError,
    VerifierKey,
)
from konbit.terms import Money
from konbit.terms.digest import canonical_json

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from django.http import HttpRequest, HttpResponse

    from konbit.fund.transparency import Proven
    from konbit.web.words import PageWords

_LARGEST_BYTES = 1_000_000
_LONGEST_KEYS = 20_000
_NAMES = {
    "actor": "change-who",
    "approver": "plans-approved-by",
    "recorded_at": "change-when",
    "known_on": "statement-known",
    "placeholder": "ledger-placeholder",
}
_HIDDEN = frozenset({"body", "idempotency_key", "rule", "kind", "fund", "sequence"})


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Check a receipt that is sent, and say what it proves and what it does not."""
    words: PageWords = request.words  # type: ignore[attr-defined] # set for every request
    told: dict[str, Any] = {"keys": request.POST.get("keys", "")[:_LONGEST_KEYS]}
    if request.method == "POST":
        try:
            told.update(_checked(request, told["keys"], words))
        except ReceiptError as error:
            told["refused"] = words.say(f"cli-{error.code}")
        except NoteError:
            told["refused"] = words.say("receipt-keys-wrong")
    status = 422 if "refused" in told else 200
    return render(request, "transparency/check.html", told, status=status)


def _checked(request: HttpRequest, keys: str, words: PageWords) -> dict[str, Any]:
    sent: Any = request.FILES.get("receipt")
    if sent is None:
        raise ReceiptError("receipt-form")
    trusted = tuple(VerifierKey.parse(line) for line in keys.split())
    proven = proven_by(sent.read(_LARGEST_BYTES), trusted)
    kind = f"kind-{proven.record['kind'].replace('_', '-')}"
    return {
        "number": proven.index,
        "kind": words.say(kind) if words.knows(kind) else proven.record["kind"],
        "is_rebuilt": proven.is_rebuilt,
        "facts": list(_facts(proven.record, words)),
        "proven": list(_proven(proven, words)),
        "not_proven": list(_not_proven(proven, words)),
    }


def _facts(record: Mapping[str, Any], words: PageWords) -> Iterator[tuple[str, str]]:
    """The record member by member; an amount with its currency where a posting has it."""
    body = record["body"]
    currencies = {abs(amount): currency for _, currency, amount, _ in body.get("postings", ())}
    for name, value in (*record.items(), *body.items()):
        if name in _HIDDEN or name == "postings" or value in ("", None):
            continue
        code = _NAMES.get(name, f"entry-{name.replace('_', '-')}")
        shown = value if isinstance(value, str) else canonical_json(value)
        if name.endswith("_minor") and type(value) is int and value in currencies:
            shown = words.money_exact(Money(value, currencies[value]))
        elif name.endswith("_minor"):  # a promise, whose currency stands where it was opened
            shown = words.say("receipt-minor", amount=shown)
        elif name.endswith("on") and isinstance(value, str):
            shown = _day(value, words)
        yield words.say(code) if words.knows(code) else name, shown


def _day(text: str, words: PageWords) -> str:
    try:
        return words.day(date.fromisoformat(text))
    except ValueError:
        return text


def _proven(proven: Proven, words: PageWords) -> Iterator[str]:
    said = proven.opened.checkpoint
    key = proven.opened.log_key
    label = f"{key.name}+{key.key_id.hex()}"
    told = {"number": proven.index, "log": said.origin, "size": said.size, "key": label}
    yield words.say("cli-receipt-proven", **told)
    if proven.is_key_trusted:
        yield words.say("receipt-key-yours")
    for seen in proven.opened.witnesses:
        day = datetime.fromtimestamp(seen.at_seconds, tz=UTC).date()
        yield words.say("cli-receipt-witness", witness=seen.name, day=day)
    for member, value in proven.disclosed.items():
        yield words.say("cli-receipt-opened", member=member, value=canonical_json(value))


def _not_proven(proven: Proven, words: PageWords) -> Iterator[str]:
    key = proven.opened.log_key
    if not proven.is_key_trusted:
        yield words.say("receipt-key-not-yours", key=f"{key.name}+{key.key_id.hex()}")
    if not proven.opened.witnesses:
        yield words.say("cli-receipt-not-witness")
    yield words.say("cli-receipt-not-truth")
    yield words.say("cli-receipt-not-undone")
    yield words.say("receipt-not-this-page")
