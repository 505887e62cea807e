"""Files of banks: what is read, what is kept, what is refused, and one statement in two formats."""

from __future__ import annotations

import os
import resource
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bank_files import (
    ACCOUNT,
    DAY,
    OTHER,
    SALT,
    as_columns,
    camt,
    csv_file,
    entry,
    statement,
    wishes,
    written,
)
from konbit.exchange.banks import BankReading, read_bank_file
from konbit.exchange.banks.keeping import masked
from konbit.exchange.banks.written import decimal_of, minor_of

if TYPE_CHECKING:
    from konbit.terms.bank import BankStatement

JAN, FEB = date(2026, 1, 1), date(2026, 2, 1)


def january(**more: Any) -> BankStatement:
    """A statement with something of everything."""
    digest, last = masked(OTHER, SALT)
    entries = (
        entry(date(2026, 1, 5), 123_456, "USA-1", other_digest=digest, other_last=last),
        entry(date(2026, 1, 7), -50_000, "O1", "PAY/7"),
        entry(date(2026, 1, 9), -1_250, purpose="charge"),
        entry(date(2026, 1, 30), 77, purpose="interest"),
    )
    return statement(entries, from_on=JAN, until_on=FEB, opening=1_000, **more)


def codes(reading: BankReading) -> list[str]:
    return [found.code for found in reading.findings]


@pytest.mark.parametrize("version", range(2, 14))
def test_every_version_of_camt_053_reads_alike(version: int) -> None:
    told = january()
    reading = read_bank_file(camt(told, version=version), wishes())
    assert reading.findings == ()
    assert reading.statements == (told,)


@pytest.mark.parametrize("decimal", [",", "."])
@pytest.mark.parametrize("mark", [";", ",", "\t"])
@pytest.mark.parametrize("days", ["%d.%m.%Y", "%Y-%m-%d", "%d/%m/%Y", "%Y%m%d"])
def test_csv_says_the_same_as_camt_however_it_is_written(
    mark: str, decimal: str, days: str
) -> None:
    told = january()
    content = csv_file(told, mark=mark, decimal=decimal, days=days)
    asked = wishes(from_on=JAN, until_on=FEB)
    (read,) = read_bank_file(content, asked).statements
    assert read == replace(told, reference="", account_digest="", account_last="")
    assert read.identity == told.identity


_ENTRIES = st.lists(
    st.builds(
        entry,
        st.integers(0, 30).map(lambda n: JAN + n * DAY),
        st.integers(-(10**9), 10**9).filter(bool),
        st.sampled_from(["USA-1", "O-17", "C/2026/3", "2026-44a"]),
    ),
    max_size=8,
)


@settings(max_examples=60, deadline=None)
@given(_ENTRIES, st.integers(-(10**9), 10**9), st.sampled_from(["USD", "JPY", "KWD"]), st.data())
def test_law_csv_and_camt_of_one_statement_are_one_statement(
    entries: list[Any], opening: int, currency: str, data: st.DataObject
) -> None:
    told = statement(entries, from_on=JAN, until_on=FEB, opening=opening, currency=currency)
    (by_camt,) = read_bank_file(camt(told), wishes(currency)).statements
    decimal = data.draw(st.sampled_from([",", "."]))
    balance = "" if entries else written(opening, currency, decimal)
    asked = wishes(
        currency,
        from_on=JAN,
        until_on=FEB,
        decimal=decimal,
        opening=balance,
        closing=balance,
    )
    content = csv_file(told, decimal=asked.decimal)
    (by_csv,) = read_bank_file(content, asked).statements
    assert by_csv == replace(by_camt, reference="", account_digest="", account_last="")


@settings(max_examples=40, deadline=None)
@given(_ENTRIES, st.randoms(use_true_random=False))
def test_law_the_order_of_entries_in_a_file_means_nothing(entries: list[Any], chance: Any) -> None:
    told = statement(entries, from_on=JAN, until_on=FEB)
    shuffled = list(told.entries)
    chance.shuffle(shuffled)
    mixed = replace(told, entries=tuple(shuffled))
    assert read_bank_file(camt(mixed), wishes()) == read_bank_file(camt(told), wishes())


def test_names_and_accounts_go_no_further() -> None:
    for content in (camt(january()), csv_file(january())):
        told = str(read_bank_file(content, wishes(from_on=JAN, until_on=FEB)))
        assert "Private" not in told
        assert OTHER not in told
        assert ACCOUNT not in told
        assert "'6819'" in told
    named = camt(january()).replace(b">USA-1<", b">Gift of Jane Roe, KEN B7<")
    (read,) = read_bank_file(named, wishes(known=frozenset({"KEN"}))).statements
    assert read.entries[0].references == ("B7", "KEN")
    lines = [
        ["Date", "Amount", "Balance", "Reference", "Details"],
        ["2026-01-05", "5.00", "5.00", f"{OTHER} R7", "Jane Roe 00441632960000 gift KEN for B7 x"],
    ]
    (read,) = read_bank_file(as_columns(lines), wishes(known=frozenset({"KEN"}))).statements
    assert read.entries[0].references == ("B7", "KEN", "R7")


def test_a_statement_that_does_not_add_up_says_by_how_much() -> None:
    wrong = replace(january(), closing_minor=january().closing_minor + 3)
    reading = read_bank_file(camt(wrong), wishes())
    assert reading.statements == ()
    (found,) = reading.findings
    assert (found.code, dict(found.values)["minor"]) == ("bank-sum", "3")


def test_days_currencies_and_what_is_not_booked() -> None:
    late = statement([entry(date(2026, 2, 3), 5)], from_on=JAN, until_on=FEB)
    assert codes(read_bank_file(camt(late), wishes())) == ["bank-day-outside"]
    mixed = camt(january()).replace(
        b'<Ntry><Amt Ccy="USD">1234.56', b'<Ntry><Amt Ccy="EUR">1234.56'
    )
    assert codes(read_bank_file(mixed, wishes())) == ["bank-currency"]
    waiting = camt(january()).replace(b"BOOK", b"PDNG", 1)
    assert codes(read_bank_file(waiting, wishes())) == ["bank-pending", "bank-sum"]
    for old, new, code in (
        (b"<CdtDbtInd>CRDT</CdtDbtInd><Sts>", b"<CdtDbtInd>X</CdtDbtInd><Sts>", "bank-amount"),
        (b"<BookgDt><Dt>2026-01-05", b"<BookgDt><Dt>2026-13-05", ""),
        (b"1234.56", b"1e9999", "bank-amount"),
        (b"<Cd>CLBD</Cd>", b"<Cd>CLAV</Cd>", "bank-balance-missing"),
    ):
        found = codes(read_bank_file(camt(january()).replace(old, new), wishes()))
        assert found[:1] == ([code] if code else [])


def test_an_envelope_around_the_document_is_opened() -> None:
    head, _, body = camt(january()).partition(b"<Document")
    inside = b'<e:Envelope xmlns:e="urn:envelope"><AppHdr><Fr>A</Fr></AppHdr><Document' + body
    wrapped = head + inside + b"</e:Envelope>"
    assert read_bank_file(wrapped, wishes()).statements == (january(),)
    deep = head + b"<a>" * 5 + b"<Document" + body + b"</a>" * 5
    assert codes(read_bank_file(deep, wishes())) == ["bank-not-camt"]


def test_without_a_period_the_balances_tell_the_days() -> None:
    told = january()
    (read,) = read_bank_file(camt(told, with_period=False), wishes()).statements
    assert (read.from_on, read.until_on) == (date(2026, 1, 2), FEB)
    busy = statement([entry(JAN, 5)], from_on=JAN, until_on=FEB)
    (read,) = read_bank_file(camt(busy, with_period=False), wishes()).statements
    assert (read.from_on, read.until_on) == (JAN, FEB)
    until_midnight = camt(told).replace(b"2026-01-31T23:59:59", b"2026-02-01T00:00:00+01:00")
    assert read_bank_file(until_midnight, wishes()).statements == (told,)


@pytest.mark.parametrize(
    ("lines", "more", "code"),
    [
        ([["Date", "Amount", "Balance"], ["03/04/2026", "1", "1"]], {}, "bank-day-order"),
        ([["Date", "Amount", "Balance"], ["2026-01-01", "1.234", "1.234"]], {}, "bank-decimal"),
        ([["Date", "Amount", "Balance"], ["2026-01-01", "x", "1"]], {}, "bank-amount"),
        ([["Date", "Amount", "Balance"], ["2026-01-51", "1", "1"]], {}, "bank-day"),
        ([["Date", "Amount"], ["2026-01-01", "1"]], {}, "bank-balances-asked"),
        (
            [["Date", "Amount", "Balance"], ["2026-01-01", "1", "5"], ["2026-01-02", "1", "7"]],
            {},
            "bank-running",
        ),
        ([["Date", "Amount", "Ccy"], ["2026-01-01", "1", "XXX"]], {}, "bank-currency-unknown"),
        (
            [["Date", "Amount", "Ccy"], ["2026-01-01", "1", "USD"], ["2026-01-01", "1", "EUR"]],
            {},
            "bank-currencies",
        ),
        ([["When", "How much", "What"], ["2026-01-01", "1", "x"]], {}, "bank-columns"),
        ([["Date", "Amount", "Balance"]], {}, "bank-no-statement"),
    ],
)
def test_what_a_csv_leaves_open_is_asked(
    lines: list[list[str]], more: dict[str, Any], code: str
) -> None:
    currency = "KWD" if code == "bank-decimal" else "USD"
    reading = read_bank_file(as_columns(lines, ";"), wishes(currency, **more))
    assert reading.statements == ()
    assert codes(reading) == [code]


def test_what_was_asked_is_told_with_the_file() -> None:
    lines = [["When", "How much", "What"], ["03/04/2026", "1.234,50", "B7"]]
    asked = wishes(
        columns={"booked_on": "when", "amount": "HOW MUCH", "text": "What"},
        day_order="month",
        opening="1 000,00",
        closing="2'234.50",
    )
    (read,) = read_bank_file(as_columns(lines, "|"), asked).statements
    assert read.entries == (entry(date(2026, 3, 4), 123_450, "B7"),)
    assert (read.opening_minor, read.closing_minor) == (100_000, 223_450)


# As banks lay out what they export: headings, marks, lines before and after. Figures made up.
EXPORTS = {
    "german": (
        (
            '"Auftragskonto";"Buchungstag";"Valutadatum";"Buchungstext";"Verwendungszweck";'
            '"Kundenreferenz (End-to-End)";"Kontonummer/IBAN";"Betrag";"Waehrung"\n'
            '"DE1";"16.01.26";"16.01.26";"HABEN";"Gabe USA-1";"E2E-7";"GB29";"1.000,00";"USD"\n'
            '"DE1";"20.01.26";"20.01.26";"ENTGELT";"Gebühren";"";"";"-12,50";"USD"\n'
        ),
        ("USA-1", "E2E-7"),
    ),
    "french": (
        (
            "Compte n° 123;;;\nDate de l'opération;Libellé;Débit euros;Crédit euros;Solde\n"
            "16/01/2026;VIR RECU USA-1;;1 000,00;1 000,00\n20/01/2026;FRAIS;12,50;;987,50\n"
            ";Totaux;12,50;1 000,00;\n"
        ),
        ("USA-1",),
    ),
    "spanish": (
        (
            "sep=,\nFecha,F. Valor,Concepto,Importe,Saldo\n"
            '20/01/2026,20/01/2026,Comisión,"-12,50","987,50"\n'
            '16/01/2026,16/01/2026,Abono USA-1,"1.000,00","1.000,00"\n'
        ),
        ("USA-1",),
    ),
    "american": (
        (
            "Details,Posting Date,Description,Amount,Type,Balance\n"
            "DEBIT,01/20/2026,Service fee,-12.50,FEE,987.50\n"
            "CREDIT,01/16/2026,WIRE USA-1,1000.00,WIRE,1000.00\n"
        ),
        ("USA-1",),
    ),
    "british": (
        (
            "Date,Type,Narrative,Paid out,Paid in,Balance\n"
            '2026-01-01,,Opening balance,,,"$0.00"\n'
            '2026-01-16,CR,"Gift, USA-1",,"$1,000.00","$1,000.00"\n'
            "2026-01-20,DR,Fees,$12.50,,$987.50\n"
        ),
        ("USA-1",),
    ),
}


@pytest.mark.parametrize("bank", EXPORTS)
def test_exports_as_banks_lay_them_out(bank: str) -> None:
    text, references = EXPORTS[bank]
    told = wishes(opening="0", closing="987,50") if bank == "german" else wishes()
    (read,) = read_bank_file(text.encode("cp1252"), told).statements
    first, second = read.entries
    assert (first.booked_on, first.amount_minor) == (date(2026, 1, 16), 100_000)
    assert set(first.references) == set(references)
    assert (second.booked_on, second.amount_minor) == (date(2026, 1, 20), -1_250)
    assert (read.opening_minor, read.closing_minor) == (0, 98_750)


def test_entries_of_nothing_are_none() -> None:
    told = january()
    noted = replace(told, entries=(*told.entries, entry(JAN, 0)))
    assert read_bank_file(camt(noted), wishes()).statements == (told,)


def test_debit_and_credit_in_columns_or_by_a_sign_and_newest_first() -> None:
    sides = [
        ["Fecha", "Cargo", "Abono", "Saldo"],
        ["02/01/2026", "", "1,000.00", "700.00"],
        ["13/01/2026", "300.00", "", "-300.00"],
    ]
    (read,) = read_bank_file(as_columns(sides), wishes()).statements
    assert [e.amount_minor for e in read.entries] == [100_000, -30_000]
    assert (read.opening_minor, read.closing_minor) == (0, 70_000)
    signs = [["Datum", "Betrag", "Soll/Haben", "Saldo"], ["1.2.26", "5,00", "S", "5,00 S"]]
    (read,) = read_bank_file(as_columns(signs, ";"), wishes()).statements
    assert [e.amount_minor for e in read.entries] == [-500]
    assert read.closing_minor == -500


@settings(max_examples=200, deadline=None)
@given(
    st.integers(-(10**13), 10**13),
    st.sampled_from([",", "."]),
    st.sampled_from(["", " ", "'", "g"]),
)
def test_law_an_amount_reads_as_it_was_written(minor: int, decimal: str, group: str) -> None:
    between = {"g": "." if decimal == "," else ","}.get(group, group)
    text = f"{abs(minor) // 100:,}".replace(",", between) + f"{decimal}{abs(minor) % 100:02}"
    text = f"\u2212{text}" if minor < 0 else text
    assert decimal_of([text], "USD") == decimal
    assert minor_of(text, "USD", decimal) == minor


def _bomb() -> bytes:
    lines = [f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12)]
    inside = '<!DOCTYPE Document [<!ENTITY e0 "lol">' + "".join(lines) + "]>"
    return (
        camt(january())
        .replace(b"<Document", inside.encode() + b"<Document", 1)
        .replace(b"S-1", b"&e11;")
    )


def _entity() -> bytes:
    inside = b'<!DOCTYPE Document [<!ENTITY e SYSTEM "file:///etc/passwd">]><Document'
    return camt(january()).replace(b"<Document", inside, 1).replace(b"S-1", b"&e;")


HOSTILE: dict[str, tuple[bytes, str]] = {
    "an entity of a file": (_entity(), "bank-doctype"),
    "a bomb": (_bomb(), "bank-doctype"),
    "an entity in utf-16": (
        _entity().decode().replace("UTF-8", "UTF-16").encode("utf-16"),
        "bank-doctype",
    ),
    "another message": (camt(january()).replace(b"camt.053", b"camt.052"), "bank-not-camt"),
    "another version": (camt(january()).replace(b"001.08", b"001.99"), "bank-version"),
    "a page": (b"<html><script>alert(1)</script></html>", "bank-not-camt"),
    "half a file": (camt(january())[:900], "bank-unreadable"),
    "no statement": (camt(), "bank-no-statement"),
    "nothing": (b" \n", "bank-unreadable"),
    "a picture": (b"\x89PNG\r\n" + bytes(2_000), "bank-unreadable"),
    "noise": (os.urandom(100_000), "bank-unreadable"),
    "much too large": (b"0" * 20_000_001, "bank-too-large"),
    "one endless cell": (b"Date,Amount\n2026-01-01," + b"9" * 2_000_000, "bank-unreadable"),
    "a heap of empty elements": (
        camt(january()).replace(b"<Ntry>", b"<Ntry>" + b"<x/>" * 60_000, 1),
        "bank-too-many",
    ),
    "a deep hole": (
        camt(january()).replace(b"<Ntry>", b"<Ntry>" + b"<x>" * 3_000, 1),
        "bank-unreadable",
    ),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_hostile_files_end_in_one_finding(what: str) -> None:
    content, code = HOSTILE[what]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    reading = read_bank_file(content, wishes())
    assert codes(reading) == [code]
    assert reading.statements == ()
    assert "root:" not in str(reading)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300_000


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=400))
def test_law_no_bytes_raise(content: bytes) -> None:
    read_bank_file(content, wishes())


def test_a_name_that_no_writer_would_take_is_no_statement() -> None:
    damaged = camt(january()).replace(b"<Document", b"<:ocument")
    assert read_bank_file(damaged, wishes()).statements == ()


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 5_000), st.integers(0, 255))
def test_law_no_changed_byte_of_a_file_raises(at: int, value: int) -> None:
    for content in (camt(january()), csv_file(january())):
        changed = bytearray(content)
        changed[at % len(changed)] = value
        for read in read_bank_file(bytes(changed), wishes()).statements:
            total = read.opening_minor + sum(e.amount_minor for e in read.entries)
            assert total == read.closing_minor
