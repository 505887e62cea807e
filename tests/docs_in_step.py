"""Ask a script of `docs` whether pages still show what the program says."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def out_of_date(script: str, *arguments: str) -> str:
    """What a script finds out of date in its pages; nothing when all is in step."""
    done = subprocess.run(
        [sys.executable, f"docs/{script}", "--check", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    return "" if done.returncode == 0 else done.stdout + done.stderr
