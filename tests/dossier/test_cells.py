from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from konbit.dossier.cells import EARLIEST, LATEST, LONGEST_TEXT, CellError, read_cell, write_cell
from konbit.dossier.checks import FINDING_CODES
from konbit.dossier.columns import Column, Kind, Row, columns_of
from konbit.dossier.registry import TABLES
from konbit.terms import Money
from konbit.terms.code import is_code, is_pcode
from konbit.terms.money import CURRENCIES, decimals_of
from konbit.terms.place import COUNTRIES


def column(kind: Kind, **more: Any) -> Column:
    return Column("cell", kind, "Cell", **{"required": False, **more})


texts = st.text(max_size=200).map(str.strip).filter(bool)
whole = st.integers(-(10**18) + 1, 10**18 - 1)
exact = st.builds(lambda number, places: Decimal(number).scaleb(-places), whole, st.integers(0, 12))
VALUES: dict[Kind, st.SearchStrategy[Any]] = {
    Kind.CODE: st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,63}", fullmatch=True),
    Kind.REFERENCE: texts,
    Kind.TEXT: texts,
    Kind.CHOICE: st.sampled_from(["arrived", "departed"]),
    Kind.INTEGER: whole,
    Kind.DECIMAL: exact,
    Kind.DATE: st.dates(EARLIEST, LATEST - timedelta(days=1)),
    Kind.BOOLEAN: st.booleans(),
    Kind.COUNTRY: st.sampled_from(sorted(COUNTRIES)),
    Kind.CURRENCY: st.sampled_from(sorted(CURRENCIES)),
    Kind.PCODE: st.from_regex(r"[A-Z]{2}[0-9]{0,10}", fullmatch=True),
}
CODES = {"", *FINDING_CODES}
STAGES = (("arrived", "is there"), ("departed", "has left"))


@pytest.mark.parametrize("kind", list(VALUES))
@given(data=st.data())
def test_what_is_written_is_read_again(kind: Kind, data: st.DataObject) -> None:
    meaning = column(kind, choices=STAGES if kind is Kind.CHOICE else ())
    value = data.draw(VALUES[kind])
    written = write_cell(value, meaning)
    read = read_cell(written, meaning)
    assert read == value
    assert type(read) is type(value)
    assert write_cell(read, meaning) == written


@given(whole, st.sampled_from(sorted(CURRENCIES)))
def test_money_that_is_written_is_read_again(amount: int, currency: str) -> None:
    money = Money(amount, currency)
    meaning = column(Kind.MONEY)
    assert read_cell(write_cell(money, meaning), meaning, currency) == money


numberlike = st.from_regex("-?[0-9.eE\u0663\uff13+-]{1,40}")


@given(st.sampled_from(list(Kind)), st.text(max_size=60) | numberlike)
def test_any_text_is_read_or_refused_by_a_code(kind: Kind, text: str) -> None:
    """Whatever stands in a cell, no other error than a finding's comes out."""
    meaning = column(kind, choices=STAGES)
    code = ""
    value = None
    try:
        value = read_cell(text, meaning, "USD")
    except CellError as error:
        code = error.code
    assert code in CODES
    assert read_cell(write_cell(value, meaning), meaning, "USD") == value


@pytest.mark.parametrize("kind", list(Kind))
def test_an_empty_cell_is_the_default_or_missing(kind: Kind) -> None:
    assert read_cell("  ", column(kind, default="what it means")) == "what it means"
    with pytest.raises(CellError) as caught:
        read_cell("", column(kind, required=True))
    assert caught.value.code == "cell-empty"


HOSTILE: list[tuple[Kind, str, str]] = [
    (Kind.DATE, "0000-01-01", "not-date"),
    (Kind.DATE, "2025-02-30", "not-date"),
    (Kind.DATE, "2025-2-3", "not-date"),
    (Kind.DATE, "20250203", "not-date"),
    (Kind.DATE, "2025-W01-1", "not-date"),
    (Kind.DATE, "\uff12\uff10\uff12\uff15-\uff10\uff11-\uff10\uff11", "not-date"),
    (Kind.DATE, "45678", "not-date"),
    (Kind.DATE, "0001-01-01", "date-out-of-range"),
    (Kind.DATE, "1944-12-31", "date-out-of-range"),
    (Kind.DATE, "2200-01-01", "date-out-of-range"),
    (Kind.INTEGER, "1" + "0" * 30, "too-large"),
    (Kind.INTEGER, "-1" + "0" * 30, "too-small"),
    (Kind.INTEGER, "1e30", "not-integer"),
    (Kind.INTEGER, "12.0", "not-integer"),
    (Kind.INTEGER, "NaN", "not-integer"),
    (Kind.INTEGER, "\uff11\uff12", "not-integer"),
    (Kind.INTEGER, "\u0663", "not-integer"),
    (Kind.INTEGER, "1,000", "not-integer"),
    (Kind.INTEGER, "--1", "not-integer"),
    (Kind.DECIMAL, "1" + "0" * 30, "too-large"),
    (Kind.MONEY, "1" + "0" * 30 + ".5", "too-large"),
    (Kind.DECIMAL, "NaN", "not-number"),
    (Kind.DECIMAL, "sNaN", "not-number"),
    (Kind.DECIMAL, "Infinity", "not-number"),
    (Kind.DECIMAL, "-inf", "not-number"),
    (Kind.DECIMAL, "1E400", "not-number"),
    (Kind.DECIMAL, "\uff11.\uff15", "not-number"),
    (Kind.DECIMAL, "1,5", "not-number"),
    (Kind.DECIMAL, "1." + "1" * 13, "not-number"),
    (Kind.MONEY, "NaN", "not-number"),
    (Kind.MONEY, "Infinity", "not-number"),
    (Kind.MONEY, "5 USD", "not-number"),
    (Kind.MONEY, "1.0005", "money-too-fine"),
    (Kind.MONEY, "1.005", "number-ambiguous"),
    (Kind.MONEY, "12.000", "number-ambiguous"),
    (Kind.MONEY, "123456789012345678.000000000001", "money-too-fine"),
    (Kind.BOOLEAN, "NaN", "not-yes-or-no"),
    (Kind.BOOLEAN, "maybe", "not-yes-or-no"),
    (Kind.CODE, "a b", "not-code"),
    (Kind.CODE, "../x", "not-code"),
    (Kind.CODE, "a" * 65, "not-code"),
    (Kind.CODE, "=1+1", "not-code"),
    (Kind.TEXT, "x" * (LONGEST_TEXT + 1), "text-too-long"),
    (Kind.REFERENCE, "x" * (LONGEST_TEXT + 1), "text-too-long"),
    (Kind.CHOICE, "Arrived", "choice-unknown"),
    (Kind.COUNTRY, "HT", "not-country"),
    (Kind.CURRENCY, "usd", "not-currency"),
    (Kind.PCODE, "HT-01", "not-pcode"),
]


@pytest.mark.parametrize(("kind", "text", "code"), HOSTILE)
def test_hostile_cells_are_refused(kind: Kind, text: str, code: str) -> None:
    with pytest.raises(CellError) as caught:
        read_cell(text, column(kind, choices=STAGES), "USD")
    assert caught.value.code == code


@pytest.mark.parametrize(("currency", "code"), [("", "currency-missing"), ("XYZ", "not-currency")])
def test_an_amount_needs_a_currency(currency: str, code: str) -> None:
    with pytest.raises(CellError) as caught:
        read_cell("5", column(Kind.MONEY), currency)
    assert caught.value.code == code


@pytest.mark.parametrize("kind", [Kind.INTEGER, Kind.DECIMAL])
@pytest.mark.parametrize(("text", "code"), [("-1", "too-small"), ("11", "too-large")])
def test_limits_are_part_of_the_range(kind: Kind, text: str, code: str) -> None:
    meaning = column(kind, minimum=0, maximum=10)
    assert [read_cell(limit, meaning) for limit in ("0", "10")] == [0, 10]
    with pytest.raises(CellError) as caught:
        read_cell(text, meaning)
    assert caught.value.code == code


def test_spaces_between_thousands_are_read() -> None:
    assert read_cell(" 13 300 000 ", column(Kind.INTEGER)) == 13_300_000
    assert read_cell("13\u202f300\u00a0000.5", column(Kind.DECIMAL)) == Decimal("13300000.5")


@pytest.mark.parametrize("text", ["-0", "0.00", "-0.000"])
def test_there_is_one_nought(text: str) -> None:
    value = read_cell(text, column(Kind.DECIMAL))
    assert write_cell(value, column(Kind.DECIMAL)) == "0"


@pytest.mark.parametrize(
    ("text", "value"), [("YES", True), ("oui", True), ("Sí", True), ("wi", True), ("non", False)]
)
def test_yes_and_no_are_read_in_four_languages(text: str, value: bool) -> None:
    assert read_cell(text, column(Kind.BOOLEAN)) is value


@given(st.text(max_size=80))
def test_codes_are_plain_letters_digits_and_marks(text: str) -> None:
    assert not is_code(text) or text.isascii()
    assert not is_pcode(text) or text.isascii()


@given(whole)
def test_whole_amounts_of_a_currency_have_no_point(amount: int) -> None:
    major = Decimal(amount)
    money = Money.from_major(major, "USD")
    assert decimals_of("USD") == 2
    assert write_cell(money, column(Kind.MONEY)) == str(amount)


@pytest.mark.parametrize(
    ("written", "share"), [("15", "0.15"), ("15%", "0.15"), ("7.5 %", "0.075"), ("0.5%", "0.005")]
)
def test_a_share_in_per_cent_is_told_with_what_it_should_be(written: str, share: str) -> None:
    with pytest.raises(CellError) as caught:
        read_cell(written, column(Kind.DECIMAL, minimum=0, maximum=1))
    assert caught.value.code == "share-in-percent"
    assert caught.value.values_named == {"value": written, "share": share}
    assert read_cell(share, column(Kind.DECIMAL, minimum=0, maximum=1)) == Decimal(share)


def test_what_is_no_share_is_not_taken_for_per_cent() -> None:
    for text, meaning in [
        ("101", column(Kind.DECIMAL, maximum=1)),
        ("15", column(Kind.DECIMAL, maximum=9)),
    ]:
        with pytest.raises(CellError) as caught:
            read_cell(text, meaning)
        assert caught.value.code == "too-large"
    assert read_cell("1", column(Kind.DECIMAL, maximum=1)) == 1


STATED = [
    (table, stated) for table in TABLES for stated in columns_of(table) if stated.kind is Kind.MONEY
]


@pytest.mark.parametrize(("table", "stated"), STATED)
def test_no_amount_that_is_a_fact_is_less_than_nothing(table: type[Row], stated: Column) -> None:
    """What goes back is a stage of its own: a negative receipt once made a plan that lied."""
    with pytest.raises(CellError) as caught:
        read_cell("-0.01", stated, "USD")
    assert caught.value.code == "too-small", table
    with pytest.raises(CellError) as caught:
        read_cell(str(10**16), stated, "USD")
    assert caught.value.code == "too-large", table
    assert read_cell("0", stated, "USD") == Money(0, "USD")
