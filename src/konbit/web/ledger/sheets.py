"""A statement as a workbook and as a PDF: the lines of `konbit.fund.presented`, to the cent."""

from __future__ import annotations

import io
import json
from datetime import UTC, date, datetime, time
from importlib import resources
from math import ceil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import typst
import xlsxwriter

from konbit.fund.presented import source_and_use
from konbit.terms import Money
from konbit.terms.money import decimals_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from konbit.web.ledger.names import Names
    from konbit.web.words import PageWords

_MADE_AT = datetime(2024, 1, 1, tzinfo=UTC)
_TEMPLATE = "statement.typ"
_A4 = 9  # as Excel numbers papers
_LABEL_LETTERS, _AMOUNT_LETTERS, _LINE_POINTS = 46, 20, 15
_BOLD = 1.15  # how much wider bold letters are, with what is left free at the end of a line
_REMARK = {"bold": True, "text_wrap": True, "valign": "top"}


def label(line: Any, words: PageWords, names: Names) -> str:
    """What a line is called; a cost head by its title in the mission's tables, beside its code."""
    said = words.say(f"line-{line.code.replace('_', '-')}")
    if not line.detail:
        return said
    return f"{said}{words.colon} {names.named('cost_head', line.detail)}"


def amount(minor: int, currency: str, words: PageWords) -> str:
    """An amount with all its decimals, without the currency, which stands in the heading."""
    return words.money_full(Money(minor, currency))


def banks(statement: Mapping[str, Any], words: PageWords) -> list[tuple[str, str, str]]:
    """Each bank account, what it holds in its own currency, and the value in the fund's, exact."""
    return [
        (
            code,
            words.money_exact(Money(bank["amount"], bank["currency"])),
            words.money_exact(Money(bank["value"], statement["currency"])),
        )
        for code, bank in statement["banks"].items()
    ]


def _bank_headings(words: PageWords) -> list[str]:
    return [words.say(code) for code in ("entry-bank", "statement-amount", "statement-value")]


def workbook(
    statement: Mapping[str, Any], words: PageWords, names: Names, remark: str = ""
) -> bytes:
    """One sheet with the lines by purse. The same statement and names give the same bytes.

    Args:
        statement: the statement.
        words: of the reader.
        names: of purses and kinds of cost.
        remark: what must be known of its figures; empty for nothing.
    """
    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(stream, options) as book:
        book.set_properties({"title": title(statement, words), "created": _MADE_AT})
        sheet = book.add_worksheet("statement")
        bold = book.add_format({"bold": True})
        shown = _pattern(statement["currency"])
        figures = book.add_format({"num_format": shown})
        totals = book.add_format({"num_format": shown, "bold": True, "top": 1})
        _lay_out(sheet, 1 + len(statement["purses"]))
        sheet.write_string(0, 0, title(statement, words), bold)
        if remark:
            _write_remark(sheet, remark, book.add_format(_REMARK), 1 + len(statement["purses"]))
        purses = [names.named("purse", code) for code in statement["purses"]]
        over = book.add_format({"bold": True, "align": "right", "text_wrap": True, "bottom": 1})
        sheet.write_string(2, 0, statement["currency"], bold)
        for column, heading in enumerate((*purses, words.say("statement-total")), 1):
            sheet.write_string(2, column, heading, over)
        for row, line in enumerate(source_and_use(statement), 3):
            sheet.write_string(row, 0, label(line, words, names), bold if line.is_total else None)
            for column, minor in enumerate((*line.amounts, line.total), 1):
                exact = Money(minor, statement["currency"]).major
                sheet.write_number(row, column, float(exact), totals if line.is_total else figures)
        if statement["banks"]:
            below = 3 + len(source_and_use(statement)) + 1
            _write_banks(book, sheet, statement, words, below)
    return stream.getvalue()


def _write_remark(sheet: Any, remark: str, shown: Any, amounts: int) -> None:
    """Over all columns, on as many lines as it needs: on paper nothing of it is cut off."""
    letters = _LABEL_LETTERS + amounts * _AMOUNT_LETTERS
    sheet.merge_range(1, 0, 1, amounts, remark, shown)
    sheet.set_row(1, _LINE_POINTS * ceil(_BOLD * len(remark) / letters))


def _lay_out(sheet: Any, amounts: int) -> None:
    """Headings stay while one scrolls, and a printed page is as wide as the lines."""
    sheet.set_column(0, 0, _LABEL_LETTERS)
    sheet.set_column(1, amounts, _AMOUNT_LETTERS)
    sheet.freeze_panes(3, 1)
    sheet.repeat_rows(2)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)


def _pattern(currency: str) -> str:
    """How Excel shows amounts of a currency: with its decimals."""
    decimals = "0" * decimals_of(currency)
    return f"#,##0{'.' if decimals else ''}{decimals}"


def _write_banks(
    book: xlsxwriter.Workbook, sheet: Any, statement: Mapping[str, Any], words: PageWords, at: int
) -> None:
    """What each bank account holds, below the lines; its currency stands beside its code."""
    bold = book.add_format({"bold": True})
    over = book.add_format({"bold": True, "align": "right"})
    sheet.write_string(at, 0, words.say("statement-banks"), bold)
    for column, heading in enumerate(_bank_headings(words)):
        sheet.write_string(at + 1, column, heading, over if column else bold)
    for row, (code, bank) in enumerate(statement["banks"].items(), at + 2):
        sheet.write_string(row, 0, f"{code} ({bank['currency']})")
        held = (bank["amount"], bank["currency"]), (bank["value"], statement["currency"])
        for column, (minor, currency) in enumerate(held, 1):
            shown = book.add_format({"num_format": _pattern(currency)})
            sheet.write_number(row, column, float(Money(minor, currency).major), shown)


def pdf(statement: Mapping[str, Any], words: PageWords, names: Names, remark: str = "") -> bytes:
    """The lines on A4, set by Typst. The same statement, names and remark give the same bytes."""
    currency = statement["currency"]
    lines = [
        {
            "label": label(line, words, names),
            "is_total": line.is_total,
            "cells": [amount(minor, currency, words) for minor in (*line.amounts, line.total)],
        }
        for line in source_and_use(statement)
    ]
    data = {
        "language": words.language,
        "title": title(statement, words),
        "subtitle": words.say("statement-lead", currency=currency),
        "remark": remark,
        "currency": currency,
        "purses": [[code, names.title("purse", code)] for code in statement["purses"]],
        "total": words.say("statement-total"),
        "lines": lines,
        "banks_title": words.say("statement-banks"),
        "banks_headings": _bank_headings(words),
        "banks": banks(statement, words),
    }
    day = date.fromisoformat(statement["on"])
    with TemporaryDirectory(prefix="konbit-statement-") as directory:
        root = Path(directory)
        source = resources.files(__package__).joinpath(_TEMPLATE).read_text(encoding="utf-8")
        (root / _TEMPLATE).write_text(source, encoding="utf-8")
        (root / "statement.json").write_text(json.dumps(data), encoding="utf-8")
        made: bytes = typst.compile(
            root / _TEMPLATE,
            root=root,
            ignore_system_fonts=True,
            format="pdf",
            timestamp=int(datetime.combine(day, time(), tzinfo=UTC).timestamp()),
        )
    return made


def title(statement: Mapping[str, Any], words: PageWords) -> str:
    """Which statement it is, in one sentence."""
    day = words.day(date.fromisoformat(statement["on"]))
    if statement["known_on"]:
        known = words.day(date.fromisoformat(statement["known_on"]))
        return words.say("statement-title-known", fund=statement["fund"], day=day, known=known)
    return words.say("statement-title", fund=statement["fund"], day=day)
