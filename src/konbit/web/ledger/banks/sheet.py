"""A reconciliation as a workbook: the figures and rows of its page, and nothing else."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import xlsxwriter

from konbit.terms import Money
from konbit.terms.money import decimals_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from konbit.web.ledger.banks.states import Standing
    from konbit.web.words import PageWords

_A4 = 9  # as Excel numbers papers
_MADE_AT = datetime(2024, 1, 1, tzinfo=UTC)
LINES = ("bank-line-bank", "bank-line-entries", "bank-line-records", "bank-line-books",
         "bank-line-difference")  # fmt: skip


def workbook(standing: Standing, told: Mapping[str, Any], words: PageWords) -> bytes:
    """One sheet, with the digests of the files it rests on. The same gives the same bytes.

    Args:
        standing: the account on its day.
        told: its figures and rows, as `presenting.of_account` makes them.
        words: of the reader.
    """
    account, currency = standing.account, standing.account.currency
    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(stream, options) as book:
        title = words.say("bank-reconciliation-of", bank=account.bank, day=standing.on)
        book.set_properties({"title": title, "created": _MADE_AT})
        page = book.add_worksheet("reconciliation")
        bold = book.add_format({"bold": True})
        decimals = decimals_of(currency)
        pattern = f"#,##0{'.' + '0' * decimals if decimals else ''}"
        figures = book.add_format({"num_format": pattern})
        days = book.add_format({"num_format": "yyyy-mm-dd"})
        page.set_column(0, 0, 14)
        page.set_column(1, 1, 44)
        page.set_column(2, 4, 28)
        page.set_landscape()
        page.set_paper(_A4)
        page.fit_to_pages(1, 0)
        broken = book.add_format({"text_wrap": True})
        page.write_string(0, 0, title, bold)
        page.write_string(1, 0, words.say(f"bank-state-{standing.state}"))
        if standing.certificate is not None:
            by = f"{words.say('bank-certified-by')} {standing.certificate.by.name}"
            page.write_string(2, 1, f"{by} · SHA-256 {standing.certificate.digest}", broken)
        at = 3
        for name, minor in zip(LINES, told["minors"], strict=True):
            page.write_string(at, 1, words.say(name, day=standing.on))
            page.write_number(at, 4, float(Money(minor, currency).major), figures)
            at += 1
        page.write_string(2, 4, currency, bold)
        for line in told["jumps"]:
            page.write_string(at, 1, line)
            at += 1
        for side in ("entries", "records"):
            page.write_string(at + 1, 0, words.say(f"bank-left-{side}"), bold)
            at += 2
            for row in told[side]:
                page.write_datetime(at, 0, _at(row.on), days)
                page.write_string(at, 1, row.what)
                page.write_string(at, 2, row.names)
                page.write_string(at, 3, row.state)
                page.write_number(at, 4, float(Money(row.minor, currency).major), figures)
                at += 1
        page.write_string(at + 1, 0, words.say("bank-statements"), bold)
        for below, one in enumerate(standing.statements, at + 2):
            page.write_datetime(below, 0, _at(one.from_on), days)
            page.write_string(below, 1, f"SHA-256 {one.file_sha256}", broken)
            page.write_string(below, 2, one.reference)
            page.write_datetime(below, 3, _at(one.until_on - timedelta(days=1)), days)
    return stream.getvalue()


def _at(on: date) -> datetime:
    return datetime(on.year, on.month, on.day)  # noqa: DTZ001 - Excel knows no zones
