"""How claims stood on a day: what is owed, for how long, and the rows that say so to a plan."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from konbit.dossier import texts_of
from konbit.fund.claiming import claim_states
from konbit.fund.standing import DECIDING, by_age, paid, rows_of, standings
from konbit.terms import Money
from ledger_cases import Log, allotted, obligated, with_money
from made_ledgers import Drawn

LINE = {
    "month": "2025-11",
    "rate": "R",
    "quantity": 3_000,
    "per": 30,
    "deduction_ppm": 0,
    "factor_ppm": 0,
    "amount_minor": 100_000,
}
UNIT = {"contributor": "KEN", "unit": "KEN-1"}


def claimed() -> Log:
    """A claim of 1,000 dollars for November 2025, of which 800 are approved and 500 paid."""
    log = with_money()
    log.must("rate_dated", on="2025-01-01", rate="R", cost_head="personnel", contributor="",
             amount_minor=1_000, counted="person_day", is_deductible=True, edition="1")  # fmt: skip
    month = {**UNIT, "month": "2025-11", "person_days": 3_000, "equipment_days": 0}
    log.must("presence_returned", actor="kofi", approver="", **month)
    log.must("presence_verified", actor="vera", shortfall_ppm=0, **month)
    log.must("claimed", actor="kofi", on="2026-01-10", claim="K", lines=[LINE],
             total_minor=100_000, **UNIT)  # fmt: skip
    log.must("claim_approved", on="2026-01-12", claim="K", amount_minor=80_000)
    assert allotted(log, "A1", 500_000, contributor="KEN", on="2026-01-12") == ""
    more = {"contributor": "KEN", "claim": "K", "on": "2026-01-13"}
    assert obligated(log, "A1", "O1", 80_000, **more) == ""
    pay = {"obligation": "O1", "bank": "MAIN", "direct_minor": 50_000, "on": "2026-01-14"}
    assert log.do("disbursed", actor="otto", **pay) == ""
    return log


@pytest.mark.parametrize(
    ("until", "stood"),
    [
        ("2026-01-10", None),
        ("2026-01-11", (100_000, None, 0, 100_000)),
        ("2026-01-13", (100_000, 80_000, 0, 80_000)),
        ("2026-01-15", (100_000, 80_000, 50_000, 30_000)),
    ],
)
def test_a_claim_stands_as_it_did_on_the_day(
    until: str, stood: tuple[int, int | None, int, int] | None
) -> None:
    found = standings(claimed().records, until=until)
    assert [
        (c.claimed_minor, c.approved_minor, c.paid_minor, c.unpaid_minor) for c in found.values()
    ] == ([] if stood is None else [stood])


def test_what_became_known_later_is_not_counted_before() -> None:
    log = claimed()
    approval = next(r for r in log.records if r.kind == "claim_approved")
    day = date.fromisoformat(approval.recorded_at[:10])
    before = standings(log.records, until="2027-01-01", known_until=day.replace(day=1).isoformat())
    after = standings(log.records, until="2027-01-01", known_until=day.isoformat())
    assert before == {} or before["K"].approved_minor is None
    assert after["K"].approved_minor == 80_000
    assert after["K"].paid_minor == 0


@pytest.mark.parametrize(
    ("on", "at"), [("2026-02-28", 0), ("2026-03-01", 1), ("2026-06-01", 2), ("2027-06-01", 3)]
)
def test_arrears_are_told_by_the_age_of_the_service(on: str, at: int) -> None:
    """The service ended with November 2025."""
    found = standings(claimed().records, until="2026-02-01")
    sums = [0, 0, 0, 0]
    sums[at] = 30_000
    assert by_age(found.values(), date.fromisoformat(on)) == {"KEN": tuple(sums)}


def test_what_is_paid_or_rejected_is_owed_to_nobody() -> None:
    log = claimed()
    pay = {"obligation": "O1", "bank": "MAIN", "direct_minor": 30_000}
    assert log.do("disbursed", actor="otto", **pay) == ""
    assert by_age(standings(log.records, until="2030-01-01").values(), date(2030, 1, 1)) == {}


def test_rows_say_from_which_records_they_come() -> None:
    log = claimed()
    found = standings(log.records, until="2026-02-01")
    (row,) = rows_of(
        found.values(),
        fund="TF",
        currency="USD",
        on=date(2026, 1, 31),
        known=None,
        is_reconstruction=False,
    )
    numbers = [
        str(r.sequence)
        for r in log.records
        if r.kind in {"claimed", "claim_approved", "obligated"} and r.body.get("claim") == "K"
    ]
    assert row.source == f"Ledger of TF, records {', '.join(numbers)}"
    assert row.key == ("TF", "K", "2026-01-31")
    assert row.unpaid == Money(30_000, "USD")
    assert row.served_until_on == date(2025, 12, 1)
    assert row.confidence == "official"
    assert texts_of(row)["approved"] == "800"


def test_rows_of_a_reconstruction_are_no_official_figures() -> None:
    found = standings(claimed().records, until="2026-02-01")
    told: dict[str, Any] = {
        "fund": "TF",
        "currency": "USD",
        "on": date(2026, 1, 31),
        "known": date(2026, 3, 1),
    }
    (row,) = rows_of(found.values(), is_reconstruction=True, **told)
    assert (row.confidence, row.source_on) == ("estimate", date(2026, 3, 1))
    found["K"].is_placeholder = True
    (row,) = rows_of(found.values(), is_reconstruction=True, **told)
    assert row.is_assumed


@pytest.mark.parametrize("seed", range(6))
def test_whatever_is_recorded_claims_stand_as_the_books_say(seed: int) -> None:
    """At the end of any log, and also where what was paid comes from sums of postings."""
    drawn = Drawn(seed)
    drawn.grow(500)
    found = standings(drawn.records, until="2100-01-01")
    states = claim_states(drawn.books)
    assert states
    assert {c.claim: c.unpaid_minor for c in found.values()} == {
        s.claim: s.arrears_minor for s in states
    }
    assert {c.claim: c.paid_minor for c in found.values()} == {
        s.claim: s.paid_minor for s in states
    }
    deciding = (r for r in drawn.records if r.kind in DECIDING)
    summed = standings(deciding, until="2100-01-01")
    sums: dict[str, int] = {}
    for record in drawn.records:
        for account, _, amount, _ in record.postings:
            sums[account] = sums.get(account, 0) + amount
    paid(summed, sums)
    assert summed == found
