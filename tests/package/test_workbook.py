"""The workbook as people meet it: in Excel, filled in by hand, saved by other programs."""

from __future__ import annotations

import io
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
import xlsxwriter

from konbit.dossier import BY_NAME, TABLES, Dossier
from konbit.dossier.tables.fund import Rate
from konbit.dossier.tables.mandate import Location, Mission, Organisation
from konbit.dossier.tables.pledge import Offer
from konbit.dossier.tables.requirement import Capability, Substitution
from konbit.package import Reading, read, write_template, write_workbook
from konbit.package.excel_values import text_of
from konbit.terms import Severity
from sample_dossier import sample_dossier
from tiny_rows import usd
from whole_rows import whole, whole_dossier

if TYPE_CHECKING:
    from pathlib import Path

E, W = Severity.ERROR, Severity.WARNING

CAPABILITY = ["code", "title", "measure", "source", "source_on", "confidence"]
POLICE = ["police", "Police", "persons", "a paper", date(2024, 1, 1), "official"]


def saved(folder: Path, sheets: dict[str, list[list[Any]]]) -> Path:
    """A workbook as another program saves it."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, lines in sheets.items():
        sheet = book.create_sheet(name)
        for line in lines:
            sheet.append(line)
    path = folder / "saved.xlsx"
    book.save(path)
    return path


def told(reading: Reading) -> list[tuple[str, Severity, str, str, str]]:
    """What was found: code, severity, table, row and column."""
    return [(f.code, f.severity, f.table, f.row, f.column) for f in reading.findings]


def _one(reading: Reading) -> Capability:
    assert reading.dossier is not None
    (row,) = reading.dossier.rows(Capability)
    return row


def test_an_untouched_template_is_an_empty_dossier(tmp_path: Path) -> None:
    write_template(tmp_path / "with.xlsx")
    write_template(tmp_path / "without.xlsx", example=False)

    assert read(tmp_path / "with.xlsx") == Reading(Dossier.of(()), ())
    assert read(tmp_path / "without.xlsx") == Reading(Dossier.of(()), ())


def test_a_template_has_a_sheet_a_table_with_names_titles_and_an_example(tmp_path: Path) -> None:
    write_template(tmp_path / "t.xlsx")

    book = openpyxl.load_workbook(tmp_path / "t.xlsx")

    assert book.sheetnames == ["Read me", *BY_NAME]
    for name in BY_NAME:
        names, titles, example = book[name].iter_rows(min_row=1, max_row=3)
        assert all(cell.comment and cell.comment.text for cell in names)
        assert all(cell.value.startswith("# ") for cell in titles)
        assert example[0].value.startswith("# example: ")
        assert book[name].freeze_panes == "B3"
    offers = {cell.value: cell for cell in book["offers"][1]}
    assert offers["strength_persons"].font.bold
    assert not offers["note"].font.bold
    assert "People per unit" in offers["strength_persons"].comment.text
    assert "# Strength (persons)" in [cell.value for cell in book["offers"][2]]


def test_an_example_without_its_mark_is_a_row_that_can_be_read(tmp_path: Path) -> None:
    """What the examples show is what may be written."""
    write_template(tmp_path / "t.xlsx")
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    for name in BY_NAME:
        cell = book[name]["A3"]
        cell.value = cell.value.removeprefix("# example: ")
    book.save(tmp_path / "filled.xlsx")

    reading = read(tmp_path / "filled.xlsx")

    assert reading.findings == ()
    assert reading.dossier is not None
    assert [len(reading.dossier.rows(table)) for table in TABLES] == [1] * len(TABLES)


def test_drop_downs_offer_words_flags_and_codes_of_other_sheets(tmp_path: Path) -> None:
    write_template(tmp_path / "t.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "t.xlsx")["offers"]

    rules = sheet.data_validations.dataValidation
    lists = {sheet.cell(1, next(iter(rule.sqref.ranges)).min_col).value: rule for rule in rules}

    assert lists["component"].formula1 == '"military,police,civilian"'
    assert lists["rapid"].formula1 == '"yes,no"'
    assert lists["contributor"].formula1 == "'organisations'!$A$3:$A$2002"
    assert lists["contributor"].errorStyle == "warning"
    assert "note" not in lists


def test_a_template_filled_in_by_hand_is_read(tmp_path: Path) -> None:
    """Typed over the example, below it, with a column moved to the end and one deleted."""
    write_template(tmp_path / "t.xlsx")
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    mission = book["missions"]
    for place, value in enumerate(["HQ", "A mission", "XXX", "USD", 12], start=1):
        mission.cell(3, place).value = value
    for place in range(6, 10):
        mission.cell(3, place).value = None
    sheet = book["capabilities"]
    first = [cell.value for cell in sheet["A"]]
    sheet.delete_cols(1)
    sheet.delete_cols(3)
    end = sheet.max_column + 1
    for number, value in enumerate(first, start=1):
        sheet.cell(number, end).value = value
    names = [cell.value for cell in sheet[1]]
    values = dict(zip(CAPABILITY, POLICE, strict=True))
    for place, name in enumerate(names, start=1):
        sheet.cell(5, place).value = values.get(name)
    book.save(tmp_path / "filled.xlsx")

    reading = read(tmp_path / "filled.xlsx")

    assert reading.findings == ()
    assert _one(reading).title == "Police"
    assert reading.dossier is not None
    assert reading.dossier.rows(Mission)[0].horizon_months == 12


def test_the_cover_names_the_mission_and_the_digest(tmp_path: Path) -> None:
    write_workbook(sample_dossier(), tmp_path / "d.xlsx")

    cover = openpyxl.load_workbook(tmp_path / "d.xlsx")["Read me"]
    told_there = {row[0].value: row[1].value for row in cover.iter_rows()}

    assert told_there["Mission"] == sample_dossier().mission.title
    assert told_there["Digest"] == sample_dossier().digest


def test_cells_have_the_type_of_what_they_hold(tmp_path: Path) -> None:
    dossier = whole_dossier(
        whole(Rate, code="R", amount=usd(1448), from_on=date(2022, 7, 1)),
        whole(Substitution, share=Decimal("0.0025")),
        whole(Organisation, code="0012", title="=1+1", distance_km=1160),
    )
    write_workbook(dossier, tmp_path / "d.xlsx")
    book = openpyxl.load_workbook(tmp_path / "d.xlsx")

    def cells(name: str) -> dict[str, Any]:
        return {n.value: c for n, c in zip(book[name][1], book[name][3], strict=True)}

    rate, state = cells("rates"), cells("organisations")
    assert (rate["amount"].value, rate["amount"].number_format) == (1448, "#,##0.00")
    assert rate["from_on"].value.date() == date(2022, 7, 1)
    assert rate["from_on"].number_format == "yyyy-mm-dd"
    assert cells("substitutions")["share"].value == 0.0025
    assert (state["code"].value, state["distance_km"].value) == ("0012", 1160)
    assert (state["title"].value, state["title"].data_type) == ("=1+1", "s")
    assert state["title"].quotePrefix


def test_other_programs_workbooks_are_read(tmp_path: Path) -> None:
    reading = read(saved(tmp_path, {"capabilities": [CAPABILITY, POLICE], "Read me": [["x"]]}))

    assert reading.findings == ()
    assert _one(reading) == whole(Capability, code="police", title="Police", measure="persons")


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        (True, "yes"),
        (2024.0, "2024"),
        (0.1 + 0.2, "0.3"),
        (1 / 3, "0.333333333333"),
        (1e15, "1000000000000000"),
        (1e-20, "0"),
        (-72.33, "-72.33"),
        (float("inf"), "inf"),
        (datetime(2024, 2, 29), "2024-02-29"),  # noqa: DTZ001 - cells know no zones
        (datetime(2024, 2, 29, 8), "2024-02-29 08:00:00"),  # noqa: DTZ001 - cells know no zones
        (date(2024, 2, 29), "2024-02-29"),
        ("0012", "0012"),
    ],
)  # fmt: skip
def test_values_are_read_as_somebody_would_write_them(typed: object, text: str) -> None:
    assert text_of(typed) == text


def test_a_number_may_be_a_code_and_a_flag_a_flag(tmp_path: Path) -> None:
    names = [*CAPABILITY, "enabler"]
    row = _one(read(saved(tmp_path, {"capabilities": [names, [12, *POLICE[1:], True]]})))

    assert (row.code, row.enabler) == ("12", True)


def test_formulas_are_never_run_and_always_told(tmp_path: Path) -> None:
    """Without a last value there is nothing to read."""
    path = saved(tmp_path, {"capabilities": [CAPABILITY, ["c", '="a"&"b"', *POLICE[2:]]]})

    reading = read(path)

    assert reading.dossier is None
    assert told(reading) == [("formula-without-value", E, "capabilities", "c", "title")]


def test_of_a_formula_the_last_value_counts(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet("capabilities")
        for place, (name, value) in enumerate(zip(CAPABILITY, POLICE, strict=True)):
            sheet.write_string(0, place, name)
            sheet.write_string(1, place, str(value))
        sheet.write_formula(1, 1, '="Po"&"lice"', None, "Police")
        sheet.write_formula(1, 9, "=1/0", None, "#DIV/0!")
    (tmp_path / "d.xlsx").write_bytes(stream.getvalue())

    reading = read(tmp_path / "d.xlsx")

    assert _one(reading).title == "Police"
    assert told(reading) == [("formula-in-cell", W, "capabilities", "police", "title")]


def test_a_cell_that_is_merged_into_another_is_told(tmp_path: Path) -> None:
    """It looks filled, but only the first cell of those merged has the value."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "capabilities"
    for line in ([*CAPABILITY, "note"], [*POLICE, "seen"], ["medic", "Medics", *POLICE[2:]]):
        sheet.append(line)
    sheet.merge_cells("D2:D3")
    sheet.merge_cells("G2:G3")
    book.save(tmp_path / "d.xlsx")

    reading = read(tmp_path / "d.xlsx")

    assert reading.dossier is None
    assert told(reading) == [
        ("cell-merged", E, "capabilities", "medic", "source"),
        ("cell-merged", W, "capabilities", "medic", "note"),
    ]


def test_errors_of_a_spreadsheet_are_told(tmp_path: Path) -> None:
    path = saved(tmp_path, {"capabilities": [CAPABILITY, [*POLICE[:3], "#REF!", *POLICE[4:]]]})

    reading = read(path)

    assert reading.dossier is None
    assert ("formula-without-value", E, "capabilities", "police", "source") in told(reading)


def test_days_that_are_none_are_told(tmp_path: Path) -> None:
    lines: list[list[Any]] = [
        CAPABILITY,
        ["a", *POLICE[1:4], 45000, "official"],
        ["b", *POLICE[1:4], datetime(2024, 1, 1, 12), "official"],  # noqa: DTZ001 - cells know no zones
        ["c", *POLICE[1:4], "0000-01-01", "official"],
    ]

    found = told(read(saved(tmp_path, {"capabilities": lines})))

    assert found == [("not-date", E, "capabilities", row, "source_on") for row in "abc"]


def test_sheets_of_no_table_are_told_and_empty_ones_passed_over(tmp_path: Path) -> None:
    sheets: dict[str, list[list[Any]]] = {
        "capabilities": [CAPABILITY, POLICE],
        "offers": [],
        "sitess": [["code"]],
    }

    reading = read(saved(tmp_path, sheets))

    assert reading.dossier is not None
    assert reading.dossier.rows(Offer) == ()
    assert told(reading) == [("table-unknown", W, "", "", "")]
    assert reading.findings[0].values == (("name", "sitess"), ("suggestion", "sites"))


def test_a_table_may_begin_anywhere_below_the_top_left(tmp_path: Path) -> None:
    """Empty lines above and an empty column before."""
    lines: list[list[Any]] = [[], [], [None, *CAPABILITY], [None, *POLICE]]

    assert _one(read(saved(tmp_path, {"capabilities": lines}))).code == "police"


def test_line_ends_within_cells_are_line_feeds(tmp_path: Path) -> None:
    write_workbook(whole_dossier(whole(Location, note="a\nb")), tmp_path / "d.xlsx")
    book = openpyxl.load_workbook(tmp_path / "d.xlsx")
    note = next(c for c in book["locations"][1] if c.value == "note")
    book["locations"].cell(3, note.column).value = "a\r\nb"
    book.save(tmp_path / "d.xlsx")

    reading = read(tmp_path / "d.xlsx")

    assert reading.dossier is not None
    assert reading.dossier.rows(Location)[0].note == "a\nb"
