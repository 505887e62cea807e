"""What breaks no rule and is worth a question: traces that a keeper who lies may leave."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from konbit_audit.arithmetic import exchanged
from konbit_audit.paying import Paying
from konbit_audit.people import spelled

if TYPE_CHECKING:
    from konbit_audit.state import State

_LATE_DAYS: Final = 30
_GIVEN_AGAIN_DAYS: Final = 90
_STANDS: Final = ("free", "reserve", "frozen", "allotted", "obligated", "support_held", "held")
_PAYMENTS: Final = frozenset({"disbursed", "refunded", "support_paid"})


class Asking:
    """Numbers of records to ask about, by what to ask.

    Attributes:
        found: by name of a sentence in `texts`, in order, each number once.
    """

    def __init__(self) -> None:
        self.found: dict[str, dict[int, None]] = {}
        self._consents: dict[str, int] = {}
        self._rates: dict[str, tuple[str, Decimal]] = {}
        self._payments: set[int] = set()
        self._paying = Paying()
        # By kind and donor: the last of each purse, its day and its number.
        self._given: dict[tuple[str, str], dict[str, tuple[str, int]]] = {}

    def take(self, state: State, record: dict[str, Any]) -> None:
        """One record that broke no rule, and the state before it."""
        number, kind, body = record["sequence"], record["kind"], record["body"]
        if kind == "reprogrammed":
            first = self._consents.setdefault(record["document_sha256"], number)
            if first != number:
                self._note("ask-consent", first, number)
        elif kind == "exchange_rate_dated":
            self._rate(state, body, number)
        elif kind == "exchanged":
            self._exchange(state, body, number)
        elif kind == "reversed" and body["sequence"] in self._payments:
            self._note("ask-undone", number)
        if kind in _PAYMENTS:
            self._payments.add(number)
        if kind in {"received", "refunded"}:
            self._gift(state, kind, body, number)
        self._note("ask-twice", *self._paying.take(state, kind, body, number))
        is_rebuilt = state.is_reconstruction or body.get("reconstruction") is True
        if not is_rebuilt and _days(body["on"], record["recorded_at"]) > _LATE_DAYS:
            self._note("ask-late", number)

    def closed(self, said: dict[str, Any], number: int) -> None:
        """What a close certifies: where it says less than nothing, days are not as they were."""
        amounts = [purse[name] for purse in said["purses"].values() for name in _STANDS]
        if min((*amounts, *(bank["amount"] for bank in said["banks"].values())), default=0) < 0:
            self._note("ask-below-zero", number)

    def _rate(self, state: State, body: dict[str, Any], number: int) -> None:
        """A rate far from the one before; or one that changes what was known of its day."""
        currency, on, rate = body["currency"], body["on"], Decimal(body["rate"])
        newest, before = self._rates.get(currency, (on, rate))
        if not (3 * before <= 4 * rate and 3 * rate <= 4 * before):
            self._note("ask-rate", number)
        known = state.exchange_on(currency, on)
        if on < newest or (on == newest and known is not None and Decimal(known) != rate):
            self._note("ask-rate-day", number)
        self._rates[currency] = (max(on, newest), rate)

    def _exchange(self, state: State, body: dict[str, Any], number: int) -> None:
        """What was bought is more than a tenth away from what the rate of the day makes of it."""
        currency = state.banks[body["from_bank"]]
        rate = state.exchange_on(currency, body["on"])
        if rate is not None:
            fair = exchanged(body["sold_minor"], rate, currency, state.currency)
            if 10 * abs(body["bought_minor"] - fair) > fair:
                self._note("ask-exchange", number)

    def _gift(self, state: State, kind: str, body: dict[str, Any], number: int) -> None:
        """A donor who has money back from one purse and gives to another, in either order."""
        gift = state.contributions[body["contribution"]]
        donor, other = spelled(gift["donor"]), "refunded" if kind == "received" else "received"
        for purse, (on, before) in self._given.get((other, donor), {}).items():
            if purse != gift["purse"] and abs(_days(on, body["on"])) <= _GIVEN_AGAIN_DAYS:
                self._note("ask-given-again", before, number)
        self._given.setdefault((kind, donor), {})[gift["purse"]] = (body["on"], number)

    def _note(self, code: str, *numbers: int) -> None:
        if numbers:
            self.found.setdefault(code, {}).update(dict.fromkeys(numbers))


def _days(on: str, until: str) -> int:
    return _ordinal(until[:10]) - _ordinal(on)


@cache
def _ordinal(on: str) -> int:
    return date.fromisoformat(on).toordinal()
