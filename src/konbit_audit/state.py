"""What an auditor must remember of the records so far."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Any, Final

# Accounts on which nothing may be below zero.
GUARDED: Final = frozenset(
    {
        "bank",
        "free",
        "reserve",
        "frozen",
        "allotted",
        "obligated",
        "support_held",
        "support_due",
        "spent",
        "support",
        "refunded",
    }
)


@dataclass
class Allotment:
    """Money set aside for a use."""

    on: str
    purse: str
    cost_head: str
    contributor: str
    place: str
    lethal: bool
    until_on: str | None


@dataclass
class Obligation:
    """Money promised to a payee."""

    on: str
    allotment: str
    purse: str
    cost_head: str
    until_on: str | None
    claim: str
    approver: str


@dataclass
class Presence:
    """A unit's month: returned, and perhaps verified."""

    contributor: str
    person_days: int
    equipment_days: int
    verifier: str = ""
    shortfall_ppm: int = 0


@dataclass
class Claim:
    """A claim and how far it is."""

    on: str
    contributor: str
    unit: str
    months: tuple[str, ...]
    lines: tuple[tuple[str, str, str], ...]
    total: int
    status: str = "open"
    approved: int = 0
    acknowledged: int = 0
    obligations: list[str] = field(default_factory=list)


class State:
    """Everything by its code. Values of accounts are in the fund's currency."""

    def __init__(self) -> None:
        self.fund = ""
        self.currency = ""
        self.is_reconstruction = False
        self.size = 0
        self.recorded_at = ""
        self.closed_until = ""
        self.keys: set[str] = set()
        self.roles: set[tuple[str, str, str]] = set()
        self.holders: dict[tuple[str, str], int] = {}
        self.banks: dict[str, str] = {}
        self.purses: dict[str, dict[str, Any]] = {}
        self.contributions: dict[str, dict[str, Any]] = {}
        self.promised: dict[tuple[str, str], int] = {}
        self.allotments: dict[str, Allotment] = {}
        self.obligations: dict[str, Obligation] = {}
        self.prices: dict[str, dict[str, Any]] = {}
        self.prices_by_head: dict[str, list[dict[str, Any]]] = {}
        self.presence: dict[tuple[str, str], Presence] = {}
        self.claims: dict[str, Claim] = {}
        self.claimed: set[tuple[str, str, str]] = set()
        self.reversed: dict[int, int] = {}
        self._exchange: dict[str, list[tuple[str, str]]] = {}
        self._amounts: dict[tuple[str, str], int] = {}
        self._values: dict[tuple[str, str], int] = {}

    def amount(self, account: str, currency: str = "") -> int:
        """What is on an account, in a currency; the fund's where none is said."""
        return self._amounts.get((account, currency or self.currency), 0)

    def value(self, account: str, currency: str = "") -> int:
        """What that is worth."""
        return self._values.get((account, currency or self.currency), 0)

    def post(self, postings: list[Any]) -> str:
        """Put postings on their accounts; the first guarded account that is then below zero."""
        amounts, values = self._amounts, self._values
        for account, currency, amount, worth in postings:
            at = (account, currency)
            amounts[at] = amounts.get(at, 0) + amount
            values[at] = values.get(at, 0) + worth
        for account, currency, _, _ in postings:
            sort, at = account.partition(":")[0], (account, currency)
            if sort in GUARDED and (amounts[at] < 0 or values[at] < 0):
                return f"{account} {currency} {amounts[at]}"
            if sort == "signed" and amounts[at] < 0:
                return f"{account} {currency} {amounts[at]}"
        return ""

    def grant(self, who: str, role: str, party: str) -> None:
        """Somebody holds a role from now on."""
        if (who, role, party) not in self.roles:
            self.roles.add((who, role, party))
            self.holders[who, role] = self.holders.get((who, role), 0) + 1

    def end(self, who: str, role: str, party: str) -> None:
        """Somebody holds it no longer."""
        if (who, role, party) in self.roles:
            self.roles.remove((who, role, party))
            self.holders[who, role] -= 1

    def holds(self, who: str, role: str) -> bool:
        """Whether somebody holds a role, for whichever party."""
        return self.holders.get((who, role), 0) > 0

    def date_exchange(self, currency: str, on: str, rate: str) -> None:
        """A rate holds from a day on; of several of one day the last recorded."""
        known = self._exchange.setdefault(currency, [])
        known.insert(bisect_right(known, on, key=lambda entry: entry[0]), (on, rate))

    def exchange_on(self, currency: str, on: str) -> str | None:
        """The rate that holds on a day."""
        known = self._exchange.get(currency, [])
        at = bisect_right(known, on, key=lambda entry: entry[0])
        return known[at - 1][1] if at else None

    def price_of(self, cost_head: str, contributor: str, month: str) -> str | None:
        """Code of the price that holds on a month's first day: the contributor's own before any."""
        best: tuple[tuple[bool, str, int], str] | None = None
        for order, price in enumerate(self.prices_by_head.get(cost_head, [])):
            if price["contributor"] not in {"", contributor} or price["on"] > f"{month}-01":
                continue
            key = (price["contributor"] != "", price["on"], order)
            if best is None or key > best[0]:
                best = (key, price["rate"])
        return best and best[1]

    def brought(self, contribution: str) -> int:
        """Net value of a contribution in its purse."""
        gift = self.contributions[contribution]
        place = f"{gift['purse']}:{contribution}"
        return -self.value(f"signed:{place}", gift["currency"]) - self.amount(f"refunded:{place}")

    def at_hand(self, contribution: str) -> int:
        """What of that is not frozen."""
        purse = self.contributions[contribution]["purse"]
        return self.brought(contribution) - self.amount(f"frozen:{purse}:{contribution}")

    def paid(self, obligation: str) -> int:
        """What was disbursed for an obligation, less what came back."""
        at = self.obligations[obligation]
        return self.amount(f"spent:{at.purse}:{at.cost_head}:{obligation}")

    def owed(self, obligation: str) -> int:
        """What an obligation still holds."""
        return self.amount(f"obligated:{self.obligations[obligation].purse}:{obligation}")
