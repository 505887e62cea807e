"""Time the ledger on real PostgreSQL, with durable commits: posting, statements, growth, races.

`make bench` prints the figures of docs/explanation/the-ledger.md. Posting goes through the action
that pages use: every rule in Python, every guard in the database, leaf and history. Beside it, by
the same number of writers and with as many commits, bare inserts of two rows. Only ratios of one
run mean something.
"""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from measuring.empty_record import empty_record

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1] / "tests")]

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.synchronize import Barrier

BATCH = 100
WRITERS = 16
SECONDS = 6.0


def main() -> int:
    """Run what is asked for."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--seconds", type=float, default=SECONDS, help="for each measurement")
    asked.add_argument("--postings", type=int, default=1_000_000, help="of the largest log")
    asked.add_argument("--rounds", type=int, default=100, help="of the race for the last money")
    told = asked.parse_args()
    with empty_record("http://localhost:8793"):
        people = _people()
        _bare_table()
        posting(people, told.seconds)
        race(people, told.rounds)
        growth(people, told.postings)
    return 0


def posting(people: dict[str, int], seconds: float) -> None:
    """Transfers a second: bare and ours; one by one and in batches."""
    kinds: list[tuple[str, Callable[..., None]]] = [("bare", bare), ("ledger", ledger)]
    for writers, batch in ((1, 1), (1, BATCH), (WRITERS, 1), (WRITERS, BATCH)):
        rates = {}
        for name, work in kinds:
            fund = _fund(people, f"P{writers}-{batch}-{name}") if name == "ledger" else 0
            rates[name] = _rate(work, writers, batch, seconds, people, fund)
        shown = ", ".join(
            f"{name} {rate:,.0f}/s ({rates['ledger'] / rate:.2f})" for name, rate in rates.items()
        )
        print(f"{writers:>2} writers, {batch:>3} a commit: {shown}", flush=True)


def _rate(
    work: Callable[..., None],
    writers: int,
    batch: int,
    seconds: float,
    people: dict[str, int],
    fund: int,
) -> float:
    context = multiprocessing.get_context("spawn")
    barrier, counted = context.Barrier(writers + 1), context.Queue()
    processes = [
        context.Process(target=work, args=(barrier, counted, n, batch, seconds, people, fund))
        for n in range(writers)
    ]
    for process in processes:
        process.start()
    barrier.wait()
    begun = time.perf_counter()
    done = sum(counted.get() for _ in processes)
    took = time.perf_counter() - begun
    for process in processes:
        process.join()
    rate: float = done / took
    return rate


def _setup() -> None:
    import django

    django.setup()


def bare(
    barrier: Barrier, counted: Any, number: int, batch: int, seconds: float, *_rest: Any
) -> None:
    """Insert two rows for each transfer, and commit."""
    _setup()
    from django.db import connection, transaction

    connection.ensure_connection()
    barrier.wait()
    end, done = time.perf_counter() + seconds, 0
    while time.perf_counter() < end:
        with transaction.atomic(), connection.cursor() as cursor:
            for _ in range(batch):
                cursor.execute(
                    "INSERT INTO bare_posting (transfer, account, amount) VALUES "
                    "(%s, 'bank', 5), (%s, 'free', -5)",
                    [number, number],
                )
        done += batch
    counted.put(done)


def ledger(
    barrier: Barrier,
    counted: Any,
    number: int,
    batch: int,
    seconds: float,
    people: dict[str, int],
    fund: int,
) -> None:
    """Post receipts through the action: two rows each at the bank and two in the purse."""
    _setup()
    from konbit.web.ledger.actions import post
    from konbit.web.ledger.models import LedgerFund
    from konbit.web.people.acting import act_as
    from konbit.web.people.models import User
    from ledger_fund import draft

    officer = User.objects.get(pk=people["officer"])
    act_as(officer)
    found = LedgerFund.objects.select_related("mission").get(pk=fund)
    # A process reads the fund's facts, and a session plans its statements, the first time only.
    post(officer, found, [
        draft("received", contribution="USA-1", bank="MAIN", amount_minor=5, key=f"warm-{number}")
    ])  # fmt: skip
    barrier.wait()
    end, done = time.perf_counter() + seconds, 0
    while time.perf_counter() < end:
        drafts = [
            draft("received", contribution="USA-1", bank="MAIN", amount_minor=5,
                  key=f"{number}-{done + n}")
            for n in range(batch)
        ]  # fmt: skip
        post(officer, found, drafts)
        done += batch
    counted.put(done)


def race(people: dict[str, int], rounds: int) -> None:
    """Sixteen writers want the last money of an earmark, round after round."""
    fund = _fund(people, "RACE", money=1)
    context = multiprocessing.get_context("spawn")
    barrier, told = context.Barrier(WRITERS + 1), context.Queue()
    processes = [
        context.Process(target=racer, args=(barrier, told, n, rounds, people, fund))
        for n in range(WRITERS)
    ]
    for process in processes:
        process.start()
    from konbit.web.ledger.actions import post
    from konbit.web.ledger.models import LedgerBalance, LedgerFund, LedgerRecord
    from konbit.web.people.acting import act_as
    from konbit.web.people.models import User
    from ledger_fund import draft

    officer = User.objects.get(pk=people["officer"])
    act_as(officer)
    found = LedgerFund.objects.select_related("mission").get(pk=fund)
    outcomes: dict[str, int] = {}
    begun = time.perf_counter()
    for number in range(rounds):
        there = LedgerBalance.objects.get(fund=found, account="free:A").amount_minor
        gift = draft("received", contribution="USA-1", bank="MAIN", amount_minor=5 - there,
                     key=f"round-{number}")  # fmt: skip
        post(officer, found, [gift])
        barrier.wait()
        said = [told.get() for _ in processes]
        for outcome in said:
            outcomes[outcome] = outcomes.get(outcome, 0) + 1
        left = LedgerBalance.objects.get(fund=found, account="free:A").amount_minor
        assert (said.count("done"), left) == (5, 0), (number, said, left)
    took = time.perf_counter() - begun
    for process in processes:
        process.join()
    frozen = LedgerBalance.objects.get(fund=found, account="frozen:A:USA-1").amount_minor
    kept = LedgerRecord.objects.filter(fund=found, kind="frozen").count()
    assert frozen == kept == 5 * rounds
    _replayed(found)
    print(f"race: {WRITERS} writers, {rounds} rounds in {took:.0f} s, outcomes {outcomes}; "
          f"never overdrawn, nothing lost, the log replays", flush=True)  # fmt: skip


def racer(
    barrier: Barrier, told: Any, number: int, rounds: int, people: dict[str, int], fund: int
) -> None:
    """Freeze one minor unit in each round, if it is still there."""
    _setup()
    from konbit.web.ledger.actions import LedgerRefusedError, post
    from konbit.web.ledger.models import LedgerFund
    from konbit.web.people.acting import act_as
    from konbit.web.people.models import User
    from ledger_fund import draft

    officer = User.objects.get(pk=people["officer"])
    act_as(officer)
    found = LedgerFund.objects.select_related("mission").get(pk=fund)
    for turn in range(rounds):
        barrier.wait()
        wanted = draft("frozen", contribution="USA-1", amount_minor=1, key=f"{turn}-{number}")
        try:
            post(officer, found, [wanted])
            told.put("done")
        except LedgerRefusedError as error:
            told.put(error.finding.code)
        except Exception as error:
            told.put(type(error).__name__)


def growth(people: dict[str, int], most: int) -> None:
    """Posting and statements as the log grows tenfold and tenfold again."""
    from konbit.web.ledger.actions import post
    from konbit.web.ledger.models import LedgerFund, LedgerPosting
    from konbit.web.ledger.queries import statement
    from konbit.web.people.acting import act_as
    from konbit.web.people.models import User
    from ledger_fund import draft

    fund = _fund(people, "LARGE")
    officer = User.objects.get(pk=people["officer"])
    act_as(officer)
    found = LedgerFund.objects.select_related("mission").get(pk=fund)
    done, begun = 0, time.perf_counter()
    for size in (most // 100, most // 10, most):
        before, clock = done, time.perf_counter()
        while done * 4 < size:
            drafts = [
                draft("received", contribution="USA-1", bank="MAIN", amount_minor=5,
                      key=f"g-{done + n}", on=f"2024-{n % 12 + 1:02d}-{done // 500 % 28 + 1:02d}")
                for n in range(500)
            ]  # fmt: skip
            post(officer, found, drafts)
            done += 500
        each = (time.perf_counter() - clock) / max(1, done - before)
        found.refresh_from_db()
        first = _timed(lambda: statement(found, until="2027-01-01"))
        times = sorted(
            _timed(lambda day=day: statement(found, until=f"2024-{day:02d}-15"))  # type: ignore[misc] # a default binds it
            for day in range(1, 13)
        )
        postings = LedgerPosting.objects.filter(fund=found).count()
        print(
            f"{postings:>9,} postings: {each * 1e6:,.0f} µs a record; first statement "
            f"{first * 1e3:,.0f} ms, on any date {times[6] * 1e3:,.1f} ms (worst "
            f"{times[-1] * 1e3:,.1f})",
            flush=True,
        )
    print(f"in all {time.perf_counter() - begun:,.0f} s")


def _timed(work: Callable[[], Any]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _people() -> dict[str, int]:
    from konbit.web.people.acting import acting
    from konbit.web.people.actions import give_role
    from konbit.web.people.first import first_administrator
    from konbit.web.people.missions import open_mission
    from konbit.web.people.models import User

    admin = first_administrator("HOST", "Host", "admin@example.org", "Admin", "a long password 1")
    with acting(admin):
        mission = open_mission(admin, "BENCH", "Bench")
    found = {"mission": mission.pk}
    for name, role in (("officer", "fund_officer"), ("approver", "fund_approver")):
        user = User.objects.create_user(
            f"{name}@example.org", "x", name=name, organisation=admin.organisation
        )
        with acting(admin):
            give_role(admin, user, role, mission)
        found[name] = user.pk
    return found


def _fund(people: dict[str, int], code: str, money: int = 10**12) -> int:
    from types import SimpleNamespace

    from konbit.web.missions.models import Mission
    from konbit.web.people.models import User
    from ledger_fund import opened_desk

    officer, approver = (User.objects.get(pk=people[name]) for name in ("officer", "approver"))
    world: Any = SimpleNamespace(mission=Mission.objects.get(pk=people["mission"]))
    desk = opened_desk(officer, approver, world, code, max(money, 1_000))
    return int(desk.fund.pk)


def _bare_table() -> None:
    from django.db import connections

    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "CREATE TABLE bare_posting (id bigserial PRIMARY KEY, transfer bigint NOT NULL, "
            "account text NOT NULL, amount bigint NOT NULL)"
        )
        cursor.execute("GRANT INSERT ON bare_posting TO konbit_app")
        cursor.execute("GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO konbit_app")


def _replayed(fund: Any) -> None:
    from konbit.fund import Record, replay
    from konbit.web.ledger.models import LedgerRecord

    lines = LedgerRecord.objects.filter(fund=fund).values_list("bytes", flat=True)
    _, found = replay(Record.from_bytes(bytes(line)) for line in lines)
    assert found is None, found


if __name__ == "__main__":
    sys.exit(main())
