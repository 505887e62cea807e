"""Raw SQL against the money of the ledger: attempts to unbalance, overdraw, or spend past terms.

Nothing of our Python stands between: what refuses here is the database. The sessions are those of
an officer or an approver, who may do most.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

import pytest
from django.db import transaction

from konbit.web.ledger.actions import written
from konbit.web.ledger.identities import opaque
from konbit.web.ledger.models import LedgerProposal
from konbit.web.people.acting import act_as
from ledger_fund import Desk, allotment, draft, obligation
from ledger_raw import appended, desk_of_officer, forged, receipt, usd

if TYPE_CHECKING:
    from konbit.fund import Record
    from web_world import World


@pytest.fixture
def desk(world: World) -> Desk:
    return desk_of_officer(world)


_UNBALANCED = (
    (usd(("bank:MAIN:A", 5), ("signed:A:USA-1", -5), ("free:A", 5)), "zero-sum"),
    (
        usd(("bank:MAIN:A", 5), ("signed:A:USA-1", -5), ("free:A", 6), ("purse:A", -5)),
        "zero-sum",
    ),
    (usd(("bank:MAIN:A", -5), ("signed:A:USA-1", 5)), "postings"),
    (
        usd(("bank:MAIN:A", 5), ("signed:A:USA-1", -5), ("free:B", 5), ("purse:B", -5)),
        "postings",
    ),
    (usd(("allotted:A:A1", 5), ("purse:A", -5)), "postings"),
    (
        usd(
            ("bank:MAIN:A", 10**9),
            ("signed:A:USA-1", -(10**9)),
            ("free:A", 10**9),
            ("purse:A", -(10**9)),
        ),
        "overdrawn",
    ),
    (
        [
            ["bank:MAIN:A", "USD", 5, 5],
            ["signed:A:USA-1", "CAD", -5, -5],
            ["free:A", "USD", 5, 5],
            ["purse:A", "USD", -5, -5],
        ],
        "overdrawn",
    ),
)


def test_nothing_unbalanced_or_overdrawn_comes_in(desk: Desk) -> None:
    for postings, code in _UNBALANCED:
        body = {"contribution": "USA-1", "bank": "MAIN", "amount_minor": 5}
        record = forged(desk, "received", postings, body=body)
        assert appended(desk, record) == f"ledger-{code}", postings


def test_before_it_is_received_nothing_is_spent_even_within_one_batch(desk: Desk) -> None:
    first = receipt(desk)
    early = forged(
        desk,
        "frozen",
        usd(("free:A", -404), ("frozen:A:USA-1", 404)),
        body={"contribution": "USA-1", "amount_minor": 404},
    )
    late = dataclasses.replace(first, sequence=first.sequence + 1, idempotency_key="late",
                               recorded_at=early.recorded_at)  # fmt: skip
    assert appended(desk, early, late) == "ledger-overdrawn"


def freezing(desk: Desk, amount: int, sequence: int = 0) -> Record:
    """So much of a small gift is frozen; the purse has more, from others."""
    postings = usd(("free:A", -amount), ("frozen:A:GER-1", amount))
    body = {"contribution": "GER-1", "amount_minor": amount}
    record = forged(desk, "frozen", postings, body=body)
    return dataclasses.replace(
        record,
        sequence=record.sequence + sequence,
        idempotency_key=f"{record.idempotency_key}-{sequence}",
    )


def small_gift(desk: Desk) -> None:
    desk.one(
        draft("contribution_opened", contribution="GER-1", donor="GER", purse="A",
              currency="USD", title="A small one"),
    )  # fmt: skip
    desk.two(draft("signed", contribution="GER-1", amount_minor=5))
    desk.one(draft("received", contribution="GER-1", bank="MAIN", amount_minor=5))
    act_as(desk.officer)


def test_no_more_of_a_gift_is_frozen_than_it_brought(desk: Desk) -> None:
    small_gift(desk)
    assert appended(desk, freezing(desk, 6)) == "ledger-stage"
    assert appended(desk, freezing(desk, 4), freezing(desk, 2, 1)) == "ledger-stage"
    assert appended(desk, freezing(desk, 4)) == ""
    assert appended(desk, freezing(desk, 2)) == "ledger-stage"
    assert appended(desk, freezing(desk, 1)) == ""


def approved(desk: Desk, kind: str, rows: list[list[Any]], **body: Any) -> str:
    """What the database says to a record that one proposed and another sends, approved."""
    wanted = dataclasses.replace(draft(kind, **body), key=f"{kind}-{sorted(body.items())}"[:100])
    act_as(desk.officer)
    proposal = LedgerProposal.objects.create(
        fund=desk.fund, by=desk.officer, drafts=[written(wanted)], first_key=wanted.key
    )
    act_as(desk.approver)
    record = forged(
        desk,
        kind,
        rows,
        body=dict(wanted.body),
        approver=opaque(desk.fund, desk.approver),
        idempotency_key=wanted.key,
    )
    return appended(desk, record, proposal=proposal)


def test_money_set_free_and_given_back_is_not_frozen_by_a_reversal(desk: Desk) -> None:
    small_gift(desk)
    assert appended(desk, freezing(desk, 4)) == ""
    (freed,) = desk.two(draft("unfrozen", contribution="GER-1", amount_minor=4))
    desk.two(
        draft("refunded", contribution="GER-1", bank="MAIN", amount_minor=2, taken_from="free")
    )
    again = usd(("frozen:A:GER-1", 4), ("free:A", -4))
    assert approved(desk, "reversed", again, sequence=freed) == "ledger-stage"


def test_no_more_of_a_gift_is_given_back_or_moved_than_it_brought_and_is_not_frozen(
    desk: Desk,
) -> None:
    small_gift(desk)
    assert appended(desk, freezing(desk, 4)) == ""

    def refund(amount: int) -> str:
        rows = usd(
            ("free:A", -amount),
            ("purse:A", amount),
            ("refunded:A:GER-1", amount),
            ("bank:MAIN:A", -amount),
        )
        return approved(
            desk, "refunded", rows, contribution="GER-1", bank="MAIN", amount_minor=amount,
            taken_from="free",
        )  # fmt: skip

    def move(amount: int) -> str:
        rows = usd(
            ("free:A", -amount),
            ("purse:A", amount),
            ("free:B", amount),
            ("purse:B", -amount),
            ("bank:MAIN:A", -amount),
            ("bank:MAIN:B", amount),
        )
        moved = [["signed:A:GER-1", "USD", 0, amount], ["signed:B:GER-1", "USD", 0, -amount]]
        return approved(
            desk, "reprogrammed", rows + moved, contribution="GER-1", bank="MAIN",
            amount_minor=amount, to_purse="B", consent_by="GER",
        )  # fmt: skip

    assert (refund(2), move(2)) == ("ledger-stage", "ledger-stage")
    assert move(1) == ""
    assert refund(1) == "ledger-stage"


def test_the_purses_terms_hold_in_the_database(desk: Desk) -> None:
    for change in (
        {"cost_head": "personnel"},
        {"cost_head": "food", "lethal": True},
    ):
        sent = dataclasses.replace(allotment("A9", 5, "B", **change), key="nine")
        with transaction.atomic():
            act_as(desk.officer)
            proposal = LedgerProposal.objects.create(
                fund=desk.fund, by=desk.officer, drafts=[written(sent)], first_key="nine"
            )
            act_as(desk.approver)
            record = forged(
                desk,
                "allotted",
                usd(("free:B", -5), ("allotted:B:A9", 5)),
                body=dict(sent.body),
                approver=opaque(desk.fund, desk.approver),
                idempotency_key="nine",
            )
            assert appended(desk, record, proposal=proposal) == "ledger-earmark"
            transaction.set_rollback(True)


def test_a_reversal_is_the_opposite_of_its_record_and_once(desk: Desk) -> None:
    number = desk.one(draft("interest", purse="A", bank="MAIN", amount_minor=7))[0]

    def reversal(amount: int, name: str = "undo") -> tuple[Record, LedgerProposal]:
        sent = dataclasses.replace(draft("reversed", sequence=number), key=f"{name}-{amount}")
        act_as(desk.officer)
        proposal = LedgerProposal.objects.create(
            fund=desk.fund, by=desk.officer, drafts=[written(sent)], first_key=sent.key
        )
        act_as(desk.approver)
        postings = usd(
            ("bank:MAIN:A", -amount),
            ("interest:A", amount),
            ("free:A", -amount),
            ("purse:A", amount),
        )
        record = forged(
            desk,
            "reversed",
            postings,
            body=dict(sent.body),
            approver=opaque(desk.fund, desk.approver),
            idempotency_key=sent.key,
        )
        return record, proposal

    record, proposal = reversal(6)
    assert appended(desk, record, proposal=proposal) == "ledger-reversal"
    record, proposal = reversal(7)
    assert appended(desk, record, proposal=proposal) == ""
    record, proposal = reversal(7, "again")
    assert appended(desk, record, proposal=proposal) == "ledger-reversal"


def test_an_obligation_keeps_to_its_allotment_in_the_database(desk: Desk) -> None:
    desk.two(allotment("KEN", 100, contributor="KEN"))
    sent = dataclasses.replace(obligation("KEN", "O9", 10, contributor="TCD"), key="nine")
    act_as(desk.officer)
    proposal = LedgerProposal.objects.create(
        fund=desk.fund, by=desk.officer, drafts=[written(sent)], first_key="nine"
    )
    act_as(desk.approver)
    record = forged(
        desk,
        "obligated",
        usd(("allotted:A:KEN", -11), ("obligated:A:O9", 10), ("support_held:A:O9", 1)),
        body=dict(sent.body),
        approver=opaque(desk.fund, desk.approver),
        idempotency_key="nine",
    )
    assert appended(desk, record, proposal=proposal) == "ledger-earmark"
