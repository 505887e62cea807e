"""`konbit witness`: signs what grew, refuses two histories, needs files alone."""

from __future__ import annotations

import base64
import json
import stat
from typing import TYPE_CHECKING

import pytest

from command import konbit
from grown_logs import LOG, STOLEN, checkpoint, steps
from konbit.fund.transparency import Note, VerifierKey, opened
from konbit_audit.notes import read_checkpoint, read_key

if TYPE_CHECKING:
    from pathlib import Path

    from command import Said


class Watch:
    """A witness in a folder of its own, and a log that it is shown."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.seen, self.key = folder / "seen.json", folder / "w.key"
        self.keys = folder / "log.keys"
        self.keys.write_text(f"{LOG.verifier}\n")
        made = konbit("witness", "--new-key", "witness.example/w", "--key", self.key)
        assert made.code == 0, made.err
        self.public = made.out.strip()

    def sign(
        self, note: Note, path: list[bytes] | None = None, old: int = 0, *, lang: str = "en"
    ) -> Said:
        shown = self.folder / "checkpoint.txt"
        shown.write_text(str(note))
        more: list[object] = []
        if path is not None:
            proof = self.folder / "proof.json"
            told = {"old": old, "new": 0, "path": [step.hex() for step in path]}
            proof.write_text(json.dumps(told))
            more = ["--proof", proof]
        own = ["--key", self.key, "--keys", self.keys, "--seen", self.seen, "--lang", lang]
        return konbit("witness", shown, *own, *more)


@pytest.fixture
def watch(tmp_path: Path) -> Watch:
    return Watch(tmp_path)


def test_what_grew_is_signed_and_both_programs_count_the_signature(watch: Watch) -> None:
    first = watch.sign(checkpoint(5))
    assert first.code == 0, first.err
    again = watch.sign(checkpoint(5))
    assert again.code == 0, "the same may be signed again"
    grown = checkpoint(9)
    waits = watch.sign(grown)
    assert waits.code == 3
    assert "consistency/5/9" in waits.err
    done = watch.sign(grown, steps(5, 9), 5)
    assert done.code == 0, done.err
    content = f"{grown}{done.out}"
    key = VerifierKey.parse(watch.public)
    seen = opened(Note.parse(content), [LOG.verifier, key]).witnesses
    assert [one.name for one in seen] == ["witness.example/w"]
    keys = [read_key(str(LOG.verifier)), read_key(watch.public)]
    said = read_checkpoint(content.encode(), {(k.name, k.number): k for k in keys})
    assert list(said.seen) == [keys[1].label]
    assert stat.S_IMODE(watch.key.stat().st_mode) == 0o600
    assert konbit("witness", "--new-key", "other", "--key", watch.key).code == 4, "never over a key"


def test_two_histories_are_refused_and_kept_as_evidence(watch: Watch) -> None:
    assert watch.sign(checkpoint(8)).code == 0
    state = watch.seen.read_bytes()
    forked = watch.sign(checkpoint(8, changed=3))
    assert (forked.code, forked.out) == (3, "")
    assert "TWO HISTORIES" in forked.err
    rewritten = watch.sign(checkpoint(11, changed=3), steps(8, 11, changed=3), 8, lang="fr")
    assert rewritten.code == 3
    assert "réécrite" in rewritten.err
    shorter = watch.sign(checkpoint(7))
    assert shorter.code == 3
    assert "never grows shorter" in shorter.err
    assert watch.sign(checkpoint(12, key=STOLEN), steps(8, 12), 8).code == 3
    assert watch.seen.read_bytes() == state, "what was refused changes nothing"
    kept = json.loads(state)[LOG.name]
    assert opened(Note.parse(kept), [LOG.verifier]).checkpoint.size == 8, "signed by the log too"
    assert watch.sign(checkpoint(12), steps(8, 12), 8).code == 0


def test_the_request_of_the_common_protocol_is_read_too(watch: Watch) -> None:
    assert watch.sign(checkpoint(5)).code == 0
    proof = "".join(f"{base64.b64encode(step).decode()}\n" for step in steps(5, 9))
    sent = watch.folder / "request.txt"
    sent.write_text(f"old 5\n{proof}\n{checkpoint(9)}")
    own = ["--key", watch.key, "--keys", watch.keys, "--seen", watch.seen]
    assert konbit("witness", sent, *own).code == 0


@pytest.mark.parametrize("file", ["checkpoint", "key", "keys", "seen", "proof"])
def test_a_file_that_is_none_is_named(watch: Watch, file: str) -> None:
    other = watch.folder / f"wrong-{file}"
    other.write_text("nonsense")
    good = watch.folder / "good.txt"
    good.write_text(str(checkpoint(3)))
    files = {"key": watch.key, "keys": watch.keys, "seen": watch.seen} | {file: other}
    shown = files.pop("checkpoint", good)
    options = [part for name, path in files.items() for part in (f"--{name}", path)]
    said = konbit("witness", shown, *options)
    assert said.code == 4
    assert f"wrong-{file}" in said.err.replace("\n", "")


def test_without_a_checkpoint_or_keys_it_says_what_it_needs() -> None:
    said = konbit("witness")
    assert said.code == 2
    assert "--new-key" in said.err
