"""The reconstructed log of Haiti's fund, before the auditor."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

from konbit.fund import statement_of
from konbit.fund.reconstruction import reconstruct
from konbit.fund.transparency import ED25519, SigningKey, canonical
from konbit_audit.main import main
from made_ledgers import write_export

if TYPE_CHECKING:
    import pytest

KEY = SigningKey("record.example/ledger/HTI/UNTF", ED25519, bytes(range(32)))
EVENTS = Path(__file__).parents[2] / "dossiers" / "haiti-ledger" / "events.csv"


def test_the_auditor_finds_the_log_and_both_views_of_a_day_true(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What was known on 30 September 2025, and what is known of that day since."""
    with EVENTS.open(encoding="utf-8", newline="") as file:
        records = reconstruct(csv.DictReader(file), "UNTF", "USD")
    statements = {
        f"{known}.json": canonical(statement_of(records, until="2025-10-01", known_until=known))
        + b"\n"
        for known in ("2025-09-30", "2026-11-26")
    }
    folder = tmp_path / "export"
    write_export(folder, [record.to_bytes() for record in records], statements, key=KEY)
    assert main([str(folder), "--lang", "en"]) == 0, capsys.readouterr().err
    assert f"holds {len(records)} records" in capsys.readouterr().out
