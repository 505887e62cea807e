"""Writing what a command made: each file whole or not at all."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from konbit.cli.exits import ExitCode, Stop
from konbit.cli.reading import why

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def writes(path: Path) -> Iterator[None]:
    """Turn the system's refusal to write into one sentence."""
    try:
        yield
    except OSError as error:
        raise Stop(ExitCode.UNREADABLE, "cli-cannot-write", path=path, why=why(error)) from error
