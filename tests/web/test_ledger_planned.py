"""A month of the approved plan becomes allotments, once, as far as there are purses for it."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from konbit.dossier.plan import Payment
from konbit.terms import Money
from konbit.web.ledger.actions import approve
from konbit.web.ledger.models import LedgerProposal
from konbit.web.ledger.planned import planned, propose_month
from konbit.web.ledger.queries import books_of
from konbit.web.people.acting import act_as, acting
from ledger_fund import ON, desk_of
from sample_plan import sample_plan

if TYPE_CHECKING:
    from web_world import World


def payment(earmark: str, head: str, amount: int, month: str = "2026-12") -> Payment:
    return Payment(
        kind="pay",
        month=month,
        fund="TF",
        earmark=earmark,
        cost_head=head,
        subject=f"unit-{amount}",
        site="",
        amount=Money(amount, "USD"),
    )


def test_a_month_of_the_plan_is_proposed_once_and_can_be_approved(world: World) -> None:
    desk = desk_of(world)
    plan = dataclasses.replace(
        sample_plan(),
        payments=(
            payment("A", "personnel", 300),
            payment("A", "personnel", 200),
            payment("B", "food", 70),
            payment("NONE", "food", 9),
            payment("A", "personnel", 5_000, "2027-01"),
        ),
    )
    act_as(desk.officer)
    asked = planned(plan, desk.fund, "2026-12", books_of(desk.fund), ON)
    assert [(d.body["purse"], d.body["amount_minor"]) for d in asked.drafts] == [
        ("A", 500),
        ("B", 70),
    ]
    assert asked.left == ("NONE",)
    proposal = propose_month(desk.officer, desk.fund, asked, "December")
    assert propose_month(desk.officer, desk.fund, asked, "again") == proposal
    with acting(desk.approver):
        assert len(approve(desk.approver, proposal)) == 2
    books = books_of(desk.fund)
    assert sum(v for (a, _), (v, _) in books.balances.items() if a.startswith("allotted:")) == 570
    assert LedgerProposal.objects.filter(fund=desk.fund, first_key=asked.drafts[0].key).count() == 1
