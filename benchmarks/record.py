"""Time the record on real PostgreSQL: a large import, large lists, and a backup taken under load.

`make bench` prints the figures that docs/explanation/the-record.md shows. Processor time stands
beside the clock, for a machine that others use too makes the clock say more than it should.
"""

from __future__ import annotations

import concurrent.futures
import itertools
import os
import resource
import subprocess
import sys
import threading
import time
from pathlib import Path

import httpx
import psutil

from measuring.empty_record import empty_record

ROOT = Path(__file__).parents[1]
ROWS_OF_IMPORT = 50_000
ROWS_OF_LIST = 100_000
USERS = 10
REQUESTS_EACH = 20
PORT = 8792
BASE = f"http://localhost:{PORT}"


def main() -> int:
    """Run all of it."""
    with empty_record(BASE) as (server, place):
        _time_import()
        session = _fill_lists()
        _time_lists(session)
        _time_backup(server, place)
    return 0


def _told(what: str, clock: float, processor: float, more: str = "") -> None:
    print(f"{what}: {clock:.1f} s by the clock, {processor:.1f} s of processor{more}")


def _time_import() -> None:
    """A workbook of 50,000 observations: preview, then commit."""
    from konbit.web.imports.actions import commit, take_in
    from konbit.web.imports.preview import preview
    from konbit.web.people.acting import act_as
    from konbit.web.people.actions import give_role
    from konbit.web.people.first import first_administrator
    from konbit.web.people.missions import open_mission

    by = first_administrator("HOST", "Host", "a@example.org", "A", "a password of the bench")
    act_as(by)
    mission = open_mission(by, "M", "Mission")
    for role in ("planner", "coordination_officer"):
        give_role(by, by, role, mission)
    content = _workbook()
    began, used = time.perf_counter(), time.process_time()
    sent = take_in(by, mission, "large.xlsx", content)
    found = preview(sent)
    assert len(found.edits) == ROWS_OF_IMPORT + 1, found.findings[:3]
    _told(f"preview of {ROWS_OF_IMPORT:,} rows", time.perf_counter() - began,
          time.process_time() - used, f", {len(content) / 1e6:.1f} MB")  # fmt: skip
    began, used = time.perf_counter(), time.process_time()
    commit(by, sent)
    _told("commit of them", time.perf_counter() - began, time.process_time() - used)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"memory at the most: {peak:.0f} MB")


def _workbook() -> bytes:
    import io

    import xlsxwriter

    facts = ["a test", "2026-01-01", "official"]
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        first = book.add_worksheet("indicators")
        first.write_row(
            0, 0, ["code", "title", "theme", "unit", "source", "source_on", "confidence"]
        )
        first.write_row(1, 0, ["I", "Indicator", "force", "events", *facts])
        sheet = book.add_worksheet("observations")
        sheet.write_row(
            0, 0, ["code", "indicator", "on", "value", "source", "source_on", "confidence"]
        )
        for number in range(ROWS_OF_IMPORT):
            line = [f"O-{number:06}", "I", "2026-01-01", number, *facts]
            sheet.write_row(number + 1, 0, line)
    return stream.getvalue()


def _fill_lists() -> str:
    """100,000 rows in one table; the session of somebody who reads them."""
    from django.contrib.sessions.backends.db import SessionStore
    from django.db import connections

    from konbit.web.people.acting import act_as
    from konbit.web.people.models import User

    act_as(None)
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT string_agg(quote_ident(column_name), ', ') FROM "
                       "information_schema.columns WHERE table_name = 'tables_observations' AND "
                       "column_name NOT IN ('id', 'row_key', 'code')")  # fmt: skip
        found = cursor.fetchone()
        names = found[0] if found else ""
        missing = ROWS_OF_LIST - ROWS_OF_IMPORT
        cursor.execute(
            f"INSERT INTO tables_observations (row_key, code, {names}) "  # noqa: S608 - our names
            f"SELECT 'P-' || row_key, 'P-' || code, {names} "
            f"FROM tables_observations LIMIT {missing}"
        )
        cursor.execute("ANALYZE tables_observations")
    user = User.objects.get()
    from allauth.mfa.models import Authenticator

    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "A" * 32})
    session = SessionStore()
    session["_auth_user_id"] = str(user.pk)
    session["_auth_user_backend"] = "konbit.web.people.sign_in.Backend"
    session["_auth_user_hash"] = user.get_session_auth_hash()
    session.create()
    return str(session.session_key)


def _time_lists(session: str) -> None:
    """Ten users at once: pages of a list of 100,000 rows, beside the barest page of the server."""
    command = [sys.executable, "-m", "gunicorn", "konbit.web.wsgi:application", "--preload"]
    pages = subprocess.Popen(
        [*command, "--bind", f"127.0.0.1:{PORT}", "--workers", "2", "--threads", "4"],
        cwd=ROOT,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait()
        bare = _p95("/health/live", session)
        # Pages that somebody saw before, and, with a number of its own in each, such as nobody saw.
        for path in ("?page=1", "?page={number}", "?sort=-value&page={number}", "?q=0999"):
            used = _processor(pages)
            p95 = _p95(f"/m/M/tables/observations/{path}", session)
            each = (_processor(pages) - used) / (USERS * (REQUESTS_EACH + 1))
            print(f"list of {ROWS_OF_LIST:,} rows {path}: p95 {p95 * 1000:.0f} ms, "
                  f"{p95 / bare:.1f} times a bare page ({bare * 1000:.0f} ms); "
                  f"{each * 1000:.1f} ms of processor a page")  # fmt: skip
    finally:
        pages.terminate()
        pages.wait()


def _processor(pages: subprocess.Popen[bytes]) -> float:
    """Seconds of processor that the processes of the pages have used."""
    times = [child.cpu_times() for child in psutil.Process(pages.pid).children()]
    return sum(time.user + time.system for time in times)


def _wait() -> None:
    for _ in range(120):
        time.sleep(0.5)
        try:
            httpx.get(f"{BASE}/health/ready").raise_for_status()
        except httpx.HTTPError:
            continue
        return


def _p95(path: str, session: str) -> float:
    numbers = itertools.count(2)

    def one(_number: int) -> list[float]:
        times = []
        with httpx.Client(base_url=BASE, cookies={"sessionid": session}, timeout=60) as client:
            client.get(path.format(number=next(numbers)))
            for _ in range(REQUESTS_EACH):
                asked = path.format(number=next(numbers))
                began = time.perf_counter()
                answer = client.get(asked)
                assert answer.status_code == httpx.codes.OK, answer.status_code
                times.append(time.perf_counter() - began)
        return times

    with concurrent.futures.ThreadPoolExecutor(USERS) as pool:
        every = sorted(t for times in pool.map(one, range(USERS)) for t in times)
    return every[int(len(every) * 0.95)]


def _time_backup(server: object, place: Path) -> None:
    """A backup while somebody writes; restored into an empty database; the same digests."""
    from konbit.web.serving.embedded import Embedded

    assert isinstance(server, Embedded)
    stop = threading.Event()
    writer = threading.Thread(target=_write, args=(stop, server.url("konbit_owner")))
    writer.start()
    began = time.perf_counter()
    file = place / "backup.dump"
    dump = {**os.environ, "PG_DUMP": str(server.programs / "pg_dump")}
    owner = server.url("konbit_owner")
    subprocess.run(
        [str(ROOT / "deploy/backup.sh"), owner, str(file)],
        cwd=ROOT,
        env=dump,
        check=True,
        capture_output=True,
    )
    took, size = time.perf_counter() - began, file.stat().st_size / 1e6
    print(f"backup under load: {took:.1f} s, {size:.0f} MB")
    stop.set()
    writer.join()
    before = _digest(server.url("konbit_owner"))
    _restore(server, file)
    after = _digest(server.url("konbit_owner", "restored"))
    assert before == after, (before, after)
    print(f"restored into an empty database: same digest {after[:16]}")


def _write(stop: threading.Event, url: str) -> None:
    """Sessions come and go meanwhile."""
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        while not stop.is_set():
            connection.execute(
                "INSERT INTO django_session VALUES (gen_random_uuid()::text, '', now()) "
            )


def _restore(server: object, file: Path) -> None:
    from konbit.web.serving import database
    from konbit.web.serving.embedded import Embedded

    assert isinstance(server, Embedded)
    database.create(server, "restored")
    told = {
        **os.environ,
        "PG_RESTORE": str(server.programs / "pg_restore"),
        "PYTHON": sys.executable,
        "DATABASE_URL": server.url("konbit_app", "restored"),
    }
    owner = server.url("konbit_owner", "restored")
    command = [str(ROOT / "deploy/restore.sh"), owner, str(file)]
    subprocess.run(command, cwd=ROOT, env=told, check=True)


def _digest(url: str) -> str:
    """SHA-256 over every table of the mission, as PostgreSQL orders it."""
    import hashlib

    import psycopg

    told = hashlib.sha256()
    with psycopg.connect(url) as connection:
        names = [name for (name,) in connection.execute(
            "SELECT tablename FROM pg_tables WHERE tablename LIKE 'tables_%' "
            "OR tablename LIKE 'history_%' ORDER BY 1")]  # fmt: skip
        for name in names:
            lines = f"SELECT t::text FROM {name} t ORDER BY id"  # noqa: S608 - our own names
            for (line,) in connection.execute(lines):
                told.update(line.encode())
    return told.hexdigest()


if __name__ == "__main__":
    sys.exit(main())
