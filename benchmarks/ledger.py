"""Time the ledger on real PostgreSQL, with durable commits: posting, statements, growth.

`make bench` prints the figures of docs/explanation/the-ledger.md. Posting goes through the action
that pages use: every rule in Python, every guard in the database, leaf and history. Beside it, by
the same number of writers and with as many commits, bare inserts of two rows, and transfers of
django-hordak where it is installed. All take turns; only ratios of one run mean something.
"""

from __future__ import annotations

import argparse
import importlib.util
import multiprocessing
import sys
import time
from typing import TYPE_CHECKING, Any

import psutil

import ledger_writers
from measuring.empty_record import empty_record
from measuring.ledger_people import make_fund, make_people, person_and_fund, workers

if TYPE_CHECKING:
    from collections.abc import Callable

    from konbit.web.serving.embedded import Embedded

BATCH = 100
WRITERS = 16
SECONDS = 6.0
TURNS = 3
HAS_HORDAK = importlib.util.find_spec("hordak") is not None


def main() -> int:
    """Run what is asked for."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--seconds", type=float, default=SECONDS, help="for each measurement")
    asked.add_argument("--postings", type=int, default=1_000_000, help="of the largest log")
    told = asked.parse_args()
    with empty_record("http://localhost:8793") as (server, _):
        people = make_people()
        where: dict[str, Any] = {"officer": people["officer"], **_beside(server)}
        if told.seconds:
            posting(people, where, told.seconds)
        if told.postings:
            growth(people, told.postings)
    return 0


def posting(people: dict[str, int], where: dict[str, Any], seconds: float) -> None:
    """Transfers a second, and processor time of each: one by one and in batches, in turns."""
    kinds = ["bare", "ledger", *(["hordak"] if HAS_HORDAK else [])]
    for writers, batch in ((1, 1), (1, BATCH), (WRITERS, 1), (WRITERS, BATCH)):
        told = {kind: [0, 0.0, 0.0] for kind in kinds}
        turns = TURNS if writers == 1 else 1  # sixteen processes are slow to start
        for turn in range(turns):
            for kind in kinds:
                if kind == "ledger":
                    where["fund"] = make_fund(people, f"P{writers}-{batch}-{turn}")
                part = _turn(kind, writers, batch, seconds / turns, where)
                told[kind] = [had + more for had, more in zip(told[kind], part, strict=True)]
        print(f"{writers:>2} writers, {batch:>3} a commit: " + "; ".join(_shown(told)), flush=True)


def _shown(told: dict[str, list[float]]) -> list[str]:
    done, took, processor = told["ledger"]
    return [
        f"{kind} {n / clock:,.0f}/s, {work / n * 1e6:,.0f} µs of processor"
        + (f" (ledger {done / took / (n / clock):.2f} times as many,"
           f" {processor / done / (work / n):.2f} of the processor)" if kind != "ledger" else "")
        for kind, (n, clock, work) in told.items()
    ]  # fmt: skip


def _turn(
    kind: str, writers: int, batch: int, seconds: float, where: dict[str, Any]
) -> tuple[int, float, float]:
    """Transfers, seconds by the clock, and processor seconds of writers and their sessions."""
    context = multiprocessing.get_context("spawn") if kind == "hordak" else workers()
    barrier, counted = context.Barrier(writers + 1), context.Queue()
    work: Callable[..., None] = getattr(ledger_writers, kind)
    processes = [
        context.Process(target=work, args=(barrier, counted, n, batch, seconds, where))
        for n in range(writers)
    ]
    for process in processes:
        process.start()
    barrier.wait()
    begun = time.perf_counter()
    told = [counted.get() for _ in processes]
    took = time.perf_counter() - begun
    for process in processes:
        process.join()
    return sum(done for done, _ in told), took, sum(work for _, work in told)


def growth(people: dict[str, int], most: int) -> None:
    """Posting and statements as the log grows tenfold and tenfold again."""
    from konbit.web.ledger.actions import post
    from konbit.web.ledger.models import LedgerPosting
    from konbit.web.ledger.queries import statement
    from ledger_fund import draft

    officer, fund = person_and_fund(people["officer"], make_fund(people, "LARGE"))
    done, begun = 0, time.perf_counter()
    for size in (most // 100, most // 10, most):
        before, clock, processor = done, time.perf_counter(), _processor()
        while done * 4 < size:
            drafts = [
                draft("received", contribution=("USA-1", "FRA-1")[n % 2], bank="MAIN",
                      amount_minor=5, key=f"g-{done + n}",
                      on=f"{2020 + done // 100 % 6}-{n % 12 + 1:02d}-{done // 500 % 28 + 1:02d}")
                for n in range(100)
            ]  # fmt: skip
            post(officer, fund, drafts)
            done += 100
        each = (time.perf_counter() - clock) / max(1, done - before)
        work = (_processor() - processor) / max(1, done - before)
        fund.refresh_from_db()
        clocks, works = [], []
        for n in range(36):
            clock, processor = time.perf_counter(), _processor()
            statement(fund, until=f"{2020 + n % 6}-{n % 12 + 1:02d}-15",
                      known_before=fund.size * n // 36 if n % 2 else None)  # fmt: skip
            clocks.append(time.perf_counter() - clock)
            works.append(_processor() - processor)
        clocks.sort()
        postings = LedgerPosting.objects.filter(fund=fund).count()
        print(
            f"{postings:>9,} postings: a record in {each * 1e6:,.0f} µs ({work * 1e6:,.0f} of "
            f"processor); a statement on any date, as known after any record, in "
            f"{clocks[18] * 1e3:,.1f} ms (worst of 36: {clocks[-1] * 1e3:,.1f}; processor "
            f"{sum(works) / 36 * 1e3:,.1f})",
            flush=True,
        )
    print(f"in all {time.perf_counter() - begun:,.0f} s")


def _processor() -> float:
    """Processor seconds so far of this process and of its session."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        row = cursor.fetchone()
    times = psutil.Process(row[0] if row else 0).cpu_times()
    return time.process_time() + float(times.user + times.system)


def _beside(server: Embedded) -> dict[str, Any]:
    """The table of bare rows, and the schema of django-hordak, made ready."""
    from django.db import connections

    from konbit.web.serving.embedded import OWNER_ROLE

    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "CREATE TABLE bare_posting (id bigserial PRIMARY KEY, transfer bigint NOT NULL, "
            "account text NOT NULL, amount bigint NOT NULL)"
        )
        cursor.execute("GRANT INSERT ON bare_posting TO konbit_app")
        cursor.execute("GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO konbit_app")
        cursor.execute("CREATE SCHEMA hordak")
    address = server.url(OWNER_ROLE)
    if HAS_HORDAK:
        making = multiprocessing.get_context("spawn").Process(
            target=ledger_writers.set_up_hordak, args=(address,), kwargs={"anew": True}
        )
        making.start()
        making.join()
    return {"hordak": address}


if __name__ == "__main__":
    sys.exit(main())
