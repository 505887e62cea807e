"""Which kinds of records there are: what they hold, who may make them, whether two must agree."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from konbit_audit import values as v

if TYPE_CHECKING:
    from collections.abc import Mapping

    from konbit_audit.values import Test


@dataclass(frozen=True)
class Kind:
    """See the page on records.

    Attributes:
        body: members beside `on`, each with its test.
        who: roles that may make it; empty: the register of people.
        two: whether a second person must approve.
        moves: whether it carries postings; `withdrawn` and `expired` do where the stage is signed.
    """

    body: Mapping[str, Test]
    who: tuple[str, ...] = ("officer",)
    two: bool = False
    moves: bool = False


RECORD: Final[Mapping[str, Test]] = {
    "kind": v.any_text,
    "fund": v.code,
    "sequence": v.from_zero,
    "recorded_at": v.instant,
    "actor": v.code,
    "approver": lambda value: value is None or v.code(value),
    "authority": v.any_text,
    "rule": v.any_text,
    "document_sha256": lambda value: value is None or v.digest(value),
    "idempotency_key": lambda value: v.text(value) and len(value) <= 100,
    "body": lambda value: type(value) is dict,
}
# What any body may hold beside.
MAY: Final[Mapping[str, Test]] = {
    "note": v.withheld,
    "payee_account": v.withheld,
    "known_on": v.day,
    "placeholder": v.only_true,
}
_PERSON: Final[Mapping[str, Test]] = {
    "who": v.code,
    "role": v.one_of("officer", "approver", "verifier", "contributor"),
    "party": v.code_or_none,
}
_GIFT: Final[Mapping[str, Test]] = {"contribution": v.code, "amount_minor": v.above_zero}
_STAGE: Final[Mapping[str, Test]] = {"stage": v.one_of("announced", "pledged", "signed")}
_USE: Final[Mapping[str, Test]] = {
    "contributor": v.code_or_none,
    "place": v.code_or_none,
    "lethal": v.flag,
    "until_on": v.day_or_null,
}
_PRESENCE: Final[Mapping[str, Test]] = {
    "contributor": v.code,
    "unit": v.code,
    "month": v.month,
    "person_days": v.from_zero,
    "equipment_days": v.from_zero,
}
_LINE: Final[Mapping[str, Test]] = {
    "month": v.month,
    "rate": v.code,
    "quantity": v.above_zero,
    "per": v.above_zero,
    "deduction_ppm": v.share,
    "factor_ppm": v.share,
    "amount_minor": v.from_zero,
}

_PEOPLE: Final[Mapping[str, Kind]] = {
    "fund_opened": Kind(
        {
            "title": v.text,
            "currency": v.currency,
            "mission": v.code,
            "reconstruction": v.flag,
            "founders": v.rows(_PERSON),
        },
        two=True,
    ),
    "actor_granted": Kind(_PERSON, who=()),
    "actor_ended": Kind(_PERSON, who=()),
    "bank_opened": Kind({"bank": v.code, "currency": v.currency}, two=True),
    "purse_opened": Kind(
        {
            "purse": v.code,
            "title": v.text,
            "modality": v.one_of("", *"ABCDEFGHIJKL"),
            "cost_heads": v.codes,
            "contributors": v.codes,
            "places": v.codes,
            "from_on": v.day_or_null,
            "until_on": v.day_or_null,
            "lethal": v.flag,
            "support_cost_ppm": v.share,
            "reserve_ppm": v.share,
        },
        two=True,
    ),
    "exchange_rate_dated": Kind({"currency": v.currency, "rate": v.rate}),
    "rate_dated": Kind(
        {
            "rate": v.code,
            "cost_head": v.code,
            "contributor": v.code_or_none,
            "amount_minor": v.above_zero,
            "counted": v.one_of("person_day", "equipment_day", "unit_month"),
            "is_deductible": v.flag,
            "edition": v.text,
        },
        two=True,
    ),
}
_PROMISES: Final[Mapping[str, Kind]] = {
    "contribution_opened": Kind(
        {
            "contribution": v.code,
            "donor": v.code,
            "purse": v.code,
            "currency": v.currency,
            "title": v.text,
        }
    ),
    "announced": Kind({"contribution": v.code, "amount_minor": v.above_zero_or_null}),
    "pledged": Kind({"contribution": v.code, "amount_minor": v.above_zero_or_null}),
    "signed": Kind(_GIFT, two=True, moves=True),
    "withdrawn": Kind({**_GIFT, **_STAGE}, two=True),
    "expired": Kind({**_GIFT, **_STAGE}, two=True),
}
_BANKED: Final[Mapping[str, Test]] = {"bank": v.code, "amount_minor": v.above_zero}
_MONEY: Final[Mapping[str, Kind]] = {
    "received": Kind({"contribution": v.code, **_BANKED}, moves=True),
    "interest": Kind({"purse": v.code, **_BANKED}, moves=True),
    "exchanged": Kind(
        {
            "purse": v.code,
            "from_bank": v.code,
            "to_bank": v.code,
            "sold_minor": v.above_zero,
            "bought_minor": v.above_zero,
        },
        two=True,
        moves=True,
    ),
    "reserve_moved": Kind({"purse": v.code, "amount_minor": v.not_zero}, two=True, moves=True),
    "frozen": Kind(_GIFT, moves=True),
    "unfrozen": Kind(_GIFT, two=True, moves=True),
    "refunded": Kind(
        {"contribution": v.code, **_BANKED, "taken_from": v.one_of("free", "frozen")},
        two=True,
        moves=True,
    ),
    "reprogrammed": Kind(
        {"contribution": v.code, **_BANKED, "to_purse": v.code, "consent_by": v.code},
        two=True,
        moves=True,
    ),
    "allotted": Kind(
        {
            "purse": v.code,
            "allotment": v.code,
            "cost_head": v.code,
            **_USE,
            "amount_minor": v.above_zero,
            "plan": v.any_text,
        },
        two=True,
        moves=True,
    ),
    "allotment_released": Kind(
        {
            "allotment": v.code,
            "amount_minor": v.above_zero,
            "why": v.one_of("released", "expired"),
        },
        moves=True,
    ),
    "obligated": Kind(
        {
            "allotment": v.code,
            "obligation": v.code,
            "payee": v.code,
            **_USE,
            "direct_minor": v.above_zero,
            "claim": v.code_or_none,
        },
        two=True,
        moves=True,
    ),
    "obligation_released": Kind(
        {
            "obligation": v.code,
            "direct_minor": v.above_zero,
            "why": v.one_of("voided", "expired"),
        },
        moves=True,
    ),
    "disbursed": Kind(
        {"obligation": v.code, "bank": v.code, "direct_minor": v.above_zero},
        two=True,
        moves=True,
    ),
    "support_paid": Kind({"purse": v.code, **_BANKED}, two=True, moves=True),
    "recovered": Kind({"obligation": v.code, **_BANKED}, moves=True),
    "reversed": Kind({"sequence": v.from_zero}, two=True, moves=True),
}
_CLAIMS: Final[Mapping[str, Kind]] = {
    "presence_returned": Kind(_PRESENCE, who=("contributor", "officer")),
    "presence_verified": Kind({**_PRESENCE, "shortfall_ppm": v.share}, who=("verifier",)),
    "claimed": Kind(
        {
            "claim": v.code,
            "contributor": v.code,
            "unit": v.code,
            "lines": v.rows(_LINE),
            "total_minor": v.above_zero,
        },
        who=("contributor", "officer"),
    ),
    "claim_approved": Kind({"claim": v.code, "amount_minor": v.above_zero}, two=True),
    "claim_rejected": Kind({"claim": v.code, "why": v.text}),
    "payment_acknowledged": Kind(
        {"claim": v.code, "amount_minor": v.above_zero}, who=("contributor", "officer")
    ),
    "period_closed": Kind(
        {"period": v.code, "until_on": v.day, "statement_sha256": v.digest}, two=True
    ),
}
KINDS: Final[Mapping[str, Kind]] = {**_PEOPLE, **_PROMISES, **_MONEY, **_CLAIMS}
