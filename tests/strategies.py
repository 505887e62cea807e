"""Random dossiers of every table, made from what the columns say and nothing else."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from konbit.dossier import BY_NAME, TABLES, Column, Dossier, Kind, Row, columns_of
from konbit.dossier.cells import EARLIEST, LATEST
from konbit.terms import Money
from konbit.terms.money import CURRENCIES, decimals_of
from konbit.terms.place import COUNTRIES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    # Codes of the rows of each table, by name of the table.
    Known = Mapping[str, Sequence[str]]

_MOST_CODES = 3
_LETTERS = st.sampled_from("ABCxyz019")
_INNER = st.sampled_from("ABCxyz019._/-")

# Texts that files have trouble with: separators, quotes, line ends, marks, escapes, formulas.
_AWKWARD = (
    '"', '""', "a,b;c\td", "first\nsecond", "=1+1", "+cmd|x", "@sum", "-a", "#remark", "0012",
    "1e5", "_x0041_", "_x005F_", "yes", "2024-01-31", "<&>'", "é ø 漢 \U0001f600",
    "\u2028mid\u2028dle", "\ufeff.", "NULL", "None", "'quoted", "\\", "01/02/2024",
)  # fmt: skip


def codes() -> st.SearchStrategy[str]:
    """Codes of rows."""
    return st.builds(lambda head, tail: head + tail, _LETTERS, st.text(_INNER, max_size=4))


def texts() -> st.SearchStrategy[str]:
    """Free text as a cell can hold it: no control characters, no space around."""
    allowed = st.characters(
        exclude_categories=("Cc", "Cs"),
        include_characters="\n\t",
        exclude_characters="\ufffe\uffff",
    )
    return st.one_of(st.sampled_from(_AWKWARD), st.text(allowed, max_size=12)).map(str.strip)


def _integers(column: Column) -> st.SearchStrategy[int]:
    low = -(10**18) + 1 if column.minimum is None else column.minimum
    high = 10**18 - 1 if column.maximum is None else column.maximum
    return st.one_of(st.integers(low, high), st.integers(max(low, -50), min(high, 50_000)))


def _decimals(column: Column) -> st.SearchStrategy[Decimal]:
    low = -(10**18) + 1 if column.minimum is None else column.minimum
    high = 10**18 - 1 if column.maximum is None else column.maximum
    exact = st.integers(0, 12).flatmap(lambda places: st.decimals(low, high, places=places))
    held = exact.filter(lambda value: value > low) if column.exceeds_minimum else exact
    return held.map(lambda value: value or Decimal(0))  # no zero with a sign


def _moneys(column: Column, currency: str) -> st.SearchStrategy[Money]:
    unit = 10 ** decimals_of(currency)
    low = -(10**15) if column.minimum is None else column.minimum * unit
    high = 10**15 if column.maximum is None else min(10**15, column.maximum * unit)
    minor = st.one_of(st.integers(low, high), st.integers(max(0, low), 999_999))
    return st.builds(Money, minor, st.just(currency))


_BY_KIND: Mapping[Kind, st.SearchStrategy[Any]] = {
    Kind.CODE: codes(),
    Kind.DATE: st.dates(EARLIEST, LATEST - timedelta(days=1)),
    Kind.BOOLEAN: st.booleans(),
    Kind.COUNTRY: st.sampled_from(sorted(COUNTRIES)),
    Kind.CURRENCY: st.sampled_from(sorted(CURRENCIES)),
    Kind.PCODE: st.from_regex(r"[A-Z]{2}[0-9]{0,4}", fullmatch=True),
}


def _values(column: Column, currency: str, known: Known) -> st.SearchStrategy[Any]:
    """Values that a cell of this column may have, when it is not left empty."""
    if column.kind is Kind.REFERENCE:
        there = sorted({code for table in column.refers_to for code in known.get(table, ())})
        return st.sampled_from(there) if there else st.just("")
    if column.kind is Kind.TEXT:
        return texts().filter(bool) if column.required else texts()
    if column.kind is Kind.CHOICE:
        return st.sampled_from(column.words)
    if column.kind is Kind.INTEGER:
        return _integers(column)
    if column.kind is Kind.DECIMAL:
        return _decimals(column)
    return _moneys(column, currency) if column.kind is Kind.MONEY else _BY_KIND[column.kind]


@st.composite
def rows_of(draw: st.DrawFn, table: type[Row], code: str, known: Known) -> Row:
    """A row of a table with this code, referring to codes that are known."""
    currency = draw(_BY_KIND[Kind.CURRENCY])
    values: dict[str, Any] = {}
    for column in columns_of(table):
        if column.kind is Kind.CODE:
            values[column.name] = code
        elif column.required or draw(st.booleans()):
            values[column.name] = draw(_values(column, currency, known))
    return table(**values)


@st.composite
def dossiers(draw: st.DrawFn, most_tables: int = 4) -> Dossier:
    """Dossiers in which every reference that must be there leads somewhere.

    A few tables are drawn, and with them those that their rows cannot do without. What rows say is
    valid cell by cell but makes no sense: no checks are passed, no mission can be planned with it.
    """
    chosen = draw(st.sets(st.sampled_from(TABLES), max_size=most_tables))
    tables = [table for table in TABLES if table in _with_needed(chosen)]
    several = st.lists(codes(), min_size=1, max_size=_MOST_CODES, unique=True)
    known = {table.TABLE: draw(several) for table in tables}
    found: dict[tuple[str, tuple[str, ...]], Row] = {}
    for table in tables:
        for code in known[table.TABLE]:
            row = draw(rows_of(table, code, known))
            found[table.TABLE, row.key] = row
    return Dossier.of(found.values())


def _with_needed(chosen: set[type[Row]]) -> set[type[Row]]:
    """Tables with those to which their rows must refer."""
    every, fresh = set(chosen), set(chosen)
    while fresh:
        needed = {
            BY_NAME[c.refers_to[0]]
            for table in fresh
            for c in columns_of(table)
            if c.required and c.refers_to
        }
        fresh = needed - every
        every |= fresh
    return every
