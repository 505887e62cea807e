"""Time the auditor on large exports, and let it look for ten thousand changed bytes.

`make bench` prints the figures that docs/explanation/transparency.md shows; `make soak` changes the
bytes. The exports are drawn by chance through the ledger's own rules, so they are honest. Processor
time is told, for a machine that others use too makes the clock say more than it should.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from konbit.fund import statement_of
from konbit.fund.transparency import (
    Checkpoint,
    Frontier,
    Tiles,
    canonical,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    nodes_to_keep,
    signed,
    verify_consistency,
    verify_inclusion,
)
from konbit_audit.audit import audit
from konbit_audit.lie import Lie
from made_ledgers import LOG_KEY, WITNESS_KEY, Drawn, write_export

if TYPE_CHECKING:
    from collections.abc import Sequence

    from konbit.fund import Record

LEAVES = 1_000_000
PROOFS = 2_000
REVERSED_AT_MOST_BACK = 40


class Long(Drawn):
    """A log too long to be held: it is written as it grows."""

    def __init__(self, seed: int, folder: Path) -> None:
        (folder / "checkpoints").mkdir(parents=True)
        self._folder = folder
        self._file = (folder / "log.jsonl").open("wb")
        self.postings = 0
        self.tree = Frontier()
        super().__init__(seed, records_a_day=400)

    def keep(self, record: Record) -> None:
        """Write it; let go of what can no longer be asked for."""
        line = record.to_bytes()
        self._file.write(line + b"\n")
        self.postings += len(record.postings)
        self.tree = self.tree.append(leaf_hash(line))
        self.books.posted.pop(record.sequence - REVERSED_AT_MOST_BACK, None)
        if self.tree.size % 50_000 == 0:
            self.sign()

    def _close(self) -> None:
        """No periods: a close adds up all that came before it, which only the auditor streams."""

    def sign(self) -> None:
        """A checkpoint of what there is."""
        note = signed(Checkpoint(LOG_KEY.name, self.tree.size, self.tree.root), LOG_KEY)
        seen = WITNESS_KEY.sign(note.text, at_seconds=4_000_000_000)
        file = self._folder / "checkpoints" / f"{self.tree.size:09d}.txt"
        file.write_text(str(note.with_signature(seen)), "utf-8")

    def finish(self) -> None:
        """End the export."""
        self.sign()
        self._file.close()
        keys = f"{LOG_KEY.verifier}\n{WITNESS_KEY.verifier}\n"
        (self._folder / "keys.txt").write_text(keys, "utf-8")


def main() -> int:
    """Run what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="10000,100000,1000000", help="records of the exports")
    parser.add_argument("--bytes", type=int, default=0, help="change so many bytes, nothing else")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    if asked.bytes:
        return _change_bytes(asked.bytes, asked.seed)
    for size in map(int, asked.sizes.split(",")):
        _time_audit(size)
    _time_proofs()
    return 0


def _time_proofs() -> None:
    """Proofs over a million leaves from a store that holds each 256th level."""
    levels: dict[int, list[bytes]] = {0: [leaf_hash(b"%d" % at) for at in range(LEAVES)]}

    def read(level: int, first: int, after: int) -> Sequence[bytes]:
        return levels[level][first:after]

    for node in nodes_to_keep(lambda level: len(levels.get(level, ())), LEAVES, read):
        levels.setdefault(node.level, []).append(node.hash)
    root, chance = Tiles(LEAVES, read).root, Random(1)
    started = time.process_time()
    for _ in range(PROOFS):
        index = chance.randrange(LEAVES)
        path = inclusion_proof(index, LEAVES, Tiles(LEAVES, read).node_at)
    made = (time.process_time() - started) / PROOFS
    started = time.process_time()
    for _ in range(PROOFS):
        assert verify_inclusion(levels[0][index], index, LEAVES, path, root)
    checked = (time.process_time() - started) / PROOFS
    started = time.process_time()
    for _ in range(PROOFS // 10):
        old = chance.randrange(1, LEAVES)
        steps = consistency_proof(old, LEAVES, Tiles(LEAVES, read).node_at)
    grown = (time.process_time() - started) / (PROOFS // 10)
    assert verify_consistency(old, LEAVES, Tiles(old, read).root, root, steps)
    print(
        f"{LEAVES:,} leaves: inclusion proof {made * 1e3:.2f} ms, checked in {checked * 1e3:.3f}"
        f" ms; consistency proof {grown * 1e3:.2f} ms (processor)"
    )


def _time_audit(size: int) -> None:
    """An export of so many records, audited by the program as anybody runs it."""
    with tempfile.TemporaryDirectory(prefix="konbit-audit-") as place:
        folder = Path(place) / "export"
        started = time.process_time()
        log = Long(1, folder)
        log.grow(size)
        log.finish()
        made = time.process_time() - started
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        clock = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-m", "konbit_audit", str(folder), "--lang", "en"],
            capture_output=True,
            text=True,
            check=False,
        )
        clock = time.perf_counter() - clock
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        assert done.returncode == 0, done.stderr
        processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        megabytes = (folder / "log.jsonl").stat().st_size / 1e6
        print(
            f"{size:,} records, {log.postings:,} postings, {megabytes:.0f} MB: audited in"
            f" {processor:.1f} s of processor ({clock:.1f} s by the clock),"
            f" {processor / size * 1e6:.0f} µs a record, {after.ru_maxrss / 1024:.0f} MB at most;"
            f" written through the ledger's rules in {made:.0f} s",
            flush=True,
        )


def _change_bytes(count: int, seed: int) -> int:
    """Change one byte after the other in an export; each must be found."""
    with tempfile.TemporaryDirectory(prefix="konbit-audit-") as place:
        folder = Path(place) / "export"
        log = Drawn(seed)
        log.grow(150)
        asked: list[dict[str, str]] = [
            {"until": "2026-03-10"},
            {"until": "2026-03-10", "known_until": "2026-03-08"},
            {"until": "2027-01-01"},
        ]
        said = [statement_of(log.records, **one) for one in asked]  # type: ignore[arg-type]
        statements = {f"{at}.json": canonical(one) + b"\n" for at, one in enumerate(said)}
        write_export(folder, log.lines, statements, sizes=[1, 40, 97])
        audit(folder)
        found = _changed(folder, count, Random(seed))
    missed = count - sum(found.values())
    rules = ", ".join(f"{rule} {times}" for rule, times in sorted(found.items()))
    print(f"{count:,} changed bytes, {missed} not found. Found by: {rules}.")
    return 1 if missed else 0


def _changed(folder: Path, count: int, chance: Random) -> dict[str, int]:
    """How many were found by which rule."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    files = [path for path in files if path.name != "README.txt"]
    weights = [path.stat().st_size for path in files]
    found: dict[str, int] = {}
    for number in range(count):
        # Half of them anywhere by size, half in the small files, which few bytes would hit.
        path = chance.choices(files, weights)[0] if number % 2 else chance.choice(files)
        content = path.read_bytes()
        at = chance.randrange(len(content))
        put = bytes([(content[at] + chance.randint(1, 255)) % 256])
        path.write_bytes(content[:at] + put + content[at + 1 :])
        try:
            audit(folder)
            print(f"not found: {path.name}, byte {at}: {content[at]} made {put[0]}")
        except Lie as lie:
            found[lie.rule] = found.get(lie.rule, 0) + 1
        path.write_bytes(content)
    return found


if __name__ == "__main__":
    sys.exit(main())
