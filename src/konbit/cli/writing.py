"""Writing what a command made: each file whole or not at all."""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from konbit.cli.exits import ExitCode, Stop
from konbit.cli.reading import why

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def writes(path: Path) -> Iterator[None]:
    """Turn the system's refusal to write into one sentence."""
    try:
        yield
    except OSError as error:
        raise Stop(ExitCode.UNREADABLE, "cli-cannot-write", path=path, why=why(error)) from error


def write_whole(path: Path, content: bytes) -> None:
    """Write a file beside its place and then put it there in one step.

    Raises:
        OSError: the system refuses.
    """
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        beside.chmod(0o644)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
