"""Rules `authority`, `four-eyes` and `segregation`: who may, and who must not both."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from konbit_audit.kinds import Kind
    from konbit_audit.state import State

_REGISTRY: Final = "registry"


def lacks_authority(state: State, kind: Kind, record: dict[str, Any]) -> bool:
    """Whether the actor may not, or two people agree without saying on what ground."""
    if kind.two and record["authority"] == "":
        return True
    actor = record["actor"]
    if not kind.who:
        return bool(actor != _REGISTRY)
    if actor == _REGISTRY:
        return True
    return not any(_may(state, role, record) for role in kind.who)


def _may(state: State, role: str, record: dict[str, Any]) -> bool:
    actor, body = record["actor"], record["body"]
    if record["kind"] == "fund_opened":
        return _is_founder(body, actor, role)
    if role == "contributor":
        return (actor, role, _party(state, record["kind"], body)) in state.roles
    return state.holds(actor, role)


def _party(state: State, kind: str, body: dict[str, Any]) -> str:
    if kind != "payment_acknowledged":
        return str(body["contributor"])
    claim = state.claims.get(body["claim"])
    return "" if claim is None else claim.contributor


def _is_founder(body: dict[str, Any], who: str, role: str) -> bool:
    return any(founder["who"] == who and founder["role"] == role for founder in body["founders"])


def lacks_second_person(state: State, kind: Kind, record: dict[str, Any]) -> bool:
    """Whether the approver is missing, too many, the actor, or none."""
    approver = record["approver"]
    if (approver is not None) != kind.two:
        return True
    if approver is None:
        return False
    if spelled(approver) == spelled(record["actor"]):
        return True
    if record["kind"] == "fund_opened":
        return not _is_founder(record["body"], approver, "approver")
    return not state.holds(approver, "approver")


def same_person_twice(state: State, record: dict[str, Any]) -> str:
    """Who does a step and also the one that must be another's, or nothing."""
    kind, body, actor = record["kind"], record["body"], record["actor"]
    if kind == "disbursed":
        obligation = state.obligations.get(body["obligation"])
        if obligation is not None and spelled(obligation.approver) == spelled(actor):
            return str(actor)
    if kind == "claim_approved":
        claim = state.claims.get(body["claim"])
        for month in claim.months if claim else ():
            verifier = state.presence[claim.unit, month].verifier if claim else ""
            if spelled(verifier) in {spelled(actor), spelled(record["approver"] or "")}:
                return verifier
    return ""


@lru_cache(maxsize=100_000)
def spelled(who: str) -> str:
    """Letters and digits alone: however a code is spelled, it means the same."""
    return "".join(sign for sign in who.casefold() if sign.isalnum())
