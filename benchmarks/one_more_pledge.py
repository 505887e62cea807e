"""How soon it is known what one more pledge would change, and how true the answer is.

`python benchmarks/one_more_pledge.py [--mission DIR --as-of DATE]` plans a dossier once. On the
finished plan it tries every ask of the call list by itself, in the continuous model and in whole
units, and times each; it times the whole call list; and it plans the mission afresh with some of
the asks answered, to see whether the gains told were there. `--quick` is a smoke run on a small
mission.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import time
from collections import Counter
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from konbit.dossier.plan import FULL
from konbit.dossier.scenario import under
from konbit.package import read
from konbit.planner import asks, goals, searched
from konbit.planner.explain import reasons
from konbit.planner.levers import FAMILIES
from konbit.planner.planning import silent
from konbit.planner.problem import prepare
from konbit.planner.resolve import Base
from konbit.planner.solve import Solver
from measuring.agreement import Compared, table, timing_line

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import TypeVar

    from konbit.planner.asks import Idea
    from konbit.planner.levers import Lever

    T = TypeVar("T")

ROOT = Path(__file__).parents[1]
SMALL_MISSION = ROOT / "dossiers" / "regional-force"
PACKAGES = ("konbit", "highspy", "numpy", "pandas")
SIZE_M = 10_000  # whole columns from which a mission is held to the target of size M
CALL_LIST_SECONDS = 30.0
# Of each kind, how many asks are planned afresh: those that gain most in the continuous model.
FRESH = {"money": 4, "unfreeze": 1, "camp": 1, "lift": 1, "unit": 2, "ready": 2}


@dataclass(frozen=True, slots=True)
class Tried:
    """An ask tried on the finished plan: gains in points, and seconds."""

    idea: Idea
    quick: int
    quick_seconds: float
    least: int = 0
    most: int = 0
    full_seconds: float | None = None


def timed(work: Callable[[], T]) -> tuple[T, float]:
    """What some work gives, and the wall-clock seconds it took."""
    began = time.perf_counter()
    found = work()
    return found, time.perf_counter() - began


def seconds_of(base: Base, lever: Lever) -> float:
    """Seconds of one lever in the continuous model."""
    return timed(lambda: base.quick([lever]))[1]


def try_one(base: Base, idea: Idea, *, confirm: bool) -> Tried:
    """Try one ask as if nothing else were asked."""
    (quick,), seconds = timed(lambda: base.quick([idea.lever]))
    if not confirm:
        return Tried(idea, quick, seconds)
    (gain,), full = timed(lambda: base.full([idea.lever], [quick]))
    # What gains less than a ten-thousandth is not searched; its time would flatter the others.
    searched = full if base.is_small or quick * FULL > base.needed else None
    return Tried(idea, quick, seconds, gain.least_points, gain.most_points, searched)


def name_of(idea: Idea) -> str:
    """An ask in a few words."""
    if idea.amount_minor is not None:
        return f"{idea.kind} {idea.subject} {idea.amount_minor / 1e8:.1f} M"
    return f"{idea.kind} {idea.subject} {idea.quantity or ''}".strip()


def chosen_for_fresh(tried: Sequence[Tried], most: int) -> list[Tried]:
    """Some asks of every kind, those that gain most first."""
    taken: Counter[str] = Counter()
    chosen = []
    for one in sorted(tried, key=lambda t: -t.quick):
        if taken[one.idea.kind] < FRESH.get(one.idea.kind, 0):
            taken[one.idea.kind] += 1
            chosen.append(one)
    return chosen[:most]


def plan_afresh(base: Base, lever: Lever) -> tuple[int, int]:
    """Points of the first goal searched from nothing with a change, and the bound: as in a plan."""
    problem = base.solved.problem
    solver = Solver(problem.model)
    solver.bound(lever.columns, lever.rows)
    if base.is_small:
        answer = solver.best(problem.coverage, gap=0.0, nodes=goals.COVERAGE_NODES)
    else:
        answer = solver.best(problem.leaning, gap=searched.COVERAGE_GAP, nodes=goals.COVERAGE_NODES)
    return round(float(problem.coverage @ answer.values) * FULL), round(answer.bound * FULL)


def compare(base: Base, one: Tried) -> Compared:
    """One ask beside the mission planned afresh with it answered."""
    (value, bound), seconds = timed(lambda: plan_afresh(base, one.idea.lever))
    fresh = value - base.solved.stages[0].value
    unproven = max(0, bound - value)
    return Compared(name_of(one.idea), one.quick, one.least, one.most, fresh, unproven, seconds)


def measure(folder: Path, day: date | None, *, confirmed: int, fresh: int) -> str:
    """Measure one dossier, and tell it as lines of text."""
    dossier = read(folder).dossier
    assert dossier is not None, f"{folder} cannot be read"
    as_of_on = day or dossier.last_known_on
    edited, _ = under(dossier, dossier.mission.scenario)
    known = edited.known_on(as_of_on)
    world, treasury = prepare(known, as_of_on, dossier.mission.scenario)
    solved, plan_seconds = timed(lambda: goals.solve(world, treasury, silent))
    if not solved.problem.is_wide:
        raise SystemExit(f"{folder} is so large that its plan has no call list")
    base, base_seconds = timed(lambda: Base(solved))
    why = reasons(solved)
    listed, list_seconds = timed(lambda: asks.call_list(base, why))
    ideas = list(asks._ideas(solved, why))
    first = base.quick([idea.lever for idea in ideas])
    order = sorted(range(len(ideas)), key=lambda i: (-first[i], i))
    sure = set(order[:confirmed])
    tried = [try_one(base, idea, confirm=i in sure) for i, idea in enumerate(ideas)]
    lifted = [lift(solved.problem) for lift in FAMILIES.values()]
    families = [seconds_of(base, lever) for lever in lifted]
    whole = int(solved.problem.model.whole.sum())
    target = 10.0 if whole >= SIZE_M else 2.0
    full = [one.full_seconds for one in tried if one.full_seconds is not None]
    chosen = chosen_for_fresh([t for i, t in enumerate(tried) if i in sure or not t.quick], fresh)
    rows = [compare(base, one) for one in chosen]
    system = f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    return "\n".join(
        [
            f"One more pledge: {folder.name}, as of {as_of_on}",
            f"  plan      searched in {plan_seconds:.1f} s, then readied in {base_seconds:.1f} s",
            f"  model     {whole} whole columns; gap {solved.stages[0].gap / 100:.2f} %",
            f"  {'seconds':<34} {'median':>7} {'p95':>7} {'slowest':>7} {'tries':>5}",
            timing_line("one ask, continuous model", [t.quick_seconds for t in tried], target),
            timing_line("one ask, confirmed in whole units", full, target),
            timing_line("one family lifted, continuous", families, None),
            timing_line(
                f"the whole call list, {len(listed)} asks", [list_seconds], CALL_LIST_SECONDS
            ),
            "Planned afresh with the ask answered; gains in % of the weighted need",
            table(rows, base.needed),
            f"  machine   {system}",
            f"  load      {os.getloadavg()[0]:.1f} at the end",
            f"  versions  {', '.join(f'{package} {version(package)}' for package in PACKAGES)}",
        ]
    )


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mission", type=Path, default=ROOT / "dossiers" / "haiti")
    parser.add_argument("--as-of", type=date.fromisoformat, help="day; the last known, if left out")
    parser.add_argument("--confirmed", type=int, default=100, help="most asks confirmed")
    parser.add_argument("--fresh", type=int, default=11, help="most asks planned afresh")
    parser.add_argument("--quick", action="store_true", help="a smoke run on a small mission")
    chosen = parser.parse_args()
    if chosen.quick:
        told = measure(SMALL_MISSION, None, confirmed=6, fresh=3)
    else:
        told = measure(chosen.mission, chosen.as_of, confirmed=chosen.confirmed, fresh=chosen.fresh)
    sys.stdout.write(told + "\n")


if __name__ == "__main__":
    main()
