"""The kinds of records: who may make them, whether two people are needed, what their body holds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from konbit.fund import shapes as s

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

REGISTRY = "registry"  # the register of people, in whose name roles are given and ended


class Role(StrEnum):
    """What somebody is trusted with in the log of a fund."""

    OFFICER = "officer"
    APPROVER = "approver"
    VERIFIER = "verifier"
    CONTRIBUTOR = "contributor"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of record.

    Attributes:
        name: as in the record.
        roles: one of which the actor must hold; none for the register of people.
        two: whether a second person must approve.
        members: of the body, each with the test of its value.
        posts: whether it moves money and so carries postings.
    """

    name: str
    roles: frozenset[Role]
    two: bool
    members: Mapping[str, Callable[[Any], bool]]
    posts: bool

    @property
    def rule(self) -> str:
        """Code of the rule that permits it."""
        return self.name.replace("_", "-")


_OFFICER = frozenset({Role.OFFICER})
_OWN = frozenset({Role.OFFICER, Role.CONTRIBUTOR})
_STAGES = s.one_of("announced", "pledged", "signed")
_ROLES = s.one_of(*Role)
_PERSON: Mapping[str, Callable[[Any], bool]] = {
    "who": s.is_code,
    "role": _ROLES,
    "party": s.is_code_or_empty,
}
_GIFT: Mapping[str, Callable[[Any], bool]] = {
    "contribution": s.is_code,
    "amount_minor": s.is_amount,
}
_USE: Mapping[str, Callable[[Any], bool]] = {
    "contributor": s.is_code_or_empty,
    "place": s.is_code_or_empty,
    "lethal": s.is_flag,
}
_UNIT_MONTH: Mapping[str, Callable[[Any], bool]] = {
    "contributor": s.is_code,
    "unit": s.is_code,
    "month": s.is_month,
    "person_days": s.is_count,
    "equipment_days": s.is_count,
}
LINE: Mapping[str, Callable[[Any], bool]] = {
    "month": s.is_month,
    "rate": s.is_code,
    "quantity": s.is_amount,
    "per": s.is_amount,
    "deduction_ppm": s.is_share,
    "factor_ppm": s.is_share,
    "amount_minor": s.is_count,
}


def _kind(
    name: str,
    members: Mapping[str, Callable[[Any], bool]],
    *,
    roles: frozenset[Role] = _OFFICER,
    two: bool = False,
    posts: bool = False,
) -> Kind:
    return Kind(name, roles, two, {"on": s.is_day, **members}, posts)


def _money(name: str, members: Mapping[str, Callable[[Any], bool]], *, two: bool = True) -> Kind:
    return _kind(name, members, two=two, posts=True)


_ALL = (
    _kind(
        "fund_opened",
        {
            "title": s.is_text,
            "currency": s.is_currency,
            "mission": s.is_code,
            "reconstruction": s.is_flag,
            "founders": s.list_of(_PERSON),
        },
        two=True,
    ),
    _kind("actor_granted", _PERSON, roles=frozenset()),
    _kind("actor_ended", _PERSON, roles=frozenset()),
    _kind("bank_opened", {"bank": s.is_code, "currency": s.is_currency}, two=True),
    _kind(
        "purse_opened",
        {
            "purse": s.is_code,
            "title": s.is_text,
            "modality": s.one_of("", *"ABCDEFGHIJKL"),
            "cost_heads": s.is_codes,
            "contributors": s.is_codes,
            "places": s.is_codes,
            "from_on": s.is_day_or_null,
            "until_on": s.is_day_or_null,
            "lethal": s.is_flag,
            "support_cost_ppm": s.is_share,
            "reserve_ppm": s.is_share,
        },
        two=True,
    ),
    _kind("exchange_rate_dated", {"currency": s.is_currency, "rate": s.is_rate}),
    _kind(
        "rate_dated",
        {
            "rate": s.is_code,
            "cost_head": s.is_code,
            "contributor": s.is_code_or_empty,
            "amount_minor": s.is_amount,
            "counted": s.one_of("person_day", "equipment_day", "unit_month"),
            "is_deductible": s.is_flag,
            "edition": s.is_text,
        },
        two=True,
    ),
    _kind(
        "contribution_opened",
        {
            "contribution": s.is_code,
            "donor": s.is_code,
            "purse": s.is_code,
            "currency": s.is_currency,
            "title": s.is_text,
        },
    ),
    _kind("announced", {"contribution": s.is_code, "amount_minor": s.is_amount_or_null}),
    _kind("pledged", {"contribution": s.is_code, "amount_minor": s.is_amount_or_null}),
    _money("signed", _GIFT),
    _kind("withdrawn", {**_GIFT, "stage": _STAGES}, two=True),
    _kind("expired", {**_GIFT, "stage": _STAGES}, two=True),
    _money("received", {**_GIFT, "bank": s.is_code}, two=False),
    _money(
        "interest",
        {"purse": s.is_code, "bank": s.is_code, "amount_minor": s.is_amount},
        two=False,
    ),
    _money(
        "exchanged",
        {
            "purse": s.is_code,
            "from_bank": s.is_code,
            "to_bank": s.is_code,
            "sold_minor": s.is_amount,
            "bought_minor": s.is_amount,
        },
    ),
    _money("reserve_moved", {"purse": s.is_code, "amount_minor": s.is_change}),
    _money("frozen", _GIFT, two=False),
    _money("unfrozen", _GIFT),
    _money("refunded", {**_GIFT, "bank": s.is_code, "taken_from": s.one_of("free", "frozen")}),
    _money(
        "reprogrammed",
        {**_GIFT, "to_purse": s.is_code, "bank": s.is_code, "consent_by": s.is_code},
    ),
    _money(
        "allotted",
        {
            "purse": s.is_code,
            "allotment": s.is_code,
            "cost_head": s.is_code,
            **_USE,
            "amount_minor": s.is_amount,
            "until_on": s.is_day_or_null,
            "plan": s.is_text_or_empty,
        },
    ),
    _money(
        "allotment_released",
        {
            "allotment": s.is_code,
            "amount_minor": s.is_amount,
            "why": s.one_of("released", "expired"),
        },
        two=False,
    ),
    _money(
        "obligated",
        {
            "allotment": s.is_code,
            "obligation": s.is_code,
            "payee": s.is_code,
            **_USE,
            "direct_minor": s.is_amount,
            "until_on": s.is_day_or_null,
            "claim": s.is_code_or_empty,
        },
    ),
    _money(
        "obligation_released",
        {
            "obligation": s.is_code,
            "direct_minor": s.is_amount,
            "why": s.one_of("voided", "expired"),
        },
        two=False,
    ),
    _money("disbursed", {"obligation": s.is_code, "bank": s.is_code, "direct_minor": s.is_amount}),
    _money("support_paid", {"purse": s.is_code, "bank": s.is_code, "amount_minor": s.is_amount}),
    _money(
        "recovered",
        {"obligation": s.is_code, "bank": s.is_code, "amount_minor": s.is_amount},
        two=False,
    ),
    _money("reversed", {"sequence": s.is_count}),
    _kind("presence_returned", _UNIT_MONTH, roles=_OWN),
    _kind(
        "presence_verified",
        {**_UNIT_MONTH, "shortfall_ppm": s.is_share},
        roles=frozenset({Role.VERIFIER}),
    ),
    _kind(
        "claimed",
        {
            "claim": s.is_code,
            "contributor": s.is_code,
            "unit": s.is_code,
            "lines": s.list_of(LINE),
            "total_minor": s.is_amount,
        },
        roles=_OWN,
    ),
    _kind("claim_approved", {"claim": s.is_code, "amount_minor": s.is_amount}, two=True),
    _kind("claim_rejected", {"claim": s.is_code, "why": s.is_text}),
    _kind("payment_acknowledged", {"claim": s.is_code, "amount_minor": s.is_amount}, roles=_OWN),
    _kind(
        "period_closed",
        {"period": s.is_code, "until_on": s.is_day, "statement_sha256": s.is_digest},
        two=True,
    ),
)

KINDS: Mapping[str, Kind] = {kind.name: kind for kind in _ALL}
# What a body may hold beside its kind's members.
OPTIONAL: Mapping[str, Callable[[Any], bool]] = {
    "note": s.is_withheld,
    "payee_account": s.is_withheld,
    "known_on": s.is_day,
    "placeholder": lambda value: value is True,
}

# Kinds that change balances and open nothing but allotments and obligations, of which there are
# many. All others are few: whoever keeps books up to date reads them all.
MANY = (
    "allotment_released",
    "allotted",
    "disbursed",
    "exchanged",
    "frozen",
    "interest",
    "obligated",
    "obligation_released",
    "received",
    "recovered",
    "refunded",
    "reprogrammed",
    "reserve_moved",
    "signed",
    "support_paid",
    "unfrozen",
)
