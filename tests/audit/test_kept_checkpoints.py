"""A keeper with the log's key signs anew; a reader has kept keys, checkpoints and receipts."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest

from forged_logs import forge, forged_log, told
from konbit.fund.transparency import ED25519, SigningKey
from konbit_audit import notes
from konbit_audit.main import main
from ledger_cases import Log
from made_ledgers import LOG_KEY, WITNESS_KEY, receipt_of, write_export

if TYPE_CHECKING:
    from pathlib import Path

OTHER_KEY = SigningKey(LOG_KEY.name, ED25519, bytes(range(7, 39)))
log = pytest.fixture(forged_log)


def test_a_checkpoint_of_another_key_under_the_same_name_is_found(
    log: Log, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    agreed = tmp_path / "agreed.txt"
    agreed.write_text(f"{LOG_KEY.verifier}\n{WITNESS_KEY.verifier}\n", "utf-8")
    brought = ("--keys", str(agreed))
    assert told(log, tmp_path / "own", capsys, *brought) == ""
    assert told(log, tmp_path / "other", capsys, *brought, key=OTHER_KEY) == "key-not-trusted"


def test_not_even_a_key_with_the_same_short_number_is_taken_for_it(
    log: Log, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The number of a key has 32 bits: another key with the same one is found in some hours."""
    agreed = tmp_path / "agreed.txt"
    monkeypatch.setattr(notes.Key, "number", b"same")
    lines = [f"{key.verifier}".split("+", 2) for key in (LOG_KEY, OTHER_KEY, WITNESS_KEY)]
    own, other, witness = (f"{name}+{b'same'.hex()}+{rest}" for name, _, rest in lines)
    agreed.write_text(f"{own}\n{witness}\n", "utf-8")
    told(log, tmp_path / "forged", capsys, key=OTHER_KEY)
    (tmp_path / "forged/keys.txt").write_text(f"{other}\n{witness}\n", "utf-8")
    _renumber(tmp_path / "forged")
    assert main([str(tmp_path / "forged"), "--lang", "en"]) == 0
    capsys.readouterr()
    code = main([str(tmp_path / "forged"), "--lang", "en", "--keys", str(agreed)])
    assert code == 1
    assert "rule signature" in capsys.readouterr().err


def _renumber(folder: Path) -> None:
    """Signatures name their key by the weak number."""
    from base64 import b64decode, b64encode

    for file in (folder / "checkpoints").iterdir():
        text, _, lines = file.read_text("utf-8").partition("\n\n")
        signed = []
        for line in lines.splitlines():
            dash, name, encoded = line.split(" ")
            content = b64encode(b"same" + b64decode(encoded)[4:]).decode()
            signed.append(f"{dash} {name} {content}\n")
        file.write_text(f"{text}\n\n{''.join(signed)}", "utf-8")


def test_log_and_statement_changed_together_are_found_by_an_old_checkpoint(
    log: Log, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A gift is left out, everything is numbered and signed again, statements agree with it."""
    assert told(log, tmp_path / "before", capsys) == ""
    kept = max((tmp_path / "before/checkpoints").iterdir())
    other = Log()
    for record in log.records:
        if record.kind != "interest":
            changed = dataclasses.replace(record, sequence=other.books.size)
            other.books.apply(changed)
            other.records.append(changed)
    assert told(other, tmp_path / "without", capsys) == ""
    with_old = ("--earlier", str(kept))
    assert told(other, tmp_path / "again", capsys, *with_old) == "cut-off"
    while other.books.size < len(log.records):
        forge(other, "announced", contribution="USA-1", amount_minor=1, on="2026-01-02",
              key=f"more-{other.books.size}",
              over={"recorded_at": log.records[-1].recorded_at})  # fmt: skip
    assert told(other, tmp_path / "filled", capsys, *with_old) == "two-histories"


@pytest.mark.parametrize("size", [7, 20])
def test_an_earlier_checkpoint_with_a_new_root_is_found(
    size: int, log: Log, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Properly signed, over records of which one is another: in the export, or kept by a reader."""
    lines = [one.to_bytes() for one in log.records]
    other = [*lines[:6], lines[6].replace(b"CAN-1", b"CAN-2"), *lines[7:]]
    write_export(tmp_path / "true", lines, {}, sizes=[7])
    write_export(tmp_path / "false", other, {}, sizes=[7])
    forged = tmp_path / "false/checkpoints" / f"{size:09d}.txt"
    honest = tmp_path / "true/checkpoints" / forged.name
    assert main([str(tmp_path / "true"), "--lang", "en", "--earlier", str(forged)]) == 1
    assert "rule two-histories." in capsys.readouterr().err
    honest.write_bytes(forged.read_bytes())
    assert main([str(tmp_path / "true"), "--lang", "en"]) == 1
    assert f"{honest.name} breaks the rule history. " in capsys.readouterr().err


def test_a_log_is_named_for_its_fund(
    log: Log, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One secret signs for all logs of a keeper: another fund's log is not shown for this one."""
    other = SigningKey("fund.example/ledger/OTHER", ED25519, bytes(range(32)))
    assert told(log, tmp_path / "other", capsys, key=other) == "checkpoint"


def test_what_was_kept_of_another_log_is_not_called_a_changed_history(
    log: Log, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = SigningKey("fund.example/ledger/OTHER", ED25519, bytes(range(32)))
    told(log, tmp_path / "other", capsys, key=other)
    (kept,) = (tmp_path / "other/checkpoints").iterdir()
    keys = tmp_path / "agreed.txt"
    keys.write_text(f"{LOG_KEY.verifier}\n{other.verifier}\n", "utf-8")
    brought = ("--earlier", str(kept), "--keys", str(keys))
    assert told(log, tmp_path / "own", capsys, *brought) == "checkpoint"


def test_a_receipt_is_as_good_as_the_checkpoint_in_it(
    log: Log, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What a donor has kept is a receipt; who rewrites what it shows is found by it."""
    lines, kept = [one.to_bytes() for one in log.records], tmp_path / "receipt.json"
    kept.write_bytes(receipt_of(lines, 12).to_bytes())
    with_receipt = ("--earlier", str(kept))
    assert told(log, tmp_path / "true", capsys, *with_receipt) == ""
    assert main([str(tmp_path / "true"), "--lang", "en", *with_receipt]) == 0
    said = capsys.readouterr().out
    assert "1 that you brought" in said
    assert "Record 12 of the receipt that you brought is in the log, and nothing has undone" in said
    log.records[6] = dataclasses.replace(log.records[6], authority="Another")
    assert told(log, tmp_path / "rewritten", capsys, *with_receipt) == "two-histories"
    kept.write_bytes(kept.read_bytes().replace(b"key-12", b"key-99"))
    assert told(log, tmp_path / "changed", capsys, *with_receipt) == "not-in-log"


def test_who_brings_a_receipt_is_told_that_its_record_was_undone(
    log: Log, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What it proved is still so: the record is there. It does not count any more."""
    (came,) = [one.sequence for one in log.records if one.kind == "interest"][-1:]
    kept = tmp_path / "receipt.json"
    kept.write_bytes(receipt_of([one.to_bytes() for one in log.records], came).to_bytes())
    assert main([str(kept), "--lang", "en"]) == 0
    assert "Not shown: that no later record undid this one." in capsys.readouterr().out
    log.must("reversed", sequence=came)
    assert told(log, tmp_path / "export", capsys) == ""
    assert main([str(tmp_path / "export"), "--lang", "en", "--earlier", str(kept)]) == 0
    undone = log.books.size - 1
    said = f"Record {came} of the receipt that you brought is in the log, and record {undone} has"
    assert said in capsys.readouterr().out
