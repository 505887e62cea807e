"""What breaks no rule and is worth a question: traces that a keeper who lies may leave."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from konbit_audit.state import State

_LATE_DAYS: Final = 30
_PAYMENTS: Final = frozenset({"disbursed", "refunded", "support_paid"})


class Asking:
    """Numbers of records to ask about, by what to ask.

    Attributes:
        found: by name of a sentence in `texts`, in order.
    """

    def __init__(self) -> None:
        self.found: dict[str, list[int]] = {}
        self._consents: dict[str, int] = {}
        self._rates: dict[str, Decimal] = {}
        self._payments: set[int] = set()

    def take(self, state: State, record: dict[str, Any]) -> None:
        """One record that broke no rule, and the state before it."""
        number, kind, body = record["sequence"], record["kind"], record["body"]
        if kind == "reprogrammed":
            first = self._consents.setdefault(record["document_sha256"], number)
            if first != number:
                self._note("ask-consent", first, number)
        elif kind == "exchange_rate_dated":
            self._rate(body, number)
        elif kind in _PAYMENTS:
            self._payments.add(number)
        elif kind == "reversed" and body["sequence"] in self._payments:
            self._note("ask-undone", number)
        if not state.is_reconstruction and _days(body["on"], record) > _LATE_DAYS:
            self._note("ask-late", number)

    def _rate(self, body: dict[str, Any], number: int) -> None:
        """A rate that is more than a quarter away from the one before."""
        rate = Decimal(body["rate"])
        before = self._rates.get(body["currency"], rate)
        if not (3 * before <= 4 * rate and 3 * rate <= 4 * before):
            self._note("ask-rate", number)
        self._rates[body["currency"]] = rate

    def _note(self, code: str, *numbers: int) -> None:
        known = self.found.setdefault(code, [])
        known.extend(number for number in numbers if number not in known)


def _days(on: str, record: dict[str, Any]) -> int:
    return (date.fromisoformat(record["recorded_at"][:10]) - date.fromisoformat(on)).days
