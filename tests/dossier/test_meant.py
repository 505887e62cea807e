"""What is suggested for a cell that cannot be read: near, readable, and never read as such."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from konbit.dossier.cells import CellError, read_cell
from konbit.dossier.columns import Column, Kind
from konbit.dossier.meant import code_meant, currency_meant, day_meant, number_meant
from konbit.terms.code import is_code
from konbit.terms.money import CURRENCIES


def refused(text: str, kind: Kind) -> dict[str, object]:
    with pytest.raises(CellError) as caught:
        read_cell(
            text, Column("cell", kind, "Cell", choices=(("unit", ""), ("service", ""))), "USD"
        )
    return caught.value.values_named


@pytest.mark.parametrize(
    ("kind", "text", "suggestion"),
    [
        (Kind.DATE, "25/03/2026", "2026-03-25"),
        (Kind.DATE, "03/25/2026", "2026-03-25"),
        (Kind.DATE, "12/01/2026", "2026-01-12 / 2026-12-01"),
        (Kind.DATE, "1.1.26", "2026-01-01"),
        (Kind.DATE, "2026-3-1", "2026-03-01"),
        (Kind.DATE, "2026-03-01 08:30:00", "2026-03-01"),
        (Kind.DATE, "46082", "2026-03-01"),
        (Kind.DATE, "31/31/2026", ""),
        (Kind.DATE, "12345", ""),
        (Kind.DATE, "soon", ""),
        (Kind.INTEGER, "1,200", "1200"),
        (Kind.INTEGER, "1.200", "1200"),
        (Kind.INTEGER, "120.5", ""),
        (Kind.INTEGER, "250 people", ""),
        (Kind.DECIMAL, "9,51", "9.51"),
        (Kind.DECIMAL, "0,125", "0.125"),
        (Kind.DECIMAL, "1,250", "1250 / 1.250"),
        (Kind.MONEY, "1.234,56", "1234.56"),
        (Kind.MONEY, "1,234.56", "1234.56"),
        (Kind.MONEY, "2 500,50 \u20ac", "2500.50"),
        (Kind.MONEY, "6.000.000", "6000000"),
        (Kind.MONEY, "USD 5", "5"),
        (Kind.MONEY, "18 million", ""),
        (Kind.CODE, "POSTE NORD", "POSTE-NORD"),
        (Kind.CODE, "\u00c9t\u00e9 (1)", "Ete-1"),
        (Kind.CODE, "???", ""),
        (Kind.CURRENCY, "\u20ac", "EUR"),
        (Kind.CURRENCY, "usd", "USD"),
        (Kind.CURRENCY, "gourdes", ""),
        (Kind.CHOICE, "Unit", "unit"),
        (Kind.CHOICE, "unit\u00e9", "unit"),
        (Kind.CHOICE, "promise", ""),
    ],
)
def test_what_was_meant_is_suggested(kind: Kind, text: str, suggestion: str) -> None:
    assert refused(text, kind)["suggestion"] == suggestion


def trouble(text: str, kind: Kind) -> str:
    try:
        read_cell(text, Column("cell", kind, "Cell", minimum=None))
    except CellError as error:
        return error.code
    return ""


figures = st.from_regex(r"[-0-9 .,/'\u202f\u00a0\u20ac$]{1,40}", fullmatch=True)


@given(figures | st.text(max_size=80))
def test_what_is_suggested_can_be_read(text: str) -> None:
    for kind, suggestion in (
        (Kind.INTEGER, number_meant(text, whole=True)),
        (Kind.DECIMAL, number_meant(text, whole=False)),
        (Kind.DATE, day_meant(text)),
    ):
        for part in filter(None, suggestion.split(" / ")):
            assert trouble(part, kind) in {"", "too-large", "too-small", "date-out-of-range"}
    assert not code_meant(text) or is_code(code_meant(text))
    assert not currency_meant(text) or currency_meant(text) in CURRENCIES


@pytest.mark.parametrize("word", ["vrai", "VRAI", "verdadero", "vre", "oui", "s\u00ed", "wi"])
def test_yes_is_read_in_every_language_also_as_a_spreadsheet_writes_it(word: str) -> None:
    assert read_cell(word, Column("cell", Kind.BOOLEAN, "Cell")) is True


@pytest.mark.parametrize("word", ["faux", "FALSO", "fo", "non"])
def test_no_is_read_in_every_language_also_as_a_spreadsheet_writes_it(word: str) -> None:
    assert read_cell(word, Column("cell", Kind.BOOLEAN, "Cell")) is False


@pytest.mark.parametrize("text", ["7\u00a0%", "7\u202f%", "7,0 %"])
def test_a_share_in_per_cent_is_told_however_it_is_written(text: str) -> None:
    with pytest.raises(CellError) as caught:
        read_cell(text, Column("cell", Kind.DECIMAL, "Cell", maximum=1))

    assert (caught.value.code, caught.value.values_named["share"]) == ("share-in-percent", "0.07")
