"""Eight people edit, import and plan one mission while its processes are killed; nothing is lost.

`make soak` runs it for five minutes with thirty kills; `--minutes` and `--kills` say otherwise.
Every change that was acknowledged must be there at the end, every import whole or not at all, and a
plan whose process died must say so. Nobody may see a fault but while something is being restarted.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import psutil

ROOT = Path(__file__).parents[1]
PORT = 8791
BASE = f"http://localhost:{PORT}"
_STATE = re.compile(r'"state": ?(\d+)')
_RESTARTING = (httpx.TransportError,)
# What a page meets whose database is killed under it.
_DATABASE_GONE = {"OperationalError", "InterfaceError", "AdminShutdown"}


@dataclass
class Told:
    """What happened, told together at the end."""

    saved: dict[str, str] = field(default_factory=dict)
    imported: dict[str, list[str]] = field(default_factory=dict)
    unsure_imports: dict[str, list[str]] = field(default_factory=dict)
    requests: int = 0
    conflicts: int = 0
    interrupted: int = 0
    faults: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)
    kills: dict[str, int] = field(default_factory=dict)
    last_kill: float = 0.0
    over: bool = False


def main() -> int:
    """Run it; 0 when nothing was lost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=5.0)
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="konbit-soak-") as place:
        return _soak(Path(place), asked.minutes, asked.kills, random.Random(asked.seed))


def _soak(place: Path, minutes: float, kills: int, chance: random.Random) -> int:
    told = Told()
    serving = _serve(place)
    try:
        secrets = _tokens(place)
        people = [
            threading.Thread(target=_edit, args=(told, secrets["edit"], n, random.Random(n)))
            for n in range(5)
        ]
        people += [
            threading.Thread(target=_import, args=(told, secrets["edit"], n)) for n in range(2)
        ]
        people.append(threading.Thread(target=_plan, args=(told, secrets["edit"])))
        for person in people:
            person.start()
        end = time.monotonic() + minutes * 60
        for number in range(kills):
            time.sleep(max(0.0, (end - time.monotonic()) / (kills - number)))
            _kill(told, serving, place, chance)
        time.sleep(max(0.0, end - time.monotonic()))
        told.over = True
        for person in people:
            person.join()
        return _verdict(told, secrets["edit"], _logged(place))
    finally:
        told.over = True
        serving.send_signal(signal.SIGTERM)
        serving.wait(60)


def _serve(place: Path) -> subprocess.Popen[bytes]:
    """Start the record with Haiti, and wait until it is ready."""
    command = [str(Path(sys.executable).parent / "konbit"), "serve", "dossiers/haiti"]
    log = (place / "log").open("wb")
    serving = subprocess.Popen(
        [*command, "--port", str(PORT), "--data", str(place / "data")],
        cwd=ROOT, stdout=log, stderr=log, start_new_session=True,
        env={**os.environ, "KONBIT_DATA": str(place / "data")},
    )  # fmt: skip
    for _ in range(600):
        time.sleep(0.5)
        try:
            if httpx.get(f"{BASE}/health/ready").status_code == httpx.codes.OK:
                return serving
        except httpx.TransportError:
            continue
    raise RuntimeError((place / "log").read_text())


def _tokens(place: Path) -> dict[str, str]:
    """A token with every writing role, made as an administrator makes one."""
    program = (
        "import django; django.setup()\n"
        "from konbit.web.people.models import User\n"
        "from konbit.web.missions.models import Mission\n"
        "from konbit.web.people.acting import act_as\n"
        "from konbit.web.people.tokens import make_token\n"
        "by = User.objects.get(email='administrator@demo.example'); act_as(by)\n"
        "roles = ['planner', 'fund_officer', 'coordination_officer']\n"
        "print(make_token(by, 'soak', roles, Mission.objects.get())[1])\n"
    )
    sys.path.insert(0, str(ROOT / "src"))
    from konbit.web.serving.embedded import Embedded, use

    server = Embedded(place / "data")
    server.start()
    use(server)
    told = {
        **os.environ,
        "KONBIT_DATA": str(place / "data"),
        "DJANGO_SETTINGS_MODULE": "konbit.web.settings",
    }
    done = subprocess.run(
        [sys.executable, "-c", program], env=told, capture_output=True, text=True, check=True
    )
    return {"edit": done.stdout.strip()}


class Person:
    """Somebody who asks the API, and asks again while something is being restarted."""

    def __init__(self, told: Told, secret: str) -> None:
        self._told = told
        headers = {"Authorization": f"Bearer {secret}"}
        self._client = httpx.Client(base_url=f"{BASE}/api/v1", headers=headers, timeout=60)

    def ask(self, method: str, path: str, **more: Any) -> httpx.Response | None:
        """The answer; None where there was none, and so nobody knows what was done."""
        began = time.monotonic()
        try:
            answer = self._client.request(method, path, **more)
        except _RESTARTING:
            time.sleep(0.5)
            return None
        with self._told.lock:
            self._told.requests += 1
            if answer.status_code >= httpx.codes.INTERNAL_SERVER_ERROR:
                # Only what was asked before a kill was mended may fail.
                if began - self._told.last_kill > 15:
                    self._told.faults.append(f"{method} {path}: {answer.status_code}")
                return None
        return answer


def _edit(told: Told, secret: str, number: int, chance: random.Random) -> None:
    """Change the notes of a few rows again and again, some of them another's too."""
    me, count = Person(told, secret), 0
    keys = ["BGD-POLICE", "BEN-INF", "GTM-GSF", f"JAM-{'COY' if number % 2 else 'STAFF'}"]
    while not told.over:
        key = chance.choice(keys)
        path = f"/missions/HTI/tables/offers/rows/{key}"
        held = me.ask("GET", path)
        if held is None or held.status_code != httpx.codes.OK:
            continue
        count += 1
        mark = f"{number}:{count}"
        body = {"row": {**held.json()["row"], "note": mark}, "why": mark}
        done = me.ask("PUT", path, json=body, headers={"If-Match": held.headers["ETag"]})
        if done is None:
            continue
        if done.status_code == httpx.codes.OK:
            with told.lock:
                told.saved[mark] = key
        elif done.status_code == httpx.codes.PRECONDITION_FAILED:
            told.conflicts += 1
        else:
            told.faults.append(f"PUT {key}: {done.text[:200]}")


def _import(told: Told, secret: str, number: int) -> None:
    """Send files of twenty new capabilities each; they come whole or not at all."""
    me, count = Person(told, secret), 0
    while not told.over:
        count += 1
        codes = [f"I{number}-{count}-{n}" for n in range(20)]
        lines = ["code,title,measure,source,source_on,confidence"]
        lines += [f"{code},T,persons,a test,2026-01-01,official" for code in codes]
        file = ("capabilities.zip", _zipped("capabilities.csv", "\n".join(lines)))
        sent = me.ask(
            "POST", "/missions/HTI/imports", files={"file": file}, data={"why": f"import {count}"}
        )
        if sent is None or sent.status_code != httpx.codes.OK:
            continue
        done = me.ask("POST", f"/missions/HTI/imports/{sent.json()['number']}/store")
        kept = told.unsure_imports if done is None else told.imported
        if done is None or done.status_code == httpx.codes.OK:
            kept[f"{number}-{count}"] = codes
        time.sleep(1)


def _plan(told: Told, secret: str) -> None:
    """Freeze and ask for plans."""
    me = Person(told, secret)
    while not told.over:
        frozen = me.ask("POST", "/missions/HTI/revisions", json={"title": "soak"})
        if frozen is not None and frozen.status_code == httpx.codes.OK:
            body = {"revision": frozen.json()["digest"], "as_of": "2026-11-23"}
            me.ask("POST", "/missions/HTI/plans", json=body)
        time.sleep(10)


def _zipped(name: str, text: str) -> bytes:
    import io
    import zipfile

    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(name, text)
    return stream.getvalue()


def _kill(told: Told, serving: subprocess.Popen[bytes], place: Path, chance: random.Random) -> None:
    """Kill one of: pages, worker, PostgreSQL. They are children of the program, or its database."""
    what = chance.choice(("pages", "worker", "postgresql"))
    if what == "postgresql":
        file = place / "data" / "postgresql" / "postmaster.pid"
        numbers = [int(file.read_text().split()[0])] if file.exists() else []
    else:
        mark = "gunicorn" if what == "pages" else "procrastinate"
        children = psutil.Process(serving.pid).children(recursive=True)
        numbers = [child.pid for child in children if mark in _command(child)]
    told.last_kill = time.monotonic()
    for number in numbers:
        try:
            os.kill(number, signal.SIGKILL)
        except ProcessLookupError:
            continue
    told.kills[what] = told.kills.get(what, 0) + bool(numbers)


def _command(process: psutil.Process) -> str:
    """How a process was called; nothing for one that has just ended."""
    try:
        return " ".join(process.cmdline())
    except psutil.NoSuchProcess:
        return ""


def _verdict(told: Told, secret: str, logged: dict[str, int]) -> int:
    """Whether everything acknowledged is there, and every import whole or not at all."""
    quiet = Told()
    me = Person(quiet, secret)
    whys, after = set(), 0
    while True:
        feed = _settled(me, f"/missions/HTI/changes?after={after}&limit=500")
        whys |= {change["why"] for change in feed.json()["changes"]}
        after = feed.json()["after"]
        if not feed.json()["more"]:
            break
    lost = sorted(mark for mark in told.saved if mark not in whys)
    there = _codes(me)
    missing = [n for n, codes in told.imported.items() if not set(codes) <= there]
    halves = [
        n
        for n, codes in {**told.imported, **told.unsure_imports}.items()
        if 0 < len(there & set(codes)) < len(codes)
    ]
    states: dict[str, int] = {}
    for plan in _settled(me, "/missions/HTI/plans").json():
        states[plan["state"]] = states.get(plan["state"], 0) + 1
    report = {
        "requests": told.requests,
        "changes acknowledged": len(told.saved),
        "changes lost": lost,
        "conflicts told": told.conflicts,
        "imports acknowledged": len(told.imported),
        "imports missing": missing,
        "imports half there": halves,
        "kills": told.kills,
        "plans by state": states,
        "faults while nothing was being restarted": told.faults[:10],
        "faults in the log": logged,
    }
    print(json.dumps(report, indent=2))
    ours = set(logged) - _DATABASE_GONE
    return 1 if lost or missing or halves or told.faults or ours else 0


def _logged(place: Path) -> dict[str, int]:
    """Faults that the server told in its log, by kind."""
    kinds = re.findall(r'"message": "fault".*?"kind": "(\w+)"', (place / "log").read_text())
    return {kind: kinds.count(kind) for kind in sorted(set(kinds))}


def _settled(me: Person, path: str) -> httpx.Response:
    """The answer to a question after the last kill, which may still be being mended."""
    for _ in range(60):
        answer = me.ask("GET", path)
        if answer is not None:
            return answer
        time.sleep(1)
    raise RuntimeError(f"{path}: no answer within a minute of the last kill")


def _codes(me: Person) -> set[str]:
    codes: set[str] = set()
    page = pages = 1
    while page <= pages:
        answer = _settled(me, f"/missions/HTI/tables/capabilities/rows?size=500&page={page}")
        pages = answer.json()["pages"]
        codes |= {held["key"] for held in answer.json()["rows"]}
        page += 1
    return codes


if __name__ == "__main__":
    sys.exit(main())
