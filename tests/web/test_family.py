"""Processes that are kept running: killed ones come back, and one that never lives is told."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

import psutil
import pytest

from konbit.web.serving.family import Family

if TYPE_CHECKING:
    from collections.abc import Iterator

STAYS = [sys.executable, "-c", "import time; time.sleep(600)"]
ENDS = [sys.executable, "-c", "pass"]


def children() -> list[psutil.Process]:
    return [child for child in psutil.Process().children() if is_sleeping(child)]


def is_sleeping(child: psutil.Process) -> bool:
    """Whether it is one of ours and lives; between two looks it may end."""
    try:
        return "sleep(600)" in " ".join(child.cmdline())
    except psutil.NoSuchProcess:
        return False


def look_after_a_while(family: Family) -> None:
    end = time.monotonic() + 30
    while time.monotonic() < end:
        family.look_after()
        time.sleep(0.01)


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def lasting(said: list[str]) -> Iterator[Family]:
    family = Family({"pages": STAYS}, said.append, short_seconds=0.0)
    family.start()
    yield family
    family.end()
    assert children() == []


def test_whoever_served_comes_back_however_often_it_is_killed(
    lasting: Family, said: list[str]
) -> None:
    for _ in range(12):
        [child] = children()
        child.kill()
        while len(said) == 0 or children() == []:
            lasting.look_after()
            time.sleep(0.01)
        said.clear()
    assert len(children()) == 1


def test_who_ends_at_once_again_and_again_is_told(said: list[str]) -> None:
    family = Family({"worker": ENDS}, said.append)
    family.start()
    with pytest.raises(RuntimeError, match="worker dies again and again"):
        look_after_a_while(family)
    assert len(said) == 4
    family.end()
