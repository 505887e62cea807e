"""How long a whole plan takes in a cold process, how much memory, how close to the best.

`python benchmarks/haiti.py [DOSSIER] [--runs N]` plans a dossier several times, each in a
process of its own and with everything but the PDF, and prints the median and every run, so that a
figure in the documentation can be printed again by anybody.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).parents[1]
PROGRAM = Path(sys.executable).parent / "konbit"
PACKAGES = ("konbit", "highspy", "numpy", "pandas", "vl-convert-python", "xlsxwriter")


@dataclass(frozen=True, slots=True)
class Run:
    """One cold run: wall-clock seconds, peak memory, and the JSON document it printed."""

    seconds: float
    peak_mb: float
    document: bytes


def run_once(dossier: Path) -> Run:
    """Plan once in a process of its own, outputs included, PDF excluded."""
    with tempfile.TemporaryDirectory(prefix="konbit-bench-") as out:
        command = [str(PROGRAM), "plan", str(dossier), "--out", out, "--no-pdf", "--json"]
        start = time.perf_counter()
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as child:
            assert child.stdout is not None
            document = child.stdout.read()
            _, status, usage = os.wait4(child.pid, 0)
            child.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.perf_counter() - start
    if child.returncode != 0:
        raise SystemExit(f"konbit plan {dossier} ended with exit code {child.returncode}")
    # Linux counts in kibibytes, macOS in bytes.
    unit = 1024 if sys.platform.startswith("linux") else 1
    return Run(seconds, usage.ru_maxrss * unit / 1e6, document)


def report(dossier: Path, runs: list[Run]) -> str:
    """The figures as lines of text."""
    plan = json.loads(runs[0].document)
    seconds = sorted(run.seconds for run in runs)
    every = ", ".join(f"{s:.2f}" for s in seconds)
    gaps = [f"{goal['goal']} {goal['gap_in_10000'] / 100:.2f} %" for goal in plan["goals"]]
    covered = plan["covered_points"] / max(1, plan["needed_points"])
    same = len({run.document for run in runs}) == 1
    system = f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    return "\n".join(
        [
            f"konbit plan {dossier} --out ... --no-pdf, as of {plan['as_of']}",
            f"  seconds   {statistics.median(seconds):.2f}, the median of {len(runs)} ({every})",
            f"  memory    {max(run.peak_mb for run in runs):.0f} MB at the peak",
            f"  gap       {', '.join(gaps)}",
            f"  covered   {covered:.2%} of the weighted need, verified: {plan['verified']}",
            f"  same      every run printed the same bytes: {'yes' if same else 'NO'}",
            f"  machine   {system}",
            f"  versions  {', '.join(f'{package} {version(package)}' for package in PACKAGES)}",
        ]
    )


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("dossier", nargs="?", type=Path, default=ROOT / "dossiers" / "haiti")
    parser.add_argument("--runs", type=int, default=5)
    chosen = parser.parse_args()
    runs = []
    for number in range(chosen.runs):
        sys.stderr.write(f"run {number + 1} of {chosen.runs}\n")
        runs.append(run_once(chosen.dossier))
    sys.stdout.write(report(chosen.dossier, runs) + "\n")


if __name__ == "__main__":
    main()
