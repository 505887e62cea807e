from __future__ import annotations

import dataclasses
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from konbit.dossier import BY_NAME, TABLES, Dossier, texts_of
from konbit.dossier.checks import check
from konbit.dossier.columns import Kind, columns_of, has_money
from konbit.dossier.facts import Fact
from konbit.dossier.tables.fund import Rate
from konbit.dossier.tables.mandate import Location, Mission
from konbit.dossier.tables.pledge import LeadTime, UnitEvent
from tiny_rows import AS_OF, event, gift, make, offered, paid, tiny, usd

if TYPE_CHECKING:
    from konbit.dossier.columns import Row

ROWS: tuple[Row, ...] = (
    make(Mission, code="M"),
    *(offered(code) for code in "ABC"),
    *(event(code, "arrived", date(2025, 3, 1)) for code in "ABC"),
    *(gift(code) for code in "GH"),
    *(paid(code, "received", date(2025, 4, 1), usd(5)) for code in "GH"),
)
DAYS = st.dates(date(2024, 1, 1), date(2026, 1, 1))


@given(st.permutations(ROWS))
def test_the_order_of_rows_changes_nothing(rows: list[Row]) -> None:
    shuffled, plain = Dossier.of(rows), Dossier.of(ROWS)
    assert shuffled == plain
    assert shuffled.digest == plain.digest
    assert check(shuffled, AS_OF) == check(plain, AS_OF)


def test_two_rows_of_one_key_are_refused() -> None:
    with pytest.raises(ValueError, match="offers"):
        Dossier.of([offered("A"), offered("A", units=2)])
    assert len(Dossier.of([offered("A"), gift("A")]).all_rows) == 2


@pytest.mark.parametrize("missions", [(), ("A", "B")])
def test_a_dossier_without_its_one_mission_says_so(missions: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="exactly one mission"):
        _ = Dossier.of(make(Mission, code=code) for code in missions).mission


@given(DAYS, st.none() | DAYS, st.none() | DAYS, st.booleans(), DAYS)
def test_a_row_shows_from_when_it_was_known_until_it_was_no_longer_believed(
    source_on: date, known_on: date | None, superseded_on: date | None, used: bool, on: date
) -> None:
    row = make(
        Location,
        source_on=source_on,
        known_on=known_on,
        superseded_on=superseded_on,
        used=used,
    )
    is_known = (known_on or source_on) <= on
    is_believed = superseded_on is None or on < superseded_on
    view = tiny(row).known_on(on)
    assert view.rows(Location) == ((row,) if used and is_known and is_believed else ())
    assert len(view.rows(Mission)) == 1


@given(DAYS)
def test_what_is_known_on_a_day_is_known_again_in_that_view(on: date) -> None:
    view = Dossier.of(ROWS).known_on(on)
    assert view.known_on(on) == view


def test_a_corrected_row_takes_the_place_of_the_old_one_on_its_day() -> None:
    corrected = date(2025, 3, 1)
    old = event("A", "arrived", date(2025, 1, 1), 2, code="old", superseded_on=corrected)
    new = event("A", "arrived", date(2025, 1, 1), 1, code="new", known_on=corrected)
    dossier = tiny(offered(units=2), old, new)
    before = dossier.known_on(corrected - timedelta(days=1))
    assert [e.code for e in before.rows(UnitEvent)] == ["old"]
    assert [e.code for e in dossier.known_on(corrected).rows(UnitEvent)] == ["new"]


def test_the_last_known_day_is_that_of_the_newest_row() -> None:
    newest = date(2025, 6, 1)
    assert tiny(offered(), make(Location, known_on=newest)).last_known_on == newest
    with pytest.raises(ValueError, match="fact"):
        _ = tiny().last_known_on


@given(st.sampled_from(range(1, len(ROWS))))
def test_one_row_less_or_one_letter_more_gives_another_digest(place: int) -> None:
    whole = Dossier.of(ROWS)
    changed = list(ROWS)
    row = changed.pop(place)
    assert isinstance(row, Fact)
    assert Dossier.of(changed).digest != whole.digest
    changed.append(dataclasses.replace(row, note=f"{row.note}."))
    assert Dossier.of(changed).digest != whole.digest


def test_a_row_is_written_with_its_currency_and_without_its_empty_cells() -> None:
    texts = texts_of(make(Rate, code="R", cost_head="fuel", amount=usd(1428)))
    assert texts == {
        "code": "R",
        "cost_head": "fuel",
        "from_on": "2024-01-01",
        "amount": "1428",
        "currency": "USD",
        "source": "a paper",
        "source_on": "2024-01-01",
        "confidence": "official",
        "used": "yes",
    }


def test_a_flag_in_a_key_is_written_as_yes_or_no() -> None:
    assert make(LeadTime, rapid=True).label == "offered / yes"


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.TABLE)
def test_every_table_says_what_it_means(table: type[Row]) -> None:
    columns = {c.name: c for c in columns_of(table)}
    assert BY_NAME[table.TABLE] is table
    assert table.TITLE
    assert table.ABOUT
    assert set(table.KEY) <= columns.keys()
    assert all(c.title for c in columns.values())
    assert all(c.refers_to for c in columns.values() if c.kind is Kind.REFERENCE)
    assert all(name in BY_NAME for c in columns.values() for name in c.refers_to)
    assert all(c.choices for c in columns.values() if c.kind is Kind.CHOICE)
    assert not (has_money(table) and "currency" in columns)
    assert list(columns) == list(dict.fromkeys(columns))
