"""Where the record is served: one server a folder, and a port that is free."""

from __future__ import annotations

import fcntl
import socket
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class PlaceTakenError(Exception):
    """The record cannot be served here; `code` names the sentence, `place` what is taken."""

    def __init__(self, code: str, place: str) -> None:
        super().__init__(f"{code}: {place}")
        self.code, self.place = code, place


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Be the only one who serves a folder: another would stop its database when it stops.

    The lock falls with the process, however it ends.

    Raises:
        PlaceTakenError: somebody serves it already.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "serving.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise PlaceTakenError("cli-serve-already", str(folder)) from error
        yield


def demand_free(port: int) -> None:
    """Let a port pass on which nobody listens.

    Raises:
        PlaceTakenError: somebody does.
    """
    with socket.socket() as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind(("127.0.0.1", port))
        except OSError as error:
            raise PlaceTakenError("cli-serve-port", str(port)) from error
