"""Statements as files: what they say of themselves, decimals by currency, and their layout."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import openpyxl
import pytest
from pypdf import PdfReader

from konbit.package import read
from konbit.web.ledger.actions import open_fund, opening
from konbit.web.people.acting import act_as, acting
from konbit.web.serving.demo_fund import load_fund
from konbit.web.words import words_in
from ledger_fund import ON, TERMS, Desk, client_of, desk_of, draft
from web_world import HAITI

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from konbit.web.ledger.models import LedgerFund
    from web_world import World

DAY = "on=2026-11-30"


def sent(world: World, fund: str, form: str, language: str = "en") -> bytes:
    client = client_of(world, "viewer")
    client.cookies["konbit_language"] = language
    answer = client.get(f"/m/M/funds/{fund}/statement.{form}?{DAY}")
    assert answer.status_code == 200
    return bytes(answer.content)


def workbook(world: World, fund: str, language: str = "en") -> Worksheet:
    book = openpyxl.load_workbook(io.BytesIO(sent(world, fund, "xlsx", language)))
    (sheet,) = book.worksheets
    return sheet


def pdf(world: World, fund: str, language: str = "en") -> PdfReader:
    return PdfReader(io.BytesIO(sent(world, fund, "pdf", language)))


def text_of(pages: PdfReader) -> str:
    """Its text on one line, without the places where a code may be broken."""
    told = " ".join(page.extract_text() for page in pages.pages)
    return " ".join(told.replace("\u200b", "").split())


@pytest.fixture
def haiti(world: World) -> LedgerFund:
    dossier = read(HAITI).dossier
    assert dossier is not None
    people = (world.users["lead"], world.users["fund_approver"])
    fund = load_fund(*people, world.mission, dossier, HAITI)
    assert fund is not None
    act_as(world.users["viewer"])
    fund.refresh_from_db()
    return fund


def yen_desk(world: World) -> Desk:
    """A fund in yen with banks in yen, dinars and dollars."""
    officer, approver = world.users["fund_officer"], world.users["fund_approver"]
    with acting(officer):
        fund = open_fund(officer, world.mission, "YEN", "Of yen", "JPY")
    desk = Desk(officer, approver, fund)
    desk.two(opening(fund, officer, approver, on=ON, authority="Terms of reference 1"))
    gifts = (("JPN-1", "JPY"), ("KWT-1", "KWD"), ("USA-1", "USD"))
    desk.two(*(draft("bank_opened", bank=currency, currency=currency) for _, currency in gifts),
             draft("purse_opened", purse="A", **TERMS))  # fmt: skip
    for currency, rate in (("KWD", "487.5"), ("USD", "150")):
        desk.one(draft("exchange_rate_dated", currency=currency, rate=rate))
    for gift, currency in gifts:
        desk.one(draft("contribution_opened", contribution=gift, donor=gift[:3], purse="A",
                       currency=currency, title=gift))  # fmt: skip
        desk.two(draft("signed", contribution=gift, amount_minor=1_234_567))
        desk.one(draft("received", contribution=gift, bank=currency, amount_minor=1_234_567))
    return desk


@pytest.mark.parametrize("language", ["en", "fr", "es", "ht"])
def test_a_statement_of_a_reconstruction_says_so_in_every_file(
    language: str, haiti: LedgerFund, world: World
) -> None:
    count = len(haiti.placeholders or ())
    said = words_in(language).say("ledger-rebuilt", count=count, size=haiti.size)
    sheet = workbook(world, "UNTF", language)
    assert sheet["A2"].value == said
    assert " ".join(said.split()) in text_of(pdf(world, "UNTF", language))


def test_no_other_statement_says_so(world: World) -> None:
    desk_of(world)
    assert workbook(world, "TF")["A2"].value is None
    start = words_in("en").say("ledger-rebuilt", count=0, size=0)[:40]
    assert start not in text_of(pdf(world, "TF"))


def test_what_it_says_of_itself_is_not_cut_off(haiti: LedgerFund, world: World) -> None:
    """It is as wide as the table, and its row as high as its lines."""
    sheet = workbook(world, haiti.code)
    (merged,) = sheet.merged_cells.ranges
    assert merged.coord == f"A2:{sheet.cell(3, sheet.max_column).column_letter}2"
    widths = [sheet.column_dimensions[name].width for name in ("A", "B")]
    letters = widths[0] + widths[1] * (sheet.max_column - 1)
    lines = len(str(sheet["A2"].value)) / letters
    assert sheet["A2"].alignment.wrap_text
    assert (sheet.row_dimensions[2].height or 0) >= 15 * lines


def test_amounts_have_the_decimals_of_their_currency(world: World) -> None:
    """Yen none, dollars two, dinars three: of the fund above, of each bank below."""
    yen_desk(world)
    sheet = workbook(world, "YEN")
    assert sheet["B4"].value == 1_234_567 + 601_851 + 1_851_850
    assert {sheet.cell(row, 2).number_format for row in range(4, 20)} == {"#,##0"}
    held = {row[0].value: row[1:3] for row in sheet.iter_rows(min_row=20) if row[0].value}
    for name, amount, pattern, value in (
        ("JPY (JPY)", 1_234_567, "#,##0", 1_234_567),
        ("KWD (KWD)", 1_234.567, "#,##0.000", 601_851),
        ("USD (USD)", 12_345.67, "#,##0.00", 1_851_850),
    ):
        there, worth = held[name]
        assert (there.value, there.number_format) == (amount, pattern)
        assert (worth.value, worth.number_format) == (value, "#,##0")
    told = text_of(pdf(world, "YEN"))
    for shown in ("3,688,268 ", "KWD 1,234.567", "USD 12,345.67", "JPY 1,851,850"):
        assert shown in told
    assert "3,688,268." not in told


def test_headings_stay_while_one_scrolls_and_on_every_printed_page(world: World) -> None:
    desk_of(world)
    sheet = workbook(world, "TF")
    assert sheet.freeze_panes == "B4", "title, remark, headings and labels"
    assert sheet["A3"].value == "USD"
    assert [cell.value for cell in sheet[3]][1:] == ["Anything (A)", "Anything (B)", "Total"]
    assert sheet.print_title_rows == "$3:$3"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)


def test_a_page_holds_as_many_purses_as_can_be_read_and_more_pages_follow(world: World) -> None:
    """Fourteen purses beside each other ran into each other, and their amounts as well."""
    desk = desk_of(world)
    codes = [f"EARMARK_OF_{number}/2026-{'LONG' * 11}" for number in range(12)]
    for code in codes:
        desk.two(draft("purse_opened", purse=code, **TERMS))
    pages = pdf(world, "TF").pages
    told = ["".join(page.extract_text().replace("\u200b", "").split()) for page in pages]
    assert [sum(code in page for code in codes) for page in told] == [4, 6, 2], "beside A and B"
    assert ["Total" in page.extract_text().splitlines() for page in pages] == [False, False, True]
    for page in told:
        assert "Contributionsreceived" in page, "every page has the labels of its lines"
