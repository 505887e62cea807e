"""Run everything the record needs, until Ctrl-C; restart what dies, stop all of it cleanly."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import time
import urllib.request
from dataclasses import dataclass
from typing import TYPE_CHECKING

from konbit.web.serving import database
from konbit.web.serving.embedded import Embedded, use
from konbit.web.serving.family import Family
from konbit.web.serving.place import alone_in, demand_free

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Say = Callable[[str], None]

_LOOK_SECONDS = 0.5
_MINUTE = 60.0


@dataclass
class Serving:
    """What runs.

    Attributes:
        data: folder of the database and of what must outlive a restart.
        port: on which the pages are served.
        workers: processes that serve pages.
        dossier: loaded, with people to try it, when the record is empty; none for neither.
        say: tells the person at the terminal.
        started: called once pages are served.
    """

    data: Path
    port: int
    workers: int
    dossier: Path | None
    say: Say
    started: Callable[[], None]
    _server: Embedded | None = None
    _family: Family | None = None
    _stopping: bool = False

    def run(self) -> None:
        """Start, and stay until told to stop.

        Raises:
            PlaceTakenError: the folder is served already, or the port is taken.
            RuntimeError: a part ends at once, several times in a row.
        """
        with alone_in(self.data):
            demand_free(self.port)
            self._run()

    def _run(self) -> None:
        for wanted in (signal.SIGINT, signal.SIGTERM):
            signal.signal(wanted, self._stop_asked)
        try:
            self._start()
            while not self._stopping:
                time.sleep(_LOOK_SECONDS)
                self._look_after()
        finally:
            self._end()

    def _stop_asked(self, *_: object) -> None:
        self._stopping = True

    def _start(self) -> None:
        os.environ.setdefault("KONBIT_DATA", str(self.data))
        os.environ.setdefault("KONBIT_ADDRESS", f"http://localhost:{self.port}")
        os.environ.setdefault("KONBIT_MAIL_URL", (self.data.resolve() / "mail").as_uri())
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "konbit.web.settings")
        if not os.environ.get("DATABASE_URL"):
            self.say("starting the embedded PostgreSQL")
            self._server = Embedded(self.data)
            self._server.start()
            database.create(self._server)
            use(self._server)
        import django

        django.setup()
        if os.environ.get("DATABASE_OWNER_URL"):
            self.say("running migrations")
            database.prepare()
        if self.dossier is not None:
            from konbit.web.serving.demo import load_demo

            self.say(f"loading {self.dossier}, unless the record has a mission already")
            load_demo(self.data, self.dossier)
        _close_connections()
        # Nobody who serves pages owns the tables.
        os.environ.pop("DATABASE_OWNER_URL", None)
        self._family = Family(self._commands(), self.say)
        self._family.start()
        if self._is_ready():
            self.started()

    def _is_ready(self) -> bool:
        """Wait until pages are served; give up when we are told to stop, or after a minute."""
        address = f"http://127.0.0.1:{self.port}/health/ready"
        began = time.monotonic()
        while not self._stopping and time.monotonic() - began < _MINUTE:
            with contextlib.suppress(OSError), urllib.request.urlopen(address):
                return True
            time.sleep(_LOOK_SECONDS)
            self._look_after()
        return False

    def _commands(self) -> dict[str, list[str]]:
        python = [sys.executable, "-m"]
        return {
            "pages": [
                *python, "gunicorn", "konbit.web.wsgi:application",
                "--bind", f"127.0.0.1:{self.port}", "--workers", str(self.workers),
                "--preload", "--threads", "4", "--timeout", "120", "--graceful-timeout", "8",
                "--max-requests", "5000", "--max-requests-jitter", "500",
                "--log-level", "warning",
            ],
            "worker": [
                *python, "konbit.web", "procrastinate", "worker", "--concurrency", "1",
                "--shutdown-graceful-timeout", "3",
            ],
        }  # fmt: skip

    def _look_after(self) -> None:
        if self._server is not None and not self._server.is_alive:
            self.say("PostgreSQL is gone; starting it again")
            self._server.restart()
        if self._family is not None and not self._stopping:
            self._family.look_after()

    def _end(self) -> None:
        if self._family is not None:
            self._family.end()
        if self._server is not None:
            self._server.stop()
            self.say("stopped; the data stay in " + str(self.data))


def _close_connections() -> None:
    from django.db import connections

    connections.close_all()
    for connection in connections.all():
        close = getattr(connection, "close_pool", None)
        if close is not None:
            close()
