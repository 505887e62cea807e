"""Statements that a bank cut into pages: several `Stmt` of one account, put together again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from konbit.exchange.banks.camt_entry import Gathered

OPENINGS, CLOSINGS = ("OPBD", "PRCD"), ("CLBD",)
_INTERIM = "ITBD"  # with which a page ends, and the next begins


class Seen:
    """One `Stmt` as far as it has been read.

    Attributes:
        parts: texts by path, of each element that is neither balance nor entry, by its name.
        balances: texts of each balance.
        entries: as they were gathered.
    """

    def __init__(self) -> None:
        self.parts: dict[str, Any] = {}
        self.balances: list[Any] = []
        self.entries: list[Gathered] = []

    def balance(self, codes: tuple[str, ...]) -> Any:
        """The first balance of these kinds, by their order."""
        for code in codes:
            for balance in self.balances:
                if balance.get("Bal/Tp/CdOrPrtry/Cd") == code:
                    return balance
        return None

    @property
    def begin(self) -> Any:
        """With what it begins: the first interim balance of a page that is not the first."""
        return self.balance(OPENINGS) or self.balance((_INTERIM,))

    @property
    def end(self) -> Any:
        """With what it ends: the last interim balance of a page that is not the last."""
        interim = [one for one in self.balances if one.get("Bal/Tp/CdOrPrtry/Cd") == _INTERIM]
        return self.balance(CLOSINGS) or (interim[-1] if interim else None)

    @property
    def is_followed(self) -> bool:
        """Whether another page comes."""
        return str(self._page("LastPgInd")).lower() in {"false", "0"}

    def is_page_after(self, other: Seen) -> bool:
        """Whether it is the next page of the same account's statement, and goes on where it ends.

        Of pages that say of themselves with what they begin and end, these must be the same.
        """
        numbers = [seen._page("PgNb") for seen in (other, self)]
        if not all(text.isascii() and text.isdigit() and len(text) < 7 for text in numbers):
            return False
        end, begin = other.end, self.begin
        names = ("Bal/Amt", "Bal/CdtDbtInd")
        goes_on = end is None or begin is None or all(end.get(n) == begin.get(n) for n in names)
        is_next = int(numbers[1]) == int(numbers[0]) + 1
        return is_next and goes_on and self.parts.get("Acct") == other.parts.get("Acct")

    def take_in(self, page: Seen) -> None:
        """Go on with the next page: its entries, and the balances with which it ends."""
        self.balances = [one for one in (self.begin, page.end) if one is not None]
        self.entries += page.entries
        self.parts["StmtPgntn"] = page.parts.get("StmtPgntn", {})

    @property
    def place(self) -> tuple[str, str, int] | None:
        """Account; name, number and days of the statement; number of the page, if it tells one."""
        number = self._page("PgNb")
        if not (number.isascii() and number.isdigit() and len(number) < 7):
            return None
        names = ("Id", "ElctrncSeqNb", "LglSeqNb", "FrToDt")
        told = str([self.parts.get(name) for name in names])
        return str(self.parts.get("Acct")), told, int(number)

    def says_as(self, other: Seen) -> bool:
        """Whether it is the same page again."""
        mine, theirs = (
            (one.parts, one.balances, [(e.entry, e.currency, e.is_booked) for e in one.entries])
            for one in (self, other)
        )
        return mine == theirs

    def _page(self, name: str) -> str:
        return str(self.parts.get("StmtPgntn", {}).get(f"StmtPgntn/{name}", ""))


def in_order(pages: Iterable[Seen]) -> list[Seen]:
    """Pages in the order of their numbers, wherever they stood; the same one again is left out.

    Each statement stays where its first page stood. Two pages of one number that say different
    things both stay, so that they do not pass for a whole.
    """
    statements: dict[object, list[Seen]] = {}
    for number, page in enumerate(pages):
        place = page.place
        there = statements.setdefault(place[:2] if place else number, [])
        if not any(page.place == other.place and page.says_as(other) for other in there):
            there.append(page)
    return [
        page
        for there in statements.values()
        for page in sorted(there, key=lambda one: one.place or ("", "", 0))
    ]


def joined(pages: Iterable[Seen]) -> Iterator[Seen]:
    """Whole statements.

    A page whose neighbour is missing stays as it is: with an interim balance it has no opening or
    no closing, and is refused; with balances of its own it is a statement of a part of the days.
    """
    held: Seen | None = None
    for page in pages:
        if held is not None and page.is_page_after(held):
            held.take_in(page)
        else:
            if held is not None:
                yield held
            held = page
        if not held.is_followed:
            yield held
            held = None
    if held is not None:
        yield held
