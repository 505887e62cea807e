"""CSV as people and spreadsheets write it: read where it is clear, told where it is not."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from konbit.dossier.tables.fund import Rate
from konbit.dossier.tables.mandate import Location
from konbit.dossier.tables.requirement import Capability, Site
from konbit.package import Reading, read
from konbit.terms import Finding, Money, Severity

if TYPE_CHECKING:
    from pathlib import Path

E, W, N = Severity.ERROR, Severity.WARNING, Severity.NOTE

CAPABILITIES = """code,title,measure,source,source_on,confidence
police,Police élite,persons,a paper,2024-01-01,official
"""
RATES = """code,cost_head,from_on,amount,currency,source,source_on,confidence
R,pay,2024-01-01,1428.5,USD,a paper,2024-01-01,official
"""


def read_file(folder: Path, name: str, content: str | bytes) -> Reading:
    """Read a folder that holds this file alone."""
    data = content if isinstance(content, bytes) else content.encode()
    (folder / name).write_bytes(data)
    return read(folder)


def told(reading: Reading) -> list[tuple[str, Severity, str, str, str]]:
    """What was found: code, severity, table, row and column."""
    return [(f.code, f.severity, f.table, f.row, f.column) for f in reading.findings]


def _police(reading: Reading) -> Capability:
    assert reading.dossier is not None
    (row,) = reading.dossier.rows(Capability)
    return row


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(CAPABILITIES.encode(), id="utf-8"),
        pytest.param(CAPABILITIES.encode("utf-8-sig"), id="utf-8 with mark"),
        pytest.param(CAPABILITIES.encode("utf-16"), id="utf-16"),
        pytest.param(f"\ufeff{CAPABILITIES}".encode("utf-16-be"), id="big-endian"),
        pytest.param(CAPABILITIES.encode("utf-32"), id="utf-32"),
        pytest.param(CAPABILITIES.replace("\n", "\r\n").encode(), id="lines of Windows"),
        pytest.param(CAPABILITIES.replace("\n", "\r").encode(), id="lines of old Macintoshes"),
        pytest.param(CAPABILITIES.replace(",", ";").encode(), id="semicolons"),
        pytest.param(CAPABILITIES.replace(",", "\t").encode(), id="tabs"),
        pytest.param(("\n\n" + CAPABILITIES + ",,,,,\n\n").encode(), id="empty lines"),
        pytest.param(CAPABILITIES.rstrip().encode(), id="no line end at the end"),
        pytest.param(CAPABILITIES.replace("code,", '" code ",').encode(), id="quoted name"),
    ],
)  # fmt: skip
def test_every_way_of_saving_a_table_is_read(data: bytes, tmp_path: Path) -> None:
    reading = read_file(tmp_path, "capabilities.csv", data)

    assert reading.findings == ()
    assert _police(reading).title == "Police élite"


def test_windows_text_is_guessed_and_told(tmp_path: Path) -> None:
    reading = read_file(tmp_path, "capabilities.csv", CAPABILITIES.encode("cp1252"))

    assert _police(reading).title == "Police élite"
    assert told(reading) == [("encoding-guessed", N, "capabilities", "", "")]
    assert reading.findings[0].values == (("encoding", "cp1252"),)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"code,title\n\x81\x8d\x8f", id="no encoding"),
        pytest.param("code,title".encode("utf-16-le"), id="utf-16 without mark"),
        pytest.param(b"\xff\xfe\x00", id="utf-16 cut short"),
        pytest.param(bytes(range(256)) * 100, id="bytes"),
    ],
)
def test_what_is_no_text_is_one_finding(data: bytes, tmp_path: Path) -> None:
    reading = read_file(tmp_path, "capabilities.csv", data)

    assert reading.dossier is None
    assert told(reading) == [("encoding-unreadable", E, "capabilities", "", "")]


def test_columns_in_any_order_and_optional_ones_left_out(tmp_path: Path) -> None:
    text = "confidence,source_on,source,measure,title,code\nofficial,2024-01-01,s,persons,T,c\n"

    row = _police(read_file(tmp_path, "capabilities.csv", text))

    assert (row.code, row.enabler, row.used, row.known_on) == ("c", False, True, None)


def test_a_cell_may_hold_lines_and_quotes(tmp_path: Path) -> None:
    text = CAPABILITIES.replace("Police élite", '"first ""line""\r\nsecond"')

    assert _police(read_file(tmp_path, "capabilities.csv", text)).title == 'first "line"\nsecond'


def test_a_spreadsheet_s_decimal_comma_is_read_with_semicolons(tmp_path: Path) -> None:
    french = RATES.replace(",", ";").replace("1428.5", "1 428,50")

    reading = read_file(tmp_path, "rates.csv", french)

    assert reading.findings == ()
    assert reading.dossier is not None
    assert reading.dossier.rows(Rate)[0].amount == Money(142850, "USD")


def test_a_decimal_comma_in_a_table_with_commas_is_no_number(tmp_path: Path) -> None:
    reading = read_file(tmp_path, "rates.csv", RATES.replace("1428.5", '"1428,50"'))

    assert told(reading) == [("not-number", E, "rates", "R", "amount")]


def test_missing_and_unknown_columns_are_all_told(tmp_path: Path) -> None:
    text = "code,tittle,measure,source_on,confidence,weather\nc,T,x,2024-01-01,official,dry\n"

    reading = read_file(tmp_path, "capabilities.csv", text)

    assert reading.dossier is None
    assert told(reading) == [
        ("column-unknown", W, "capabilities", "", "tittle"),
        ("column-unknown", W, "capabilities", "", "weather"),
        ("column-missing", E, "capabilities", "", "title"),
        ("column-missing", E, "capabilities", "", "source"),
    ]
    assert [f.values for f in reading.findings[:2]] == [
        (("suggestion", "title"),),
        (("suggestion", ""),),
    ]


def test_a_column_twice_is_an_error(tmp_path: Path) -> None:
    text = CAPABILITIES.replace("measure,", "title,measure,").replace("persons,", "x,persons,")

    assert told(read_file(tmp_path, "capabilities.csv", text)) == [
        ("column-duplicate", E, "capabilities", "", "title")
    ]


def test_bad_cells_are_told_all_at_once_by_row_and_column(tmp_path: Path) -> None:
    text = """\
code,title,location,kind,capacity_persons,available_from_on,source_on,source,confidence
GOOD,G,L,main,5,2024-02-29,2024-01-01,s,official
BAD,,L,castle,many,29/02/2024,2023-02-29,s,official
two words,B,L,main,-1,0000-01-01,1944-12-31,s,sure
GOOD,G,L,main,5,,2024-01-01,s,official
"""

    reading = read_file(tmp_path, "sites.csv", text)

    assert reading.dossier is None
    assert told(reading) == [
        ("cell-empty", E, "sites", "BAD", "title"),
        ("choice-unknown", E, "sites", "BAD", "kind"),
        ("not-integer", E, "sites", "BAD", "capacity_persons"),
        ("not-date", E, "sites", "BAD", "available_from_on"),
        ("not-date", E, "sites", "BAD", "source_on"),
        ("not-code", E, "sites", "line 4", "code"),
        ("too-small", E, "sites", "line 4", "capacity_persons"),
        ("not-date", E, "sites", "line 4", "available_from_on"),
        ("date-out-of-range", E, "sites", "line 4", "source_on"),
        ("choice-unknown", E, "sites", "line 4", "confidence"),
        ("row-duplicate", E, "sites", "GOOD", ""),
    ]


@pytest.mark.parametrize(
    ("cells", "findings"),
    [
        ("1.0005,USD", [("money-too-fine", "amount")]),
        ("1.005,USD", [("number-ambiguous", "amount")]),
        ("1,DOLLARS", [("not-currency", "currency")]),
        ("1,", [("cell-empty", "currency")]),
        (",USD", [("cell-empty", "amount")]),
        ("NaN,USD", [("not-number", "amount")]),
        ("1e9,USD", [("not-number", "amount")]),
        ("\u0661\u0662,USD", [("not-number", "amount")]),
    ],
)
def test_amounts_that_are_none(cells: str, findings: list[tuple[str, str]], tmp_path: Path) -> None:
    reading = read_file(tmp_path, "rates.csv", RATES.replace("1428.5,USD", cells))

    assert [(f.code, f.column) for f in reading.findings] == findings


def test_an_amount_without_a_column_for_its_currency(tmp_path: Path) -> None:
    text = RATES.replace(",currency", "").replace(",USD", "")

    assert told(read_file(tmp_path, "rates.csv", text)) == [
        ("column-missing", E, "rates", "", "currency")
    ]


def test_cells_beyond_the_columns_stop_the_row(tmp_path: Path) -> None:
    """An unquoted comma shifts every cell after it."""
    text = CAPABILITIES.replace("Police élite", "Police, élite")

    reading = read_file(tmp_path, "capabilities.csv", text)

    assert reading.dossier is None
    assert ("cells-outside-columns", E, "capabilities", "police", "") in told(reading)


def test_a_remark_beside_the_table_does_not(tmp_path: Path) -> None:
    text = CAPABILITIES.replace("confidence\n", "confidence,,\n").replace(
        "official", "official,,ask Jo"
    )

    reading = read_file(tmp_path, "capabilities.csv", text)

    assert _police(reading).code == "police"
    assert told(reading) == [("cells-outside-columns", W, "capabilities", "police", "")]


def test_rows_that_begin_with_a_mark_are_remarks(tmp_path: Path) -> None:
    text = CAPABILITIES + "# a remark,x\n #,,,\n"

    reading = read_file(tmp_path, "capabilities.csv", text)

    assert reading.findings == ()
    assert _police(reading).code == "police"


@pytest.mark.parametrize(
    ("text", "warned"),
    [
        ("=HYPERLINK(1)", True),
        ("@SUM(1)", True),
        ("+cmd|' /C calc'!A0", True),
        ("-2+3+cmd|' /C calc'!A0", True),
        ("-72.33 18.55; -72.30 18.60", False),
        ("+5", False),
        ("- a list", False),
        ("a = b", False),
    ],
)
def test_text_that_a_spreadsheet_might_run_is_told_and_kept(
    text: str, warned: bool, tmp_path: Path
) -> None:
    reading = read_file(tmp_path, "capabilities.csv", CAPABILITIES.replace("Police élite", text))

    assert _police(reading).title == text
    expected = [("formula-like-text", W, "capabilities", "police", "title")] if warned else []
    assert told(reading) == expected


def test_files_of_no_table_are_told_with_the_nearest_name(tmp_path: Path) -> None:
    (tmp_path / "ofers.csv").write_text("a\n")
    (tmp_path / "Sites.csv").write_text("a\n")
    (tmp_path / "notes.txt").write_text("passed over\n")
    (tmp_path / "._capabilities.csv").write_bytes(b"\x00\x05\x16\x07")

    reading = read_file(tmp_path, "capabilities.csv", CAPABILITIES)

    assert reading.dossier is not None
    assert reading.findings == tuple(
        Finding("table-unknown", W, values=(("name", name), ("suggestion", suggestion)))
        for name, suggestion in (("Sites.csv", "sites"), ("ofers.csv", "offers"))
    )


def test_numbers_days_and_flags_are_what_they_say(tmp_path: Path) -> None:
    text = """code,title,kind,latitude,longitude,source,source_on,confidence,used
L,Place,country,18.50,-72.0,s,2024-02-29,official,NON
"""
    reading = read_file(tmp_path, "locations.csv", text)

    assert reading.dossier is not None
    (row,) = reading.dossier.rows(Location)
    assert (row.latitude, row.longitude) == (Decimal("18.5"), Decimal(-72))
    assert (row.source_on, row.used) == (date(2024, 2, 29), False)
    assert reading.dossier.rows(Site) == ()
