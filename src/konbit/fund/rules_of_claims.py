"""Rules from presence to payment: what may be claimed, approved, obligated, paid, acknowledged."""

from __future__ import annotations

from calendar import monthrange
from typing import TYPE_CHECKING, Any

from konbit.fund.arithmetic import LARGEST_FACTOR_PPM, deduction_ppm, line_amount

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from konbit.fund.books import Books
    from konbit.fund.record import Record


def claim_stage(record: Record, books: Books) -> Iterator[dict[str, Any]]:
    """Each step follows the one before it, and none is for more than the one before."""
    body = record.body
    most = _most(record.kind, body, books)
    amount = body.get("amount_minor", body.get("direct_minor", 0))
    if most is not None and amount > most:
        yield {"most_minor": max(0, most)}
    if record.kind in {"presence_returned", "presence_verified"}:
        at = books.presence.get((body["unit"], body["month"]))
        if at is not None and "verified" in at:
            yield {"most_minor": 0}
        elif record.kind == "presence_verified" and at is not None:
            for count in ("person_days", "equipment_days"):
                if body[count] > at["returned"][count]:
                    yield {"most_minor": at["returned"][count]}
    if record.kind == "claim_rejected" and books.claims[body["claim"]]["state"] != "open":
        yield {"most_minor": 0}


def _most(kind: str, body: Mapping[str, Any], books: Books) -> int | None:
    """The most that a step of a claim may be for; None where no claim limits it."""
    if kind == "claim_approved":
        claim = books.claims[body["claim"]]
        return int(claim["total_minor"]) if claim["state"] == "open" else 0
    if kind == "obligated" and body["claim"]:
        return _left_of(body["claim"], books)
    if kind == "disbursed":
        claimed = books.obligations[body["obligation"]]["claim"]
        is_payable = not claimed or books.claims[claimed]["state"] == "approved"
        return None if is_payable else 0
    if kind == "payment_acknowledged":
        return books.claim_paid(body["claim"]) - books.acknowledged.get(body["claim"], 0)
    return None


def _left_of(claim: str, books: Books) -> int:
    found = books.claims[claim]
    return int(found["approved_minor"]) - books.claim_holds(claim)


def claim_lines(record: Record, books: Books) -> Iterator[dict[str, Any]]:
    """Each line of a claim is at its dated rate, within what was verified, and claimed once."""
    body = record.body
    if record.kind != "claimed":
        return
    seen: set[tuple[str, str]] = set()
    for number, line in enumerate(body["lines"], 1):
        rate = books.rates[line["rate"]]
        place = (line["month"], rate["cost_head"])
        if place in seen or (body["unit"], *place) in books.claimed:
            yield {"line": number, "member": "cost_head"}
        seen.add(place)
        for member in wrong_members(line, body, rate, books):
            yield {"line": number, "member": member}
    if sum(line["amount_minor"] for line in body["lines"]) != body["total_minor"]:
        yield {"line": 0, "member": "total_minor"}


def wrong_members(
    line: Mapping[str, Any], claim: Mapping[str, Any], rate: Mapping[str, Any], books: Books
) -> Iterator[str]:
    """Members of a line that are not what rate, month and verified presence make them."""
    verified = books.presence[(claim["unit"], line["month"])]["verified"]
    expected = newest_rate(rate["cost_head"], claim["contributor"], line["month"], books)
    if expected is None or expected["rate"] != rate["rate"]:
        yield "rate"
    if line["quantity"] > _most_quantity(rate["counted"], verified):
        yield "quantity"
    if line["per"] != per_of(rate["counted"], line["month"]):
        yield "per"
    deduction = deduction_ppm(verified["shortfall_ppm"]) if rate["is_deductible"] else 0
    if line["deduction_ppm"] != deduction:
        yield "deduction_ppm"
    largest = LARGEST_FACTOR_PPM if rate["counted"] == "equipment_day" else 0
    if line["factor_ppm"] > largest:
        yield "factor_ppm"
    amount = line_amount(
        line["quantity"],
        rate["amount_minor"],
        line["per"],
        line["deduction_ppm"],
        line["factor_ppm"],
    )
    if line["amount_minor"] != amount:
        yield "amount_minor"


def newest_rate(
    cost_head: str, contributor: str, month: str, books: Books
) -> dict[str, Any] | None:
    """The rate of a cost head that holds on the first day of a month: the contributor's own first.

    Of several of one day the last recorded.
    """
    known = [
        rate
        for rate in books.rates.values()
        if rate["cost_head"] == cost_head
        and rate["contributor"] in {"", contributor}
        and rate["on"] <= f"{month}-01"
    ]
    own = [rate for rate in known if rate["contributor"]]
    return max(own or known, key=lambda rate: (rate["on"], rate["sequence"]), default=None)


def per_of(counted: str, month: str) -> int:
    """By what a quantity is divided: the days of the month, or one."""
    return 1 if counted == "unit_month" else monthrange(int(month[:4]), int(month[5:]))[1]


def _most_quantity(counted: str, verified: Mapping[str, Any]) -> int:
    if counted == "unit_month":
        return 1
    return int(verified["person_days" if counted == "person_day" else "equipment_days"])
