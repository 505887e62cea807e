"""How soon it is known what one more pledge would change, and how true the answer is.

`python benchmarks/one_more_pledge.py [--mission DIR --as-of DATE]` plans a dossier once. On the
finished plan it tries every ask of the call list by itself, in the continuous model and in whole
units, and times each; it times the whole call list; and it plans the mission afresh with some of
the asks answered, to see whether the gains told were there. `--quick` is a smoke run on a small
mission. Seconds are of the processor, on all cores, so that other work on the machine tells little.

A drawn mission too large to be solved as one is searched for `--search-seconds`. Asks are then
tried near the plan, as `konbit plan` tries them; afresh, gifts alone are tried: the gift is written
into the dossier as received, and the mission searched as long again.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import time
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from konbit.dossier import Dossier
from konbit.dossier.plan import FULL
from konbit.dossier.scenario import under
from konbit.dossier.tables.fund import Contribution, ContributionEvent
from konbit.package import read
from konbit.planner import asks, goals, searched
from konbit.planner.explain import reasons
from konbit.planner.levers import FAMILIES
from konbit.planner.planning import silent, tried_on
from konbit.planner.problem import prepare
from konbit.planner.solve import Solver
from konbit.terms import Money
from measuring.agreement import Compared, table, timing_line

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import TypeVar

    from konbit.planner.asks import Idea
    from konbit.planner.levers import Lever
    from konbit.planner.resolve import Base, Gain
    from konbit.planner.settle import Solved

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
    is_confirmed: bool = False


def timed(work: Callable[[], T]) -> tuple[T, float]:
    """What some work gives, and the processor seconds it took on all cores."""
    began = time.process_time()
    found = work()
    return found, time.process_time() - began


def seconds_of(base: Base, lever: Lever) -> float:
    """Seconds of one lever in the continuous model."""
    return timed(lambda: base.quick([lever]))[1]


def quick_points(base: Base, lever: Lever) -> int:
    """Points of one lever in the continuous model; nobody has enough of a benchmark."""
    return (base.quick([lever]) or [0])[0]


def full_gain(base: Base, lever: Lever, points: int) -> Gain:
    """What one lever gains in whole units."""
    (gain,) = [found for found in base.full([lever], [points]) if found is not None]
    return gain


def try_all(base: Base, ideas: Sequence[Idea], confirmed: int) -> list[Tried]:
    """Try every ask as if nothing else were asked, and those that gain most in whole units."""
    quick = [timed(partial(quick_points, base, idea.lever)) for idea in ideas]
    order = sorted(range(len(ideas)), key=lambda i: (-quick[i][0], i))
    sure = set(order[:confirmed])
    tried = []
    for i, (idea, (points, seconds)) in enumerate(zip(ideas, quick, strict=True)):
        if i not in sure:
            tried.append(Tried(idea, points, seconds))
            continue
        gain, full = timed(partial(full_gain, base, idea.lever, points))
        # What gains less than a ten-thousandth is not searched; its time would flatter the others.
        is_searched = base.is_small or points * FULL > base.needed
        told = full if is_searched else None
        tried.append(Tried(idea, points, seconds, gain.least_points, gain.most_points, told, True))
    return tried


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


def plan_afresh(base: Base, idea: Idea) -> tuple[int, int]:
    """Points of the first goal searched from nothing with a change, and the bound: as in a plan."""
    problem = base.solved.problem
    solver = Solver(problem.model)
    solver.bound(idea.lever.columns, idea.lever.rows)
    if base.is_small:
        answer = solver.best(problem.coverage, gap=0.0, nodes=goals.COVERAGE_NODES)
    else:
        answer = solver.best(problem.leaning, gap=searched.COVERAGE_GAP, nodes=goals.COVERAGE_NODES)
    return round(float(problem.coverage @ answer.values) * FULL), round(answer.bound * FULL)


def compare(one: Tried, before: int, afresh: Callable[[Idea], tuple[int, int]]) -> Compared:
    """One ask beside the mission planned afresh with it answered."""
    (value, bound), seconds = timed(lambda: afresh(one.idea))
    unproven = max(0, bound - value)
    name = name_of(one.idea)
    return Compared(name, one.quick, one.least, one.most, value - before, unproven, seconds)


def with_gift(mission: Mission, idea: Idea) -> Mission:
    """A mission to whose fund as much cash as is asked for was given, free for anything."""
    assert idea.amount_minor is not None
    facts: dict[str, Any] = {
        "source": "benchmarks/one_more_pledge.py",
        "source_on": mission.as_of_on,
        "confidence": "assumption",
        "basis": "The ask answered",
        "known_on": mission.as_of_on,
    }
    donor = mission.dossier.rows(Contribution)[0].donor
    gift = Contribution(
        code="ASKED",
        title="What was asked for",
        donor=donor,
        instrument="trust_fund",
        fund=idea.subject,
        **facts,
    )
    came = ContributionEvent(
        code="ASKED-RECEIVED",
        contribution="ASKED",
        stage="received",
        on=mission.as_of_on,
        amount=Money(idea.amount_minor, mission.dossier.mission.currency),
        **facts,
    )
    rows = [row for table in mission.dossier.tables.values() for row in table]
    return replace(mission, dossier=Dossier.of([*rows, gift, came]))


@dataclass(frozen=True, eq=False)
class Mission:
    """A dossier, the day, and how many seconds a large one is searched; 0: to the end."""

    dossier: Dossier
    as_of_on: date
    search_seconds: float

    def solved(self) -> Solved:
        """Its plan, without what explains it."""
        scenario = self.dossier.mission.scenario
        known = under(self.dossier, scenario)[0].known_on(self.as_of_on)
        world, treasury = prepare(known, self.as_of_on, scenario)
        begun = time.process_time()

        def enough() -> bool:
            return 0 < self.search_seconds < time.process_time() - begun

        return goals.solve(world, treasury, silent, enough=enough)


def searched_afresh(mission: Mission, idea: Idea) -> tuple[int, int]:
    """Points and bound of a large mission searched again with a gift."""
    stage = with_gift(mission, idea).solved().stages[0]
    return stage.value, stage.bound


def measure(mission: Mission, name: str, *, confirmed: int, fresh: int) -> str:
    """Measure one dossier, and tell it as lines of text."""
    solved, plan_seconds = timed(mission.solved)
    whole = int(solved.problem.model.whole.sum())
    (base, _), base_seconds = timed(lambda: tried_on(solved))
    if base is None:
        raise SystemExit(f"{name} is so large that its plan has no call list")
    why = reasons(solved)
    listed, list_seconds = timed(lambda: asks.call_list(base, why))
    tried = try_all(base, list(asks._ideas(base.solved, why)), confirmed)
    lifted = [lift(base.solved.problem) for lift in FAMILIES.values()]
    families = [seconds_of(base, lever) for lever in lifted]
    target = 10.0 if whole >= SIZE_M else 2.0
    full = [one.full_seconds for one in tried if one.full_seconds is not None]
    is_part = base.solved is not solved
    again = partial(searched_afresh, mission) if is_part else partial(plan_afresh, base)
    chosen = [
        one
        for one in tried
        if (one.is_confirmed or not one.quick) and (not is_part or one.idea.kind == "money")
    ]
    before = solved.stages[0].value
    rows = [compare(one, before, again) for one in chosen_for_fresh(chosen, fresh)]
    system = f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    return "\n".join(
        [
            f"One more pledge: {name}, as of {mission.as_of_on}",
            f"  plan      searched in {plan_seconds:.1f} s, then readied in {base_seconds:.1f} s",
            f"  model     {whole} whole columns; gap {solved.stages[0].gap / 100:.2f} %",
            f"  asked     in {int(base.solved.problem.model.whole.sum())} whole columns",
            f"  {'processor seconds':<34} {'median':>7} {'p95':>7} {'slowest':>7} {'tries':>5}",
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
    parser.add_argument(
        "--search-seconds",
        type=float,
        default=0.0,
        help="end a search after so many processor seconds; 0: at its own end",
    )
    parser.add_argument("--quick", action="store_true", help="a smoke run on a small mission")
    chosen = parser.parse_args()
    folder = SMALL_MISSION if chosen.quick else chosen.mission
    dossier = read(folder).dossier
    assert dossier is not None, f"{folder} cannot be read"
    day = None if chosen.quick else chosen.as_of
    mission = Mission(dossier, day or dossier.last_known_on, chosen.search_seconds)
    confirmed, fresh = (6, 3) if chosen.quick else (chosen.confirmed, chosen.fresh)
    sys.stdout.write(measure(mission, folder.name, confirmed=confirmed, fresh=fresh) + "\n")


if __name__ == "__main__":
    main()
