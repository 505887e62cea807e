from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import cache
from io import BytesIO
from typing import Any

import openpyxl
import pytest

from hostile_mission import FORMULA, hostile_dossier, hostile_plan
from konbit.briefing import Words, plan_workbook
from konbit.briefing.names import Names
from konbit.briefing.words import LANGUAGES
from konbit.briefing.workbook_words import CHOSEN, CellWords
from konbit.dossier.columns import Kind, columns_of
from konbit.dossier.plan import PLAN_TABLES, CashPosition, MoneyStage
from sample_dossier import sample_dossier
from sample_plan import sample_plan


@cache
def written(language: str = "en") -> bytes:
    return plan_workbook(
        sample_plan(), sample_dossier(), Words(language), "Ana Rey", "1 April 2026"
    )


@cache
def book(language: str = "en") -> Any:
    return openpyxl.load_workbook(BytesIO(written(language)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_workbook_opens_in_every_language_with_a_sheet_for_every_table(language: str) -> None:
    words = Words(language)

    names = book(language).sheetnames

    assert names[0] == words.say("sheet-cover")
    assert {words.table_title(table.TABLE) for table in PLAN_TABLES} <= set(names)
    assert len(names) == len(PLAN_TABLES) + 7


def test_every_code_of_the_sheets_stands_beside_its_title() -> None:
    titles = {(row[0].value, row[1].value): row[2].value for row in book()["Codes"].rows}
    words = Words("en")
    for table, codes in (
        ("offers", {row.offer for row in sample_plan().presence}),
        ("sites", {row.site for row in sample_plan().presence}),
        ("capabilities", {row.capability for row in sample_plan().coverage}),
        ("requirements", {row.requirement for row in sample_plan().coverage}),
        ("funds", {row.fund for row in sample_plan().cash}),
    ):
        assert codes
        for code in codes:
            assert titles[words.table_title(table), code], (table, code)


def test_the_cover_says_who_when_as_of_and_from_what() -> None:
    cover = {row[0].value: row[1].value for row in book()["Cover"].rows}

    assert cover["Made by"] == "Ana Rey"
    assert cover["Made on"] == "1 April 2026"
    assert cover["As of"] == datetime(2026, 3, 15)  # noqa: DTZ001 - a workbook has no time zone
    assert cover["Plan (SHA-256)"] == sample_plan().digest
    assert cover["Dossier (SHA-256)"] == sample_dossier().digest
    assert cover["Currency"] == "USD"
    assert cover["Exchange rates of"] == "no amount was exchanged"
    assert cover["Verified"].startswith("Yes")


def test_money_is_a_number_in_major_units_under_a_heading_with_its_currency() -> None:
    sheet = book()["Obligations"]
    column = [cell.value for cell in sheet[1]].index("Amount, USD")

    amounts = [row[column] for row in sheet.iter_rows(min_row=2)]

    assert sum(cell.value for cell in amounts) == sum(
        row.amount.major for row in sample_plan().obligations if row.amount
    )
    assert {cell.number_format for cell in amounts} == {"#,##0.00;[Red]-#,##0.00"}


def test_months_of_contingents_are_dates_too() -> None:
    sheet = book()["Contingents"]
    headings = [cell.value for cell in sheet[1]]
    rows = list(sheet.iter_rows(min_row=2))
    assert rows
    for name in ("Arrived in", "Due home in"):
        assert all(isinstance(row[headings.index(name)].value, datetime) for row in rows)
    gone = [row[headings.index("Gone in")].value for row in rows]
    assert all(value in (None, "") or isinstance(value, datetime) for value in gone)


def test_months_are_dates_and_shares_are_per_cent() -> None:
    sheet = book()["Coverage"]
    headings = [cell.value for cell in sheet[1]]
    first = sheet[2]

    assert first[headings.index("Month")].value == datetime(2026, 4, 1)  # noqa: DTZ001 - as above
    share = first[headings.index("Met and effective")]
    assert share.value == sample_plan().coverage[0].share / 10_000
    assert share.number_format == "0.0%"


def test_headings_are_frozen_and_filtered() -> None:
    for sheet in book().worksheets[1:]:
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref


def test_what_rests_on_a_placeholder_is_shaded() -> None:
    sheet = book()["Obligations"]
    headings = [cell.value for cell in sheet[1]]
    amount, told = headings.index("Amount, USD"), len(headings) - 1

    for row in sheet.iter_rows(min_row=2):
        assert (row[amount].fill.fgColor.rgb == "FFFBE9CF") == (row[told].value == "yes")


def test_calls_and_shortfalls_are_sentences() -> None:
    calls = [[cell.value for cell in row] for row in book()["Call list"].rows]
    reasons = [row[8].value for row in book()["Shortfalls"].iter_rows(min_row=2)]

    assert calls[1][1] == (
        "Medical evacuation at Capital base: 1 more (helicopters), in place by June 2026."
    )
    assert "Not enough units that could meet this have been offered." in reasons


def test_every_choice_of_a_plan_table_is_told_in_words() -> None:
    chosen = {
        (table, column.name): column.words
        for table in PLAN_TABLES
        for column in columns_of(table)
        if column.kind is Kind.CHOICE
    }
    assert chosen.keys() <= CHOSEN.keys()
    for place, kind in CHOSEN.items():
        for word in chosen.get(place, ()):
            assert Words("en").knows(f"{kind}-{word}"), (place, word)


def column_of(sheet: str, heading: str, language: str) -> list[Any]:
    page = book(language)[sheet]
    place = [cell.value for cell in page[1]].index(heading)
    return [row[place].value for row in page.iter_rows(min_row=2)]


def test_cells_of_plan_tables_hold_words_and_not_codes() -> None:
    words, plan = Words("fr"), sample_plan()

    held = column_of("Couverture", "Retenu par", "fr")
    assert held == [words.say(f"family-{row.reason}") for row in plan.coverage]
    reasons = column_of("Couverture", "Toutes les raisons", "fr")
    assert reasons[0] == words.listed(
        words.say(f"family-{reason}") for reason in plan.coverage[0].reasons.split()
    )
    kinds = column_of("Demandes", "Genre", "fr")
    assert kinds == [words.say(f"ask-kind-{row.kind}") for row in plan.asks]
    stages = column_of("Argent par étape", "Étape", "fr")
    assert stages == [words.say(f"stage-{row.stage}") for row in plan.money_stages]
    whom = column_of("Demandes", "À qui demander", "fr")
    assert not any("same-capability" in (text or "") for text in whom)
    about = column_of(words.table_title("reliance"), "Table", "fr")
    assert about == [words.table_title(row.about) for row in plan.reliance]


def test_what_is_beside_the_funds_is_worded_and_funds_keep_their_codes() -> None:
    words = Words("en")
    cells = CellWords(Names(sample_dossier(), words), words)
    funds = {row.fund for row in sample_plan().cash}
    holder = MoneyStage(holder="in_kind", stage="pledged", amount=None)
    earmark = CashPosition(
        fund="TF", earmark="-", month="2026-04", opening=None, used=None, closing=None,
        set_aside=None,
    )  # fmt: skip

    assert cells.cell(holder, "holder") == "In kind, beside the funds"
    assert all(cells.cell(replace(holder, holder=fund), "holder") == fund for fund in funds)
    assert cells.cell(earmark, "earmark") == "without earmark"


def test_what_stood_in_is_counted_in_the_measure_of_its_capability() -> None:
    told = column_of("Substitutes used", "How much", "en")

    assert told == [row.quantity / 10_000 for row in sample_plan().substituted]


@pytest.mark.parametrize("language", LANGUAGES)
def test_rows_are_as_high_as_their_long_texts_need(language: str) -> None:
    for sheet in book(language).worksheets[1:]:
        for number, row in enumerate(sheet.iter_rows(min_row=2), start=2):
            longest = max((len(c.value) for c in row if isinstance(c.value, str)), default=0)
            height = sheet.row_dimensions[number].height or 15
            assert height >= min(409, 15 * (longest // 60)), (sheet.title, number)


def test_no_text_becomes_a_formula() -> None:
    made = plan_workbook(hostile_plan(), hostile_dossier(), Words("en"), FORMULA, FORMULA)
    cells = [
        cell
        for sheet in openpyxl.load_workbook(BytesIO(made)).worksheets
        for row in sheet.rows
        for cell in row
    ]

    assert [cell for cell in cells if cell.data_type == "f"] == []
    found = [cell for cell in cells if cell.value == FORMULA]
    assert found
    assert all(cell.quotePrefix for cell in found)


def test_the_same_plan_gives_the_same_bytes() -> None:
    again = plan_workbook(sample_plan(), sample_dossier(), Words("en"), "Ana Rey", "1 April 2026")

    assert again == written()
