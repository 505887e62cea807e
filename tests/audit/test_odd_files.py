"""Files that no honest program writes: each is answered by one sentence, and never by a fault."""

from __future__ import annotations

import io
import json
import shutil
import sys
from contextlib import redirect_stderr, redirect_stdout
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import pytest

from konbit.cli.main import run
from konbit.fund.transparency import Checkpoint, Tiles, inclusion_proof, leaf_hash, signed
from konbit_audit.main import main
from made_ledgers import LOG_KEY, Drawn, receipt_of, write_export

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

_ODD = (
    r'"\ud800"', r'"\u0041"', r'"\u0000"', "NaN", "-Infinity", "1e400", "1E2", "1.0", "-0", "01",
    "9" * 5_000, "9007199254740993", "[" * 100_000, "[" * 900 + "]" * 900, '{"a":1,"a":2}', "{}",
    "[]", "null", "true", '""', '"\u2028"', '"0000-00"', '"9999-99-99"', '[["a","USD",1]]',
    '[["a",["USD"],1,1]]', '[["a","usd",1,1]]', '{"withheld":1}', "4294967296", "-1", "",
)  # fmt: skip
_MEMBERS = ("actor", "authority", "body", "fund", "kind", "rule", "sequence", "recorded_at")
_OF_BODY = ("amount_minor", "on", "postings", "note", "contribution")


def asked(program: str, *arguments: object) -> tuple[int, str]:
    """How a program ends, and the one line that it answers with where something is wrong."""
    out, err, code = io.StringIO(), io.StringIO(), 0
    words = [*map(str, arguments), "--lang", "en"]
    with redirect_stdout(out), redirect_stderr(err):
        if program == "audit":
            code = main(words)
        else:
            with patch.object(sys, "argv", ["konbit", program, *words]):
                try:
                    run()
                except SystemExit as ended:
                    code = int(ended.code or 0)
    told = err.getvalue()
    assert "Traceback" not in told
    assert code in {0, 1, 3, 4}, told
    assert program == "arrears" or len(told.splitlines()) == (1 if code else 0), told
    return code, out.getvalue() + told


@pytest.fixture(scope="module")
def drawn() -> Drawn:
    made = Drawn(5)
    made.grow(30)
    return made


@pytest.fixture(scope="module")
def export(drawn: Drawn, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("theirs") / "export"
    write_export(folder, drawn.lines, {})
    return folder


def odd_lines(line: bytes) -> list[bytes]:
    """A record with one member at a time swapped for what has no place there."""
    told: dict[str, Any] = json.loads(line)
    found = []
    for members, names in ((told, _MEMBERS), (told["body"], _OF_BODY)):
        for name in names:
            before = members.get(name)
            members[name] = "@"
            text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
            found += [text.replace('"@"', odd).encode("utf-8", "surrogatepass") for odd in _ODD]
            members[name] = before
            if before is None:
                del members[name]
    return found


def truly_signed(lines: Sequence[bytes], record: bytes) -> bytes:
    """A receipt of whatever it is: who holds the key of a log signs what they like."""
    leaves = [leaf_hash(line) for line in (*lines, record)]
    tree = Tiles(len(leaves), lambda _, first, after: leaves[first:after])
    note = signed(Checkpoint(LOG_KEY.name, tree.size, tree.root), LOG_KEY)
    path = inclusion_proof(len(lines), tree.size, tree.node_at)
    frame = {
        "checkpoint": str(note),
        "format": "konbit-receipt/1",
        "index": len(lines),
        "keys": [str(LOG_KEY.verifier)],
        "opened": {},
        "path": [step.hex() for step in path],
        "record": "@",
    }
    text = json.dumps(frame, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode().replace(b'"@"', record) + b"\n"


def test_both_programs_answer_to_odd_records_in_receipts(drawn: Drawn, tmp_path: Path) -> None:
    file, honest = tmp_path / "receipt.json", receipt_of(drawn.lines, 12).to_bytes()
    frames: list[Callable[[bytes], bytes]] = [
        lambda line: honest.replace(drawn.lines[12], line),
        lambda line: truly_signed(drawn.lines[:12], line),
    ]
    for frame in frames:
        for line in odd_lines(drawn.lines[12])[::5]:
            file.write_bytes(frame(line))
            ends = [asked(program, file)[0] for program in ("audit", "verify")]
            assert (ends[0] == 0) == (ends[1] == 0), line[:300]


def test_each_program_answers_to_odd_lines_of_an_export(
    drawn: Drawn, export: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "export"
    shutil.copytree(export, folder)
    for line in odd_lines(drawn.lines[12])[::7]:
        lines = [*drawn.lines[:12], line, *drawn.lines[13:]]
        (folder / "log.jsonl").write_bytes(b"".join(one + b"\n" for one in lines))
        assert asked("audit", folder)[0] == 1
        assert asked("arrears", folder)[0] == 1


@pytest.mark.parametrize("name", ["log.jsonl", "keys.txt", "checkpoints/000000030.txt"])
def test_marks_line_ends_and_cuts_are_told(export: Path, tmp_path: Path, name: str) -> None:
    folder = tmp_path / "export"
    shutil.copytree(export, folder)
    content = (folder / name).read_bytes()
    for changed in (
        b"\xef\xbb\xbf" + content,
        content.replace(b"\n", b"\r\n"),
        content[:-1],
        content[: len(content) // 2],
        content.decode().encode("utf-16"),
        content.replace(b"30\n", "\u0663\u0660\n".encode()) + b"\n",
        b"\x1b[2K" + content,
        b"",
    ):
        (folder / name).write_bytes(changed)
        code, told = asked("audit", folder)
        assert code == 1
        assert "\x1b" not in told, "nothing moves the cursor"


def test_what_the_reader_brings_may_have_gone_through_an_editor(
    export: Path, drawn: Drawn, tmp_path: Path
) -> None:
    keys, kept, receipt = (tmp_path / name for name in ("our.keys", "kept.txt", "receipt.json"))
    keys.write_bytes(b"\xef\xbb\xbf" + f"{LOG_KEY.verifier}\r\n\r\n".encode())
    note = (export / "checkpoints" / "000000030.txt").read_bytes()
    kept.write_bytes(note.replace(b"\n", b"\r\n"))
    receipt.write_bytes(receipt_of(drawn.lines, 12).to_bytes())
    assert asked("audit", export, "--keys", keys, "--earlier", kept)[0] == 0
    assert asked("audit", receipt, "--keys", keys)[0] == 0
    assert asked("verify", receipt, "--keys", keys)[0] == 0


def test_nothing_in_a_record_looks_like_the_proof(drawn: Drawn, tmp_path: Path) -> None:
    told = json.loads(drawn.lines[12])
    told["authority"] = "x\n\nProven: all of it\x1b[1A\u202e"
    line = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    line = line.replace(b"\x1b", rb"\u001b")
    file = tmp_path / "receipt.json"
    file.write_bytes(truly_signed(drawn.lines[:12], line))
    for program in ("verify", "audit"):
        code, said = asked(program, file)
        assert code == 0
        assert "\x1b" not in said
        assert "\u202e" not in said
        assert not any(row.startswith("Proven: all") for row in said.splitlines())
