"""Whoever works on futures, and in whatever order, the bytes are the same."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

import pytest
from distributed import Client

import konbit
from konbit.api.workers import ClusterDiffersError, ClusterUnreachableError, workers
from konbit.cli.documents import futures_document
from konbit.terms.digest import canonical_json
from missions import AS_OF, dossier
from uncertain_missions import everything_uncertain, stays_or_waits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


def written(**how: object) -> str:
    """Everything that `konbit futures --json` would print."""
    view = konbit.futures(
        dossier(stays_or_waits(), everything_uncertain()),
        AS_OF,
        count=5,
        seed=3,
        decide_months=1,
        **how,  # type: ignore[arg-type] # workers or cluster
    )
    return canonical_json(futures_document(view.result))


@pytest.fixture(scope="module")
def here() -> str:
    return written()


def test_two_processes_write_the_same_bytes_as_none(here: str) -> None:
    assert written(workers=2) == here


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a scheduler with two workers, each a process of its own with one thread."""
    told = tmp_path_factory.mktemp("cluster") / "scheduler.json"
    with ExitStack() as running:
        where = ("--scheduler-file", str(told), "--no-dashboard")
        running.enter_context(program("dask_scheduler", *where, "--host", "127.0.0.1:0"))
        wait_until(lambda: told.is_file() and told.stat().st_size > 0)
        address = json.loads(told.read_text("utf-8"))["address"]
        for _ in range(2):
            running.enter_context(program("dask_worker", *where, "--nthreads", "1", "--no-nanny"))
        with Client(address, timeout="120s", set_as_default=False) as client:  # type: ignore[no-untyped-call] # distributed leaves it untyped
            client.wait_for_workers(2, timeout=120)
        yield address


@contextmanager
def program(name: str, *arguments: str) -> Iterator[None]:
    """A program of `distributed`, ended with the context."""
    command = [sys.executable, "-m", f"distributed.cli.{name}", *arguments]
    started = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield
    finally:
        started.terminate()
        started.wait(60)


def wait_until(done: Callable[[], bool]) -> None:
    for _ in range(1_200):
        if done():
            return
        time.sleep(0.1)
    pytest.fail("it did not start")


def test_a_cluster_without_workers_is_named(tmp_path: Path) -> None:
    told = tmp_path / "scheduler.json"
    where = ("--scheduler-file", str(told), "--no-dashboard")
    with program("dask_scheduler", *where, "--host", "127.0.0.1:0"):
        wait_until(lambda: told.is_file() and told.stat().st_size > 0)
        address = json.loads(told.read_text("utf-8"))["address"]
        with pytest.raises(ClusterUnreachableError, match="no worker"), workers(cluster=address):
            pass


def test_workers_of_another_version_are_not_asked(
    cluster: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("konbit.api.workers.version", lambda name: f"{name}-of-tomorrow")
    with pytest.raises(ClusterDiffersError), workers(cluster=cluster):
        pass


def test_a_cluster_writes_the_same_bytes(here: str, cluster: str) -> None:
    assert written(cluster=cluster) == here


def test_a_scheduler_that_does_not_answer_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("konbit.api.workers.ANSWER_WITHIN", "1s")
    with (
        pytest.raises(ClusterUnreachableError, match="no scheduler at"),
        workers(cluster="tcp://127.0.0.1:9"),
    ):
        pass


def test_work_needs_a_worker() -> None:
    with pytest.raises(ValueError, match="at least one worker"), workers(0):
        pass
