"""Tables of what was measured: medians over seeds, for each size and severity."""

from __future__ import annotations

import os
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from made_missions.frame import SEVERITIES, SIZES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from measuring.runs import Record

PACKAGES = ("konbit", "highspy", "numpy", "linopy", "pyscipopt", "ortools")
NAMES = {
    "rule": "best rule of practice",
    "highs": "linopy + HiGHS",
    "scip": "linopy + SCIP",
    "cpsat": "CP-SAT",
}
NOTHING = "-"


def report(records: Iterable[Record]) -> str:
    """The machine, what the planner does, and how it compares with each peer at each limit."""
    found = list(records)
    parts = [_machine(found), _own(found), _beside(found), _tunings(found), _failed(found)]
    return "\n\n".join(part for part in parts if part) + "\n"


def _machine(records: Sequence[Record]) -> str:
    versions = []
    for package in PACKAGES:
        try:
            versions.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            versions.append(f"{package} not installed")
    seeds = sorted({record["seed"] for record in records})
    return "\n".join(
        [
            f"- machine: {_processor()}, {os.cpu_count()} cores, {platform.platform()}",
            f"- versions: Python {platform.python_version()}, {', '.join(versions)}",
            f"- seeds: {', '.join(map(str, seeds))}; every run in a process of its own",
            "- shares are of the weighted need; figures are medians over seeds",
        ]
    )


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    if info.exists():
        for line in info.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _groups(records: Sequence[Record]) -> list[tuple[str, str]]:
    present = {(record["size"], record["severity"]) for record in records}
    return [(size, severity) for size in SIZES for severity in SEVERITIES
            if (size, severity) in present]  # fmt: skip


def _of(records: Sequence[Record], who: str, size: str, severity: str) -> dict[int, Record]:
    """Records that did not fail, by seed."""
    return {
        record["seed"]: record
        for record in records
        if (record["who"], record["size"], record["severity"]) == (who, size, severity)
        and "error" not in record
    }


def _middle(values: Iterable[float | None], show: Callable[[float], str]) -> str:
    known = [value for value in values if value is not None]
    return show(median(known)) if known else NOTHING


def _seconds(value: float) -> str:
    return f"{value:.2f}" if value < 10 else f"{value:.0f}"


def _percent(value: float) -> str:
    return f"{value:.2%}"


def _ratio(value: float) -> str:
    return f"{value:.3f}"


def _share(record: Record, field: str) -> float | None:
    value = record.get(field)
    return None if value is None or not record.get("needed") else value / record["needed"]


def _gap(record: Record) -> float | None:
    points, bound = record.get("points"), record.get("bound")
    return None if points is None or not bound else max(0.0, bound - points) / bound


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _own(records: Sequence[Record]) -> str:
    """The planner alone, beside the continuous model."""
    head = ["size", "severity", "seeds", "build s", "LP s", "LP", "value", "bound", "gap",
            "solve s", "process CPU s", "peak MB", "first plan s", "solve / LP time",
            "verified"]  # fmt: skip
    rows = []
    for size, severity in _groups(records):
        own, lp = _of(records, "konbit", size, severity), _of(records, "lp", size, severity)
        if not own and not lp:
            continue
        runs = list(own.values())
        times = [own[s]["solve_seconds"] / lp[s]["solve_seconds"] for s in own if s in lp]
        verified = sum(not record["broken"] for record in runs)
        builds = [r["build_seconds"] for r in (runs or lp.values())]
        rows.append(
            [
                size,
                severity,
                str(max(len(own), len(lp))),
                _middle(builds, _seconds),
                _middle((r["solve_seconds"] for r in lp.values()), _seconds),
                _middle((_share(r, "bound") for r in lp.values()), _percent),
                _middle((_share(r, "points") for r in runs), _percent),
                _middle((_share(r, "bound") for r in runs), _percent),
                _middle((_gap(r) for r in runs), _percent),
                _middle((r["solve_seconds"] for r in runs), _seconds),
                _middle((r["cpu_seconds"] for r in runs), _seconds),
                _middle((r["peak_mb"] for r in runs), lambda mb: f"{mb:.0f}"),
                _middle((r.get("first_seconds") for r in runs), _seconds),
                _middle(times, _ratio),
                f"{verified} of {len(runs)}",
            ]
        )
    return "## The planner\n\n" + _table(head, rows) if rows else ""


def _beside(records: Sequence[Record]) -> str:
    """Each peer beside the planner; a peer without a plan counts as doing nothing."""
    head = ["size", "severity", "peer", "limit", "seeds", "build s", "solve s", "first plan s",
            "value", "bound", "peak MB", "without a plan", "verified",
            "konbit's value / peer's"]  # fmt: skip
    rows = []
    for size, severity in _groups(records):
        own = _of(records, "konbit", size, severity)
        for who, name in NAMES.items():
            limits = sorted({r["limit"] for r in _of(records, who, size, severity).values()})
            for limit in limits:
                chosen = [r for r in records if r["limit"] == limit]
                peer = _of(chosen, who, size, severity)
                rows.append([size, severity, name, limit, *_peer_cells(own, peer)])
    return "## Beside others\n\n" + _table(head, rows) if rows else ""


def _peer_cells(own: dict[int, Record], peer: dict[int, Record]) -> list[str]:
    runs = list(peer.values())
    planned = [r for r in runs if r.get("points")]
    values = [r.get("points", 0) / r["needed"] for r in runs]
    ratios = [
        own[seed]["points"] / r["points"] if r.get("points") else float("inf")
        for seed, r in peer.items()
        if seed in own
    ]
    return [
        str(len(runs)),
        _middle((r["build_seconds"] for r in runs), _seconds),
        _middle((r["solve_seconds"] for r in runs), _seconds),
        _middle((r.get("first_seconds") for r in runs), _seconds),
        _middle(values, _percent),
        _middle((_share(r, "bound") for r in runs), _percent),
        _middle((r["peak_mb"] for r in runs), lambda mb: f"{mb:.0f}"),
        str(len(runs) - len(planned)),
        f"{sum(not r['broken'] for r in planned)} of {len(planned)}",
        _middle(ratios, _ratio),
    ]


def _tunings(records: Sequence[Record]) -> str:
    """How often each tuning of the rule was the best, and how far it stays behind it."""
    by_name: dict[str, list[float]] = {}
    best: dict[str, int] = {}
    for record in records:
        values = record.get("by_tuning")
        if values:
            highest = max(values.values())
            best[record["tuning"]] = best.get(record["tuning"], 0) + 1
            for name, value in values.items():
                by_name.setdefault(name, []).append(value / max(1.0, highest))
    rows = [
        [name, str(best.get(name, 0)), _middle(shares, _percent)]
        for name, shares in sorted(by_name.items(), key=lambda item: -median(item[1]))
    ]
    head = ["tuning", "best in", "of the best tuning's value"]
    return "## Tunings of the rule of practice\n\n" + _table(head, rows) if rows else ""


def _failed(records: Sequence[Record]) -> str:
    rows = [
        f"- {r['who']} {r['size']} {r['severity']} seed {r['seed']} ({r['limit']}): {r['error']}"
        for r in records
        if "error" in r
    ]
    return "## Failed\n\n" + "\n".join(rows) if rows else ""
