"""Rule `reference`: what a record names is there, and what it opens is not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from konbit_audit.state import State

_SHELVES: Final = {
    "purse": "purses",
    "to_purse": "purses",
    "bank": "banks",
    "from_bank": "banks",
    "to_bank": "banks",
    "contribution": "contributions",
    "allotment": "allotments",
    "obligation": "obligations",
    "claim": "claims",
    "rate": "prices",
}
_OPENS: Final = {
    "bank_opened": "bank",
    "purse_opened": "purse",
    "contribution_opened": "contribution",
    "allotted": "allotment",
    "obligated": "obligation",
    "rate_dated": "rate",
    "claimed": "claim",
}
# Pays or takes in the fund's own currency.
_OWN_CURRENCY: Final = {
    "exchanged": "to_bank",
    "refunded": "bank",
    "reprogrammed": "bank",
    "disbursed": "bank",
    "support_paid": "bank",
    "recovered": "bank",
}


def wrong_reference(state: State, kind: str, body: dict[str, Any]) -> str:
    """The first name that is wrong, or nothing."""
    opens = _OPENS.get(kind)
    for member in _SHELVES.keys() & body.keys():
        if member == "rate" and kind == "exchange_rate_dated":
            continue
        name, held = body[member], getattr(state, _SHELVES[member])
        if member == opens:
            if name in held:
                return f"{member} {name}"
        elif name not in held and not (member == "claim" and name == ""):
            return f"{member} {name}"
    if kind == "reversed" and body["sequence"] >= state.size:
        return f"sequence {body['sequence']}"
    return _wrong_currency(state, kind, body) or _wrong_presence(state, kind, body)


def _wrong_currency(state: State, kind: str, body: dict[str, Any]) -> str:
    own = _OWN_CURRENCY.get(kind)
    if own is not None and state.banks[body[own]] != state.currency:
        return f"{own} {body[own]}"
    if kind == "exchanged" and state.banks[body["from_bank"]] == state.currency:
        return f"from_bank {body['from_bank']}"
    if kind == "exchange_rate_dated" and body["currency"] == state.currency:
        return f"currency {body['currency']}"
    if kind == "received":
        currency = state.contributions[body["contribution"]]["currency"]
        if state.banks[body["bank"]] != currency:
            return f"bank {body['bank']}"
    return ""


def _wrong_presence(state: State, kind: str, body: dict[str, Any]) -> str:
    if kind == "presence_verified":
        at = state.presence.get((body["unit"], body["month"]))
        if at is None or at.contributor != body["contributor"]:
            return f"unit {body['unit']} {body['month']}"
    if kind == "claimed":
        for line in body["lines"]:
            at = state.presence.get((body["unit"], line["month"]))
            if at is None or not at.verifier or at.contributor != body["contributor"]:
                return f"unit {body['unit']} {line['month']}"
            if line["rate"] not in state.prices:
                return f"rate {line['rate']}"
    return ""
