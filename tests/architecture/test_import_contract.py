"""The rooms point one way, and every dependency is declared and used."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import grimp

ROOT = Path(__file__).parents[2]
PROGRAMS = Path(sys.executable).parent


def _run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_rooms_import_only_from_the_left() -> None:
    done = _run(str(PROGRAMS / "lint-imports"), "--no-cache")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 broken" in done.stdout


def test_every_dependency_is_declared_and_used() -> None:
    done = _run(str(PROGRAMS / "deptry"), ".", "--no-ansi")
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_check_of_a_plan_shares_nothing_with_the_making_of_it() -> None:
    """Whatever modules the planner gets, the check reaches those of its own folder only."""
    graph = grimp.build_graph("konbit", cache_dir=None)
    own = {"konbit.planner.verify", "konbit.planner.verifying"}
    reached = graph.find_upstream_modules("konbit.planner.verify", as_package=True)
    planner = {name for name in reached if name.startswith("konbit.planner.")}
    assert {name for name in planner if ".".join(name.split(".")[:3]) not in own} == set()
    assert planner
