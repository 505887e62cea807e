"""The planner on drawn missions, beside other solvers and officers' rules of practice.

`python benchmarks/planner.py` runs what was not run yet, keeps every run as a line of JSON, and
prints tables; cut off and started again it goes on where it was. `--quick` is a smoke run on the
smallest missions; `--report` prints the tables of what is there. See benchmarks/README.md.
"""

from __future__ import annotations

import argparse
import signal
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from made_missions.frame import SEVERITIES, SIZES
from measuring.report import NAMES, report
from measuring.runs import Notebook, Record, Run, carry_out, key_of

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
OUT = ROOT / "build" / "bench" / "runs.jsonl"
NEEDS = {"highs": "linopy", "scip": "pyscipopt", "cpsat": "ortools"}
CONTINUOUS = ("XS", "S", "M")  # sizes whose continuous model is solved as well
LEAST_SECONDS = 5.0  # a peer is given so much even where the planner is faster


def listed(allowed: tuple[str, ...]) -> object:
    """A parser of names with commas between them."""

    def parse(text: str) -> tuple[str, ...]:
        names = tuple(name for name in text.split(",") if name)
        unknown = [name for name in names if name not in allowed]
        if unknown:
            raise argparse.ArgumentTypeError(f"{unknown[0]} is none of {', '.join(allowed)}")
        return names

    return parse


def numbers(text: str) -> tuple[int, ...]:
    """Seeds: `10` for the first ten, `3,7` for these, `5-8` for a range."""
    if "," not in text and "-" not in text:
        return tuple(range(1, int(text) + 1))
    found: list[int] = []
    for part in text.split(","):
        low, _, high = part.partition("-")
        found += range(int(low), int(high or low) + 1)
    return tuple(found)


def options() -> argparse.Namespace:
    """What to run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=listed(tuple(SIZES)), default=("S", "M", "L", "XL"))  # type: ignore[arg-type]
    parser.add_argument("--severities", type=listed(tuple(SEVERITIES)), default=tuple(SEVERITIES))  # type: ignore[arg-type]
    parser.add_argument("--seeds", type=numbers, default=numbers("10"), help="10, or 3,7, or 5-8")
    parser.add_argument("--peers", type=listed(tuple(NAMES)), default=tuple(NAMES))  # type: ignore[arg-type]
    parser.add_argument(
        "--seconds",
        type=float,
        help="limit of a peer's search; without it as long as the planner's own, at least "
        f"{LEAST_SECONDS:.0f}",
    )
    parser.add_argument(
        "--konbit-seconds",
        type=float,
        default=0.0,
        help="end the planner's search after so many processor seconds; 0: at its own end",
    )
    parser.add_argument("--timeout", type=float, default=7_200, help="seconds to end any run")
    parser.add_argument("--out", type=Path, help=f"lines of JSON, otherwise {OUT}")
    parser.add_argument("--quick", action="store_true", help="a smoke run; keeps no file")
    parser.add_argument("--report", action="store_true", help="only print what is there")
    return parser.parse_args()


def missions(chosen: argparse.Namespace) -> Iterator[tuple[str, str, int]]:
    """Missions, seed by seed, so that a run that is cut has something of everything."""
    for size in chosen.sizes:
        for seed in chosen.seeds:
            for severity in chosen.severities:
                yield size, severity, seed


def measure(chosen: argparse.Namespace, notebook: Notebook) -> None:
    """Run what is not in the notebook yet."""
    peers = [who for who in chosen.peers if who not in NEEDS or find_spec(NEEDS[who])]
    for who in sorted(set(chosen.peers) - set(peers)):
        sys.stderr.write(f"{NAMES[who]} left out: {NEEDS[who]} is not installed\n")
    for mission in missions(chosen):
        seconds = chosen.seconds
        size = mission[0]
        for who in (*(("lp",) if size in CONTINUOUS else ()), "konbit", *peers):
            follows = who in NAMES and chosen.seconds is None
            limit = "equal" if follows else f"{chosen.seconds:g} s" if who in NAMES else "none"
            if who == "konbit" and chosen.konbit_seconds:
                limit = f"{chosen.konbit_seconds:g} s"
            allowed = chosen.konbit_seconds if who == "konbit" else seconds or LEAST_SECONDS
            run = Run(who, *mission, allowed, limit)
            record = notebook.get(run)
            if record is None:
                sys.stderr.write(f"{' '.join(map(str, mission))} {who}\n")
                record = carry_out(run, chosen.timeout)
                notebook.add(record)
            if who == "konbit" and chosen.seconds is None and "error" not in record:
                seconds = max(LEAST_SECONDS, record["build_seconds"] + record["solve_seconds"])


def quick(chosen: argparse.Namespace, notebook: Notebook) -> None:
    """A smoke run: the smallest missions beside the rule, and one of them beside a solver."""
    chosen.sizes, chosen.seeds, chosen.seconds = ("XS",), (1,), 2.0
    chosen.peers = ("rule",)
    measure(chosen, notebook)
    chosen.severities, chosen.peers = ("tight_money",), ("highs",)
    measure(chosen, notebook)


class Unkept(Notebook):
    """A notebook without a file: the records last as long as the run."""

    def __init__(self) -> None:
        self._records = {}

    def add(self, record: Record) -> None:
        """Keep a record until the tables are printed."""
        self._records[key_of(record)] = record


def main() -> None:
    """Run and print; a failed run, or a plan that breaks a rule, is an error."""
    chosen = options()
    # Ended from outside it stops like a program that is interrupted: with the run that it is in.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    notebook = Unkept() if chosen.quick else Notebook(chosen.out or OUT)
    if chosen.quick:
        quick(chosen, notebook)
    elif not chosen.report:
        measure(chosen, notebook)
    records = list(notebook)
    sys.stdout.write(report(records))
    if any("error" in record or record.get("broken") for record in records):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
