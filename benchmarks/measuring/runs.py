"""Runs in processes of their own, and the file of lines in which they are kept."""

from __future__ import annotations

import json
import os
import selectors
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

ONCE = Path(__file__).with_name("once.py")
Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Run:
    """Who is to plan which mission, and for how long; `seconds` is the limit named to a peer."""

    who: str
    size: str
    severity: str
    seed: int
    seconds: float
    limit: str

    @property
    def key(self) -> tuple[str, str, str, int, str]:
        """What tells runs apart; a limit that follows the planner's time is called `equal`."""
        return (self.who, self.size, self.severity, self.seed, self.limit)


def key_of(record: Record) -> tuple[str, str, str, int, str]:
    """The key of the run that made a record."""
    return (
        record["who"],
        record["size"],
        record["severity"],
        record["seed"],
        record["limit"],
    )


def carry_out(run: Run, timeout: float) -> Record:
    """Run once in a process of its own; what it printed, with its time, and memory at the peak.

    A run that fails, or is not over after `timeout` seconds, gives a record that says so.
    """
    words = (run.who, run.size, run.severity, str(run.seed), str(run.seconds))
    record: Record = {
        "who": run.who,
        "size": run.size,
        "severity": run.severity,
        "seed": run.seed,
        "limit": run.limit,
        "limit_seconds": run.seconds,
    }
    began = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, str(ONCE), *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as child:
        try:
            out, late = _output(child, timeout)
        except BaseException:
            # Whoever stops the suite stops the run that it was in.
            os.killpg(child.pid, signal.SIGKILL)
            raise
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    # Linux counts in kibibytes, macOS in bytes.
    unit = 1024 if sys.platform.startswith("linux") else 1
    record |= {
        "process_seconds": time.perf_counter() - began,
        "cpu_seconds": usage.ru_utime + usage.ru_stime,
        "peak_mb": usage.ru_maxrss * unit / 1e6,
    }
    if late:
        return record | {"error": f"not over after {timeout:.0f} s"}
    if child.returncode != 0:
        return record | {"error": out.strip().splitlines()[-1] if out.strip() else "failed"}
    found: Record = json.loads(out.strip().splitlines()[-1])
    return record | found


def _output(child: subprocess.Popen[bytes], timeout: float) -> tuple[str, bool]:
    """What it printed, errors instead where it failed; and whether it had to be stopped.

    The child is waited for by the caller, with its use of memory, so nothing here may wait for it.
    """
    assert child.stdout is not None
    assert child.stderr is not None
    stop = time.monotonic() + timeout
    chunks: dict[int, bytes] = {child.stdout.fileno(): b"", child.stderr.fileno(): b""}
    with selectors.DefaultSelector() as selector:
        for pipe in (child.stdout, child.stderr):
            selector.register(pipe, selectors.EVENT_READ)
        while selector.get_map():
            left = stop - time.monotonic()
            ready = selector.select(left) if left > 0 else []
            if not ready:
                os.killpg(child.pid, signal.SIGKILL)
                return "", True
            for key, _ in ready:
                piece = os.read(key.fd, 65_536)
                chunks[key.fd] += piece
                if not piece:
                    selector.unregister(key.fileobj)
    out, err = (chunks[p.fileno()].decode(errors="replace") for p in (child.stdout, child.stderr))
    has_answer = out.strip().endswith("}")
    return (out if has_answer else err), False


class Notebook:
    """Records in a file, a line each; what is there already is not run again."""

    def __init__(self, path: Path) -> None:
        self._path = path
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        # A run that was cut may have left half a line.
        whole = text[: text.rfind("\n") + 1]
        if whole != text:
            path.write_text(whole, encoding="utf-8")
        self._records = {key_of(record): record for record in map(json.loads, whole.splitlines())}

    def __iter__(self) -> Iterator[Record]:
        return iter(self._records.values())

    def get(self, run: Run) -> Record | None:
        """The record of a run, if it is there and did not fail."""
        record = self._records.get(run.key)
        return None if record is None or "error" in record else record

    def add(self, record: Record) -> None:
        """Keep a record and write it at once."""
        self._records[key_of(record)] = record
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(record, sort_keys=True) + "\n")
