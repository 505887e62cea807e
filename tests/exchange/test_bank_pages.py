"""A bank's statement that comes in pages with interim balances is read as the one that it is."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bank_files import camt, entry, statement, wishes
from konbit.exchange.banks import BankReading, read_bank_file

if TYPE_CHECKING:
    from konbit.terms.bank import BankEntry, BankStatement

JAN, FEB = date(2026, 1, 1), date(2026, 2, 1)
_CODES = {"subtype": ("OPBD", "CLBD"), "interim": ("ITBD", "ITBD")}


def whole(count: int) -> BankStatement:
    entries = [entry(date(2026, 1, 1 + n % 28), 100 + n, f"REF-{n}") for n in range(count)]
    return statement(entries, from_on=JAN, until_on=FEB, opening=700)


def pages(told: BankStatement, cuts: list[int], style: str = "interim") -> bytes:
    """The statement cut after so many entries, page by page."""
    begin, end = _CODES[style]
    rows, at, stmts = list(told.entries), told.opening_minor, []
    parts: list[list[BankEntry]] = []
    for first, after in zip([0, *cuts], [*cuts, len(rows)], strict=True):
        parts.append(rows[first:after])
    for number, part in enumerate(parts, 1):
        page = statement(part, from_on=told.from_on, until_on=told.until_on, opening=at)
        at, is_last = page.closing_minor, number == len(parts)
        found = re.search(r"<Stmt>.*</Stmt>", camt(page).decode())
        assert found is not None
        text = found[0].replace(
            "</Id>", f"</Id><StmtPgntn><PgNb>{number}</PgNb>"
            f"<LastPgInd>{str(is_last).lower()}</LastPgInd></StmtPgntn>", 1)  # fmt: skip
        text = text if number == 1 else text.replace(">OPBD<", f">{begin}<")
        stmts.append(text if is_last else text.replace(">CLBD<", f">{end}<"))
    return re.sub(r"<Stmt>.*</Stmt>", lambda _: "".join(stmts), camt(told).decode()).encode()


def read(content: bytes) -> BankReading:
    return read_bank_file(content, wishes())


@pytest.mark.parametrize("style", sorted(_CODES))
@settings(max_examples=30, deadline=None)
@given(cuts=st.lists(st.integers(0, 9), max_size=4).map(sorted))
def test_law_pages_are_the_whole_statement(style: str, cuts: list[int]) -> None:
    told = whole(9)
    assert read(pages(told, cuts, style)).statements == (told,)


@pytest.mark.parametrize("style", sorted(_CODES))
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_law_the_order_of_pages_and_the_same_page_again_change_nothing(
    style: str, data: st.DataObject
) -> None:
    told = whole(9)
    cuts = data.draw(st.lists(st.integers(0, 9), max_size=4).map(sorted))
    content = pages(told, cuts, style).decode()
    found = re.findall(r"<Stmt>.*?</Stmt>", content)
    again = data.draw(st.lists(st.sampled_from(found), max_size=3))
    shuffled = data.draw(st.permutations([*found, *again]))
    moved = re.sub(r"<Stmt>.*</Stmt>", lambda _: "".join(shuffled), content)
    assert read(moved.encode()).statements == (told,)


def test_a_page_that_is_there_twice_and_says_two_things_is_no_whole() -> None:
    content = pages(whole(6), [2, 4]).decode()
    second = re.findall(r"<Stmt>.*?</Stmt>", content)[1]
    other = second.replace("REF-2", "REF-X")
    assert other != second
    told = read(content.replace(second, second + other).encode())
    assert told.statements == ()
    assert {one.code for one in told.findings} == {"bank-balance-missing"}


def test_two_statements_in_pages_stay_two() -> None:
    first = whole(4)
    later = statement([entry(FEB, 5, "REF-9")] * 2, from_on=FEB, until_on=date(2026, 3, 1),
                      opening=first.closing_minor)  # fmt: skip
    inner = re.search(r"<Stmt>.*</Stmt>", pages(later, [1]).decode())
    assert inner is not None
    both = pages(first, [2]).decode().replace("</BkToCstmrStmt>", f"{inner[0]}</BkToCstmrStmt>")
    assert read(both.encode()).statements == (first, later)


@pytest.mark.parametrize("page", range(3))
def test_a_page_that_is_missing_is_told_and_nothing_read(page: int) -> None:
    content = pages(whole(6), [2, 4]).decode()
    gone = re.findall(r"<Stmt>.*?</Stmt>", content)[page]
    told = read(content.replace(gone, "").encode())
    assert told.statements == ()
    assert {one.code for one in told.findings} == {"bank-balance-missing"}


def test_pages_with_balances_of_their_own_show_where_one_is_missing() -> None:
    content = pages(whole(6), [2, 4], "subtype").decode()
    gone = re.findall(r"<Stmt>.*?</Stmt>", content)[1]
    first, last = read(content.replace(gone, "").encode()).statements
    assert last.opening_minor - first.closing_minor == sum(
        one.amount_minor for one in whole(6).entries[2:4]
    )
