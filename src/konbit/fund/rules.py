"""The rules of the ledger: what a record must satisfy to follow the books.

Each rule is a function that yields findings; their order is that of the table in
`docs/reference/ledger-records.md`. The first rule broken ends the questions, for what comes after
may lean on what it asks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from konbit.fund.accounts import guarded_below_zero
from konbit.fund.deriving import postings_of
from konbit.fund.kinds import KINDS, OPTIONAL, REGISTRY, Role
from konbit.fund.rules_of_claims import claim_lines, claim_stage
from konbit.fund.rules_of_use import earmark, reference, stage
from konbit.fund.shapes import (
    has_members,
    is_code,
    is_digest,
    is_instant,
    is_postings,
    is_text,
    is_text_or_empty,
)
from konbit.terms import Finding, Severity
from konbit.terms.finding import finding

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from konbit.fund.books import Books
    from konbit.fund.record import Record

_LONGEST_KEY = 100
_NO_SIGNS = str.maketrans("", "", "._/-")


def broken(record: Record, books: Books, *, but: Collection[str] = ()) -> Finding | None:
    """The first rule that a record breaks, as a finding; None when it may follow the books.

    The finding's code is `ledger-` and the rule's code; its row is the number of the record.

    Args:
        record: what wants to follow.
        books: before it.
        but: codes of rules that are asked elsewhere.
    """
    for code, rule in RULES.items():
        if code in but:
            continue
        for values in rule(record, books):
            return finding(
                f"ledger-{code}",
                Severity.ERROR,
                row=str(record.sequence),
                kind=record.kind,
                **values,
            )
    return None


def _shape(record: Record, _books: Books) -> Iterator[dict[str, Any]]:
    kind = KINDS.get(record.kind) if type(record.kind) is str else None
    if kind is None:
        yield {"member": "kind"}
        return
    tests = (
        ("fund", is_code(record.fund)),
        ("sequence", type(record.sequence) is int and record.sequence >= 0),
        ("recorded_at", is_instant(record.recorded_at)),
        ("actor", is_code(record.actor)),
        ("approver", record.approver is None or is_code(record.approver)),
        ("authority", is_text_or_empty(record.authority)),
        ("rule", record.rule == kind.rule),
        ("document_sha256", record.document_sha256 is None or is_digest(record.document_sha256)),
        ("idempotency_key", is_text(record.idempotency_key)
            and len(record.idempotency_key) <= _LONGEST_KEY),
    )  # fmt: skip
    yield from ({"member": name} for name, is_well in tests if not is_well)
    yield from _body_shape(record)


def _body_shape(record: Record) -> Iterator[dict[str, Any]]:
    kind, body = KINDS[record.kind], dict(record.body)
    moves = kind.posts or body.get("stage") == "signed"
    postings = body.pop("postings", ())
    # Postings that are missing are named by the rule on postings, once it is known why.
    if postings != () and not (moves and is_postings(postings)):
        yield {"member": "postings"}
    for name, test in OPTIONAL.items():
        if name in body and not test(body.pop(name)):
            yield {"member": name}
    if not has_members(body, kind.members):
        wrong = sorted(
            name
            for name in body.keys() | kind.members.keys()
            if name not in body or name not in kind.members or not kind.members[name](body[name])
        )
        yield {"member": ", ".join(wrong)}


def _sequence(record: Record, books: Books) -> Iterator[dict[str, Any]]:
    is_first = record.kind == "fund_opened"
    if record.sequence != books.size or is_first != (record.sequence == 0):
        yield {"expected": books.size}
    elif books.fund and record.fund != books.fund:
        yield {"expected": books.fund}


def _clock(record: Record, books: Books) -> Iterator[dict[str, Any]]:
    if record.recorded_at < books.recorded_at:
        yield {"before": books.recorded_at}


def _day(record: Record, books: Books) -> Iterator[dict[str, Any]]:
    body, today = record.body, record.recorded_at[:10]
    is_reconstruction = books.is_reconstruction or body.get("reconstruction") is True
    if record.on > today:
        yield {"on": record.on}
    if "known_on" in body and not (is_reconstruction and record.on <= body["known_on"] <= today):
        yield {"on": body["known_on"]}
    if "placeholder" in body and not is_reconstruction:
        yield {"on": record.on}
    if record.kind in {"presence_returned", "presence_verified"} and body["month"] >= record.on[:7]:
        yield {"on": body["month"]}


def _period(record: Record, books: Books) -> Iterator[dict[str, Any]]:
    if record.on < books.closed_until:
        yield {"until": books.closed_until}
    if record.kind == "period_closed":
        until = record.body["until_on"]
        if until > record.on or until <= books.closed_until:
            yield {"until": until}


def _idempotency(record: Record, books: Books) -> Iterator[dict[str, Any]]:
    if record.idempotency_key in books.keys:
        yield {"key": record.idempotency_key}


def _authority(record: Record, books: Books) -> Iterator[dict[str, Any]]:
    kind = KINDS[record.kind]
    if not kind.roles:
        if record.actor != REGISTRY:
            yield {"actor": record.actor}
    elif record.actor == REGISTRY or not _may_act(record, books):
        yield {"actor": record.actor}
    if kind.two and not record.authority:
        yield {"actor": ""}


def _may_act(record: Record, books: Books) -> bool:
    if record.kind == "fund_opened":
        return _is_founder(record, record.actor, Role.OFFICER)
    for role in KINDS[record.kind].roles:
        if role is Role.CONTRIBUTOR:
            if (record.actor, role, _party(record, books)) in books.grants:
                return True
        elif books.holds(record.actor, role):
            return True
    return False


def _is_founder(record: Record, who: str | None, role: Role) -> bool:
    return any(f["who"] == who and f["role"] == role for f in record.body["founders"])


def _party(record: Record, books: Books) -> str:
    if record.kind == "payment_acknowledged":
        return str(books.claims.get(record.body["claim"], {}).get("contributor", ""))
    return str(record.body["contributor"])


def _four_eyes(record: Record, books: Books) -> Iterator[dict[str, Any]]:
    who = record.approver
    if KINDS[record.kind].two != (who is not None):
        yield {"approver": who or ""}
    elif who is not None:
        is_founder = record.kind == "fund_opened" and _is_founder(record, who, Role.APPROVER)
        if _alike(who, record.actor) or not (is_founder or books.holds(who, Role.APPROVER)):
            yield {"approver": who}


def _alike(one: str, other: str) -> bool:
    """Whether two identities are one, or one spelled in two ways: `J.Doe` and `j-doe`."""
    return _bare(one) == _bare(other)


def _bare(who: str) -> str:
    return who.lower().translate(_NO_SIGNS)


def _segregation(record: Record, books: Books) -> Iterator[dict[str, Any]]:
    body = record.body
    if record.kind == "disbursed":
        obligation = books.obligations.get(body["obligation"])
        agreed = obligation["approver"] if obligation else None  # none yet where both are proposed
        if agreed is not None and _alike(agreed, record.actor):
            yield {"actor": record.actor}
    claim = books.claims.get(body["claim"]) if record.kind == "claim_approved" else None
    if claim is not None:
        for line in claim["lines"]:
            verifier = books.presence[(claim["unit"], line["month"])]["verifier"]
            people = (record.actor, record.approver)
            if any(_alike(verifier, who) for who in people if who is not None):
                yield {"actor": verifier}


def _stage(record: Record, books: Books) -> Iterator[dict[str, Any]]:
    yield from stage(record, books)
    yield from claim_stage(record, books)


def _consent(record: Record, books: Books) -> Iterator[dict[str, Any]]:
    if record.kind == "reprogrammed":
        donor = books.contributions[record.body["contribution"]]["donor"]
        if record.document_sha256 is None or record.body["consent_by"] != donor:
            yield {"donor": donor}


def _rate(record: Record, books: Books) -> Iterator[dict[str, Any]]:
    body = record.body
    currency = books.currency
    if record.kind == "received":
        currency = books.contributions[body["contribution"]]["currency"]
    elif record.kind == "interest":
        currency = books.banks[body["bank"]]
    if currency != books.currency and books.rate_on(currency, record.on) is None:
        yield {"currency": currency, "on": record.on}


def _reversal(record: Record, books: Books) -> Iterator[dict[str, Any]]:
    if record.kind == "reversed":
        number = record.body["sequence"]
        kind = books.posted.get(number, ("", "", ()))[0]
        is_wrong = kind in {"", "reversed", "withdrawn", "expired"}
        if is_wrong or number in books.reversals:
            yield {"number": number}


def _postings(record: Record, books: Books) -> Iterator[dict[str, Any]]:
    if record.kind != "fund_opened":
        expected = postings_of(record.kind, record.body, books)
        if expected != record.body.get("postings"):
            yield {}


def _zero_sum(record: Record, _books: Books) -> Iterator[dict[str, Any]]:
    sums: dict[str, int] = {}
    values = 0
    for _, currency, amount, value in record.body.get("postings", ()):
        sums[currency] = sums.get(currency, 0) + amount
        values += value
    if values or any(sums.values()):
        yield {}


def _overdrawn(record: Record, books: Books) -> Iterator[dict[str, Any]]:
    after: dict[tuple[str, str], tuple[int, int]] = {}
    for account, currency, amount, value in record.body.get("postings", ()):
        place = (account, currency)
        at = after.get(place) or books.balances.get(place, (0, 0))
        after[place] = (at[0] + amount, at[1] + value)
    for (account, currency), (amount, value) in after.items():
        if guarded_below_zero(account, amount, value):
            below = amount if amount < 0 else value
            yield {"account": account, "currency": currency, "short_minor": -below}


RULES: dict[str, Callable[[Record, Books], Iterator[dict[str, Any]]]] = {
    "shape": _shape,
    "sequence": _sequence,
    "clock": _clock,
    "day": _day,
    "period": _period,
    "idempotency": _idempotency,
    "authority": _authority,
    "four-eyes": _four_eyes,
    "segregation": _segregation,
    "reference": reference,
    "stage": _stage,
    "consent": _consent,
    "rate": _rate,
    "earmark": earmark,
    "claim": claim_lines,
    "reversal": _reversal,
    "postings": _postings,
    "zero-sum": _zero_sum,
    "overdrawn": _overdrawn,
}
