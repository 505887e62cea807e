"""Post to a fund's log while programs and PostgreSQL are killed; what was acknowledged is there.

`make soak` kills 100 times (`--kills`), by SIGKILL, now a process that posts, now PostgreSQL. Every
batch is noted in a file before it is sent, and again once it is acknowledged; whoever gets no
answer sends the same again. At the end each acknowledged record stands at its number; each batch is
whole or not there; rules, balances, postings and leaves are those of the bytes; the log still is
what every checkpoint said that was signed meanwhile; and `konbit-audit` accepts the export.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import time
import zipfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psutil
import psycopg

from measuring.empty_record import empty_record
from measuring.ledger_people import (
    make_fund,
    make_people,
    person_and_fund,
    problems_of,
    workers,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from konbit.web.serving.embedded import Embedded

WRITERS = 3
_PATIENCE = 120.0  # seconds in which the record must answer again


def main() -> int:
    """Run it; 0 when nothing was lost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with empty_record("http://localhost:8795") as (server, place):
        people = make_people()
        fund = make_fund(people, "KILLED")
        return _soak(server, place, people, fund, asked.kills, random.Random(asked.seed))


def _soak(
    server: Embedded, place: Path, people: dict[str, int], fund: int, kills: int, chance: Any
) -> int:
    context, begun = workers(), time.perf_counter()
    over = context.Event()
    notes = place / "notes"
    notes.mkdir()

    def start(number: int, life: int) -> Any:
        told = (people, fund, str(notes / f"{number}-{life}"), f"{number}-{life}", over)
        process = context.Process(target=writer, args=told)
        process.start()
        return process

    lives = dict.fromkeys(range(WRITERS), 0)
    running = {number: start(number, 0) for number in lives}
    killed: Counter[str] = Counter()
    signed: dict[int, str] = {}
    seen = 0
    for turn in range(kills):
        seen = _wait_for_more(notes, seen)
        time.sleep(chance.uniform(0, 1.0))
        if chance.random() < 0.5:
            killed["PostgreSQL"] += 1
            _kill_postgresql(server)
            _until_done(lambda: _started(server))
        else:
            killed["program"] += 1
            number = chance.randrange(WRITERS)
            os.kill(running[number].pid, signal.SIGKILL)
            running[number].join()
            lives[number] += 1
            running[number] = start(number, lives[number])
        if turn % 5 == 0:
            size, note = _until_done(lambda: _checkpoint(people, fund))
            signed[size] = note
    over.set()
    for process in running.values():
        process.join(_PATIENCE)
        process.kill()
    return _verdict(place, people, fund, killed, signed, time.perf_counter() - begun)


def writer(people: dict[str, int], fund: int, file: str, name: str, over: Any) -> None:
    """Post batches, by one person and by two, until it is over or this process is killed."""
    chance, count = random.Random(name), 0
    note = os.open(file, os.O_CREAT | os.O_WRONLY | os.O_APPEND)
    while not over.is_set():
        count += 1
        keys = [f"{name}-{count}-{n}" for n in range(chance.randint(1, 30))]
        by_two = count % 4 == 0
        os.write(note, f"{json.dumps(['sent', keys])}\n".encode())
        numbers = _until_done(lambda: _posted(people, fund, keys, by_two=by_two))  # noqa: B023 # it is called here only
        os.write(note, f"{json.dumps(['kept', keys, numbers])}\n".encode())
    os.close(note)


def _posted(people: dict[str, int], fund: int, keys: list[str], *, by_two: bool) -> list[int]:
    officer, kept = person_and_fund(people["officer"], fund)
    from konbit.web.ledger.actions import approve, post, propose
    from konbit.web.people.acting import act_as
    from konbit.web.people.models import User
    from ledger_fund import allotment, draft

    if not by_two:
        gift = {"contribution": "USA-1", "bank": "MAIN"}
        drafts = [draft("received", **gift, amount_minor=100, key=key) for key in keys]
        return post(officer, kept, drafts)
    proposal = propose(officer, kept, [allotment(key, 7, key=key) for key in keys])
    approver = User.objects.get(pk=people["approver"])
    act_as(approver)
    return approve(approver, type(proposal).objects.select_related("by", "fund__mission").get(
        pk=proposal.pk))  # fmt: skip


def _until_done(work: Callable[[], Any]) -> Any:
    """What work gives, tried again while the database is away."""
    from django.db import Error, connection

    end = time.monotonic() + _PATIENCE
    while True:
        try:
            return work()
        except (Error, psycopg.Error, psutil.Error, OSError, subprocess.SubprocessError):
            if time.monotonic() > end:
                raise
            connection.close()
            time.sleep(0.1)


def _kill_postgresql(server: Embedded) -> None:
    process = psutil.Process(server.process_id)
    process.kill()
    while process.is_running() and process.status() != psutil.STATUS_ZOMBIE:
        time.sleep(0.01)


def _started(server: Embedded) -> None:
    try:
        server.restart()
    except AssertionError as error:  # it is starting, and not ready yet
        raise OSError from error
    with psycopg.connect(server.url("postgres")) as asked:
        asked.execute("SELECT 1")


def _wait_for_more(notes: Path, seen: int) -> int:
    """Wait until something was acknowledged since; a kill of those who do nothing shows nothing."""
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        kept = sum(file.read_bytes().count(b'["kept"') for file in notes.iterdir())
        if kept > seen + 2:
            return kept
        time.sleep(0.05)
    raise RuntimeError("nobody posts any more")


def _checkpoint(people: dict[str, int], fund: int) -> tuple[int, str]:
    from konbit.web.transparency.actions import make_checkpoint
    from konbit.web.transparency.queries import find_log

    person_and_fund(people["officer"], fund)
    log = find_log("BENCH", "KILLED")
    made = make_checkpoint(log) if log is not None else None
    if made is None:
        raise RuntimeError("nothing is signed")
    return made.size, made.note


def _verdict(
    place: Path, people: dict[str, int], fund: int, killed: Any, signed: dict[int, str], took: float
) -> int:
    size, note = _until_done(lambda: _checkpoint(people, fund))
    signed[size] = note
    _, kept = person_and_fund(people["officer"], fund)
    there = dict(kept.records.values_list("key", "sequence"))
    lost, halves, batches, records = 0, 0, 0, 0
    for file in (place / "notes").iterdir():
        # The last line may be torn: its writer was killed.
        for line in file.read_text().splitlines(keepends=True):
            if not line.endswith("\n"):
                continue
            kind, keys, *numbers = json.loads(line)
            if kind == "kept":
                batches, records = batches + 1, records + len(keys)
                lost += [there.get(key) for key in keys] != numbers[0]
            else:
                halves += len({key in there for key in keys}) != 1
    audited = _audited(place, signed)
    report = {
        "killed": dict(killed),
        "seconds": round(took),
        "records": size,
        "batches acknowledged": batches,
        "records acknowledged": records,
        "batches lost or moved": lost,
        "batches half there": halves,
        "wrong with the log": problems_of(kept),
        "checkpoints signed meanwhile": len(signed),
        "konbit-audit": audited.splitlines()[-1] if audited else "accepts",
    }
    print(json.dumps(report, indent=2))
    return 1 if lost or halves or report["wrong with the log"] or audited else 0


def _audited(place: Path, signed: dict[int, str]) -> str:
    """What `konbit-audit` has against the export, with every checkpoint that was signed."""
    from konbit.web.transparency.papers import export_of
    from konbit.web.transparency.queries import find_log

    log = find_log("BENCH", "KILLED")
    if log is None:
        return "no log"
    with export_of(log) as sent, zipfile.ZipFile(sent) as archive:
        archive.extractall(place / "export")
    command = [
        str(Path(sys.executable).parent / "konbit-audit"),
        *map(str, (place / "export").iterdir()),
    ]
    for size, note in signed.items():
        file = place / f"checkpoint-{size}"
        file.write_text(note)
        command += ["--earlier", str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else f"{done.stdout}{done.stderr} exit {done.returncode}"


if __name__ == "__main__":
    sys.exit(main())
