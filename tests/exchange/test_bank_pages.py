"""A bank's statement that comes in pages, in one file or several, is read as the one that it is."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bank_files import OTHER, camt, entry, statement, wishes
from konbit.exchange.banks import BankReading, read_bank_file, read_bank_files

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
    assert says(told) == [("bank-pages-contradict", {"page": "2"})]


def test_two_statements_in_pages_stay_two() -> None:
    first = whole(4)
    later = statement([entry(FEB, 5, "REF-9")] * 2, from_on=FEB, until_on=date(2026, 3, 1),
                      opening=first.closing_minor)  # fmt: skip
    inner = re.search(r"<Stmt>.*</Stmt>", pages(later, [1]).decode())
    assert inner is not None
    both = pages(first, [2]).decode().replace("</BkToCstmrStmt>", f"{inner[0]}</BkToCstmrStmt>")
    assert read(both.encode()).statements == (first, later)


@pytest.mark.parametrize("style", sorted(_CODES))
@pytest.mark.parametrize(
    ("gone", "told"),
    [
        ([1], [("bank-pages-missing", {"pages": "1"})]),
        ([2], [("bank-pages-missing", {"pages": "2"})]),
        ([4], [("bank-pages-open", {"page": "3"})]),
        ([1, 2], [("bank-pages-missing", {"pages": "1\N{EN DASH}2"})]),
        ([1, 3], [("bank-pages-missing", {"pages": "1, 3"})]),
        ([1, 4], [("bank-pages-missing", {"pages": "1"}), ("bank-pages-open", {"page": "3"})]),
    ],
)
def test_pages_that_are_missing_are_named_and_nothing_read(
    style: str, gone: list[int], told: list[Any]
) -> None:
    content = pages(whole(8), [2, 4, 6], style)
    sent = [file for n, file in enumerate(one_by_one(content), 1) if n not in gone]
    reading = read_bank_files([(f"{n}.xml", file) for n, file in enumerate(sent)], wishes())
    assert reading.statements == ()
    assert says(reading) == told


def test_a_page_that_does_not_go_on_where_the_one_before_ends_is_told() -> None:
    content = pages(whole(6), [2, 4]).decode()
    third = re.findall(r"<Stmt>.*?</Stmt>", content)[2]
    changed = re.sub(r'(>ITBD<.*?<Amt Ccy="USD">)[0-9.]+', r"\g<1>1.23", third, count=1)
    assert changed != third
    told = read(content.replace(third, changed).encode())
    assert told.statements == ()
    assert says(told) == [("bank-pages-jump", {"page": "3"})]


def one_by_one(content: bytes) -> list[bytes]:
    """Every page in a file of its own."""
    text = content.decode()
    before, after = text.index("<Stmt>"), text.rindex("</Stmt>") + len("</Stmt>")
    found = re.findall(r"<Stmt>.*?</Stmt>", text)
    return [f"{text[:before]}{page}{text[after:]}".encode() for page in found]


def of_messages(content: bytes) -> bytes:
    """Pages that are told of the message and not of the statement, as in version 2."""
    told = re.search(r"<StmtPgntn>(.*?)</StmtPgntn>", content.decode())
    assert told is not None
    text = content.decode().replace(told[0], "")
    return text.replace("</GrpHdr>", f"<MsgPgntn>{told[1]}</MsgPgntn></GrpHdr>").encode()


def numbered(content: bytes, name: str, *, is_renamed: bool) -> bytes:
    """With a number of the bank, under which its pages may bear other names."""
    text = content.decode().replace("</Id><StmtPgntn>", f"</Id><{name}>7</{name}><StmtPgntn>")
    if is_renamed:
        names = iter("ABCDEFG")
        text = re.sub(r"<Stmt><Id>S-1<", lambda _: f"<Stmt><Id>{next(names)}<", text)
    return text.encode()


@pytest.mark.parametrize("style", sorted(_CODES))
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_law_pages_in_any_files_in_any_order_are_the_whole_statement(
    style: str, data: st.DataObject
) -> None:
    told = whole(9)
    cuts = data.draw(st.lists(st.integers(0, 9), min_size=1, max_size=4).map(sorted))
    content, number = pages(told, cuts, style), None
    by = data.draw(st.sampled_from(["", "LglSeqNb", "ElctrncSeqNb"]))
    if by:
        content, number = numbered(content, by, is_renamed=data.draw(st.booleans())), 7
    files = one_by_one(content)
    if style == "interim" and data.draw(st.booleans()):
        files = [of_messages(file) for file in files]
    again = data.draw(st.lists(st.sampled_from(files), max_size=2))
    sent = data.draw(st.permutations([*files, *again]))
    reading = read_bank_files([(f"{n}.xml", file) for n, file in enumerate(sent)], wishes())
    (one,) = reading.statements
    assert replace(one, reference="S-1") == replace(told, number=number)
    (source,) = reading.sources
    assert [sent[place] for place in source.files] == files, "in the order of pages"


def test_whole_statements_of_a_message_in_pages_stay_whole() -> None:
    told = whole(4)
    part = "<MsgPgntn><PgNb>1</PgNb><LastPgInd>false</LastPgInd></MsgPgntn></GrpHdr>"
    (one,) = read(camt(told).replace(b"</GrpHdr>", part.encode())).statements
    assert one == told


def test_statements_of_two_accounts_or_months_in_many_files_stay_apart() -> None:
    first = whole(4)
    later = statement([entry(FEB, 5, "REF-9")] * 2, from_on=FEB, until_on=date(2026, 3, 1),
                      opening=first.closing_minor)  # fmt: skip
    other = camt(first, account=OTHER)
    files = [*one_by_one(pages(first, [2])), *one_by_one(pages(later, [1])), other]
    read_back = read_bank_files([("x", file) for file in reversed(files)], wishes()).statements
    assert {one.identity for one in read_back} == {first.identity, later.identity}
    assert len(read_back) == 3


def test_an_entry_that_is_there_twice_with_its_references_is_asked_about() -> None:
    twice = statement([entry(JAN, 5, "REF-9")] * 2 + [entry(JAN, 6)] * 2,
                      from_on=JAN, until_on=FEB)  # fmt: skip
    told = read(camt(twice))
    assert told.statements == (twice,), "the bank may be right"
    assert [one.code for one in told.findings] == ["bank-entry-twice"]


def says(reading: BankReading) -> list[tuple[str, dict[str, str]]]:
    return [(one.code, dict(one.values)) for one in reading.findings]
