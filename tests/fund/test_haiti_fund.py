"""Haiti's fund as its page tells it: every figure comes out of the table, and no rule is broken."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

from konbit.fund import Record, replay, statement_of
from konbit.fund.presented import source_and_use
from konbit.fund.reconstruction import ReconstructionError, reconstruct

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "explanation" / "haiti-fund.md").read_text(encoding="utf-8")


def events() -> list[dict[str, str]]:
    text = (ROOT / "dossiers" / "haiti-ledger" / "events.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def log() -> list[Record]:
    return reconstruct(events(), "UNTF", "USD")


def on_30_september(known: str) -> dict[str, Any]:
    return statement_of(log(), until="2025-10-01", known_until=known)


def test_the_log_breaks_no_rule_and_says_what_it_is() -> None:
    records = log()
    books, found = replay(records)
    assert found is None
    assert books.is_reconstruction
    assert all(record.authority for record in records)
    assert f"{len(events())} events" in PAGE
    assert f"{len(records)} records" in PAGE


def test_the_page_shows_the_figures_of_the_log() -> None:
    rows = {
        "received": "Contributions received",
        "spent reimbursement": "Spent: reimbursement of contributors",
        "spent allowances": "Spent: allowances",
        "spent other": "Spent: other",
        "support": "Programme support cost",
        "balance": "Balance",
        "frozen": "of which frozen",
        "reserve": "of which operating reserve",
        "free": "of which free",
    }
    columns = []
    for known in ("2025-09-30", "2026-11-26"):
        lines = source_and_use(on_30_september(known))
        columns.append({f"{line.code} {line.detail}".strip(): line.total for line in lines})
    for code, title in rows.items():
        then, today = (column.get(code, 0) for column in columns)
        assert f"| {title} | {_dollars(then)} | {_dollars(today)} |" in PAGE
    for purse, title in (("CAN", "Canada's purse"), ("USA", "the United States' purse")):
        then, today = (
            on_30_september(known)["purses"][purse]["received"]
            for known in ("2025-09-30", "2026-11-26")
        )
        assert f"| of which {title} | {_dollars(then)} | {_dollars(today)} |" in PAGE


@pytest.mark.parametrize(
    ("on", "received"),
    [
        ("2024-03-01", 10_800_000),
        ("2024-04-27", 18_000_000),
        ("2024-08-31", 21_000_000),
        ("2025-02-05", 110_000_000),
        ("2025-09-20", 113_000_000),
        ("2025-09-30", 115_000_000),
        ("2025-12-09", 113_000_000),
    ],
)
def test_what_was_known_on_a_day_is_what_its_source_said(on: str, received: int) -> None:
    statement = statement_of(log(), until="2026-01-01", known_until=on)
    assert sum(purse["received"] for purse in statement["purses"].values()) == received * 100


def test_frozen_money_stays_frozen() -> None:
    statement = statement_of(log(), until="2026-11-27")
    assert statement["contributions"]["USA"]["frozen"] == 1_330_000_000
    spend = {
        "known_on": "2026-11-24",
        "on": "2026-11-24",
        "kind": "paid",
        "members": "name=X;purse=USA;cost_head=other;payee=X;amount=0.01",
        "placeholder": "",
        "source": "a test",
        "note": "",
    }
    with pytest.raises(ReconstructionError) as caught:
        reconstruct([*events(), spend], "UNTF", "USD")
    assert caught.value.finding.code == "ledger-overdrawn"


def _dollars(minor: int) -> str:
    whole, cents = divmod(minor, 100)
    return f"{whole:,}.{cents:02d}"
