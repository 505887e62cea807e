"""Pages served to a browser from within a test: in its transaction, undone with it."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from socketserver import ThreadingMixIn
from typing import TYPE_CHECKING, Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connections

if TYPE_CHECKING:
    from collections.abc import Iterator

_BETWEEN_REQUESTS = (request_started, request_finished)


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Say nothing: the record's own log does."""


class _Server(ThreadingMixIn, WSGIServer):
    """Answers each request in a thread, on the test's own connection to the database."""

    shared: Any = None

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        connections["default"] = self.shared
        super().process_request_thread(request, client_address)


@contextmanager
def served() -> Iterator[str]:
    """The address at which pages are served; whoever asks must be gone before it ends."""
    shared = connections["default"]
    shared.inc_thread_sharing()
    for signal in _BETWEEN_REQUESTS:  # the transaction of the test would be closed there
        signal.disconnect(close_old_connections)
    try:
        with _Server(("127.0.0.1", 0), _Quiet) as server:
            server.shared = shared
            server.set_app(StaticFilesHandler(WSGIHandler()))
            thread = threading.Thread(target=server.serve_forever)
            thread.start()
            try:
                yield f"http://localhost:{server.server_port}"
            finally:
                server.shutdown()
                thread.join()
    finally:
        for signal in _BETWEEN_REQUESTS:
            signal.connect(close_old_connections)
        shared.dec_thread_sharing()
