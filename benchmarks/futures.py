"""How long it takes to look ahead, and what comes out.

`python benchmarks/futures.py [DOSSIER] [--futures N] [--workers N]` runs `konbit futures` once in a
process of its own, with its page and tables, and prints wall-clock and processor seconds of all its
workers together, and every measure, so that a figure in the documentation can be printed again.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
PROGRAM = Path(sys.executable).parent / "konbit"


def main() -> None:
    """Look ahead once and print what it took."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("dossier", nargs="?", type=Path, default=ROOT / "dossiers" / "haiti")
    parser.add_argument("--futures", type=int, default=200)
    parser.add_argument("--workers", type=int, default=2)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="konbit-bench-") as out:
        numbers = ["--futures", str(asked.futures), "--workers", str(asked.workers)]
        command = [str(PROGRAM), "futures", str(asked.dossier), *numbers, "--out", out, "--json"]
        start = time.perf_counter()
        done = subprocess.run(command, capture_output=True, check=True)
        seconds = time.perf_counter() - start
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    told = json.loads(done.stdout)
    print(f"{asked.dossier}: {asked.futures} futures, {asked.workers} workers")
    print(f"wall clock {seconds:.0f} s, processors {used.ru_utime + used.ru_stime:.0f} s in all")
    print(f"dossier {told['dossier_digest'][:12]}, futures {told['digest'][:12]}")
    print(f"verified {told['verified']}, continuations recomputed {told['checked']}")
    for row in told["tables"]["futures_measures"]:
        low, high = row["low_points"], row["high_points"]
        shares = [100 * n / told["needed_points"] for n in (row["points"], low or 0, high or 0)]
        interval = "" if low is None else f"  ({shares[1]:.2f} to {shares[2]:.2f})"
        print(f"{row['measure']:>18} {shares[0]:6.2f} %{interval}")


if __name__ == "__main__":
    main()
