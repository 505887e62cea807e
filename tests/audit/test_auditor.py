"""`konbit-audit` on honest exports, and on every way in which a keeper may lie."""

from __future__ import annotations

import json
import re
import shutil
import tomllib
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pytest

import konbit_audit
from konbit.fund import statement_of
from konbit.fund.transparency import COSIGNATURE, ED25519, SigningKey, canonical
from konbit_audit.main import main
from konbit_audit.words import LANGUAGES
from made_ledgers import LOG_KEY, WITNESS_KEY, Drawn, write_export
from receipts import KEYS, STRANGER, a_receipt

if TYPE_CHECKING:
    from collections.abc import Sequence

SIZE = 130
STATEMENTS = (
    {"until": "2026-03-10"},
    {"until": "2027-01-01", "known_before": 90},
    {"until": "2026-03-10", "known_until": "2026-03-12"},
    {"until": "2027-01-01"},
    {"until": "2026-03-03", "known_until": "2026-03-01"},
)


def statements(log: Drawn) -> dict[str, bytes]:
    return {
        f"{number}.json": canonical(statement_of(log.records, **asked)) + b"\n"  # type: ignore[arg-type]
        for number, asked in enumerate(STATEMENTS)
    }


@pytest.fixture(scope="module")
def log() -> Drawn:
    drawn = Drawn(4)
    drawn.grow(SIZE)
    return drawn


@pytest.fixture(scope="module")
def honest(log: Drawn, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("audit") / "export"
    write_export(folder, log.lines, statements(log), sizes=[0, 40, 41])
    return folder


@pytest.fixture
def export(honest: Path, tmp_path: Path) -> Path:
    """A copy that a test may spoil."""
    return shutil.copytree(honest, tmp_path / "export")


def lie(capsys: pytest.CaptureFixture[str], folder: Path, *more: str) -> str:
    """The rule that an audit names; nothing where it finds no lie."""
    code = main([str(folder), "--lang", "en", *more])
    told = capsys.readouterr()
    if code == 0:
        assert "Each follows from those before it" in told.out
        return ""
    assert code == 1
    assert told.out == ""
    assert told.err.startswith("FALSE: ")
    return told.err.split("rule ")[1].split(".")[0]


@pytest.mark.parametrize("seed", range(4))
def test_an_honest_export_is_found_honest(
    seed: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    drawn = Drawn(seed, is_reconstruction=seed % 2 == 1)
    drawn.grow(300)
    write_export(tmp_path / "export", drawn.lines, statements(drawn), sizes=[1, 2, 255])
    assert lie(capsys, tmp_path / "export") == ""


@pytest.mark.parametrize("language", ["en", "fr", "es", "ht"])
def test_what_is_shown_and_what_is_not_is_said(
    honest: Path, language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(honest), "--lang", language]) == 0
    told = capsys.readouterr().out
    assert str(SIZE) in told
    assert LOG_KEY.verifier.key_id.hex() in told
    assert WITNESS_KEY.name in told
    assert "--keys" in told
    assert "--earlier" in told


def test_a_key_and_an_old_checkpoint_of_ones_own_leave_less_unshown(
    honest: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    keys, kept = tmp_path / "keys", honest / "checkpoints" / "000000040.txt"
    keys.write_text(f"{LOG_KEY.verifier}\n{WITNESS_KEY.verifier}\n")
    more = ["--keys", str(keys), "--earlier", str(kept), "--witnesses", "1"]
    assert main([str(honest), "--lang", "en", *more]) == 0
    told = capsys.readouterr().out
    assert "--keys" not in told
    assert "--earlier" not in told


def test_any_changed_byte_is_found(
    honest: Path, export: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Some hundreds of the ten thousand of `benchmarks/audit.py --bytes`."""
    chance = Random(1)
    files = [path for path in sorted(honest.rglob("*")) if path.is_file()]
    files = [path for path in files if path.name != "README.txt"]
    for number in range(250):
        path = files[number % len(files)] if number < 100 else honest / "log.jsonl"
        content = path.read_bytes()
        at = chance.randrange(len(content))
        put = bytes([(content[at] + chance.randint(1, 255)) % 256])
        spoilt = export / path.relative_to(honest)
        spoilt.write_bytes(content[:at] + put + content[at + 1 :])
        assert lie(capsys, export) != "", (path.name, at, put)
        spoilt.write_bytes(content)
    assert lie(capsys, export) == ""


def signed_anew(folder: Path, lines: Sequence[bytes], log: Drawn) -> None:
    """The keeper, who has the key, puts another history in place of the one there was."""
    shutil.rmtree(folder)
    write_export(folder, lines, statements(log) if lines == log.lines else {}, sizes=[40])


def other_history(log: Drawn) -> list[bytes]:
    """The same up to record 60, then another: each is honest by itself."""
    other = Drawn(4)
    other.grow(60)
    other._chance.seed(99)
    other.grow(SIZE)
    assert other.lines[:60] == log.lines[:60]
    assert other.lines != log.lines
    return other.lines


def test_a_rewritten_history_is_found_by_who_kept_a_checkpoint(
    log: Drawn, honest: Path, export: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = honest / "checkpoints" / f"{SIZE:09d}.txt"
    signed_anew(export, other_history(log), log)
    assert lie(capsys, export) == ""
    assert lie(capsys, export, "--earlier", str(kept)) == "two-histories"


def test_two_histories_for_two_readers_are_found_when_they_compare(
    log: Drawn, honest: Path, export: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    signed_anew(export, other_history(log), log)
    theirs = export / "checkpoints" / f"{SIZE:09d}.txt"
    assert lie(capsys, honest, "--earlier", str(theirs)) == "two-histories"


def test_a_history_without_its_end_is_found(
    log: Drawn, honest: Path, export: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = honest / "checkpoints" / f"{SIZE:09d}.txt"
    (export / "log.jsonl").write_bytes(b"".join(line + b"\n" for line in log.lines[:-3]))
    assert lie(capsys, export) == "cut-off"
    signed_anew(export, log.lines[:-3], log)
    assert lie(capsys, export) == ""
    assert lie(capsys, export, "--earlier", str(kept)) == "cut-off"


def test_a_changed_record_is_told_to_within_two_checkpoints(
    export: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An authority is not recomputed from anything: only what was signed tells that it changed."""
    *_, before, last = sorted(int(path.stem) for path in (export / "checkpoints").iterdir())
    lines = (export / "log.jsonl").read_bytes().splitlines(keepends=True)
    lines[before] = lines[before].replace(b"Financial rule 1", b"Financial rule 2")
    (export / "log.jsonl").write_bytes(b"".join(lines))
    assert main([str(export)]) == 1
    assert f"({before} … {last - 1})" in capsys.readouterr().err


def test_what_file_managers_leave_and_a_folder_around_are_no_lies(
    export: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    around = tmp_path / "unpacked"
    around.mkdir()
    inner = export.rename(around / "HTI-UNTF")
    for folder in (around, inner, inner / "checkpoints"):
        (folder / ".DS_Store").touch()
    assert lie(capsys, around) == ""
    (around / "other").mkdir()
    (around / "other" / "log.jsonl").touch()
    assert main([str(around)]) == 4, "which of the two is not said"
    archive = shutil.make_archive(str(tmp_path / "export"), "zip", inner)
    assert main([archive]) == 4
    assert "log.jsonl" in capsys.readouterr().err


def test_an_end_that_nobody_signed_is_found(
    export: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (export / "checkpoints" / f"{SIZE:09d}.txt").unlink()
    assert lie(capsys, export) == "not-covered"


@pytest.mark.parametrize("change", ["swapped", "left out", "doubled", "between"])
def test_records_in_another_order_are_found(
    log: Drawn, export: Path, change: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Even where the keeper signs the new order."""
    lines = list(log.lines)
    if change == "swapped":
        lines[50], lines[51] = lines[51], lines[50]
    elif change == "left out":
        del lines[50]
    elif change == "doubled":
        lines.insert(50, lines[50])
    else:
        lines.insert(50, lines[90])
    signed_anew(export, lines, log)
    assert lie(capsys, export) == "sequence"


def test_files_that_are_missing_or_too_many_are_found(
    export: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (export / "more.txt").touch()
    assert lie(capsys, export) == "file-unknown"
    (export / "more.txt").unlink()
    (export / "keys.txt").rename(export / "README.txt")
    assert lie(capsys, export) == "file-missing"


def test_a_key_that_is_not_the_funds_is_found(
    log: Drawn, export: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.rmtree(export)
    thief = SigningKey(LOG_KEY.name, ED25519, bytes(32))
    write_export(export, log.lines, statements(log), key=thief)
    assert lie(capsys, export) == ""
    keys = tmp_path / "keys"
    keys.write_text(f"{LOG_KEY.verifier}\n")
    assert lie(capsys, export, "--keys", str(keys)) == "key-not-trusted"


def test_too_few_witnesses_are_found(
    honest: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert lie(capsys, honest, "--witnesses", "2") == "witnesses"
    keys = tmp_path / "keys"
    stranger = SigningKey("witness.example/w1", COSIGNATURE, bytes(32))
    keys.write_text(f"{LOG_KEY.verifier}\n{stranger.verifier}\n")
    assert lie(capsys, honest, "--keys", str(keys), "--witnesses", "1") == "witnesses"


def test_a_witness_cannot_have_seen_what_was_not_yet_recorded(
    export: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from konbit.fund.transparency import Note

    file = export / "checkpoints" / f"{SIZE:09d}.txt"
    note = Note.parse(file.read_text())
    early = WITNESS_KEY.sign(note.text, at_seconds=1_700_000_000)
    file.write_text(str(note.with_signature(early)))
    assert lie(capsys, export) == "seen-before-recorded"


def test_a_statement_that_flatters_is_found(
    export: Path, log: Drawn, capsys: pytest.CaptureFixture[str]
) -> None:
    said = statement_of(log.records, until="2027-01-01")
    said["purses"]["A"]["free"] += 100
    (export / "statements" / "3.json").write_bytes(canonical(said) + b"\n")
    assert main([str(export), "--lang", "en"]) == 1
    told = capsys.readouterr().err
    assert "statements/3.json" in told
    assert "/purses/A/free" in told


def test_what_is_no_export_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path / "none"), "--lang", "en"]) == 4
    assert "cannot be read" in capsys.readouterr().err
    (tmp_path / "log.jsonl").mkdir()
    for name in ("keys.txt", "checkpoints"):
        (tmp_path / name).mkdir()
    assert main([str(tmp_path), "--lang", "fr"]) == 4
    assert "ne peut pas" in capsys.readouterr().err


@pytest.fixture
def receipt(tmp_path: Path) -> Path:
    path = tmp_path / "receipt.json"
    path.write_bytes(a_receipt(note="contract 7").to_bytes())
    return path


def test_a_receipt_is_shown(receipt: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(receipt), "--lang", "en"]) == 0
    told = capsys.readouterr().out
    assert "Record 3, shown above, is in the log fund.example/ledger/F" in told
    assert "under note is: contract 7" in told
    assert "--keys" in told


def test_every_size_of_tree_and_place_in_it_is_understood(
    receipt: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for size in range(1, 18):
        for index in range(size):
            receipt.write_bytes(a_receipt(index=index, size=size).to_bytes())
            assert main([str(receipt), "--lang", "en"]) == 0
    capsys.readouterr()


def test_any_changed_byte_of_a_receipt_is_found(
    receipt: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With keys of one's own; what the receipt itself says of keys then does not count."""
    keys, content, chance = tmp_path / "keys", receipt.read_bytes(), Random(2)
    keys.write_text("".join(f"{key}\n" for key in KEYS))
    for _ in range(200):
        at = chance.randrange(len(content) - 1)
        put = bytes([(content[at] + chance.randint(1, 255)) % 256])
        receipt.write_bytes(content[:at] + put + content[at + 1 :])
        assert main([str(receipt), "--lang", "en", "--keys", str(keys)]) == 1, (at, put)
    capsys.readouterr()


@pytest.mark.parametrize(
    ("lie", "rule"),
    [
        ({"index": 4}, "not-in-log"),
        ({"path": []}, "not-in-log"),
        ({"index": 11}, "not-in-log"),
        ({"format": "another"}, "receipt"),
        ({"opened": {"note": {"salt": "00", "value": "contract 7"}}}, "withheld"),
        ({"opened": {"note": {"salt": "xy", "value": "contract 7"}}}, "receipt"),
        ({"keys": []}, "signature"),
    ],
)
def test_each_lie_of_a_receipt_has_its_name(
    receipt: Path, lie: dict[str, object], rule: str, capsys: pytest.CaptureFixture[str]
) -> None:
    told = json.loads(receipt.read_bytes())
    receipt.write_bytes(canonical({**told, **lie}))
    assert main([str(receipt), "--lang", "en"]) == 1
    assert f"rule {rule}." in capsys.readouterr().err


def test_a_strangers_receipt_and_one_that_is_out_of_place_are_found(
    receipt: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    keys = tmp_path / "keys"
    keys.write_text(f"{KEYS[0]}\n")
    receipt.write_bytes(a_receipt(signer=STRANGER).to_bytes())
    assert main([str(receipt), "--lang", "en", "--keys", str(keys)]) == 1
    assert "rule key-not-trusted." in capsys.readouterr().err
    receipt.write_bytes(a_receipt(sequence=4).to_bytes())
    assert main([str(receipt), "--lang", "en"]) == 1
    assert "rule sequence." in capsys.readouterr().err
    receipt.write_bytes(a_receipt(fund="G").to_bytes())
    assert main([str(receipt), "--lang", "en"]) == 1
    assert "rule sequence." in capsys.readouterr().err
    receipt.write_bytes(a_receipt(fund="H/F").to_bytes())
    assert main([str(receipt), "--lang", "en"]) == 1, "F is not all of its name"
    capsys.readouterr()
    receipt.write_bytes(a_receipt().to_bytes())
    assert main([str(receipt), "--lang", "en", "--witnesses", "2"]) == 1
    assert "rule witnesses." in capsys.readouterr().err


def test_words_are_the_same_in_every_language_and_none_is_idle() -> None:
    source = Path(konbit_audit.__file__).parent
    code = "\n".join(path.read_text() for path in source.glob("*.py"))
    texts = {
        language: tomllib.loads((source / "texts" / f"{language}.toml").read_text("utf-8"))
        for language in LANGUAGES
    }
    for sentences in texts.values():
        assert sentences.keys() == texts["en"].keys()
        for name, sentence in sentences.items():
            assert f'"{name}"' in code, name
            places = re.findall(r"{(\w+)}", texts["en"][name])
            assert sorted(re.findall(r"{(\w+)}", sentence)) == sorted(places), name
