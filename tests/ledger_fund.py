"""A fund in the record, opened and filled through its own actions by the people of the tests."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any

from django.test import Client

from konbit.fund import Draft
from konbit.web.ledger.actions import approve, open_fund, opening, post, propose
from konbit.web.people.acting import acting

if TYPE_CHECKING:
    from konbit.web.ledger.models import LedgerFund
    from konbit.web.people.models import User
    from web_world import World

ON = "2026-01-15"
_NUMBERS = count()
TERMS: dict[str, Any] = {
    "title": "Anything",
    "modality": "",
    "cost_heads": [],
    "contributors": [],
    "places": [],
    "from_on": None,
    "until_on": None,
    "lethal": True,
    "support_cost_ppm": 130_000,
    "reserve_ppm": 0,
}
USE: dict[str, Any] = {"contributor": "", "place": "", "lethal": False, "until_on": None}


def draft(kind: str, *, key: str = "", **body: Any) -> Draft:
    """A draft with a key of its own."""
    return Draft(
        kind=kind,
        body={"on": ON, **body},
        key=key or f"test-{next(_NUMBERS)}",
        authority="Financial rule 1",
    )


def allotment(code: str, amount: int, purse: str = "A", **more: Any) -> Draft:
    """A draft of an allotment."""
    body = {**USE, "purse": purse, "cost_head": "personnel", "plan": "", **more}
    return draft("allotted", allotment=code, amount_minor=amount, **body)


def obligation(allotted: str, code: str, direct: int, **more: Any) -> Draft:
    """A draft of an obligation."""
    body = {**USE, "payee": "KEN", "claim": "", **more}
    return draft("obligated", allotment=allotted, obligation=code, direct_minor=direct, **body)


class Desk:
    """An officer and an approver of a fund, who do what is asked of them.

    Attributes:
        fund: theirs.
    """

    def __init__(self, officer: User, approver: User, fund: LedgerFund) -> None:
        self.officer, self.approver, self.fund = officer, approver, fund

    def one(self, *drafts: Draft) -> list[int]:
        """Recorded by the officer alone."""
        with acting(self.officer):
            return post(self.officer, self.fund, drafts)

    def two(self, *drafts: Draft) -> list[int]:
        """Proposed by the officer, approved by the approver."""
        with acting(self.officer):
            proposal = propose(self.officer, self.fund, drafts)
        with acting(self.approver):
            return approve(self.approver, proposal)


def desk_of(world: World, code: str = "TF", money: int = 1_000_000) -> Desk:
    """A fund in the mission with purses A and B; A has received dollars from a gift."""
    return opened_desk(
        world.users["fund_officer"], world.users["fund_approver"], world, code, money
    )


def opened_desk(officer: User, approver: User, world: World, code: str, money: int) -> Desk:
    """The same for any two people."""
    with acting(officer):
        fund = open_fund(officer, world.mission, code, "Trust fund", "USD")
    desk = Desk(officer, approver, fund)
    desk.two(opening(fund, officer, approver, on=ON, authority="Terms of reference 1"))
    desk.two(
        draft("bank_opened", bank="MAIN", currency="USD"),
        draft("purse_opened", purse="A", **TERMS),
        draft("purse_opened", purse="B", **{**TERMS, "lethal": False, "cost_heads": ["food"]}),
    )
    desk.one(
        draft("contribution_opened", contribution="USA-1", donor="USA", purse="A",
              currency="USD", title="A gift"),
        draft("contribution_opened", contribution="FRA-1", donor="FRA", purse="B",
              currency="USD", title="Another"),
    )  # fmt: skip
    for gift in ("USA-1", "FRA-1"):
        desk.two(draft("signed", contribution=gift, amount_minor=100 * money))
        desk.one(draft("received", contribution=gift, bank="MAIN", amount_minor=money))
    return desk


def client_of(world: World, name: str) -> Client:
    """A browser in which somebody is signed in with a second factor."""
    client = Client()
    client.force_login(world.users[name], "konbit.web.people.sign_in.Backend")
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa"}, {"method": "password"}]
    session.save()
    return client
