"""What the state learns from a record that broke no rule, beside its postings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from konbit_audit.state import Allotment, Claim, Obligation, Presence

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from konbit_audit.state import State

    Record = dict[str, Any]
    Body = dict[str, Any]


def learn(state: State, record: Record) -> None:
    """Take in who and what is new, and how far a claim is."""
    take = _TAKES.get(record["kind"])
    if take is not None:
        take(state, record, record["body"])
    state.keys.add(record["idempotency_key"])
    state.recorded_at = record["recorded_at"]
    state.size += 1


def _fund_opened(state: State, record: Record, body: Body) -> None:
    state.fund, state.currency = record["fund"], body["currency"]
    state.is_reconstruction = body["reconstruction"]
    for founder in body["founders"]:
        state.grant(founder["who"], founder["role"], founder["party"])


def _granted(state: State, _record: Record, body: Body) -> None:
    state.grant(body["who"], body["role"], body["party"])


def _ended(state: State, _record: Record, body: Body) -> None:
    state.end(body["who"], body["role"], body["party"])


def _bank_opened(state: State, _record: Record, body: Body) -> None:
    state.banks[body["bank"]] = body["currency"]


def _purse_opened(state: State, _record: Record, body: Body) -> None:
    state.purses[body["purse"]] = body


def _exchange_rate_dated(state: State, _record: Record, body: Body) -> None:
    state.date_exchange(body["currency"], body["on"], body["rate"])


def _rate_dated(state: State, _record: Record, body: Body) -> None:
    state.prices[body["rate"]] = body
    state.prices_by_head.setdefault(body["cost_head"], []).append(body)


def _contribution_opened(state: State, _record: Record, body: Body) -> None:
    state.contributions[body["contribution"]] = body


def _promised(state: State, record: Record, body: Body) -> None:
    at = (body["contribution"], record["kind"])
    state.promised[at] = state.promised.get(at, 0) + (body["amount_minor"] or 0)


def _promised_less(state: State, _record: Record, body: Body) -> None:
    if body["stage"] != "signed":
        state.promised[body["contribution"], body["stage"]] -= body["amount_minor"]


def _allotted(state: State, _record: Record, body: Body) -> None:
    state.allotments[body["allotment"]] = Allotment(
        body["on"],
        body["purse"],
        body["cost_head"],
        body["contributor"],
        body["place"],
        body["lethal"],
        body["until_on"],
    )


def _obligated(state: State, record: Record, body: Body) -> None:
    allotment = state.allotments[body["allotment"]]
    state.obligations[body["obligation"]] = Obligation(
        body["on"],
        body["allotment"],
        allotment.purse,
        allotment.cost_head,
        body["until_on"],
        body["claim"],
        record["approver"],
    )
    if body["claim"]:
        state.claims[body["claim"]].obligations.append(body["obligation"])


def _presence_returned(state: State, _record: Record, body: Body) -> None:
    state.presence[body["unit"], body["month"]] = Presence(
        body["contributor"], body["person_days"], body["equipment_days"]
    )


def _presence_verified(state: State, record: Record, body: Body) -> None:
    state.presence[body["unit"], body["month"]] = Presence(
        body["contributor"],
        body["person_days"],
        body["equipment_days"],
        record["actor"],
        body["shortfall_ppm"],
    )


def _claimed(state: State, _record: Record, body: Body) -> None:
    lines = tuple(
        (body["unit"], line["month"], state.prices[line["rate"]]["cost_head"])
        for line in body["lines"]
    )
    months = tuple(line["month"] for line in body["lines"])
    state.claims[body["claim"]] = Claim(
        body["on"], body["contributor"], body["unit"], months, lines, body["total_minor"]
    )
    state.claimed.update(lines)


def _claim_approved(state: State, _record: Record, body: Body) -> None:
    claim = state.claims[body["claim"]]
    claim.status, claim.approved = "approved", body["amount_minor"]


def _claim_rejected(state: State, _record: Record, body: Body) -> None:
    claim = state.claims[body["claim"]]
    claim.status = "rejected"
    state.claimed.difference_update(claim.lines)


def _payment_acknowledged(state: State, _record: Record, body: Body) -> None:
    state.claims[body["claim"]].acknowledged += body["amount_minor"]


def _reversed(state: State, record: Record, body: Body) -> None:
    state.reversed[body["sequence"]] = record["sequence"]


def _period_closed(state: State, _record: Record, body: Body) -> None:
    state.closed_until = body["until_on"]


_TAKES: Final[Mapping[str, Callable[[State, Record, Body], None]]] = {
    "fund_opened": _fund_opened,
    "actor_granted": _granted,
    "actor_ended": _ended,
    "bank_opened": _bank_opened,
    "purse_opened": _purse_opened,
    "exchange_rate_dated": _exchange_rate_dated,
    "rate_dated": _rate_dated,
    "contribution_opened": _contribution_opened,
    "announced": _promised,
    "pledged": _promised,
    "withdrawn": _promised_less,
    "expired": _promised_less,
    "allotted": _allotted,
    "obligated": _obligated,
    "presence_returned": _presence_returned,
    "presence_verified": _presence_verified,
    "claimed": _claimed,
    "claim_approved": _claim_approved,
    "claim_rejected": _claim_rejected,
    "payment_acknowledged": _payment_acknowledged,
    "reversed": _reversed,
    "period_closed": _period_closed,
}
