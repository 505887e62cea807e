"""Statements, from nothing but the records: what counts on a day, as known on a day or before one.

Sums are kept by what a statement asks for, so that any number of statements costs one pass. Each
record falls into one box: the first of the asked days that it counts for, and the first of the
asked days, and record numbers, by which it is known. A statement adds the boxes that it reaches.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from konbit_audit.state import State

    Sums = dict[tuple[str, ...], int]
    Effect = tuple[tuple[str, ...], int]

_OF_PURSE: Final = (
    "free",
    "reserve",
    "frozen",
    "allotted",
    "obligated",
    "support_held",
    "support_due",
    "support",
    "refunded",
)
_MINUS_OF_PURSE: Final = {"interest": "interest", "market": "exchange", "purse": "held"}
_OPENED: Final = {
    "purse_opened": "purse",
    "bank_opened": "bank",
    "contribution_opened": "contribution",
}


def effects(kind: str, body: dict[str, Any]) -> list[Effect]:
    """What a record adds to the sums of a statement."""
    found: list[Effect] = []
    for account, _, amount, worth in body.get("postings", ()):
        found += _of_posting(account.split(":"), amount, worth)
    if kind in {"announced", "pledged"}:
        found.append(((f"gift {kind}", body["contribution"]), body["amount_minor"] or 0))
    elif kind in {"withdrawn", "expired"} and body["stage"] != "signed":
        found.append(((f"gift {body['stage']}", body["contribution"]), -body["amount_minor"]))
    elif kind in _OPENED:
        found.append((("opened", kind, body[_OPENED[kind]]), 1))
    return found


def _of_posting(at: list[str], amount: int, worth: int) -> Sequence[Effect]:
    """What a posting adds. The account comes in its parts."""
    sort, owner = at[0], at[1]
    if sort in {"frozen", "refunded"}:
        return ((sort, owner), worth), ((f"gift {sort}", at[2]), worth)
    if sort in _OF_PURSE:
        return (((sort, owner), worth),)
    if sort in _MINUS_OF_PURSE:
        return (((_MINUS_OF_PURSE[sort], owner), -worth),)
    if sort == "bank":
        return (("bank amount", owner), amount), (("bank value", owner), worth)
    if sort == "spent":
        return ((("spent", owner, at[2]), worth),)
    if sort == "agreement":
        return ((("gift signed", at[2]), -amount),)
    return (
        (("received", owner), -worth),
        (("gift value", at[2]), -worth),
        (("gift open", at[2]), amount),
    )


class Asked:
    """Which days and record numbers statements ask for, and the boxes between them."""

    def __init__(self, asked: Iterable[dict[str, Any]]) -> None:
        self.asked = list(asked)
        self._days = sorted({one["on"] for one in self.asked})
        self._known = sorted({one["known_on"] for one in self.asked} - {None})
        self._before = sorted({one["known_before"] for one in self.asked} - {None})
        self._boxes: dict[tuple[int, int, int], Sums] = {}

    def count(self, on: str, known_on: str, sequence: int, found: list[Effect]) -> None:
        """One record more."""
        if not found or not self.asked:
            return
        box = (
            bisect_left(self._days, on),
            bisect_left(self._known, known_on),
            bisect_right(self._before, sequence),
        )
        add(self._boxes.setdefault(box, {}), found)

    def sums(self, one: dict[str, Any]) -> Sums:
        """Sums that a statement asks for."""
        day = _reach(self._days, one["on"])
        known = _reach(self._known, one["known_on"])
        before = _reach(self._before, one["known_before"])
        total: Sums = {}
        for box, sums in self._boxes.items():
            if box[0] <= day and box[1] <= known and box[2] <= before:
                add(total, sums.items())
        return total


def _reach(known: Sequence[Any], asked: Any) -> int:
    return len(known) if asked is None else bisect_left(known, asked)


class Closing:
    """Sums of days that are over, and those of days to come, for closes as they are recorded."""

    def __init__(self) -> None:
        self._over: Sums = {}
        self._by_day: dict[str, Sums] = {}

    def count(self, on: str, found: list[Effect]) -> None:
        """One record more."""
        if found:
            add(self._by_day.setdefault(on, {}), found)

    def until(self, until_on: str) -> Sums:
        """Sums of all days before one; no record may come for them any more."""
        for day in sorted(day for day in self._by_day if day < until_on):
            add(self._over, self._by_day.pop(day).items())
        return self._over


def add(sums: Sums, found: Iterable[Effect]) -> None:
    """Add to sums; what is added to is there, even as zero."""
    for key, number in found:
        sums[key] = sums.get(key, 0) + number


def statement(
    state: State, sums: Sums, on: str, known_on: str | None, known_before: int | None
) -> dict[str, Any]:
    """The statement that sums make."""
    opened: dict[str, list[str]] = {kind: [] for kind in _OPENED}
    heads: dict[str, dict[str, int]] = {}
    for key, number in sums.items():
        if key[0] == "opened":
            opened[key[1]].append(key[2])
        elif key[0] == "spent":
            heads.setdefault(key[1], {})[key[2]] = number
    return {
        "fund": state.fund,
        "on": on,
        "known_on": known_on,
        "known_before": known_before,
        "currency": state.currency,
        "purses": {p: _purse(sums, p, heads.get(p, {})) for p in opened["purse_opened"]},
        "banks": {
            bank: {
                "currency": state.banks[bank],
                "amount": sums.get(("bank amount", bank), 0),
                "value": sums.get(("bank value", bank), 0),
            }
            for bank in opened["bank_opened"]
        },
        "contributions": {c: _gift(state, sums, c) for c in opened["contribution_opened"]},
    }


def _purse(sums: Sums, purse: str, spent: dict[str, int]) -> dict[str, Any]:
    said: dict[str, Any] = {
        name: sums.get((name, purse), 0)
        for name in (*_OF_PURSE, "received", "interest", "exchange", "held")
    }
    said["support"] += said["support_due"]
    said["spent"] = spent
    return said


def _gift(state: State, sums: Sums, code: str) -> dict[str, Any]:
    said: dict[str, Any] = {
        name: sums.get((f"gift {name}", code), 0)
        for name in ("announced", "pledged", "signed", "value", "refunded", "frozen")
    }
    said["received"] = said["signed"] - sums.get(("gift open", code), 0)
    said["currency"] = state.contributions[code]["currency"]
    return said
