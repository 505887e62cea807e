"""Each rule, broken once, and the path beside it."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from konbit.fund import Record, broken, replay, statement_of, statement_sha256
from ledger_cases import Log, allotted, obligated, opened, with_money


def test_money_goes_from_signature_to_payment_and_every_balance_says_so() -> None:
    log = with_money(1_000_000)
    assert allotted(log, "A1", 565_000) == ""
    assert obligated(log, "A1", "O1", 500_000) == ""
    assert log.books.held("support_held:A:O1") == 65_000
    assert (
        log.do("disbursed", actor="otto", obligation="O1", bank="MAIN", direct_minor=200_000) == ""
    )
    held = {name: amount for (name, _), (amount, _) in log.books.balances.items() if amount}
    assert held == {
        "agreement:A:USA-1": -1_000_000,
        "bank:MAIN:A": 800_000,
        "free:A": 435_000,
        "purse:A": -800_000,
        "obligated:A:O1": 300_000,
        "support_held:A:O1": 39_000,
        "support_due:A": 26_000,
        "spent:A:personnel:O1": 200_000,
    }


def test_a_receipt_in_another_currency_is_valued_at_its_days_rate_and_a_sale_shows_its_gain() -> (
    None
):
    log = opened()
    log.must("signed", contribution="CAN-1", amount_minor=100_000)
    assert log.do("received", contribution="CAN-1", bank="OTTAWA", amount_minor=100_000) == ""
    assert log.books.held("free:A") == 73_120
    log.must(
        "exchanged",
        purse="A",
        from_bank="OTTAWA",
        to_bank="MAIN",
        sold_minor=50_000,
        bought_minor=37_000,
    )
    statement = statement_of(log.records, until="2027-01-01")
    assert statement["purses"]["A"]["exchange"] == 37_000 - 36_560
    assert statement["purses"]["A"]["held"] == 73_120 + 440
    assert statement["banks"]["OTTAWA"] == {"currency": "CAD", "amount": 50_000, "value": 36_560}


def test_a_loss_that_free_money_cannot_bear_is_borne_by_the_reserve() -> None:
    log = opened(reserve_ppm=100_000)
    log.must("signed", contribution="CAN-1", amount_minor=100_000)
    log.must("received", contribution="CAN-1", bank="OTTAWA", amount_minor=100_000)
    assert log.books.held("reserve:A") == 7_312
    assert allotted(log, "A1", 65_000) == ""
    sale = {"purse": "A", "from_bank": "OTTAWA", "to_bank": "MAIN", "sold_minor": 100_000}
    assert log.do("exchanged", bought_minor=60_000, **sale) == "overdrawn"
    assert log.do("exchanged", bought_minor=70_000, **sale) == ""
    assert (log.books.held("free:A"), log.books.held("reserve:A")) == (0, 7_312 - 2_312)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"kind": "no_such"}, "shape"),
        ({"sequence": 3}, "sequence"),
        ({"fund": "OTHER"}, "sequence"),
        ({"recorded_at": "2025-01-01T00:00:00.000000Z"}, "clock"),
        ({"idempotency_key": "key-1"}, "idempotency"),
        ({"actor": "nobody"}, "authority"),
        ({"actor": "anna"}, "authority"),
        ({"actor": "registry"}, "authority"),
        ({"authority": ""}, "authority"),
        ({"approver": None}, "four-eyes"),
        ({"approver": "olga"}, "four-eyes"),
        ({"approver": "otto"}, "four-eyes"),
        ({"rule": "received"}, "shape"),
        ({"document_sha256": "xyz"}, "shape"),
    ],
)
def test_a_record_that_lies_about_itself_is_named(change: dict[str, Any], code: str) -> None:
    log = with_money()
    record = log.composed("reserve_moved", purse="A", amount_minor=5)
    found = broken(dataclasses.replace(record, **change), log.books)
    assert found is not None
    assert found.code == f"ledger-{code}"
    assert broken(record, log.books) is None


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"amount_minor": 0}, "shape"),
        ({"amount_minor": 5.0}, "shape"),
        ({"amount_minor": True}, "shape"),
        ({"surprise": 1}, "shape"),
        ({"note": "plain words"}, "shape"),
        ({"on": "2030-01-01"}, "day"),
        ({"on": "2026-02-30"}, "shape"),
        ({"known_on": "2026-01-09"}, "day"),
        ({"purse": "NONE"}, "reference"),
        ({"amount_minor": 6}, "postings"),
    ],
)
def test_a_body_that_lies_is_named(change: dict[str, Any], code: str) -> None:
    log = with_money()
    record = log.composed("reserve_moved", purse="A", amount_minor=5)
    found = broken(dataclasses.replace(record, body={**record.body, **change}), log.books)
    assert found is not None
    assert found.code == f"ledger-{code}"


def test_nothing_is_received_that_was_not_signed_nor_spent_that_was_not_received() -> None:
    log = opened()
    log.must("pledged", contribution="USA-1", amount_minor=500)
    assert log.do("received", contribution="USA-1", bank="MAIN", amount_minor=1) == "overdrawn"
    log.must("signed", contribution="USA-1", amount_minor=500)
    assert allotted(log, "A1", 1) == "overdrawn"
    assert log.do("received", contribution="USA-1", bank="OTTAWA", amount_minor=1) == "reference"
    assert log.do("received", contribution="USA-1", bank="MAIN", amount_minor=500) == ""
    assert log.do("withdrawn", contribution="USA-1", stage="signed", amount_minor=1) == "overdrawn"
    assert log.do("withdrawn", contribution="USA-1", stage="pledged", amount_minor=501) == "stage"
    assert allotted(log, "A1", 501) == "overdrawn"


def test_an_earmark_is_kept_at_the_allotment_and_at_the_obligation() -> None:
    terms = {
        "cost_heads": ["personnel"],
        "contributors": ["KEN"],
        "places": ["HT01"],
        "lethal": False,
        "until_on": "2026-01-20",
    }
    log = with_money(**terms)
    use = {"contributor": "KEN", "place": "HT01"}
    assert allotted(log, "A1", 100, **{**use, "cost_head": "food"}) == "earmark"
    assert allotted(log, "A1", 100, **{**use, "contributor": "TCD"}) == "earmark"
    assert allotted(log, "A1", 100, **{**use, "place": ""}) == "earmark"
    assert allotted(log, "A1", 100, **use, lethal=True) == "earmark"
    assert allotted(log, "A1", 100, **use) == ""
    assert obligated(log, "A1", "O1", 50, **{**use, "contributor": "TCD"}) == "earmark"
    assert obligated(log, "A1", "O1", 50, **use) == ""
    while log.books.size < 19:
        log.must("announced", contribution="FRA-1", amount_minor=None)
    assert obligated(log, "A1", "O2", 1, **use) == "earmark"


def test_frozen_money_can_be_neither_allotted_nor_lost_and_is_set_free_by_two() -> None:
    log = with_money(1_000)
    assert log.do("frozen", contribution="USA-1", amount_minor=1_001) == "stage"
    assert log.do("frozen", contribution="USA-1", amount_minor=900) == ""
    assert allotted(log, "A1", 101) == "overdrawn"
    assert log.do("unfrozen", contribution="USA-1", amount_minor=901) == "overdrawn"
    assert log.do("unfrozen", contribution="USA-1", amount_minor=400) == ""
    refund = {"contribution": "USA-1", "bank": "MAIN", "taken_from": "frozen"}
    assert log.do("refunded", amount_minor=501, **refund) == "overdrawn"
    assert log.do("refunded", amount_minor=500, **refund) == ""


def test_a_gift_is_frozen_only_as_far_as_it_came_and_then_not_given_back_from_free() -> None:
    """Otherwise one donor's letter would freeze, and refund, what others gave to the purse."""
    log = with_money(1_000)
    log.must("contribution_opened", contribution="GER-1", donor="GER", purse="A", currency="USD",
             title="Gift")  # fmt: skip
    log.must("signed", contribution="GER-1", amount_minor=500)
    log.must("received", contribution="GER-1", bank="MAIN", amount_minor=500)
    came = log.books.size - 1
    of_germany = {"contribution": "GER-1", "bank": "MAIN"}
    assert log.do("frozen", contribution="GER-1", amount_minor=501) == "stage"
    log.must("frozen", contribution="GER-1", amount_minor=400)
    assert log.do("frozen", contribution="GER-1", amount_minor=101) == "stage"
    assert log.do("refunded", taken_from="free", amount_minor=101, **of_germany) == "stage"
    assert log.do("reprogrammed", to_purse="B", consent_by="GER", document="0" * 64,
                  amount_minor=101, **of_germany) == "stage"  # fmt: skip
    assert log.do("reversed", sequence=came) == "stage"
    log.must("refunded", taken_from="free", amount_minor=100, **of_germany)
    log.must("unfrozen", contribution="GER-1", amount_minor=300)
    freed = log.books.size - 1
    log.must("refunded", taken_from="free", amount_minor=1, **of_germany)
    assert log.do("reversed", sequence=freed) == "stage"
    log.must("reversed", sequence=log.books.size - 1)
    log.must("reversed", sequence=freed)
    assert log.books.net_at_hand("A", "GER-1") == 0
    log.must("refunded", taken_from="frozen", amount_minor=400, **of_germany)
    assert log.books.net_given("A", "GER-1") == 0


def test_money_gets_another_purpose_only_with_its_donors_consent() -> None:
    log = with_money(1_000)
    move = {"contribution": "USA-1", "to_purse": "B", "bank": "MAIN", "amount_minor": 400}
    paper = "0" * 64
    assert log.do("reprogrammed", consent_by="USA", **move) == "consent"
    assert log.do("reprogrammed", consent_by="CAN", document=paper, **move) == "consent"
    assert log.do("reprogrammed", consent_by="USA", document=paper, **move) == ""
    assert log.books.held("free:B") == log.books.held("bank:MAIN:B") == 400
    given = statement_of(log.records, until="2027-01-01")["purses"]
    assert (given["A"]["received"], given["B"]["received"]) == (600, 400)


def test_a_correction_is_a_reversal_once() -> None:
    log = with_money(1_000)
    assert allotted(log, "A1", 400) == ""
    number = log.books.size - 1
    assert log.do("reversed", sequence=number) == ""
    assert log.books.held("free:A") == 1_000
    assert log.do("reversed", sequence=number) == "reversal"
    assert log.do("reversed", sequence=log.books.size - 1) == "reversal"
    assert log.do("reversed", sequence=0) == "reversal"
    assert log.do("reversed", sequence=9_999) == "reference"


def test_money_that_was_given_back_or_elsewhere_cannot_be_said_never_to_have_come() -> None:
    """Otherwise the gifts of others in the purse would pay for it."""
    log = with_money(1_000)
    log.must("contribution_opened", contribution="GER-1", donor="GER", purse="A", currency="USD",
             title="Gift")  # fmt: skip
    log.must("signed", contribution="GER-1", amount_minor=500)
    log.must("received", contribution="GER-1", bank="MAIN", amount_minor=500)
    came = log.books.size - 1
    back = {"contribution": "GER-1", "bank": "MAIN", "amount_minor": 1}
    log.must("refunded", taken_from="free", **back)
    refunded = log.books.size - 1
    assert log.do("reversed", sequence=came) == "stage"
    log.must("reversed", sequence=refunded)
    log.must("reprogrammed", to_purse="B", consent_by="GER", document="0" * 64, **back)
    moved = log.books.size - 1
    assert log.do("reversed", sequence=came) == "stage"
    log.must("reversed", sequence=moved)
    assert log.do("reversed", sequence=came) == ""
    assert log.books.net_given("A", "GER-1") == 0


def test_nothing_is_undone_before_it_was() -> None:
    """A close of the days before would say that money came back which was not yet gone."""
    log = with_money(1_000)
    came = log.records[-1]
    before = log.records[-2].on
    assert log.do("reversed", sequence=came.sequence, on=before) == "stage"
    assert log.do("reversed", sequence=came.sequence, on=came.on) == ""


def test_what_expires_or_is_voided_goes_back_to_where_it_came_from() -> None:
    log = with_money(10_000)
    until = "2026-01-25"
    assert allotted(log, "A1", 1_130, until_on=until) == ""
    assert obligated(log, "A1", "O1", 700, until_on=until) == ""
    early = {"obligation": "O1", "direct_minor": 700}
    assert log.do("obligation_released", why="expired", **early) == "stage"
    assert log.do("obligation_released", obligation="O1", direct_minor=100, why="voided") == ""
    assert log.books.held("allotted:A:A1") == 1_130 - 791 + 113
    while log.books.size < 25:
        log.must("announced", contribution="FRA-1", amount_minor=None)
    assert log.do("obligation_released", obligation="O1", direct_minor=1, why="expired") == "stage"
    assert log.do("obligation_released", obligation="O1", direct_minor=600, why="expired") == ""
    assert log.books.held("free:A") == 10_000 - 1_130 + 678
    assert log.do("allotment_released", allotment="A1", amount_minor=452, why="expired") == ""
    assert log.books.held("free:A") == 10_000


def test_who_agreed_to_an_obligation_does_not_pay_it() -> None:
    log = with_money(1_000)
    log.must("actor_granted", actor="registry", who="anna", role="officer", party="")
    assert allotted(log, "A1", 400) == ""
    assert obligated(log, "A1", "O1", 300) == ""
    pay = {"obligation": "O1", "bank": "MAIN", "direct_minor": 300}
    assert log.do("disbursed", actor="anna", approver="abel", **pay) == "segregation"
    assert log.do("disbursed", actor="otto", approver="anna", **pay) == ""
    assert log.do("recovered", obligation="O1", bank="MAIN", amount_minor=301) == "overdrawn"
    assert log.do("recovered", obligation="O1", bank="MAIN", amount_minor=300) == ""


def test_a_role_that_was_ended_is_one_no_longer() -> None:
    log = opened()
    log.must("actor_ended", actor="registry", who="olga", role="officer", party="")
    assert log.do("signed", contribution="USA-1", amount_minor=5) == "authority"
    assert (
        log.do("actor_granted", actor="otto", who="olga", role="officer", party="") == "authority"
    )
    log.must("actor_granted", actor="registry", who="olga", role="officer", party="")
    assert log.do("signed", contribution="USA-1", amount_minor=5) == ""


def closed(log: Log, until: str, **more: Any) -> str:
    told = statement_sha256(statement_of(log.records, until=until, known_before=log.books.size))
    return log.do("period_closed", period=until, until_on=until, statement_sha256=told, **more)


def test_after_a_close_nothing_is_dated_before_it() -> None:
    log = with_money(1_000)
    assert closed(log, "2026-01-05") == ""
    late = {"on": "2026-01-04", "contribution": "USA-1", "amount_minor": 1}
    assert log.do("signed", **late) == "period"
    assert closed(log, "2026-01-05") == "period"
    assert closed(log, "2026-12-01") == "period"
    assert replay(log.records)[1] is None


def test_a_close_over_other_figures_is_found_by_replay() -> None:
    log = with_money(1_000)
    log.must("period_closed", period="P", until_on="2026-01-05", statement_sha256="0" * 64)
    found = replay(log.records)[1]
    assert found is not None
    assert found.code == "ledger-close"


def test_a_record_is_the_same_after_its_bytes() -> None:
    for record in with_money().records:
        assert Record.from_bytes(record.to_bytes()) == record
