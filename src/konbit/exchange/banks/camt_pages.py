"""Statements that a bank cut into pages, in one file or several, put together again.

A page tells its number and whether it is the last: of the statement (`StmtPgntn`), or, where a
version or a bank has only that, of the message (`MsgPgntn`).
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from konbit.terms import Severity
from konbit.terms.finding import finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from konbit.exchange.banks.camt_entry import Gathered
    from konbit.terms import Finding

OPENINGS, CLOSINGS = ("OPBD", "PRCD"), ("CLBD",)
_INTERIM = "ITBD"  # with which a page ends, and the next begins
_INTERIM_SUBTYPE = "INTM"  # the same, told beside an opening or a closing balance
_MOST_DIGITS = 18  # of a statement's number
_MOST_PAGES = 9_999
_BALANCE = ("Bal/Amt", "Bal/CdtDbtInd", "currency")


class Seen:
    """One `Stmt` as far as it has been read.

    Attributes:
        files: places of the files it stood in, in order of its pages.
        message: texts of the message's own page numbers.
        parts: texts by path, of each element that is neither balance nor entry, by its name.
        balances: texts of each balance.
        entries: as they were gathered.
    """

    def __init__(self, file: int = 0, message: Mapping[str, str] | None = None) -> None:
        self.files = [file]
        self.message = dict(message or {})
        self.parts: dict[str, Any] = {}
        self.balances: list[Any] = []
        self.entries: list[Gathered] = []

    @property
    def name(self) -> str:
        """What the bank calls it."""
        return self._told("Id")[:64]

    def sequence_number(self, name: str) -> int | None:
        """Its legal (`LglSeqNb`) or electronic (`ElctrncSeqNb`) number, if it tells one."""
        return _whole(self._told(name), _MOST_DIGITS)

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
    def page(self) -> int | None:
        """Number of the page; None where it is a whole by itself."""
        number = _whole(self._pagination.get("PgNb", ""), len(str(_MOST_PAGES)))
        return None if number == 1 and self.is_last else number

    @property
    def is_last(self) -> bool:
        """Whether no page comes after it."""
        return self._pagination.get("LastPgInd", "").lower() not in {"false", "0"}

    def belongs_to(self, other: Seen) -> bool:
        """Whether both are pages of one statement.

        Of one account and the same days; then the legal number decides where both tell it, else the
        bank's name of the statement or its electronic number.
        """
        if any(self.parts.get(part) != other.parts.get(part) for part in ("Acct", "FrToDt")):
            return False
        legal = [one.sequence_number("LglSeqNb") for one in (self, other)]
        if None not in legal:
            return legal[0] == legal[1]
        number = self.sequence_number("ElctrncSeqNb")
        is_named_so = bool(self.name) and self.name == other.name
        return is_named_so or (
            number is not None and number == other.sequence_number("ElctrncSeqNb")
        )

    def says_as(self, other: Seen) -> bool:
        """Whether it is the same page again."""
        mine, theirs = (
            (
                one.page,
                {name: told for name, told in one.parts.items() if name != "CreDtTm"},
                one.balances,
                [(e.entry, e.currency, e.is_booked) for e in one.entries],
            )
            for one in (self, other)
        )
        return mine == theirs

    @property
    def _pagination(self) -> Mapping[str, str]:
        told = self.parts.get("StmtPgntn")
        if told is not None:
            return {name: told.get(f"StmtPgntn/{name}", "") for name in ("PgNb", "LastPgInd")}
        # A message in pages may hold whole statements beside the one that goes on.
        ends = (self.balance(OPENINGS), self.balance(CLOSINGS))
        is_whole = None not in ends and all(
            one.get("Bal/Tp/SubTp/Cd") != _INTERIM_SUBTYPE for one in ends
        )
        return {} if is_whole else self.message

    def _told(self, name: str) -> str:
        return str(self.parts.get(name, {}).get(name, ""))


def together(pages: Iterable[Seen], findings: list[Finding]) -> Iterator[Seen]:
    """Whole statements, in the order in which each was first met.

    The order of pages and the same page again change nothing. Of a statement that lacks a page, or
    whose pages contradict each other, nothing is given; a finding names the pages.
    """
    groups: list[list[Seen]] = []
    for page in pages:
        if any(page.says_as(other) for group in groups for other in group):
            continue
        there = None
        if page.page is not None:
            paged = (group for group in groups if group[0].page is not None)
            there = next((group for group in paged if page.belongs_to(group[0])), None)
        if there is None:
            groups.append([page])
        else:
            there.append(page)
    for group in groups:
        if group[0].page is None:
            yield group[0]
            continue
        ordered = sorted(group, key=lambda one: one.page or 0)
        wrong = list(_wrong_in(ordered))
        findings += wrong
        if not wrong:
            yield _joined(ordered)


def _wrong_in(pages: list[Seen]) -> Iterator[Finding]:
    """Pages that are missing, there twice, after the last, or that do not go on where one ends."""
    name = pages[0].name
    numbers = [page.page or 0 for page in pages]
    missing = _runs(sorted(set(range(1, numbers[-1] + 1)) - set(numbers)))
    if missing:
        yield finding("bank-pages-missing", Severity.ERROR, row=name, pages=missing)
    if not pages[-1].is_last:
        yield finding("bank-pages-open", Severity.ERROR, row=name, page=numbers[-1])
    for earlier, later in pairwise(pages):
        if earlier.page == later.page or earlier.is_last:
            yield finding("bank-pages-contradict", Severity.ERROR, row=name, page=earlier.page)
        elif (later.page or 0) == (earlier.page or 0) + 1 and not _goes_on(earlier, later):
            yield finding("bank-pages-jump", Severity.ERROR, row=name, page=later.page)


def _goes_on(earlier: Seen, later: Seen) -> bool:
    """Whether one begins with what the other ends with, where both tell."""
    end, begin = earlier.end, later.begin
    return end is None or begin is None or all(end.get(n) == begin.get(n) for n in _BALANCE)


def _joined(pages: list[Seen]) -> Seen:
    """One statement: with what the first begins, all entries, with what the last ends."""
    first, last = pages[0], pages[-1]
    whole = Seen()
    whole.files = list(dict.fromkeys(file for page in pages for file in page.files))
    whole.parts = {name: told for name, told in first.parts.items() if name != "StmtPgntn"}
    numbers = {page.sequence_number("ElctrncSeqNb") for page in pages}
    if len(numbers) > 1:  # one for each page says nothing of the whole
        whole.parts.pop("ElctrncSeqNb", None)
    whole.balances = [one for one in (first.begin, last.end) if one is not None]
    whole.entries = [entry for page in pages for entry in page.entries]
    return whole


def _whole(text: str, most_digits: int) -> int | None:
    if not (text.isascii() and text.isdigit() and len(text) <= most_digits):
        return None
    return int(text)


def _runs(numbers: list[int]) -> str:
    """Numbers as a person writes them, a run by its ends."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(str(r[0]) if len(r) == 1 else f"{r[0]}\N{EN DASH}{r[-1]}" for r in runs)
