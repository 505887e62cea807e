"""Claims as they stand: what may be claimed for a month, and how far each claim has come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from konbit.fund.arithmetic import deduction_ppm, line_amount
from konbit.fund.rules_of_claims import newest_rate, per_of

if TYPE_CHECKING:
    from konbit.fund.books import Books

# How far a claim can come, in order.
STATES = ("claimed", "rejected", "approved", "obligated", "paid_in_part", "paid", "acknowledged")


@dataclass(frozen=True, slots=True)
class ClaimState:
    """Where the money of a claim stands.

    Attributes:
        claim: code.
        contributor: who is to be paid back.
        unit: whose presence it is for.
        months: the months claimed.
        state: one of `STATES`.
        claimed_minor: as asked.
        approved_minor: as approved.
        paid_minor: as paid.
        acknowledged_minor: what the contributor says came.
    """

    claim: str
    contributor: str
    unit: str
    months: tuple[str, ...]
    state: str
    claimed_minor: int
    approved_minor: int
    paid_minor: int
    acknowledged_minor: int

    @property
    def arrears_minor(self) -> int:
        """What was approved, or is claimed and open, and has not been paid."""
        owed = self.claimed_minor if self.state == "claimed" else self.approved_minor
        return max(0, owed - self.paid_minor)


def claim_states(books: Books) -> tuple[ClaimState, ...]:
    """Every claim, in the order in which they were made."""
    return tuple(_state(code, claim, books) for code, claim in books.claims.items())


def _state(code: str, claim: dict[str, Any], books: Books) -> ClaimState:
    paid = books.claim_paid(code)
    acknowledged = books.acknowledged.get(code, 0)
    approved = claim["approved_minor"]
    state = "claimed" if claim["state"] == "open" else str(claim["state"])
    if claim["state"] == "approved":
        steps = (
            ("acknowledged", bool(paid) and acknowledged >= approved),
            ("paid", paid >= approved),
            ("paid_in_part", paid > 0),
            ("obligated", books.claim_holds(code) > 0),
        )
        state = next((name for name, is_so in steps if is_so), state)
    return ClaimState(
        claim=code,
        contributor=claim["contributor"],
        unit=claim["unit"],
        months=tuple(sorted({line["month"] for line in claim["lines"]})),
        state=state,
        claimed_minor=claim["total_minor"],
        approved_minor=approved,
        paid_minor=paid,
        acknowledged_minor=acknowledged,
    )


def lines_to_claim(
    books: Books, contributor: str, unit: str, month: str, factor_ppm: int = 0
) -> list[dict[str, Any]]:
    """The lines of a claim for a verified month that is not claimed yet, each at its dated rate.

    Args:
        books: with presence and rates.
        contributor: whose unit it is.
        unit: code of the unit.
        month: `2026-01`.
        factor_ppm: mission factors on equipment, in parts per million.
    """
    verified = books.presence.get((unit, month), {}).get("verified")
    if verified is None or verified["contributor"] != contributor:
        return []
    lines = []
    for head in sorted({rate["cost_head"] for rate in books.rates.values()}):
        rate = newest_rate(head, contributor, month, books)
        if rate is not None and (unit, month, head) not in books.claimed:
            line = _line(rate, verified, month, factor_ppm)
            if line["quantity"]:
                lines.append(line)
    return lines


def _line(
    rate: dict[str, Any], verified: dict[str, Any], month: str, factor_ppm: int
) -> dict[str, Any]:
    counted = rate["counted"]
    quantity = {
        "person_day": verified["person_days"],
        "equipment_day": verified["equipment_days"],
        "unit_month": 1,
    }[counted]
    deduction = deduction_ppm(verified["shortfall_ppm"]) if rate["is_deductible"] else 0
    factor = factor_ppm if counted == "equipment_day" else 0
    per = per_of(counted, month)
    return {
        "month": month,
        "rate": rate["rate"],
        "quantity": quantity,
        "per": per,
        "deduction_ppm": deduction,
        "factor_ppm": factor,
        "amount_minor": line_amount(quantity, rate["amount_minor"], per, deduction, factor),
    }


def arrears_by_contributor(books: Books) -> dict[str, int]:
    """What contributors have advanced and not been paid, by contributor, in minor units."""
    found: dict[str, int] = {}
    for claim in claim_states(books):
        found[claim.contributor] = found.get(claim.contributor, 0) + claim.arrears_minor
    return found
