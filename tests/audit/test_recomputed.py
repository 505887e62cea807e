"""The statement that an auditor asks for, beside what the fund itself shows."""

from __future__ import annotations

import csv
import json
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from konbit.fund import statement_of
from konbit.fund.presented import source_and_use
from konbit.fund.reconstruction import reconstruct
from konbit.fund.transparency import ED25519, SigningKey, canonical
from konbit.terms import Money
from konbit_audit.main import main
from made_ledgers import Drawn, receipt_of, write_export

if TYPE_CHECKING:
    from collections.abc import Sequence

EVENTS = Path(__file__).parents[2] / "dossiers" / "haiti-ledger" / "events.csv"


@pytest.fixture(scope="module")
def log() -> Drawn:
    drawn = Drawn(6)
    drawn.grow(250)
    return drawn


@pytest.fixture(scope="module")
def export(log: Drawn, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("theirs") / "export"
    write_export(folder, log.lines, {})
    return folder


def said(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    assert main([*map(str, arguments)]) == 0
    return capsys.readouterr().out


def amounts(line: str) -> list[str]:
    """What stands in the columns after the name."""
    return re.split(r" {2,}", line)[1:]


@pytest.mark.parametrize(
    ("on", "known", "until"),
    [
        ("2026-03-10", None, "2026-03-11"),
        ("2026-03-10", "2026-03-08", "2026-03-11"),
        ("2026-12-31", None, "2027-01-01"),
    ],
)
def test_its_lines_are_those_of_the_fund_to_the_cent(
    on: str,
    known: str | None,
    until: str,
    log: Drawn,
    export: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    more = ("--known", known) if known else ()
    text = said(capsys, export, "--lang", "en", "--statement", on, *more).split("\n\n")[1]
    title, head, *lines = text.splitlines()
    stated = statement_of(log.records, until=until, known_until=known)
    assert title.startswith(f"FUND: statement on {on}, ")
    assert (known or "recomputed") in title
    assert amounts(head) == [*stated["purses"], "Total"]
    own = source_and_use(stated)
    for line, expected in zip(lines, own, strict=False):
        every = (*expected.amounts, expected.total)
        assert amounts(line) == [_shown(minor, "USD") for minor in every], expected.code
    assert lines[len(own)] == "At the banks"
    for line, (code, bank) in zip(lines[len(own) + 1 :], stated["banks"].items(), strict=True):
        held = f"{_shown(bank['amount'], bank['currency'])} {bank['currency']}"
        assert line.startswith(f"{code} ")
        assert amounts(line) == [held, f"{_shown(bank['value'], 'USD')} USD"]


def _shown(minor: int, currency: str) -> str:
    exact = Money(minor, currency).major
    return f"{exact:,}".replace("-", "\u2212")


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("fr", "Total des ressources"),
        ("es", "Total de orígenes"),
        ("ht", "Total sous yo"),
    ],
)
def test_it_is_told_in_the_readers_language(
    language: str, line: str, export: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = said(capsys, export, "--lang", language, "--statement", "2026-03-10")
    (row,) = [one for one in text.splitlines() if one.startswith(line)]
    assert re.fullmatch(r"\d{1,3}(\u202f\d{3})*,\d\d", amounts(row)[-1])


def test_a_log_put_together_afterwards_says_so_and_is_not_asked_why_it_is_late(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with EVENTS.open(encoding="utf-8", newline="") as file:
        records = reconstruct(csv.DictReader(file), "UNTF", "USD")
    key = SigningKey("record.example/ledger/HTI/UNTF", ED25519, bytes(range(32)))
    write_export(tmp_path / "export", [record.to_bytes() for record in records], {}, key=key)
    count = sum("placeholder" in record.body for record in records)
    text = said(capsys, tmp_path / "export", "--lang", "en")
    assert f"put together afterwards: it is not the fund's own books. {count} of its" in text
    assert "Worth asking" not in text


def test_no_other_log_says_so(
    log: Drawn, export: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "put together afterwards" not in said(capsys, export, "--lang", "en")
    for drawn, expected in ((log, False), (_rebuilt(), True)):
        file = tmp_path / "receipt.json"
        number = max(
            n for n, one in enumerate(drawn.records) if "known_on" in one.body or not expected
        )
        file.write_bytes(receipt_of(drawn.lines, number).to_bytes())
        assert ("put together afterwards" in said(capsys, file, "--lang", "en")) == expected


def _rebuilt() -> Drawn:
    drawn = Drawn(6, is_reconstruction=True)
    drawn.grow(30)
    return drawn


@pytest.mark.parametrize(
    "wrong",
    [
        ["--known", "2026-03-10"],
        ["--statement", "2026-02-30"],
        ["--statement", "2026-03-10", "--known", "soon"],
    ],
)
def test_what_is_asked_wrongly_is_not_understood(wrong: Sequence[str], export: Path) -> None:
    with pytest.raises(SystemExit) as ended:
        main([str(export), *wrong])
    assert ended.value.code == 2


def test_a_receipt_has_no_statement(log: Drawn, tmp_path: Path) -> None:
    file = tmp_path / "receipt.json"
    file.write_bytes(receipt_of(log.lines, 12).to_bytes())
    with pytest.raises(SystemExit) as ended:
        main([str(file), "--statement", "2026-03-10"])
    assert ended.value.code == 2


def test_a_statement_that_was_sent_is_checked_where_the_export_has_its_own(
    log: Drawn, export: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As the page gives it; one figure changed is found."""
    folder = shutil.copytree(export, tmp_path / "export")
    sent = folder / "statements" / "as sent to us.json"
    told = statement_of(log.records, until="2026-03-11", known_until="2026-03-08")
    sent.write_bytes(canonical(told) + b"\n")
    assert "Statements recomputed: 1." in said(capsys, folder, "--lang", "en")
    told["purses"]["A"]["free"] += 1
    sent.write_bytes(canonical(json.loads(json.dumps(told))) + b"\n")
    assert main([str(folder), "--lang", "en"]) == 1
    assert "as sent to us.json breaks the rule statement. " in capsys.readouterr().err
