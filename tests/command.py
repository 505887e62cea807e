"""The program `konbit`, run as its users run it: another process, its output and exit code."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

PROGRAM = Path(sys.executable).parent / "konbit"


@dataclass(frozen=True, slots=True)
class Said:
    """What a command printed, and how it ended."""

    out: str
    err: str
    code: int


def environment(**changed: str) -> dict[str, str]:
    """The environment of a command: ours, in English unless said otherwise."""
    plain = {k: v for k, v in os.environ.items() if not k.startswith(("KONBIT_", "LC_", "LANG"))}
    return {**plain, "COLUMNS": "100", "PYTHONWARNINGS": "error", **changed}


def konbit(*arguments: object, cwd: Path | None = None, **changed: str) -> Said:
    """Run `konbit` to its end."""
    done = subprocess.run(
        [PROGRAM, *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=cwd,
        env=environment(**changed),
        check=False,
        timeout=120,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return Said(done.stdout, done.stderr, done.returncode)
