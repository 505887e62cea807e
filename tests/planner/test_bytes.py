"""The same dossier gives the same bytes: in another process, hash seed or order of rows."""

from __future__ import annotations

import csv
import os
import random
import shutil
import subprocess
import sys
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from konbit import package
from konbit.planner import plan

if TYPE_CHECKING:
    from konbit.dossier import Dossier

DOSSIERS = Path(__file__).parents[2] / "dossiers"
NAMES = ("harbour", "two-camps", "regional-force")
AS_OF = date(2026, 2, 15)
PROGRAM = """
import sys
from datetime import date
from pathlib import Path
from konbit import package
from konbit.planner import plan
for folder in sys.argv[1:]:
    print(plan(package.read(Path(folder)).dossier, date(2026, 2, 15)).digest)
"""


def read(folder: Path) -> Dossier:
    reading = package.read(folder)
    assert reading.dossier is not None
    return reading.dossier


@cache
def digest_of(name: str) -> str:
    return plan(read(DOSSIERS / name), AS_OF).digest


@pytest.mark.parametrize("seed", ["1", "4711"])
def test_another_process_with_another_hash_seed_gives_the_same_plan(seed: str) -> None:
    folders = [DOSSIERS / name for name in NAMES]
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *map(str, folders)],
        env={**os.environ, "PYTHONHASHSEED": seed},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == [digest_of(name) for name in NAMES]


@pytest.mark.parametrize("name", NAMES)
def test_rows_in_another_order_give_the_same_plan(name: str, tmp_path: Path) -> None:
    shuffled = tmp_path / name
    shutil.copytree(DOSSIERS / name, shuffled)
    moved = 0
    order = random.Random(4711)  # noqa: S311 # an order to test with, nothing secret
    for path in sorted(shuffled.glob("*.csv")):
        with path.open(newline="", encoding="utf-8") as file:
            head, *rows = csv.reader(file)
        before = list(rows)
        order.shuffle(rows)
        moved += rows != before
        with path.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([head, *rows])
    assert moved
    assert plan(read(shuffled), AS_OF).digest == digest_of(name)


@pytest.mark.parametrize("name", NAMES)
def test_columns_in_another_order_give_the_same_dossier(name: str, tmp_path: Path) -> None:
    turned = tmp_path / name
    shutil.copytree(DOSSIERS / name, turned)
    for path in turned.glob("*.csv"):
        with path.open(newline="", encoding="utf-8") as file:
            rows = list(csv.reader(file))
        with path.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows(row[::-1] for row in rows)
    assert read(turned).digest == read(DOSSIERS / name).digest


def test_planning_twice_in_one_process_gives_the_same_plan() -> None:
    assert plan(read(DOSSIERS / "harbour"), AS_OF).digest == digest_of("harbour")


def test_another_dossier_gives_another_digest() -> None:
    assert len({digest_of(name) for name in NAMES}) == len(NAMES)
