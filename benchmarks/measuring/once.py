"""One run of one party on one drawn mission, in this process; prints a line of JSON.

Run by benchmarks/planner.py, so that time and memory are this run's alone.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

# Started as a file, it finds its neighbours from here.
sys.path.insert(0, str(Path(__file__).parents[1]))

import konbit_runs
from instances import draw
from konbit.dossier.plan import FULL

if TYPE_CHECKING:
    from konbit.dossier import Dossier
    from konbit.planner.constraints.money import Treasury
    from konbit.planner.world import World

    Found = dict[str, Any]


def run_konbit(dossier: Dossier, world: World, treasury: Treasury, seconds: float) -> Found:
    """The planner: time to write its model, then to plan, to its own end or for some seconds."""
    began = time.perf_counter()
    konbit_runs.build(world, treasury)
    build = time.perf_counter() - began
    began = time.perf_counter()
    searched = konbit_runs.search(world, treasury, seconds=seconds or None)
    solved = searched.solved
    # Planning writes the model once more; only the search is counted as such.
    solve = time.perf_counter() - began - build
    value, bound = konbit_runs.value_and_bound(solved)
    score = konbit_runs.score(dossier, solved)
    found = {
        "build_seconds": build,
        "solve_seconds": solve,
        "first_seconds": searched.first_seconds,
        "value": value,
        "bound": bound,
    }
    return found | _told(score)


def run_lp(_dossier: Dossier, world: World, treasury: Treasury, _seconds: float) -> Found:
    """The continuous model of the planner."""
    began = time.perf_counter()
    problem = konbit_runs.build(world, treasury)
    build = time.perf_counter() - began
    began = time.perf_counter()
    bound = konbit_runs.relax(problem)
    return {
        "build_seconds": build,
        "solve_seconds": time.perf_counter() - began,
        "bound": bound,
    }


def run_rule(dossier: Dossier, world: World, treasury: Treasury, seconds: float) -> Found:
    """The best rule of practice; no new tuning is begun after the time is over."""
    from peers.arrays import read_mission
    from peers.rule import best_practice

    began = time.perf_counter()
    mission = read_mission(world, treasury)
    build = time.perf_counter() - began
    began = time.perf_counter()
    practice = best_practice(mission, seconds=seconds)
    solve = time.perf_counter() - began
    score = konbit_runs.judge(dossier, konbit_runs.build(world, treasury), practice.choice)
    found: Found = {"build_seconds": build, "solve_seconds": solve, "tuning": practice.tuning}
    values = {name: value * FULL for name, value in practice.values.items()}
    return found | _told(score) | {"value": score.points, "by_tuning": values}


def run_solver(
    solver: str, dossier: Dossier, world: World, treasury: Treasury, seconds: float
) -> Found:
    """The analyst's model in a solver."""
    from peers.analyst import Analyst
    from peers.arrays import read_mission
    from peers.solvers import choice_of, solve

    began = time.perf_counter()
    analyst = Analyst(read_mission(world, treasury))
    build = time.perf_counter() - began
    began = time.perf_counter()
    answer = solve(analyst, solver, seconds)
    found: Found = {
        "build_seconds": build,
        "solve_seconds": time.perf_counter() - began,
        "first_seconds": answer.first_seconds,
        "value": None if answer.value is None else answer.value * FULL,
        "bound": None if answer.bound is None else answer.bound * FULL,
    }
    if answer.value is None:
        return found
    choice = choice_of(analyst, answer)
    return found | _told(konbit_runs.judge(dossier, konbit_runs.build(world, treasury), choice))


def _told(score: konbit_runs.Score) -> Found:
    return {"points": score.points, "broken": list(score.broken)}


def main() -> None:
    """Draw, run, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("who")
    parser.add_argument("size")
    parser.add_argument("severity")
    parser.add_argument("seed", type=int)
    parser.add_argument("seconds", type=float)
    chosen = parser.parse_args()
    dossier = draw(chosen.size, chosen.severity, chosen.seed)
    began = time.perf_counter()
    world, treasury = konbit_runs.read_sets(dossier)
    read = time.perf_counter() - began
    own = {"konbit": run_konbit, "lp": run_lp, "rule": run_rule}
    if chosen.who in own:
        found = own[chosen.who](dossier, world, treasury, chosen.seconds)
    else:
        found = run_solver(chosen.who, dossier, world, treasury, chosen.seconds)
    # Solvers print banners of their own; the last line is ours.
    needed = sum(need.weight * len(need.months) for need in world.needs) * FULL
    told = {"read_seconds": read, "needed": needed} | found
    sys.stdout.write("\n" + json.dumps(told) + "\n")


if __name__ == "__main__":
    main()
