"""`konbit verify receipt.json`: what a donor's officer reads."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from command import konbit
from made_ledgers import Drawn, receipt_of, write_export
from receipts import LOG, STRANGER, WITNESS, a_receipt

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def receipt(tmp_path: Path) -> Path:
    path = tmp_path / "receipt.json"
    path.write_bytes(a_receipt(note="our contract 7").to_bytes())
    return path


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    path = tmp_path / "agreement.keys"
    path.write_text(f"{LOG.verifier}\n{WITNESS.verifier}\n")
    return path


def test_what_is_proven_and_what_is_not_is_said(receipt: Path, keys: Path) -> None:
    said = konbit("verify", receipt)
    assert said.code == 0, said.err
    assert "Proven: record 3 is in the log fund.example/ledger/F" in said.out
    assert "Proven: witness/w signed the same state" in said.out
    assert "Proven: what the public may not read under “note” is “our contract 7”" in said.out
    assert f"Not proven: that {LOG.name}+{LOG.verifier.key_id.hex()} is the fund" in said.out
    assert "Not proven: that what was recorded happened" in said.out
    assert "Not proven: that no later record undid this one" in said.out
    with_keys = konbit("verify", receipt, "--keys", keys)
    assert with_keys.code == 0
    assert "is the fund" not in with_keys.out


@pytest.mark.parametrize(
    ("language", "proven", "not_proven"),
    [
        ("fr", "enregistrement 3 est dans le journal", "Non prouvé"),
        ("es", "Probado: el registro 3", "No probado"),
        ("ht", "Pwouve: anrejistreman 3", "Pa pwouve"),
    ],
)
def test_it_is_said_in_the_readers_language(
    receipt: Path, language: str, proven: str, not_proven: str
) -> None:
    said = konbit("verify", receipt, KONBIT_LANG=language)
    assert said.code == 0
    assert proven in said.out
    assert not_proven in said.out


def test_a_changed_receipt_proves_nothing(receipt: Path) -> None:
    receipt.write_text(receipt.read_text().replace("5000000", "5000001"))
    said = konbit("verify", receipt)
    assert said.code == 3
    assert said.out == ""
    assert "Nothing is proven" in said.err


def test_a_receipt_of_a_stranger_is_refused_where_the_key_is_known(
    tmp_path: Path, keys: Path
) -> None:
    forged = tmp_path / "forged.json"
    forged.write_bytes(a_receipt(signer=STRANGER).to_bytes())
    said = konbit("verify", forged, "--keys", keys)
    assert said.code == 3
    assert "None of the keys that you trust" in said.err


def test_programs_read_it_as_json(receipt: Path) -> None:
    told = json.loads(konbit("verify", receipt, "--json").out)
    assert told["verified"]
    assert not told["key_trusted"]
    assert told["record"]["sequence"] == told["number"] == 3
    receipt.write_text("{}")
    said = konbit("verify", receipt, "--json")
    assert said.code == 3
    assert json.loads(said.out) == {"refused": "receipt-form", "verified": False}


def test_what_is_checked_is_clear_from_what_it_is(receipt: Path, tmp_path: Path) -> None:
    assert konbit("verify", tmp_path).code == 2
    assert konbit("verify", receipt, tmp_path).code == 2
    assert konbit("verify", tmp_path / "none").code == 4
    empty = tmp_path / "empty"
    empty.touch()
    assert konbit("verify", receipt, "--keys", empty).code == 4
    assert konbit("verify", receipt, "--keys", tmp_path / "none").code == 4
    assert konbit("verify", empty).code == 3


def test_amounts_are_written_as_people_do_beside_the_smallest_unit(tmp_path: Path) -> None:
    drawn = Drawn(4)
    number = next(one.sequence for one in drawn.records if one.body.get("contribution") == "JPN-1"
                  and one.kind == "received")  # fmt: skip
    file = tmp_path / "receipt.json"
    file.write_bytes(receipt_of(drawn.lines, number).to_bytes())
    assert "\n  amount_minor: 40000000 (JPY 40,000,000)\n" in konbit("verify", file).out
    file.write_bytes(a_receipt().to_bytes())
    assert "\n  amount_minor: 5000000\n" in konbit("verify", file).out, "no posting has it"


@pytest.mark.parametrize("is_rebuilt", [False, True])
def test_a_record_put_together_afterwards_says_so(is_rebuilt: bool, tmp_path: Path) -> None:
    drawn = Drawn(4, is_reconstruction=is_rebuilt)
    file = tmp_path / "receipt.json"
    file.write_bytes(receipt_of(drawn.lines, 0).to_bytes())
    said = konbit("verify", file).out
    assert ("put together afterwards from public sources" in said) == is_rebuilt


def test_whoever_gives_it_an_export_is_told_which_program_replays_it(
    tmp_path: Path, receipt: Path
) -> None:
    export = tmp_path / "around" / "HTI-UNTF"
    write_export(export, Drawn(4).lines, {})
    archive = shutil.make_archive(str(tmp_path / "HTI-UNTF"), "zip", export.parent)
    for given in (export, export.parent, archive):
        said = konbit("verify", given)
        assert said.code == 2
        assert "konbit-audit FOLDER" in said.err
    receipt.write_bytes(b"PK\x05\x06" + receipt.read_bytes())
    assert konbit("verify", receipt).code == 3, "no archive, and no receipt"
