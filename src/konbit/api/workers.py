"""Where work on futures is done: here, in processes of this machine, or on a cluster."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, TypeVar

from konbit.planner.futures import in_turn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from konbit.planner.futures import Case, Spread

T = TypeVar("T")
R = TypeVar("R")

ANSWER_WITHIN = "10s"
"""How long a scheduler is waited for."""


class ClusterMissingError(RuntimeError):
    """A cluster is asked for, but `konbit[cluster]` is not installed."""


class ClusterUnreachableError(RuntimeError):
    """No scheduler with a worker answers at the address."""


class ClusterDiffersError(RuntimeError):
    """A worker has other versions than are here, and might come to other numbers."""


@contextmanager
def workers(count: int = 1, cluster: str = "") -> Iterator[Spread]:
    """A way to spread work, for as long as the context lasts.

    Whatever the way, results come in the order of what was asked, and are the same.

    Args:
        count: processes of this machine; with one the work is done here.
        cluster: address of a `dask.distributed` scheduler, whose workers have this version of
            Konbit; the count is then theirs.

    Raises:
        ClusterMissingError: `dask.distributed` is not installed.
        ClusterUnreachableError: no scheduler answers, or it has no workers.
        ClusterDiffersError: a worker has other versions than are here.
        ValueError: the count is below one.
    """
    if count < 1:
        raise ValueError("work needs at least one worker")
    if cluster:
        with _client(cluster) as client:
            yield partial(_on_cluster, client)
    elif count == 1:
        yield in_turn
    else:
        # A fresh process for each worker: a copy of this one may hold locks of its threads.
        context = multiprocessing.get_context("spawn")
        pool = ProcessPoolExecutor(count, mp_context=context, initializer=_beside_the_parent)
        try:
            yield partial(_in_processes, pool)
        finally:
            pool.shutdown(cancel_futures=True)


def _beside_the_parent() -> None:
    """Let a worker end with the process it works for, however that ends, and in silence."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_the_parent, daemon=True).start()


def _end_with_the_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(0)


def _in_processes(
    pool: ProcessPoolExecutor, work: Callable[[Case, T], R], case: Case, items: Sequence[T], /
) -> Iterator[R]:
    asked = [pool.submit(work, case, item) for item in items]
    return (one.result() for one in asked)


@contextmanager
def _client(address: str) -> Iterator[Any]:
    try:
        from distributed import Client
    except ImportError as error:
        raise ClusterMissingError("dask.distributed is not installed") from error
    try:
        client = Client(address, timeout=ANSWER_WITHIN, set_as_default=False)  # type: ignore[no-untyped-call] # distributed leaves it untyped
    except (OSError, ValueError) as error:
        raise ClusterUnreachableError(f"no scheduler at {address}") from error
    with client:
        there = client.run(_versions)
        if not there:
            raise ClusterUnreachableError(f"no worker at {address}")
        if any(versions != _versions() for versions in there.values()):
            raise ClusterDiffersError(f"other versions at {address}")
        yield client


def _versions() -> tuple[str, ...]:
    """Of all that numbers depend on."""
    return tuple(version(name) for name in ("konbit", "highspy", "numpy"))


def _on_cluster(
    client: Any, work: Callable[[Case, T], R], case: Case, items: Sequence[T], /
) -> Iterator[R]:
    """The case travels once to every worker; each item is a task of its own."""
    sent = client.scatter(case, broadcast=True, hash=False)
    asked = [client.submit(work, sent, item, pure=False) for item in items]
    return (one.result() for one in asked)
