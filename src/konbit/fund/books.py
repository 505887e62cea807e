"""The books: what the records so far add up to, and how one more changes them.

Books are the one thing here that changes in place: a fold over a million records would otherwise
copy them a million times. They are made by `replay`, or filled with only what some records need.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from konbit.fund.record import Record

Balances = dict[tuple[str, str], tuple[int, int]]
Posted = tuple[str, str, tuple[tuple[str, str, int, int], ...]]


class Books:
    """State of a fund after some records.

    Attributes:
        fund: code; empty before the first record.
        currency: the fund's own.
        is_reconstruction: whether it was put together afterwards from sources.
        size: number of records so far.
        recorded_at: instant of the last.
        closed_until: first day that is still open; empty when nothing was closed.
        keys: idempotency keys used.
        grants: who holds which role for which party.
        balances: amount and value by account and currency.
        purses, banks, contributions, allotments, obligations, claims: bodies of what was opened.
        rates: bodies of dated rates, in order, with the number of their record.
        exchange: dated rates of exchange by currency: day, number of the record, rate.
        staged: known amounts by contribution and stage, less what was withdrawn or expired.
        presence: returned and verified presence by unit and month.
        claimed: claim by unit, month and cost head, unless it was rejected.
        acknowledged: what contributors said came, by claim.
        posted: kind, day and postings of records by their number, for reversals.
        reversals: numbers of records that were reversed.
    """

    def __init__(self) -> None:
        self.fund = ""
        self.currency = ""
        self.is_reconstruction = False
        self.size = 0
        self.recorded_at = ""
        self.closed_until = ""
        self.keys: set[str] = set()
        self.grants: set[tuple[str, str, str]] = set()
        self.balances: Balances = {}
        self.purses: dict[str, dict[str, Any]] = {}
        self.banks: dict[str, str] = {}
        self.contributions: dict[str, dict[str, Any]] = {}
        self.allotments: dict[str, dict[str, Any]] = {}
        self.obligations: dict[str, dict[str, Any]] = {}
        self.claims: dict[str, dict[str, Any]] = {}
        self.rates: dict[str, dict[str, Any]] = {}
        self.exchange: dict[str, list[tuple[str, int, str]]] = defaultdict(list)
        self.staged: dict[tuple[str, str], int] = defaultdict(int)
        self.presence: dict[tuple[str, str], dict[str, Any]] = {}
        self.claimed: dict[tuple[str, str, str], str] = {}
        self.acknowledged: dict[str, int] = defaultdict(int)
        self.posted: dict[int, Posted] = {}
        self.reversals: set[int] = set()

    def held(self, account: str, currency: str = "") -> int:
        """Amount on an account, in a currency or the fund's own."""
        return self.balances.get((account, currency or self.currency), (0, 0))[0]

    def value(self, account: str, currency: str) -> int:
        """Value of an account's money in a currency, in the fund's own."""
        return self.balances.get((account, currency), (0, 0))[1]

    def rate_on(self, currency: str, on: str) -> str | None:
        """The newest rate of exchange not after a day; of several of one day the last recorded."""
        known = self.exchange.get(currency, [])
        at = bisect_right(known, on, key=lambda rate: rate[0])
        return known[at - 1][2] if at else None

    def holds(self, who: str, role: str) -> bool:
        """Whether somebody holds a role, for whichever party."""
        return any(grant[:2] == (who, role) for grant in self.grants)

    def claim_holds(self, claim: str) -> int:
        """What obligations of a claim hold or have paid."""
        return sum(
            self.held(f"obligated:{o['purse']}:{code}") + self.held(spent_account(o, code))
            for code, o in self._of_claim(claim)
        )

    def claim_paid(self, claim: str) -> int:
        """What was disbursed for a claim, less what came back."""
        return sum(self.held(spent_account(o, code)) for code, o in self._of_claim(claim))

    def _of_claim(self, claim: str) -> list[tuple[str, dict[str, Any]]]:
        codes = self.claims[claim]["obligations"]
        return [(code, self.obligations[code]) for code in codes]

    def net_given(self, purse: str, contribution: str) -> int:
        """Value that a contribution brought to a purse, less what was paid back or taken away."""
        currency = self.contributions[contribution]["currency"]
        came = -self.value(f"signed:{purse}:{contribution}", currency)
        return came - self.held(f"refunded:{purse}:{contribution}")

    def net_at_hand(self, purse: str, contribution: str) -> int:
        """What of that is not frozen: so much may be frozen, and given back or moved from free."""
        frozen = self.held(f"frozen:{purse}:{contribution}")
        return self.net_given(purse, contribution) - frozen

    def apply(self, record: Record) -> None:
        """Take in a record that broke no rule."""
        for account, currency, amount, value in record.body.get("postings", ()):
            at = self.balances.get((account, currency), (0, 0))
            self.balances[(account, currency)] = (at[0] + amount, at[1] + value)
        if "postings" in record.body:
            self.posted[record.sequence] = (record.kind, record.on, record.postings)
        self.learn(record)
        self.keys.add(record.idempotency_key)
        self.size = record.sequence + 1
        self.recorded_at = record.recorded_at

    def learn(self, record: Record) -> None:
        """Take in what a record opens or decides, without its postings and its number."""
        _TAKE.get(record.kind, _nothing)(self, record, record.body)


def spent_account(obligation: Mapping[str, Any], code: str) -> str:
    """The account of what an obligation has paid."""
    return f"spent:{obligation['purse']}:{obligation['cost_head']}:{code}"


def _nothing(books: Books, record: Record, body: Mapping[str, Any]) -> None:
    """A kind that changes balances only."""


def _fund_opened(books: Books, record: Record, body: Mapping[str, Any]) -> None:
    books.fund = record.fund
    books.currency = body["currency"]
    books.is_reconstruction = body["reconstruction"]
    for founder in body["founders"]:
        books.grants.add((founder["who"], founder["role"], founder["party"]))


def _granted(books: Books, _record: Record, body: Mapping[str, Any]) -> None:
    books.grants.add((body["who"], body["role"], body["party"]))


def _ended(books: Books, _record: Record, body: Mapping[str, Any]) -> None:
    books.grants.discard((body["who"], body["role"], body["party"]))


def _bank(books: Books, _record: Record, body: Mapping[str, Any]) -> None:
    books.banks[body["bank"]] = body["currency"]


def _purse(books: Books, _record: Record, body: Mapping[str, Any]) -> None:
    books.purses[body["purse"]] = dict(body)


def _exchange_rate(books: Books, record: Record, body: Mapping[str, Any]) -> None:
    known = books.exchange[body["currency"]]
    at = bisect_right(known, body["on"], key=lambda rate: rate[0])
    known.insert(at, (body["on"], record.sequence, body["rate"]))


def _rate(books: Books, record: Record, body: Mapping[str, Any]) -> None:
    books.rates[body["rate"]] = {**body, "sequence": record.sequence}


def _contribution(books: Books, _record: Record, body: Mapping[str, Any]) -> None:
    books.contributions[body["contribution"]] = dict(body)


def _staged(books: Books, record: Record, body: Mapping[str, Any]) -> None:
    books.staged[(body["contribution"], record.kind)] += body["amount_minor"] or 0


def _unstaged(books: Books, _record: Record, body: Mapping[str, Any]) -> None:
    if body["stage"] != "signed":
        books.staged[(body["contribution"], body["stage"])] -= body["amount_minor"]


def _allotted(books: Books, _record: Record, body: Mapping[str, Any]) -> None:
    books.allotments[body["allotment"]] = dict(body)


def _obligated(books: Books, record: Record, body: Mapping[str, Any]) -> None:
    allotment = books.allotments[body["allotment"]]
    books.obligations[body["obligation"]] = {
        **body,
        "purse": allotment["purse"],
        "cost_head": allotment["cost_head"],
        "approver": record.approver,
    }
    if body["claim"]:
        books.claims[body["claim"]]["obligations"].append(body["obligation"])


def _returned(books: Books, _record: Record, body: Mapping[str, Any]) -> None:
    books.presence[(body["unit"], body["month"])] = {"returned": dict(body)}


def _verified(books: Books, record: Record, body: Mapping[str, Any]) -> None:
    at = books.presence[(body["unit"], body["month"])]
    at["verified"] = dict(body)
    at["verifier"] = record.actor


def _claimed(books: Books, _record: Record, body: Mapping[str, Any]) -> None:
    books.claims[body["claim"]] = {
        **body,
        "state": "open",
        "approved_minor": 0,
        "obligations": [],
    }
    for line in body["lines"]:
        head = books.rates[line["rate"]]["cost_head"]
        books.claimed[(body["unit"], line["month"], head)] = body["claim"]


def _claim_approved(books: Books, _record: Record, body: Mapping[str, Any]) -> None:
    books.claims[body["claim"]].update(state="approved", approved_minor=body["amount_minor"])


def _claim_rejected(books: Books, _record: Record, body: Mapping[str, Any]) -> None:
    claim = books.claims[body["claim"]]
    claim["state"] = "rejected"
    for line in claim["lines"]:
        head = books.rates[line["rate"]]["cost_head"]
        books.claimed.pop((claim["unit"], line["month"], head), None)


def _acknowledged(books: Books, _record: Record, body: Mapping[str, Any]) -> None:
    books.acknowledged[body["claim"]] += body["amount_minor"]


def _closed(books: Books, _record: Record, body: Mapping[str, Any]) -> None:
    books.closed_until = body["until_on"]


def _reversed(books: Books, _record: Record, body: Mapping[str, Any]) -> None:
    books.reversals.add(body["sequence"])


_TAKE: Mapping[str, Callable[[Books, Record, Mapping[str, Any]], None]] = {
    "fund_opened": _fund_opened,
    "actor_granted": _granted,
    "actor_ended": _ended,
    "bank_opened": _bank,
    "purse_opened": _purse,
    "exchange_rate_dated": _exchange_rate,
    "rate_dated": _rate,
    "contribution_opened": _contribution,
    "announced": _staged,
    "pledged": _staged,
    "withdrawn": _unstaged,
    "expired": _unstaged,
    "allotted": _allotted,
    "obligated": _obligated,
    "presence_returned": _returned,
    "presence_verified": _verified,
    "claimed": _claimed,
    "claim_approved": _claim_approved,
    "claim_rejected": _claim_rejected,
    "payment_acknowledged": _acknowledged,
    "period_closed": _closed,
    "reversed": _reversed,
}
