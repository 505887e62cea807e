"""Rules `stage`, `consent`, `rate` and `earmark`: each step follows from the one before it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from konbit_audit.state import State


def out_of_step(state: State, kind: str, body: dict[str, Any]) -> str:
    """What does not follow, or nothing."""
    early = _too_early(state, kind, body)
    if early:
        return early
    if kind in {"withdrawn", "expired"} and body["stage"] != "signed":
        most = state.promised.get((body["contribution"], body["stage"]), 0)
        return f"at most {most}" if body["amount_minor"] > most else ""
    if kind in {"allotment_released", "obligation_released"} and body["why"] == "expired":
        return _expires_wrongly(state, kind, body)
    if kind in {"frozen", "refunded", "reprogrammed"}:
        return _takes_too_much(state, body)
    if kind in {"presence_returned", "presence_verified"}:
        return _presence_out_of_step(state, kind, body)
    return _claim_out_of_step(state, kind, body)


def _too_early(state: State, kind: str, body: dict[str, Any]) -> str:
    """What a step rests on and comes after it by its day, or nothing."""
    for member, opens, shelf in (
        ("allotment", "allotted", state.allotments),
        ("obligation", "obligated", state.obligations),
        ("claim", "claimed", state.claims),
    ):
        if kind != opens and body.get(member):
            first = shelf[body[member]].on
            if body["on"] < first:
                return f"{member} {body[member]} is of {first}"
    return ""


def _expires_wrongly(state: State, kind: str, body: dict[str, Any]) -> str:
    if kind == "allotment_released":
        allotment = state.allotments[body["allotment"]]
        until, amount = allotment.until_on, body["amount_minor"]
        left = state.amount(f"allotted:{allotment.purse}:{body['allotment']}")
    else:
        until, amount = state.obligations[body["obligation"]].until_on, body["direct_minor"]
        left = state.owed(body["obligation"])
    if until is None or body["on"] < until:
        return f"not before {until}"
    return "" if amount == left else f"{left} is left"


def _takes_too_much(state: State, body: dict[str, Any]) -> str:
    """Freezing, giving back and moving more than a gift brought and that is not frozen yet."""
    asked = state.brought if body.get("taken_from") == "frozen" else state.at_hand
    most = asked(body["contribution"])
    if body["amount_minor"] > most:
        return f"at most {most}"
    own = state.contributions[body["contribution"]]["purse"]
    return f"to_purse {own}" if body.get("to_purse") == own else ""


def undone_out_of_step(state: State, on: str, before: dict[str, Any]) -> str:
    """What of a reversal does not follow from the record that it undoes, or nothing."""
    first = before["body"]["on"]
    if on < first:
        return f"record {before['sequence']} is of {first}"
    if before["kind"] not in {"received", "unfrozen"}:
        return ""
    gift, value = before["body"]["contribution"], before["body"]["postings"][0][3]
    most = state.at_hand(gift)
    return f"at most {most}" if abs(value) > most else ""


def _presence_out_of_step(state: State, kind: str, body: dict[str, Any]) -> str:
    at = state.presence.get((body["unit"], body["month"]))
    if at is None:
        return ""
    if at.verifier:
        return f"verified by {at.verifier}"
    if kind == "presence_verified" and (
        body["person_days"] > at.person_days or body["equipment_days"] > at.equipment_days
    ):
        return f"returned {at.person_days} {at.equipment_days}"
    return ""


def _claim_out_of_step(state: State, kind: str, body: dict[str, Any]) -> str:
    if kind == "claim_approved":
        claim = state.claims[body["claim"]]
        if claim.status != "open" or body["amount_minor"] > claim.total:
            return f"{claim.status} {claim.total}"
    if kind == "claim_rejected" and state.claims[body["claim"]].status != "open":
        return state.claims[body["claim"]].status
    if kind == "obligated" and body["claim"]:
        claim = state.claims[body["claim"]]
        held = sum(state.owed(code) + state.paid(code) for code in claim.obligations)
        if claim.status != "approved" or body["direct_minor"] > claim.approved - held:
            return f"{claim.status} {claim.approved - held}"
    if kind == "disbursed":
        code = state.obligations[body["obligation"]].claim
        if code and state.claims[code].status != "approved":
            return state.claims[code].status
    if kind == "payment_acknowledged":
        claim = state.claims[body["claim"]]
        most = sum(map(state.paid, claim.obligations)) - claim.acknowledged
        if body["amount_minor"] > most:
            return f"at most {most}"
    return ""


def lacks_consent(state: State, record: dict[str, Any]) -> bool:
    """Whether money is given another purpose without its donor's paper."""
    if record["kind"] != "reprogrammed":
        return False
    body = record["body"]
    donor = state.contributions[body["contribution"]]["donor"]
    return record["document_sha256"] is None or body["consent_by"] != donor


def lacks_exchange_rate(state: State, kind: str, body: dict[str, Any]) -> str:
    """The currency for which no rate is known on the day, or nothing."""
    if kind not in {"received", "interest"}:
        return ""
    currency = state.banks[body["bank"]]
    if currency == state.currency or state.exchange_on(currency, body["on"]) is not None:
        return ""
    return f"{currency} {body['on']}"


def against_terms(state: State, kind: str, body: dict[str, Any]) -> str:
    """The term of the purse, or of the allotment, that a use is against; or nothing."""
    if kind == "allotted":
        return _against_purse(state.purses[body["purse"]], body["cost_head"], body)
    if kind != "obligated":
        return ""
    allotment = state.allotments[body["allotment"]]
    found = _against_purse(state.purses[allotment.purse], allotment.cost_head, body)
    if found:
        return found
    if allotment.contributor not in {"", body["contributor"]}:
        return f"contributor {allotment.contributor}"
    if allotment.place not in {"", body["place"]}:
        return f"place {allotment.place}"
    if allotment.lethal != body["lethal"]:
        return f"lethal {allotment.lethal}"
    if allotment.until_on is not None and allotment.until_on <= body["on"]:
        return f"until {allotment.until_on}"
    return ""


def _against_purse(purse: dict[str, Any], cost_head: str, body: dict[str, Any]) -> str:
    for term, name in (
        ("cost_heads", cost_head),
        ("contributors", body["contributor"]),
        ("places", body["place"]),
    ):
        if purse[term] and name not in purse[term]:
            return f"{purse['purse']}: {term} {name}"
    if body["lethal"] and not purse["lethal"]:
        return f"{purse['purse']}: lethal"
    if purse["from_on"] is not None and body["on"] < purse["from_on"]:
        return f"{purse['purse']}: from {purse['from_on']}"
    if purse["until_on"] is not None and body["on"] >= purse["until_on"]:
        return f"{purse['purse']}: until {purse['until_on']}"
    return ""
