"""What is written is read again as it was: the law of this room."""

from __future__ import annotations

import dataclasses
import os
import subprocess
import sys
import tempfile
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings

from konbit.dossier import TABLES, Dossier
from konbit.dossier.tables.fund import Budget, Rate, ScenarioEdit
from konbit.dossier.tables.mandate import Document, Location
from konbit.dossier.tables.pledge import Offer, TrackRecord
from konbit.dossier.tables.requirement import SiteCapacity
from konbit.dossier.tables.situation import Observation
from konbit.package import read, write_folder, write_workbook
from konbit.package.layout import file_columns
from konbit.terms import Money, Severity
from sample_dossier import sample_dossier
from strategies import dossiers
from tiny_rows import usd
from whole_rows import whole, whole_dossier

if TYPE_CHECKING:
    from collections.abc import Callable

    from konbit.dossier import Row

_RARELY_SLOW = (HealthCheck.too_slow, HealthCheck.data_too_large)


def _there_and_back(dossier: Dossier, name: str, write: Callable[[Dossier, Path], None]) -> Dossier:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        write(dossier, path)
        reading = read(path)
    assert not [f for f in reading.findings if f.severity is Severity.ERROR]
    assert reading.dossier is not None
    return reading.dossier


@settings(max_examples=60, deadline=None, suppress_health_check=_RARELY_SLOW)
@given(dossiers())
def test_a_folder_gives_back_the_dossier(dossier: Dossier) -> None:
    back = _there_and_back(dossier, "folder", write_folder)

    assert back == dossier
    assert back.digest == dossier.digest


@settings(max_examples=20, deadline=None, suppress_health_check=_RARELY_SLOW)
@given(dossiers())
def test_a_workbook_gives_back_the_dossier(dossier: Dossier) -> None:
    back = _there_and_back(dossier, "book.xlsx", write_workbook)

    assert back == dossier
    assert back.digest == dossier.digest


def test_every_table_can_be_drawn_and_comes_back() -> None:
    """One row of each table, through a workbook and then through a folder."""
    every = Dossier.of([whole(t, **({"year": 2005} if t is TrackRecord else {})) for t in TABLES])

    from_book = _there_and_back(every, "book.xlsx", write_workbook)
    from_folder = _there_and_back(from_book, "folder", write_folder)

    assert from_folder == every


@pytest.mark.parametrize(
    "value",
    ["0.0025", "0.1", "12345678.91", "9.876543210123", "0.000000000001", "123456789012345678",
     "123456789012345.678901234567", "1", "100", "0"],
)  # fmt: skip
def test_decimals_are_exact_in_a_workbook(value: str) -> None:
    row = whole(Observation, value=Decimal(value))

    assert _there_and_back(whole_dossier(row), "book.xlsx", write_workbook).rows(Observation) == (
        row,
    )


@pytest.mark.parametrize(
    ("minor", "currency"),
    [(1234567891, "USD"), (1, "USD"), (1330000050, "USD"), (5, "JPY"), (1001, "KWD"),
     (99999999999999, "KES")],
)  # fmt: skip
def test_money_is_exact_in_a_workbook(minor: int, currency: str) -> None:
    row = whole(Rate, amount=Money(minor, currency))

    assert _there_and_back(whole_dossier(row), "book.xlsx", write_workbook).rows(Rate) == (row,)


def _bytes_of(dossier: Dossier, folder: Path) -> dict[str, bytes]:
    write_folder(dossier, folder / "tables")
    write_workbook(dossier, folder / "book.xlsx")
    files = [*(folder / "tables").iterdir(), folder / "book.xlsx"]
    return {file.name: file.read_bytes() for file in files}


def test_the_same_dossier_gives_the_same_bytes(tmp_path: Path) -> None:
    rows = reversed(sample_dossier().all_rows)

    first = _bytes_of(sample_dossier(), tmp_path / "first")
    second = _bytes_of(Dossier.of(rows), tmp_path / "second")

    assert first == second


_WRITE_BOOK = """
import sys
from pathlib import Path
from sample_dossier import sample_dossier
from konbit.package import write_workbook
write_workbook(sample_dossier(), Path(sys.argv[1]))
"""


def test_another_process_gives_the_same_bytes(tmp_path: Path) -> None:
    """Neither the clock nor the order of sets enters a workbook."""
    write_workbook(sample_dossier(), tmp_path / "here.xlsx")

    env = {**os.environ, "PYTHONHASHSEED": "12345", "TZ": "Pacific/Auckland"}
    env["PYTHONPATH"] = os.pathsep.join(sys.path)
    there = tmp_path / "there.xlsx"
    subprocess.run([sys.executable, "-c", _WRITE_BOOK, str(there)], env=env, check=True)

    assert there.read_bytes() == (tmp_path / "here.xlsx").read_bytes()


def test_csv_is_plain(tmp_path: Path) -> None:
    """UTF-8, commas, line feeds, columns in order, the currency after the first amount."""
    budget = whole(Budget, code="B", fund="F", title="Coût, premier", amount=usd(5), note="a\nb")
    write_folder(whole_dossier(budget), tmp_path / "d")

    data = (tmp_path / "d" / "budgets.csv").read_bytes()

    assert data.decode("utf-8") == (
        "code,fund,title,from_on,until_on,amount,currency,cash_share,scenario,source,source_on,"
        "confidence,basis,known_on,superseded_on,used,alternative_to,note\n"
        'B,F,"Coût, premier",2024-01-01,2024-01-01,5,USD,1,,a paper,2024-01-01,official,,,,yes,,'
        '"a\nb"\n'
    )
    assert sorted(f.name for f in (tmp_path / "d").iterdir()) == [
        "budgets.csv",
        "datapackage.json",
        "missions.csv",
    ]


def test_no_table_has_a_currency_of_its_rows_and_one_of_its_amounts() -> None:
    for table in TABLES:
        names = [column.name for column in file_columns(table)]
        assert len(names) == len(set(names)), table


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(whole(Offer, title="ends with a space "), id="space around"),
        pytest.param(whole(Offer, title="first\rsecond"), id="carriage return"),
        pytest.param(whole(Offer, title="bell\x07"), id="control character"),
        pytest.param(whole(Offer, title="half \ud800"), id="half a character"),
        pytest.param(whole(Offer, title=""), id="required and empty"),
        pytest.param(whole(Offer, unit_count=0), id="below the minimum"),
        pytest.param(whole(Offer, kind="squad"), id="no such choice"),
        pytest.param(whole(Offer, code="two words"), id="no code"),
        pytest.param(whole(Document, adopted_by=""), id="empty where a default would be read"),
        pytest.param(whole(Rate, amount=None), id="no amount"),
        pytest.param(whole(Location, latitude=Decimal("0.1234567890123")), id="too fine"),
        pytest.param(whole(SiteCapacity, site="#S"), id="a remark"),
    ],
)
def test_what_would_not_come_back_is_not_written(row: Row, tmp_path: Path) -> None:
    dossier = whole_dossier(row)

    with pytest.raises(ValueError, match=type(row).TABLE):
        write_folder(dossier, tmp_path / "d")
    with pytest.raises(ValueError, match=type(row).TABLE):
        write_workbook(dossier, tmp_path / "d.xlsx")

    assert not list(tmp_path.iterdir())


def test_an_edit_that_clears_a_cell_comes_back() -> None:
    """Empty texts, and keys in several parts."""
    fact: dict[str, Any] = {"source": "s", "source_on": date(2024, 1, 1), "confidence": "official"}
    edits = [ScenarioEdit(scenario="S", table="offers", row="A", column="note", value="", **fact)]
    edits.append(dataclasses.replace(edits[0], column="title", value="=new"))

    back = _there_and_back(whole_dossier(*edits), "book.xlsx", write_workbook)

    assert [e.value for e in back.rows(ScenarioEdit)] == ["", "=new"]
