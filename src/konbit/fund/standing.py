"""How claims stood on a day, as known on a day: what is owed to whom, and for how long."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from konbit.dossier.tables.arrears import ClaimStanding
from konbit.fund.statement import known_on
from konbit.terms import Money, Month

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from konbit.fund.record import Record

DECIDING = ("fund_opened", "claimed", "claim_approved", "claim_rejected", "obligated")
"""Kinds of records that say how a claim stands, but for what was paid."""
AGES_MONTHS = (3, 6, 12)
"""Arrears are told by age of the service: less than 3, 6, 12 months, and older."""


@dataclass(slots=True)
class Standing:
    """A claim as it stood.

    Attributes:
        claim: code.
        contributor: who is to be paid back.
        unit: whose service it is for.
        served_until_on: first day after the last month claimed.
        claimed_on: day on which it was claimed.
        claimed_minor: as asked, in the fund's currency.
        approved_minor: as approved, 0 where rejected, None while nobody has decided.
        obligations: codes of the obligations that pay it.
        paid_minor: as paid.
        records: numbers of the records that say so, what was paid left out.
        is_placeholder: whether one of them says of itself that no source gives it.
    """

    claim: str
    contributor: str
    unit: str
    served_until_on: date
    claimed_on: date
    claimed_minor: int
    approved_minor: int | None
    obligations: list[str]
    paid_minor: int
    records: list[int]
    is_placeholder: bool

    @property
    def unpaid_minor(self) -> int:
        """What is approved, or claimed and not decided, and not paid."""
        owed = self.claimed_minor if self.approved_minor is None else self.approved_minor
        return max(0, owed - self.paid_minor)


def standings(
    records: Iterable[Record], *, until: str, known_until: str | None = None
) -> dict[str, Standing]:
    """Claims by code, from the records with their day before `until`, known by a day.

    What is paid is taken from the postings of these records. Who has them added up already gives
    records of the kinds `DECIDING` only, and calls `paid`.
    """
    found: dict[str, Standing] = {}
    paying: dict[str, Standing] = {}
    is_reconstruction = False
    for record in records:
        if record.kind == "fund_opened":
            is_reconstruction = record.body["reconstruction"]
        day = known_on(record, is_reconstruction=is_reconstruction)
        if record.on >= until or (known_until is not None and day > known_until):
            continue
        _take(record, found, paying)
        for account, _, amount, _ in record.postings:
            standing = paying.get(obligation_of(account))
            if standing is not None:
                standing.paid_minor += amount
    return found


def obligation_of(account: str) -> str:
    """The obligation whose payments an account holds; empty for any other account."""
    return account.rpartition(":")[2] if account.startswith("spent:") else ""


def paid(found: Mapping[str, Standing], sums: Mapping[str, int]) -> None:
    """Set what is paid on claims from sums by account."""
    paid_on = {obligation_of(account): amount for account, amount in sums.items()}
    for standing in found.values():
        standing.paid_minor = sum(paid_on.get(code, 0) for code in standing.obligations)


def _take(record: Record, found: dict[str, Standing], paying: dict[str, Standing]) -> None:
    body = record.body
    if record.kind == "claimed":
        found[body["claim"]] = _claimed(record)
        return
    standing = found.get(body.get("claim", "")) if record.kind in DECIDING else None
    if standing is None:
        return
    standing.records.append(record.sequence)
    standing.is_placeholder = standing.is_placeholder or bool(body.get("placeholder"))
    if record.kind == "claim_approved":
        standing.approved_minor = body["amount_minor"]
    elif record.kind == "claim_rejected":
        standing.approved_minor = 0
    elif record.kind == "obligated":
        standing.obligations.append(body["obligation"])
        paying[body["obligation"]] = standing


def _claimed(record: Record) -> Standing:
    body = record.body
    last = Month.parse(max(line["month"] for line in body["lines"]))
    return Standing(
        claim=body["claim"],
        contributor=body["contributor"],
        unit=body["unit"],
        served_until_on=(last + 1).first_on,
        claimed_on=date.fromisoformat(record.on),
        claimed_minor=body["total_minor"],
        approved_minor=None,
        obligations=[],
        paid_minor=0,
        records=[record.sequence],
        is_placeholder=bool(body.get("placeholder")),
    )


def months_waited(standing: Standing, on: date) -> int:
    """Whole months since the service of a claim ended: so long its contributor has advanced it."""
    return Month.of(on) - Month.of(standing.served_until_on)


def longest_waited(found: Iterable[Standing], on: date) -> dict[str, int]:
    """Months since the oldest service that is not paid ended, by contributor."""
    longest: dict[str, int] = {}
    for standing in found:
        if standing.unpaid_minor:
            waited = months_waited(standing, on)
            longest[standing.contributor] = max(waited, longest.get(standing.contributor, waited))
    return longest


def by_age(found: Iterable[Standing], on: date) -> dict[str, tuple[int, ...]]:
    """What is unpaid by contributor, in minor units, for each age of `AGES_MONTHS` and older."""
    ages: dict[str, list[int]] = {}
    for standing in found:
        at = sum(months_waited(standing, on) >= limit for limit in AGES_MONTHS)
        sums = ages.setdefault(standing.contributor, [0] * (len(AGES_MONTHS) + 1))
        sums[at] += standing.unpaid_minor
    return {who: tuple(sums) for who, sums in sorted(ages.items()) if any(sums)}


def rows_of(
    found: Iterable[Standing],
    *,
    fund: str,
    currency: str,
    on: date,
    known: date | None,
    is_reconstruction: bool,
) -> tuple[ClaimStanding, ...]:
    """Claims as rows of the table `arrears`, with the records that they come from.

    Args:
        found: the claims.
        fund: code of the fund, in its ledger and in the table `funds`.
        currency: the fund's.
        on: the last day that was counted.
        known: the day as known on which; None for all that is known.
        is_reconstruction: whether the log was put together afterwards.
    """
    return tuple(
        _row(standing, fund, currency, on, known, is_reconstruction=is_reconstruction)
        for standing in found
    )


def _row(
    standing: Standing,
    fund: str,
    currency: str,
    on: date,
    known: date | None,
    *,
    is_reconstruction: bool,
) -> ClaimStanding:
    confidence, basis = "official", ""
    if is_reconstruction:
        confidence, basis = "estimate", "The ledger was put together afterwards from public sources"
    if standing.is_placeholder:
        confidence = "placeholder"
    approved = standing.approved_minor
    numbers = ", ".join(str(number) for number in standing.records)
    return ClaimStanding(
        fund=fund,
        claim=standing.claim,
        on=on,
        contributor=standing.contributor,
        unit=standing.unit,
        served_until_on=standing.served_until_on,
        claimed_on=standing.claimed_on,
        claimed=Money(standing.claimed_minor, currency),
        approved=None if approved is None else Money(approved, currency),
        paid=Money(standing.paid_minor, currency),
        source=f"Ledger of {fund}, records {numbers}",
        source_on=known or on,
        confidence=confidence,
        basis=basis,
    )
