"""A reconciliation as a workbook: the figures and rows of its page, and nothing else."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import xlsxwriter

from konbit.terms import Money
from konbit.terms.money import decimals_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from konbit.web.ledger.banks.states import Standing
    from konbit.web.words import PageWords

_MADE_AT = datetime(2024, 1, 1, tzinfo=UTC)
LINES = ("bank-line-bank", "bank-line-entries", "bank-line-records", "bank-line-books",
         "bank-line-difference")  # fmt: skip


def workbook(standing: Standing, told: Mapping[str, Any], words: PageWords) -> bytes:
    """One sheet. The same reconciliation gives the same bytes.

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
        page.write_string(0, 0, title, bold)
        page.write_string(1, 0, words.say(f"bank-state-{standing.state}"))
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
                page.write_datetime(at, 0, datetime(row.on.year, row.on.month, row.on.day), days)  # noqa: DTZ001 - Excel knows no zones
                page.write_string(at, 1, row.what)
                page.write_string(at, 2, row.names)
                page.write_string(at, 3, row.state)
                page.write_number(at, 4, float(Money(row.minor, currency).major), figures)
                at += 1
    return stream.getvalue()
