"""A statement as the lines that people read: sources, uses, and where the balance stands.

Screen, workbook and PDF show these lines and nothing else, so they are equal to the last cent.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from konbit.fund.arithmetic import shares_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_SOURCES = ("received", "interest", "exchange")
_STANDS = ("free", "reserve", "frozen", "allotted", "obligated", "support_held")


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One line of a statement.

    Attributes:
        code: what it is: `sources`, `received`, `spent`, `uses`, `balance`, `free` …
        detail: cost head of a `spent` line, else empty.
        is_total: whether it adds up those before it.
        amounts: by purse, in the order of the statement's purses.
        total: of all purses.
    """

    code: str
    detail: str
    is_total: bool
    amounts: tuple[int, ...]
    total: int


def source_and_use(statement: Mapping[str, Any]) -> tuple[StatementLine, ...]:
    """The statement's lines by purse, in minor units of its currency."""
    purses = list(statement["purses"].values())
    return tuple(_lines(purses))


def _lines(purses: list[Mapping[str, Any]]) -> Iterator[StatementLine]:
    sources = [sum(purse[name] for name in _SOURCES) for purse in purses]
    for name in _SOURCES:
        yield _line(name, [purse[name] for purse in purses])
    yield _line("sources", sources, is_total=True)
    heads = sorted({head for purse in purses for head in purse["spent"]})
    for head in heads:
        yield _line("spent", [purse["spent"].get(head, 0) for purse in purses], detail=head)
    yield _line("support", [purse["support"] for purse in purses])
    yield _line("refunded", [purse["refunded"] for purse in purses])
    uses = [sum(purse["spent"].values()) + purse["support"] + purse["refunded"] for purse in purses]
    yield _line("uses", uses, is_total=True)
    balance = [source - use for source, use in zip(sources, uses, strict=True)]
    yield _line("balance", balance, is_total=True)
    for name in _STANDS:
        yield _line(name, [purse[name] for purse in purses])
    yield _line("support_due", [purse["support_due"] for purse in purses])
    yield _line("held", [purse["held"] for purse in purses], is_total=True)


def _line(
    code: str, amounts: list[int], *, detail: str = "", is_total: bool = False
) -> StatementLine:
    return StatementLine(code, detail, is_total, tuple(amounts), sum(amounts))


def used_by_gift(statement: Mapping[str, Any], purse_of: Mapping[str, str]) -> dict[str, int]:
    """What of each contribution was used: the uses of its purse, by what each has given net.

    Args:
        statement: of any day.
        purse_of: purse of each contribution.
    """
    found: dict[str, int] = {}
    for code, purse in statement["purses"].items():
        gifts = statement["contributions"]
        weights = {
            gift: max(0, gifts[gift]["value"] - gifts[gift]["refunded"])
            for gift, place in purse_of.items()
            if place == code and gift in gifts
        }
        found.update(shares_of(sum(purse["spent"].values()) + purse["support"], weights))
    return found


def runway_months(now: Mapping[str, Any], before: Mapping[str, Any], purse: str) -> int | None:
    """Whole months that a purse lasts if it goes on as in the three before; None without spending.

    Args:
        now: statement of today.
        before: statement of three months earlier.
        purse: code.
    """
    held = now["purses"][purse]
    past = before["purses"].get(purse, {"spent": {}, "support": 0})
    spent = sum(held["spent"].values()) + held["support"]
    spent -= sum(past["spent"].values()) + past["support"]
    usable = held["free"] + held["allotted"] + held["obligated"] + held["support_held"]
    return usable * 3 // spent if spent > 0 else None
