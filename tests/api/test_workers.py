"""Whoever works on futures, and in whatever order, the bytes are the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from distributed import LocalCluster

import konbit
from konbit.api.workers import ClusterUnreachableError, workers
from konbit.cli.documents import futures_document
from konbit.terms.digest import canonical_json
from missions import AS_OF, dossier
from uncertain_missions import everything_uncertain, stays_or_waits

if TYPE_CHECKING:
    from collections.abc import Iterator


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


@pytest.fixture
def cluster() -> Iterator[str]:
    """Address of a scheduler with two workers, each a process of its own with one thread."""
    with LocalCluster(  # type: ignore[no-untyped-call] # distributed leaves it untyped
        n_workers=2,
        threads_per_worker=1,
        processes=True,
        host="127.0.0.1",
        dashboard_address=None,
    ) as started:
        yield str(started.scheduler_address)


def test_a_cluster_writes_the_same_bytes(here: str, cluster: str) -> None:
    assert written(cluster=cluster) == here


def test_a_scheduler_that_does_not_answer_is_named() -> None:
    with (
        pytest.raises(ClusterUnreachableError, match="no scheduler at"),
        workers(cluster="tcp://127.0.0.1:9"),
    ):
        pass


def test_work_needs_a_worker() -> None:
    with pytest.raises(ValueError, match="at least one worker"), workers(0):
        pass
